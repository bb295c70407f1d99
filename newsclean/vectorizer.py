# ruff: noqa: N803 - X is what scikit-learn calls it
"""Vectorizer: articles as a numeric matrix of their signals, for models of your own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin  # type: ignore[import-untyped]
from sklearn.utils.validation import check_is_fitted  # type: ignore[import-untyped]

from newsclean.article import Article
from newsclean.errors import InputError
from newsclean.pipeline import Cleaner
from newsclean.signals.catalogue import GROUPS, NAMES, measure
from newsclean.signals.reading import read

__all__ = ["ProvenanceVectorizer"]


class ProvenanceVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Articles to a matrix with a column a signal: how they are sourced and written, and nothing of what they are about.

    Parameters
    ----------
    groups : the groups of signals to take (``newsclean.signals.catalogue.GROUPS``); None is all.
    missing : ``"mean"`` puts the training articles' mean where a signal cannot be told (0 if it never can), ``"nan"``
        leaves NaN there.
    scale : ``"root"`` for square roots, which tame rates; ``"raw"`` for the values as a scorecard shows them.

    Attributes
    ----------
    mean_ : (n_features,) what stands where a signal cannot be told.
    n_features_out_ : number of columns.

    Input is a sequence of articles or of texts, which are annotated first; InputError for anything else.

    >>> X = ProvenanceVectorizer(groups=("style",)).fit_transform(["Rain fell on the town, and nobody was on the pier at all that day."])
    >>> X.shape, ProvenanceVectorizer(groups=("headline",)).fit([]).get_feature_names_out().tolist()
    ((1, 22), ['clickbait', 'headline_loaded', 'headline_quotes', 'headline_capitals', 'headline_unborne'])
    """

    def __init__(
        self,
        *,
        groups: Iterable[str] | None = None,
        missing: Literal["mean", "nan"] = "mean",
        scale: Literal["root", "raw"] = "root",
    ) -> None:
        self.groups = groups
        self.missing = missing
        self.scale = scale

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learns the columns' means over articles; ``y`` is ignored."""
        values = self._values(X)
        known = ~np.isnan(values)
        self.mean_ = np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        self.n_features_out_ = len(self.mean_)
        return self

    def transform(self, X: Any) -> NDArray[np.float64]:
        """(articles, signals) float64; what cannot be told is the mean or NaN, as ``missing`` says."""
        check_is_fitted(self)
        values = self._values(X)
        return values if self.missing == "nan" else np.where(np.isnan(values), self.mean_, values)

    def get_feature_names_out(self, input_features: Any = None) -> NDArray[np.object_]:
        """The names of the columns; ``input_features`` is ignored."""
        check_is_fitted(self)
        return np.array(self._names(), dtype=object)

    def _names(self) -> list[str]:
        groups = tuple(GROUPS) if self.groups is None else tuple(self.groups)
        unknown = sorted(set(groups) - set(GROUPS))
        if unknown or self.missing not in ("mean", "nan") or self.scale not in ("root", "raw"):
            raise InputError(
                f"groups are some of {', '.join(GROUPS)}, missing is mean or nan, scale root or raw; not {unknown or (self.missing, self.scale)}"
            )
        wanted = {f.__name__ for group in groups for f in GROUPS[group]}
        return [name for name in NAMES if name in wanted]

    def _values(self, X: Any) -> NDArray[np.float64]:
        if isinstance(X, str | Article):
            raise InputError("articles come in a sequence; put the one in a list")
        names, cleaner = self._names(), Cleaner()
        rows = []
        for item in X:
            signals = measure(read(item if isinstance(item, Article) else cleaner(item)))
            rows.append([signals[n].value if n in signals else np.nan for n in names])
        values = np.array(rows, dtype=np.float64).reshape(len(rows), len(names))
        return np.sqrt(np.maximum(values, 0.0)) if self.scale == "root" else values
