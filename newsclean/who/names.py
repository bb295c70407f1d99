"""Names: what a source is, how its names are spelled, and where one stands in a text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

__all__ = ["STRAIGHT", "UNSPACED", "WORD", "Names", "Source", "head_of", "listed", "plain_name", "read_toml"]

WORD = re.compile(r"\w+")
_FEW: Final = 6
"""So many forms are tried one by one; three hundred begin with "The"."""
_MORE: Final = 3
UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""Scripts that set no space around a name: Thai, kana, Chinese characters, Hangul (whose particles cling)."""
STRAIGHT: Final = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})
"""One character for one: a translated text keeps its offsets."""


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who is cited.

    ``name`` is canonical; ``type`` one of the values of ``Attribution.type``; ``country`` an ISO 3166 alpha-2 code,
    "INT", or None for an office whose country the text leaves open; ``domains`` registered names (no "www.");
    ``aliases`` other forms, ``ambiguous`` those forms (the name may be among them) that also mean something else;
    ``datelines`` what an agency's datelines and credits write; ``wire`` whether others print its stories.
    """

    name: str
    type: str
    country: str | None
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()

    @property
    def wire(self) -> bool:
        return self.type == "wire"


class Names:
    """Forms by their first word: the longest that stands at a place is found by trying a handful."""

    def __init__(self, forms: Iterable[str]) -> None:
        heads: dict[str, list[str]] = {}
        for form in forms:
            heads.setdefault(head_of(form, 0), []).append(form)
        self.heads = {word: tuple(sorted(many, key=len, reverse=True)) for word, many in heads.items()}
        self.crowded = {word: _by_opening(word, many) for word, many in self.heads.items() if len(many) > _FEW}

    def at(self, text: str, start: int) -> str | None:
        """The longest form that begins at ``start`` and ends with a word."""
        word = head_of(text, start)
        forms = self.heads.get(word, ())
        if len(forms) > _FEW:
            openings = self.crowded[word]
            forms = openings.get(text[start : start + len(word) + _MORE], openings[""])
        for form in forms:
            if text.startswith(form, start) and ends_word(text, start + len(form)):
                return form
        return None


def _by_opening(word: str, forms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Forms by a few code points behind their first word; under "" those that are too short to have them."""
    size = len(word) + _MORE
    short = tuple(form for form in forms if len(form) < size)
    openings = {form[:size]: () for form in forms if len(form) >= size}
    return {"": short} | {at: (*(f for f in forms if f.startswith(at)), *short) for at in openings}


def head_of(text: str, start: int) -> str:
    """What a form is filed under: its first word, or its first letter where words are not set apart."""
    if text[start : start + 1] > "\u0e00" and UNSPACED.match(text, start):
        return text[start]
    word = WORD.match(text, start)
    return word[0] if word else ""


def ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum() or bool(UNSPACED.match(text, end))


def plain_name(alias: str) -> str:
    """A name composed (NFC), in single spaces, with straight apostrophes."""
    if not alias.isascii():
        alias = unicodedata.normalize("NFC", alias).translate(STRAIGHT)
    return " ".join(alias.split())


def listed(cell: str) -> tuple[str, ...]:
    return tuple([item.strip() for item in cell.split(";")]) if cell else ()


@cache
def read_toml(file: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("newsclean") / "who" / f"{file}.toml").read_text(encoding="utf-8"))
