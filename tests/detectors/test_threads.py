"""Threads: readers' comments go with their names and times; articles, live blogs and lists of dates stay."""

from __future__ import annotations

from newsclean.config import Config
from newsclean.detect import Detectors
from newsclean.detectors.threads import threads
from newsclean.segment import segment
from newsclean.spans import Span

PROSE = "The harbour board met on Monday and put off its decision on the northern pier until the spring of next year."
ARTICLE = [
    PROSE,
    PROSE.replace("Monday", "Tuesday"),
    PROSE.replace("Monday", "Wednesday"),
    PROSE.replace("Monday", "Friday"),
]
SAID = "I live by the pier, and what the board says about the noise is simply not what we hear at night."
REPLY = "Then come to the meeting next week and tell the board, as the rest of us have done for ten years."


def found(lines: list[str], *, times: tuple[str, ...], system: tuple[str, ...] = ("2 comments",)) -> list[str]:
    text = "\n".join(lines)
    paragraphs = segment(text)
    spans = [Span(p.start, p.end, "timestamp", "own/time") for p in paragraphs if p.text in times]
    spans += [Span(p.start, p.end, "comments", "own/comments") for p in paragraphs if p.text in system]
    given = threads(paragraphs, spans)
    assert {s.label for s in given} <= {"comments"}
    return [text[s.start : s.end] for s in given]


def test_names_and_comments_below_a_comment_system_go() -> None:
    lines = [*ARTICLE, "2 comments", "Jo", "3 May, 10:12", SAID, "Fran", "3 May, 11:40", REPLY]
    assert found(lines, times=("3 May, 10:12", "3 May, 11:40")) == ["Jo", SAID, "Fran", REPLY]


def test_the_last_comment_ends_with_its_prose() -> None:
    lines = [*ARTICLE, "2 comments", "Jo", "3 May, 10:12", SAID, "Fran", "3 May, 11:40", REPLY, SAID, "Contact", PROSE]
    assert found(lines, times=("3 May, 10:12", "3 May, 11:40"))[-1] == SAID


def test_without_a_comment_system_above_nothing_goes() -> None:
    lines = [*ARTICLE, "Jo", "3 May, 10:12", SAID, "Fran", "3 May, 11:40", REPLY]
    assert found(lines, times=("3 May, 10:12", "3 May, 11:40")) == []


def test_prose_between_the_system_and_the_first_time_means_that_no_thread_begins() -> None:
    lines = [*ARTICLE, "2 comments", PROSE, "10:12", SAID, "11:40", REPLY]
    assert found(lines, times=("10:12", "11:40")) == []


def test_one_time_is_no_thread() -> None:
    assert found([*ARTICLE, "2 comments", "Jo", "3 May, 10:12", SAID], times=("3 May, 10:12",)) == []


def test_an_article_under_its_comment_count_and_two_times_stays() -> None:
    lines = ["2 comments", "3 May, 10:12", "3 May, 11:40", *ARTICLE]
    assert found(lines, times=("3 May, 10:12", "3 May, 11:40")) == []


def test_a_long_stretch_of_prose_ends_a_thread() -> None:
    lines = [*ARTICLE, "2 comments", "Jo", "3 May, 10:12", *[PROSE] * 9, "Fran", "3 May, 11:40", REPLY]
    assert found(lines, times=("3 May, 10:12", "3 May, 11:40")) == []


def test_the_rules_find_the_times_and_the_system() -> None:
    text = "\n\n".join(
        [
            *ARTICLE,
            "2 Comments on “Storm closes the pier”",
            "Jo",
            "May 3, 2024, 10:12 am",
            SAID,
            "Fran",
            "May 3, 2024, 11:40 am",
            REPLY,
        ]
    )
    detectors = Detectors(Config(models="off"))
    spans = detectors.look(text, detectors.rules(None)).spans
    assert {"Jo", SAID, "Fran", REPLY} <= {text[s.start : s.end] for s in spans if s.label == "comments"}


def test_chinese_prose_is_as_long_in_half_as_many_characters() -> None:
    article = [
        "港口的引水员在停工十一天之后于星期一回到了工作岗位，工会的负责人说没有人丢了面子，船只已经可以进港。"
    ] * 5
    comment = "我住在码头旁边，委员会说的噪音和我们晚上听到的完全不一样，希望他们能来听一听。"
    lines = [*article, "留言列表 (2)", "#1 小林", comment, "#2 小陳", comment]
    assert found(lines, times=("#1 小林", "#2 小陳"), system=("留言列表 (2)",)) == [comment, comment]
