"""Does the scorecard say anything about outlets?  Against an independent rating, out of fold by outlet.

    python -m tests.benchmarks.scorecard [--every N] [--cache FILE.npz]

Prints the table of ``crude`` (eighteen counts by regular expressions, FINDINGS section 5), ``style`` (the signals of
manner alone, after NELA) and ``ours``; ``ours`` without each group and with each group alone; the controls for length and
topic; outlets that nothing was tuned on; and what a single article's score is worth.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.signals.catalogue import GROUPS, NAMES
from newsclean.training import audit
from newsclean.training.score import (
    SLUGS,
    Articles,
    Outlets,
    area,
    fit,
    odds,
    rank_correlation,
    splits,
    table,
)
from tests.benchmarks.corpora import corpora

Floats = NDArray[np.float64]
REPEATS: Final = 20

CRUDE: Final[dict[str, tuple[str, int]]] = {
    "questions": (r"\?", -1), "exclamations": (r"!", -1), "quotes": (r"[“\"]", 0), "first": (r"\b(?:I|me|my|we|us|our)\b", -1),
    "second": (r"\b(?:you|your)\b", -1), "said": (r"\b(?:said|says|told)\b", 1), "claimed": (r"\b(?:claim|insist|alleg|admit)\w*", -1),
    "according": (r"\baccording to\b", 1), "hedges": (r"\b(?:may|might|could|likely|appears?)\b", 1),
    "boosters": (r"\b(?:clearly|obviously|always|never|totally)\b", -1),
    "loaded": (r"\b(?:radical|outrage\w*|shameful|disgrac\w*|insane|corrupt|elites?|leftists?|propaganda|hoax|lies?)\b", -1),
    "comment": (r"\b(?:declined to comment|request for comment)\b", 1), "spokes": (r"\bspokes\w+", 1), "numbers": (r"\d+", 1),
    "capitals": (r"\b[A-Z]{4,}\b", -1), "anonymous": (r"\bcondition of anonymity\b", 0), "report": (r"\b(?:report|study|survey|poll)\b", 1),
    "days": (r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", 1),
}  # fmt: skip
MANNER: Final = ("style", "headline", "structure")


def crude(folder: Path, like: Articles, every: int) -> Articles:
    """The crude baseline's table, its rows those of articles with 120 words or more, by plain words."""
    known = {str(o): float(r) for o, r in zip(like.outlet, like.rating, strict=True)}
    patterns = [re.compile(p, re.IGNORECASE if name != "capitals" else 0) for name, (p, _) in CRUDE.items()]
    rows, outlets = [], []
    for number, r in enumerate(audit.records(folder, "offtopic/news")):
        text = "\n".join(r["paragraphs"])
        words = len(text.split())
        outlet = SLUGS.get(r["outlet"], r["outlet"])
        if number % every == 0 and words >= 120 and outlet in known:
            rows.append([1000 * len(p.findall(text)) / words for p in patterns])
            outlets.append(outlet)
    values = np.full((len(rows), len(NAMES)), np.nan)
    values[:, : len(CRUDE)] = rows
    direction = np.zeros(len(NAMES), dtype=np.int64)
    direction[: len(CRUDE)] = [d for _, d in CRUDE.values()]
    rating = np.array([known[o] for o in outlets])
    return Articles(np.array(outlets), np.array([""] * len(rows)), rating, values, direction, kinds=False)


def judged(articles: Articles) -> dict[str, Floats]:
    """Over repeated splits: Spearman and AUC of outlets and of single articles."""
    found = list(splits(articles, repeats=REPEATS))
    rated = articles.rating[found[0].outlets.at >= 0]
    many = found[0].outlets.count >= 20
    return {
        "outlets": np.array([s.spearman for s in found]),
        "auc<.5": np.array([s.auc for s in found]),
        "outlets>=20": np.array([rank_correlation(s.scores[many], s.outlets.rating[many]) for s in found]),
        "article": np.array([rank_correlation(s.articles[s.outlets.at >= 0], rated) for s in found]),
    }


def line(name: str, found: dict[str, Floats]) -> None:
    cells = "  ".join(f"{v.mean():.3f} ±{v.std():.3f}" for v in found.values())
    print(f"{name:28} {cells}", flush=True)


def interval(articles: Articles, measure: Callable[[Floats, Floats], float]) -> tuple[float, float]:
    """95 % bootstrap over outlets of a figure of the mean out-of-fold score."""
    found = list(splits(articles, repeats=REPEATS))
    score, rating = np.mean([s.scores for s in found], axis=0), found[0].outlets.rating
    rng = np.random.default_rng(0)
    draws = [rng.integers(0, len(score), len(score)) for _ in range(2000)]
    low, high = np.nanquantile([measure(score[d], rating[d]) for d in draws], (0.025, 0.975))
    return float(low), float(high)


def named(groups: Sequence[str]) -> list[str]:
    return [f.__name__ for group in groups for f in GROUPS[group]]


