from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from importlib import resources

import pytest

from newsclean.sources import INTERNATIONAL, Source, by_domain, candidates, dateline_forms, find, lookup, sources
from newsclean.who.names import read_toml
from newsclean.who.table import FILES

OUTLETS = ("wire", "newspaper", "broadcaster", "magazine", "digital_outlet")
INSTITUTIONS = (
    "government", "intergovernmental", "politician_party", "security_law", "ngo_advocacy", "academic_expert", "business",
    "document_data",
)  # fmt: skip
TYPES = {*OUTLETS, *INSTITUTIONS, "social_media"}
# The ISO 3166-1 alpha-2 codes, and XK, which the EU and the IMF use for Kosovo.
CODES = """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB
    GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB
    SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
    UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"""
COUNTRIES = {INTERNATIONAL, *CODES.split()}

# --- the facts


def forms() -> dict[str, list[Source]]:
    owners: dict[str, list[Source]] = defaultdict(list)
    for source in sources():
        for form in {source.name, *source.aliases}:
            owners[form].append(source)
    return owners


def test_there_are_enough_of_them() -> None:
    outlets = [s for s in sources() if s.type in OUTLETS]
    assert len(outlets) >= 800
    assert len({s.country for s in outlets}) >= 80
    assert len([s for s in sources() if s.type in INSTITUTIONS]) >= 500


def test_types_and_countries_are_of_the_closed_lists() -> None:
    assert [s for s in sources() if s.type not in TYPES or s.country not in COUNTRIES] == []


def test_names_are_unique() -> None:
    assert [name for name, n in Counter(s.name for s in sources()).items() if n > 1] == []


def test_a_form_of_two_owners_is_ambiguous_in_both() -> None:
    clashes = {
        form: [s.name for s in owners]
        for form, owners in forms().items()
        if len(owners) > 1 and not all(form in s.ambiguous for s in owners)
    }
    assert clashes == {}


def test_every_name_is_found() -> None:
    assert [s.name for s in sources() if lookup(s.name, ambiguous=True) is not s] == []
    assert [s.name for s in sources() if s.name not in s.ambiguous and lookup(s.name) is not s] == []


def test_every_alias_is_found() -> None:
    assert [(s.name, alias) for s in sources() for alias in s.aliases if s not in candidates(alias)] == []


def test_domains_are_valid_and_owned_once() -> None:
    domains = Counter(domain for s in sources() for domain in s.domains)
    valid = re.compile(r"(?!www\.)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,12}")
    assert [domain for domain, n in domains.items() if n > 1 or not valid.fullmatch(domain)] == []


def test_forms_are_clean() -> None:
    spelled = [form for form in forms() if form != " ".join(unicodedata.normalize("NFC", form).split())]
    assert spelled == []
    assert [form for form in forms() if len(form) < 2 or "’" in form or form[0] in "?#'\"" or "|" in form] == []


def test_a_source_lists_no_form_twice() -> None:
    assert [s.name for s in sources() if len({s.name, *s.aliases}) <= len(s.aliases)] == []


@pytest.mark.parametrize("file", FILES)
def test_lines_stand_in_order(file: str) -> None:
    table = read_toml(file)
    assert list(table) == sorted(table)
    for kind, countries in table.items():
        assert list(countries) == sorted(countries), kind
        for country, block in countries.items():
            names = [line.partition("|")[0].strip().removeprefix("?") for line in block.strip().splitlines()]
            assert names == sorted(names, key=lambda n: (n.casefold(), n)), (kind, country)


@pytest.mark.parametrize("file", [*FILES, "offices"])
def test_files_are_composed_and_trimmed(file: str) -> None:
    text = (resources.files("newsclean") / "who" / f"{file}.toml").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if line != line.strip() or "\t" in line or "  " in line or line.endswith("|")] == []


def test_agencies_alone_and_few_others_sign_datelines() -> None:
    signers = {s.name for s in dateline_forms().values() if not s.wire}
    assert signers <= {"CNN"}
    assert {
        "AP",
        "Reuters",
        "dpa",
        "AFP",
        "EFE",
        "ANSA",
        "KUNA",
        "MTI",
        "TASS",
        "Xinhua",
        "PTI",
    } <= dateline_forms().keys()


