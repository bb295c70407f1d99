"""Furniture: the line model, made of web pages as several converters flatten them and as extractors clean them.

Every look learns from what the look before it said of sites it had not seen (stacking, Wolpert 1992), and a site's
pages are always in one fold.  Beside the model that ships this makes one for each fold that never saw it, so that
``tests.benchmarks.dumps`` measures on unseen sites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newsclean.detectors.context import first_look, logits, second_look
from newsclean.detectors.furniture import FurnitureModel
from newsclean.detectors.lines import GRAMS, Lines, grams, read
from newsclean.errors import InputError
from newsclean.persist import Forest
from newsclean.segment import segment
from newsclean.training.align import align, words
from newsclean.training.dumps import DUMPS, EXTRACTED, convert, fold_of, pages
from newsclean.training.kinds import kinds_of

__all__ = ["FOLDS", "Document", "Trained", "card", "documents", "train"]

Floats = NDArray[np.float64]

FOLDS: Final = 4
NEWS: Final = frozenset({"fundus", "newspaper4k"})
"""The corpora of news sites, whose makers left captions, lists of facts and boxes out of an article."""
SOURCES: Final = {
    "fundus": "flairNLP/fundus test fixtures (MIT)", "newspaper4k": "AndyTheFactory/newspaper4k tests (MIT)",
    "readability": "mozilla/readability test pages (Apache-2.0)", "wcxb": "WCXB development split (CC BY 4.0)",
}  # fmt: skip
UPWEIGHT: Final = 2.0
"""How much a page of them counts beside one of the others, of which there are five times as many."""
SAFE: Final = 0.985
"""The share of articles and of extractors' outputs that must not be taken for a whole page."""
SHARE: Final = 0.4
"""The share of lines that teach the trees; of short lines far from any article, an eighth of that."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page's text by one converter or extractor (``by``; ``gold`` is the article itself), and which lines are its article."""

    corpus: str
    id: str
    group: str
    by: str
    text: str
    own: tuple[bool, ...]
    size: int

    @property
    def dump(self) -> bool:
        return self.by in DUMPS


@dataclass(frozen=True, slots=True)
class Trained:
    """The model that ships, and for each fold one that never saw its sites."""

    model: FurnitureModel
    folds: tuple[FurnitureModel, ...]
    figures: Mapping[str, Any]


def documents(corpora: Path, *, every: int = 1) -> list[Document]:
    """The texts to train on: news pages by every converter and extractor, of the other pages one dump and one extract.

    Raises MissingExtra without the converters (``pip install 'newsclean[bench]'``).
    """
    made = []
    for number, page in enumerate(pages(corpora)):
        if number % every:
            continue
        for by in _chosen(page.corpus, page.id):
            text = page.gold if by == "gold" else convert(page.html, by)
            lines = [p.line for p in segment(text)]
            if lines:
                own = [True] * len(lines) if by == "gold" else align(lines, page.gold)
                made.append(Document(page.corpus, page.id, page.group, by, text, tuple(own), len(words(page.gold))))
    return made


