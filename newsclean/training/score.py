"""The weights of the score: fitted on outlets and an independent rating of their domains, signs fixed beforehand.

An article is worth what its signals say; an outlet is the mean of its articles, nearer to the average the fewer they are
(James and Stein 1961), as :func:`newsclean.outlet_score` says it.  There are about a hundred rated outlets, so the fit is made to
learn little: ridge regression with weights that may not be negative (Lawson and Hanson 1974), one penalty that was not
searched for.  What shows how well it does is always out of fold, by outlet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls  # type: ignore[import-untyped]
from scipy.stats import rankdata, spearmanr  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newsclean.errors import InputError
from newsclean.evidence import Signal
from newsclean.pipeline import Cleaner
from newsclean.ratings import load_ratings
from newsclean.scoring import FARTHEST, FEWEST, KIND, ScoreModel
from newsclean.signals.catalogue import NAMES, measure
from newsclean.signals.reading import read
from newsclean.training.audit import records

__all__ = [
    "Articles",
    "Outlets",
    "Split",
    "area",
    "check",
    "fit",
    "logistic",
    "odds",
    "rank_correlation",
    "splits",
    "table",
]

Floats = NDArray[np.float64]

ENOUGH: Final = 5
"""Articles from which an outlet counts: the mean of fewer is mostly chance."""
STEADY: Final = 60
"""Articles at which an outlet has half the weight that any number could give it: few articles make noisy means, and noisy means flat slopes."""
PENALTY: Final = 0.1
"""Of the squared weights, beside a mean squared error over outlets: .05 to .2 do alike."""
FOLDS: Final = 10
SLUGS: Final = {
    "breitbart": "breitbart.com", "nyt": "nytimes.com", "politico": "politico.com", "usa-today": "usatoday.com", "wash-post": "washingtonpost.com",
    "west-journal": "westernjournal.com", "bbc.co.uk": "bbc.com",
}  # fmt: skip
"""Outlets that the corpus writes without their domain, or under two."""


@dataclass(frozen=True)
class Articles:
    """Scored articles: one row each.  ``values`` is NaN where a signal cannot be told, ``rating`` where nobody rated; ``kinds``:
    whether signals are compared with what is usual for the kind of article."""

    outlet: NDArray[np.str_]
    topic: NDArray[np.str_]
    rating: Floats
    values: Floats
    direction: NDArray[np.int64]
    kinds: bool = True

    def __getitem__(self, rows: Any) -> Articles:
        return replace(
            self,
            outlet=self.outlet[rows],
            topic=self.topic[rows],
            rating=self.rating[rows],
            values=self.values[rows],
        )

    def only(self, names: Sequence[str]) -> Articles:
        """The same with the other signals made mute."""
        muted = np.array([d if n in names else 0 for n, d in zip(NAMES, self.direction, strict=True)])
        return replace(self, direction=muted, kinds=self.kinds and KIND in names)


@dataclass(frozen=True)
class Outlets:
    """Outlets with a rating and articles enough: their number of articles, rating, and where each article belongs."""

    names: NDArray[np.str_]
    count: Floats
    rating: Floats
    at: NDArray[np.int64]

    @classmethod
    def of(cls, articles: Articles, least: int = ENOUGH) -> Outlets:
        names, first, back, count = np.unique(
            articles.outlet, return_index=True, return_inverse=True, return_counts=True
        )
        good = (count >= least) & ~np.isnan(articles.rating[first])
        number = np.where(good, np.cumsum(good) - 1, -1)
        return cls(names[good], count[good].astype(np.float64), articles.rating[first][good], number[back])

    def mean(self, values: Floats) -> Floats:
        """The outlets' means of a number, or a row of numbers, an article."""
        mine = self.at >= 0
        total = np.zeros((len(self.names), *values.shape[1:]))
        np.add.at(total, self.at[mine], values[mine])
        return total / self.count.reshape(-1, *([1] * (values.ndim - 1)))

    def nearer(self, mean: Floats, gain: Any) -> Floats:
        """Means of an outlet's articles, nearer to zero the fewer they are, as :func:`newsclean.outlet_score` has them."""
        result: Floats = mean * self.count / (self.count + gain)
        return result


@dataclass(frozen=True)
class Split:
    """What one cross-validation said of each article (NaN outside of the rated outlets), and of each outlet."""

    outlets: Outlets
    articles: Floats
    scores: Floats

    @property
    def spearman(self) -> float:
        return rank_correlation(self.scores, self.outlets.rating)

    @property
    def auc(self) -> float:
        return area(-self.scores, self.outlets.rating < 0.5)


