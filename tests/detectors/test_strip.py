from __future__ import annotations

import pytest

from newsclean.detectors.strip import STRONG, WEAK, Rules
from newsclean.matching import compile_rules
from newsclean.rules import Rule
from newsclean.segment import segment
from tests.detectors.builders import PROSE, RULES, document, strip, words


def test_strong_and_weak_lines_are_found_with_their_scores() -> None:
    paragraphs = document(PROSE[0], "Notify of", "Subscribe")
    assert [(s.rule, s.score) for s in strip(paragraphs)] == [("own/strong", STRONG), ("own/weak", WEAK)]


def test_offsets_are_those_of_the_source() -> None:
    source = f"{PROSE[0]}\r\n\r\n   » Notify of  \r\n"
    (span,) = Rules(compile_rules(RULES))(segment(source))
    assert source[span.start : span.end] == "» Notify of"


def test_an_inline_rule_takes_only_what_it_matched() -> None:
    inline = Rule(
        id="own/tab", label="markup", pattern=r"\(opens in a new tab\)", keyword=("new tab",), bound=40, scope="inline",
        examples=("a (opens in a new tab)", "(opens in a new tab) b"), counter=("a new tab", "(opens)"),
    )  # fmt: skip
    source = "The report (opens in a new tab) was late (opens in a new tab)."
    spans = Rules(compile_rules((inline,)))(segment(source))
    assert [source[s.start : s.end] for s in spans] == ["(opens in a new tab)"] * 2


def test_lines_tell_what_they_say_of_the_article() -> None:
    byline = Rule(
        id="own/by", label="byline", pattern=r"By (?P<name>[\p{L} ]{3,40})", keyword=("by",), bound=60,
        examples=("By Ann Lee", "By Bob Ray"), counter=("By and by it rained.", "Stand by"),
    )  # fmt: skip
    rules = Rules(compile_rules((byline,)))
    spans = rules(document("By Ann Lee", PROSE[0], "By Bob Ray"))
    assert [s.value for s in rules.said("name", spans)] == ["Ann Lee", "Bob Ray"]
    assert rules.said("name", spans[1:])[0].value == "Bob Ray"
    assert rules.said("site", spans) == []


def test_a_pattern_that_takes_too_long_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.matching.TIMEOUT", 0.01)
    slow = Rule(
        id="own/slow", label="ad", pattern="(?:(?:[ab]{0,40}){0,40}){0,40}c", keyword=("stop",), bound=2000,
        examples=("stop c", "stop"), counter=("c", "d"),
    )  # fmt: skip
    rules = Rules(compile_rules((slow,)))
    assert rules(document("ab" * 400 + " stop")) == []
    assert [i.code for i in rules.issues] in ([], ["rule_timeout"])


def test_a_repeated_line_is_matched_once_and_found_twice() -> None:
    paragraphs = document("Notify of", PROSE[0], "Notify of")
    assert words(paragraphs, strip(paragraphs)) == ["Notify of", "Notify of"]
