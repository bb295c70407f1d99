"""Relations: how well found attributions agree with gold ones, the metrics of PolNeAR's figures.

Everything is counted on word tokens (``\\w+``), so punctuation and white space never matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

__all__ = ["METRICS", "Counts", "Relation", "bootstrap", "compare", "relations", "summed"]

_WORD = re.compile(r"\w+")
ROUNDS: Final = 2000
"""Draws of the bootstrap."""
METRICS: Final = ("cue", "source", "content", "relation")


class Spanned(Protocol):
    """What has a source, a cue and a content: an Attribution, or gold."""

    @property
    def source(self) -> Sequence[tuple[int, int]]: ...
    @property
    def cue(self) -> Sequence[tuple[int, int]]: ...
    @property
    def content(self) -> Sequence[tuple[int, int]]: ...


@dataclass(frozen=True, slots=True)
class Relation:
    """The word tokens of one attribution, by number in the text."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(slots=True)
class Counts:
    """Right, found and gold per metric; they add up over documents."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METRICS, 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METRICS, 0))
    gold: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METRICS, 0))

    def add(self, other: Counts) -> None:
        for name in METRICS:
            self.right[name] += other.right[name]
            self.found[name] += other.found[name]
            self.gold[name] += other.gold[name]

    def f1(self, name: str) -> float:
        """F1 in [0, 1]."""
        return 2 * self.right[name] / max(1, self.found[name] + self.gold[name])

    def line(self) -> str:
        return "  ".join(
            f"{n} {100 * self.f1(n):.1f} ({100 * self.right[n] / max(1, self.found[n]):.1f}/"
            f"{100 * self.right[n] / max(1, self.gold[n]):.1f})"
            for n in METRICS
        )


def relations(text: str, found: Iterable[Spanned | dict[str, Any]]) -> list[Relation]:
    """Attributions as sets of word tokens of the text; one without a word in its cue keeps its marks' neighbours out."""
    at = [m.span() for m in _WORD.finditer(text)]
    starts = {i: n for n, (a, b) in enumerate(at) for i in range(a, b)}

    def covered(spans: Iterable[Sequence[int]]) -> frozenset[int]:
        return frozenset(starts[i] for a, b in spans for i in range(a, b) if i in starts)

    made = []
    for item in found:
        parts = [item[n] if isinstance(item, dict) else getattr(item, n) for n in ("source", "cue", "content")]
        made.append(Relation(*map(covered, parts)))
    return made


def compare(found: Sequence[Relation], gold: Sequence[Relation]) -> Counts:
    """Pairs cues one to one, those that share most words first, and counts.

    cue : pairs.  source : pairs with equal source tokens.  content : tokens that are content of any attribution, over the
    document.  relation : pairs whose sources overlap (or are both empty) and whose contents have a Jaccard index of
    at least one half.  A cue of marks alone (":") has no word and is left out on both sides.

    >>> one = Relation(frozenset({0}), frozenset({1}), frozenset({2, 3}))
    >>> compare([one], [one]).f1("relation")
    1.0
    """
    found, gold = [r for r in found if r.cue], [r for r in gold if r.cue]
    counts = Counts()
    pairs = _pairs(found, gold)
    counts.right["cue"] = len(pairs)
    counts.right["source"] = sum(found[i].source == gold[j].source for i, j in pairs)
    counts.right["relation"] = sum(_agree(found[i], gold[j]) for i, j in pairs)
    ours, theirs = (frozenset().union(*(r.content for r in side)) for side in (found, gold))
    counts.right["content"] = len(ours & theirs)
    for name, one, other in (("found", found, ours), ("gold", gold, theirs)):
        table: dict[str, int] = getattr(counts, name)
        table |= {"cue": len(one), "source": len(one), "relation": len(one), "content": len(other)}
    return counts


def _pairs(found: Sequence[Relation], gold: Sequence[Relation]) -> list[tuple[int, int]]:
    """One to one, greedily: the pairs that share most cue words, then most of everything, first."""
    scored = sorted(
        (-len(f.cue & g.cue) / len(f.cue | g.cue), -len(f.content & g.content), -len(f.source & g.source), i, j)
        for i, f in enumerate(found)
        for j, g in enumerate(gold)
        if f.cue & g.cue
    )
    used: set[int] = set()
    taken: set[int] = set()
    pairs = []
    for *_, i, j in scored:
        if i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            pairs.append((i, j))
    return pairs


def _agree(f: Relation, g: Relation) -> bool:
    if not (f.source & g.source or not (f.source or g.source)):
        return False
    return 2 * len(f.content & g.content) >= len(f.content | g.content)


def summed(counts: Iterable[Counts]) -> Counts:
    """The counts of all documents together."""
    total = Counts()
    for c in counts:
        total.add(c)
    return total


def bootstrap(ours: Sequence[Counts], theirs: Sequence[Counts]) -> dict[str, tuple[float, float]]:
    """Per metric the 95 % interval of the difference in F1 (points), over articles drawn with replacement, the same for both."""
    import numpy as np

    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(ours), (ROUNDS, len(ours)))
    made = {}
    for name in METRICS:
        f1 = []
        for side in (ours, theirs):
            table = np.array([[c.right[name], c.found[name] + c.gold[name]] for c in side])[draws].sum(axis=1)
            f1.append(200.0 * table[:, 0] / table[:, 1])
        low, high = np.quantile(f1[0] - f1[1], [0.025, 0.975])
        made[name] = (float(low), float(high))
    return made