def table(corpora: Path, *, every: int = 1) -> Articles:
    """The signals of every ``every``-th article of ``offtopic/news`` that has prose enough, with its outlet's rating."""
    ratings = load_ratings(corpora / "ratings" / "lin2023_domain_pc1.csv")
    rows: list[tuple[str, str, float, list[float]]] = []
    directions: dict[str, int] = {}
    for outlet, topic, text in _texts(corpora, every):
        found = _signals(text)
        if found is None:
            continue
        directions.update((name, s.direction) for name, s in found.items())
        known = ratings.of(outlet) if "." in outlet else None
        rating = float(known.value) if known else np.nan
        rows.append((outlet, topic, rating, [found[n].value if n in found else np.nan for n in NAMES]))
    if not rows:
        raise InputError(f"no article with prose enough in {corpora}")
    outlets, topics, rated, values = zip(*rows, strict=True)
    direction = np.array([directions.get(name, 0) for name in NAMES])
    return Articles(np.array(outlets), np.array(topics), np.array(rated), np.array(values), direction)


def _texts(corpora: Path, every: int) -> Iterator[tuple[str, str, str]]:
    for number, r in enumerate(records(corpora, "offtopic/news")):
        if number % every == 0:
            outlet = SLUGS.get(r["outlet"], r["outlet"])
            yield outlet, str(r.get("topic") or ""), "\n\n".join([str(r.get("title") or ""), *r["paragraphs"]]).strip()


_CLEANER: Final = Cleaner()


def _signals(text: str) -> dict[str, Signal] | None:
    reading = read(_CLEANER(text))
    return measure(reading) if reading.told and reading.words >= FEWEST else None


def fit(articles: Articles) -> ScoreModel:
    """A model of scores from rated outlets with at least five articles.

    Clipping and scales come from all articles, outlets alike; weights from the outlets' means; base and slope from
    what other outlets' weights say of each article.  Raises InputError for fewer than ten outlets.
    """
    outlets = Outlets.of(articles)
    if len(outlets.names) < 10:
        raise InputError(f"{len(outlets.names)} rated outlets with {ENOUGH} articles; a fit needs ten")
    scales = _scales(articles)
    z = _standard(articles, scales)
    weight = _regression(outlets.mean(z), outlets, np.ones(len(outlets.names), dtype=np.bool_), z.std(axis=0))
    slope, base = _calibration(z, outlets)
    gain = _gain(z @ weight, outlets, np.ones(len(outlets.names), dtype=np.bool_))
    known = {n: row for n, row in zip(NAMES, scales.T.tolist(), strict=True) if row[3] > 0}
    weights = {
        n: float(slope * w) for n, w, d in zip(NAMES, weight, articles.direction, strict=True) if d and n in known
    }
    held = {n: (row[0], row[1], row[2], row[3], row[4]) for n, row in known.items() if n in weights or n == KIND}
    return ScoreModel(weights, held, float(base), float(gain))


def odds(model: ScoreModel, articles: Articles) -> Floats:
    """The log-odds that a model gives each article: the shipped formula, for a whole table."""
    z = _standard(articles, np.array([model.scales.get(name, (0.0,) * 5) for name in NAMES]).T)
    result: Floats = model.base + z @ np.array([model.weights.get(name, 0.0) for name in NAMES])
    return result


def splits(articles: Articles, *, repeats: int = 10, seed: int = 0) -> Iterator[Split]:
    """Cross-validations by outlet, in ten parts: each outlet is the mean of its articles, by weights that saw none of them.

    Scores here are sums without base and slope, which differ from part to part; an outlet's is shrunk as
    :func:`newsclean.outlet_score` does, with the gain of the other parts.  Scales, which know no rating, come from all articles.
    """
    outlets = Outlets.of(articles)
    z = _standard(articles, _scales(articles))
    means = outlets.mean(z)
    rng = np.random.default_rng(seed)
    for _ in range(repeats):
        fold = rng.permutation(np.arange(len(outlets.names)) % FOLDS)
        weights = _fold_weights(z, outlets, fold)
        gains = np.array([_gain(z @ w, outlets, fold != k) for k, w in enumerate(weights)])
        alone = np.where(outlets.at >= 0, (z * weights[fold[outlets.at]]).sum(axis=1), np.nan)
        yield Split(outlets, alone, outlets.nearer((means * weights[fold]).sum(axis=1), gains[fold]))


def _fold_weights(z: Floats, outlets: Outlets, fold: NDArray[np.int64]) -> Floats:
    """For each part the weights that the other parts give."""
    means, spread = outlets.mean(z), z.std(axis=0)
    return np.array([_regression(means[fold != k], outlets, fold != k, spread) for k in range(FOLDS)])


def _scales(articles: Articles) -> Floats:
    """Lowest, highest, mean and deviation of each signal on the square-root scale, and slope, outlets weighing alike: (5, signals)."""
    rooted = np.sqrt(np.maximum(articles.values, 0))
    known = ~np.isnan(rooted)
    _, back, count = np.unique(articles.outlet, return_inverse=True, return_counts=True)
    weight = 1 / (count[back] + ENOUGH)
    scales = np.zeros((5, rooted.shape[1]))
    for i in np.flatnonzero(known.sum(axis=0) > ENOUGH):
        mine, w = rooted[known[:, i], i], weight[known[:, i]]
        low, high = np.quantile(mine, (0.01, 0.98))
        high = high if high > low else mine.max()
        mine = np.clip(mine, low, high)
        mean = np.average(mine, weights=w)
        deviation = np.sqrt(np.average((mine - mean) ** 2, weights=w))
        scales[:4, i] = low, high, mean, deviation if deviation >= 1e-3 else 0.0
    z, share = _deviations(articles, scales), weight[:, None] * known
    kind = z[:, [NAMES.index(KIND)]] if articles.kinds else np.zeros((len(z), 1))
    off = kind - (share * kind).sum(axis=0) / np.maximum(share.sum(axis=0), 1e-9)
    scales[4] = (share * off * z).sum(axis=0) / np.maximum((share * off**2).sum(axis=0), 1e-9)
    scales[4, NAMES.index(KIND)] = 0.0
    return scales


