"""Labels: what kind of furniture a line is, by its words, its shape, its place and what stands beside it.

All of these are hashed into one table, so that the choice is one sum a line.  numpy is imported at the top, so this
module is itself imported late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors.lines import DIGIT, STOP, Lines, grams

__all__ = ["KINDS", "choose", "marks"]

KINDS: Final = 1 << 14
"""Buckets of hashed words and marks."""
REACH: Final = 3
"""Lines above and below whose known labels count."""
BACK: Final = 12
"""Lines above in which a known label counts as the heading."""

ASKED: Final = 0.1
"""The probability of furniture from which a line is given a label."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def choose(
    lines: Lines,
    furniture: Floats,
    known: Sequence[str | None],
    table: tuple[NDArray[Any], tuple[str, ...]],
    *,
    least: float = ASKED,
) -> tuple[str, ...]:
    """The likeliest label of each line, "" where it has one or is likelier the article's than ``least`` allows.

    ``known`` are the labels that rules gave, ``table`` weights and their labels.
    """
    weights, labels = table
    asked = (furniture >= least) & np.array([label is None for label in known], dtype=np.bool_)
    if not asked.any():
        return ("",) * lines.size
    said = asked[lines.line]  # most words stand in prose, which is not asked about
    bucket, line = marks(replace(lines, words=lines.words[said], line=lines.line[said]), furniture, known)
    of_asked = np.flatnonzero(asked[line])
    of_asked = of_asked[np.argsort(line[of_asked], kind="stable")]
    first = np.flatnonzero(np.diff(line[of_asked], prepend=-1))
    spoken = weights.take(bucket[of_asked], axis=0).astype(np.float64)
    best = np.argmax(np.add.reduceat(spoken, first, axis=0), axis=1)
    chosen = iter(best.tolist())
    return tuple(labels[next(chosen)] if one else "" for one in asked.tolist())


def marks(lines: Lines, furniture: Floats, known: Sequence[str | None]) -> tuple[Ints, Ints]:
    """Buckets of what speaks for a label, and the line of each: words, shape, place, the rules' labels around."""
    n = lines.size
    word, line = grams(lines)
    at = np.arange(n)
    own = np.flatnonzero(furniture < 0.5)
    top, bottom = (int(own[0]), int(own[-1])) if len(own) else (n, n)
    place = np.where(at < top, 0, np.where(at > bottom, 2, 1))
    length = np.minimum(np.log2(np.maximum(lines.word_count, 1)).astype(np.int64), 6)
    digits = np.minimum(8 * lines.counts[:, DIGIT] // np.maximum(lines.length, 1), 7)
    ends = (lines.last[:, 0] == STOP) * 1
    traits = {
        "place": place,
        "length": length,
        "digits": digits,
        "ends": ends,
        "both": place * 7 + length,
        "last": lines.last[:, 0],
    }
    buckets, where = [word & (KINDS - 1)], [line]
    for name, value in traits.items():
        buckets.append(_hash(name) + value.astype(np.int64) * 7919 & (KINDS - 1))
        where.append(at)
    beside_bucket, beside_line = _beside(known)
    return np.concatenate([*buckets, beside_bucket]), np.concatenate([*where, beside_line])


def _beside(known: Sequence[str | None]) -> tuple[Ints, Ints]:
    """The known labels near each line; of its own nothing is said, so that a rule's line can be asked about too."""
    buckets, where = [], []
    heading, since = None, 0
    for i, label in enumerate(known):
        if heading is not None and i - since <= BACK:
            buckets.append(_hash(f"heading {heading}"))
            where.append(i)
        if label is not None:
            heading, since = label, i
            for j in (*range(max(0, i - REACH), i), *range(i + 1, min(len(known), i + REACH + 1))):
                buckets.append(_hash(f"beside {label} {abs(i - j)}"))
                where.append(j)
    return np.array(buckets, dtype=np.int64), np.array(where, dtype=np.int64)


@cache
def _hash(name: str) -> int:
    """The bucket of a trait, of which there are two hundred."""
    return crc32(name.encode()) & (KINDS - 1)
