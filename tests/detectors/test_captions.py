"""Captions: a photo's credit or button tells what the line beside it is; a layout without captions loses nothing."""

from __future__ import annotations

import pytest

from newsclean import Cleaner, Config, clean
from newsclean.detectors.captions import captions
from newsclean.segment import segment
from newsclean.spans import Span

PROSE = "The harbour board met on Monday and put off its decision on the northern pier until the spring."
CAPTION = "Fishermen wait for the tide at the northern pier."


def found(*lines: str, title: int | None = None, spans: tuple[Span, ...] = ()) -> list[str]:
    text = "\n".join(lines)
    paragraphs = segment(text)
    given = captions(paragraphs, spans, title=None if title is None else paragraphs[title])
    assert {s.label for s in given} <= {"caption"}
    return [text[s.start : s.end] for s in given]


@pytest.mark.parametrize(
    "credit",
    [
        "(Photo: Reuters)", "Image: Fran Okafor", "Foto: iStock", "(Bild: Hafenamt)", "© Ann Lee / DPA"[2:], "Image credit: Ann Lee", "Getty Images",
        "Mads Jensen/Ritzau Scanpix", "Picture: Ann Lee", "Fran Okafor / Reuters",
    ],
)  # fmt: skip
def test_the_sentence_above_a_credit_is_a_caption(credit: str) -> None:
    assert found(PROSE, CAPTION, credit, PROSE) == [CAPTION]


@pytest.mark.parametrize(
    "button", ["Open this photo in gallery:", "Enlarge image", "Bild vergrößern", "이미지 확대보기", "写真を拡大"]
)
def test_the_line_below_a_button_is_a_caption(button: str) -> None:
    assert found(PROSE, button, CAPTION, PROSE) == [CAPTION]


def test_a_bracket_that_the_credit_closes_is_a_caption() -> None:
    assert found(PROSE, "Ivy grows well in a cold kitchen (", "Image:", "Getty)", PROSE) == [
        "Ivy grows well in a cold kitchen ("
    ]


@pytest.mark.parametrize(
    "above",
    [
        "What the board decided", "“We wait for the tide,” said the chair of the board.", "Will the pier be closed for good this year?",
        "(Disclosure: the board pays for this page.)", "They left.",
    ],
)  # fmt: skip
def test_a_heading_a_quotation_a_question_or_a_note_is_none(above: str) -> None:
    assert found(PROSE, above, "(Photo: Reuters)", PROSE) == []


def test_a_layout_that_credits_photos_below_whole_paragraphs_has_no_captions() -> None:
    long = " ".join([PROSE] * 3)
    assert found(long, "(Photo: Reuters)", CAPTION, "(Photo: Reuters)", PROSE) == []


def test_a_line_that_something_surer_has_found_is_left_to_it() -> None:
    text = "\n".join([PROSE, CAPTION, "(Photo: Reuters)"])
    start = text.index(CAPTION)
    assert (
        found(PROSE, CAPTION, "(Photo: Reuters)", spans=(Span(start, start + len(CAPTION), "teaser", "own/rule"),))
        == []
    )


def test_the_title_is_never_a_caption() -> None:
    assert found("Storm closes the northern pier of the old port.", "(Photo: Reuters)", PROSE, title=0) == []


def test_a_sentence_about_photos_is_no_credit() -> None:
    assert found(PROSE, CAPTION, "Photo agencies sent nobody to the pier.", PROSE) == []


def test_captions_go_from_a_page_and_can_be_kept() -> None:
    menu = ["Home", "News", "Sport", "Weather", "Culture", "Opinion", "Travel", "Tickets", "Jobs", "Log in"]
    links = [
        f"{a} {b}"
        for a in ("Harbour", "Market", "Council", "Ferry")
        for b in ("news today", "photos", "in brief", "letters")
    ]
    below = [
        "Contact us",
        "Privacy policy",
        "Terms of use",
        "Cookie settings",
        "Advertise with us",
        "All rights reserved.",
    ]
    body = [
        f"{PROSE} {n}"
        for n in ("Nobody was hurt.", "The vote was close.", "A new plan is due in May.", "Two members left.")
    ]
    text = "\n\n".join(
        [
            *menu,
            *links,
            "Storm closes the northern pier",
            *body[:2],
            CAPTION,
            "(Photo: Reuters)",
            *body[2:],
            *links,
            *below,
        ]
    )
    assert CAPTION not in Cleaner(Config(profile="page")).strip(text).text
    assert CAPTION in Cleaner(Config(profile="page", thresholds={"caption": 0.9})).strip(text).text


def test_a_text_that_is_no_page_keeps_what_stands_above_a_credit() -> None:
    assert CAPTION in clean("\n\n".join([PROSE, CAPTION, "(Photo: Reuters)", PROSE + " Nobody was hurt."]))
