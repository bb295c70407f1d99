"""Segmentation: paragraphs with true offsets out of any text, in linear time."""

from __future__ import annotations

import dataclasses
import gc
import pickle
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.segment import BREAKS, WIDE, Paragraph, segment

many = settings(max_examples=200, deadline=None, derandomize=True)

INVISIBLE = "\u200b\u2060\ufeff\xad"
SENTENCE = "Pilots went back to work on Monday after eleven days on shore. "

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
lines = st.text(f'abc .!?"“”İe\u0301\U0001f600\ud800{BREAKS}\t\u3000{INVISIBLE}', max_size=300)
wrapped = st.lists(st.text("abcdef ", min_size=40, max_size=120), max_size=8).map("\n".join)
wide = st.lists(
    st.sampled_from((SENTENCE, "a" * 700, "。", ". ", " ", "Mr. A. Lee", "水" * 300, "\t", "\n")), max_size=24
)
documents = st.one_of(anything, lines, wrapped, wide.map("".join))


def texts(source: str) -> list[str]:
    return [p.text for p in segment(source)]


@many
@given(documents)
def test_a_paragraph_is_the_source_at_its_offsets(source: str) -> None:
    for p in segment(source):
        assert p.text == source[p.start : p.end]


@many
@given(documents)
def test_paragraphs_are_ordered_disjoint_and_never_empty(source: str) -> None:
    at = 0
    for p in segment(source):
        assert at <= p.start < p.end <= len(source)
        at = p.end


@many
@given(documents)
def test_all_between_paragraphs_is_white_space_or_invisible(source: str) -> None:
    at, between = 0, []
    for p in segment(source):
        between.append(source[at : p.start])
        at = p.end
    between.append(source[at:])
    assert all(c.isspace() or c in INVISIBLE for c in "".join(between))


@many
@given(documents)
def test_a_paragraph_has_no_white_space_around(source: str) -> None:
    assert all(p.text == p.text.strip() and p.text.strip(INVISIBLE) == p.text for p in segment(source))


@many
@given(documents)
def test_a_paragraph_is_one_line_of_at_most_2000_unless_it_was_hard_wrapped(source: str) -> None:
    for p in segment(source):
        one_line = not any(c in BREAKS for c in p.text)
        assert len(p.text) <= WIDE if one_line else max(map(len, p.text.splitlines())) <= 120


@many
@given(documents)
def test_a_line_has_the_offsets_of_its_paragraph(source: str) -> None:
    for p in segment(source):
        assert len(p.line) == len(p.text)
        assert not any(c in BREAKS for c in p.line)


@many
@given(documents)
def test_a_paragraph_by_itself_is_that_paragraph(source: str) -> None:
    for p in segment(source):
        if not any(c in BREAKS for c in p.text):
            assert texts(p.text) == [p.text]


@pytest.mark.parametrize("blank", ["", " ", "\n", "\r\n\r\n", "\u200b", "\ufeff\n\xad", "\u2028\u2029", "\t \u3000"])
def test_a_text_without_anything_visible_has_no_paragraph(blank: str) -> None:
    assert segment(blank) == ()


@pytest.mark.parametrize("char", ["x", "İ", "\U0001f600", "\ud800", "\u0301", "\x00", "。", "."])
def test_one_character_is_a_paragraph(char: str) -> None:
    assert segment(char) == (Paragraph(char, 0, 1),)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\n\n", "\r\n\r\n"])
def test_every_kind_of_break_ends_a_line(end: str) -> None:
    source = f"Ebb.{end}Flood."
    assert [(p.text, p.start) for p in segment(source)] == [("Ebb.", 0), ("Flood.", 4 + len(end))]


@pytest.mark.parametrize("inner", [" ", "\t", "\xa0", "\u200b", "\x1c", "\u3000", "\xad"])
def test_what_is_no_break_ends_no_line(inner: str) -> None:
    assert texts(f"Ebb{inner}flood") == [f"Ebb{inner}flood"]


def test_offsets_are_code_points_behind_astral_and_combining_characters() -> None:
    source = "\U0001f600\U0001f600\nCafe\u0301\r\nİzmir"
    assert [(p.start, p.end, p.text) for p in segment(source)] == [
        (0, 2, "\U0001f600\U0001f600"), (3, 8, "Cafe\u0301"), (10, 15, "İzmir"),
    ]  # fmt: skip


def test_a_byte_order_mark_is_no_part_of_the_first_paragraph() -> None:
    assert [(p.text, p.start) for p in segment("\ufeffEbb.\n")] == [("Ebb.", 1)]


HARD_WRAPPED = (
    "The harbour board will publish the accounts of the strike in June,\n"
    "its chair said, and the pilots will read them with some care since\n"
    "nobody on the quay has seen the figures for the winter as yet.\n"
)


