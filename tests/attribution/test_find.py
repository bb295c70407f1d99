from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import Config, annotate, attributions, clean
from newsclean.attribution.find import attributed
from newsclean.datasets import VALUES, load_samples
from newsclean.evidence import Attribution
from newsclean.segment import segment

RULES = Config(attribution="rules", models="off")


def rules(text: str, language: str = "en") -> list[Attribution]:
    return attributed(text, segment(text), level="rules", language=language)


STORY = """Four U.S. officials told Reuters that the bridge is closed. Two of the officials said that it may open.

All four officials asked not to be named because the talks are secret.

Mayor Alan Prewitt said the bridge would open. “I am sure,” he said. Prewitt declined to comment on the cost.

The Norland Post reported that the bridge is old. The newspaper said it was built in 1912."""


def test_word_is_linked_to_first_mention() -> None:
    names = [
        a.name
        for a in rules(STORY)
        if (a.kind in ("statement", "no_comment") and a.type != "government") or a.name == "Alan Prewitt"
    ]
    assert names.count("Alan Prewitt") == 3
    assert {a.type for a in rules(STORY) if a.name == "Alan Prewitt"} == {"government"}


def test_the_anonymous_are_counted_and_keep_their_affiliation() -> None:
    found = [a for a in rules(STORY) if a.naming == "anonymous"]
    assert [a.name for a in found] == [
        "U.S. officials (4, unnamed)",
        "U.S. officials (2 of 4, unnamed)",
        "U.S. officials (4, unnamed)",
    ]
    assert {a.type for a in found} == {"government"}
    (wish,) = [a for a in found if a.kind == "anonymity"]
    assert [STORY[a:b] for a, b in wish.content] == ["because the talks are secret"]


def test_an_outlet_that_was_told_is_a_venue() -> None:
    told = rules(STORY)[0]
    assert (told.text, told.via) == ("Four U.S. officials", "Reuters")


CASES = Path(__file__).parents[1] / "cases"


@pytest.mark.parametrize(
    "case",
    [
        case
        for name in ("second_hand", "foreign_types")
        for case in json.loads((CASES / f"{name}.json").read_text("utf-8"))
    ],
    ids=lambda case: case["text"],
)
def test_who_speaks_and_through_whom(case: dict[str, str | None]) -> None:
    wanted = {field: value for field, value in case.items() if field not in ("language", "text")}
    found = rules(str(case["text"]), str(case["language"]))
    assert wanted in [{"source": a.text, **{f: getattr(a, f) for f in wanted if f != "source"}} for a in found]


@pytest.mark.parametrize(
    ("text", "kind", "kind_of_source", "naming"),
    [
        ("The Washington Post reported that it rained.", "report", "newspaper", "institution"),
        ("According to a new poll, it rains too often.", "poll", "document_data", "institution"),
        ("The report found that the bridge is old.", "document", "document_data", "institution"),
        ("Residents said the bridge is old.", "statement", "public_witness", "collective"),
        ("A spokesman for the hospital said it was full.", "statement", "academic_expert", "anonymous"),
        ("Professor Ottilie Renn said it was full.", "statement", "academic_expert", "named"),
        ("Sen. Dale Humphries said it was full.", "statement", "politician_party", "named"),
        ("The White House said it was full.", "statement", "government", "institution"),
    ],
)
def test_sources_are_typed_and_named(text: str, kind: str, kind_of_source: str, naming: str) -> None:
    found = rules(text)[0]
    assert (found.kind, found.type, found.naming) == (kind, kind_of_source, naming)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Mr. Ellery said: “It rained.”", "direct"),
        ("Mr. Ellery said that it “rained” a lot.", "mixed"),
        ("Mr. Ellery said that it rained.", "indirect"),
    ],
)
def test_directness(text: str, how: str) -> None:
    assert rules(text)[0].directness == how


@pytest.mark.parametrize(
    ("language", "text", "source"),
    [
        ("de", "„Es ist vorbei“, sagte die Bürgermeisterin Ulrike Sand am Montag.", "die Bürgermeisterin Ulrike Sand"),
        ("de", "In Wendhafen sagte der Landrat, dass der Deich hält.", "der Landrat"),
        ("de", "Laut Polizei ist der Deich gebrochen.", "Polizei"),
        ("de", "„Wir bleiben“, so Sand.", "Sand"),
        ("fr", "« C’est fini », a déclaré le maire Philippe Aubrac lundi.", "le maire Philippe Aubrac"),
        ("fr", "Selon la préfecture, le pont est fermé.", "la préfecture"),
        ("fr", "« C’est fini », dit-il.", "il"),
        ("es", "«Se acabó», dijo la alcaldesa Pilar Ibarra.", "la alcaldesa Pilar Ibarra"),
        ("es", "Según la policía, el puente está cerrado.", "la policía"),
        ("pt", "“Acabou”, disse o prefeito Rui Alves.", "o prefeito Rui Alves"),
        ("pt", "Segundo a polícia, a ponte está fechada.", "a polícia"),
        ("it", "«È finita», ha detto il sindaco Carlo Neri.", "il sindaco Carlo Neri"),
        ("it", "Secondo la polizia, il ponte è chiuso.", "la polizia"),
    ],
)
def test_five_more_languages(language: str, text: str, source: str) -> None:
    found = rules(text, language)
    assert source in [a.text for a in found]


def test_a_language_without_cues_keeps_its_datelines() -> None:
    text = "WARSZAWA (Reuters) - Most jest zamknięty, powiedział burmistrz."
    assert [a.kind for a in rules(text, "pl")] == ["dateline"]


def test_the_dateline_is_no_part_of_what_was_said() -> None:
    text = "PORT ELLERY (AP) — The bridge is safe, the council said."
    dateline, said = rules(text)
    assert dateline.type == "wire"
    assert [text[a:b] for a, b in said.content] == ["The bridge is safe"]


def test_stripped_teasers_never_count() -> None:
    text = "The bridge reopened on Monday after two years of work.\n\nREAD MORE: Ferry ends its season, captain says\n\nThe mayor said it was safe for everybody."
    assert [a.text for a in annotate(text, config=RULES).attributions] == ["The mayor"]


def test_off_computes_nothing_and_clean_never_does(monkeypatch: pytest.MonkeyPatch) -> None:
    assert annotate(STORY, config=Config(attribution="off")).attributions == ()

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("clean asked for attributions")

    monkeypatch.setattr("newsclean.pipeline.attributed", refuse)
    assert clean(STORY)


@given(st.text(alphabet="\"'“”„‘’«»‹› said.he,B\n", max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_quotation_mark_raises_and_offsets_hold(text: str) -> None:
    for language in ("en", "de", "fr"):
        for a in rules(text, language):
            for spans in (a.source, a.cue, a.content):
                assert all(0 <= x < y <= len(text) for x, y in spans)
                assert all(b[0] > a_[1] - 1 for a_, b in itertools.pairwise(spans))


@pytest.mark.parametrize("sample", load_samples(), ids=lambda s: s.id)
def test_samples_give_values_of_the_design(sample: object) -> None:
    found = attributions(sample.text)  # type: ignore[attr-defined]
    assert found == attributions(sample.text)  # type: ignore[attr-defined]
    for a in found:
        for name in ("kind", "type", "naming", "stance"):
            assert getattr(a, name) in VALUES[name].split()
        assert a.directness in (None, "direct", "mixed", "indirect")
