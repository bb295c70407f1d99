# ruff: noqa: N803 - X is what scikit-learn calls it
"""Estimators: the scikit-learn faces of newsclean, to tune on your own labels and to save what you get.

This module imports scikit-learn; ``import newsclean`` does not import this module.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator  # type: ignore[import-untyped]
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import average_precision_score  # type: ignore[import-untyped]
from sklearn.utils.validation import check_is_fitted  # type: ignore[import-untyped]

from newsclean.detectors.features import FEATURES, features, stacked
from newsclean.detectors.offtopic import JUDGED, OffTopicModel
from newsclean.detectors.shape import spared
from newsclean.errors import InputError
from newsclean.persist import Forest
from newsclean.training import FOLDS, Background, Data, background, worded
from newsclean.vectorizer import ProvenanceVectorizer

__all__ = ["OffTopicClassifier", "ProvenanceVectorizer"]

Floats = NDArray[np.float64]

CLEAN: Final = 50_000
"""About so many easy content paragraphs teach a forest; the rest is drawn away, and those that stay weigh more."""
DOUBTFUL: Final = -4.0
"""Content paragraphs of more log-odds than this by the first look all teach the second."""
SALE, WEB = FEATURES.index("sale"), FEATURES.index("logit_doc")
FLAGGED, STRIPPED = 0.0025, 0.001
"""The shares of content paragraphs that the two thresholds may cost, out of fold."""


class OffTopicClassifier(BaseEstimator):  # type: ignore[misc]
    """Says for each paragraph of a document how likely it is foreign to it.

    Two looks of gradient-boosted trees (Friedman 2001; LightGBM-style histograms) over
    :data:`newsclean.detectors.features.FEATURES`; the second look also sees what the first thought of the
    neighbours, so that runs are judged together (stacking, Wolpert 1992).  Everything a look learns from is out of
    fold.  Probabilities are calibrated out of fold (Platt 1999).  It is English: other languages have no idf here.

    Parameters
    ----------
    trees : boosting rounds of each look.
    leaves : leaves of a tree.
    topics : dimensions of the LSA.
    random_state : seed of everything; the same data gives the same model.

    Attributes
    ----------
    model_ : the :class:`~newsclean.detectors.offtopic.OffTopicModel` that newsclean's detector runs, without
        scikit-learn.
    out_of_fold_ : (paragraphs,) the calibrated probability of each training paragraph by models that had seen
        neither it nor its group; NaN for those that are too short to be judged.
    classes_ : ``[0, 1]``.

    >>> import newsclean.detectors.offtopic as detector
    >>> boats = [f"The harbour crew {v} the boats at the pier on day {i} of the strike." for i, v in enumerate(["tied", "left"] * 4)]
    >>> advert = "Our app lets you compare loans in one easy step, so download it and save today!"
    >>> X = [[*boats[:k], advert, *boats[k:]] for k in range(8)]
    >>> y = [[0] * k + [2] + [0] * (8 - k) for k in range(8)]
    >>> classifier = OffTopicClassifier(trees=10, topics=2).fit(X, y)
    >>> classifier.predict_proba(X[:1]).shape
    (9, 2)
    """

    def __init__(self, *, trees: int = 200, leaves: int = 31, topics: int = 64, random_state: int = 0) -> None:
        self.trees = trees
        self.leaves = leaves
        self.topics = topics
        self.random_state = random_state

    def fit(self, X: Any, y: Any, *, groups: Any = None, sample_weight: Any = None) -> Self:
        """Learns from labelled paragraphs in their documents.

        Parameters
        ----------
        X : documents, a sequence of sequences of str; or paragraphs, a sequence of str in reading order.
        y : one label a paragraph, nested as X is: 0 the document's own, 1 foreign, 2 foreign and promotional, 3 the
            document's own in a document that is no news (a guide, a review, a shop's page: it teaches how the web
            talks elsewhere), -1 unknown (read, but learned from by nobody).  Without any 2 the 1 count as such.
        groups : for documents one value each, such as the outlet; groups are never torn apart between folds.
            For paragraphs, and then needed: the document each belongs to.
        sample_weight : one weight a paragraph, nested as X is.

        Raises
        ------
        InputError : lengths that do not fit, a label that is none of these, or no foreign or no own paragraph.
        """
        docs, labels, weights, groups = _training(X, y, groups, sample_weight)
        data = Data.of(docs, labels, weights, groups)
        if len(set(data.foreign[data.used & (data.weights > 0)].tolist())) < 2:
            raise InputError(f"of paragraphs long enough to be judged ({JUDGED}), fit needs foreign ones and own ones")
        state = np.random.RandomState(self.random_state)
        known = background(data, self.topics, state.randint(2**31))
        matrix = np.concatenate(self._matrices(data, known))
        first = self._look(data, matrix, data.weights > 1)
        second_matrix = _restacked(data, matrix, first.out_of_fold)
        second = self._look(data, second_matrix, first.out_of_fold > DOUBTFUL)
        used = data.used & (data.weights > 0)
        model = OffTopicModel(
            worded(data, known, np.ones(len(data.fold), dtype=np.bool_)), first.forest, second.forest,
            _platt(second.out_of_fold[used], data.foreign[used]), (0.5, 0.9),
            np.median(matrix[used & (data.labels == 0)], axis=0),
            _cut(matrix[used, SALE], data.labels[used], (1, 2)), _cut(matrix[used, WEB], data.labels[used], (0, 3)),
        )  # fmt: skip
        exempt = np.array([spared(text) for doc in docs for text in doc], dtype=np.bool_)
        p = np.where(exempt, 0.0, model.calibrated(second.out_of_fold, matrix))
        own = p[used & (data.labels == 0)]
        cuts = (float(np.quantile(own, 1 - FLAGGED)), float(np.quantile(own, 1 - STRIPPED)))
        self.model_ = replace(model, thresholds=cuts)
        self.out_of_fold_ = np.where(data.judged, p, np.nan)
        self.classes_ = np.array([0, 1])
        self.n_documents_ = len(docs)
        return self

    def predict_proba(self, X: Any, *, groups: Any = None) -> Floats:
        """(paragraphs, 2) probabilities of being the document's own and of being foreign, in reading order.

        ``X`` as for :meth:`fit`; plain paragraphs without ``groups`` are one document.  A paragraph too short to be
        judged (under 60 code points) is its own document's with certainty.
        """
        check_is_fitted(self)
        docs = _documents(X) if groups is None else _split(_texts(X), groups)
        foreign = np.concatenate([np.zeros(0), *(self.model_.probabilities(doc) for doc in docs)])
        return np.column_stack([1.0 - foreign, foreign])

    def predict(self, X: Any, *, groups: Any = None) -> NDArray[np.int64]:
        """(paragraphs,) 1 where the probability reaches the flagging threshold."""
        return (self.predict_proba(X, groups=groups)[:, 1] >= self.model_.thresholds[0]).astype(np.int64)

    def score(self, X: Any, y: Any, *, groups: Any = None) -> float:
        """Average precision (area under precision and recall) over all paragraphs whose label is known."""
        flat = np.concatenate([np.zeros(0, dtype=np.int64), *(np.atleast_1d(np.asarray(one)) for one in y)])
        known = flat >= 0
        found = self.predict_proba(X, groups=groups)[:, 1]
        return float(average_precision_score((flat == 1)[known] | (flat == 2)[known], found[known]))

    def save(self, path: str | os.PathLike[str], *, card: dict[str, Any] | None = None) -> str:
        """Writes ``path.npz`` and its card (see :mod:`newsclean.persist`); returns the digest."""
        check_is_fitted(self)
        return self.model_.save(path, {"estimator": self.get_params(), **(card or {})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """A fitted classifier from what :meth:`save` wrote; ModelError when the files are not whole."""
        model = OffTopicModel.load(path)
        made = cls(**model.card.get("estimator", {}))
        made.model_, made.classes_ = model, np.array([0, 1])
        return made

    def _matrices(self, data: Data, known: Background) -> list[NDArray[np.float32]]:
        """Each document's features with word weights learned from the other folds."""
        by_fold = {k: worded(data, known, data.fold != k) for k in range(FOLDS)}
        return [features(doc, by_fold[k]) for doc, k in zip(data.reads, data.fold, strict=True)]

    def _look(self, data: Data, matrix: NDArray[np.float32], hard: NDArray[np.bool_]) -> _Look:
        """A forest from everything, and each paragraph's log-odds by a forest that has not seen its fold."""
        folds = data.fold[data.doc]
        out = np.full(len(matrix), -9.0)
        for k in np.unique(folds):
            here = (folds == k) & data.judged
            out[here] = self._grow(data, matrix, folds != k, hard).raw(matrix[here])
        return _Look(self._grow(data, matrix, np.ones(len(matrix), dtype=np.bool_), hard), out)

    def _grow(
        self, data: Data, matrix: NDArray[np.float32], among: NDArray[np.bool_], hard: NDArray[np.bool_]
    ) -> Forest:
        """A forest from some rows: all foreign and all hard ones, and of the others as many as CLEAN says."""
        rng = np.random.default_rng(self.random_state)
        rows = np.flatnonzero(among & data.used & (data.weights > 0))
        easy = ~data.foreign[rows] & ~hard[rows]
        share = min(1.0, CLEAN / max(1, int(easy.sum())))
        stay = ~easy | (rng.random(len(rows)) < share)
        weight = np.where(easy, data.weights[rows] / share, data.weights[rows])[stay]
        forest = HistGradientBoostingClassifier(
            learning_rate=0.08, max_iter=self.trees, max_leaf_nodes=self.leaves, max_depth=8, max_bins=128,
            min_samples_leaf=min(60, 1 + len(rows) // 200), l2_regularization=5.0, max_features=0.5,
            early_stopping=False, random_state=self.random_state,
        )  # fmt: skip
        rows = rows[stay]
        return Forest.of(forest.fit(matrix[rows], data.foreign[rows], sample_weight=weight))


@dataclass(frozen=True)
class _Look:
    forest: Forest
    out_of_fold: Floats


def _restacked(data: Data, matrix: NDArray[np.float32], scores: Floats) -> NDArray[np.float32]:
    ends = np.flatnonzero(np.diff(data.doc, append=-1)) + 1
    starts = np.concatenate([[0], ends[:-1]])
    return np.concatenate([stacked(matrix[a:b], scores[a:b]) for a, b in zip(starts, ends, strict=True)])


def _platt(raw: Floats, y: NDArray[np.bool_]) -> tuple[float, float]:
    model = LogisticRegression(C=1e6).fit(raw[:, None], y)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _cut(values: NDArray[np.float32], labels: NDArray[np.int64], kinds: tuple[int, int]) -> float:
    """The value that best tells the first kind, which lies below, from the second; infinite where one is missing."""
    low, high = (np.sort(values[labels == kind].astype(np.float64)) for kind in kinds)
    if not len(high):
        return float("inf")
    if not len(low):
        return float("-inf")
    cuts = np.linspace(low[0], high[-1], 200)
    right = np.searchsorted(low, cuts) / len(low) - np.searchsorted(high, cuts) / len(high)
    return float(cuts[right.argmax()])


def _training(X: Any, y: Any, groups: Any, weight: Any) -> tuple[list[list[str]], list[Any], list[Any], Sequence[Any]]:
    """Documents, their labels, their weights and a group each, whatever shape they came in."""
    if len(X) and not isinstance(X, str) and isinstance(X[0], str):
        if groups is None:
            raise InputError("paragraphs need groups: the document that each belongs to")
        docs = _split(_texts(X), groups)
        y, weight = (None if v is None else _split(list(v), groups) for v in (y, weight))
        groups = None
    else:
        docs = _documents(X)
    groups = list(range(len(docs))) if groups is None else list(groups)
    if y is None or len(y) != len(docs) or len(groups) != len(docs) or len(docs) < 2:
        raise InputError(
            f"{len(docs)} documents, of which fit needs two, need as many rows of labels and as many groups"
        )
    labels: list[Any] = [np.asarray(one, dtype=np.int64) for one in y]
    given: Sequence[Any] = labels if weight is None else weight
    weights: list[Any] = [np.ones(len(w)) if weight is None else np.asarray(w, dtype=np.float64) for w in given]
    for i, doc in enumerate(docs):
        if not len(doc) == len(labels[i]) == len(weights[i]):
            raise InputError(f"document {i}: {len(doc)} paragraphs, {len(labels[i])} labels, {len(weights[i])} weights")
    known = set(np.concatenate(labels).tolist())
    if not known <= {-1, 0, 1, 2, 3} or 0 not in known or not known & {1, 2}:
        raise InputError(f"labels are 0, 1, 2, 3 and -1, among them 0 and one of 1 and 2; not only {sorted(known)}")
    return docs, labels, weights, groups


def _documents(X: Any) -> list[list[str]]:
    if isinstance(X, str):
        raise InputError("documents are sequences of paragraphs, not one str; newsclean.segment makes them")
    if len(X) and isinstance(X[0], str):
        return [_texts(X)]
    return [_texts(doc) for doc in X]


def _texts(paragraphs: Any) -> list[str]:
    texts = list(paragraphs)
    for text in texts:
        if not isinstance(text, str):
            raise InputError(f"a paragraph is a str, not {type(text).__name__}")
    return texts


def _split(items: list[Any], groups: Any) -> list[list[Any]]:
    """Items by their group, groups in the order of their first item."""
    if len(items) != len(groups):
        raise InputError(f"{len(items)} paragraphs and {len(groups)} groups")
    parts: dict[Any, list[Any]] = {}
    for item, group in zip(items, groups, strict=True):
        parts.setdefault(group, []).append(item)
    return list(parts.values())
