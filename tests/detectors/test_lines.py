"""Lines as numbers: words, classes and gaps read from code points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.detectors import lines as kinds
from newsclean.detectors.lines import GRAMS, grams, read
from newsclean.segment import segment


def of(text: str) -> kinds.Lines:
    return read(text, segment(text))


def test_the_same_word_has_the_same_hash_wherever_it_stands_and_however_it_is_cased() -> None:
    found = of("Harbour news\n\nNews from the HARBOUR")
    harbour, news, again, _, _, shouted = found.words.tolist()
    assert harbour == shouted
    assert news == again
    assert len({harbour, news, *found.words.tolist()}) == 4


def test_a_script_without_spaces_has_a_word_a_character() -> None:
    assert of("港の水先人\nthe port").word_count.tolist() == [5, 2]


def test_classes_are_counted_by_line() -> None:
    counts = of("Ann, 26!\n© “x”").counts
    assert counts[0][[kinds.UPPER, kinds.LOWER, kinds.COMMA, kinds.DIGIT, kinds.STOP]].tolist() == [1, 2, 1, 2, 1]
    assert counts[1][[kinds.SYMBOL, kinds.QUOTE, kinds.UPPER]].tolist() == [1, 2, 0]


def test_gaps_say_how_lines_are_set() -> None:
    found = of("One\n\n\n  * Two\nThree")
    assert found.breaks.tolist() == [0, 3, 1]
    assert found.indent.tolist() == [0, 2, 0]


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"Line {i} of the harbour’s log, 港 🚢 {'x' * (i % 7)}" for i in range(60))
    whole = of(text)
    monkeypatch.setattr(kinds, "CHUNK", 90)
    parts = of(text)
    for name in ("counts", "first", "last", "words", "line", "letters", "capital", "kind", "word_count", "breaks"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name


def test_a_gram_belongs_to_its_line() -> None:
    bucket, line = grams(of("Home\nRain fell today"))
    assert ((bucket >= 0) & (bucket < GRAMS)).all()
    assert np.bincount(line).tolist() == [1 + 0 + 2, 3 + 2 + 2]  # words, pairs, two ends


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_text_is_read(text: str) -> None:
    found = of(text)
    assert found.size == len(segment(text))
    assert found.counts.sum(axis=1).tolist() == found.length.tolist()
    assert found.word_count.sum() == len(found.words)
    assert grams(found)[0].size == grams(found)[1].size
