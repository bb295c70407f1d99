"""The line model's network, fitted: stochastic gradients with dropout, in numpy, from one seed.

A batch is a few texts one after another; what looks across the edge of a text sees noughts.  Adam with decoupled weight
decay (Loshchilov and Hutter 2019), a learning rate that rises and falls once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors.network import GAPS, Network, scaled

__all__ = ["Lesson", "fit", "gradients"]

Floats = NDArray[Any]
Weights = dict[str, Floats]

WIDTH: Final = 48
ROUNDS: Final = 22
"""Times that each page is read, each time as another converter flattens it."""
BATCH: Final = 3000
"""Lines learned from at once."""
RATE: Final = 3e-3
DECAY: Final = 0.05
DROPPED: Final = (0.1, 0.25)
"""The share of the numbers and of the inner values that are left out while learning."""
PURE: Final = 5
"""The last rounds, in which pages are read as they are."""
MIXED: Final = 0.5
"""How often a mixed page is read in the rounds before."""
RISE: Final = 0.15
"""The share of all steps in which the learning rate rises."""
SHARPEST: Final = 1.0
"""The longest gradient; longer ones are shortened."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """Texts to learn from: numbers, truth and weight of each line, and where each text begins and ends.

    ``pages`` are texts by index, those that are one page by several converters together: one of them a round is read.
    ``mixed`` are for each page those that were made of it and of others: until the last rounds one of them is read
    every other time.
    """

    matrix: Floats
    own: Floats
    weight: Floats
    edge: NDArray[np.int64]
    pages: Sequence[Sequence[int]]
    mixed: Sequence[Sequence[int]] = ()


def fit(lesson: Lesson, /, *, seed: int = 0, rounds: int = ROUNDS, width: int = WIDTH) -> Network:
    """A network that tells an article's lines from the page's; the same lesson and seed give the same weights."""
    rng = np.random.default_rng(seed)
    rows = np.concatenate([np.arange(lesson.edge[i], lesson.edge[i + 1]) for page in lesson.pages for i in page])
    chosen = rng.choice(rows, min(len(rows), 100_000), replace=False)
    mean, spread = lesson.matrix[chosen].mean(axis=0), lesson.matrix[chosen].std(axis=0) + 1e-3
    columns = lesson.matrix.shape[1]
    weights = _start(columns, width, rng)
    learner = _Learner(weights)
    steps = sum(1 for _ in _batches(lesson, np.random.default_rng(seed))) * rounds
    total = float(lesson.weight[rows].mean())
    for step, texts in _steps(lesson, rounds, rng):
        part = np.concatenate([np.arange(lesson.edge[i], lesson.edge[i + 1]) for i in texts])
        x, size = scaled(lesson.matrix[part], mean, spread), np.diff(lesson.edge)[texts]
        truth = (lesson.own[part].astype(np.float32), (lesson.weight[part] / total).astype(np.float32))
        _, slopes = gradients(weights, x, truth, size, _masks(rng, len(part), columns, width))
        learner.step(slopes, RATE * _pace(min(1.0, step / steps)))
    return Network(mean.astype(np.float32), spread.astype(np.float32), **weights)


def _start(columns: int, width: int, rng: np.random.Generator) -> Weights:
    def drawn(*shape: int) -> Floats:
        made: Floats = rng.uniform(-1.0, 1.0, shape) / np.sqrt(shape[-2] if len(shape) > 1 else shape[0])
        small: Floats = made.astype(np.float32)
        return small

    return {
        "enter": drawn(columns + 1, width), "gaps": drawn(len(GAPS), 3 * width + 1, 2 * width), "heed": drawn(width),
        "mix": drawn(2 * width + 1, width), "leave": drawn(width + 1),
    }  # fmt: skip


def _steps(lesson: Lesson, rounds: int, rng: np.random.Generator) -> Iterator[tuple[int, NDArray[np.int64]]]:
    step = 0
    for left in range(rounds, 0, -1):
        for texts in _batches(lesson, rng, mixing=left > PURE):
            yield step, texts
            step += 1


def _batches(lesson: Lesson, rng: np.random.Generator, *, mixing: bool = False) -> Iterator[NDArray[np.int64]]:
    """One text of each page, in random order, so many lines together."""
    chosen = list(lesson.pages)
    if mixing and lesson.mixed:
        coins = rng.random(len(chosen)) < MIXED
        chosen = [m if m and coin else p for p, m, coin in zip(lesson.pages, lesson.mixed, coins, strict=True)]
    texts = np.array([page[int(rng.integers(len(page)))] for page in chosen], dtype=np.int64)
    rng.shuffle(texts)
    size = np.diff(lesson.edge)[texts]
    yield from np.split(texts, np.flatnonzero(np.diff(np.cumsum(size) // BATCH)) + 1)


def _masks(rng: np.random.Generator, n: int, columns: int, width: int) -> list[Floats]:
    """What is left out this time: of the numbers, before each convolution, before the last sum."""
    shapes = [(columns, DROPPED[0]), *[(width, DROPPED[1])] * (len(GAPS) + 1)]
    return [(rng.random((n, k), dtype=np.float32) >= p) * np.float32(1 / (1 - p)) for k, p in shapes]


def _pace(done: float) -> float:
    """From a twenty-fifth up to one, and down to nothing, along cosines."""
    if done < RISE:
        return float(0.04 + 0.96 * (0.5 - 0.5 * np.cos(np.pi * done / RISE)))
    return float(0.5 + 0.5 * np.cos(np.pi * min(1.0, (done - RISE) / (1 - RISE))))


class _Learner:
    """Adam with decoupled weight decay; changes the weights in place."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.first = {name: np.zeros_like(w) for name, w in weights.items()}
        self.second = {name: np.zeros_like(w) for name, w in weights.items()}
        self.times = 0

    def step(self, slopes: Weights, rate: float) -> None:
        self.times += 1
        length = float(np.sqrt(sum(float((g * g).sum()) for g in slopes.values())))
        shorter = min(1.0, SHARPEST / (length + 1e-6))
        for name, w in self.weights.items():
            g, m, v = slopes[name] * np.float32(shorter), self.first[name], self.second[name]
            m += np.float32(0.1) * (g - m)
            v += np.float32(0.001) * (g * g - v)
            ahead = m / np.float32(1 - 0.9**self.times)
            w[...] = w * np.float32(1 - rate * DECAY) - np.float32(rate) * ahead / (
                np.sqrt(v / np.float32(1 - 0.999**self.times)) + np.float32(1e-8)
            )


