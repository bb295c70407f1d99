from __future__ import annotations

import pytest

from newsclean.detectors.shape import (
    content_words,
    ends_sentence,
    is_headline_like,
    is_label,
    is_prose,
    stems,
    stems_among,
    touched,
    word_count,
)
from newsclean.spans import Span
from tests.detectors.builders import PROSE, document


@pytest.mark.parametrize("text", [*PROSE, "港の水先人は月曜日に仕事に戻ったと港湾局が発表した。", "word " * 40])
def test_prose(text: str) -> None:
    assert is_prose(text)
    assert not is_headline_like(text) or not ends_sentence(text)


@pytest.mark.parametrize(
    "text", ["What happens next", "26", "Share on Facebook and other networks", "It rained.", "a" * 59]
)
def test_not_prose(text: str) -> None:
    assert not is_prose(text)


def test_ends_of_sentences() -> None:
    assert all(map(ends_sentence, ("Over.", "“Over?”", "over…", "Fin. »", "終わった。", "as noted.[12]")))
    assert not any(map(ends_sentence, ("", "Over", "Over:", "No. 5", "3.5 million")))


def test_words_are_counted_in_scripts_without_spaces() -> None:
    assert word_count("don't re-use twenty-one words") == 4
    assert word_count("港の水先人は月曜日") == 4
    assert word_count("") == 0


def test_headlines_and_labels() -> None:
    assert is_headline_like("Pilots go back to work")
    assert not any(
        map(is_headline_like, ("Pilots", "Pilots go back to work.", "“Pilots go back,”", "Back to work:", "w " * 26))
    )
    assert is_label("Total boats")
    assert not any(map(is_label, ("It rained.", "one two three four five six seven", "x" * 49)))


@pytest.mark.parametrize(
    "texts", [(), ("The pilots of the EU boarded 26 tugs.", "“Ebb” – says Íde, boarding"), ("Ítems und Böen",)]
)
def test_wanted_stems_are_those_of_the_texts(texts: tuple[str, ...]) -> None:
    wanted = {"pilot", "eu", "26", "board", "íde", "item", "böen", "says", "say", "tug", "ebb"}
    assert stems_among(texts, wanted) == frozenset[str]().union(*map(stems, texts)) & wanted


def test_content_words_are_folded() -> None:
    assert content_words("The EU's Böen reached İzmir in 2024") == {"eu", "böen", "reached", "i̇zmir", "2024"}


def test_touched_gives_the_surest_span_that_covers_a_paragraph() -> None:
    paragraphs = document("Subscribe", PROSE[0])
    p = paragraphs[0]
    spans = [
        Span(p.start, p.end, "social", "a/a", 0.5),
        Span(p.start, p.end, "comments", "a/b", 0.9),
        Span(p.start, p.end - 1, "ad", "a/c"),
    ]
    assert touched(paragraphs, spans, least=0.5) == [spans[1], None]
    assert touched(paragraphs, spans, least=0.95) == [None, None]
