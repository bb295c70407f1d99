"""Metrics of the benchmarks, against values worked out by hand."""

from __future__ import annotations

import pytest

from tests.benchmarks.metrics import Match, interval, match, rouge_lsum, stated, summed, token_f1


def test_shingles_are_runs_of_four_words() -> None:
    assert match("a b c d e", "a b c d f") == Match(1, 1, 1, False)
    assert match("A, b! c\nd", "A b c d") == Match(1, 0, 0, True)
    assert match("", "a b") == Match(0, 0, 1, False)


def test_pages_weigh_the_same() -> None:
    score = summed([Match(1, 1, 0, True), Match(100, 0, 100, False), Match(0, 0, 5, False)])
    assert (score.precision, score.recall) == (0.75, 0.5)
    assert score.exact == pytest.approx(1 / 3)
    assert score.f1 == pytest.approx(0.6)


def test_token_f1_counts_copies() -> None:
    assert token_f1("a a b", "a b b") == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("text", "gold", "value"),
    [("a b c", "a b c", 1.0), ("A B\nc", "a b c", 1.0), ("c b a", "a b c", 1 / 3), ("x", "a", 0.0), ("", "a", 0.0), ("a b x y", "a b", 2 / 3)],
)  # fmt: skip
def test_rouge_lsum_is_the_union_of_common_subsequences(text: str, gold: str, value: float) -> None:
    assert rouge_lsum(text, gold) == pytest.approx(value)


def test_strings_that_must_and_must_not_come_out() -> None:
    score = stated([("one  two\nthree", {"with_strings": ["one two", "four"], "without_strings": ["three", "five"]})])
    assert (score.precision, score.recall) == (0.5, 0.5)


def test_the_interval_of_a_sure_gain_is_above_zero() -> None:
    low, high = interval([Match(9, 1, 1, False)] * 40, [Match(5, 5, 5, False)] * 40, resamples=50)
    assert 0 < low <= high
