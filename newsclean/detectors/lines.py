"""Lines: each line of a text as numbers - its shape, its words, its neighbours, its place.

Everything is read from one array of code points, whole lines at a time and never word by word in Python, so that a page of
a thousand short lines costs a few milliseconds.  Words are hashes; a script without spaces has a word a character.
numpy is imported at the top, so this module is itself imported late.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.segment import Paragraph

__all__ = ["GRAMS", "Lines", "grams", "read"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

GRAMS: Final = 1 << 17
"""Buckets of hashed words and word pairs."""
CHUNK: Final = 1 << 20
"""Code points read at a time."""
USUAL: Final = 1 << 16
"""Code points for which the powers of the hash are kept."""

_PLANE: Final = 1 << 16
SPACE, LOWER, UPPER, LETTER, SPACELESS, DIGIT, STOP, COMMA, QUOTE, COLON, DASH, BRACKET, BULLET, PUNCT, SYMBOL = range(
    15
)
_MARKS: Final = (
    (STOP, ".!?…。！？؟।"), (COMMA, ",;،、，；"), (QUOTE, "\"'“”„‘’«»「」『』"), (COLON, ":："), (DASH, "-–—"),
    (BRACKET, "()[]{}（）"), (BULLET, "•·|›>→*▪■►▸●◆/+"),
)  # fmt: skip
_CATEGORIES: Final = {
    "Lu": UPPER, "Lt": UPPER, "Ll": LOWER, "Lo": LETTER, "Lm": LETTER, "Mn": LETTER, "Mc": LETTER, "Nd": DIGIT, "Nl": DIGIT, "No": DIGIT,
}  # fmt: skip
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_BASE: Final = 0x9E3779B97F4A7C15
_INVERSE: Final = pow(_BASE, -1, 1 << 64)


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """For each code point of the first plane its class and its folded form; where folding changes the length, itself."""
    kinds, folded = np.zeros(_PLANE, dtype=np.uint8), np.arange(_PLANE, dtype=np.uint64)
    for code in range(_PLANE):
        char = chr(code)
        category = unicodedata.category(char)
        first = category[0]
        kinds[code] = _CATEGORIES.get(category, PUNCT if first == "P" else SYMBOL if first == "S" else SPACE)
        if kinds[code] == LETTER and code > 0xDFF and _SPACELESS.match(char):
            kinds[code] = SPACELESS
        if first == "L" and len(fold := char.casefold()) == 1:
            folded[code] = ord(fold)
    for kind, chars in _MARKS:
        kinds[[ord(c) for c in chars]] = kind
    return kinds, folded


@dataclass(frozen=True, slots=True)
class Lines:
    """A text's lines as numbers.  ``counts`` are code points by class; ``words`` are hashes, ``line`` where each stands."""

    size: int
    length: Ints
    counts: NDArray[np.int32]  # (lines, 15)
    first: NDArray[np.uint8]  # class of the first code point
    last: NDArray[np.uint8]  # of the last three, the nearest the end first
    words: NDArray[np.uint64]
    line: Ints
    letters: Ints  # per word
    capital: NDArray[np.bool_]  # per word: begins with a capital
    kind: NDArray[np.uint8]  # per word: class of its last code point
    word_count: Ints  # per line
    breaks: Ints  # line breaks before each line
    indent: Ints  # code points between the last break and the line


def read(text: str, paragraphs: Sequence[Paragraph], /) -> Lines:
    """Reads the lines of a text, in chunks of whole lines.

    >>> from newsclean.segment import segment
    >>> text = "Menu\\n\\nRain fell on Monday."
    >>> read(text, segment(text)).word_count
    array([1, 4])
    """
    starts = np.array([p.start for p in paragraphs], dtype=np.int64)
    ends = np.array([p.end for p in paragraphs], dtype=np.int64)
    parts = []
    at = 0
    while at < len(starts):
        stop = max(at + 1, int(np.searchsorted(ends, starts[at] + CHUNK, side="right")))
        parts.append(_part(text, starts[at:stop], ends[at:stop], at))
        at = stop
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)] if parts else _empty()
    counts, first, last, words, line, letters, capital, kind = columns
    breaks, indent = _gaps(text, paragraphs)
    word_count = np.bincount(line, minlength=len(starts))
    return Lines(
        len(starts), ends - starts, counts, first, last, words, line, letters, capital, kind, word_count, breaks, indent
    )


def _empty() -> list[NDArray[Any]]:
    kinds = (
        ((0, 15), np.int32),
        (0, np.uint8),
        ((0, 3), np.uint8),
        (0, np.uint64),
        (0, np.int64),
        (0, np.int64),
        (0, np.bool_),
        (0, np.uint8),
    )
    return [np.zeros(size, dtype=kind) for size, kind in kinds]


