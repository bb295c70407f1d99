"""Attributions on PolNeAR's dev part: the tagger, the rules, a paired bootstrap between them, recall by kind of cue.

OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.polnear [--model PATH]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from newsclean.attribution.cues import lexicon
from newsclean.attribution.tagger import Tagger, default_tagger
from newsclean.training.attribution import Document, counted, documents, found
from newsclean.training.relations import bootstrap, summed
from tests.benchmarks.corpora import corpora


def kinds(d: Document, gold: dict[str, Any]) -> str:
    """The kind of a gold cue: by the class of its verb, "say/tell", "according to", or other words."""
    words = [d.text[a:b].casefold().replace("’", "'") for a, b in gold["cue"]]
    tokens = " ".join(words).split()
    if "according" in tokens:
        return "according to"
    if set(tokens) & {"say", "says", "said", "saying", "tell", "tells", "told", "telling"}:
        return "say/tell"
    groups = [lexicon("en").verbs[w].group for w in tokens if w in lexicon("en").verbs]
    return groups[-1] if groups else "noun" if any(w in lexicon("en").noun for w in tokens) else "other"


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
        "rules": [counted(d) for d in articles],
        "tagger alone": [counted(d, tagger, beside=False) for d in articles],
        "full": [counted(d, tagger) for d in articles],
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
