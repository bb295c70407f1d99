"""Plain: on plain lines ``re`` says of the shipped patterns what ``regex`` says."""

from __future__ import annotations

import re

import pytest
import regex

from newsclean.plain import STOOD_FOR, in_plain, is_plain, plainly
from newsclean.rules import Rule, RulePack, compile_pattern

CHARS = [chr(code) for code in range(0x3000) if is_plain(chr(code)) and chr(code) not in STOOD_FOR]
LINES = [rule for rule in RulePack.builtin() if rule.pattern and rule.scope == "line"]
CLASSES = r"""
\w \W \d \D \s \S . [\w-] [^\w] [^\s] \p{L} \p{Lu} \p{Ll} \p{M} \p{N} \p{Nd} [\p{Lu}.] [^\p{Lu}] [^\p{Ll}]
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


@pytest.mark.parametrize("pattern", [*CLASSES.split(), "a?.b?"])
def test_a_stand_in_is_what_it_stands_for(pattern: str) -> None:
    told, wanted = in_plain(pattern), regex.compile(pattern, regex.IGNORECASE)
    assert told is not None
    whole = "".join(map(chr, range(0x1FA00)))
    for ranges in STOOD_FOR.values():
        chars = re.findall(f"[{ranges}]", whole)
        for char in chars[:: len(chars) // 2000 + 1]:
            assert (told.fullmatch(plainly(char) or "") is None) == (wanted.fullmatch(char) is None), char


@pytest.mark.parametrize(
    "line", ["コメ", "a\u0301b", "a\u200db", "a😀", "あ。a", "한a", "❤\ufe0f 3", "５弱", "a½b", "a②b"]
)
def test_words_end_where_they_ended_before_the_stand_ins(line: str) -> None:
    told, wanted = in_plain(r"\b"), regex.compile(r"\b")
    assert told is not None
    assert [m.start() for m in told.finditer(plainly(line) or "")] == [m.start() for m in wanted.finditer(line)]


@pytest.mark.parametrize("char", "µıİſ²½ĸŉ\u0301\u200bΣ漢①\u2028")
def test_what_the_two_see_differently_is_not_plain(char: str) -> None:
    assert not is_plain(f"a {char} b")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<=a{1,2})b",
        r"(a|b)\1",
        r"(?P<a>x)(?P=a)",
        r"\p{Han}",
        r"[[:alpha:]]",
        r"[a--b]",
        r"(?i)a",
        r"(?w:a)",
        r"[\S]",
        "a(",
        "日本",
        r"\u65e5",
    ],
)
def test_what_re_cannot_say_is_left_to_regex(pattern: str) -> None:
    assert in_plain(pattern) is None


@pytest.mark.parametrize("pattern", [r"\p{L}", r"\p{Lu}", r"[\p{L}\d.]", r"[^\p{Lu}|]", r"[\w-]", r"\S", r"[^|]"])
def test_where_no_letter_is_named_case_need_not_be_ignored(pattern: str) -> None:
    told, wanted = in_plain(pattern), regex.compile(pattern, regex.IGNORECASE)
    assert told is not None
    assert told.pattern.startswith("(?-i:")
    plain = [char for char in map(chr, range(0x27C0)) if is_plain(char)]
    assert [told.fullmatch(c) is None for c in plain] == [wanted.fullmatch(c) is None for c in plain]


def test_a_set_that_names_letters_ignores_case() -> None:
    told = in_plain(r"[a-cé]")
    assert told is not None
    assert [told.fullmatch(char) is not None for char in "aCéÉd"] == [True, True, True, True, False]


def test_a_name_may_stand_twice() -> None:
    told = in_plain(r"(?P<a>x)|b(?P<a>y)")
    assert told is not None
    assert [told.fullmatch(line) is not None for line in ("x", "BY", "b")] == [True, True, False]
    assert list(told.groupindex) == ["a", "a__1"]


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
