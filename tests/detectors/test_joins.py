"""Joins: Japanese that a converter has spaced out is closed up; what writers space stays."""

from __future__ import annotations

from newsclean import clean
from newsclean.detectors.joins import joins
from newsclean.segment import segment

SPACED = "港の組合は 北港 と 南港 の 水先人 が 月曜日 に仕事へ戻ったと発表した。"
CLOSED = "港の組合は北港と南港の水先人が月曜日に仕事へ戻ったと発表した。"


def joined(text: str) -> str:
    spans = joins(segment(text))
    assert {text[s.start : s.end] for s in spans} <= {" ", "\xa0"}
    assert {(s.label, s.rule) for s in spans} <= {("markup", "markup/space")}
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


def test_spaces_around_links_go() -> None:
    assert joined(SPACED) == CLOSED
    assert clean(SPACED) == CLOSED


def test_so_do_those_around_names_in_other_letters() -> None:
    assert joined(SPACED.replace("南港", "NBC")) == CLOSED.replace("南港", "NBC")


def test_a_no_break_space_is_one_too() -> None:
    assert joined(SPACED.replace(" ", "\xa0", 1)) == CLOSED


def test_headings_and_names_keep_theirs() -> None:
    heading = "水先人 十一日ぶりに 仕事へ"
    assert joined(f"{heading}\n{SPACED}") == f"{heading}\n{CLOSED}"


def test_one_or_two_spaces_may_be_the_writers() -> None:
    text = "組合の 林 花子さんは仕事へ戻ると話した。"
    assert joined(text) == text


def test_a_childrens_book_parts_all_its_words() -> None:
    text = "むかし むかし あるところに 小さな 港が ありました。 港には 船が 一つも ありませんでした。"
    assert joined(text) == text


def test_a_writer_who_spaces_clauses_is_left_alone() -> None:
    text = "北港再開 水先人帰還 組合長談話 船舶入港 荷役開始。"
    assert joined(text) == text


def test_chinese_and_korean_are_left_alone() -> None:
    for text in ("港口 已经 重新 开放 船只 可以 进港。", "항만은 월요일에 다시 문을 열었다. 배들이 들어왔다."):
        assert joined(text) == text
