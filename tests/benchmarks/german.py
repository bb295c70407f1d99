"""How well the rules find attributions in German: german_dev (evaluation only), beside a plain list of speech verbs.

python -m tests.benchmarks.german
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, Final

import regex

from newsclean.attribution.cues import lexicon
from newsclean.attribution.foreign import find_foreign
from newsclean.attribution.tokens import tokens
from newsclean.segment import segment
from newsclean.training.relations import Counts, compare, relations
from tests.benchmarks.corpora import records

PLAIN: Final = regex.compile(r"\b(?:sagte|sagt|sagten|erklärte|erklärten|teilte|betonte|berichtete|berichteten|laut)\b")


def plain(text: str) -> Iterator[dict[str, Any]]:
    """A cue for each "said"; no source, no content."""
    for m in PLAIN.finditer(text):
        yield {"source": [], "cue": [m.span()], "content": []}


def rules(text: str) -> Iterator[dict[str, Any]]:
    t = tokens(segment(text))
    for mark in find_foreign(t, lexicon("de")):
        parts = {"source": mark.source, "cue": (mark.cue,), "content": mark.content}
        yield {name: [(t.start[a], t.end[b - 1]) for a, b in ranges] for name, ranges in parts.items()}


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    articles = list(records("provenance/german_dev"))
    for name, find in (("said-verbs", plain), ("rules", rules)):
        total = Counts()
        for r in articles:
            total.add(compare(relations(r["text"], find(r["text"])), relations(r["text"], r["attributions"])))
        print(f"{name}: {total.line()}")


if __name__ == "__main__":
    main()
