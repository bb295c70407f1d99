"""Blocks: pages with gold text as labelled blocks, the block model made of them, and its card.

A block is the article's when the gold text took it up.  Of the pages that have no gold but strings that must and must
not come out, only the blocks with those strings teach.  Folds are by site, for all that is learned: the weights of
names and words, both looks, the gate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newsclean.alignment import covered
from newsclean.detectors.blockfeatures import FEATURES, dull, features, stacked
from newsclean.detectors.blocks import NEVER, BlockModel
from newsclean.detectors.blockwords import NAMES, NEAR, WORDS, Tables, name_hashes, word_hashes
from newsclean.detectors.pagekind import PAGE, page_row
from newsclean.html import main_text, parse
from newsclean.metadata import Metadata, read_metadata
from newsclean.page import Page, read_blocks, split_words
from newsclean.persist import Forest
from newsclean.training.align import tells
from newsclean.training.align import words as words_of
from newsclean.training.audit import flat, records

__all__ = ["FOLDS", "SETS", "Example", "Trained", "card", "examples", "fold_of", "train"]

FOLDS: Final = 5
SETS: Final = ("fundus", "wcxb", "readability", "newspaper4k", "trafeval", "not_articles")
STATED: Final = 0.08
"""What a block with a string that must or must not come out weighs; all blocks of a page with gold weigh about 1."""
LOST: Final = 0.013
"""The share of articles that the gate calls no article: two in a hundred may be lost, and other pages differ."""


@dataclass(frozen=True)
class Example:
    """A page to learn from: its blocks, what trafilatura kept, its facts, its labels (-1: unknown) and their weights."""

    id: str
    corpus: str
    site: str
    page: Page
    kept: tuple[float, ...]
    facts: Metadata
    labels: NDArray[np.int64]
    weights: NDArray[np.float64]

    @property
    def fold(self) -> int:
        return fold_of(self.site)


def fold_of(site: str) -> int:
    """The fold of a site: the same for all its pages, in whatever corpus."""
    return crc32(b"b" + site.removeprefix("www.").encode()) % FOLDS


def examples(corpora: Path, *, every: int = 1) -> list[Example]:
    """The pages of the corpora that have blocks; of each corpus every ``every``-th."""
    found = []
    for corpus in SETS:
        for i, record in enumerate(records(corpora, f"html/{corpus}")):
            if i % every == 0 and (example := _example(corpus, record)) is not None:
                found.append(example)
    return found


def _example(corpus: str, record: dict[str, Any]) -> Example | None:
    tree = parse(record["html"], max_chars=50_000_000).tree
    if tree is None:
        return None
    facts = read_metadata(tree)
    if not (page := read_blocks(tree, most=20_000, prune=True)).blocks:
        return None
    if (url := record["url"] or "").startswith("http"):
        facts = replace(facts, url=url)
    text, _ = main_text(tree)
    kept = covered([split_words(b.text) for b in page.blocks], split_words(text))
    labels, weights = np.full(len(page.blocks), -1), np.zeros(len(page.blocks))
    if corpus != "not_articles":
        label = _stated if record.get("gold_text") is None else _gold
        labels, weights = label(page, record)
    return Example(record["id"], corpus, record["site"] or record["id"], page, tuple(kept), facts, labels, weights)


def _gold(page: Page, record: dict[str, Any]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    in_blocks = [words_of(b.text) for b in page.blocks]
    shares = covered(in_blocks, words_of(record["gold_text"]))
    counts = np.array([len(w) for w in in_blocks], float)
    labels = (np.array(shares) >= 0.5).astype(int)
    total = max(float(counts[labels == 1].sum()), 30.0)
    return labels, np.minimum(np.maximum(counts, 3.0) / total, 1.0) + 0.003


def _stated(page: Page, record: dict[str, Any]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    labels, weights = np.full(len(page.blocks), -1), np.zeros(len(page.blocks))
    for key, label in (("with_strings", 1), ("without_strings", 0)):
        for string in map(flat, record[key]):
            for i, b in enumerate(page.blocks):
                if tells(string, b.text):
                    labels[i], weights[i] = label, STATED
    return labels, weights


@dataclass(frozen=True)
class Trained:
    """The model of all pages, and for each page what models of the other folds said: log-odds, page's probability."""

    model: BlockModel
    odds: list[NDArray[np.float64]]
    article: NDArray[np.float64]


