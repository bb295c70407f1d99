from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.attribution.tokens import CLOSING, INSIDE, OPENING, OUTSIDE, tokens
from newsclean.segment import segment


def states(text: str) -> str:
    return "".join("-i()"[q] for q in tokens(segment(text)).quote)


def test_a_quotation_that_never_closes_runs_to_the_end_of_its_paragraph() -> None:
    assert states("“We came and went.\n\nThey left.") == "(iiiii---"


def test_a_mark_that_nothing_opened_closes_what_began_with_the_paragraph() -> None:
    assert states("We came.” They left.") == "iii)---"


def test_straight_and_doubled_marks_take_turns() -> None:
    assert states('"We came," he said.') == "(iii)---"
    assert states("''We came,'' he said.") == "(iii)---"
    assert states("„Wir kamen“, sagte er.") == "(ii)----"
    assert states("«Nous» dit-il.") == "(i)----"


def test_an_apostrophe_is_no_quotation() -> None:
    assert states("The mayor’s car and the boys’ club.") == "-" * 10


def test_sentences_end_at_full_stops_and_not_at_titles() -> None:
    t = tokens(segment("Mr. Ellery of the U.S. Navy left. He was 3.5 miles out."))
    assert t.sentence[-1] == 1
    assert [t.form[i] for i in t.first[:-1]] == ["Mr", "He"]
    assert t.bounds(0) == (0, t.first[1])


@settings(deadline=None)
@given(st.text(alphabet="\"'“”„‘’«»‹› aB.,\n", max_size=60))
def test_no_quotation_mark_ever_raises(text: str) -> None:
    paragraphs = segment(text)
    t = tokens(paragraphs)
    assert set(t.quote) <= {OUTSIDE, INSIDE, OPENING, CLOSING}
    assert len(t.start) == len(t.end) == len(t.fold) == len(t.sentence) == len(t.paragraph) == len(t)
    assert [text[a:b] for a, b in zip(t.start, t.end, strict=True)] == t.form
