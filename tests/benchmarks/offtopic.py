"""The off-topic model beside simpler ones, on outlets and categories of adverts that none of them has seen.

    python -m tests.benchmarks.offtopic [--every 4] [--scores FILE.npz]

Four folds by outlet; each withholds three categories of adverts (all of software, SaaS and apps is one fold's).  All
that is learned - idf, LSA, word weights, trees, calibration - is learned on the other three.  Every row of the
table scores the same paragraphs; thresholds are each row's own, set on the clean news paragraphs of the fold.
"Everywhere" adds the adverts in guides, shops' pages and promotional sources taken whole to those in news.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors.features import FEATURES, logits, read
from newsclean.detectors.offtopic import OffTopicModel, off_topic
from newsclean.segment import segment
from newsclean.training.measures import figures
from newsclean.training.offtopic import GROUPS, Made, documents, train
from tests.benchmarks.corpora import corpora, seeds

Scores = dict[str, NDArray[np.float64]]

LEXICON = re.compile(
    r"\b(?:free|offers?|discount|save|sale|buy|order|shop|shipping|click|download|sign up|subscribe|try|bonus|guarantee|best"
    r"|your|app|platform|easy|easily|affordable|limited time|deal|price|customers|exclusive|promo|coupon)\b|[$£€]\d|!|https?:|www\.",
    re.IGNORECASE,
)


def scored(model: OffTopicModel, texts: Sequence[str]) -> Scores:
    """What each row of the table says of a document's paragraphs."""
    matrix = model.matrix(texts)
    return {
        "lexicon rules": np.array([len(LEXICON.findall(t)) / (8 + len(t.split())) for t in texts]),
        "n-gram LR, paragraph alone": logits(read(texts), model.tables)[1],
        "TF-IDF leave-one-out": -matrix[:, FEATURES.index("cos")].astype(np.float64),
        "first look": model.first.raw(matrix[:, : len(FEATURES)]),
        "ours": model.probabilities(texts),
    }


def cross_validated(made: Sequence[Made]) -> Scores:
    """Each document scored by models of the other three folds; the first of them never saw software."""
    by_doc: list[Scores | None] = [None] * len(made)
    for k in range(len(GROUPS)):
        model = train([d for d in made if d.fold != k]).model_
        judge_seeds(model, withheld=GROUPS[k])
        for i, doc in enumerate(made):
            if doc.fold == k:
                by_doc[i] = scored(model, doc.texts)
    done = [d for d in by_doc if d is not None]
    return {name: np.concatenate([d[name] for d in done]) for name in done[0]}


def judge_seeds(model: OffTopicModel, *, withheld: Sequence[str] = ()) -> None:
    """Prints what the model says of the seed articles: adverts stripped, content lines flagged."""
    folder = seeds()
    if folder is None:
        return
    adverts = stripped = content = flagged = 0
    for name, lines in json.loads((folder / "lines.json").read_text(encoding="utf-8")).items():
        gold = {entry["text"].strip(): entry for entry in lines}
        paragraphs = segment((folder / name).read_text(encoding="utf-8"))
        scores = {(s.start, s.end): s.score for s in off_topic(paragraphs, (), model=model)[0]}
        for p in paragraphs:
            entry = gold.get(p.text)
            if entry and entry["category"] == "injected_ad":
                adverts += 1
                stripped += scores.get((p.start, p.end), 0.0) >= 0.8
            elif entry and entry["keep"]:
                content += 1
                flagged += (p.start, p.end) in scores
    print(
        f"seeds: {stripped} of {adverts} adverts stripped, {flagged} of {content} content lines flagged; withheld {', '.join(withheld)}"
    )


def line(name: str, found: dict[str, Any]) -> str:
    """A row of the table."""

    def at(kind: str, *rates: str) -> str:
        return " / ".join(f"{found[kind][r][0]:.3f}" for r in rates) if kind in found else "-"

    worst = min((found[c]["0.5%"][0], c) for group in GROUPS for c in group if c in found)
    return " | ".join(
        [
            f"{name:26}", at("promotion", "0.1%", "0.5%", "1%"), f"{worst[0]:.3f} {worst[1]}",
            at("promotion everywhere", "0.1%", "0.5%", "1%"), at("other topic", "0.5%"),
            at("same topic", "0.5%"), at("site", "0.5%"), *(at(kind, "0.25%", "0.5%") for kind in ("hard", "guide", "taken whole")),
        ]
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="every n-th article")
    parser.add_argument("--scores", type=Path, help="keep the scores here; where the file is there, read them instead")
    args = parser.parse_args()
    folder = corpora()
    if folder is None:
        raise SystemExit("no corpora: set NEWSCLEAN_CORPORA")
    made = documents(folder, every=args.every)
    kept = args.scores is not None and args.scores.exists()
    scores = dict(np.load(args.scores)) if kept else cross_validated(made)
    if args.scores and not kept:
        np.savez(args.scores, **scores)
    print(
        "model | promotion in news .1/.5/1 % | worst category .5 % | everywhere .1/.5/1 % | other topic | same topic | site"
        " | flagged wrongly at .25 / .5 %: hard negatives | guides | sources taken whole"
    )
    for name, values in scores.items():
        found = figures(made, values, resamples=100 if name == "ours" else 0)
        print(line(name, found), flush=True)
    for kind, entry in found.items():
        print(f"  {kind:24} {entry}")


if __name__ == "__main__":
    main()