@dataclass(frozen=True)
class _Rows:
    """The blocks of all pages as rows."""

    pages: Sequence[Example]
    start: NDArray[np.int64]
    fold: NDArray[np.int64]
    labels: NDArray[np.int64]
    weights: NDArray[np.float64]
    looked: NDArray[np.bool_]

    @classmethod
    def of(cls, pages: Sequence[Example]) -> _Rows:
        sizes = [len(p.labels) for p in pages]
        return cls(
            pages,
            np.concatenate([[0], np.cumsum(sizes)]),
            np.repeat([p.fold for p in pages], sizes),
            np.concatenate([p.labels for p in pages]),
            np.concatenate([p.weights for p in pages]),
            np.concatenate([~dull(p.page, p.kept) for p in pages]),
        )

    @property
    def taught(self) -> NDArray[np.bool_]:
        return self.looked & (self.labels >= 0)

    def of_page(self, i: int) -> slice:
        return slice(int(self.start[i]), int(self.start[i + 1]))


def train(pages: Sequence[Example], *, trees: int = 150, seed: int = 0) -> Trained:
    """The block model of these pages, and what was said out of fold."""
    rows = _Rows.of(pages)
    hashed = _hashed(rows)
    matrix = np.zeros((len(rows.labels), len(FEATURES)), np.float32)
    for k in range(FOLDS):
        tables = _tables(rows, hashed, rows.fold != k)
        for i, p in enumerate(pages):
            if p.fold == k:
                matrix[rows.of_page(i)] = features(p.page, p.kept, p.facts, tables)
    first = _out_of_fold(rows, matrix, trees, seed)
    seen = np.vstack([stacked(matrix[rows.of_page(i)], first[rows.of_page(i)]) for i in range(len(pages))])
    second = _out_of_fold(rows, seen, trees, seed)
    odds = [second[rows.of_page(i)] for i in range(len(pages))]
    gate, article, least = _gate(pages, odds, seed)
    looks = [Forest.of(_fitted(rows, m, rows.taught, trees, seed)) for m in (matrix, seen)]
    tables = _tables(rows, hashed, np.ones(len(rows.fold), np.bool_))
    return Trained(BlockModel(tables, looks[0], looks[1], gate, least), odds, article)


def _hashed(rows: _Rows) -> tuple[Any, Any]:
    """The blocks' names and words as counts of hashes, of those that are looked at and labelled."""
    taught = rows.taught
    names: list[NDArray[np.int64]] = []
    words: list[NDArray[np.int64]] = []
    for i, p in enumerate(rows.pages):
        for b, used in zip(p.page.blocks, taught[rows.of_page(i)], strict=True):
            own: list[int] = []
            node = b.node if used else None
            level = 0
            while node is not None:
                own += [h if level < NEAR else h + NAMES for h in name_hashes(node)]
                node, level = node.parent, level + 1
            names.append(np.array(own, np.int64))
            words.append(np.array(word_hashes(split_words(b.text)) if used else [], np.int64))
    return _counts(names, 2 * NAMES, power=0.0), _counts(words, WORDS, power=0.5)


def _counts(hashes: Sequence[NDArray[np.int64]], width: int, *, power: float) -> Any:
    sizes = np.array([len(h) for h in hashes])
    values = np.repeat(1.0 / np.maximum(sizes, 1) ** power, sizes).astype(np.float32)
    edges = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((values, np.concatenate(hashes), edges), shape=(len(hashes), width))


def _tables(rows: _Rows, hashed: tuple[Any, Any], among: NDArray[np.bool_]) -> Tables:
    chosen = np.flatnonzero(rows.taught & among)
    weights = []
    for counts, strength in zip(hashed, (0.3, 1.0), strict=True):
        model = LogisticRegression(C=strength, solver="liblinear", tol=1e-2, random_state=0)
        model.fit(counts[chosen], rows.labels[chosen], 5.0 * np.sqrt(rows.weights[chosen]))
        weights.append(model.coef_[0])
    names, words = weights
    return Tables.unpacked(Tables(names[:NAMES].tolist(), names[NAMES:].tolist(), words.tolist()).packed())


