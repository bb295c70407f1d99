"""Attributions on PolNeAR's dev part: the tagger, the rules, a paired bootstrap between them, recall by kind of cue.

OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.polnear [--model PATH]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from newsclean.attribution.cues import lexicon
from newsclean.attribution.find import merged
from newsclean.attribution.mark import Mark
from newsclean.attribution.tagger import Tagger, default_tagger
from newsclean.training.attribution import Document, documents
from newsclean.training.relations import METRICS, Counts, compare, relations
from tests.benchmarks.corpora import corpora

EXTRA: Final = frozenset(("anonymity", "interview", "disclosure"))
"""Kinds that the product reports and PolNeAR has no labels for."""
ROUNDS: Final = 2000


def found(d: Document, tagger: Tagger | None, *, only: bool = False) -> list[Mark]:
    marks = d.marks if tagger is None else tagger(d.tokens, d.marks)
    if tagger is not None and not only:
        marks = merged(d.marks, marks)
    return [m for m in marks if m.kind not in EXTRA or m.rule.startswith("tagger")]


def spans(d: Document, mark: Mark) -> dict[str, Any]:
    parts = {"source": mark.source, "cue": (mark.cue,), "content": mark.content}
    return {name: [(d.tokens.start[a], d.tokens.end[b - 1]) for a, b in ranges] for name, ranges in parts.items()}


def counted(d: Document, marks: list[Mark]) -> Counts:
    return compare(relations(d.text, [spans(d, m) for m in marks]), relations(d.text, d.gold))


def summed(counts: list[Counts]) -> Counts:
    total = Counts()
    for c in counts:
        total.add(c)
    return total


def bootstrap(ours: list[Counts], theirs: list[Counts]) -> dict[str, tuple[float, float]]:
    """The 95 % interval of the difference in F1, over articles drawn with replacement, the same for both."""
    rng = np.random.default_rng(0)
    draws = rng.integers(0, len(ours), (ROUNDS, len(ours)))
    made = {}
    for name in METRICS:
        f1 = []
        for side in (ours, theirs):
            table = np.array([[c.right[name], c.found[name] + c.gold[name]] for c in side])[draws].sum(axis=1)
            f1.append(200.0 * table[:, 0] / table[:, 1])
        low, high = np.quantile(f1[0] - f1[1], [0.025, 0.975])
        made[name] = (float(low), float(high))
    return made


def kinds(d: Document, gold: dict[str, Any]) -> str:
    """The kind of a gold cue: by the class of its verb, "say/tell", "according to", or other words."""
    words = [d.text[a:b].casefold().replace("’", "'") for a, b in gold["cue"]]
    tokens = " ".join(words).split()
    if "according" in tokens:
        return "according to"
    if set(tokens) & {"say", "says", "said", "saying", "tell", "tells", "told", "telling"}:
        return "say/tell"
    groups = [lexicon("en").verbs[w].group for w in tokens if w in lexicon("en").verbs]
    return groups[-1] if groups else "noun" if any(lexicon("en").has(w, "noun") for w in tokens) else "other"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a model other than the one that ships")
    args = parser.parse_args()
    folder = corpora()
    if folder is None:
        raise SystemExit("no corpora: set NEWSCLEAN_CORPORA")
    tagger = Tagger.load(args.model) if args.model else default_tagger()
    articles = documents(folder, "polnear_dev")
    systems = {
        "rules": [counted(d, found(d, None)) for d in articles],
        "tagger alone": [counted(d, found(d, tagger, only=True)) for d in articles],
        "full": [counted(d, found(d, tagger)) for d in articles],
    }
    for name, counts in systems.items():
        print(f"{name}: {summed(counts).line()}")
    for name, (low, high) in bootstrap(systems["full"], systems["rules"]).items():
        print(f"full against rules, {name}: +{low:.1f} to +{high:.1f} F1 (95 %)")
    seen: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for d in articles:
        cues = {i for m in found(d, tagger) for i in range(d.tokens.start[m.cue[0]], d.tokens.end[m.cue[1] - 1])}
        for g in d.gold:
            count = seen[kinds(d, g)]
            count[0] += any(i in cues for a, b in g["cue"] for i in range(a, b))
            count[1] += 1
    for kind, (hit, n) in sorted(seen.items(), key=lambda x: -x[1][1]):
        print(f"recall of cues, {kind}: {hit}/{n} = {hit / n:.3f}")


if __name__ == "__main__":
    main()
