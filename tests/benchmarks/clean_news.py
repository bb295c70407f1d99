"""What the whole cleaner takes out of clean news: by what, how much, and which articles lose a third.

    python -m tests.benchmarks.clean_news [--every 4] [--models on] [--show RULE]

Paragraphs judged to be the article's own (``newsclean/training/audit``) are counted apart: they are the harm.
"""

from __future__ import annotations

import argparse
from collections import Counter

from newsclean import Cleaner, Config
from newsclean.training.audit import digest, judgements
from tests.benchmarks.corpora import records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=4, help="every n-th article")
    parser.add_argument("--models", choices=("on", "off"), default="off")
    parser.add_argument("--show", help="print what this rule or label removed")
    args = parser.parse_args()
    cleaner, known = Cleaner(Config(models=args.models)), judgements()
    rules: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    paragraphs = articles = third = 0
    for number, record in enumerate(records("offtopic/news")):
        if number % args.every:
            continue
        article = cleaner.strip("\n".join(" ".join(p.split()) for p in record["paragraphs"]))
        articles += 1
        paragraphs += len(record["paragraphs"])
        third += len(article.text) < len(article.source) * 2 / 3
        for span in article.removed():
            text = article.source[span.start : span.end].strip()
            rules[f"{span.label:14} {span.rule} {span.score}"] += 1
            verdicts[known.get(digest(text), "unjudged")] += 1
            if args.show in (span.rule, span.label):
                print(f"  [{record['outlet']}] {text[:200]}")
    print(f"{articles} articles, {paragraphs} paragraphs; {third} articles lose a third or more")
    for rule, n in rules.most_common():
        print(f"{n:6} {1e5 * n / paragraphs:8.1f} per 100,000  {rule}")
    print("judged:", dict(verdicts), f"harm per 100,000 (judged only): {1e5 * verdicts['content'] / paragraphs:.1f}")


if __name__ == "__main__":
    main()
