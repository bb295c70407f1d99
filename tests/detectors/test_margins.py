from __future__ import annotations

from newsclean.detectors.margins import margins
from newsclean.segment import Paragraph
from newsclean.spans import Span
from tests.detectors.builders import PROSE, document, words

TITLE = "Northern pilots go back to work after eleven days"


def span(p: Paragraph, label: str = "social") -> Span:
    return Span(p.start, p.end, label, "own/sure")


def test_short_lines_above_the_headline_go_where_furniture_stands_with_them() -> None:
    paragraphs = document("Share", "Courts", "Harbour and coast", "A line of more than four words", TITLE, *PROSE)
    spans = margins(paragraphs, [span(paragraphs[0])], title=paragraphs[4])
    assert words(paragraphs, spans) == ["Courts", "Harbour and coast"]
    assert {s.label for s in spans} == {"navigation"}


def test_a_clean_text_keeps_its_kicker() -> None:
    paragraphs = document("Courts", TITLE, *PROSE)
    assert margins(paragraphs, [], title=paragraphs[1]) == []


def test_without_a_headline_nothing_above_the_text_goes() -> None:
    paragraphs = document("Share", "Courts", *PROSE)
    assert margins(paragraphs, [span(paragraphs[0])]) == []


def test_announcements_and_bullets_are_no_menu() -> None:
    paragraphs = document("Share", "Editor's note:", "• Tides", "“Enough.”", TITLE, *PROSE)
    assert margins(paragraphs, [span(paragraphs[0])], title=paragraphs[4]) == []


def test_a_name_beside_a_time_of_publication_is_a_byline() -> None:
    paragraphs = document(TITLE, "Ann Lee", "March 3, 2024", "Port Ellery", *PROSE)
    spans = margins(paragraphs, [span(paragraphs[2], "timestamp")], title=paragraphs[0])
    assert [(s.label, s.rule) for s in spans] == [("byline", "margin/name"), ("byline", "margin/name")]
    assert margins(paragraphs, [], title=paragraphs[0]) == []


def test_below_the_text_short_lines_go_with_the_furniture_around_them() -> None:
    paragraphs = document(*PROSE, "Tags:", "Freight", "Ports", "Share")
    found = [span(paragraphs[4], "tags"), span(paragraphs[7])]
    spans = margins(paragraphs, found)
    assert words(paragraphs, spans) == ["Freight", "Ports"]
    assert {s.label for s in spans} == {"tags"}


def test_a_text_that_ends_in_its_own_short_lines_keeps_them() -> None:
    paragraphs = document(*PROSE, "Advertisement", "2 eggs", "1 lemon", "Share")
    found = [span(paragraphs[4], "ad_label"), span(paragraphs[7])]
    assert margins(paragraphs, found) == []
    assert margins(document("2 eggs", "1 lemon"), []) == []


def test_the_end_of_a_text_is_company_for_what_a_weak_rule_knows() -> None:
    note, more = "Ann Lee is the author of three books on the tides of the north.", "Join our list of readers"
    paragraphs = document(*PROSE, note, "Share", more)
    found = [
        Span(paragraphs[i].start, paragraphs[i].end, label, "own/weak", 0.5)
        for i, label in ((4, "credit"), (6, "newsletter"))
    ]
    spans = margins(paragraphs, [*found, span(paragraphs[5])])
    assert sorted(words(paragraphs, spans)) == sorted([note, more])
    assert {s.rule for s in spans} == {"own/weak"}


def test_in_the_middle_of_a_text_or_as_all_of_it_a_suspect_stays() -> None:
    note = "Ann Lee is the author of three books on the tides of the north."
    for lines in ((PROSE[0], note, PROSE[1]), (note,)):
        paragraphs = document(*lines)
        found = [Span(p.start, p.end, "credit", "own/weak", 0.5) for p in paragraphs if p.text == note]
        assert margins(paragraphs, found) == []
    paragraphs = document(*PROSE, note)
    assert margins(paragraphs, [Span(paragraphs[4].start, paragraphs[4].end, "teaser", "own/weak", 0.5)]) == []


def test_a_speech_ends_with_thanks() -> None:
    for text, gone in (("Thank you.", []), ("Thank you!", ["Thank you!"])):
        paragraphs = document(*PROSE, text)
        found = [Span(paragraphs[4].start, paragraphs[4].end, "newsletter", "own/weak", 0.5)]
        assert words(paragraphs, margins(paragraphs, found)) == gone
