"""What the rules hit on clean news, and how often they are right.

    python -m tests.benchmarks.rule_hits [PACK …]            the table: hits, judged, precision per rule
    python -m tests.benchmarks.rule_hits [PACK …] --read 20  beside it up to 20 unjudged hits a rule, in context

Judgements are kept as digests (``newsclean/training/audit/*.tsv``: SHA-256 of the paragraph, a label of what it
truly is or ``content``), so that a table can be printed by anybody who has the corpus and no sentence is kept.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from newsclean.matching import compile_rules
from newsclean.rules import RulePack
from newsclean.training.audit import digest, judgements
from tests.benchmarks.corpora import records


def hits(pack: RulePack, every: int) -> Iterator[tuple[str, str, str, str, str]]:
    """Rule, paragraph, the one before, the one after, outlet: over every n-th article of the news corpus."""
    matcher = compile_rules(pack.rules)
    for number, record in enumerate(records("offtopic/news")):
        if number % every:
            continue
        paragraphs = record["paragraphs"]
        for i, text in enumerate(paragraphs):
            for hit in matcher.hits(text):
                before = paragraphs[i - 1] if i else ""
                after = paragraphs[i + 1] if i + 1 < len(paragraphs) else ""
                yield hit.rule.id, text, before, after, record["outlet"]


def load(names: Iterable[str]) -> RulePack:
    """Built-in packs by name, or pack files by path; all built-in packs when none is named."""
    packs = [RulePack.load(n) if n.endswith(".toml") else RulePack.builtin(n) for n in names] or [RulePack.builtin()]
    joined = packs[0]
    for pack in packs[1:]:
        joined = joined | pack
    return joined


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="*")
    parser.add_argument("--every", type=int, default=1, help="every n-th article")
    parser.add_argument("--read", type=int, default=0, help="unjudged hits to show a rule")
    parser.add_argument("--rule", help="only this rule")
    args = parser.parse_args()
    pack, known = load(args.packs), judgements()
    found: dict[str, dict[str, tuple[str, str, str, str]]] = defaultdict(dict)
    counts: Counter[str] = Counter()
    for rule, text, before, after, outlet in hits(pack, args.every):
        if args.rule in (None, rule):
            found[rule].setdefault(text, (text, before, after, outlet))
            counts[rule] += 1
    print(
        f"{'rule':44} {'label':12} {'alone':5} {'hits':>6} {'distinct':>8} {'judged':>6} {'right':>6} {'precision':>9}"
    )
    for rule in sorted(found):
        verdicts = [known[digest(t)] for t in found[rule] if digest(t) in known]
        right = sum(v != "content" for v in verdicts)
        share = f"{right / len(verdicts):.3f}" if verdicts else "-"
        r = pack[rule]
        print(
            f"{rule:44} {r.label:12} {'yes' if r.alone else 'no':5} {counts[rule]:6} {len(found[rule]):8} {len(verdicts):6} {right:6} {share:>9}"
        )
        unread = [row for t, row in found[rule].items() if digest(t) not in known]
        step = max(1, len(unread) // args.read) if args.read else 1
        for text, before, after, outlet in unread[::step][: args.read]:
            print(
                f"    {digest(text)[:12]} [{outlet}] {text[:260]}\n        before: {before[-90:]}\n        after:  {after[:90]}"
            )
    silent = [r.id for r in pack if r.id not in found]
    print(f"\n{sum(counts.values())} hits; {len(silent)} rules hit nothing: {' '.join(silent)}")


if __name__ == "__main__":
    main()
