"""Block words: what class names, ids and words say of a block, as sums of learned weights of their hashes.

Nothing is kept in clear: a name or a word is its CRC-32, cut to a few bits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any, Final
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.detectors.blocklabels import HINTS
from newsclean.page import Block, Node

__all__ = ["HINTED", "NAMES", "NEAR", "WORDS", "Tables", "name_hashes", "names_said", "word_hashes", "words_said"]

NAMES: Final = 1 << 14
"""Hashes of class names and ids, once for a block's own element and its parent, once for those further out."""
WORDS: Final = 1 << 15
"""Hashes of words."""
NEAR: Final = 2
"""Elements whose names count as a block's own: its own and its parent."""
LONG: Final = 24
"""Of a block of more words only the first and last few are looked at: how paragraphs of prose begin and end."""

HINTED: Final = tuple(sorted(set(HINTS.values())))
"""The labels that the name of an element, or of one it stands in, may hint at."""
_BITS: Final = {word: 1 << HINTED.index(label) for word, label in HINTS.items()}
_PART = regex.compile(r"\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|#")
_ASCII_PART = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Za-z]+|#")  # the same in half the time


@dataclass(frozen=True)
class Tables:
    """Learned weights of hashes, as lists, which are read one by one: names near, names far, words."""

    near: list[float]
    far: list[float]
    words: list[float]

    def packed(self) -> dict[str, NDArray[Any]]:
        """The arrays for :func:`newsclean.persist.save`, in half precision."""
        return {name: np.array(getattr(self, name), np.float16) for name in ("near", "far", "words")}

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]]) -> Tables:
        """The tables that :meth:`packed` wrote; ValueError when one has another size."""
        sizes = {"near": NAMES, "far": NAMES, "words": WORDS}
        for name, size in sizes.items():
            if arrays[name].shape != (size,):
                raise ValueError(f"the table {name} has {arrays[name].shape} weights, not {size}")
        return cls(*(arrays[name].astype(float).tolist() for name in sizes))


def name_hashes(node: Node) -> tuple[int, ...]:
    """The hashes of an element's tag and of the words that its class and id are made of."""
    return _hashes(node, _parts(node))


def _parts(node: Node) -> set[str]:
    if not node.names:
        return set()
    pattern = _ASCII_PART if node.names.isascii() else _PART
    return {part.casefold() for part in pattern.findall(node.names)}


def _hashes(node: Node, parts: set[str]) -> tuple[int, ...]:
    found = {crc32(text.encode("utf-8", "replace")) for text in {node.tag, *parts, *node.names.split()}}
    return tuple(h & (NAMES - 1) for h in found)


def word_hashes(words: Sequence[str]) -> list[int]:
    """The hashes of a block's words and pairs of words; of a long block of its first and last three."""
    if len(words) > LONG:
        marked = [f"^{w}" for w in words[:3]] + [f"{w}$" for w in words[-3:]]
    else:
        folded = [w.casefold() for w in words]
        marked = folded + [f"{a} {b}" for a, b in pairwise(folded)] + [f"^{folded[0]}", f"{folded[-1]}$"]
    return [crc32(m.encode("utf-8", "replace")) & (WORDS - 1) for m in marked]


def names_said(blocks: Sequence[Block], tables: Tables) -> tuple[list[float], list[float], list[int]]:
    """For each block two logits of names, over its own elements and over those further out, and bits of :data:`HINTED`."""
    known: dict[Node | None, tuple[float, float, int]] = {None: (0.0, 0.0, 0)}
    alike: dict[tuple[str, str], tuple[float, float, int]] = {}
    near, far, hints = [], [], []
    for b in blocks:
        chain: list[Node] = []
        node: Node | None = b.node
        while node not in known and node is not None:
            chain.append(node)
            node = node.parent
        for fresh in reversed(chain):
            key = fresh.tag, fresh.names
            if key not in alike:
                parts = _parts(fresh)
                hashes = _hashes(fresh, parts)
                sums = [sum([table[h] for h in hashes]) for table in (tables.near, tables.far)]
                alike[key] = sums[0], sums[1], _hinted(fresh, parts)
            own, outer, bits = alike[key]
            _, above, hinted = known[fresh.parent]
            known[fresh] = own, above + outer, bits | hinted
        parent = b.node.parent
        near.append(known[b.node][0] + known[parent][0])
        far.append(known[parent.parent][1] if parent is not None else 0.0)
        hints.append(known[b.node][2])
    return near, far, hints


def _hinted(node: Node, parts: set[str]) -> int:
    """The hints in an element's own names; those of the whole page say nothing of a block."""
    bits = 0
    if node.tag not in ("html", "body"):
        for part in parts & _BITS.keys():
            bits |= _BITS[part]
    return bits


def words_said(words: Sequence[str], weights: Sequence[float]) -> float:
    """The logit of a block's words."""
    hashes = word_hashes(words)
    return sum([weights[h] for h in hashes]) / sqrt(len(hashes))
