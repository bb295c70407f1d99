"""The gate lets through every word that begins an entry, at its place, and counts words as a plain cut does."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from newsclean.signals.gate import Words
from newsclean.signals.lexicon import beginning, blanked, folded, lexicon

TEXTS = st.text(alphabet=st.sampled_from("ae tTs'’.,\n\"😀é\ud800"), max_size=60)


def test_every_entry_of_the_table_passes() -> None:
    for head in lexicon("en").heads.values():
        for entry in head.entries:
            assert any(entry in entries for entries in Words(f"so {entry.form} so").beginning("en").values()), entry


def test_words_that_begin_nothing_do_not_pass() -> None:
    assert not Words("harbour pilots moored barges").beginning("en")


@given(TEXTS)
def test_words_are_counted_as_a_plain_cut_counts_them(text: str) -> None:
    text = folded(text)
    words = Words(text)
    assert words.many([(0, len(text))]) == len([w for w in blanked(text).split(" ") if w])
    assert words.many([]) == 0
    assert words.many([(0, 3), (3, len(text))]) == words.many([(0, max(3, len(text)))])


@given(st.lists(st.sampled_from(["the", "media", "may", "such", "as", "in", "fact,", "(could", "it's"]), max_size=20))
def test_the_gate_finds_what_a_plain_look_up_finds(words: list[str]) -> None:
    plain = blanked(folded(" ".join([*words, "harbour"])))
    places = [m.start() for m in re.finditer(r"\S+", plain)]
    expected = {places[n]: entries for n, entries in beginning(plain.split(), lexicon("en").heads).items()}
    assert Words(plain).beginning("en") == expected
