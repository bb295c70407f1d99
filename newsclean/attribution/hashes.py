"""Hashes: columns of whole numbers mixed into one, which is all that a feature of the tagger is.

numpy is imported at the top, so this module is imported late.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Opening", "mixed", "rows"]

Ints = NDArray[np.int64]

_LOW: Final = np.int64(0xFFFFFFFFFF)
_MIX: Final = tuple(np.int64(m) for m in (0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F, 0x165667B1))


def rows(columns: Sequence[Ints], buckets: int) -> NDArray[np.int32]:
    """Columns of hashes as rows of buckets (n, F), as training reads them; a bucket is the low bits of a hash."""
    made = np.empty((len(columns), len(columns[0])), dtype=np.int32)
    for out, column in zip(made, columns, strict=True):
        np.bitwise_and(column, buckets - 1, out=out, casting="unsafe")
    return made.T


@dataclass(frozen=True)
class Opening:
    """The first parts of a template where all are small numbers: ``code`` numbers their values as one, row by row of a
    table of ``sizes``."""

    code: Ints
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, *parts: tuple[Ints, int]) -> Opening:
        """The opening of parts that are each below a size."""
        code, sizes = np.zeros_like(parts[0][0]), tuple(size for _, size in parts)
        for part, size in parts:
            code = code * size + part
        return cls(code, sizes)


def mixed(number: int, parts: Sequence[Ints], opening: Opening | None = None) -> Ints:
    """One hash for each row of a template's parts, those of the opening before the others."""
    if opening is None:
        return _stirred(np.bitwise_xor(parts[0], np.int64(_seed(number))), parts[1:], _MIX)
    begun = _begun(number, opening.sizes, whole=not parts).take(opening.code)
    if not parts:
        return begun
    begun ^= parts[0]
    return _stirred(begun, parts[1:], _MIX[len(opening.sizes) :])


def _seed(number: int) -> int:
    return 0x51ED27 + 7919 * number


def _stirred(h: Ints, parts: Sequence[Ints], mix: Sequence[np.int64], *, last: bool = True) -> Ints:
    """A hash whose first part is in it, with the parts behind it."""
    spare = np.empty_like(h)  # nothing else is made in the loop: half of the encoding's time is here
    for m, x in itertools.zip_longest(mix[: len(parts) + 1], parts):
        h *= m
        h &= _LOW
        h ^= np.right_shift(h, 15, out=spare)
        if x is not None:
            h ^= x
    if last:
        h ^= np.right_shift(h, 21, out=spare)
    return h


@cache
def _begun(number: int, sizes: tuple[int, ...], *, whole: bool) -> Ints:
    """The hashes of all values that an opening can have, as far as they go."""
    first, *others = np.indices(sizes, dtype=np.int64).reshape(len(sizes), -1)
    return _stirred(first ^ _seed(number), others, _MIX, last=whole)
