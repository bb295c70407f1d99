"""Measures: what a model finds of each kind of foreign paragraph, at what cost to clean ones, and the card that says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors.offtopic import JUDGED
from newsclean.estimators import OffTopicClassifier
from newsclean.training.audit import judgements
from newsclean.training.offtopic import GROUPS, PROMOTION, Made

__all__ = ["RATES", "card", "figures"]

RATES: Final = (0.001, 0.0025, 0.005, 0.01)


def figures(made: Sequence[Made], scores: NDArray[np.float64], *, resamples: int = 100) -> dict[str, Any]:
    """What ``scores``, one a paragraph of ``made``, find of each kind at each false-positive rate on clean news.

    Thresholds are set in each fold on its clean paragraphs of 60 code points or more, and the folds' recalls averaged.
    ``promotion`` and the categories of it are adverts in news articles; ``promotion elsewhere`` are those in guides,
    shops' pages and sources taken whole, where they stand among their like, ``promotion everywhere`` is both.
    Intervals are the middle 95 % over bootstrap resamples of the documents.
    """
    kinds = np.array([k for doc in made for k in doc.kinds])
    length = np.array([len(t) for doc in made for t in doc.texts])
    doc = np.repeat(np.arange(len(made)), [len(d.texts) for d in made])
    fold = np.array([d.fold for d in made])[doc]
    advert = np.isin(kinds, [c for group in GROUPS for c in group])
    news = np.array([0 in d.labels for d in made])[doc]
    listed = np.array([any(k.startswith("list") for k in d.kinds) for d in made])[doc]
    chosen = {k: (kinds == k) & (news | ~advert) for k in set(kinds)} | {
        "promotion": advert & news, "promotion elsewhere": advert & ~news & ~listed,
        "promotion everywhere": advert & ~listed, "taken whole": np.array([k.startswith("whole") for k in kinds]),
    }  # fmt: skip
    least = {"clean": JUDGED, "hard": JUDGED}
    rows = {k: np.flatnonzero(those & (length >= least.get(k, PROMOTION))) for k, those in chosen.items()}
    rng = np.random.default_rng(0)
    plain = _recalls(rows, scores, fold, np.ones(len(scores)))
    drawn = [
        _recalls(
            rows,
            scores,
            fold,
            np.bincount(rng.integers(0, len(made), len(made)), minlength=len(made))[doc].astype(float),
        )
        for _ in range(resamples)
    ]
    found: dict[str, Any] = {}
    for (kind, rate), value in sorted(plain.items()):
        low, high = (
            np.quantile([d[kind, rate] for d in drawn if (kind, rate) in d], (0.025, 0.975))
            if drawn
            else (value, value)
        )
        entry = found.setdefault(kind, {"paragraphs": len(rows[kind])})
        entry[f"{100 * rate:g}%"] = [round(float(v), 4) for v in (value, low, high)]
    return found


def _recalls(
    rows: Mapping[str, NDArray[np.int64]],
    scores: NDArray[np.float64],
    fold: NDArray[np.int64],
    weight: NDArray[np.float64],
) -> dict[tuple[str, float], float]:
    parts: dict[tuple[str, float], list[float]] = defaultdict(list)
    for k in np.unique(fold):
        own = rows["clean"][fold[rows["clean"]] == k]
        order = own[np.argsort(-scores[own], kind="stable")]
        spent = np.cumsum(weight[order]) / max(weight[order].sum(), 1e-9)
        for rate in RATES:
            limit = scores[order[min(int(np.searchsorted(spent, rate)), len(order) - 1)]]
            for kind, all_of_it in rows.items():
                here = all_of_it[fold[all_of_it] == k]
                if len(here) and weight[here].sum() > 0:
                    parts[kind, rate].append(float(np.average(scores[here] > limit, weights=weight[here])))
    return {key: float(np.mean(values)) for key, values in parts.items()}


def card(made: Sequence[Made], classifier: OffTopicClassifier) -> dict[str, Any]:
    """What the model's card says: data by public name, counts, figures out of fold, thresholds, reliability."""
    scores = np.nan_to_num(classifier.out_of_fold_)
    foreign = np.array([v in (1, 2) for doc in made for v in doc.labels])
    judged = ~np.isnan(classifier.out_of_fold_)
    bins = np.clip((scores[judged] * 10).astype(int), 0, 9)
    reliability = [
        {
            "from": i / 10, "paragraphs": int((bins == i).sum()),
            "said": round(float(scores[judged][bins == i].mean()), 4),
            "true": round(float((foreign[judged][bins == i]).mean()), 4),
        }
        for i in range(10) if (bins == i).any()
    ]  # fmt: skip
    model = classifier.model_
    return {
        "estimator": classifier.get_params(),
        "what": "how likely a paragraph is foreign to its document; probabilities refer to the synthetic mixture",
        "language": "en",
        "data": [
            "ramybaly/Article-Bias-Prediction (Apache-2.0; text belongs to the publishers)", "PolNeAR", "BBC 2004-5",
            "fundus", "web-content-extraction-benchmark, development split (CC BY 4.0)",
            "promotional text of public repositories and of the AdAnalyst/ProPublica collection",
        ],
        "documents": len(made),
        "kinds": dict(sorted(Counter(k for doc in made for k in doc.kinds).items())),
        "judged_by_eye": len(judgements()),
        "folds": {"by": "outlet", "withheld": [list(group) for group in GROUPS]},
        "out_of_fold": figures(made, scores),
        "thresholds": {"flag": model.thresholds[0], "strip": model.thresholds[1]},
        "score": {"0": 0.0, "flag": 0.5, "strip": 0.8, "1": 1.0},
        "reliability": reliability,
    }  # fmt: skip
