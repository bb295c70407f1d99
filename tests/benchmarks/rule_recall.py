"""How much of the mined furniture the rules know, by category and label; beside it a plain word list.

    python -m tests.benchmarks.rule_recall [--misses 20]

The sets are mined, not gold: a line that repeats within an outlet may be a section heading, so a recall of 1 is
neither possible nor wanted.  ``strong`` is what is stripped wherever it stands, ``any`` what is at least flagged.  The
peer is the line part of the C4 rules (Raffel et al. 2020): no terminal punctuation, under three words, a policy phrase.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict

import regex

from newsclean.matching import compile_rules
from newsclean.rules import RulePack
from tests.benchmarks.corpora import records

CHROME = {
    "page_misc", "media_widget", "newsletter_cta", "byline_credit", "social_app_cta", "caption", "comment_account",
    "cookie_consent", "legal_footer", "donation_appeal", "teaser_real",
}  # fmt: skip
POLICY = regex.compile(
    r"terms of use|privacy policy|cookie policy|uses cookies|use of cookies|use cookies|javascript", regex.I
)


def c4_drops(line: str) -> bool:
    return line[-1:] not in ".!?\"'”’" or len(line.split()) < 3 or POLICY.search(line) is not None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", type=int, default=0, help="lines to show of each category that no rule knows")
    args = parser.parse_args()
    matcher = compile_rules(RulePack.builtin().rules)
    total: Counter[str] = Counter()
    strong: Counter[str] = Counter()
    some: Counter[str] = Counter()
    c4: Counter[str] = Counter()
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    missed: dict[str, list[str]] = defaultdict(list)
    for name in ("mined_chrome", "mined_teasers", "injected"):
        for row in records(f"offtopic/{name}"):
            if name == "injected" and row["category"] not in CHROME:
                continue
            key = f"{name} {row['category']}"
            line = " ".join(row["text"].split())
            hits = list(matcher.hits(line))
            total[key] += 1
            c4[key] += c4_drops(line)
            some[key] += bool(hits)
            if any(h.rule.alone for h in hits):
                strong[key] += 1
                labels[key][next(h.rule.label for h in hits if h.rule.alone)] += 1
            elif not hits:
                missed[key].append(line)
    print(f"{'set and category':32} {'lines':>6} {'strong':>7} {'any':>7} {'C4':>7}  labels of the strong hits")
    for key in sorted(total):
        n = total[key]
        named = ", ".join(f"{label} {count}" for label, count in labels[key].most_common(6))
        print(f"{key:32} {n:6} {strong[key] / n:7.3f} {some[key] / n:7.3f} {c4[key] / n:7.3f}  {named}")
        for line in missed[key][:: max(1, len(missed[key]) // args.misses)][: args.misses] if args.misses else []:
            print(f"      {line[:150]}")


if __name__ == "__main__":
    main()
