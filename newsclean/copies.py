"""Copies: articles that carry the same story, the same passage or the same long quotation.

What counts as a copy was set on real news: a story cut, reordered or under another headline keeps nearly all of its
six-word shingles, two reports of one event under a fifth.  What a newsmaker said stands in every report, so the
shingles inside of quotations do not count towards a copy; they make shared quotations.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from newsclean.shingles import QUOTE, Hashes, Ints, Read, Shingled, Words, among, candidates, common
from newsclean.spans import Offsets, Spans

__all__ = ["Shared", "copies", "find"]

ALIKE: Final = 0.5
"""The share of the shorter text's shingles, all of them and those of its prose, that make two articles copies."""
NEARLY: Final = 0.8
"""… and where they have less than ``PASSAGE`` in common: a list of links may be half of a short article."""
OF_LONGER: Final = 0.1
"""… and of the longer text's: an item that a round-up carries whole does not make the round-up its copy."""
RUN, PASSAGE = 20, 60
"""A shared passage has at least 60 words of prose, in runs of at least 20: two short paragraphs."""
WIDESPREAD: Final = 8
"""What more than so many different stories have is a boilerplate paragraph, not a passage that one took over."""
FAMOUS: Final = 50
"""… and what more than so many quote is a saying."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Texts that have words in common.

    Parameters
    ----------
    kind : ``"story"`` (copies of one article), ``"passage"`` (two paragraphs or more) or ``"quote"``.
    texts : their indices, ascending; at least two.
    spans : for each of them what it shares with another, code points of the text.
    """

    kind: str
    texts: tuple[int, ...]
    spans: tuple[Spans, ...]


def find(texts: Sequence[str], /, *, publishers: Sequence[str | None] | None = None) -> tuple[Shared, ...]:
    r"""All that texts share, stories first.  ``publishers`` says whose each is, where known: an outlet's own background
    paragraphs, told again, are no passage that it took over.

    Cost grows with the texts and with the pairs that share something, not with all pairs; the same in any order of the
    texts but for the indices.  It will not see a story told in other words.

    >>> rain = "Rain fell on the harbour for nine days and nobody in the town could remember a wetter week in May."
    >>> tide = "The keeper of the lighthouse has entered the record in her book, in red ink, beside that of her mother."
    >>> found = find([f"{rain}\n{tide}\nThe mayor sold umbrellas.", "Nothing to see.", f"Damp!\n{tide}\n{rain}"])
    >>> [(group.kind, group.texts) for group in found]
    [('story', (0, 2))]
    """
    whose = publishers or [None] * len(texts)
    order = sorted(range(len(texts)), key=lambda i: (texts[i], whose[i] or ""))
    finder = _Finder([texts[i] for i in order], [whose[i] for i in order])
    found = [*finder.stories(), *finder.passages(), *finder.quotes()]
    return tuple(_renumbered(group, order) for group in found)


def copies(texts: Sequence[str], /) -> tuple[tuple[int, ...], ...]:
    """Only the groups of copies, each the ascending indices of two texts or more: a fraction of the cost of :func:`find`.

    >>> copies(["the ferry to the island is full", "Nothing to see.", "The ferry to the island is full!"])
    ((0, 2),)
    """
    order = sorted(range(len(texts)), key=lambda i: texts[i])
    finder = _Finder([texts[i] for i in order], [None] * len(texts))
    return tuple(sorted(tuple(sorted(order[i] for i in group)) for group in finder.groups if len(group) > 1))


def _renumbered(group: Shared, order: Sequence[int]) -> Shared:
    """The same group with the caller's indices."""
    pairs = sorted((order[i], spans) for i, spans in zip(group.texts, group.spans, strict=True))
    return Shared(group.kind, tuple(i for i, _ in pairs), tuple(s for _, s in pairs))


