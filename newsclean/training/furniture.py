"""Furniture: the line model, made of web pages as several converters flatten them and as extractors clean them.

What learns from another part's opinion learns from one about sites which that part had not seen (stacking, Wolpert
1992); a site's pages are always in one fold.  Beside the model that ships this makes one for each fold that never saw it, so that
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

from newsclean.detectors.context import facts, logits, look
from newsclean.detectors.furniture import FORESTS, FurnitureModel, fairest, may_be_page, news_share
from newsclean.detectors.lines import GRAMS, Lines, grams, read
from newsclean.detectors.network import Network
from newsclean.errors import InputError
from newsclean.persist import Forest
from newsclean.segment import segment
from newsclean.training.align import align, words
from newsclean.training.dumps import DUMPS, EXTRACTED, convert, fold_of, pages
from newsclean.training.kinds import kinds_of
from newsclean.training.network import Lesson, fit

__all__ = ["FOLDS", "Document", "Trained", "card", "documents", "train"]

Floats = NDArray[np.float64]

FOLDS: Final = 4
NEWS: Final = frozenset({"fundus", "newspaper4k"})
"""The corpora of news sites, whose makers left captions, lists of facts and boxes out of an article."""
SOURCES: Final = {
    "fundus": "flairNLP/fundus test fixtures (MIT)", "newspaper4k": "AndyTheFactory/newspaper4k tests (MIT)",
    "readability": "mozilla/readability test pages (Apache-2.0)", "wcxb": "WCXB development split (CC BY 4.0)",
}  # fmt: skip
UPWEIGHT: Final = 1.5
"""How much a page of them counts beside one of the others, of which there are five times as many."""
SAFE: Final = 0.997
"""The share of articles that must not be taken for whole pages."""
NOT_ASKED: Final = -30.0
"""The log-odds of being a page of a text that has too few lines for one."""
LOST: Final = 1 / 10_000
"""The share of the articles' own words in cleaned text that the line model may take."""
LONGEST: Final = 3000
"""Lines of a page that teach the network at most; longer ones are lists."""
SUREST: Final = 0.96
"""The least that a line of an article must look like furniture to go."""
SHARE: Final = 0.6
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
    """The texts to train on: pages by every converter, news pages by every extractor, most others by one; and the articles.

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
        yield from (*DUMPS, *EXTRACTED)
    elif corpus == "readability":
        yield from (*DUMPS, EXTRACTED[number % 2])  # its articles are what readability extracts, hand-corrected
    else:
        yield from (*DUMPS, EXTRACTED[number // 3 % 3])
    yield "gold"


def card(docs: Sequence[Document], trained: Trained) -> dict[str, Any]:
    """What the model's card says: the corpora by their public names, how much of each, figures on unseen sites."""
    return {
        "task": "which lines of a text are its article, and what the others are",
        "method": "boosted trees over shape, context and hashed words, some for pages, some for articles, some to tell which; for "
        "pages a network of gated convolutions over the lines too",
        "data": {
            name: {"texts": sum(d.corpus == key for d in docs), "pages": len({d.id for d in docs if d.corpus == key})}
            for key, name in SOURCES.items()
        },
        "texts by": sorted({d.by for d in docs}),
        "seed": 0,
        "figures on unseen sites": dict(trained.figures),
        "cuts": dict(zip(("page told", "article"), trained.model.cuts, strict=True)),
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


def train(docs: Sequence[Document], *, trees: int = 100, seed: int = 0) -> Trained:
    """The model and its folds' models; the same documents and seed give the same model to the last bit."""
    data = _Data(docs, seed)
    if any(len(np.unique(of)) < 2 for of in (data.dump, data.news[data.dump])):
        raise InputError("the line model needs whole pages and articles, and pages of news sites and of others")
    folds, every = range(FOLDS), data.fold >= 0
    weights = [_weights(data, data.fold != k, seed) for k in folds]
    said = (logits(r, weights[fold_of(d.group, FOLDS)]) for r, d in zip(data.reads, docs, strict=True))
    looks = [look(r, s) for r, s in zip(data.reads, said, strict=True)]
    matrix = np.concatenate([made for made, _ in looks])
    forests = {}
    for name, rows in (("page", data.dump), ("news", data.dump & data.news), ("article", ~data.dump)):
        forests[name] = [_trees(data, matrix, rows & (data.fold != k), (trees, seed)) for k in folds]
        forests[name].append(_trees(data, matrix, rows & every, (trees, seed)))
    networks = [_network(data, matrix, without, seed) for without in (*folds, None)]
    by_trees, by_news = (_unseen(data, matrix, forests[name], every) for name in ("page", "news"))
    as_page = (by_trees + _by_networks(data, matrix, networks)) / 2.0
    texts = np.array([facts(context, as_page[data.part(i)]) for i, (_, context) in enumerate(looks)], dtype=np.float32)
    told, site = _told(docs, texts, forests, seed)
    share = np.array([news_share(s) for s in site])[data.doc]
    odds = np.where(
        data.dump, as_page + share * (by_news - by_trees) / 2.0, _unseen(data, matrix, forests["article"], ~data.dump)
    )
    may_be = np.array([may_be_page(as_page[data.part(i)]) for i in range(len(docs))])
    cuts, furniture, figures = _thresholds(data, np.where(may_be, told, NOT_ASKED), odds)
    chances = [furniture[data.part(i)] for i in range(len(docs))]
    pages_only = [d.text if d.dump else "" for d in docs]
    kinds, labels, accuracy = kinds_of(pages_only, data.reads, chances, _fold(docs))
    weights.append(_weights(data, every, seed))
    models = [
        FurnitureModel(weights[k], {name: forests[name][k] for name in FORESTS}, networks[k], cuts, kinds, labels)
        for k in range(FOLDS + 1)
    ]
    return Trained(models[-1], tuple(models[:-1]), {**figures, "labels": accuracy})


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


def _trees(data: _Data, matrix: NDArray[np.float32], among: NDArray[np.bool_], size: tuple[int, int]) -> Forest:
    taken, weight = data.sample
    rows = taken & among
    trees, seed = size
    classifier = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=0.1, max_leaf_nodes=24, max_depth=7, min_samples_leaf=40, l2_regularization=5.0,
        max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    classifier.fit(matrix[rows], data.y[rows], sample_weight=weight[rows] / weight[rows].mean())
    return Forest.of(classifier)


def _unseen(data: _Data, matrix: NDArray[np.float32], forests: Sequence[Forest], among: NDArray[np.bool_]) -> Floats:
    """The log-odds of each line by the fold's trees that never saw its site; 0 where nobody asks."""
    found = np.zeros(len(data.y))
    for k, forest in enumerate(forests[:FOLDS]):
        rows = np.flatnonzero((data.fold == k) & among)
        for part in np.array_split(rows, max(1, len(rows) // 20_000)):
            found[part] = forest.raw(matrix[part])
    return found


def _network(data: _Data, matrix: NDArray[np.float32], without: int | None, seed: int) -> Network:
    """The network, of the pages of all folds but one."""
    by_page: dict[tuple[str, str], list[int]] = {}
    for i, (doc, lines) in enumerate(zip(data.docs, data.reads, strict=True)):
        if doc.dump and lines.size < LONGEST and fold_of(doc.group, FOLDS) != without:
            by_page.setdefault((doc.corpus, doc.id), []).append(i)
    return fit(Lesson(matrix, data.y, data.weight, data.edge, list(by_page.values())), seed=seed)


def _by_networks(data: _Data, matrix: NDArray[np.float32], networks: Sequence[Network]) -> Floats:
    """The log-odds of each text's lines by the fold's network that never saw its site."""
    parts = ((networks[fold_of(d.group, FOLDS)], data.part(i)) for i, d in enumerate(data.docs))
    return np.concatenate([network.odds(matrix[part]) for network, part in parts])


def _fold(docs: Sequence[Document]) -> list[int]:
    return [fold_of(d.group, FOLDS) for d in docs]


def _told(
    docs: Sequence[Document], texts: NDArray[np.float32], forests: dict[str, list[Forest]], seed: int
) -> tuple[Floats, Floats]:
    """Adds the trees that tell pages from articles, and news sites from others; what they say of sites not seen."""
    fold, dump = np.array(_fold(docs)), np.array([d.dump for d in docs])
    news, said = np.array([d.corpus in NEWS for d in docs]), []
    for name, rows, truth in (("told", dump | True, dump), ("site", dump, news)):
        among = (rows & (fold != k) for k in (*range(FOLDS), -1))
        forests[name] = [_telling(texts[a], truth[a], seed) for a in among]
        said.append(np.array([forests[name][k].raw(row[None, :])[0] for k, row in zip(fold, texts, strict=True)]))
    return said[0], said[1]


def _telling(texts: NDArray[np.float32], truth: NDArray[np.bool_], seed: int) -> Forest:
    """Small trees that tell texts apart by their facts."""
    classifier = HistGradientBoostingClassifier(
        max_iter=60, learning_rate=0.1, max_leaf_nodes=6, min_samples_leaf=20, l2_regularization=5.0, early_stopping=False,
        random_state=seed,
    )  # fmt: skip
    return Forest.of(classifier.fit(texts, truth))


def _thresholds(data: _Data, told: Floats, odds: Floats) -> tuple[tuple[float, float], Floats, dict[str, Any]]:
    """The cuts, each line's probability of furniture, and how well pages are told and read, all on unseen sites."""
    dump = np.array([d.dump for d in data.docs])
    page = round(max(0.0, float(np.quantile(told[~dump], SAFE))), 3)
    furniture = 1.0 / (1.0 + np.exp(np.clip(odds, -30.0, 30.0)))
    own = ~data.dump & (data.y == 1)
    cut = round(max(SUREST, _cut(furniture[own], data.weight[own], LOST)), 4)
    figures = {
        "pages told": round(float(np.mean(told[dump] >= page)), 4),
        "articles told": round(float(np.mean(told[~dump] < page)), 4),
        "token F1 of pages' lines": round(_page_score(data, furniture), 4),
    }
    return (page, cut), furniture, figures


def _page_score(data: _Data, furniture: Floats) -> float:
    """F1 of the mean precision and recall of the words of each page's lines."""
    parts = (data.part(i) for i in range(len(data.docs)))
    kept = np.concatenate([furniture[part] < fairest(furniture[part], data.count[part]) for part in parts])
    sums = [np.bincount(data.doc, weights=data.count * part) for part in (kept & (data.y == 1), kept, data.y == 1)]
    hit, made, there = (s[[i for i, d in enumerate(data.docs) if d.dump]] for s in sums)
    precision, recall = (float(np.mean(hit[n > 0] / n[n > 0])) for n in (made, there))
    return 2 * precision * recall / (precision + recall)


def _cut(furniture: Floats, weight: Floats, lost: float) -> float:
    """The probability that only this share of the weight reaches."""
    order = np.argsort(-furniture)
    reached = np.cumsum(weight[order]) / weight.sum()
    at = int(np.searchsorted(reached, lost))
    return float(furniture[order[min(at, len(order) - 1)]])
