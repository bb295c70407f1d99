"""How many articles of 900 words a second attribution reads on one core, by the rules and in full.

The text is cut into paragraphs beforehand, as the cleaner has done by then.

OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.attribution_speed [--every 12]
"""

from __future__ import annotations

import argparse
import time
from typing import Literal

from newsclean.attribution.find import attributed
from newsclean.persist import models_dir
from newsclean.segment import segment
from tests.benchmarks.corpora import records

ROUNDS = 7
LEVELS: tuple[Literal["rules", "full"], ...] = ("rules", "full")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=12, help="every n-th article")
    args = parser.parse_args()
    texts = [r["text"] for i, r in enumerate(records("provenance/polnear_train")) if i % args.every == 0]
    words = sum(len(text.split()) for text in texts)
    documents = [(text, segment(text)) for text in texts]
    for level in LEVELS:
        attributed(*documents[0], level=level)
        spent = 0.0
        for text, paragraphs in documents:
            rounds = []
            for _ in range(ROUNDS):
                start = time.process_time()
                attributed(text, paragraphs, level=level)
                rounds.append(time.process_time() - start)
            spent += min(rounds)
        print(
            f"{level}: {words / 900 / spent:.0f} articles of 900 words a second ({len(texts)} articles, each its best of {ROUNDS})"
        )
    size = sum(f.stat().st_size for f in models_dir().glob("attribution.*"))
    print(f"on disk: {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
