"""Shingles: a text as hashes of its runs of six words, and which of many texts may share some.

Shingles and containment are Broder's (1997, "On the resemblance and containment of documents"); no word is kept.
Candidates are texts that share a *print*, the smallest hash of some window of consecutive shingles (winnowing:
Schleimer, Wilkerson and Aiken 2003).  MinHash over a whole text estimates Jaccard, which is small where a paper
prints two paragraphs of a wire story or a brief cut from it; a minimum of each window finds every common run of 21
words, whatever stands around it.  numpy is imported at the top, so this module is itself imported late.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["QUOTE", "SIZE", "WINDOW", "Bools", "Hashes", "Ints", "Read", "Shingled", "Words", "candidates", "common"]

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SIZE: Final = 6
"""Words of a shingle."""
WINDOW: Final = 16
"""Shingles of which one is a print: two texts with ``SIZE + WINDOW - 1`` words in common share one for certain."""
QUOTE: Final = 12
"""Words from which on a quotation is long: the same dozen is not said twice by chance."""
CROWD: Final = 24
"""Of so many texts with the same print each is compared with each, in a larger crowd each with ``NEIGHBOURS``."""
NEIGHBOURS: Final = 8

_WORD = re.compile(r"\w+")
_QUOTATION = re.compile(
    r'“[^“”\n]{20,2000}(?:[”\n]|\Z)|"[^"\n]{20,2000}"|«[^«»\n]{20,2000}»|„[^„“”\n]{20,2000}[“”]|「[^「」\n]{20,2000}」'
)
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)


class Words(dict[str, int]):
    """Hashes of words, case folded, each computed once; texts that are to be compared may share one.

    >>> words = Words()
    >>> words["Straße"] == words["STRASSE"]
    True
    """

    def __missing__(self, word: str) -> int:
        digest = blake2b(word.casefold().encode("utf-8", "surrogatepass"), digest_size=8).digest()
        value = self[word] = int.from_bytes(digest, "little")
        return value


@dataclass(frozen=True)
class Read:
    """A text's words: hashes, places and the quotation that each stands in.

    Parameters
    ----------
    words : (n,) hashes.
    starts, ends : (n,) code points, half-open.
    quotation : (n,) the number of the word's quotation from 1 on, or 0.

    Words are runs of letters and digits: punctuation, straight or typographic marks and line breaks make no difference.
    A quotation has twenty characters or more and ends with its paragraph; an opening “ that is never closed runs to
    the paragraph's end (a quotation over several closes only the last), a straight mark without a fellow opens nothing.
    Languages written without spaces are read clause by clause, so that only their plain copies are found.

    >>> a, b = (Read.of(t, Words()) for t in ("The ferry to the island is full", "the FERRY, to the island, is full!"))
    >>> bool((a.runs == b.runs).all()), len(a.runs)
    (True, 2)
    """

    words: Hashes
    starts: Ints
    ends: Ints
    quotation: Ints

    @classmethod
    def of(cls, text: str, words: Words, /) -> Read:
        """The text read, with the hashes that ``words`` knows already."""
        found = [(words[m.group()], *m.span()) for m in _WORD.finditer(text)]
        hashes = np.array([f[0] for f in found], dtype=np.uint64)
        starts = np.array([f[1] for f in found], dtype=np.int64)
        ends = np.array([f[2] for f in found], dtype=np.int64)
        quotation = np.zeros(len(found), dtype=np.int64)
        for number, m in enumerate(_QUOTATION.finditer(text), 1):
            quotation[np.searchsorted(starts, m.start()) : np.searchsorted(starts, m.end())] = number
        return cls(hashes, starts, ends, quotation)

    @cached_property
    def runs(self) -> Hashes:
        """The shingles in order, one for each word but the last five."""
        return _rolled(self.words, SIZE)

    @cached_property
    def own(self) -> Bools:
        """Which of :attr:`runs` do not lie inside one quotation: what the writer wrote, not what somebody said."""
        inside = self.quotation[: len(self.runs)]
        free: Bools = (inside == 0) | (inside != self.quotation[SIZE - 1 :])
        return free

    @cached_property
    def quoted(self) -> tuple[Hashes, Ints]:
        """The runs of twelve words inside one quotation, in order, and the word that each begins at."""
        runs = _rolled(self.words, QUOTE)
        inside = self.quotation[: len(runs)]
        at = np.flatnonzero((inside > 0) & (inside == self.quotation[QUOTE - 1 :]))
        return runs[at], at

    def covered(self, hashes: Hashes, /) -> Bools:
        """Which words lie in a shingle that is among ``hashes`` (ascending), (n,)."""
        words = np.zeros(len(self.words), dtype=np.bool_)
        hit = among(self.runs, hashes)
        for k in range(SIZE):
            words[k : k + len(hit)] |= hit
        return words

    def spans(self, words: Bools, /) -> tuple[tuple[int, int], ...]:
        """The stretches of text that these words make, each from a first word's start to a last word's end."""
        edges = np.flatnonzero(np.diff(np.concatenate([[False], words, [False]])))
        return tuple((int(self.starts[a]), int(self.ends[b - 1])) for a, b in edges.reshape(-1, 2))


@dataclass(frozen=True, slots=True)
class Shingled:
    """What is kept of a text to compare it by: distinct hashes, ascending.

    Parameters
    ----------
    shingles, own : (n,) its shingles, and which of them are not inside a quotation.
    prints, prose : (m,) those that stand for their windows, about one in eight, and which of them are ``own``.
    quotes : (q,) its runs of twelve words inside quotations.

    >>> len(Shingled.of(Read.of("rain " * 40, Words())).shingles)
    1
    """

    shingles: Hashes
    own: Bools
    prints: Hashes
    prose: Bools
    quotes: Hashes

    @classmethod
    def of(cls, read: Read, /) -> Shingled:
        """The hashes of a text that was read."""
        shingles, first = np.unique(read.runs, return_index=True)
        at = _winnowed(read.runs)
        prints, stand = np.unique(read.runs[at], return_index=True)
        return cls(shingles, read.own[first], prints, read.own[at][stand], np.unique(read.quoted[0]))


def among(some: Hashes, many: Hashes, /) -> Bools:
    """Which of ``some`` are in ``many``, which ascend."""
    if not len(many):
        return np.zeros(len(some), dtype=np.bool_)
    at = np.searchsorted(many, some)
    at[at == len(many)] = 0
    found: Bools = many[at] == some
    return found


def common(a: Shingled, b: Shingled, /) -> tuple[int, int]:
    """How many shingles two texts have in common, and how many of these are prose in both.

    >>> read = [Shingled.of(Read.of(t, Words())) for t in ("a b c d e f g h", "b c d e f g h i")]
    >>> common(*read)
    (2, 2)
    """
    if len(a.shingles) > len(b.shingles):
        a, b = b, a
    if not len(a.shingles):
        return 0, 0
    at = np.searchsorted(b.shingles, a.shingles)
    at[at == len(b.shingles)] = 0
    same = b.shingles[at] == a.shingles
    return int(np.count_nonzero(same)), int(np.count_nonzero(same & a.own & b.own[at]))


def candidates(prints: Sequence[Hashes], /) -> tuple[Ints, Ints]:
    """The pairs of texts that share prints, ``(p, 2)`` ascending with the smaller index first, and how many, ``(p,)``.

    Where more than 24 texts have a print, each is paired with the next eight only: the copies of a story still hang
    together, and a phrase of a thousand articles costs eight thousand pairs, not half a million.

    >>> pairs, times = candidates([np.array([1, 2], dtype=np.uint64), np.array([2], dtype=np.uint64)])
    >>> pairs.tolist(), times.tolist()
    ([[0, 1]], [1])
    """
    sizes = [len(p) for p in prints]
    nothing = np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64)
    if not sum(sizes):
        return nothing
    values = np.concatenate(prints)
    order = np.argsort(values, kind="stable")  # stable: texts ascend within a print
    texts = np.repeat(np.arange(len(prints)), sizes)[order]
    values = values[order]
    edges = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1], [True]]))
    crowd = np.repeat(np.diff(edges), np.diff(edges))
    reach = np.where(crowd <= CROWD, CROWD, NEIGHBOURS)
    keys = []
    for step in range(1, CROWD):
        near = (values[step:] == values[:-step]) & (reach[:-step] >= step)
        keys.append(texts[:-step][near] * len(prints) + texts[step:][near])
    pairs, times = np.unique(np.concatenate(keys), return_counts=True)
    return (np.stack(np.divmod(pairs, len(prints)), axis=1), times) if len(pairs) else nothing


def _rolled(words: Hashes, size: int) -> Hashes:
    """The hash of each run of ``size`` words, in order; none for a shorter text."""
    n = max(0, len(words) - size + 1)
    total = np.zeros(n, dtype=np.uint64)
    for k in range(size):
        total = total * _MULTIPLIER + words[k : n + k]
    total ^= total >> np.uint64(29)
    total *= _MIX
    return total ^ (total >> np.uint64(32))


def _winnowed(runs: Hashes) -> Ints:
    """The places of the smallest hash of each window, each once; a text under a window has one."""
    if len(runs) <= WINDOW:
        return np.array([runs.argmin()] if len(runs) else [], dtype=np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(runs, WINDOW)
    return np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
