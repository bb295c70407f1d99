"""Training: how the models are made from corpora - and here what all of it shares, documents as numbers and words.

``python -m newsclean.training --help`` says what can be trained.  Nothing here is needed to clean a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

from newsclean.detectors.features import NGRAMS, STEMS, TOPICS, Read, Tables, ngrams, read
from newsclean.detectors.offtopic import JUDGED

__all__ = ["FOLDS", "Background", "Data", "background", "worded"]

Floats = NDArray[np.float64]

FOLDS: Final = 4
"""Parts of the training data; what a part's paragraphs are told by the other models comes from the other parts."""
CLEAN: Final = 40_000
"""About so many content paragraphs teach the two logits."""
WINDOW: Final = 3
"""Paragraphs that make one context for the LSA."""


@dataclass(frozen=True)
class Data:
    """Documents as numbers; all but ``reads`` and ``fold`` have one entry a paragraph."""

    reads: list[Read]
    fold: NDArray[np.int64]
    doc: NDArray[np.int64]
    labels: NDArray[np.int64]
    weights: Floats
    judged: NDArray[np.bool_]

    @classmethod
    def of(cls, docs: Sequence[Sequence[str]], labels: Any, weights: Any, groups: Sequence[Any]) -> Data:
        names = {g: i for i, g in enumerate(dict.fromkeys(groups))}
        if len(names) < 2:
            names, groups = {i: i for i in range(len(docs))}, range(len(docs))
        return cls(
            [read(doc) for doc in docs],
            np.array([names[g] % FOLDS for g in groups]),
            np.repeat(np.arange(len(docs)), [len(doc) for doc in docs]),
            np.concatenate(labels),
            np.concatenate(weights),
            np.array([len(text) >= JUDGED for doc in docs for text in doc]),
        )

    def text(self, row: int) -> str:
        """The paragraph of a row."""
        doc = int(self.doc[row])
        return self.reads[doc].texts[row - int(self.first[doc])]

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """The first row of each document."""
        return np.searchsorted(self.doc, np.arange(len(self.reads)))

    @property
    def foreign(self) -> NDArray[np.bool_]:
        """Whether a row is labelled foreign."""
        return np.isin(self.labels, (1, 2))

    @property
    def used(self) -> NDArray[np.bool_]:
        return self.judged & (self.labels >= 0)


@dataclass(frozen=True)
class Background:
    """What is learned without labels: idf and LSA of the documents' own paragraphs."""

    idf: NDArray[np.float32]
    lsa: NDArray[np.float32]


def background(data: Data, topics: int, seed: int) -> Background:
    seen, total = np.ones(STEMS), 1
    own = (data.labels == 0) | (data.labels == 3)
    chosen: list[tuple[NDArray[np.int64], NDArray[np.int64]]] = []
    for doc, start in zip(data.reads, data.first, strict=True):
        mine = own[start : start + len(doc.size)][doc.par]
        par, tokens = doc.par[mine], doc.tokens[mine]
        stems = doc.stems[tokens] & (STEMS - 1)
        seen += np.bincount(np.unique(par * STEMS + stems) % STEMS, minlength=STEMS)
        total += int(own[start : start + len(doc.size)].sum())
        chosen.append((par // WINDOW, stems))
    idf = np.log((total + 1) / seen).astype(np.float32)
    return Background(idf, _lsa(chosen, idf, topics, seed))


def _lsa(windows: Iterable[tuple[Any, Any]], idf: NDArray[np.float32], topics: int, seed: int) -> NDArray[np.float32]:
    rows, columns, values = [], [], []
    at = 0
    for window, stems in windows:
        if not len(window):
            continue
        key, count = np.unique(window * STEMS + stems, return_counts=True)
        row, stem = key // STEMS, key % STEMS
        value = (1.0 + np.log(count)) * idf[stem]
        value /= np.sqrt(np.bincount(row, weights=value * value))[row] + 1e-9
        rows.append(row + at)
        columns.append(stem & (TOPICS - 1))
        values.append(value.astype(np.float32))
        at += int(row.max()) + 1
    held = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    counts = csr_matrix(held, shape=(at, TOPICS))
    k = min(topics, at - 1)
    _, sizes, vectors = randomized_svd(counts, k + 1, n_iter=3, random_state=seed)
    # The first direction is what all news shares; the others weigh as the square root of what they explain.
    scaled: NDArray[np.float32] = (vectors[1:] * np.sqrt(sizes[1:] / max(float(sizes[1]), 1e-9))[:, None]).T
    return scaled.astype(np.float32)


def worded(data: Data, known: Background, among: NDArray[np.bool_]) -> Tables:
    """The tables with the two logits' weights, from the adverts, news and other own prose of some documents."""
    rows = np.flatnonzero(among[data.doc] & data.used & (data.weights > 0))
    news, advert, other = (_distinct(data, rows[data.labels[rows] == kind]) for kind in (0, 2, 3))
    advert = advert or _distinct(data, rows[data.labels[rows] == 1])
    news = news[:: max(1, len(news) // CLEAN)]
    empty = np.zeros(NGRAMS, dtype=np.float32)
    if not news or not advert:
        return Tables(known.idf, known.lsa, empty, empty)
    read_all = read([*news, *advert, *other])
    grams, par = ngrams(read_all)
    held = (1 / np.sqrt(2.0 * read_all.size[par]), (par, grams))
    counts = csr_matrix(held, shape=(len(read_all.size), NGRAMS))
    y = np.repeat([0, 1], [len(news), len(advert) + len(other)])
    both = len(news) + len(advert)
    sale = _weights(counts[:both], y[:both])
    web = _weights(counts, y) if other else sale
    return Tables.unpacked(Tables(known.idf, known.lsa, web, sale).packed())


def _distinct(data: Data, rows: NDArray[np.int64]) -> list[str]:
    return list(dict.fromkeys(data.text(row) for row in rows))


def _weights(counts: Any, y: Any) -> NDArray[np.float32]:
    model = LogisticRegression(C=4.0, solver="liblinear", class_weight="balanced", tol=1e-2, random_state=0)
    weights: NDArray[np.float32] = model.fit(counts, y).coef_[0].astype(np.float32)
    return weights
