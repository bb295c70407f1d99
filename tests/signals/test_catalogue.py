"""Signals: each sees what its cases say and no more, lies on valid places, and never raises."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean as nc
from newsclean.article import Article
from newsclean.evidence import Signal
from newsclean.signals.catalogue import GROUPS, NAMES, measure
from newsclean.signals.reading import read
from newsclean.spans import Span
from tests.conftest import cases
from tests.test_evidence import attributions

CASES = cases("signals")


def measured(text: str, **known: Any) -> dict[str, Signal]:
    return measure(read(Article(text, language="en", **known)))


def words(text: str, signal: Signal) -> list[str]:
    return [text[a:b] for a, b in signal.evidence]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["signal"])
def test_a_signal_sees_its_words_and_no_others(case: dict[str, Any]) -> None:
    found = measured(case["text"])[case["signal"]]
    assert words(case["text"], found) == case["places"]
    assert found.value > 0
    assert found.note


def test_there_are_at_least_24_signals_each_with_its_origin() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 24
    origins = ("Trust Project", "JTI", "Zhang", "Horne", "W3C", "ours", "Ours")
    for function in (f for group in GROUPS.values() for f in group):
        assert any(origin in (function.__doc__ or "") for origin in origins), function.__name__


def test_what_cannot_be_told_in_a_language_is_absent() -> None:
    german = "Die Brücke ist nach zwei Jahren wieder offen, sagte der Bürgermeister am Montag! Niemand weiß, wie lange das so bleibt."
    found = measure(read(Article(german, language="de")))
    assert "hedges" not in found
    assert "loaded_words" not in found
    assert found["exclamations"].value > 0


def test_directions_are_fixed_and_values_finite() -> None:
    for case in CASES:
        for name, signal in measured(case["text"]).items():
            assert signal.direction in (-1, 0, 1), name
            assert 0 <= signal.value < 1e4, name


def source(text: str, words_of: str) -> tuple[tuple[int, int], ...]:
    at = text.index(words_of)
    return ((at, at + len(words_of)),)


def said(text: str, who: str, what: str, **changes: Any) -> nc.Attribution:
    made: dict[str, Any] = {
        "source": source(text, who), "cue": (), "content": source(text, what), "text": who, "name": who, "kind": "statement",
        "type": "government", "naming": "named", "directness": None, "stance": "neutral", "via": None, "rule": "t", "score": 1.0,
    }  # fmt: skip
    return nc.Attribution(**{**made, **changes})


TEXT = "Ada Moss said the bridge was safe. Two officials said it was not. CNN reported that the county had known of it for years."


def test_sources_are_counted_by_name() -> None:
    heard = (
        said(TEXT, "Ada Moss", "the bridge was safe"),
        said(TEXT, "Two officials", "it was not", name=None, naming="anonymous"),
        said(
            TEXT, "CNN", "the county had known of it for years", kind="report", type="broadcaster", naming="institution"
        ),
    )
    found = measured(TEXT, attributions=heard)
    assert found["named_sources"].value == 2
    assert words(TEXT, found["named_sources"]) == ["Ada Moss", "CNN"]
    assert words(TEXT, found["outlets_cited"]) == ["CNN"]
    assert found["second_hand"].value == pytest.approx(1 / 3)
    assert found["anonymous"].value == pytest.approx(1 / 3)
    assert found["sides"].value == 1
    assert 0.6 < found["attributed_share"].value < 1


def test_one_source_is_weighed_against_the_others_where_there_are_several() -> None:
    moss = said(TEXT, "Ada Moss", "the bridge was safe")
    county = said(TEXT, "CNN", "the county had known of it for years")
    assert "top_source" not in measured(TEXT, attributions=(moss, county))
    found = measured(TEXT, attributions=(moss, moss, moss, moss, county))["top_source"]
    assert found.value == pytest.approx(36 / 55)
    assert words(TEXT, found) == ["CNN"]


def test_a_word_through_an_outlet_is_second_hand() -> None:
    heard = said(TEXT, "Ada Moss", "the bridge was safe", via="CNN")
    assert measured(TEXT, attributions=(heard,))["second_hand"].value == 1
    assert measured(TEXT, attributions=(said(TEXT, "Ada Moss", "the bridge was safe"),))["second_hand"].value == 0


def test_without_attributions_shares_of_them_are_absent() -> None:
    found = measured(TEXT)
    assert not {"second_hand", "anonymous", "top_source", "judged"} & found.keys()
    assert found["named_sources"].value == 0


def test_anonymity_needs_a_reason() -> None:
    bare = "He spoke on condition of anonymity about the bridge and the county’s old plans for it on Monday."
    reason = bare + " He was not authorized to speak of it."
    assert measured(bare)["anonymity_explained"].value == 0
    assert measured(reason)["anonymity_explained"].value == 1
    assert "anonymity_explained" not in measured(TEXT)


BODY = "The bridge over the harbour was closed on Monday after a crack was found, the county said in a statement."


def titled(headline: str) -> dict[str, Signal]:
    text = f"{headline}\n\n{BODY}"
    spans = (Span(0, len(headline), "title", "title", action="flag"),)
    return measured(text, title=headline, spans=spans)


def test_a_headline_is_held_against_its_text() -> None:
    assert titled("Harbour bridge closed after crack")["headline_unborne"].value == 0
    for quoting in (
        "Mayor: ‘It is a disgrace’",
        "'A disgrace': mayor on the bridge",
        'The "safe" bridge is closed again',
    ):
        assert titled(quoting)["headline_quotes"].value == 1, quoting
    assert titled("The mayor's bridge is the harbour’s")["headline_quotes"].value == 0
    assert titled("Secret payments sank the ferry owner")["headline_unborne"].value == 1


@pytest.mark.parametrize(
    "headline",
    ["You won't believe this bridge", "Seven things the mayor hid", "The truth about the pier", "Is the bridge safe?"],
)
def test_a_headline_that_withholds_is_clickbait(headline: str) -> None:
    assert titled(headline)["clickbait"].value > 0


def test_a_plain_headline_is_none() -> None:
    found = titled("Harbour bridge closed after crack")
    assert found["clickbait"].value == found["headline_loaded"].value == found["headline_capitals"].value == 0


def test_a_loud_headline_is_seen() -> None:
    found = titled("Clueless mayor SLAMS bridge critics")
    assert found["headline_loaded"].value == 2
    assert found["headline_capitals"].value == pytest.approx(0.2)


def test_what_was_stripped_is_contamination() -> None:
    text = f"{BODY}\nAdvertisement\nDonate now to keep us going"
    first, second = text.index("Advert"), text.index("Donate")
    spans = (Span(first, first + 13, "ad_label", "t"), Span(second, len(text), "donation", "t"))
    found = measured(text, spans=spans)
    assert words(text, found["adverts"]) == ["Advertisement"]
    assert words(text, found["appeals"]) == ["Donate now to keep us going"]
    assert found["teasers"].value == 0


texts = st.text() | st.lists(
    st.sampled_from([c["text"] for c in CASES] + ["“", '"', "İß’", "\n", "READ MORE", "? ! ("])
).map(" ".join)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts, st.lists(attributions, max_size=3), st.none() | st.text(max_size=40), st.sampled_from(["en", "de", None]))
def test_signals_never_raise_and_their_places_are_in_the_source(
    text: str, heard: list[nc.Attribution], title: str | None, language: str | None
) -> None:
    article = Article(text, attributions=tuple(heard), title=title, language=language)
    found = measure(read(article))
    assert found == measure(read(article))
    for name, signal in found.items():
        assert signal.value >= 0, name
        if not heard:
            assert all(0 <= a < b <= len(text) for a, b in signal.evidence), name
            assert list(signal.evidence) == sorted(signal.evidence), name
