from __future__ import annotations

from newsclean.detectors.headline import followers, other_headlines, site_names
from newsclean.matching import compile_rules
from tests.detectors.builders import PROSE, RULES, document, strip, words

TITLE = "Northern pilots go back to work after eleven days"
TEASER = "Union leader says northern port pilots plan fresh strike before summer season"
TOLD = "Earlier the union leader had said that pilots at the northern port planned a fresh strike before the summer season."


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


def test_what_stands_under_each_card_of_a_list_heads_none() -> None:
    by_id = compile_rules(RULES).by_id
    cards = ("Ferry ends its last season", "More on the topic", "Lock gates fail again", "More on the topic")
    twice, thrice = (
        document(PROSE[0], *cards),
        document(PROSE[0], *cards, "Third story of the day", "More on the topic"),
    )
    assert words(twice, followers(twice, strip(twice), by_id)) == ["Lock gates fail again"]
    assert followers(thrice, strip(thrice), by_id) == []


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
