"""Plain: on plain lines ``re`` says of the shipped patterns what ``regex`` says."""

from __future__ import annotations

import re

import pytest
import regex

from newsclean.plain import in_plain, is_plain
from newsclean.rules import Rule, RulePack, compile_pattern

CHARS = [chr(code) for code in range(0x3000) if is_plain(chr(code))]
LINES = [rule for rule in RulePack.builtin() if rule.pattern and rule.scope == "line"]
CLASSES = r"""
\w \W \d \D \s \S . [\w-] [^\w] [^\s] \p{L} \p{Lu} \p{Ll} \p{M} \p{N} \p{P} \p{S} \p{Sc} [\p{Lu}.] [^\p{Lu}] [^\p{Ll}]
(?-i:\p{Lu}) (?-i:[\p{Lu}.]) (?-i:[^\p{Ll}]) [\p{L}\p{N}] \P{L} \P{Lu} (?-i:\P{Lu}) [A-Z] [À-ž] (?-i:[À-ž]) []a] [^[a]
"""


@pytest.mark.parametrize("pattern", CLASSES.split())
def test_classes_hold_the_same_characters(pattern: str) -> None:
    told, wanted = in_plain(pattern), regex.compile(pattern, regex.IGNORECASE)
    assert told is not None
    assert [c for c in CHARS if told.fullmatch(c)] == [c for c in CHARS if wanted.fullmatch(c)]


def test_cases_are_the_same() -> None:
    for char in CHARS:
        told, wanted = in_plain(re.escape(char)), regex.compile(regex.escape(char), regex.IGNORECASE)
        assert told is not None
        assert [c for c in CHARS if told.match(c)] == [c for c in CHARS if wanted.match(c)], char


def test_words_end_at_the_same_places() -> None:
    told, wanted = in_plain(r".\b."), regex.compile(r".\b.")
    assert told is not None
    pairs = [a + b for a in CHARS for b in "a1_ .é’"]
    assert [p for p in pairs if told.match(p)] == [p for p in pairs if wanted.match(p)]


@pytest.mark.parametrize("char", "µıİſ²½ĸŉ\u0301\u200bЖ漢\u2028")
def test_what_the_two_see_differently_is_not_plain(char: str) -> None:
    assert not is_plain(f"a {char} b")


@pytest.mark.parametrize(
    "pattern",
    [r"(?<=a{1,2})b", r"(?P<a>x)|(?P<a>y)", r"\p{Han}", r"[[:alpha:]]", r"[a--b]", r"(?i)a", r"(?w:a)", r"[\S]", "a("],
)
def test_what_re_cannot_say_is_left_to_regex(pattern: str) -> None:
    assert in_plain(pattern) is None


def test_nearly_all_that_ships_is_said_in_re() -> None:
    assert sum(in_plain(rule.pattern or "") is not None for rule in LINES) > 0.95 * len(LINES)


@pytest.mark.parametrize("label", sorted({rule.label for rule in LINES}))
def test_shipped_patterns_say_the_same(label: str) -> None:
    for rule in (rule for rule in LINES if rule.label == label):
        told = in_plain(rule.pattern or "")
        if told is not None:
            compare(rule, told)


def compare(rule: Rule, told: re.Pattern[str]) -> None:
    wanted = compile_pattern(rule)
    for line in filter(is_plain, (*rule.examples, *rule.counter)):
        for cut in (
            line,
            line[1:],
            line[:-1],
            line.upper(),
            line.swapcase(),
            f"{line} {line}",
            line.replace(" ", "\xa0"),
        ):
            assert (told.fullmatch(cut) is None) == (wanted.fullmatch(cut) is None), cut
