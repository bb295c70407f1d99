"""Who is who: outlets, agencies and institutions by the names and domains that the news gives them.

The facts stand in ``who/*.toml``, one source a line.  Names are matched as they are written, case and all: "Time" is
a magazine, "time" is not.  A form that means more than one thing ("The Times", "PA", "Fox") is *ambiguous*, and is
found only by those who ask for it.  Offices that every country has ("the Iranian Foreign Ministry", "Kenya's
police") are put together from a country and an office, so the table need not list them two hundred times.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

__all__ = [
    "INTERNATIONAL",
    "Mention",
    "Source",
    "by_domain",
    "candidates",
    "dateline_forms",
    "find",
    "lookup",
    "sources",
]

INTERNATIONAL: Final = "INT"
"""The country of what belongs to no single one: the UN, NATO, Amnesty International."""

FILES: Final = ("wires", "outlets", "institutions")

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that set no space around a name: Thai, kana, Chinese characters, Hangul (whose particles cling)."""
_STRAIGHT: Final = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})
"""One character for one: a translated text keeps its offsets."""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who is cited.

    ``name`` is canonical; ``type`` one of the values of ``Attribution.type``; ``country`` an ISO 3166 alpha-2 code,
    "INT", or None for an office whose country the text leaves open; ``domains`` registered names (no "www.");
    ``aliases`` other forms, ``ambiguous`` those forms (the name may be among them) that also mean something else;
    ``datelines`` what an agency's datelines and credits write; ``wire`` whether others print its stories.
    """

    name: str
    type: str
    country: str | None
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()

    @property
    def wire(self) -> bool:
        return self.type == "wire"


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in running text: ``text[start:end]`` (code points, half-open), and who may be meant, likeliest first."""

    start: int
    end: int
    form: str
    owners: tuple[Source, ...]
    ambiguous: bool

    @property
    def source(self) -> Source | None:
        """Who is meant; None when the form has several owners and none bears it as its name."""
        return _chosen(self.form, self.owners)


def lookup(alias: str, /, *, ambiguous: bool = False) -> Source | None:
    """The source that a name stands for, or None.

    The name is taken as written, but for a leading article, curly apostrophes, white space, and capitals throughout.
    A form with more than one meaning is looked up only when ``ambiguous`` is true; it then stands for the only owner
    listed, or else for the one whose canonical name it is, or else for nobody: see ``candidates``.

    >>> lookup("NYT").name, lookup("the Associated Press").type
    ('The New York Times', 'wire')
    >>> lookup("The Times") is None, lookup("The Times", ambiguous=True).country
    (True, 'GB')
    >>> lookup("Iran's Foreign Ministry").name
    'Ministry of Foreign Affairs of Iran'
    """
    table = _table()
    form = table.form(alias)
    if form is None:
        office = _office(_plain(alias))
        return office if office and (ambiguous or office.country) else None
    return _chosen(form, table.owners[form]) if ambiguous or form not in table.unsure else None


def candidates(alias: str, /) -> tuple[Source, ...]:
    """All sources that a name may stand for; first the one whose canonical name it is, if any.  Empty if unknown.

    >>> [s.country for s in candidates("The Herald")]
    ['GB', 'ZW']
    """
    table = _table()
    form = table.form(alias)
    if form is not None:
        return table.owners[form]
    office = _office(_plain(alias))
    return (office,) if office else ()


