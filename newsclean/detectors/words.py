"""Words: a document's paragraphs as running words, hashed once a form.

numpy is imported at the top, so this module is itself imported late.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from operator import itemgetter
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["Read", "read"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_ASCII_WORD = re.compile(_WORD.pattern.replace(r"[^\W_]", "[a-zA-Z0-9]"))
"""The same of a text in ASCII, half as fast again."""
_APART: Final = "".join(char if char.isalnum() or char == "'" else " " for char in map(chr, range(128)))
_TYPESET: Final = tuple(zip("’“”—–…‘\xa0", "'       ", strict=True))
"""Marks that most paragraphs have at most of what is not in ASCII, and what stands for them where words are parted."""
_STEM: Final = itemgetter(slice(6))


@dataclass(frozen=True, slots=True)
class Read:
    """A document as numbers.  ``tokens`` are running words as indices of forms, ``par`` their paragraphs."""

    texts: tuple[str, ...]
    tokens: Ints
    par: Ints
    size: Ints  # words per paragraph
    words: Ints  # per form: hash of the folded word
    stems: Ints  # per form: hash of its first six letters
    caps: NDArray[np.bool_]  # per form: begins with a capital
    letters: Floats  # per form
    digit: Floats  # per form: 1 when it begins with a digit


def read(texts: Sequence[str]) -> Read:
    """Reads a document's paragraphs: words, hashes and capitals, one pass over the text.

    >>> read(["Rain fell.", "Rain stopped."]).size
    array([2, 2])
    """
    words: list[str] = []
    size = []
    for text in texts:
        found = _words(text) or ["_"]
        words += found
        size.append(len(found))
    forms: dict[str, int] = defaultdict(count().__next__)
    tokens = np.fromiter(map(forms.__getitem__, words), dtype=np.int64, count=len(words))
    # No form holds white space, so they are folded all at once.
    folded = "\n".join(forms).lower().replace("’", "'").encode("utf-8", "replace").split(b"\n") if forms else []
    lengths = np.array(size, dtype=np.int64)
    letters = np.fromiter(map(len, forms), dtype=np.float64, count=len(forms))
    heads = list(map(itemgetter(0), forms))
    capital, digit = (_are(heads, kind) for kind in (str.isupper, str.isdigit))
    return Read(
        tuple(texts),
        tokens,
        np.repeat(np.arange(len(size)), lengths),
        lengths,
        np.fromiter(map(crc32, folded), dtype=np.int64, count=len(folded)),
        np.fromiter(map(crc32, map(_STEM, folded)), dtype=np.int64, count=len(folded)),
        capital | (digit & (letters > 2)),
        letters,
        digit.astype(np.float64),
    )


def _are(heads: Sequence[str], kind: Callable[[str], bool]) -> NDArray[np.bool_]:
    """Which first letters are of a kind; each letter is asked once."""
    of_kind = frozenset(filter(kind, set(heads)))
    return np.fromiter(map(of_kind.__contains__, heads), dtype=np.bool_, count=len(heads))


def _words(text: str) -> list[str]:
    """The words of a paragraph; in ASCII they are parted at what stands between them, sooner done than sought."""
    if not text.isascii():
        for mark, plain in _TYPESET:
            text = text.replace(mark, plain)
        if not text.isascii():
            return _WORD.findall(text)
    words = text.translate(_APART).split()
    if "'" not in text:
        return words
    return [w for word in words for w in (_ASCII_WORD.findall(word) if "'" in word else (word,))]