def gradients(
    weights: Weights, x: Floats, truth: tuple[Floats, Floats], size: Sequence[int] | Floats, masks: Sequence[Floats], /
) -> tuple[float, Weights]:
    """The weighted loss of a batch, and its slope by each weight.

    ``x`` are scaled numbers (lines, columns) of texts of ``size`` lines each, ``truth`` what each line is and counts;
    ``masks`` multiply the numbers, what goes into each convolution, and what goes into the last sum.
    """
    texts = _Texts(np.asarray(size, dtype=np.int64))
    entered, h, kept = _convolved(weights, x * masks[0], texts, masks[1:-1])
    odds, summed = _summed(weights, h, texts, masks[-1])
    own, count = truth
    loss = float((count * (np.logaddexp(0.0, odds) - own * odds)).mean())
    d_odds = (count * (_sigmoid(odds) - own) / len(odds)).astype(x.dtype)
    slopes, d_h = _summed_back(weights, d_odds, summed, texts, masks[-1])
    slopes["gaps"], d_h = _convolved_back(weights, d_h, kept, texts, masks[1:-1])
    slopes["enter"] = _slope(x * masks[0], d_h * (entered > 0))
    return loss, slopes


def _convolved(
    weights: Weights, x: Floats, texts: _Texts, masks: Sequence[Floats]
) -> tuple[Floats, Floats, list[tuple[Floats, Floats, Floats]]]:
    """The lines after the convolutions, and what the way back needs."""
    width = weights["heed"].shape[0]
    entered: Floats = x @ weights["enter"][:-1] + weights["enter"][-1]
    h, kept = np.maximum(entered, 0.0), []
    for gap, w, mask in zip(GAPS, weights["gaps"], masks, strict=True):
        seen = h * mask
        beside = np.concatenate([texts.from_above(seen, gap), seen, texts.from_below(seen, gap)], axis=1)
        z = beside @ w[:-1] + w[-1]
        wave, gate = np.tanh(z[:, :width]), _sigmoid(z[:, width:])
        kept.append((beside, wave, gate))
        h = h + wave * gate
    return entered, h, kept