def _part(text: str, starts: Ints, ends: Ints, first_line: int) -> tuple[NDArray[Any], ...]:
    base = int(starts[0])
    codes = np.frombuffer(text[base : int(ends[-1])].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    a, b = starts - base, ends - base
    kinds, folded = _classed(codes)
    following = np.append(a[1:], b[-1])
    line_of = np.repeat(np.arange(len(a)), following - a)
    counts = np.bincount(line_of * 15 + kinds, minlength=len(a) * 15).reshape(-1, 15).astype(np.int32)
    counts[:, SPACE] -= (following - b).astype(np.int32)  # between two lines stands nothing else
    last = np.stack([kinds[np.maximum(b - k, a)] for k in (1, 2, 3)], axis=1)
    word = (kinds >= LOWER) & (kinds <= DIGIT)
    free = kinds == SPACELESS
    edges = np.flatnonzero(np.concatenate([[True], (word[1:] != word[:-1]) | free[1:] | free[:-1]]))
    of_word = np.flatnonzero(word[edges])
    begin, stop = edges.take(of_word), np.concatenate([edges, [len(codes)]]).take(of_word + 1)
    return (
        counts, kinds[a], last, _hashes(folded, begin, stop), line_of[begin] + first_line, stop - begin, kinds[begin] == UPPER,
        kinds[stop - 1],
    )  # fmt: skip


def _classed(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.uint64]]:
    """Each code point's class and folded form; beyond the first plane all are symbols, and themselves."""
    kinds_of, folded_of = _tables()
    if int(codes.max(initial=0)) < _PLANE:
        place = codes.astype(np.intp)
        return kinds_of.take(place), folded_of.take(place)
    plane = np.minimum(codes, _PLANE - 1)
    kinds = np.where(codes < _PLANE, kinds_of[plane], np.uint8(SYMBOL))
    return kinds, np.where(codes < _PLANE, folded_of[plane], codes.astype(np.uint64))


def _hashes(folded: NDArray[np.uint64], begin: Ints, stop: Ints) -> NDArray[np.uint64]:
    """A polynomial hash of each word, modulo 2**64, from running sums over the whole text."""
    n = len(folded)
    power, inverse = _powers(_BASE, n), _powers(_INVERSE, n)
    total = np.zeros(n + 1, dtype=np.uint64)
    np.cumsum(folded * power[:n], dtype=np.uint64, out=total[1:])
    h = (total[stop] - total[begin]) * inverse[begin]
    h = (h ^ (h >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed: NDArray[np.uint64] = h ^ (h >> np.uint64(32))
    return mixed


def _powers(base: int, n: int) -> NDArray[np.uint64]:
    """``base`` to the powers 0 to n at least, modulo 2**64."""
    return _usual_powers(base) if n <= USUAL else _multiplied(base, n)


@cache
def _usual_powers(base: int) -> NDArray[np.uint64]:
    return _multiplied(base, USUAL)


def _multiplied(base: int, n: int) -> NDArray[np.uint64]:
    factors = np.full(n + 1, base, dtype=np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)


def _gaps(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Ints, Ints]:
    """Line breaks before each line, and how far it is indented."""
    breaks, indent = [], []
    at = 0
    for p in paragraphs:
        gap = text[at : p.start]
        at = p.end
        if gap == "\n":
            breaks.append(1)
            indent.append(0)
            continue
        breaks.append(gap.count("\n"))
        indent.append(len(gap) - gap.rfind("\n") - 1 if breaks[-1] or len(breaks) == 1 else 0)
    return np.array(breaks, dtype=np.int64), np.array(indent, dtype=np.int64)


def grams(lines: Lines) -> tuple[Ints, Ints]:
    """Buckets of words, of pairs inside a line with its two ends, of whole short lines; and the line of each."""
    w, line = lines.words, lines.line
    salt = np.uint64(0x94D049BB133111EB)
    new = np.concatenate([[True], line[1:] != line[:-1]]) if len(line) else np.zeros(0, dtype=np.bool_)
    end = np.concatenate([new[1:], [True]]) if len(line) else new
    pairs = w[:-1] * salt + w[1:]
    inside = ~new[1:]
    opening = w[new] * salt + np.uint64(1)
    closing = w[end] * salt + np.uint64(2)
    found = np.concatenate([w, pairs[inside], opening, closing])
    where = np.concatenate([line, line[1:][inside], line[new], line[end]])
    return ((found ^ (found >> np.uint64(17))) & np.uint64(GRAMS - 1)).astype(np.int64), where