def by_domain(url: str, /) -> Source | None:
    """The source that publishes under a URL or host name, by the longest domain in the table that it ends with.

    Looks nothing up outside the table: an unknown site, or a URL that cannot be read, gives None.

    >>> by_domain("https://www.bbc.co.uk/news/world-123").name
    'BBC'
    >>> by_domain("example.org") is None
    True
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    labels = host.rstrip(".").split(".")
    domains = _table().domains
    names = (".".join(labels[i:]) for i in range(len(labels) - 1))
    return next((domains[name] for name in names if name in domains), None)


def dateline_forms() -> Mapping[str, Source]:
    """The forms in which agencies sign datelines and credits ("AP", "dpa", "ИТАР-ТАСС"), each with its first owner.

    >>> dateline_forms()["dpa"].country
    'DE'
    """
    return MappingProxyType(_table().datelines)


def sources() -> tuple[Source, ...]:
    """Every source of the table, in its order; the offices put together from countries are not among them."""
    return _table().sources


def find(text: str, /, *, ambiguous: bool = False) -> Iterator[Mention]:
    """The known names in running text, from left to right, longest first, never overlapping.

    Costs one pass over the words.  Ambiguous forms come only when ``ambiguous`` is true.  Will not join a name that
    a line break divides, and does not see that "Bloomberg" may be a mayor.

    >>> [(m.start, m.source.name) for m in find("Der Spiegel and the BBC’s reporters asked the Iranian police.")]
    [(0, 'Der Spiegel'), (20, 'BBC'), (46, 'Police of Iran')]
    """
    table = _table()
    text = text.translate(_STRAIGHT)
    done = 0
    for at in _starts(text):
        if at < done:
            continue
        form = table.names.at(text, at)
        if form is not None:
            owners, unsure = table.owners[form], form in table.unsure
        else:
            form, office = _office_at(text, at)
            if office is None:
                continue
            owners, unsure = (office,), office.country is None
        if ambiguous or not unsure:
            done = at + len(form)
            yield Mention(at, done, form, owners, unsure)


# How the table is read.


class _Names:
    """Forms by their first word: the longest that stands at a place is found by trying a handful."""

    def __init__(self, forms: Iterable[str]) -> None:
        heads: dict[str, list[str]] = {}
        for form in forms:
            heads.setdefault(_head(form, 0), []).append(form)
        self.heads = {word: tuple(sorted(many, key=len, reverse=True)) for word, many in heads.items()}

    def at(self, text: str, start: int) -> str | None:
        """The longest form that begins at ``start`` and ends with a word."""
        for form in self.heads.get(_head(text, start), ()):
            if text.startswith(form, start) and _ends_word(text, start + len(form)):
                return form
        return None


@dataclass(frozen=True, slots=True)
class _Table:
    sources: tuple[Source, ...]
    owners: Mapping[str, tuple[Source, ...]]
    unsure: frozenset[str]
    domains: Mapping[str, Source]
    datelines: Mapping[str, Source]
    names: _Names
    folded: Mapping[str, str] = field(repr=False)

    def form(self, alias: str) -> str | None:
        """The form of the table that ``alias`` is a way to write."""
        plain = _plain(alias)
        bare = plain[4:] if plain.startswith(("the ", "The ", "THE ")) else plain
        for form in (plain, f"The {bare}", bare) if bare != plain else (plain,):
            if form in self.owners:
                return form
        return self.folded.get(plain.casefold()) if plain.isupper() else None


@cache
def _table() -> _Table:
    """The whole table, read once.  The first owner of a form is the one whose name it is, then as in the files."""
    everyone = tuple(_read())
    owners: dict[str, tuple[Source, ...]] = {}
    unsure: set[str] = set()
    for source in everyone:
        unsure.update(source.ambiguous)
        for form in (source.name, *source.aliases):
            named = f"The {form}" == source.name or form == source.name
            owners[form] = (source, *owners.get(form, ())) if named else (*owners.get(form, ()), source)
    _drop_articles(owners, unsure)
    return _Table(
        sources=everyone,
        owners=owners,
        unsure=frozenset(unsure),
        domains={domain: source for source in everyone for domain in source.domains},
        datelines={form: source for source in reversed(everyone) for form in source.datelines},
        names=_Names(owners),
        folded={form.casefold(): form for form in owners if form not in unsure and (" " in form or len(form) > 5)},
    )


def _drop_articles(owners: dict[str, tuple[Source, ...]], unsure: set[str]) -> None:
    """Let "X" stand for "The X" too: surely if it has two words and nobody else claims it ("Irish Times", not "Sun")."""
    for form in [form for form in owners if form.startswith("The ")]:
        bare, mine = form[4:], owners[form]
        others = tuple(source for source in owners.get(bare, ()) if source not in mine)
        if form in unsure or others or (bare not in owners and " " not in bare):
            unsure.add(bare)
        owners[bare] = tuple(sorted((*mine, *others), key=lambda source, names=(bare, form): source.name not in names))


def _read() -> Iterator[Source]:
    for file in FILES:
        for kind, countries in _toml(file).items():
            for country, block in countries.items():
                for line in block.strip().splitlines():
                    yield _source(line, kind, country)


def _source(line: str, kind: str, country: str) -> Source:
    """One line of a table: ``name | domains | aliases | datelines``, the last ones may be missing."""
    cells = [cell.strip() for cell in line.split("|")]
    name, domains, aliases, signed = (cells + ["", "", ""])[:4]
    signs = _listed(signed)
    marked = [name, *_listed(aliases), *signs]
    forms = dict.fromkeys(form.removeprefix("?") for form in marked)
    return Source(
        name=name.removeprefix("?"),
        type=kind,
        country=country,
        domains=tuple(domains.split()),
        aliases=tuple(forms)[1:],
        ambiguous=tuple(form for form in forms if f"?{form}" in marked),
        datelines=tuple(sign.removeprefix("?") for sign in signs),
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())


@cache
def _toml(file: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("newsclean") / "who" / f"{file}.toml").read_text(encoding="utf-8"))


# Offices that every country has.


@dataclass(frozen=True, slots=True)
class _Offices:
    countries: Mapping[str, tuple[str, str]]  # "Iran", "Iranian" -> code, name
    offices: Mapping[str, tuple[str, str]]  # "Foreign Ministry" -> canonical office, type
    lands: _Names
    rooms: _Names


@cache
def _offices() -> _Offices:
    table = _toml("offices")
    countries: dict[str, tuple[str, str]] = {}
    for code, line in table["countries"].items():
        name, adjectives = (cell.strip() for cell in line.split("|"))
        forms = (name.removeprefix("the "), *_listed(adjectives))
        countries.update((form, (code[:2], name.removeprefix("?"))) for form in forms if not form.startswith("?"))
    offices = {
        form: (name.strip(), kind)
        for kind, block in table["offices"].items()
        for name, forms in (line.split("|") for line in block.strip().splitlines())
        for form in (name.strip(), *_listed(forms))
    }
    return _Offices(countries, offices, _Names(countries), _Names(offices))


def _office(alias: str) -> Source | None:
    """The office that a whole name stands for."""
    bare = alias[4:] if alias.startswith(("the ", "The ")) else alias
    form, office = _office_at(bare, 0)
    return office if form == bare else None


def _office_at(text: str, at: int) -> tuple[str, Source | None]:
    """The office that begins here, as written, and whose it is: "Iranian X", "Iran's X", "X of Iran", or any land's "X"."""
    known = _offices()
    land = known.lands.at(text, at)
    if land:
        joint = next((j for j in ("'s ", " ") if text.startswith(j, at + len(land))), "")
        room = known.rooms.at(text, at + len(land + joint)) if joint else None
        return (land + joint + room, _office_of(room, land)) if room else ("", None)
    room = known.rooms.at(text, at)
    if not room:
        return "", None
    joint = next((j for j in (" of the ", " of ") if text.startswith(j, at + len(room))), "")
    land = known.lands.at(text, at + len(room + joint)) if joint else None
    return (room + joint + land, _office_of(room, land)) if land else (room, _office_of(room, None))


