"""How fast the off-topic model loads and judges, one core, document by document.

OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 python -m tests.benchmarks.offtopic_speed [--every 20]
"""

from __future__ import annotations

import argparse
import time

from newsclean.detectors.offtopic import OffTopicModel, off_topic
from newsclean.persist import models_dir
from newsclean.segment import segment
from tests.benchmarks.corpora import records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=20, help="every n-th article")
    args = parser.parse_args()
    import sklearn  # type: ignore[import-untyped]  # noqa: F401

    from newsclean.detectors import features  # noqa: F401

    loads = []
    for _ in range(5):
        start = time.perf_counter()
        model = OffTopicModel.load(models_dir() / "offtopic")
        loads.append(time.perf_counter() - start)
    print(f"load: {1000 * min(loads):.1f} ms (best of 5), {1000 * max(loads):.1f} ms (worst)")
    size = sum(f.stat().st_size for f in models_dir().glob("offtopic.*"))
    print(f"on disk: {size / 1e6:.2f} MB")
    texts = ["\n".join(r["paragraphs"]) for i, r in enumerate(records("offtopic/news")) if i % args.every == 0]
    documents = [segment(text) for text in texts]
    paragraphs = sum(map(len, documents))
    for name in ("probabilities", "off_topic"):
        spent = []
        for _ in range(3):
            start = time.process_time()
            for document in documents:
                if name == "off_topic":
                    off_topic(document, (), model=model)
                elif document:
                    model.probabilities([p.text for p in document])
            spent.append(time.process_time() - start)
        print(f"{name}: {paragraphs / min(spent):,.0f} paragraphs a second ({len(documents)} documents, best of 3)")


if __name__ == "__main__":
    main()
