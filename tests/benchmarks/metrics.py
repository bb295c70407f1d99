"""Metrics: how close an extracted text is to the gold.

All compare tokens (``\\w+``, case kept unless said otherwise), so white space and punctuation never count.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Match", "Score", "interval", "match", "rouge_lsum", "stated", "summed", "token_f1", "tokens"]

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")


def tokens(text: str) -> list[str]:
    return _WORD.findall(text)


@dataclass(frozen=True)
class Match:
    """Shingles of one page: true and false positives, false negatives; whether the token lists are equal."""

    tp: int
    fp: int
    fn: int
    exact: bool


@dataclass(frozen=True)
class Score:
    """Macro precision and recall over pages, the F1 of these two means, the share of exact pages."""

    f1: float
    precision: float
    recall: float
    exact: float


def shingles(words: Sequence[str], size: int = 4) -> Counter[tuple[str, ...]]:
    """The bag of runs of four words; a shorter text is one run, an empty one none."""
    if not words:
        return Counter()
    return Counter(tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1)))


def match(text: str, gold: str) -> Match:
    """The shingles that a text shares with the gold (the metric of scrapinghub's article-extraction-benchmark)."""
    mine, theirs = tokens(text), tokens(gold)
    got, want = shingles(mine), shingles(theirs)
    tp = (got & want).total()
    return Match(tp, got.total() - tp, want.total() - tp, mine == theirs)


def summed(matches: Sequence[Match]) -> Score:
    """The score of a corpus: pages weigh the same; a page without text has no precision."""
    precisions = [m.tp / (m.tp + m.fp) for m in matches if m.tp + m.fp]
    recalls = [m.tp / (m.tp + m.fn) for m in matches if m.tp + m.fn]
    precision = sum(precisions) / max(len(precisions), 1)
    recall = sum(recalls) / max(len(recalls), 1)
    exact = sum(m.exact for m in matches) / max(len(matches), 1)
    return Score(_f1(precision, recall), precision, recall, exact)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def token_f1(text: str, gold: str) -> float:
    """F1 of the bags of tokens."""
    got, want = Counter(tokens(text)), Counter(tokens(gold))
    tp = (got & want).total()
    return 2 * tp / (got.total() + want.total()) if tp else 0.0


def rouge_lsum(text: str, gold: str) -> float:
    """ROUGE-LSum F1 (Lin 2004): for each gold line the union of its longest common subsequences with all lines."""
    mine = [w for line in text.splitlines() if (w := tokens(line.casefold()))]
    theirs = [w for line in gold.splitlines() if (w := tokens(line.casefold()))]
    sizes = sum(map(len, mine)), sum(map(len, theirs))
    if not all(sizes):
        return 0.0
    left = Counter(w for line in mine for w in line)
    hits = 0
    for line in theirs:
        for i in sorted(_union(line, mine)):
            if left[line[i]] > 0:
                left[line[i]] -= 1
                hits += 1
    return _f1(hits / sizes[0], hits / sizes[1])


def _union(line: Sequence[str], others: Sequence[Sequence[str]]) -> set[int]:
    """Places of a line that lie on a longest common subsequence with any of the others."""
    if line in others:
        return set(range(len(line)))
    words = set(line)
    found: set[int] = set()
    for other in others:
        if not words.isdisjoint(other):
            found.update(_common(line, [w for w in other if w in words]))
        if len(found) == len(line):
            break
    return found


def _common(a: Sequence[str], b: Sequence[str]) -> Iterable[int]:
    """Places in ``a`` of one longest common subsequence with ``b``."""
    table = [[0] * (len(b) + 1)]
    for word in a:
        above, row = table[-1], [0]
        for j, other in enumerate(b):
            row.append(above[j] + 1 if word == other else max(above[j + 1], row[j]))
        table.append(row)
    i, j = len(a), len(b)
    while i and j:
        if a[i - 1] == b[j - 1]:
            i, j = i - 1, j - 1
            yield i
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1


def stated(pairs: Iterable[tuple[str, dict[str, Any]]]) -> Score:
    """trafilatura's own measure: strings that must and must not come out, over all pages; white space as one space."""
    tp = fp = fn = 0
    for text, record in pairs:
        flat = _SPACE.sub(" ", text)
        for string in record["with_strings"]:
            hit = _SPACE.sub(" ", string).strip() in flat
            tp, fn = tp + hit, fn + (not hit)
        fp += sum(_SPACE.sub(" ", s).strip() in flat for s in record["without_strings"])
    precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return Score(_f1(precision, recall), precision, recall, 0.0)


def interval(mine: Sequence[Match], theirs: Sequence[Match], *, resamples: int = 1000) -> tuple[float, float]:
    """The middle 95 % of the difference in F1 over paired bootstrap resamples of the pages."""
    rng = random.Random(0)
    drawn = []
    for _ in range(resamples):
        rows = rng.choices(range(len(mine)), k=len(mine))
        drawn.append(summed([mine[i] for i in rows]).f1 - summed([theirs[i] for i in rows]).f1)
    drawn.sort()
    return drawn[int(0.025 * resamples)], drawn[int(0.975 * resamples) - 1]
