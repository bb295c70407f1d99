"""Attributions of the sample corpus, against its gold: per language, and fifty of them to be read by eye.

A gold attribution is found when a found one shares a character with its cue; of those that are found it counts whose
source is the same words, and whose type, naming and ``via`` are the gold's.

python -m tests.benchmarks.samples [--fifty]
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Sequence

from newsclean import Config, annotate
from newsclean.datasets import GoldAttribution, Sample, load_samples
from newsclean.evidence import Attribution

SEED = 6
ARTICLES = 10
EACH = 5
WORD = re.compile(r"\w+")


def matched(gold: GoldAttribution, found: Sequence[Attribution]) -> Attribution | None:
    """The found attribution that shares most characters with a gold one's cue, then with its source; None without any."""

    def shared(a: Attribution) -> tuple[int, int]:
        return overlap(a.cue, gold.cue), overlap(a.source, gold.source)

    best = max(found, key=shared, default=None)
    return best if best is not None and shared(best)[0] else None


def overlap(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)


def counted(sample: Sample, found: Sequence[Attribution]) -> Counter[str]:
    """How many of a sample's gold attributions are found, and how many of those are right in what."""
    counts: Counter[str] = Counter()
    for gold in sample.attributions:
        counts["gold"] += 1
        counts["gold via"] += gold.via is not None
        a = matched(gold, found)
        if a is None:
            continue
        counts["found"] += 1
        counts["source"] += words(sample.text, a.source) == words(sample.text, gold.source)
        counts["type"] += a.type == gold.type
        counts["naming"] += a.naming == gold.naming
        counts["via"] += gold.via is not None and a.via == gold.via
        counts["false via"] += gold.via is None and a.via is not None
    return counts


def words(text: str, spans: Sequence[tuple[int, int]]) -> list[str]:
    return [w for a, b in spans for w in WORD.findall(text[a:b])]


def fifty(samples: Sequence[Sample]) -> None:
    """Five attributions of each of ten articles, drawn by a fixed seed, one a line."""
    draw = random.Random(SEED)
    for sample in sorted(draw.sample(samples, ARTICLES), key=lambda s: s.id):
        found = [a for a in annotate(sample.text).attributions if a.source]
        for a in sorted(draw.sample(found, min(EACH, len(found))), key=lambda a: a.cue):
            said = " … ".join(sample.text[x:y] for x, y in a.content)
            cells = (
                sample.id,
                a.text,
                " ".join(sample.text[x:y] for x, y in a.cue),
                said[:40],
                a.kind,
                a.type,
                a.naming,
            )
            print("|", " | ".join([*cells, a.name or "", a.via or ""]).replace("\n", " "), "|")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fifty", action="store_true", help="print fifty attributions instead")
    parser.add_argument("--rules", action="store_true", help="the rules alone")
    parser.add_argument("--show", help="print what is wrong of a language")
    args = parser.parse_args()
    samples = [s for s in load_samples() if s.attributions]
    if args.fifty:
        fifty(samples)
        return
    config = Config(attribution="rules" if args.rules else "full")
    for language in sorted({s.language for s in samples}):
        total: Counter[str] = Counter()
        for sample in [s for s in samples if s.language == language]:
            found = annotate(sample.text, config=config).attributions
            total += counted(sample, found)
            if args.show == language:
                show(sample, found)
        kept = max(1, total["found"])
        print(
            f"{language}: found {total['found']} of {total['gold']}, of these source {total['source'] / kept:.2f}, "
            f"type {total['type'] / kept:.2f}, naming {total['naming'] / kept:.2f}, "
            f"via {total['via']} of {total['gold via']}, {total['false via']} false"
        )


def show(sample: Sample, found: Sequence[Attribution]) -> None:
    """What is not as the gold has it."""
    for gold in sample.attributions:
        a = matched(gold, found)
        own = [" ".join(sample.text[x:y] for x, y in spans) for spans in (gold.source, gold.cue)]
        if a is None:
            print("MISSED", sample.id, own, gold.kind)
            continue
        for name in ("type", "naming", "via"):
            if getattr(a, name) != getattr(gold, name):
                print(name, sample.id, own, getattr(gold, name), "but", getattr(a, name), "of", repr(a.text), a.rule)
        if words(sample.text, a.source) != words(sample.text, gold.source):
            print("source", sample.id, own, "but", repr(a.text), a.rule)


if __name__ == "__main__":
    main()
