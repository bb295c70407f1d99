from __future__ import annotations

from newsclean import clean
from newsclean.detectors.repeat import SAID_TWICE, flattened, repeats
from newsclean.segment import WIDE, segment
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


BODY = [
    f"On the {day} day the {who} of the northern port asked the board for {what}, and the board put its answer off until June."
    for day, who, what in zip(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        ("pilots", "stewards", "tug crews", "divers", "dockers", "ropemakers", "clerks", "cooks", "guards", "masters"),
        ("rest", "pay", "boats", "air", "gloves", "hemp", "paper", "salt", "lamps", "charts"),
        strict=True,
    )
]
"""Ten paragraphs that share words and no sentence."""


def test_a_body_that_stands_three_times_goes_twice() -> None:
    paragraphs = document(*BODY, "Listen", *BODY, "Print", *BODY)
    gone = words(paragraphs, [s for s in repeats(paragraphs) if s.score >= 0.8])
    assert gone == [*BODY, *BODY]


def test_eight_paragraphs_that_stand_three_times_in_another_order_stay() -> None:
    paragraphs = document(*BODY, *reversed(BODY), *BODY[::2], *BODY[1::2])
    assert repeats(paragraphs) == []


def wide(lines: list[str]) -> tuple[str, str]:
    """A page that sends the body along on one line, and that line."""
    line = " ".join(lines)
    line += " " + " ".join(f"Chapter {i} has another ending." for i in range(max(0, WIDE - len(line)) // 28 + 1))
    return "\n\n".join([*BODY, line]), line


def test_a_body_on_one_line_goes_where_the_paragraphs_say_it() -> None:
    text, _ = wide(BODY * 2)
    paragraphs = segment(text)
    gone = [text[s.start : s.end] for s in flattened(text, paragraphs)]
    assert {s.rule for s in flattened(text, paragraphs)} == {"repeat/body"}
    assert gone == [p.text for p in paragraphs[len(BODY) :] if not p.text.startswith("Chapter")]
    assert clean(text).startswith("\n\n".join(BODY))


def test_what_the_line_alone_says_stays() -> None:
    text, _ = wide([*BODY, "The divers were paid in February after all, as their steward had asked."])
    left = [p for p in segment(text) if p.start not in {s.start for s in flattened(text, segment(text))}]
    assert "The divers were paid in February after all, as their steward had asked." in [p.text for p in left]


def test_the_tags_of_a_line_that_is_offered_for_republishing_do_not_hide_it() -> None:
    line = "".join(
        f'<p class="b">{paragraph}</p> <a href="https://courier.example/{i}">' for i, paragraph in enumerate(BODY * 2)
    )
    text = "\n\n".join([*BODY, line])
    assert len(line) > WIDE
    assert clean(text) == "\n\n".join(BODY)


def test_a_wide_line_of_its_own_words_stays() -> None:
    own = " ".join(f"The {i}th boat came in at {i % 12} with {i} boxes of herring on its deck." for i in range(40))
    text = "\n\n".join([*BODY, own])
    assert len(own) > WIDE
    assert flattened(text, segment(text)) == []


def test_without_other_paragraphs_there_is_nothing_to_compare() -> None:
    line = " ".join(BODY * 2)
    text = f"{BODY[0]}\n\n{line}\n\n{line}"
    assert flattened(text, segment(text)) == []
