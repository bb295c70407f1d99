"""Tagger: the trained half of attribution - two linear chains over hashed features, decoded in numpy.

The first look labels every token as source, cue or content; the second takes each cue that was found and labels the
tokens near it as its source, its content or neither.  Trained on PolNeAR (Newell, Margolin and Ruths, LREC 2018) by
``python -m newsclean.training attribution``.  numpy is imported at the top, so this module is imported late.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from newsclean.attribution.clauses import Range
from newsclean.attribution.encode import CLUSTERED, Encoded, encode, tagged
from newsclean.attribution.mark import Mark, tags
from newsclean.attribution.pairs import Pairs, Seen, pairs
from newsclean.attribution.tokens import Tokens
from newsclean.errors import ModelError
from newsclean.persist import load, models_dir, save

__all__ = [
    "BEGIN",
    "CONTENT",
    "CUE",
    "END",
    "INSIDE",
    "SAID",
    "SOURCE",
    "WHOLE",
    "Chainer",
    "Tagger",
    "default_tagger",
    "own",
    "runs",
    "viterbi",
]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SOURCE, CUE, CONTENT = 1, 3, 5
"""The first look's labels: each begins with the odd number and goes on with the next; 0 is none."""

BIAS: Final = np.array([0.0, 0.3, 0.3, 0.5, 0.5, 0.1, 0.1], dtype=np.float32)
"""Added to the first look's scores: F1 wants more cues than the likelihood does (set on folds of the training data)."""


NONE, BEGIN, INSIDE, END, WHOLE, SAID = range(6)
"""The second look's labels: of a source its first token, those inside, its last, or its only one; and content."""

PAIR_BIAS: Final = np.array([0.0, 1.2, 0.3, 0.3, 1.5, 0.3], dtype=np.float32)
"""The same for the second look."""


STEPS: Final = 31
"""Steps from no weight to the largest one; 127 of them cost a third more disk and gain nothing (folds of the training data)."""


