from __future__ import annotations

import pytest

import newsclean
from newsclean import Config
from newsclean.detectors.deliberate import left_alone
from newsclean.rules import RulePack
from newsclean.spans import Span
from tests.detectors.builders import PROSE

NOTE = "This post may contain affiliate links, and we may earn a small commission."
RULES = {rule.id: rule for rule in RulePack.builtin()}


def text_of(*lines: str) -> str:
    return "\n\n".join((PROSE[0], *lines, *PROSE[1:]))


def test_a_disclosure_stays_where_nothing_else_is_furniture_and_is_flagged() -> None:
    article = newsclean.annotate(text_of(NOTE))
    assert NOTE in article.text
    assert {s.label for s in article.spans if article.source[s.start : s.end] == NOTE} == {"ad_label", "legal"}


@pytest.mark.parametrize("other", ["READ MORE: Ferry ends its last season", "Advertisement", "Share on Facebook"])
def test_it_goes_where_something_else_does(other: str) -> None:
    assert newsclean.clean(text_of(NOTE, other)) == text_of()


@pytest.mark.parametrize("more", [NOTE.replace("post", "guide"), PROSE[0]])
def test_a_second_disclosure_or_a_repeated_paragraph_proves_nothing(more: str) -> None:
    assert NOTE in newsclean.clean(text_of(NOTE, PROSE[-1], more))


def test_on_what_is_said_to_be_a_page_it_goes() -> None:
    assert newsclean.clean(text_of(NOTE), config=Config(profile="page")) == text_of()


def test_cleaning_twice_is_cleaning_once() -> None:
    for text in (text_of(NOTE), text_of(NOTE, "Advertisement"), text_of("Advertisement")):
        once = newsclean.clean(text)
        assert newsclean.clean(once) == once


def test_the_same_line_under_another_rule_is_no_proof() -> None:
    note, same = Span(0, 40, "ad_label", "ads/affiliate", 1.0), Span(10, 40, "navigation", "navigation/back-to", 1.0)
    assert left_alone([note, same], [note, same], RULES) == [note]


@pytest.mark.parametrize(
    ("start", "end", "proves"),
    [(45, 50, True), (40, 60, True), (110, 120, True), (10, 12, False), (95, 120, False), (0, 200, False)],
)
def test_what_lies_on_a_line_in_question_proves_nothing(start: int, end: int, *, proves: bool) -> None:
    notes = [Span(0, 40, "ad_label", "ads/affiliate", 1.0), Span(60, 100, "legal", "legal/licence", 1.0)]
    notes.append(Span(5, 30, "legal", "legal/affiliate", 1.0))
    other = Span(start, end, "social", "social/buttons", 0.9)
    assert left_alone(notes, [*notes, other], RULES) == ([] if proves else notes)


def test_a_rule_that_needs_company_is_not_deliberate_too() -> None:
    chosen = [rule for rule in RULES.values() if rule.deliberate]
    assert {"ads/affiliate", "de/affiliate-note", "legal/affiliate", "legal/licence"} <= {rule.id for rule in chosen}
    assert all(rule.alone for rule in chosen)
