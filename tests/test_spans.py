"""Spans: what may be one, how they are ordered, cut, complemented and chosen."""

from __future__ import annotations

import dataclasses
import json
import pickle
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.errors import InputError
from newsclean.spans import LABELS, SPAM, Offsets, Span, cut, gaps, outermost

many = settings(max_examples=200, deadline=None, derandomize=True)
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def ad(start: int, end: int, rule: str = "own/ad", score: float = 1.0) -> Span:
    return Span(start, end, "ad", rule, score)


@st.composite
def disjoint(draw: st.DrawFn, length: int) -> list[Offsets]:
    """Sorted ranges in ``[0, length]`` that touch at most."""
    edges = sorted(draw(st.lists(st.integers(0, length), unique=True, max_size=12)))
    return [(a, b) for a, b in pairwise(edges) if draw(st.booleans())]


@st.composite
def sources_with_ranges(draw: st.DrawFn) -> tuple[str, list[Offsets]]:
    source = draw(anything)
    return source, draw(disjoint(len(source)))


@st.composite
def overlapping(draw: st.DrawFn) -> Span:
    start, width = draw(st.integers(0, 20)), draw(st.integers(1, 12))
    return ad(start, start + width, draw(st.sampled_from("abc")), draw(st.sampled_from((0.5, 0.9, 1.0))))


spans = st.builds(
    lambda start, width, label, rule, score, action: Span(start, start + width, label, rule, score, action),
    st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from(LABELS), st.text(max_size=9), st.floats(0, 1),
    st.sampled_from(("remove", "flag")),
)  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (-5, -2), (0, 0)])
def test_an_empty_or_negative_range_is_refused(start: int, end: int) -> None:
    with pytest.raises(InputError, match=rf"0 <= start < end, not {start}:{end} \(own/ad\)"):
        ad(start, end)


def test_one_code_point_is_enough() -> None:
    assert ad(0, 1).end == 1


@pytest.mark.parametrize("label", ["", "advert", "AD", "ad ", None])
def test_an_unknown_label_is_refused_and_the_known_ones_named(label: Any) -> None:
    with pytest.raises(InputError, match=r"unknown label .*\(own/x\); labels are ad, ad_label, .*title"):
        Span(0, 1, label, "own/x")


@pytest.mark.parametrize("score", [-0.001, 1.001, float("nan"), float("inf")])
def test_a_score_outside_zero_to_one_is_refused(score: float) -> None:
    with pytest.raises(InputError, match=r"a score lies in \[0, 1\], not"):
        ad(0, 1, score=score)


@pytest.mark.parametrize("score", [0.0, 1.0, 0, 1])
def test_both_ends_of_the_score_are_allowed(score: float) -> None:
    assert ad(0, 1, score=score).score == score


@pytest.mark.parametrize("action", ["drop", "", None, "Remove"])
def test_an_unknown_action_is_refused(action: Any) -> None:
    with pytest.raises(InputError, match="an action is 'remove' or 'flag', not"):
        Span(0, 1, "ad", "own/ad", 1.0, action)