@lru_cache(maxsize=1024)
def _office_of(room: str, land: str | None) -> Source:
    known = _offices()
    office, kind = known.offices[room]
    if land is None:
        return Source(office, kind, None, ambiguous=(office,))
    code, country = known.countries[land]
    return Source(f"{office} of {country}", kind, code)


# Small things.


def _starts(text: str) -> Iterator[int]:
    """Where a name may begin: at each word, and in scripts without spaces at each letter."""
    for word in _WORD.finditer(text):
        yield word.start()
        if not word[0].isascii():
            yield from (m.start() for m in _UNSPACED.finditer(text, word.start() + 1, word.end()))


def _head(text: str, start: int) -> str:
    """What a form is filed under: its first word, or its first letter where words are not set apart."""
    if _UNSPACED.match(text, start):
        return text[start]
    word = _WORD.match(text, start)
    return word[0] if word else ""


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum() or bool(_UNSPACED.match(text, end))


def _plain(alias: str) -> str:
    """A name composed (NFC), in single spaces, with straight apostrophes."""
    return " ".join(unicodedata.normalize("NFC", alias).translate(_STRAIGHT).split())


def _chosen(form: str, owners: tuple[Source, ...]) -> Source | None:
    return owners[0] if len(owners) == 1 or owners[0].name in (form, f"The {form}") else None
