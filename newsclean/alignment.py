"""Alignment: which blocks of a page a given text was made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from typing import Final

__all__ = ["covered"]

GRAM: Final = 4
"""Words by which a place in the text is known; blocks of fewer are found between those that are known."""
MOST: Final = 8
"""Places of the same words that are looked at."""
SAMPLE: Final = 12
"""About so many runs of a block are looked up first; where none is known, the block is not read on."""


def covered(blocks: Sequence[Sequence[str]], text: Sequence[str], /) -> list[float]:
    """For each block, as words, the share of it in [0, 1] that a text, as words, took up; each place is given once.

    Long blocks are found by their first words and compared whole; what was changed in places counts by its runs of four
    words.  Where two blocks claim the same place, the one nearer to the block that follows in the text has it.  A block
    of one to three words must stand, whole, between its neighbours' places.

    Linear in the words, save for blocks that repeat each other.

    >>> covered([["News"], "a storm hit the coast".split(), ["Read", "on"]], "a storm hit the coast".split())
    [0.0, 1.0, 0.0]
    """
    places = _places(text)
    shares = [0.0] * len(blocks)
    claims: dict[int, list[int]] = {}
    for i, words in enumerate(blocks):
        if len(words) < GRAM:
            continue
        at = _whole(words, text, places)
        if at:
            shares[i] = 1.0
            for place in at:
                claims.setdefault(place, []).append(i)
        else:
            shares[i], place = _in_part(words, places)
            if shares[i] >= 0.5:
                claims.setdefault(place, []).append(i)
    owner = _owners(claims)
    owned: dict[int, int] = {}
    for place in sorted(owner, reverse=True):
        owned[owner[place]] = place
    for group in claims.values():
        for i in group:
            if i not in owned and shares[i] >= 0.5:
                shares[i] = 0.0
    _short(blocks, text, owned, shares)
    return shares


def _places(text: Sequence[str]) -> dict[tuple[str, ...], list[int]]:
    places: dict[tuple[str, ...], list[int]] = {}
    for i, gram in enumerate(zip(*(text[k:] for k in range(GRAM)), strict=False)):
        known = places.setdefault(gram, [])
        if len(known) < MOST:
            known.append(i)
    return places


def _whole(words: Sequence[str], text: Sequence[str], places: dict[tuple[str, ...], list[int]]) -> list[int]:
    size = len(words)
    at = places.get(tuple(words[:GRAM]), ())
    return [p for p in at if text[p + size - 1 : p + size] == words[-1:] and text[p : p + size] == words]


def _in_part(words: Sequence[str], places: dict[tuple[str, ...], list[int]]) -> tuple[float, int]:
    """The share of a block's runs of words that the text has, and where the first stands."""
    grams = len(words) - GRAM + 1
    if all(tuple(words[i : i + GRAM]) not in places for i in range(0, grams, max(1, grams // SAMPLE))):
        return 0.0, 0
    found = first = 0
    for gram in zip(*(words[k:] for k in range(GRAM)), strict=False):
        at = places.get(gram)
        if at is not None:
            if not found:
                first = at[0]
            found += 1
    return found / grams, first


def _owners(claims: dict[int, list[int]]) -> dict[int, int]:
    """A block for each claimed place: the last place first, each block at most once where another wants it too."""
    owner: dict[int, int] = {}
    taken: set[int] = set()
    following: int | None = None
    for place in sorted(claims, reverse=True):
        group = [i for i in claims[place] if i not in taken]
        if not group:
            continue
        best = group[-1] if following is None else min(group, key=partial(_distance, following))
        owner[place] = best
        taken.add(best)
        following = best
    return owner


def _distance(following: int, i: int) -> tuple[bool, int]:
    return i > following, abs(i - following)


def _short(blocks: Sequence[Sequence[str]], text: Sequence[str], owned: dict[int, int], shares: list[float]) -> None:
    """Blocks of a few words: found in order between the places of the long blocks around them."""
    spots: dict[str, list[int]] = {}
    for i, word in enumerate(text):
        spots.setdefault(word, []).append(i)
    known = sorted(owned)
    for k, first in enumerate([-1, *known]):
        behind = known[k] if k < len(known) else len(blocks)
        low = owned[first] + len(blocks[first]) if first >= 0 else 0
        high = owned[behind] if behind < len(blocks) else len(text)
        if low >= high:
            continue
        for i in range(first + 1, behind):
            words = blocks[i]
            if not 0 < len(words) < GRAM:
                continue
            at = spots.get(words[0], [])
            for p in at[bisect_left(at, low) : bisect_right(at, high - len(words))]:
                if text[p : p + len(words)] == words:
                    shares[i], low = 1.0, p + len(words)
                    break