@pytest.mark.parametrize("name", ["start", "label", "action"])
def test_a_span_is_frozen(name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(ad(0, 1), name, "x")


def test_a_span_takes_no_new_attribute() -> None:
    with pytest.raises((AttributeError, TypeError)):
        ad(0, 1).note = "x"  # type: ignore[attr-defined]


def test_a_span_that_flags_does_not_remove() -> None:
    assert ad(0, 1).removes
    assert not Span(0, 1, "ad", "own/ad", action="flag").removes


def test_spans_are_ordered_by_place() -> None:
    assert sorted([ad(5, 6), ad(0, 9), ad(0, 3)]) == [ad(0, 3), ad(0, 9), ad(5, 6)]


def test_equal_spans_are_one_in_a_set() -> None:
    assert len({ad(0, 1), ad(0, 1), ad(0, 2)}) == 2


@many
@given(spans)
def test_a_span_survives_json_and_pickle(span: Span) -> None:
    assert Span.from_dict(json.loads(json.dumps(span.to_dict()))) == span
    assert pickle.loads(pickle.dumps(span)) == span


@many
@given(spans, spans)
def test_equal_spans_hash_alike_and_order_agrees_with_equality(one: Span, other: Span) -> None:
    assert (one == other) == (one <= other <= one)
    assert hash(one) == hash(Span.from_dict(one.to_dict()))


@pytest.mark.parametrize("name", ["start", "end", "label", "rule", "score", "action"])
def test_a_dict_without_a_field_is_no_span_and_the_error_names_it(name: str) -> None:
    d = ad(0, 1).to_dict()
    del d[name]
    with pytest.raises(InputError, match=f"not a span: .*'{name}'"):
        Span.from_dict(d)


@pytest.mark.parametrize(
    "bad", [None, 7, "span", [], [0, 1, "ad"], {**ad(0, 1).to_dict(), "end": 0}, {**ad(0, 1).to_dict(), "start": "0"}]
)
def test_what_is_no_span_is_refused(bad: Any) -> None:
    with pytest.raises(InputError):
        Span.from_dict(bad)


@pytest.mark.parametrize("start", [0.5, 0.0])
def test_an_offset_that_is_no_integer_is_refused(start: float) -> None:
    with pytest.raises(InputError):
        Span.from_dict({**ad(0, 9).to_dict(), "start": start})


def test_a_span_from_a_string_offset_is_an_input_error() -> None:
    start: Any = "0"
    with pytest.raises(InputError):
        ad(start, 1)


def test_labels_are_distinct_and_spam_is_some_of_them() -> None:
    assert len(set(LABELS)) == len(LABELS)
    assert set(LABELS) > SPAM
    assert "title" not in SPAM


@many
@given(sources_with_ranges())
def test_what_is_cut_and_what_was_removed_are_the_source(case: tuple[str, list[Offsets]]) -> None:
    source, removed = case
    pieces = sorted([*gaps(removed, len(source)), *removed])
    assert "".join(source[a:b] for a, b in pieces) == source
    assert len(cut(source, removed)) == len(source) - sum(b - a for a, b in removed)


@many
@given(sources_with_ranges())
def test_gaps_are_the_complement(case: tuple[str, list[Offsets]]) -> None:
    source, removed = case
    inside = {i for a, b in removed for i in range(a, b)}
    left = [i for a, b in gaps(removed, len(source)) for i in range(a, b)]
    assert left == [i for i in range(len(source)) if i not in inside]
    assert cut(source, removed) == "".join(source[i] for i in left)


@many
@given(sources_with_ranges())
def test_gaps_of_the_gaps_cover_what_was_given(case: tuple[str, list[Offsets]]) -> None:
    source, removed = case
    back = gaps(gaps(removed, len(source)), len(source))
    assert [i for a, b in back for i in range(a, b)] == [i for a, b in removed for i in range(a, b)]


def test_gaps_are_never_empty() -> None:
    assert list(gaps([(0, 2), (2, 4)], 4)) == []
    assert list(gaps([], 0)) == []


def test_nothing_removed_is_the_source() -> None:
    assert cut("Ebb and flood.", []) == "Ebb and flood."


@pytest.mark.parametrize(
    ("source", "removed", "left"),
    [
        ("\U0001f600AD\U0001f600", [(1, 3)], "\U0001f600\U0001f600"),
        ("e\u0301AD", [(2, 4)], "e\u0301"),
        ("İAD", [(1, 3)], "İ"),
        ("a\r\nAD", [(1, 5)], "a"),
        ("\ud800AD\udc00", [(1, 3)], "\ud800\udc00"),
        ("x", [(0, 1)], ""),
    ],
)
def test_offsets_are_code_points(source: str, removed: list[Offsets], left: str) -> None:
    assert cut(source, removed) == left


@many
@given(st.lists(overlapping(), max_size=12))
def test_the_outermost_are_disjoint_sorted_and_some_of_those_given(given_spans: list[Span]) -> None:
    chosen = outermost(given_spans)
    assert all(a.end <= b.start for a, b in pairwise(chosen))
    assert set(chosen) <= set(given_spans)


@many
@given(st.lists(overlapping(), max_size=12))
def test_a_span_loses_only_to_one_as_sure(given_spans: list[Span]) -> None:
    chosen = outermost(given_spans)
    for span in set(given_spans) - set(chosen):
        winners = [s for s in chosen if s.start < span.end and span.start < s.end]
        assert any(s.score >= span.score for s in winners)


@many
@given(st.lists(overlapping(), max_size=8).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s))))
def test_the_order_of_findings_changes_no_choice(case: tuple[list[Span], list[Span]]) -> None:
    assert outermost(case[0]) == outermost(case[1])


@many
@given(st.lists(overlapping(), max_size=12))
def test_choosing_again_changes_nothing(given_spans: list[Span]) -> None:
    assert outermost(outermost(given_spans)) == outermost(given_spans)


def test_the_surer_wins_over_the_longer() -> None:
    assert outermost([ad(0, 9, score=0.9), ad(2, 4, score=1.0)]) == [ad(2, 4)]


def test_of_two_as_sure_the_longer_wins_and_then_the_first() -> None:
    assert outermost([ad(2, 4), ad(0, 9)]) == [ad(0, 9)]
    assert outermost([ad(2, 5), ad(0, 3)]) == [ad(0, 3)]


def test_neighbours_that_only_touch_both_stay() -> None:
    assert outermost([ad(3, 5), ad(0, 3)]) == [ad(0, 3), ad(3, 5)]