def _chosen(corpus: str, name: str) -> Iterator[str]:
    number = crc32(name.encode())
    if corpus in NEWS:
        yield from (*DUMPS, *EXTRACTED[:2])
    elif corpus == "readability":
        yield from (*DUMPS[:2], EXTRACTED[number % 2])  # its articles are what readability extracts, hand-corrected
    else:
        yield from (DUMPS[number % 3], EXTRACTED[number // 3 % 2])
    if number % 2:
        yield "gold"


def card(docs: Sequence[Document], trained: Trained) -> dict[str, Any]:
    """What the model's card says: the corpora by their public names, how much of each, figures on unseen sites."""
    return {
        "task": "which lines of a text are its article, and what the others are",
        "method": "two looks of boosted trees over shape, context and hashed words; stacked by site",
        "data": {
            name: {"texts": sum(d.corpus == key for d in docs), "pages": len({d.id for d in docs if d.corpus == key})}
            for key, name in SOURCES.items()
        },
        "texts by": sorted({d.by for d in docs}),
        "seed": 0,
        "figures on unseen sites": dict(trained.figures),
        "thresholds": {"whole page from": trained.model.page, "cuts": list(trained.model.cuts)},
        "not for": "text of fewer than twelve lines; forums, shops and listings, whose furniture is their content",
    }  # fmt: skip


@dataclass
class _Data:
    """All lines of all documents as arrays."""

    docs: Sequence[Document]
    seed: int

    def __post_init__(self) -> None:
        self.reads: list[Lines] = [read(d.text, segment(d.text)) for d in self.docs]
        size = [r.size for r in self.reads]
        self.edge = np.concatenate([[0], np.cumsum(size)])
        self.doc = np.repeat(np.arange(len(size)), size)
        self.y = np.concatenate([np.array(d.own, dtype=np.int64) for d in self.docs])
        self.count = np.concatenate([r.word_count for r in self.reads])
        self.fold = self.of(lambda d: fold_of(d.group, FOLDS))
        self.news = self.of(lambda d: d.corpus in NEWS).astype(np.bool_)
        self.dump = self.of(lambda d: d.dump).astype(np.bool_)
        self.weight = (self.count + 4.0) / (self.of(lambda d: d.size) + 200.0) * np.where(self.news, UPWEIGHT, 1.0)

    def of(self, what: Callable[[Document], Any]) -> NDArray[Any]:
        """A fact about each line's document."""
        return np.array([what(d) for d in self.docs])[self.doc]

    def part(self, i: int) -> slice:
        return slice(int(self.edge[i]), int(self.edge[i + 1]))

    @cached_property
    def words(self) -> Any:
        """(lines, GRAMS) of hashed words and pairs, each line scaled as :func:`context.logits` does."""
        found = [grams(r) for r in self.reads]
        line = np.concatenate([w + start for (_, w), start in zip(found, self.edge, strict=False)])
        value = 1.0 / np.sqrt(2.0 * np.maximum(self.count, 1) + 2.0)
        return csr_matrix((value[line], (line, np.concatenate([g for g, _ in found]))), shape=(len(self.y), GRAMS))

    @cached_property
    def sample(self) -> tuple[NDArray[np.bool_], Floats]:
        """The lines that teach the trees, and what each counts."""
        near = np.concatenate([_near(self.y[self.part(i)], 6) for i in range(len(self.docs))])
        chance = SHARE * np.where(near | (self.count >= 12), 1.0, 0.125)
        taken = np.random.default_rng(self.seed).random(len(self.y)) < chance
        return taken, self.weight / chance


def _near(own: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """Whether a line of the article stands within so many lines."""
    n, at = len(own), np.arange(len(own))
    total = np.concatenate([[0], np.cumsum(own)])
    return total[np.minimum(at + reach + 1, n)] > total[np.maximum(at - reach, 0)]


def train(docs: Sequence[Document], *, trees: int = 120, seed: int = 0) -> Trained:
    """The model and its folds' models; the same documents and seed give the same model to the last bit."""
    data = _Data(docs, seed)
    inner = np.arange(FOLDS)
    weights = [_weights(data, data.fold != k, seed) for k in inner]
    tables = np.stack(weights)
    said = [logits(r, tables[fold_of(d.group, FOLDS)]) for r, d in zip(data.reads, docs, strict=True)]
    looks = [first_look(r, s) for r, s in zip(data.reads, said, strict=True)]
    matrix = _matrix([columns for columns, _ in looks])
    firsts = [_trees(data, matrix, data.fold != k, (trees, seed)) for k in inner]
    z = _unseen(data, matrix, firsts)
    seconds_in = [second_look(columns, context, z[data.part(i)]) for i, (columns, context) in enumerate(looks)]
    last = _matrix(seconds_in)
    seconds = [_trees(data, last, data.fold != k, (trees, seed)) for k in inner]
    odds = _unseen(data, last, seconds)
    furniture = 1.0 / (1.0 + np.exp(odds))
    sure_lines = np.array([columns["page_thin"][0] * r.size for columns, r in zip(seconds_in, data.reads, strict=True)])
    page, cuts, figures = _thresholds(data, furniture, sure_lines)
    chances = [furniture[data.part(i)] for i in range(len(docs))]
    texts = [d.text if d.dump else "" for d in docs]
    kinds, labels, accuracy = kinds_of(texts, data.reads, chances, [fold_of(d.group, FOLDS) for d in docs])
    all_of = np.ones(len(data.y), dtype=np.bool_)

    def model(weights: NDArray[Any], first: Forest, second: Forest) -> FurnitureModel:
        return FurnitureModel(weights, first, second, page, cuts, kinds, labels)

    first, second = (_trees(data, seen, all_of, (trees, seed)) for seen in (matrix, last))
    return Trained(
        model(_weights(data, all_of, seed), first, second),
        tuple(model(*parts) for parts in zip(weights, firsts, seconds, strict=True)),
        {**figures, "labels": accuracy},
    )


def _weights(data: _Data, among: NDArray[np.bool_], seed: int) -> NDArray[np.float32]:
    """The three regressions over words: an article's lines on news sites, on others, and the first against the second."""
    news, dump = data.news & among, data.dump & among
    own = (data.y == 1) & among & (data.count >= 6)
    tasks = ((news & dump, data.y), (~data.news & dump, data.y), (own, data.news.astype(np.int64)))
    found = np.zeros((3, GRAMS), dtype=np.float16)
    for k, (rows, y) in enumerate(tasks):
        if len(np.unique(y[rows])) == 2:
            model = LogisticRegression(C=2.0, solver="liblinear", tol=1e-2, random_state=seed)
            found[k] = model.fit(data.words[rows], y[rows], sample_weight=_root(data.weight[rows])).coef_[0]
    return found.astype(np.float32)


def _root(weight: Floats) -> Floats:
    found: Floats = np.sqrt(weight / weight.mean())
    return found


def _matrix(columns: Sequence[Mapping[str, Floats]]) -> NDArray[np.float32]:
    return np.concatenate([np.column_stack(list(c.values())).astype(np.float32) for c in columns])


def _trees(data: _Data, matrix: NDArray[np.float32], among: NDArray[np.bool_], size: tuple[int, int]) -> Forest:
    taken, weight = data.sample
    rows = taken & among
    trees, seed = size
    classifier = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=0.1, max_leaf_nodes=20, max_depth=6, min_samples_leaf=40, l2_regularization=5.0,
        max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    classifier.fit(matrix[rows], data.y[rows], sample_weight=weight[rows] / weight[rows].mean())
    return Forest.of(classifier)


def _unseen(data: _Data, matrix: NDArray[np.float32], forests: Sequence[Forest]) -> Floats:
    """The log-odds of each line by the fold's trees that never saw its site."""
    found = np.zeros(len(data.y))
    for k, forest in enumerate(forests):
        rows = np.flatnonzero(data.fold == k)
        for part in np.array_split(rows, max(1, len(rows) // 20_000)):
            found[part] = forest.raw(matrix[part])
    return found


def _thresholds(
    data: _Data, furniture: Floats, sure_lines: Floats
) -> tuple[float, tuple[float, float], dict[str, Any]]:
    """From how many lines of furniture a text is a whole page; the cut on pages; the cut on articles: one of their own words in 700 goes."""
    dump = np.array([d.dump for d in data.docs])
    if dump.all() or not dump.any():
        raise InputError("the line model needs whole pages and articles, to tell one from the other")
    page = float(max(24.0, np.quantile(sure_lines[~dump], SAFE)))  # a dirty article has a score of such lines too
    text = ~data.dump
    cut = _cut(furniture[text & (data.y == 1)], data.weight[text & (data.y == 1)], 1 / 700)
    told = {
        "pages told": round(float(np.mean(sure_lines[dump] >= page)), 4),
        "articles told": round(float(np.mean(sure_lines[~dump] < page)), 4),
    }
    return page, (0.5, max(0.975, cut)), told


def _cut(furniture: Floats, weight: Floats, lost: float) -> float:
    """The probability that only this share of the weight reaches."""
    order = np.argsort(-furniture)
    reached = np.cumsum(weight[order]) / weight.sum()
    at = int(np.searchsorted(reached, lost))
    return float(furniture[order[min(at, len(order) - 1)]])
