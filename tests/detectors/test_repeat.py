from __future__ import annotations

from newsclean.detectors.repeat import SAID_TWICE, repeats
from tests.detectors.builders import PROSE, document, words

TITLE = "Northern pilots go back to work after eleven days"


def test_the_headline_goes_the_second_time() -> None:
    paragraphs = document(TITLE, "By Ann Lee", TITLE.upper(), PROSE[0], f"{TITLE} | Harbour Courier")
    spans = repeats(paragraphs, title=paragraphs[0])
    assert words(paragraphs, spans) == [TITLE.upper(), f"{TITLE} | Harbour Courier"]
    assert {s.label for s in spans} == {"repeat"}


def test_a_headline_that_only_begins_the_same_stays() -> None:
    paragraphs = document(TITLE, PROSE[0], f"{TITLE} on shore", f"{TITLE}, says the union")
    assert repeats(paragraphs, title=paragraphs[0]) == []


def test_a_long_paragraph_goes_the_second_time() -> None:
    paragraphs = document(PROSE[0], PROSE[1], PROSE[0])
    (span,) = repeats(paragraphs)
    assert span.start == paragraphs[2].start


def test_what_stands_three_times_is_how_the_text_is_made() -> None:
    paragraphs = document(PROSE[0], PROSE[1], PROSE[0], PROSE[2], PROSE[0])
    assert repeats(paragraphs) == []


def test_a_question_may_be_asked_twice() -> None:
    paragraphs = document("What happened?", PROSE[0], "What happened?", PROSE[1])
    assert repeats(paragraphs) == []


def test_a_body_that_comes_twice_goes_with_its_short_lines() -> None:
    body = (PROSE[0], "What happened?", PROSE[1], PROSE[2])
    paragraphs = document(*body, *body)
    assert words(paragraphs, repeats(paragraphs)) == list(body)


def test_two_paragraphs_pasted_right_behind_themselves_go() -> None:
    paragraphs = document(PROSE[0], PROSE[1], PROSE[0], PROSE[1], PROSE[2])
    assert words(paragraphs, [s for s in repeats(paragraphs) if s.score >= 0.8]) == [PROSE[0], PROSE[1]]


def test_paragraphs_that_each_stand_twice_apart_are_flagged() -> None:
    paragraphs = document(PROSE[0], "Ferry", PROSE[0], PROSE[1], "Bridge", PROSE[2], PROSE[1])
    assert {s.score for s in repeats(paragraphs)} == {SAID_TWICE}


def test_a_list_item_and_filler_may_stand_twice() -> None:
    item = f"- {PROSE[0]}"
    assert {s.score for s in repeats(document(item, PROSE[1], item))} == {SAID_TWICE}
    filler = "Lorem ipsum dolor sit amet, consectetur adipisicing elit, sed do eiusmod tempor incididunt ut labore."
    assert repeats(document(filler, PROSE[1], filler)) == []
