"""Matching: the right rule on the right line, offsets in the line as it stands, whatever its letters."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.errors import RuleError
from newsclean.matching import Hit, compile_rules, core, fold
from newsclean.rules import Rule, RulePack

many = settings(max_examples=200, deadline=None, derandomize=True)
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


def rule(rule_id: str = "own/tides", **changes: Any) -> Rule:
    values = {"label": "tags", "examples": ("Tide table", "TIDES"), "counter": ("Ebb and flood", "A tide")}
    return Rule(id=rule_id, **{**values, **changes})


def phrase(*phrases: str, **changes: Any) -> Rule:
    return rule(phrases=phrases, **changes)


def pattern(text: str, *keyword: str, **changes: Any) -> Rule:
    return rule(pattern=text, keyword=keyword, **changes)


def hits(line: str, *rules: Rule, host: str | None = None) -> list[Hit]:
    return list(compile_rules(rules).hits(line, host=host))


def found(line: str, *rules: Rule) -> list[str]:
    return [line[h.start : h.end] for h in hits(line, *rules)]


TIDES = phrase("Tide table", "Don't miss")
COUNT = pattern(r"\d{1,3} comments?", "comment", "comments", bound=20)
AD = pattern("AD", "ad", scope="inline", bound=5)


@pytest.mark.parametrize(
    "line",
    [
        "Tide table", "TIDE TABLE", "tide table", "» Tide table …", "• Tide  table", "[Tide\xa0table]", "“Tide table”", "\u200bTide table",
        "Tide\ttable!", "Don’t miss", "DON'T MISS:",
    ],
)  # fmt: skip
def test_a_phrase_is_the_whole_line_but_for_case_bullets_and_edges(line: str) -> None:
    assert found(line, TIDES) == [line]


@pytest.mark.parametrize(
    "line", ["", "Tide", "Tide tables", "The tide table", "Tide-table", "Tide, table", "Tide table of the port"]
)
def test_a_phrase_is_not_a_part_of_a_line(line: str) -> None:
    assert hits(line, TIDES) == []


@pytest.mark.parametrize(
    ("phrase_text", "line"), [("Straße", "STRASSE"), ("İstanbul", "İSTANBUL"), ("Größe", "GRÖSSE"), ("ΟΔΟΣ", "οδος")]
)
def test_case_is_folded_as_unicode_folds_it(phrase_text: str, line: str) -> None:
    assert found(line, phrase(phrase_text)) == [line]


def test_a_phrase_of_one_character_is_matched() -> None:
    assert found("X", phrase("x", "y")) == ["X"]


def test_a_phrase_of_punctuation_alone_does_not_match_every_such_line() -> None:
    assert hits("—", phrase("…", "***")) == []
    assert hits("", phrase("…", "***")) == []


def test_a_pattern_must_match_from_end_to_end() -> None:
    assert found("26 Comments", COUNT) == ["26 Comments"]
    assert hits("26 comments so far", COUNT) == []
    assert hits("All 26 comments", COUNT) == []


def test_a_pattern_is_given_the_line_without_its_bullet() -> None:
    assert found("» 26 comments", COUNT) == ["» 26 comments"]


def test_a_line_of_the_bound_is_hit_and_one_more_is_not() -> None:
    wide = pattern(r"comments? x{0,99}", "comments", bound=20)
    assert hits("comments " + "x" * 11, wide)
    assert not hits("comments " + "x" * 12, wide)


def test_a_match_inside_a_line_of_the_bound_is_hit_and_one_more_is_not() -> None:
    inner = pattern(r"ad x{0,99}", "ad", scope="inline", bound=10)
    assert found("Rain ad xxxxxxx fell.", inner) == ["ad xxxxxxx"]
    assert found("Rain ad xxxxxxxx fell.", inner) == []


def test_a_pattern_without_its_keyword_in_the_line_is_not_tried() -> None:
    assert hits("26 comments", pattern(r"\d{1,3} comments", "ferry")) == []


@pytest.mark.parametrize("line", ["26 notes", "the 2nd note"])
def test_the_keyword_of_digits_needs_a_word_that_begins_with_one(line: str) -> None:
    digits = pattern(r".{0,9}\d{1,3}(?:nd)? notes?", "#")
    assert found(line, digits) == [line]


def test_the_keyword_of_digits_is_no_number_sign() -> None:
    anything_at_all = pattern(".{0,40}", "#")
    assert hits("# note", anything_at_all) == []
    assert found("a2 note", anything_at_all) == ["a2 note"]


def test_a_keyword_of_several_words_needs_them_all() -> None:
    several = pattern(".{0,40}", "tide table")
    assert found("A TIDE  TABLE here", several) == ["A TIDE  TABLE here"]
    assert hits("A table of tides", several) == []


def test_a_keyword_with_an_apostrophe_matches_both_kinds() -> None:
    dont = pattern("don['’]t .{0,20}", "don't")
    assert found("Don’t look", dont) == ["Don’t look"]
    assert found("Don't look", dont) == ["Don't look"]


def test_one_of_several_keywords_is_enough_and_the_rule_hits_once() -> None:
    assert len(hits("26 comments", pattern(r"\d{1,3} comments", "comments", "26", "#"))) == 1


def test_a_keyword_of_a_script_without_spaces_stands_inside_words() -> None:
    members = pattern("この記事は会員.{0,12}", "会員")
    assert found("この記事は会員限定です。", members) == ["この記事は会員限定です。"]
    assert found("この記事は無料です。", members) == []
    shipped = compile_rules(RulePack.builtin("ja").rules)  # these are asked in another way
    assert [hit.rule.id for hit in shipped.hits("この記事は会員限定です。")] == ["ja/paywall-notice"]


def test_a_keyword_of_a_sign_alone_is_found() -> None:
    assert found("© Harbour Courier", pattern("© .{0,40}", "©")) == ["© Harbour Courier"]


def test_two_spellings_of_a_phrase_are_one_hit() -> None:
    assert len(hits("read more", phrase("Read more", "READ MORE:"))) == 1


@pytest.mark.parametrize("before", ["İİİ ", "ßßß ", "\U0001f600 ", "e\u0301 ", "\ud800 ", "ﬁﬁ ", "\u200b\u200b "])
def test_an_inner_match_has_the_offsets_of_the_line_as_it_stands(before: str) -> None:
    (hit,) = hits(before + "AD fell", AD)
    assert (hit.start, hit.end) == (len(before), len(before) + 2)


def test_every_inner_match_is_a_hit() -> None:
    assert found("AD and ad", AD) == ["AD", "ad"]


def test_an_empty_inner_match_is_none() -> None:
    assert hits("ad", pattern("x?", "ad", scope="inline")) == []


def test_named_groups_say_something_about_the_article() -> None:
    by = pattern(r"by (?P<name>\w{1,20})(?:, (?P<when>\d{4}))?", "by")
    assert hits("By Wirth", by)[0].said == (("name", "Wirth"),)
    assert dict(hits("By Wirth, 2024", by)[0].said) == {"name": "Wirth", "when": "2024"}


def test_several_rules_may_hit_one_line() -> None:
    assert {h.rule.id for h in hits("26 comments", COUNT, rule("own/any", pattern=".{0,40}", keyword=("#",)))} == {
        "own/tides",
        "own/any",
    }


def test_a_line_too_long_for_one_rule_is_still_hit_by_another_of_the_same_word() -> None:
    rules = [pattern("ad.{0,99}", "ad", bound=bound, rule_id=f"own/{bound}") for bound in (5, 40, 9)]
    assert [h.rule.bound for h in hits("ad for the ferry", *rules)] == [40]
    assert len(hits("ad ad", *rules, AD)) == 5


def test_a_rule_of_a_site_is_silent_elsewhere() -> None:
    for confined in (
        phrase("Tides", sites=("courier.example",)),
        pattern("tides", "tides", sites=("courier.example",)),
    ):
        assert hits("Tides", confined, host="www.courier.example")
        assert not hits("Tides", confined, host="other.example")
        assert not hits("Tides", confined)


def test_a_slow_pattern_times_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.matching.TIMEOUT", 0.05)
    slow = pattern("(?:a|aa){1,2000}[bc]", "#", bound=2000)
    with pytest.raises(TimeoutError):
        hits("a" * 100 + " 1", slow)


def test_the_same_rules_share_a_matcher_and_no_line_changes_the_next() -> None:
    matcher = compile_rules((TIDES, COUNT))
    assert compile_rules((TIDES, COUNT)) is matcher
    first = list(matcher.hits("26 comments"))
    assert list(matcher.hits("Tide table")) != first
    assert list(matcher.hits("26 comments")) == first


def test_a_hit_is_frozen() -> None:
    (hit,) = hits("Tide table", TIDES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        hit.start = 1  # type: ignore[misc]


def test_a_pattern_that_is_none_is_a_rule_error_that_names_its_rule() -> None:
    with pytest.raises(RuleError, match="rule own/tides: bad pattern"):
        hits("26 comments", pattern("26 (comments", "comments"))


def test_no_rules_hit_nothing() -> None:
    assert hits("Tide table") == []


@many
@given(anything)
def test_any_line_is_matched_without_an_error_and_with_true_offsets(line: str) -> None:
    for hit in hits(line, TIDES, COUNT, AD, rule("own/any", pattern=".{0,80}", keyword=("#", "a"))):
        assert 0 <= hit.start <= hit.end <= len(line)


@many
@given(anything)
def test_a_line_is_hit_by_the_phrase_it_is(line: str) -> None:
    if core(line):
        assert found(line, phrase(line)) == [line]


@many
@given(anything)
def test_folding_again_changes_nothing(line: str) -> None:
    assert fold(fold(line)) == fold(line)
    assert core(core(line)) == core(line)


@many
@given(st.text("abcßſσςéﬁ ’\u0301\u00a0", max_size=30))
def test_case_and_the_kind_of_apostrophe_make_no_difference_to_a_folded_line(line: str) -> None:
    assert fold(line.upper()) == fold(line)
    assert fold(line.replace("’", "'")) == fold(line)


def test_folding_makes_white_space_single_and_trims_it() -> None:
    assert fold(" Ebb\u3000\t and\u2028flood ") == "ebb and flood"


def test_the_core_keeps_what_is_inside() -> None:
    assert core("» Ebb - flood … ") == "ebb - flood"


@pytest.mark.parametrize(("line", "name"), [("By Ann L日e", "Ann L日e"), ("By Bo Lund", "Bo Lund")])
def test_what_a_line_says_is_its_own_characters_and_not_their_stand_ins(line: str, name: str) -> None:
    found = {hit.rule.id: hit.said for hit in compile_rules(RulePack.builtin().rules).hits(line)}
    assert found["byline/by"] == (("name", name),)


def test_marks_and_digits_are_seen_beside_other_letters() -> None:
    sign = Rule(
        id="t/sign",
        label="legal",
        examples=("© Us", "© Them"),
        counter=("Us", "Them"),
        pattern=r"© \p{L}{2,9}",
        keyword=("©",),
    )
    count = Rule(
        id="t/count", label="counter", examples=("26", "3"), counter=("x", "y"), pattern=r"[\d\s]{1,5}", keyword=("#",)
    )
    matcher = compile_rules((sign, count))
    found = {line: [hit.rule.id for hit in matcher.hits(line)] for line in ("© Østen", "٢٦", "26", "Østen", "é – ¿?")}
    assert found == {"© Østen": ["t/sign"], "٢٦": ["t/count"], "26": ["t/count"], "Østen": [], "é – ¿?": []}
