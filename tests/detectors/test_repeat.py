from __future__ import annotations

from newsclean.detectors.repeat import repeats
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
