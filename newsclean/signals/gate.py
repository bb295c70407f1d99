"""Gate: the words of a text by their places, and of these the few that may begin an entry of the lexicon.

An article has a thousand words, and a tenth of them begin entries.  Numbers of words, summed over their letters, are looked up
all at once in a table of bits (Bloom 1970); only what passes is cut out and compared as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsclean.signals.lexicon import Entry, blanked, lexicon
from newsclean.spans import Offsets

__all__ = ["Words"]

_BITS: Final = 16
_LETTERS: Final = 1024
"""Letters that count each for itself; others share their number with one of these."""
_NEXT: Final = np.uint64(0x9E3779B97F4A7C15)
"""What the number of the second word of a pair is multiplied with, and both before their highest bits are taken."""


class Words:
    """The words of a folded text.

    >>> words = Words("at 40% the 'old' rate may fall")
    >>> words.many([(0, 30)]), words.many([(0, 6), (7, 10)])
    (7, 3)
    >>> {at: [e.form for e in entries] for at, entries in words.beginning("en").items()}
    {17: ['rate'], 22: ['may']}
    """

    def __init__(self, text: str) -> None:
        self._plain = blanked(text)
        self._codes = _codes(f" {self._plain} ")
        blank = self._codes == ord(" ")
        bounds = np.flatnonzero(blank[1:] != blank[:-1])
        self._starts, self._ends = bounds[::2], bounds[1::2]

    def many(self, places: Sequence[Offsets]) -> int:
        """How many begin in some disjoint stretches of the text."""
        if not places:
            return 0
        before = self._starts.searchsorted(places).sum(axis=0)
        return int(before[1] - before[0])

    def beginning(self, language: str) -> dict[int, tuple[Entry, ...]]:
        """The places of words that may begin entries of prose, with these, the longest first."""
        if not len(self._starts):
            return {}
        alone, paired = _gates(language)
        numbers = np.add.reduceat(_letters().take(self._codes, mode="wrap"), self._starts + 1)
        both = _pair(numbers, np.append(numbers[1:], numbers[:1]))
        first = np.flatnonzero(alone[_bit(numbers)] | paired[_bit(both)])
        second = np.minimum(first + 1, len(numbers) - 1)
        places = (self._starts[first], self._ends[first], self._starts[second], self._ends[second])
        heads, plain = lexicon(language).heads, self._plain
        return {
            a: entries
            for a, b, c, d in zip(*(p.tolist() for p in places), strict=True)
            if (head := heads.get(plain[a:b])) and (entries := head.after.get(plain[c:d], head.alone))
        }


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _number(word: str) -> NDArray[np.uint64]:
    number: NDArray[np.uint64] = _letters().take(_codes(word), mode="wrap").sum(keepdims=True)
    return number


def _pair(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return first + second * _NEXT


def _bit(numbers: NDArray[np.uint64]) -> NDArray[np.intp]:
    return ((numbers * _NEXT) >> np.uint64(64 - _BITS)).astype(np.intp)


@cache
def _letters() -> NDArray[np.uint64]:
    """A number for each letter; none for the space."""
    found = np.random.default_rng(0).integers(1, 2**63, _LETTERS, dtype=np.uint64)
    found[ord(" ")] = 0  # so that the blanks after a word do not count
    return found


@cache
def _gates(language: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The bits of the words that are an entry alone, and of the first two words of the others."""
    alone, paired = np.zeros((2, 1 << _BITS), dtype=np.bool_)
    for word, head in lexicon(language).heads.items():
        if head.alone:
            alone[_bit(_number(word))] = True
        for second in head.after:
            paired[_bit(_pair(_number(word), _number(second)))] = True
    return alone, paired