def _convolved_back(
    weights: Weights, d_h: Floats, kept: Sequence[tuple[Floats, Floats, Floats]], texts: _Texts, masks: Sequence[Floats]
) -> tuple[Floats, Floats]:
    width, by_gap = d_h.shape[1], []
    for k in range(len(GAPS) - 1, -1, -1):
        beside, wave, gate = kept[k]
        d_z = np.concatenate([d_h * gate * (1 - wave * wave), d_h * wave * gate * (1 - gate)], axis=1)
        by_gap.append(_slope(beside, d_z))
        d_beside = d_z @ weights["gaps"][k][:-1].T
        above, here, below = (d_beside[:, i * width : (i + 1) * width] for i in range(3))
        d_seen = here + texts.from_below(above, GAPS[k]) + texts.from_above(below, GAPS[k])
        d_h = d_h + d_seen * masks[k]
    return np.stack(by_gap[::-1]), d_h


def _summed(weights: Weights, h: Floats, texts: _Texts, mask: Floats) -> tuple[Floats, tuple[Floats, ...]]:
    """The log-odds of the lines beside their whole text."""
    share = texts.softmax(h @ weights["heed"])
    whole = texts.sums(share[:, None] * h)
    joined = np.concatenate([h, texts.spread(whole)], axis=1)
    inner = joined @ weights["mix"][:-1] + weights["mix"][-1]
    mixed = np.maximum(inner, 0.0) * mask
    return mixed @ weights["leave"][:-1] + weights["leave"][-1], (h, share, joined, inner, mixed)


def _summed_back(
    weights: Weights, d_odds: Floats, summed: tuple[Floats, ...], texts: _Texts, mask: Floats
) -> tuple[Weights, Floats]:
    h, share, joined, inner, mixed = summed
    width = h.shape[1]
    d_inner = d_odds[:, None] * weights["leave"][:-1] * mask * (inner > 0)
    d_joined = d_inner @ weights["mix"][:-1].T
    back = texts.spread(texts.sums(d_joined[:, width:]))
    d_share = (back * h).sum(axis=1)
    d_heed = share * (d_share - texts.spread(texts.sums((share * d_share)[:, None]))[:, 0])
    slopes = {
        "leave": np.append(mixed.T @ d_odds, d_odds.sum()).astype(h.dtype),
        "mix": _slope(joined, d_inner),
        "heed": h.T @ d_heed,
    }
    return slopes, d_joined[:, :width] + share[:, None] * back + d_heed[:, None] * weights["heed"]


def _slope(into: Floats, out: Floats) -> Floats:
    found: Floats = np.concatenate([into.T @ out, out.sum(axis=0)[None, :]])
    return found


def _sigmoid(values: Floats) -> Floats:
    found: Floats = 0.5 * (1.0 + np.tanh(0.5 * values))
    return found


class _Texts:
    """The texts of a batch, one after another."""

    def __init__(self, size: NDArray[np.int64]) -> None:
        self.start = np.concatenate([[0], np.cumsum(size)[:-1]])
        self.text = np.repeat(np.arange(len(size)), size)
        self.at = np.arange(len(self.text)) - self.start[self.text]
        self.left = size[self.text] - 1 - self.at

    def from_above(self, values: Floats, gap: int) -> Floats:
        """For each line the one so many lines above it, noughts where its text does not reach."""
        out = np.zeros_like(values)
        out[gap:] = values[:-gap]
        out[self.at < gap] = 0.0
        return out

    def from_below(self, values: Floats, gap: int) -> Floats:
        out = np.zeros_like(values)
        out[:-gap] = values[gap:]
        out[self.left < gap] = 0.0
        return out

    def sums(self, values: Floats) -> Floats:
        found: Floats = np.add.reduceat(values, self.start, axis=0)
        return found

    def spread(self, values: Floats) -> Floats:
        found: Floats = values[self.text]
        return found

    def softmax(self, values: Floats) -> Floats:
        high = np.exp(values - np.maximum.reduceat(values, self.start)[self.text])
        found: Floats = high / np.add.reduceat(high, self.start)[self.text]
        return found
