from __future__ import annotations

from newsclean.detectors.headline import find_title, followers, other_headlines, site_names
from newsclean.matching import compile_rules
from tests.detectors.builders import PROSE, RULES, document, strip, words

TITLE = "Northern pilots go back to work after eleven days"
TEASER = "Union leader says northern port pilots plan fresh strike before summer season"
TOLD = "Earlier the union leader had said that pilots at the northern port planned a fresh strike before the summer season."


def title_of(*lines: str) -> str | None:
    paragraphs = document(*lines)
    title = find_title(paragraphs, strip(paragraphs))
    return title.text if title else None


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
    assert find_title(paragraphs, strip(paragraphs)) == paragraphs[2]


def test_a_related_heading_takes_headlines_and_stops_at_prose_and_at_the_title() -> None:
    by_id = compile_rules(RULES).by_id
    paragraphs = document(
        PROSE[0], "More on the topic", "Ferry ends its last season", "Lock gates fail again", "Third story of the day"
    )
    assert words(paragraphs, followers(paragraphs, strip(paragraphs), by_id)) == [
        "Ferry ends its last season",
        "Lock gates fail again",
    ]
    paragraphs = document(PROSE[0], "More on the topic", PROSE[1], "Lock gates fail again")
    assert followers(paragraphs, strip(paragraphs), by_id) == []
    paragraphs = document("More on the topic", TITLE, PROSE[0])
    assert followers(paragraphs, strip(paragraphs), by_id, title=paragraphs[1]) == []


def test_another_storys_headline_in_the_middle_is_found() -> None:
    paragraphs = document(PROSE[0], TOLD, TEASER, PROSE[3])
    assert words(paragraphs, other_headlines(paragraphs, [])) == [TEASER]


def test_headings_of_the_article_itself_are_not() -> None:
    for heading in (
        "What happens next",
        "The union leader said northern port pilots had planned a fresh strike before the summer season",
        "“Union leader says northern port pilots plan fresh strike before summer season”",
        "UNION LEADER SAYS NORTHERN PORT PILOTS PLAN FRESH STRIKE BEFORE SUMMER",
        "Crews from islands wait outside breakwater since early Saturday morning",
    ):
        paragraphs = document(PROSE[0], TOLD, heading, PROSE[3])
        assert other_headlines(paragraphs, []) == [], heading


def test_several_headings_are_the_articles_own() -> None:
    paragraphs = document(PROSE[0], TOLD, TEASER, PROSE[3], "What happens next", PROSE[2])
    assert other_headlines(paragraphs, []) == []


def test_the_name_of_the_site_alone_on_a_line_is_furniture() -> None:
    paragraphs = document(PROSE[0], "HARBOUR COURIER", "Harbour Courier reporters")
    assert words(paragraphs, list(site_names(paragraphs, [], ["Harbour Courier"]))) == ["HARBOUR COURIER"]
    assert list(site_names(paragraphs, [], ["", "  "])) == []