def test_a_hard_wrapped_block_is_one_paragraph() -> None:
    assert texts(HARD_WRAPPED + "\n" + HARD_WRAPPED) == [HARD_WRAPPED.strip()] * 2


def test_the_line_of_a_hard_wrapped_block_has_spaces_for_its_breaks() -> None:
    (p,) = segment(HARD_WRAPPED)
    assert p.line == HARD_WRAPPED.strip().replace("\n", " ")
    (crlf,) = segment(HARD_WRAPPED.replace("\n", "\r\n"))
    assert "  its chair" in crlf.line


def test_a_list_of_short_lines_is_not_joined() -> None:
    assert texts("Home\nSport\nWeather\nTides") == ["Home", "Sport", "Weather", "Tides"]


def test_headlines_in_a_script_without_spaces_are_not_joined() -> None:
    headlines = ["港" * n + "の船が戻る" for n in (52, 44, 60, 49, 57)]
    assert texts("\n".join(headlines)) == headlines


def test_headlines_of_about_one_width_are_not_joined() -> None:
    headlines = [
        "Harbour reopens after three weeks of fog and a long strike",
        "Ferry crews ask for a rest between the night and day boats",
    ]
    assert texts("\n".join([*headlines, *headlines])) == [*headlines, *headlines]


def test_text_in_a_script_without_spaces_is_joined_where_every_line_is_full() -> None:
    wrapped = "\n".join(["「港の船は" + "霧" * 55, *["波" * 60] * 3, "そして夜が明けた。"])
    assert texts(wrapped) == [wrapped]


def test_sentences_a_line_each_are_not_joined() -> None:
    given_lines = [SENTENCE.strip()] * 3
    assert texts("\n".join(given_lines)) == given_lines


def test_a_line_of_2000_stays_whole_and_one_more_is_taken_apart() -> None:
    line = SENTENCE * 40
    assert len(segment(line[: WIDE - 1] + ".")) == 1
    assert len(segment(line[:WIDE] + ".")) > 1


def test_a_wide_line_becomes_its_sentences() -> None:
    assert texts(SENTENCE * 60) == [SENTENCE.strip()] * 60


def test_a_wide_line_is_not_cut_behind_an_abbreviation() -> None:
    sentence = "The bill went to Sen. Ann Lee and to Dr. Wirth on Jan. 5 in the morning. "
    assert set(texts(sentence * 50)) == {sentence.strip()}


def test_a_wide_line_in_a_script_without_spaces_is_cut_at_its_full_stops() -> None:
    sentence = "港の水先人は月曜日に仕事に戻った。"
    assert texts(sentence * 200) == [sentence] * 200


def test_a_wide_line_without_sentences_is_cut_into_pieces_between_words() -> None:
    pieces = texts("harbour " * 1000)
    assert max(map(len, pieces)) <= WIDE
    assert " ".join(pieces) == ("harbour " * 1000).strip()


def test_a_wide_line_without_any_space_is_cut_at_2000() -> None:
    assert [len(t) for t in texts("a" * 4500)] == [2000, 2000, 500]


@pytest.mark.parametrize("piece", [". ", "1? ", "。"])
def test_a_wide_line_of_sentences_without_words_does_not_explode(piece: str) -> None:
    source = piece * 4000
    assert len(segment(source)) <= len(source) // 8 + 1


def test_a_paragraph_is_frozen_hashable_and_survives_pickling() -> None:
    p = Paragraph("Ebb.", 0, 4, labels=("ad",))
    with pytest.raises(dataclasses.FrozenInstanceError):
        p.start = 1  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(p)) == p
    assert len({p, Paragraph("Ebb.", 0, 4, labels=("ad",))}) == 1


def test_a_paragraph_fresh_from_a_text_is_kept_and_unlabelled() -> None:
    (p,) = segment("Ebb.")
    assert (p.kept, p.labels, p.score) == (True, (), 0.0)


@pytest.mark.parametrize(
    "seed", ["a", " ", "\n", "a\n", ". ", "A. ", "。", "U.S. A", "\u200b", "\r\n", "a" * 70 + "\n", SENTENCE]
)
def test_four_times_the_text_takes_about_four_times_as_long(seed: str) -> None:
    def clock(length: int) -> float:
        source = (seed * (length // len(seed) + 1))[:length]
        started = process_time()
        segment(source)
        return process_time() - started

    gc.disable()  # what else lies in the process's memory is not ours to pay for
    try:
        short, long = (min(clock(n) for _ in range(3)) for n in (50_000, 200_000))
    finally:
        gc.enable()
    assert long < 10 * max(short, 0.01)
