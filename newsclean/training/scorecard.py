"""The card of the model of scores: what it was made of, how well it does out of fold, what it can and cannot tell."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from newsclean.scoring import FEWEST, KIND, ScoreModel
from newsclean.signals.catalogue import GROUPS
from newsclean.training.score import ENOUGH, Articles, check, logistic, splits

__all__ = ["card"]

CAN: Final = "how the articles of an outlet are sourced and written on the whole: rank outlets by several articles, flag one whose sourcing changes"
CANNOT: Final = "whether an article is true; what one article is worth; outlets in other languages than English; satire; who is right"


def card(articles: Articles, model: ScoreModel) -> dict[str, Any]:
    """What goes beside the weights."""
    kinds = {f.__name__: group for group, functions in GROUPS.items() for f in functions}
    ordered = sorted(model.weights.items(), key=lambda item: -item[1])
    return {
        "name": "score",
        "what": "weights of an article's signals, fitted on outlets and the rating of their domains",
        "formula": "1 / (1 + exp(-(base + sum(weight * direction * (standardised signal - slope * kind)))))",
        "kind": f"the standardised signal {KIND!r}: like is compared with like",
        "can_tell": CAN,
        "cannot_tell": CANNOT,
        "least_words": FEWEST,
        "data": {
            "articles": len(articles.outlet),
            "outlets": f"newsclean development corpus offtopic/news, {ENOUGH} articles or more each",
            "rating": "pc1 of Lin et al. 2023, doi 10.1093/pnasnexus/pgad286",
        },
        "weights": {name: {"group": kinds[name], "weight": round(weight, 4)} for name, weight in ordered if weight > 0},
        "no_weight": sorted(name for name, weight in ordered if weight == 0),
        "out_of_fold": check(articles),
        "reliability": reliability(articles),
    }


def reliability(articles: Articles, bins: int = 8) -> list[dict[str, float]]:
    """Single articles by score, out of fold: mean score, mean rating of their outlets, how many."""
    (split,) = splits(articles, repeats=1)
    rows = np.flatnonzero(split.outlets.at >= 0)
    raw, rating, at = split.articles[rows], articles.rating[rows], split.outlets.at[rows]
    slope, base = logistic(raw, rating, 1 / split.outlets.count[at])
    score = 1 / (1 + np.exp(-(base + slope * raw)))
    parts = np.array_split(np.argsort(score, kind="stable"), bins)
    return [
        {"score": round(float(score[p].mean()), 3), "rating": round(float(rating[p].mean()), 3), "articles": len(p)}
        for p in parts
    ]
