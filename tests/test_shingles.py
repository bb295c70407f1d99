"""Shingles: what makes no difference, where quotations are, and that long common runs always share a print."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.shingles import NEIGHBOURS, SIZE, WINDOW, Hashes, Read, Shingled, Words, among, candidates, common

NUMBERS = st.lists(st.integers(0, 30).map(str), max_size=60)


def shingled(text: str) -> Shingled:
    return Shingled.of(Read.of(text, Words()))


def hashes(*values: int) -> Hashes:
    return np.array(values, dtype=np.uint64)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We don’t sell the pier,” the mayor told them.", '"We don\'t sell the pier", the mayor told them'),
        ("The GROSSE STRASSE is closed until May.", "the große straße is closed until may"),
        ("Rain fell\non the\r\nharbour\u2028town all day.", "Rain fell on the harbour town all day"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    assert Read.of(one, Words()).runs.tolist() == Read.of(other, Words()).runs.tolist()


def test_order_makes_a_difference() -> None:
    assert common(shingled("a b c d e f"), shingled("f e d c b a")) == (0, 0)


@pytest.mark.parametrize("text", ["", " \n", "…!?", "five words are too few", "\ud800"])
def test_a_short_text_has_no_shingles(text: str) -> None:
    made = shingled(text)
    assert len(made.shingles) == len(made.prints) == len(made.quotes) == 0


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('"It rained on the hay all day," she said.', 7),
        ("“It rained on the hay all day,” she said.", 7),
        ("«Il a plu sur le foin toute la journée», dit-elle.", 9),
        ("„Es hat den ganzen Tag aufs Heu geregnet“, sagte sie.", 8),
        ("“It rained on the hay all day.\nNobody had a dry coat left.", 7),
        ('Six feet 2" of rain on the hay all day\nand more', 0),
        ('He called it "a pity" and left.', 0),
    ],
)
def test_where_quotations_are(text: str, quoted: int) -> None:
    assert np.count_nonzero(Read.of(text, Words()).quotation) == quoted


def test_a_quoted_shingle_is_not_prose() -> None:
    read = Read.of("“one two three four five six seven” eight nine", Words())
    assert read.own.tolist() == [False, False, True, True]


def test_two_quotations_do_not_make_a_long_one() -> None:
    half = "“one two three four five six seven”"
    assert len(Read.of(f"{half} {half}", Words()).quoted[0]) == 0


@given(
    NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.lists(st.integers(0, 999).map(str), min_size=SIZE + WINDOW - 1, max_size=60)
)
def test_a_common_run_of_a_window_shares_a_print(
    a: list[str], b: list[str], c: list[str], d: list[str], run: list[str]
) -> None:
    one, other = (shingled(" ".join([*before, *run, *after])) for before, after in ((a, b), (c, d)))
    assert among(one.prints, other.prints).any()


@given(st.lists(st.integers(0, 50), max_size=40), st.lists(st.integers(0, 50), max_size=40))
def test_among_is_membership(some: list[int], many: list[int]) -> None:
    found = among(hashes(*some), hashes(*sorted(set(many))))
    assert found.tolist() == [x in many for x in some]


def test_spans_cover_what_is_common() -> None:
    text = "Nobody knew. The ferry to the island was full of sheep! Nobody cared."
    read = Read.of(text, Words())
    found = read.spans(read.covered(shingled("the ferry to the island was full").shingles))
    assert [text[a:b] for a, b in found] == ["The ferry to the island was full"]


def test_a_crowd_costs_its_neighbours_only() -> None:
    pairs, _ = candidates([hashes(7)] * 1000)
    assert len(pairs) < 1000 * NEIGHBOURS
    assert {(i, i + 1) for i in range(999)} <= {(i, j) for i, j in pairs.tolist()}


@pytest.mark.parametrize("prints", [[], [hashes()], [hashes(1)], [hashes(1), hashes(2)], [hashes(), hashes()]])
def test_no_candidates(prints: list[Hashes]) -> None:
    pairs, times = candidates(prints)
    assert pairs.shape == (0, 2)
    assert times.shape == (0,)


@given(st.lists(st.sets(st.integers(0, 12), max_size=5), max_size=12))
def test_candidates_are_the_pairs_that_share(sets: list[set[int]]) -> None:
    pairs, times = candidates([hashes(*sorted(s)) for s in sets])
    expected = {(i, j): len(sets[i] & sets[j]) for j in range(len(sets)) for i in range(j) if sets[i] & sets[j]}
    assert dict(zip(map(tuple, pairs.tolist()), times.tolist(), strict=True)) == expected
