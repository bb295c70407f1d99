from __future__ import annotations

import pytest

from newsclean.detectors.tail import signed, stranded
from newsclean.segment import segment
from tests.detectors.builders import PROSE


@pytest.mark.parametrize(
    "sign", ["(mlk)", "(mlk/dpa)", "mit dpa", "dpa/mlk", "dpa", "(afp, mlk)", "Quelle: dpa", "(rtr)"]
)
def test_a_sign_closes_the_paragraphs_right_above_it(sign: str) -> None:
    paragraphs = segment("\n".join(("Mehr aus dem Hafen", *PROSE[:2], sign, PROSE[2])))
    assert sorted(signed(paragraphs)) == [1, 2]


@pytest.mark.parametrize(
    "line", ["(mehr)", "(video)", "(here)", "Reuters reported", "(Ann Lee)", "(2024)", "mit Bus und Bahn", "tug"]
)
def test_what_only_looks_like_a_sign_closes_nothing(line: str) -> None:
    assert not signed(segment("\n".join((*PROSE[:2], line))))


def test_a_sign_reaches_over_no_heading_and_no_farther_than_four_paragraphs() -> None:
    assert sorted(signed(segment("\n".join((PROSE[0], "Weather", PROSE[1], "(mlk)"))))) == [2]
    assert sorted(signed(segment("\n".join((*PROSE[:3], *PROSE[:3], "(mlk)"))))) == [2, 3, 4, 5]
    assert not signed(segment("(mlk)"))


def test_lines_are_stranded_below_the_last_prose_and_something_that_goes() -> None:
    paragraphs = segment("\n".join(("News", PROSE[0], "One tug", "Shop", "Two tugs", "Three tugs", "Help")))
    assert stranded(paragraphs, [False, True, True, False, True, True, False]) == [4, 5]
    assert stranded(paragraphs, [False, True, True, True, True, True, True]) == []


def test_nothing_is_stranded_above_prose_or_where_none_is_left() -> None:
    paragraphs = segment("\n".join((PROSE[0], "Shop", "Two tugs", PROSE[1])))
    assert stranded(paragraphs, [True, False, True, True]) == []
    assert stranded(paragraphs, [False, False, True, False]) == []
    assert stranded((), []) == []


def test_a_headline_that_asks_in_a_script_without_spaces_ends_no_article() -> None:
    story = "港の組合は月曜日、十一日ぶりに水先案内人が仕事に戻ったと発表した。"
    asks = "なぜ北の港の水先案内人は十一日も陸にいたのか、組合長が語る本音とは？"
    paragraphs = segment("\n".join((story, "広告", asks, "人気の記事")))
    assert stranded(paragraphs, [True, False, True, False]) == [2]
    assert stranded(paragraphs[::-1], [False, True, False, True]) == []