def _fitted(rows: _Rows, matrix: NDArray[np.float32], among: NDArray[np.bool_], trees: int, seed: int) -> Any:
    chosen = np.flatnonzero(among)
    weights = rows.weights[chosen]
    model = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=0.08, max_leaf_nodes=31, max_depth=8, min_samples_leaf=40, l2_regularization=5.0,
        max_bins=64, max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    return model.fit(matrix[chosen], rows.labels[chosen], weights / weights.mean())


def _out_of_fold(rows: _Rows, matrix: NDArray[np.float32], trees: int, seed: int) -> NDArray[np.float64]:
    odds = np.full(len(rows.fold), NEVER)
    for k in range(FOLDS):
        model = _fitted(rows, matrix, rows.taught & (rows.fold != k), trees, seed)
        asked = np.flatnonzero(rows.looked & (rows.fold == k))
        if len(asked):
            odds[asked] = Forest.of(model).raw(matrix[asked])
    return odds


def _hits(p: Example, kept: NDArray[np.bool_]) -> tuple[float, float, float]:
    """True and false positives and false negatives, in words of labelled blocks."""
    size = np.array([b.words for b in p.page.blocks]) * (p.labels >= 0)
    own = p.labels == 1
    return float(size[kept & own].sum()), float(size[kept & ~own].sum()), float(size[~kept & own].sum())


def _gate(
    pages: Sequence[Example], odds: Sequence[NDArray[np.float64]], seed: int
) -> tuple[Forest, NDArray[np.float64], float]:
    """Trees over a page's numbers, what they said out of fold, and the probability that few articles are under."""
    table = np.array([page_row(p.page, p.kept, o, p.facts) for p, o in zip(pages, odds, strict=True)], np.float32)
    is_article = np.array([p.corpus != "not_articles" for p in pages])
    fold = np.array([p.fold for p in pages])

    def fitted(rows: NDArray[np.int64]) -> Forest:
        model = HistGradientBoostingClassifier(
            max_iter=150, learning_rate=0.06, max_leaf_nodes=8, min_samples_leaf=8, l2_regularization=3.0,
            max_features=0.3, early_stopping=False, random_state=seed,
        )  # fmt: skip
        return Forest.of(model.fit(table[rows], is_article[rows]))

    said = np.zeros(len(pages))
    for k in sorted(set(fold.tolist())):
        said[fold == k] = fitted(np.flatnonzero(fold != k)).raw(table[fold == k])
    said = 1.0 / (1.0 + np.exp(-said))
    limits = []
    for corpus in ("fundus", "wcxb"):
        own = said[[p.corpus == corpus for p in pages]]
        limits += [float(np.quantile(own, LOST))] if len(own) else []
    return fitted(np.arange(len(pages))), said, min(limits, default=0.0)


def card(pages: Sequence[Example], trained: Trained) -> dict[str, Any]:
    """What the model's card says: data by public name, counts, figures out of fold."""
    figures: dict[str, Any] = {}
    for corpus in SETS[:4]:
        hits = [
            _hits(p, o > 0)
            for p, o in zip(pages, trained.odds, strict=True)
            if p.corpus == corpus and (p.labels == 1).any()
        ]
        if hits:
            figures[corpus] = {
                "pages": len(hits),
                "precision of words": round(
                    float(np.mean([tp / (tp + fp) for tp, fp, _ in hits if tp + fp] or [0.0])), 4
                ),
                "recall of words": round(float(np.mean([tp / (tp + fn) for tp, _, fn in hits])), 4),
            }
    under = trained.article < trained.model.least
    called = {
        c: round(float(under[[p.corpus == c for p in pages]].mean()), 4)
        for c in SETS
        if any(p.corpus == c for p in pages)
    }
    return {
        "what": "how likely a block of a page is its article's, and how likely the page is an article",
        "features": len(FEATURES),
        "page": len(PAGE),
        "data": [
            "fundus (MIT; page text belongs to the publishers)", "trafilatura, evaluation pages (Apache-2.0)",
            "web-content-extraction-benchmark, development split (CC BY 4.0)", "mozilla/readability (Apache-2.0)",
            "AndyTheFactory/newspaper4k (MIT)",
        ],
        "pages": len(pages), "blocks": int(sum(len(p.labels) for p in pages)), "folds": {"by": "site", "many": FOLDS},
        "out_of_fold": figures, "called no article, out of fold": called, "least": trained.model.least,
    }  # fmt: skip