class _Finder:
    """The texts in a fixed order, with all that is computed once."""

    def __init__(self, texts: Sequence[str], publishers: Sequence[str | None]) -> None:
        self.texts, self.publishers = texts, publishers
        self.words = Words()
        self.shingled = [Shingled.of(self.read(i)) for i in range(len(texts))]
        pairs, times = candidates([s.prints for s in self.shingled])
        self.groups = _components(len(texts), self._alike(pairs, times))

    def read(self, i: int) -> Read:
        return Read.of(self.texts[i], self.words)

    def _alike(self, pairs: Ints, times: Ints) -> Iterator[tuple[int, int]]:
        """The candidates that are copies."""
        prints = np.array([len(s.prints) for s in self.shingled])
        likely = times >= 0.15 * np.minimum(*prints[pairs].T) if len(pairs) else np.zeros(0, dtype=np.bool_)
        for i, j in pairs[likely].tolist():
            a, b = self.shingled[i], self.shingled[j]
            every, own = common(a, b)
            share = ALIKE if every >= PASSAGE else NEARLY
            shorter, longer = sorted((len(a.shingles), len(b.shingles)))
            prose = min(np.count_nonzero(a.own), np.count_nonzero(b.own))
            of_longer = OF_LONGER if prose else share  # a text that is one quotation is no copy of what holds it
            if every >= max(share * shorter, of_longer * longer) and own >= share * prose:
                yield i, j

    def stories(self) -> Iterator[Shared]:
        for group in self.groups:
            if len(group) > 1:
                yield self._shared("story", group, _repeated([self.shingled[i].shingles for i in group]))

    def _shared(self, kind: str, group: Iterable[int], hashes: Hashes) -> Shared:
        """The group with the spans of these shingles."""
        reads = [(i, self.read(i)) for i in group]
        spans = tuple(read.spans(read.covered(hashes)) for _, read in reads)
        return Shared(kind, tuple(i for i, _ in reads), spans)

    def passages(self) -> Iterator[Shared]:
        """What different stories share: each is looked at through its longest copy."""
        heads = [max(group, key=lambda i: (len(self.shingled[i].shingles), -i)) for group in self.groups]
        prints = [self.shingled[i].prints[self.shingled[i].prose] for i in heads]
        widespread = _frequent(prints, WIDESPREAD)
        prints = [p[~among(p, widespread)] for p in prints]
        pairs, times = candidates(prints)
        links = defaultdict(list)
        hashes: dict[int, list[Hashes]] = defaultdict(list)
        joined: list[tuple[int, int]] = []
        first: dict[int, int] = {}
        for number, (a, b) in enumerate(pairs[times >= 3].tolist()):
            i, j = heads[a], heads[b]
            if self.publishers[i] is not None and self.publishers[i] == self.publishers[j]:
                continue
            words = self._passage(i, j)
            if not len(words):
                continue
            links[number] = [i, j]
            hashes[number].append(words)
            joined += [(first.setdefault(h, number), number) for h in prints[a][among(prints[a], prints[b])].tolist()]
        for component in _components(len(pairs), joined):
            if component[0] in links:
                texts = sorted({i for number in component for i in links[number]})
                yield self._shared(
                    "passage", texts, np.unique(np.concatenate([w for n in component for w in hashes[n]]))
                )

    def _passage(self, i: int, j: int) -> Hashes:
        """The shingles of the passages that two texts share; none when these are too short."""
        read = self.read(i)
        covered = read.covered(self.shingled[j].shingles)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], covered, [False]]))).reshape(-1, 2)
        runs = [(a, b) for a, b in edges.tolist() if np.count_nonzero(read.quotation[a:b] == 0) >= RUN]
        if sum(np.count_nonzero(read.quotation[a:b] == 0) for a, b in runs) < PASSAGE:
            return np.zeros(0, dtype=np.uint64)
        return np.unique(np.concatenate([read.runs[a : b - 5] for a, b in runs]))

    def quotes(self) -> Iterator[Shared]:
        """Long quotations that stand in different stories."""
        known = [np.unique(np.concatenate([self.shingled[i].quotes for i in group])) for group in self.groups]
        shared = _repeated(known)
        shared = shared[~among(shared, _frequent(known, FAMOUS))]
        number = {h: n for n, h in enumerate(shared.tolist())}
        joined: list[tuple[int, int]] = []
        places: dict[int, list[tuple[int, Offsets]]] = defaultdict(list)
        for i, s in enumerate(self.shingled):
            if not among(s.quotes, shared).any():
                continue
            read = self.read(i)
            hashes, at = read.quoted
            hit = among(hashes, shared)
            last, before = -2, -1
            for h, word in zip(hashes[hit].tolist(), at[hit].tolist(), strict=True):
                if word == last + 1:
                    joined.append((before, number[h]))
                last, before = word, number[h]
                places[before].append((i, (int(read.starts[word]), int(read.ends[word + QUOTE - 1]))))
        for component in _components(len(shared), joined):
            spans: dict[int, list[Offsets]] = defaultdict(list)
            for i, where in (place for h in component for place in places[h]):
                spans[i].append(where)
            members = tuple(sorted(spans))
            yield Shared("quote", members, tuple(_merged(spans[i]) for i in members))


def _merged(spans: Iterable[Offsets]) -> Spans:
    """Stretches that overlap as one, in order."""
    merged: list[Offsets] = []
    for a, b in sorted(spans):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return tuple(merged)


def _repeated(sets: Sequence[Hashes]) -> Hashes:
    """The hashes of two of the sets or more, ascending."""
    return _frequent(sets, 1)


def _frequent(sets: Sequence[Hashes], times: int) -> Hashes:
    """The hashes of more than so many of the sets, ascending."""
    if not sets:
        return np.zeros(0, dtype=np.uint64)
    values, counts = np.unique(np.concatenate(sets), return_counts=True)
    return values[counts > times]


def _components(n: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The numbers below ``n`` in groups that links hold together, each ascending, by their first member."""
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for i, j in links:
        a, b = sorted((root(i), root(j)))
        parent[b] = a
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(n):
        groups[root(i)].append(i)
    return list(groups.values())