@dataclass(frozen=True)
class Chainer:
    """One linear chain: ``table`` (buckets, labels) of weights, ``moves`` (labels + 1, labels), the last row the start."""

    table: NDArray[Any]
    moves: Floats
    scale: float = 1.0

    def scores(self, columns: Sequence[NDArray[Any]]) -> Floats:
        """The labels' scores (n, labels) of n tokens, from arrays (n,) of hashes whose low bits are their buckets."""
        labels, low = self.table.shape[1], len(self.table) - 1
        if self.table.dtype != np.int8 or labels > 8:
            made = np.zeros((len(columns[0]), labels), dtype=np.float32)
            for column in columns:
                made += self.table.take(column & low, axis=0)
            return made * np.float32(self.scale)
        words = self.words
        total = np.zeros(len(columns[0]) * words.itemsize, dtype=np.int32)
        few = max(1, 127 // max(1, self.most))  # so many weights never overflow eight bits
        for at in range(0, len(columns), few):
            part = words.take(columns[at] & low).view(np.int8)
            for column in columns[at + 1 : at + few]:
                part += words.take(column & low).view(np.int8)
            total += part
        return total.reshape(-1, words.itemsize)[:, :labels].astype(np.float32) * np.float32(self.scale)

    @cached_property
    def most(self) -> int:
        """The largest weight, in steps."""
        return int(np.abs(self.table.astype(np.int16)).max(initial=0))

    @cached_property
    def words(self) -> NDArray[Any]:
        """The rows of a table of 8-bit weights as one number each, which is read much faster than a row."""
        size = 4 if self.table.shape[1] <= 4 else 8
        wide = np.zeros((len(self.table), size), dtype=np.int8)
        wide[:, : self.table.shape[1]] = self.table
        return wide.view(f"u{size}").ravel()

    def packed(self, name: str) -> dict[str, NDArray[Any]]:
        """The arrays for a file: weights in steps, of which few bits are left when the file is packed."""
        scale = max(float(np.quantile(np.abs(self.table[np.abs(self.table) > 0]), 0.9999)) / STEPS, 1e-9)
        return {
            f"{name}_table": np.clip(np.round(self.table / scale), -STEPS, STEPS).astype(np.int8),
            f"{name}_moves": self.moves.astype(np.float32),
            f"{name}_scale": np.array([scale * self.scale]),
        }

    @classmethod
    def unpacked(cls, name: str, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The chain of :meth:`packed`; ModelError when an array is missing or of the wrong shape."""
        try:
            table, moves = arrays[f"{name}_table"], arrays[f"{name}_moves"]
            scale = float(arrays[f"{name}_scale"][0])
        except (KeyError, IndexError) as error:
            raise ModelError(f"the chain {name!r} is not whole: {error}") from error
        if table.ndim != 2 or moves.shape != (table.shape[1] + 1, table.shape[1]) or len(table) & (len(table) - 1):
            raise ModelError(f"the chain {name!r} is damaged: {table.shape} weights, {moves.shape} moves")
        return cls(table, moves, scale)


@dataclass(frozen=True)
class Tagger:
    """A trained tagger.  ``clusters`` (CLUSTERED,) numbers the words that keep the same company."""

    look: Chainer
    pair: Chainer
    clusters: NDArray[Any]

    def __call__(self, t: Tokens, marks: Sequence[Mark]) -> list[Mark]:
        """The attributions of a document as marks, in the order of their cues; ``marks`` are the rules'.

        English only: its features read English small words, whatever the text.
        """
        if not len(t):
            return []
        coded = self.encoded(t, marks)
        scores = self.look.scores(coded.columns) + BIAS
        labels = viterbi(scores, self.look.moves, firsts(coded.paragraph))
        cues = list(runs(labels.tolist(), CUE))
        paired = self.paired(t, coded, scores - BIAS, Seen(labels, cues, own(cues, marks)))
        chosen = (
            chosen_once(self.pair.scores(paired.columns) + PAIR_BIAS, self.pair.moves, paired.first)
            if cues
            else labels[:0]
        )
        return list(_marks(paired, chosen, cues))

    def encoded(self, t: Tokens, marks: Sequence[Mark]) -> Encoded:
        """The features of the first look."""
        return encode(t, tagged(len(t), tags(t, marks)), [self.clusters])

    def paired(self, t: Tokens, coded: Encoded, scores: Floats, seen: Seen) -> Pairs:
        """The features of the second look."""
        return pairs(t, replace(coded, sure=sure(scores)), seen)

    def save(self, path: str | os.PathLike[str], *, card: Mapping[str, Any]) -> str:
        """Writes the model and its card, see :func:`newsclean.persist.save`; returns the digest."""
        arrays = {**self.look.packed("look"), **self.pair.packed("pair"), "clusters": self.clusters.astype(np.uint8)}
        return save(path, arrays, card)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model of a path without suffix; ModelError when it is missing or damaged."""
        arrays, _ = load(path)
        if arrays.get("clusters", np.zeros(0)).shape != (CLUSTERED,):
            raise ModelError("the tagger has no clusters, or not as many as it should")
        made = cls(Chainer.unpacked("look", arrays), Chainer.unpacked("pair", arrays), arrays["clusters"])
        labels = made.look.table.shape[1], made.pair.table.shape[1]
        if labels != (len(BIAS), len(PAIR_BIAS)):
            raise ModelError(
                f"the tagger's chains have {labels} labels, not {(len(BIAS), len(PAIR_BIAS))}: train it anew"
            )
        return made


@lru_cache(maxsize=1)
def default_tagger() -> Tagger:
    """The tagger that ships with newsclean, read once in a process."""
    return Tagger.load(models_dir() / "attribution")


def viterbi(scores: Floats, moves: Floats, first: Ints) -> Ints:
    """The best labels (n,) of sequences that begin at ``first`` (whose last entry is n), all of them side by side.

    >>> viterbi(np.array([[1.0, 0.0], [0.0, 0.5]], dtype=np.float32), np.zeros((3, 2), dtype=np.float32), np.array([0, 2]))
    array([0, 1])
    """
    lengths = np.diff(first)
    order = np.argsort(-lengths, kind="stable")
    longest = int(lengths[order[0]]) if len(order) else 0
    labels = np.zeros(len(scores), dtype=np.int64)
    if not longest:
        return labels
    alive = np.searchsorted(-lengths[order], -np.arange(1, longest + 1), side="right")
    at = first[:-1][order]
    begin = np.concatenate([[0], np.cumsum(alive)])
    steps = np.repeat(np.arange(longest), alive)
    rows = at[np.arange(len(steps)) - begin[steps]] + steps
    best = np.ascontiguousarray(scores[rows].T)  # a column a token, those of one step side by side, longest paths first
    inner, start = moves[:-1], moves[-1]
    best[:, : begin[1]] += start[:, None]
    _forward(best, inner, begin.tolist())
    labels[rows] = _backward(best, inner, begin.tolist())
    return labels


def _forward(best: Floats, inner: Floats, begin: Sequence[int]) -> None:
    """Adds to the scores (labels, tokens) of each step the best way to get there; ``begin`` is where steps begin."""
    ways, spread = np.empty((0, 0, 0), dtype=np.float32), inner[:, :, None]
    for before, here, after in zip(begin, begin[1:], begin[2:], strict=False):
        k = after - here
        if k != ways.shape[2]:
            ways = np.empty((*inner.shape, k), dtype=np.float32)
        np.add(best[:, None, before : before + k], spread, out=ways)
        best[:, here:after] += np.maximum.reduce(ways, axis=0)


def _backward(best: Floats, inner: Floats, begin: Sequence[int]) -> Ints:
    """The labels of the best paths that :func:`_forward` found, in its order of tokens."""
    rows, came = np.ascontiguousarray(best.T), np.ascontiguousarray(inner.T)
    made: Ints = rows.argmax(axis=1)  # where paths end; what is before is set from behind
    for before, here, after in zip(begin[-3::-1], begin[-2::-1], begin[:1:-1], strict=False):
        k = after - here
        ways = came.take(made[here:after], axis=0)
        ways += rows[before : before + k]
        ways.argmax(axis=1, out=made[before : before + k])
    return made


_STATES: Final = np.array([NONE, SAID, BEGIN, INSIDE, END, WHOLE, NONE, SAID])
"""The second look's labels as states: before the source, in it, and behind it."""
_WAYS: Final = (
    "11100100",
    "11100100",
    "00011000",
    "00011000",
    "00000011",
    "00000011",
    "00000011",
    "00000011",
    "11100100",
)
"""From each state, and from the start, where a path may go on: no way leads back to a second source."""


def chosen_once(scores: Floats, moves: Floats, first: Ints) -> Ints:
    """0 for none, 1 for source, 2 for content: the best of the second look's paths with one stretch of source at most."""
    closed = np.array([[way == "0" for way in ways] for ways in _WAYS]) * np.float32(-1e6)
    wide = moves[np.append(_STATES, len(moves) - 1)][:, _STATES] + closed
    chosen = _STATES[viterbi(scores[:, _STATES], wide.astype(np.float32), first)]
    parts: Ints = np.where(chosen == SAID, 2, np.where(chosen == NONE, 0, 1))
    return parts


def runs(labels: Sequence[int] | Ints, label: int) -> Iterator[Range]:
    """The stretches that begin with a label and go on with the next: ``label`` is SOURCE, CUE or CONTENT.

    >>> list(runs([0, 3, 4, 3, 0, 4], CUE))
    [(1, 3), (3, 4), (5, 6)]
    """
    begun = -1
    for i, found in enumerate(labels):
        if begun >= 0 and found != label + 1:
            yield begun, i
            begun = -1
        if found == label or (found == label + 1 and begun < 0):
            begun = i
    if begun >= 0:
        yield begun, len(labels)


def firsts(paragraph: Ints) -> Ints:
    """Where each paragraph's tokens begin, and behind them their number."""
    return np.append(np.flatnonzero(np.diff(paragraph, prepend=-1)), len(paragraph))


def sure(scores: Floats) -> Ints:
    """How far the best label is before the second, in whole steps of log-odds up to five."""
    two = np.partition(scores, -2, axis=1)[:, -2:]
    steps: Ints = np.clip(two[:, 1] - two[:, 0], 0, 5).astype(np.int64)
    return steps


def own(cues: Sequence[Range], marks: Sequence[Mark]) -> list[list[tuple[int, int, int]]]:
    """For each cue what the rule whose cue overlaps it gave as source (1) and content (2)."""
    made: list[list[tuple[int, int, int]]] = []
    for a, b in cues:
        mark = next((m for m in marks if m.cue[0] < b and a < m.cue[1]), None)
        found = [(x, y, 2) for x, y in mark.content] + [(x, y, 1) for x, y in mark.source] if mark else []
        made.append(found)
    return made


def _marks(paired: Pairs, chosen: Ints, cues: Sequence[Range]) -> Iterator[Mark]:
    """The second look's labels as marks; the rows of a cue are tokens without a gap."""
    labels, low, first = chosen.tolist(), paired.token.tolist(), paired.first.tolist()
    for number, cue in enumerate(cues):
        at = first[number]
        parts: tuple[list[Range], list[Range]] = ([], [])
        for label, group in groupby(range(at, first[number + 1]), labels.__getitem__):
            if label:
                rows = list(group)
                parts[label - 1].append((low[rows[0]], low[rows[-1]] + 1))
        kind = "statement" if parts[0] else "no_source"
        yield Mark(tuple(parts[0]), cue, tuple(parts[1]), kind, "neutral", "tagger", 0.8)
