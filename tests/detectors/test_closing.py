from __future__ import annotations

import pytest

from newsclean.detectors.closing import closing
from newsclean.detectors.strip import Rules
from newsclean.matching import compile_rules
from newsclean.rules import Rule
from newsclean.segment import Paragraph, segment
from newsclean.spans import Span
from tests.detectors.builders import PROSE, words

ABOUT = Rule(
    id="own/about", label="credit", phrases=("About the author",), last=True,
    examples=("About the author", "ABOUT THE AUTHOR"), counter=("About the authors of it", "The author"),
)  # fmt: skip
LIFE = "Lee has sailed the bay for twenty years and keeps a blog about its tugs."


def below(*lines: str) -> tuple[tuple[Paragraph, ...], list[Span]]:
    text = "\n".join(lines)
    paragraphs = segment(text)
    matcher = compile_rules((ABOUT,))
    return paragraphs, closing(text, paragraphs, Rules(matcher)(paragraphs), matcher.by_id)


def test_what_stands_below_the_last_line_goes_with_it() -> None:
    paragraphs, spans = below(*PROSE * 3, "About the author", "Ann Lee", LIFE)
    assert words(paragraphs, spans) == ["Ann Lee", LIFE]
    assert {(s.label, s.rule) for s in spans} == {("credit", "own/about")}


def test_above_it_and_without_it_nothing_goes() -> None:
    assert below(*PROSE * 3, "Ann Lee", LIFE)[1] == []
    assert below(*PROSE * 3, "Ann Lee", "About the author")[1] == []


def test_an_article_that_goes_on_keeps_all() -> None:
    assert below(*PROSE * 2, "About the author", *PROSE)[1] == []
    assert below(*PROSE * 20, "About the author", *[f"Tug {n}" for n in range(11)])[1] == []


def test_a_text_of_two_paragraphs_has_no_end_yet() -> None:
    assert below(*PROSE[:2], "About the author", "Ann Lee")[1] == []


@pytest.mark.parametrize(
    "note",
    [
        "An earlier version of this story gave the wrong name for the tug.",
        "Editor's note: The harbour board replied after publication.",
        "Disclosure: The Courier's owner has a share in the pier.",
        "The poll of 1,204 adults has a margin of error of three points.",
        "| Port | 1904 |",
    ],
)
def test_notes_on_the_article_and_its_tables_keep_what_stands_with_them(note: str) -> None:
    assert below(*PROSE * 4, "About the author", "Ann Lee", note)[1] == []