def length_and_topic(articles: Articles) -> Articles:
    """A table of nothing but length, paragraph length and the sixteen commonest topics, free in sign."""
    topics, count = np.unique(articles.topic, return_counts=True)
    common = topics[np.argsort(-count)][:16]
    columns: list[Any] = [articles.values[:, NAMES.index(n)] for n in ("length", "paragraph_length")]
    columns += [(articles.topic == t).astype(float) for t in common]
    both = np.array([*columns, *(np.nanmax(c) - c for c in columns)]).T  # a sign constraint is none on a pair
    values = np.full((len(both), len(NAMES)), np.nan)
    width = min(both.shape[1], len(NAMES))
    values[:, :width] = both[:, :width]
    direction = np.zeros(len(NAMES), dtype=np.int64)
    direction[:width] = 1
    return Articles(articles.outlet, articles.topic, articles.rating, values, direction, kinds=False)


def residual(a: Floats, on: Floats) -> Floats:
    """Ranks of a number with what some others explain of them taken out."""
    ranks = np.argsort(np.argsort(a)).astype(float)
    design = np.column_stack([np.ones(len(a)), np.argsort(np.argsort(on, axis=0), axis=0)])
    rest: Floats = ranks - design @ np.linalg.lstsq(design, ranks, rcond=None)[0]
    return rest


def controls(articles: Articles) -> None:
    """Is the score carried by length or by topic?"""
    line("length and topic alone", judged(length_and_topic(articles)))
    outlets = Outlets.of(articles)
    found = np.mean([s.scores for s in splits(articles, repeats=REPEATS)], axis=0)
    size = outlets.mean(articles.values[:, [NAMES.index("length"), NAMES.index("paragraph_length")]])
    print(
        f"Spearman of score and length {rank_correlation(found, size[:, 0]):+.3f}, paragraph length {rank_correlation(found, size[:, 1]):+.3f}"
    )
    partial = np.corrcoef(residual(found, size), residual(outlets.rating, size))[0, 1]
    print(f"partial Spearman given both lengths {partial:.3f}")
    print("topic held out (weights from the other topics' articles of other outlets):")
    names = np.unique(articles.topic)
    rng = np.random.default_rng(0)
    for _ in range(3):
        half = np.isin(articles.topic, rng.permutation(names)[: len(names) // 2])
        scores, ratings = [], []
        for fold in range(10):
            here = np.array([hash_of(o) % 10 == fold for o in articles.outlet])
            model = fit(articles[~here & half])
            tested = articles[here & ~half]
            one = Outlets.of(tested)
            sums = one.mean(odds(model, tested) - model.base) / sum(model.weights.values())
            scores.append(one.nearer(sums, model.gain))
            ratings.append(one.rating)
        s, r = np.concatenate(scores), np.concatenate(ratings)
        print(f"  {len(s)} outlets: Spearman {rank_correlation(s, r):.3f}, AUC {area(-s, r < 0.5):.3f}")


def hash_of(name: str) -> int:
    return int(audit.digest(str(name))[:8], 16)


def untouched(articles: Articles) -> None:
    """Outlets with one to four articles: no fit and no choice ever saw them."""
    names, count = np.unique(articles.outlet, return_counts=True)
    few = np.isin(articles.outlet, names[count < 5]) & ~np.isnan(articles.rating)
    model = fit(articles)
    outlets = Outlets.of(articles[few], least=1)
    mean = outlets.nearer(outlets.mean(odds(model, articles[few]) - model.base), model.gain)
    print(
        f"untouched: {len(outlets.names)} outlets of 1-4 articles: Spearman {rank_correlation(mean, outlets.rating):.3f},"
        f" AUC {area(-mean, outlets.rating < 0.5):.3f} ({int((outlets.rating < 0.5).sum())} under .5)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="take every n-th article")
    parser.add_argument("--cache", type=Path, help="keep the signals here between runs")
    args = parser.parse_args()
    folder = corpora()
    if folder is None:
        raise SystemExit("no corpora: set NEWSCLEAN_CORPORA")
    articles = kept(args.cache) if args.cache and args.cache.is_file() else table(folder, every=args.every)
    if args.cache:
        np.savez(args.cache, **vars(articles))
    outlets = Outlets.of(articles)
    print(
        f"{len(articles.outlet)} articles, {len(outlets.names)} outlets, {int((outlets.rating < 0.5).sum())} under .5; mean ± sd over {REPEATS} splits"
    )
    print(f"{'':28} outlets       AUC<.5        outlets>=20   article")
    line("crude, 18 counts", judged(crude(folder, articles, args.every)))
    line("style alone (NELA)", judged(articles.only(named(MANNER))))
    line("ours", judged(articles))
    low, high = interval(articles, rank_correlation)
    worst, best = interval(articles, lambda s, r: area(-s, r < 0.5))
    print(f"95 % over outlets: Spearman {low:.2f}-{high:.2f}, AUC {worst:.2f}-{best:.2f}")
    for group in GROUPS:
        line(f"  without {group}", judged(articles.only(named([g for g in GROUPS if g != group]))))
    for group in [g for g in GROUPS if g != "structure"]:
        line(f"  {group} alone", judged(articles.only(named([group]))))
    controls(articles)
    untouched(articles)


def kept(file: Path) -> Articles:
    with np.load(file, allow_pickle=False) as held:
        return Articles(**held)


if __name__ == "__main__":
    main()
