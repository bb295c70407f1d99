"""Floors on the sample corpus, which everybody has.  They are lowered only on purpose, with the digest beside them.

Gold lines are counted one by one.  Pasted adverts and paragraphs of other stories are work for the off-topic model,
so they have a floor of their own, as it is today.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import pytest

from newsclean import annotate
from newsclean.datasets import Sample, load_samples

FOREIGN = frozenset({"ad", "off_topic"})


def judged(sample: Sample) -> tuple[Counter[str], Counter[str], list[str]]:
    """Furniture lines by label, those of them stripped by label, and the content lines touched."""
    article = annotate(sample.text, url=sample.url)
    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    harmed = []
    for line in sample.lines:
        text = sample.text[line.start : line.end]
        touched = any(s.start < line.end and line.start < s.end for s in article.removed())
        if line.keep and touched:
            harmed.append(text)
        elif not line.keep:
            total[line.label] += 1
            hit[line.label] += touched
    return total, hit, harmed


def test_the_corpus_is_the_one_the_floors_were_set_on() -> None:
    digest = sha256("".join(s.text for s in load_samples()).encode()).hexdigest()[:12]
    assert digest == "bce24069473a"


@pytest.mark.parametrize("sample", load_samples(), ids=lambda s: s.id)
def test_no_line_of_an_article_is_touched(sample: Sample) -> None:
    assert judged(sample)[2] == []


def test_furniture_is_stripped() -> None:
    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for sample in load_samples():
        t, h, _ = judged(sample)
        total.update(t)
        hit.update(h)
    furniture = sum(n for label, n in total.items() if label not in FOREIGN)
    stripped = sum(n for label, n in hit.items() if label not in FOREIGN)
    assert stripped / furniture >= 0.72, {label: f"{hit[label]}/{n}" for label, n in total.items()}


@pytest.mark.parametrize("sample", [s for s in load_samples() if s.title], ids=lambda s: s.id)
def test_the_headline_is_the_headline(sample: Sample) -> None:
    assert annotate(sample.text, url=sample.url).title == sample.title
