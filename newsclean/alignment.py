"""Alignment: which blocks of a page a given text was made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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
    runs = set(_runs(text))
    heads = _places(text, {h for w in blocks if len(w) >= GRAM and (h := tuple(w[:GRAM])) in runs})
    shares = [0.0] * len(blocks)
    claims: dict[int, list[int]] = {}
    in_part: dict[int, _Run] = {}
    for i, words in enumerate(blocks):
        size = len(words)
        if size < GRAM:
            continue
        at = [p for p in heads.get(tuple(words[:GRAM]), ()) if text[p : p + size] == words]
        if at:
            shares[i] = 1.0
        else:
            shares[i], run = _in_part(words, runs)
            if shares[i] >= 0.5 and run is not None:
                in_part[i] = run
        for place in at:
            claims.setdefault(place, []).append(i)
    first = _places(text, set(in_part.values()))
    for i, run in in_part.items():
        claims.setdefault(first[run][0], []).append(i)
    for group in claims.values():
        group.sort()
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


_Run = tuple[str, ...]


def _runs(words: Sequence[str]) -> Iterator[_Run]:
    return zip(*(words[k:] for k in range(GRAM)), strict=False)


def _places(text: Sequence[str], wanted: set[_Run]) -> dict[_Run, list[int]]:
    """Where these runs of words stand in the text; of each the first few places."""
    places: dict[_Run, list[int]] = {}
    openings = {run[0] for run in wanted}
    for i in [i for i, word in enumerate(text) if word in openings]:
        run = tuple(text[i : i + GRAM])
        if run in wanted:
            known = places.setdefault(run, [])
            if len(known) < MOST:
                known.append(i)
    return places


def _in_part(words: Sequence[str], runs: set[_Run]) -> tuple[float, _Run | None]:
    """The share of a block's runs of words that the text has, and the first of them."""
    many = len(words) - GRAM + 1
    if all(tuple(words[i : i + GRAM]) not in runs for i in range(0, many, max(1, many // SAMPLE))):
        return 0.0, None
    found = [run for run in _runs(words) if run in runs]
    return len(found) / many, found[0]


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
    spots: dict[str, list[int]] = {words[0]: [] for words in blocks if 0 < len(words) < GRAM}
    for i, word in enumerate(text):
        if word in spots:
            spots[word].append(i)
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
