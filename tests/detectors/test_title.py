from __future__ import annotations

from newsclean.detectors.title import SURE, candidates, find_title
from newsclean.segment import segment
from newsclean.spans import Span
from tests.detectors.builders import PROSE, document, strip

TITLE = "Northern pilots go back to work after eleven days"


def title_of(*lines: str) -> str | None:
    paragraphs = document(*lines)
    title = find_title(paragraphs, strip(paragraphs))
    return title.paragraph.text if title else None


def test_the_headline_is_the_line_the_text_takes_up() -> None:
    assert title_of("Home and garden tips for everybody", TITLE, "Notify of", *PROSE) == TITLE


def test_a_text_that_starts_with_prose_has_none() -> None:
    assert title_of(*PROSE) is None
    assert title_of(PROSE[0], TITLE, PROSE[1]) is None


def test_there_is_no_headline_without_an_article() -> None:
    assert title_of(TITLE) is None
    assert title_of(TITLE, PROSE[0]) is None


def test_a_known_line_is_no_headline() -> None:
    assert title_of("More on the topic", *PROSE) is None


def test_of_a_headline_that_stands_twice_the_one_nearer_the_text_counts() -> None:
    paragraphs = document(TITLE, "Notify of", TITLE, *PROSE)
    found = find_title(paragraphs, strip(paragraphs))
    assert found is not None
    assert found.paragraph == paragraphs[2]


def test_a_caption_right_above_the_text_is_no_headline() -> None:
    assert title_of(TITLE, "A pilot of the northern port boards a tug on Monday.", *PROSE) == TITLE


def test_a_line_of_the_pages_own_may_be_the_headline_but_no_prose() -> None:
    notice = "We and our partners store cookies on your device to show you what you may like to see and to buy."
    paragraphs = document(notice, TITLE, *PROSE)
    foreign = [Span(p.start, p.end, "navigation", "model", 0.9) for p in paragraphs[:2]]
    found = find_title(paragraphs, strip(paragraphs), foreign=foreign)
    assert found is not None
    assert found.paragraph.text == TITLE
    assert found.score >= 0.95  # a page has a headline


def test_a_line_that_opens_a_text_may_be_less_than_sure() -> None:
    sure, less = document(TITLE, *PROSE), document("…and pilots wait", *PROSE)
    scores = [found.score for p in (sure, less) if (found := find_title(p, strip(p)))]
    assert scores[0] >= SURE > scores[1]


def test_a_line_that_was_wrapped_is_no_headline() -> None:
    first = "The pilots of the northern port, who went back to work"
    for following, there in (("on Monday, had been on shore for as long as eleven days", []), ("by Ann Lee", [first])):
        lines = [c.paragraph.text for c in candidates(segment("\n\n".join((first, following, *PROSE))), [])]
        assert [line for line in lines if line == first] == there


def test_a_score_and_a_word_are_no_candidates() -> None:
    lines = [c.paragraph.text for c in candidates(document("2 : 1 (1 : 0)", "Home", TITLE, *PROSE), [])]
    assert lines == [TITLE]


def test_every_trait_has_a_weight_and_every_weight_a_trait() -> None:
    from newsclean.detectors.title import _weights

    (candidate,) = candidates(document(TITLE, *PROSE), [])
    assert {"bias", *candidate.traits} == set(_weights()[0])


def test_a_headline_is_taken_up_without_spaces_too() -> None:
    prose = (
        "北の港の水先案内人は十一日ぶりに月曜日の朝から仕事に戻ったと港湾局が発表した。",
        "組合の代表は記者に対し、水先案内人の夜勤は十日に四回になると説明し、港は夏までに新しい船を買うという。",
    )
    (candidate,) = candidates(segment("\n\n".join(("北の港の水先案内人が仕事に戻る", *prose))), [])
    assert candidate.traits["shared"] > 0.5
