"""Alignment: which blocks a text was made of."""

from __future__ import annotations

import time

import pytest

from newsclean.alignment import covered

STORM = "a storm hit the coast on Sunday night"
BOATS = "forty boats were torn from their moorings"


def shares(blocks: list[str], text: str) -> list[float]:
    return covered([b.split() for b in blocks], text.split())


@pytest.mark.parametrize(
    ("blocks", "text", "expected"),
    [
        ([STORM, BOATS], f"{STORM} {BOATS}", [1, 1]),
        (["Menu", STORM, "Share", BOATS], f"{STORM} {BOATS}", [0, 1, 0, 1]),
        (["Boats", STORM, "Boats", BOATS], f"{STORM} Boats {BOATS}", [0, 1, 1, 1]),
        ([STORM, "More here", BOATS, "More here"], f"{STORM} {BOATS} More here", [1, 0, 1, 1]),
        ([STORM], "", [0]),
        ([], STORM, []),
        (["Rain", "fell"], "Rain fell", [1, 1]),
        (["fell", "Rain"], "Rain fell", [1, 0]),
        ([f"{STORM} {BOATS}"], f"{STORM} - {BOATS}", [9 / 12]),
    ],
)
def test_the_blocks_that_a_text_took_up(blocks: list[str], text: str, expected: list[float]) -> None:
    assert shares(blocks, text) == pytest.approx(expected, abs=0.01)


def test_blocks_that_were_changed_alike_have_the_first_place() -> None:
    changed = f"{STORM} but {BOATS}"
    assert shares([changed, "Menu", changed], f"{STORM} {BOATS}") == pytest.approx([0, 0, 0.692], abs=0.01)


def test_of_two_copies_the_one_before_what_follows_has_it() -> None:
    assert shares([STORM, "Menu", "Login", STORM, BOATS], f"{STORM} {BOATS}") == [0, 0, 0, 1, 1]


def test_a_text_that_says_it_twice_takes_both() -> None:
    assert shares([STORM, BOATS, STORM], f"{STORM} {BOATS} {STORM}") == [1, 1, 1]


def test_repetition_costs_no_more_than_its_length() -> None:
    begin = time.process_time()
    covered([["la"] * 6] * 3000, ["la"] * 18_000)
    assert time.process_time() - begin < 5
