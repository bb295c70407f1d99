"""Words: what is parted quickly is what would be found one by one."""

from __future__ import annotations

import re
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.detectors.words import read

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def said(text: str) -> list[int]:
    """The hashes of a paragraph's words, one by one."""
    words = (word.lower().replace("’", "'") for word in WORD.findall(text) or ["_"])
    return [crc32(word.encode("utf-8", "replace")) for word in words]


@pytest.mark.parametrize(
    "text",
    [
        "The pilots' union, of 3,000, said it's 'over' at rock'n'roll pier_9.",
        "“Don’t go,” she said — and he didn’t…",
        "Zürich’s harbour: 5 € a night",
        "'’'",
        "",
    ],
)
def test_a_paragraph_has_its_words(text: str) -> None:
    doc = read([text])
    assert doc.words[doc.tokens].tolist() == said(text)


@given(st.text(st.sampled_from("aB9'’_ “”-–—…‘.\xa0é"), max_size=30))
def test_any_paragraph_has_its_words(text: str) -> None:
    doc = read(["Rain fell.", text])
    assert doc.words[doc.tokens].tolist()[2:] == said(text)
    assert doc.size.tolist() == [2, len(said(text))]
