"""Language: which one a text is in, by its script and its small words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Final

import regex

__all__ = ["READ", "guess_language"]

READ: Final = 600
"""Code points looked at."""

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS: Final = (
    # One letter in twenty is enough for Japanese, which writes names and nouns with Chinese characters.
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]"), 20),
    ("ko", regex.compile(r"\p{Hangul}"), 5),
    ("zh", regex.compile(r"\p{Han}"), 5),
    ("ar", regex.compile(r"\p{Arabic}"), 5),
    ("he", regex.compile(r"\p{Hebrew}"), 5),
    ("th", regex.compile(r"\p{Thai}"), 5),
    ("hi", regex.compile(r"\p{Devanagari}"), 5),
)
_ANY_SCRIPT = regex.compile("|".join(script.pattern for _, script, _ in _SCRIPTS))


FIRST_SCRIPT: Final = "\u0590"
"""Below it none of these scripts has a letter."""


@cache
def _small_words() -> Mapping[str, tuple[str, ...]]:
    """Small word → the languages that have it.  Read once, never changed."""
    table = tomllib.loads((resources.files("newsclean") / "language.toml").read_text(encoding="utf-8"))
    words: dict[str, tuple[str, ...]] = {}
    for code, line in table.items():
        for word in line.split():
            words[word] = (*words.get(word, ()), code)
    return words


def guess_language(text: str, /) -> str | None:
    """The ISO 639-1 code of a text's language; None when there is too little of it, or two are as likely.

    Knows 21 languages by their commonest words and seven by their script, over the first 600 code points.  It
    will not tell Arabic from Persian or Hindi from Marathi, nor name a language outside its list correctly.

    >>> guess_language("The pilots of the port said that they were on shore for eleven days and had no regrets.")
    'en'
    >>> guess_language("26 Comments") is None
    True
    """
    return _guessed(text[:READ])


@lru_cache(maxsize=16)
def _guessed(head: str) -> str | None:
    """The same of a text's beginning, which several detectors ask about, and of what is left of it again."""
    if not head.isascii() and max(head) >= FIRST_SCRIPT and (script := _script(head)):
        return script
    small = _small_words()
    words = _WORD.findall(head.casefold())
    ranked = Counter(chain.from_iterable(map(small.__getitem__, filter(small.__contains__, words)))).most_common(2)
    if not ranked or ranked[0][1] < max(4, len(words) // 12):
        return None
    if len(ranked) == 2 and ranked[1][1] * 20 > ranked[0][1] * 19:
        return None
    return ranked[0][0]


def _script(head: str) -> str | None:
    """The language of a script that only one of the languages known here is written in."""
    if _ANY_SCRIPT.search(head) is None:
        return None
    letters = sum(map(len, _WORD.findall(head)))
    for code, script, one_in in _SCRIPTS:
        if len(script.findall(head)) * one_in > letters > 0:
            return code
    return None