# --- looking up


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("NYT", "The New York Times"),
        ("the New York Times", "The New York Times"),
        ("New York Times", "The New York Times"),
        ("NEW YORK TIMES", "The New York Times"),
        ("AP", "Associated Press"),
        ("the  Associated\u00a0Press", "Associated Press"),
        ("РИА Новости", "RIA Novosti"),
        ("Der Spiegel", "Der Spiegel"),
        ("L’Équipe", "L'Équipe"),
        ("L'E\u0301quipe", "L'Équipe"),
        ("Iran's Interior Ministry", "Ministry of Interior of Iran"),
        ("the Ministry of Health of the Philippines", "Ministry of Health of the Philippines"),
        ("Dutch police", "Police of the Netherlands"),
        ("Reuters says", None),
        ("reuters", None),
        ("time", None),
        ("The Times", None),
        ("Post", None),
        ("The Guardian", "The Guardian"),
        ("the Guardian", None),
        ("the Hill", None),
        ("Guardian", None),
        ("PA", None),
        ("RT", None),
        ("Interior Ministry", None),
        ("", None),
        ("the", None),
    ],
)
def test_lookup(alias: str, name: str | None) -> None:
    found = lookup(alias)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("The Times", "The Times"),
        ("the Times", "The Times"),
        ("Guardian", "The Guardian"),
        ("RT", "RT"),
        ("The Post", None),
        ("Interior Ministry", "Ministry of Interior"),
    ],
)
def test_what_is_ambiguous_is_found_on_demand(alias: str, name: str | None) -> None:
    found = lookup(alias, ambiguous=True)
    assert (found.name if found else None) == name


def test_candidates_lists_every_owner() -> None:
    assert {s.name for s in candidates("The Post")} >= {"The Washington Post", "New York Post"}
    assert [s.country for s in candidates("Interior Ministry")] == [None]
    assert candidates("The Port Ellery Pilot") == ()


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.bbc.co.uk/news", "BBC"),
        ("bbc.co.uk", "BBC"),
        ("//edition.cnn.com:443/world", "CNN"),
        ("HTTPS://WWW.NYTimes.com/2024/03/14/x.html?y#z", "The New York Times"),
        ("https://timesofindia.indiatimes.com/x", "The Times of India"),
        ("https://economictimes.indiatimes.com/x", "The Economic Times"),
        ("https://notbbc.co.uk/", None),
        ("https://co.uk/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_by_domain(url: str, name: str | None) -> None:
    found = by_domain(url)
    assert (found.name if found else None) == name


# --- finding in text


def found(text: str, *, ambiguous: bool = False) -> list[tuple[str, str | None]]:
    return [(text[m.start : m.end], m.source.name if m.source else None) for m in find(text, ambiguous=ambiguous)]


def test_names_are_found_in_running_text() -> None:
    text = "The pilots told the Associated Press, Reuters’ man and a New York Times reporter, not dpa-AFX."
    assert found(text) == [
        ("Associated Press", "Associated Press"),
        ("Reuters", "Reuters"),
        ("New York Times", "The New York Times"),
        ("dpa-AFX", "dpa"),
    ]


def test_the_longest_name_wins() -> None:
    assert found("The Times of India wrote so.") == [("The Times of India", "The Times of India")]


def test_ambiguous_names_come_on_demand() -> None:
    text = "The Post asked RT and the Times, the Interior Ministry said."
    assert found(text) == []
    assert found(text, ambiguous=True) == [
        ("The Post", None),
        ("RT", "RT"),
        ("Times", "The Times"),
        ("Interior Ministry", "Ministry of Interior"),
    ]


def test_offices_are_put_together() -> None:
    text = "Norwegian police called Iran’s Foreign Ministry and the Ministry of Defence of the Netherlands."
    assert found(text) == [
        ("Norwegian police", "Police of Norway"),
        ("Iran’s Foreign Ministry", "Ministry of Foreign Affairs of Iran"),
        ("Ministry of Defence of the Netherlands", "Ministry of Defence of the Netherlands"),
    ]


def test_an_office_is_longer_than_its_land() -> None:
    assert found("The Vatican police waited.") == [("Vatican police", "Police of the Vatican")]
    assert found("The Vatican waited.")[0][1] == "Holy See"


def test_names_end_with_a_word() -> None:
    assert found("Reuterswerft, CNNs, TASSO, NYTimesy") == []


def test_scripts_without_spaces() -> None:
    assert [name for _, name in found("据新华社报道，法新社也说。")] == ["Xinhua", "AFP"]
    assert [name for _, name in found("연합뉴스는 로이터를 인용했다.")] == ["Yonhap", "Reuters"]


def test_offsets_survive_every_text() -> None:
    text = "İstanbul ß ﬁ\u0301 \ud83d\ude00 — Reuters"
    assert found(text)[-1] == ("Reuters", "Reuters")


def test_finding_is_linear() -> None:
    text = "Ministry of the Ministry of the " * 4000
    assert found(text) == []
