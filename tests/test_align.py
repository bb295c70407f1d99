"""Which lines of a page its article's text tells."""

from __future__ import annotations

import pytest

from newsclean.training.align import align
from newsclean.training.dumps import blocks, fold_of

GOLD = "Pilots went back to work on Monday.\n\nWhat next\n\nThe board will publish its accounts in June."


@pytest.mark.parametrize(
    ("lines", "own"),
    [
        (["Menu", "Pilots went back to work on Monday.", "What next", "The board will publish its accounts in June."], [0, 1, 1, 1]),
        (["What next", "Pilots went back to work on Monday."], [0, 1]),
        (["Pilots went back to", "work on Monday.", "Share"], [1, 1, 0]),
        (["Pilots went back to work on Monday. What next", "Ferries stay in port until Friday."], [1, 0]),
        ([], []),
    ],
)  # fmt: skip
def test_lines_are_told_by_runs_of_words_and_by_order(lines: list[str], own: list[int]) -> None:
    assert align(lines, GOLD) == list(map(bool, own))


def test_of_two_copies_the_one_amid_the_article_counts() -> None:
    lines = ["Pilots went back to work on Monday.", *["Menu"] * 9, *GOLD.split("\n\n")]
    assert align(lines, GOLD) == [False] * 10 + [True] * 3


def test_a_script_without_spaces_is_compared_by_character() -> None:
    assert align(["ホーム", "港の水先人は月曜日に仕事に戻った。"], "港の水先人は月曜日に仕事に戻った。") == [
        False,
        True,
    ]


def test_blocks_are_lines() -> None:
    assert (
        blocks("<html><head><title>x</title></head><div>One<br>two <i>three</i></div><script>no</script>")
        == "One\ntwo three"
    )


def test_a_site_has_one_fold() -> None:
    assert {fold_of("courier.example", 4) for _ in range(3)} == {fold_of("courier.example", 4)}
    assert len({fold_of(f"site{i}.example", 4) for i in range(40)}) == 4