def _deviations(articles: Articles, scales: Floats) -> Floats:
    """Each value in deviations; 0 where a signal cannot be told."""
    low, high, mean, deviation = scales[:4]
    rooted = np.clip(np.sqrt(np.maximum(articles.values, 0)), low, high)
    z = np.nan_to_num((rooted - mean) / np.where(deviation > 0, deviation, np.inf))
    result: Floats = np.clip(z, -FARTHEST, FARTHEST)
    return result


def _standard(articles: Articles, scales: Floats) -> Floats:
    """Each value in deviations from what is expected of an article's kind, turned so that more is better."""
    z = _deviations(articles, scales)
    expected = scales[4] * z[:, [NAMES.index(KIND)]]
    result: Floats = np.where(np.isnan(articles.values), 0.0, z - expected) * articles.direction
    return result


def _regression(means: Floats, outlets: Outlets, among: NDArray[np.bool_], spread: Floats) -> Floats:
    """Ridge weights, none negative, from some outlets' mean signals to their ratings; signals are penalised at their spread."""
    rating, count = outlets.rating[among], outlets.count[among]
    weight = count / (count + STEADY)
    weight = weight / weight.sum()
    root = np.sqrt(weight)
    rows = np.vstack([(means - weight @ means) * root[:, None], np.sqrt(PENALTY) * np.diag(spread)])
    wanted = np.concatenate([(rating - weight @ rating) * root, np.zeros(means.shape[1])])
    weights: Floats = nnls(rows, wanted)[0]
    return weights


def _gain(alone: Floats, outlets: Outlets, among: NDArray[np.bool_]) -> float:
    """How many articles halve the doubt about an outlet: variance of a sum within outlets by that between them."""
    mean = outlets.mean(alone)
    off = np.where(outlets.at >= 0, alone - mean[outlets.at], 0.0)
    within = (outlets.mean(off**2) * outlets.count / (outlets.count - 1))[among]
    between = mean[among].var() - (within / outlets.count[among]).mean()
    return float(within.mean() / max(between, 1e-9))


def _calibration(z: Floats, outlets: Outlets) -> tuple[float, float]:
    """Slope and base that turn an article's sum into log-odds of its outlet's rating."""
    fold = np.random.default_rng(0).permutation(np.arange(len(outlets.names)) % FOLDS)
    weights = _fold_weights(z, outlets, fold)
    mine = outlets.at >= 0
    at = outlets.at[mine]
    return logistic((z[mine] * weights[fold[at]]).sum(axis=1), outlets.rating[at], 1 / outlets.count[at])


def logistic(x: Floats, share: Floats, weight: Floats) -> tuple[float, float]:
    """Slope and base of a logistic curve through shares in [0, 1] (Platt 1999 with fractional labels)."""
    model = LogisticRegression(C=1e6)
    both = np.concatenate([x, x])[:, None]
    label = np.repeat([1, 0], len(x))
    model.fit(both, label, sample_weight=np.concatenate([share * weight, (1 - share) * weight]))
    return max(0.0, float(model.coef_[0, 0])), float(model.intercept_[0])


def rank_correlation(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation."""
    return float(spearmanr(a, b)[0])


def area(scores: Floats, positive: NDArray[np.bool_]) -> float:
    """The area under the ROC curve; NaN where one of the classes is missing."""
    ranks, many = rankdata(scores), int(positive.sum())
    few = len(scores) - many
    return float((ranks[positive].sum() - many * (many + 1) / 2) / (many * few)) if many and few else float("nan")


def check(articles: Articles, *, repeats: int = 10) -> dict[str, Any]:
    """Out-of-fold figures: outlets, Spearman and AUC over splits, and the same for single articles."""
    found = list(splits(articles, repeats=repeats))
    rated = articles.rating[found[0].outlets.at >= 0]
    alone = [s.articles[s.outlets.at >= 0] for s in found]
    figures = {
        "spearman": [s.spearman for s in found],
        "auc_under_half": [s.auc for s in found],
        "article_spearman": [rank_correlation(a, rated) for a in alone],
        "article_auc_under_half": [area(-a, rated < 0.5) for a in alone],
    }
    spread = {name: [round(float(np.mean(v)), 3), round(float(np.std(v)), 3)] for name, v in figures.items()}
    return {"outlets": len(found[0].outlets.names), "under_half": int((found[0].outlets.rating < 0.5).sum()), **spread}
