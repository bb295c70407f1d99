"""What a scorecard costs on top of ``annotate``: CPU milliseconds an article.

python -m tests.benchmarks.score_speed [--every N]
"""

from __future__ import annotations

import argparse
import time

import newsclean as nc
from newsclean.scoring import scorecard
from tests.benchmarks.corpora import records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=40, help="take every n-th article")
    args = parser.parse_args()
    texts = [
        "\n\n".join([r["title"] or "", *r["paragraphs"]])
        for i, r in enumerate(records("offtopic/news"))
        if i % args.every == 0
    ]
    cleaner = nc.Cleaner()
    scorecard(cleaner(texts[0]))
    started = time.process_time()
    articles = [cleaner(text) for text in texts]
    annotated = time.process_time() - started
    rounds = []
    for _ in range(3):
        started = time.process_time()
        cards = [scorecard(article) for article in articles]
        rounds.append(time.process_time() - started)
    words = sum(card.signals["length"].value for card in cards) / len(cards)
    many = len(texts) / 1000
    print(
        f"{len(texts)} articles of {words:.0f} words: annotate {annotated / many:.2f} ms, scorecard {min(rounds) / many:.2f} ms"
        f" ({min(rounds) / annotated:.1%} of it)"
    )


if __name__ == "__main__":
    main()
