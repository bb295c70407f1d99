from __future__ import annotations

from newsclean.detectors.runs import runs
from newsclean.spans import Span
from tests.detectors.builders import PROSE, document, rule, strip, words


def gone(*lines: str) -> list[str]:
    paragraphs = document(*lines)
    return words(paragraphs, runs(paragraphs, strip(paragraphs)))


def test_a_weak_line_in_the_text_stays() -> None:
    assert gone(PROSE[0], "Subscribe", PROSE[1]) == []
    assert gone(PROSE[0], "Subscribe", "26", PROSE[1]) == []


def test_a_strong_neighbour_vouches_for_weak_lines_values_and_scraps() -> None:
    assert gone(PROSE[0], "Subscribe", "Notify of", "guest", "26", "()", "x") == ["Subscribe", "guest", "26", "()"]


def test_it_vouches_for_three_lines_and_no_more() -> None:
    assert gone(PROSE[0], "Notify of", "1", "2", "3", "4", PROSE[1]) == ["1", "2", "3"]
    assert gone(PROSE[0], "Notify of", "One boat", "Two boats", "Three boats", "guest", PROSE[1]) == []


def test_headings_no_rule_knows_stay_beside_furniture() -> None:
    assert gone(PROSE[0], "Notify of", "What happens next", PROSE[1]) == []


def test_three_kinds_of_weak_lines_at_the_end_prove_each_other() -> None:
    assert gone(PROSE[0], "Subscribe", "Newest", "Print") == ["Subscribe", "Newest", "Print"]
    assert gone(PROSE[0], "Subscribe", "Newest", "Print", PROSE[1]) == []


def test_a_counter_goes_with_the_labels_inside_it() -> None:
    lines = ("6,910", "Boats on the water", "Total Boats", "44")
    assert gone(PROSE[0], *lines, PROSE[1]) == list(lines)


def test_a_table_of_the_article_stays() -> None:
    assert gone(PROSE[0], "Reds", "3", "Blues", "1", "Greens", "0", PROSE[1]) == []
    assert gone(PROSE[0], "2 eggs", "200 g flour", "1 lemon", PROSE[1]) == []


def test_more_values_than_a_counter_has_are_a_table() -> None:
    towns = [line for i in range(12) for line in (f"Town {'abcdefghijkl'[i]}", f"{i},500")]
    assert gone(PROSE[0], "Total Boats", *towns, PROSE[1]) == []
    assert gone(PROSE[0], "Total Boats", *towns) == []
    assert gone(PROSE[0], "Total Boats", *towns[:6], PROSE[1]) != []


def test_a_disclosure_vouches_for_no_number_beside_it() -> None:
    note = "This guide holds links to shops, and when you buy through one of them we are paid for it."
    known = rule("note", note, label="ad_label")
    paragraphs = document(PROSE[0], note, "1", "The lock gates", PROSE[1])
    spans = [Span(p.start, p.end, known.label, known.id) for p in paragraphs if p.text == note]
    assert runs(paragraphs, spans) == []


def test_three_values_at_the_top_are_a_meter() -> None:
    assert gone("0 $", "2,500 $", "700 $", PROSE[0], PROSE[1]) == ["0 $", "2,500 $", "700 $"]


def test_the_title_never_goes() -> None:
    paragraphs = document("44", "Total Boats", "Boats return home", "This Week", "12", PROSE[0], PROSE[1])
    title = paragraphs[2]
    spans = runs(paragraphs, strip(paragraphs), title=title)
    assert (title.start, title.end) not in {(s.start, s.end) for s in spans}
