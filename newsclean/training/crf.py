"""A linear-chain CRF over hashed features, trained with numpy and scipy alone.

The weights of a bucket are a row of a table, so what is learned here is what the tagger gathers: no feature has a name.
The likelihood is that of Lafferty, McCallum and Pereira (ICML 2001); steps are Adam's (Kingma and Ba, ICLR 2015), and
the weights of the last epochs are averaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

__all__ = ["Chain", "Settings", "fit", "marginals", "posteriors"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

TINY: Final = 1e-30


@dataclass(frozen=True)
class Settings:
    """How to train.  ``l2`` is the weight's share lost a step; ``drop`` the share of features hidden in a step."""

    buckets: int
    labels: int
    epochs: int = 12
    batch: int = 12
    rate: float = 0.02
    l2: float = 1e-5
    drop: float = 0.1
    seed: int = 0


@dataclass(frozen=True)
class Chain:
    """Documents for training: ``features`` (n, F) buckets, ``labels`` (n,), ``first`` the start of each sequence and n."""

    features: Ints
    labels: NDArray[np.int64]
    first: NDArray[np.int64]


def fit(documents: Sequence[Chain], settings: Settings) -> tuple[Floats, Floats]:
    """The table (buckets, labels) and the transitions (labels + 1, labels); the last row is the sequence's start."""
    rng = np.random.default_rng(settings.seed)
    table = np.zeros((settings.buckets, settings.labels), dtype=np.float32)
    moves = np.zeros((settings.labels + 1, settings.labels), dtype=np.float32)
    state = [np.zeros_like(w) for w in (table, table, moves, moves)]
    mean: list[NDArray[np.float64]] = [np.zeros(table.shape), np.zeros(moves.shape)]
    step = kept = 0
    per_epoch = -(-len(documents) // settings.batch)
    total = settings.epochs * per_epoch
    for _ in range(settings.epochs):
        for chosen in _batches(len(documents), settings.batch, rng):
            step += 1
            rate = settings.rate * (1.0 - (step - 1) / total) + 1e-4
            part = _join([documents[i] for i in chosen])
            g_table, g_moves = _gradient(part, table, moves, settings.drop, rng)
            _adam(table, g_table, state[:2], rate, step)
            _adam(moves, g_moves, state[2:], rate, step)
            table *= 1.0 - settings.l2
            if step > total - 3 * per_epoch:
                kept += 1
                mean[0] += table
                mean[1] += moves
    return (mean[0] / kept).astype(np.float32), (mean[1] / kept).astype(np.float32)


def _batches(n: int, size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    order = rng.permutation(n)
    for at in range(0, n, size):
        yield order[at : at + size]


def _join(parts: Sequence[Chain]) -> Chain:
    sizes = np.cumsum([0, *(len(p.labels) for p in parts)])
    first = [p.first[:-1] + at for p, at in zip(parts, sizes[:-1], strict=True)]
    return Chain(
        np.concatenate([p.features for p in parts]),
        np.concatenate([p.labels for p in parts]),
        np.concatenate([*first, sizes[-1:]]),
    )


def _gradient(part: Chain, table: Floats, moves: Floats, drop: float, rng: Any) -> tuple[Floats, Floats]:
    """Of the mean log-likelihood per token, to go up."""
    n, width = part.features.shape
    ones = np.ones(n * width, dtype=np.float32)
    if drop:
        ones = (rng.random(n * width, dtype=np.float32) >= drop).astype(np.float32) / np.float32(1.0 - drop)
    matrix = csr_matrix((ones, part.features.ravel(), np.arange(0, n * width + 1, width)), shape=(n, len(table)))
    node, edge = posteriors(matrix @ table, moves, part.first)
    node = -node
    node[np.arange(n), part.labels] += 1.0
    before = np.concatenate([[table.shape[1]], part.labels[:-1]])
    before[part.first[:-1]] = table.shape[1]
    edge = -edge
    np.add.at(edge, (before, part.labels), 1.0)
    scale = np.float32(1000.0 / n)  # Adam does not care; keeps numbers away from its epsilon
    return (matrix.T @ node) * scale, edge.astype(np.float32) * scale


def _adam(weights: Floats, gradient: Floats, state: Sequence[Floats], rate: float, step: int) -> None:
    first, second = state
    first *= 0.9
    first += 0.1 * gradient
    second *= 0.99
    second += 0.01 * gradient * gradient
    size = rate / (1.0 - 0.9**step)
    weights += np.float32(size) * first / (np.sqrt(second / np.float32(1.0 - 0.99**step)) + np.float32(1e-3))


def posteriors(scores: Any, moves: Any, first: NDArray[np.int64]) -> tuple[Floats, NDArray[np.float64]]:
    """The labels' probabilities at each token (n, L), and the expected number of each transition (L + 1, L)."""
    node = np.zeros(scores.shape, dtype=np.float32)
    size = scores.shape[1]
    edge = np.zeros((size + 1, size))
    exp_moves = np.exp(np.asarray(moves, dtype=np.float64))
    inner, start = exp_moves[:size], exp_moves[size]
    lengths = np.diff(first)
    order = np.argsort(lengths, kind="stable")[::-1]
    local = np.exp(scores - scores.max(axis=1, keepdims=True)).astype(np.float64)
    longest = int(lengths.max(initial=0))
    at = first[:-1][order]
    alive = [int((lengths > t).sum()) for t in range(longest + 1)]
    alphas: list[NDArray[np.float64]] = []
    for t in range(longest):
        rows = at[: alive[t]] + t
        alpha = (start if t == 0 else alphas[-1][: alive[t]] @ inner) * local[rows]
        alphas.append(alpha / np.maximum(alpha.sum(axis=1, keepdims=True), TINY))
    beta = np.ones((0, size))
    for t in range(longest - 1, -1, -1):
        k = alive[t]
        rows = at[:k] + t
        full = np.ones((k, size))
        if len(beta):
            ahead = beta * local[rows[: len(beta)] + 1]
            back = ahead @ inner.T
            # the expected transitions from t to t + 1
            joint = alphas[t][: len(beta)]
            z = np.maximum((joint * back).sum(axis=1, keepdims=True), TINY)
            edge[:size] += (joint / z).T @ ahead * inner
            full[: len(beta)] = back / np.maximum(back.sum(axis=1, keepdims=True), TINY)
        p = alphas[t] * full
        p /= np.maximum(p.sum(axis=1, keepdims=True), TINY)
        node[rows] = p
        if t == 0:
            edge[size] = p.sum(axis=0)
        beta = full
    return node, edge


def marginals(features: Ints, table: Floats, moves: Floats, first: NDArray[np.int64]) -> Floats:
    """The labels' probabilities (n, L) of a document."""
    return posteriors(table.take(features.ravel(), axis=0).reshape(*features.shape, -1).sum(axis=1), moves, first)[0]
