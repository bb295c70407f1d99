from __future__ import annotations

from typing import Any

import pytest

from newsclean.attribution.cues import lexicon
from newsclean.attribution.mark import tags
from newsclean.attribution.rules import find_marks
from newsclean.attribution.tokens import Tokens, tokens
from newsclean.segment import segment
from tests.conftest import cases

EN = lexicon("en")


def read(text: str) -> Tokens:
    return tokens(segment(text))


def text_of(text: str, t: Tokens, ranges: Any) -> str:
    return " … ".join(text[t.start[a] : t.end[b - 1]] for a, b in ranges)


@pytest.mark.parametrize("case", cases("attributions"), ids=lambda c: c["cue"])
def test_a_cue_finds_its_source_and_content(case: dict[str, str]) -> None:
    t = read(case["text"])
    marks = [m for m in find_marks(t, EN) if text_of(case["text"], t, [m.cue]) == case["cue"]]
    assert marks, [text_of(case["text"], t, [m.cue]) for m in find_marks(t, EN)]
    mark = marks[0]
    assert text_of(case["text"], t, mark.source) == case["source"]
    assert text_of(case["text"], t, mark.content[:1]) == case["content"]
    assert mark.kind == case["kind"]


@pytest.mark.parametrize("text", cases("no_attributions"))
def test_what_only_looks_like_a_cue(text: str) -> None:
    assert find_marks(read(text), EN) == []


def test_a_quotation_goes_on_behind_its_cue() -> None:
    text = "“We came,” Ms. Wirth said. “We got what we came for.”"
    t = read(text)
    (mark,) = find_marks(t, EN)
    assert text_of(text, t, mark.content) == "“We came,” … “We got what we came for.”"


def test_cues_inside_a_block_quotation_are_read_and_inside_a_short_one_are_not() -> None:
    block = "“The harbour is closed and Mayor Ellery has said that it will stay closed until the tide turns.”"
    assert [m.kind for m in find_marks(read(block), EN)] == ["statement"]
    inside = "The sign reads “the mayor said no” in red."
    assert [m for m in find_marks(read(inside), EN) if m.rule == "say"] == []


def test_the_stance_is_the_cues() -> None:
    stances = [
        find_marks(read(f"Mr. Ellery {verb} that it rained."), EN)[0].stance
        for verb in ("said", "claims", "denied", "insisted")
    ]
    assert stances == ["neutral", "distances", "denies", "asserts"]


def test_tags_name_cues_last() -> None:
    t = read("Ms. Wirth said the strike was over.")
    assert sorted(tag for *_, tag in tags(t, find_marks(t, EN))) == [1, 2, 3]
