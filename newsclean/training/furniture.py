"""Furniture: the line model, made of web pages as several converters flatten them and as extractors clean them.

What learns from another part's opinion learns from one about sites which that part had not seen (stacking, Wolpert
1992); a site's pages are always in one fold.  Of pages whose text nobody has written down the block model's reading of their
HTML is the lesson.  Beside the model that ships this makes one for each fold that never saw it, so that
``tests.benchmarks.dumps`` measures on unseen sites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newsclean.config import Config
from newsclean.detect import Detectors
from newsclean.detectors.context import facts, logits, look, look_again, ruled
from newsclean.detectors.cuts import LONG, STRIPPED, fairest, may_be_page, news_share
from newsclean.detectors.furniture import FORESTS, FurnitureModel, is_other
from newsclean.detectors.genre import listings
from newsclean.detectors.lines import GRAMS, read
from newsclean.detectors.network import NETWORKS, Network, by_all
from newsclean.detectors.shape import touched
from newsclean.detectors.strip import WEAK
from newsclean.errors import InputError
from newsclean.persist import Forest
from newsclean.segment import segment
from newsclean.training.dumps import fold_of
from newsclean.training.kinds import kinds_of
from newsclean.training.mixing import Flat, mixed
from newsclean.training.network import Lesson, fit
from newsclean.training.texts import FOLDS, NEWS, Document, TextLines

__all__ = ["Trained", "card", "train"]

Floats = NDArray[np.float64]

SOURCES: Final = {
    "fundus": "flairNLP/fundus test fixtures (MIT)", "newspaper4k": "AndyTheFactory/newspaper4k tests (MIT)",
    "readability": "mozilla/readability test pages (Apache-2.0)", "trafeval": "adbar/trafilatura evaluation pages (Apache-2.0), read from their HTML", "wcxb": "WCXB development split (CC BY 4.0)",
}  # fmt: skip
SAFE: Final = 0.997
"""The share of articles that must not be taken for whole pages."""
NOT_ASKED: Final = -30.0
"""The log-odds of being a page of a text that has too few lines for one."""
LOST: Final = 1 / 10_000
"""The share of the articles' own words in cleaned text that the line model may take."""
LONGEST: Final = 3000
"""Lines of a page that teach the network at most, or are mixed; longer ones are lists."""
SUREST: Final = 0.96
"""The least that a line of an article must look like furniture to go."""
COPIES: Final = 3
"""How often a page by each converter is mixed with others."""
FORGOTTEN: Final = 0.35
"""The share of a mixed page's lines of which the rules say nothing."""
MIXED: Final = 0.35
"""What a line of a mixed page counts for the trees."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The model that ships, and for each fold one that never saw its sites."""

    model: FurnitureModel
    folds: tuple[FurnitureModel, ...]
    figures: Mapping[str, Any]


def card(docs: Sequence[Document], trained: Trained) -> dict[str, Any]:
    """What the model's card says: the corpora by their public names, how much of each, figures on unseen sites."""
    return {
        "task": "which lines of a text are its article, and what the others are",
        "method": "boosted trees over shape, context and hashed words, some for pages, some for articles, some to tell which; for "
        "pages two networks of gated convolutions over the lines too; all read what rules know of each line, and learn from pages mixed of others as well",
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
class _Read:
    """Texts, what they are made of, and the numbers of their lines; ``share`` is what a line of them counts for the trees.

    What :func:`look` makes beside the numbers is not kept but made again: it would be gigabytes.
    """

    data: TextLines
    flats: Sequence[Flat]
    share: float = 1.0

    def __post_init__(self) -> None:
        self.matrix = np.concatenate([look(f.lines, f.read)[0] for f in self.flats])

    def again(self, by_trees: Floats) -> NDArray[np.float32]:
        """What the network reads, beside what the trees made of the lines."""
        parts = (self.data.part(i) for i in range(len(self.flats)))
        return np.concatenate(
            [look_again(*look(f.lines, f.read), by_trees[part]) for f, part in zip(self.flats, parts, strict=True)]
        )


def train(docs: Sequence[Document], *, trees: int = 100, seed: int = 0) -> Trained:
    """The model and its folds' models; the same documents and seed give the same model to the last bit."""
    data = TextLines(docs, [read(d.text, segment(d.text)) for d in docs], seed)
    if any(len(np.unique(of)) < 2 for of in (data.dump, data.news[data.dump])):
        raise InputError("the line model needs whole pages and articles, and pages of news sites and of others")
    folds = (*range(FOLDS), None)
    weights = [_weights(data, data.fold != k, seed) for k in folds]
    known, other = zip(*_by_rules(docs), strict=True)
    said = (logits(r, weights[fold_of(d.group, FOLDS)]) | c for r, d, c in zip(data.reads, docs, known, strict=True))
    flats = [Flat(r, s, np.array(d.own, dtype=np.int64)) for r, s, d in zip(data.reads, said, docs, strict=True)]
    plain, more = _Read(data, flats), _mixes(data, flats, seed)
    forests = {name: [_trees((plain, more), among, k, (trees, seed)) for k in folds] for name, among in _TAUGHT.items()}
    by_trees, by_news = (_unseen(plain, forests[name], data.fold >= 0) for name in ("page", "news"))
    again = np.concatenate([plain.again(by_trees), more.again(_unseen(more, forests["page"], more.data.dump))])
    networks = [_networks((data, more.data), again, k, seed) for k in folds]
    as_page = (by_trees + _by_networks(data, again, networks)) / 2.0
    parts = [data.part(i) for i in range(len(docs))]
    seen = (look(f.lines, f.read)[1] for f in flats)
    texts = np.array([facts(c, as_page[part]) for c, part in zip(seen, parts, strict=True)], dtype=np.float32)
    told, site = _told(docs, texts, forests, seed)
    share = np.array([news_share(s) for s in site])[data.doc]
    odds = as_page + share * (by_news - by_trees) / 2.0
    odds = np.where(data.dump, odds, _unseen(plain, forests["article"], ~data.dump))
    may_be = np.array([not o and may_be_page(as_page[part]) for o, part in zip(other, parts, strict=True)])
    cuts, furniture, figures = _thresholds(data, np.where(may_be, told, NOT_ASKED), odds)
    pages_only = [d.text if d.dump else "" for d in docs]
    kinds, labels, accuracy = kinds_of(pages_only, data.reads, [furniture[part] for part in parts], _fold(docs))
    models = [
        FurnitureModel(weights[k], {name: forests[name][k] for name in FORESTS}, networks[k], cuts, kinds, labels)
        for k in range(FOLDS + 1)
    ]
    return Trained(models[-1], tuple(models[:-1]), {**figures, "labels": accuracy})


def _mixes(data: TextLines, flats: Sequence[Flat], seed: int) -> _Read:
    """The pages mixed, each with those of its fold, its converter and its kind of site."""
    rng = np.random.default_rng(seed)
    kinds: dict[tuple[object, ...], list[Flat]] = {}
    for doc, flat in zip(data.docs, flats, strict=True):
        if doc.dump and flat.lines.size < LONGEST:
            kinds.setdefault(_kind(doc), []).append(flat)
    docs, made = [], []
    for doc, flat in zip(data.docs, flats, strict=True):
        for _ in range(COPIES if doc.dump and not doc.guessed and flat.lines.size < LONGEST else 0):
            if page := mixed(flat, kinds[_kind(doc)], rng):
                _forget(page, rng)
                own = page.own.astype(np.bool_)
                docs.append(replace(doc, text="", own=tuple(own.tolist()), size=int(page.lines.word_count[own].sum())))
                made.append(page)
    return _Read(TextLines(docs, [f.lines for f in made], seed), made, MIXED)


def _by_rules(docs: Sequence[Document]) -> Iterator[tuple[dict[str, Floats], bool]]:
    """What the rules say of each text's lines, and whether its forms tell that it is no page whatever they look like."""
    detectors = Detectors(Config(models="off"))
    for doc in docs:
        sight = detectors.sight(doc.text, detectors.rules(None))
        known = touched(sight.paragraphs, sight.found, least=WEAK)
        sure = [s if s and s.score >= STRIPPED else None for s in known]
        yield ruled(known), is_other(sight.paragraphs, sure, len(listings(doc.text, sight.paragraphs)))


def _forget(page: Flat, rng: np.random.Generator) -> None:
    """Takes from a mixed page some of what the rules know: they were written beside these pages, and know others less."""
    known = rng.random(page.lines.size) >= FORGOTTEN
    for name in ruled([]):
        page.read[name] = page.read[name] * known


def _kind(doc: Document) -> tuple[object, ...]:
    return doc.corpus in NEWS, doc.by, fold_of(doc.group, FOLDS)


def _weights(data: TextLines, among: Any, seed: int) -> NDArray[np.float32]:
    """The three regressions over words: an article's lines on news sites, on others, and the first against the second."""
    news, dump = data.news & among, data.dump & among
    own = (data.y == 1) & among & ~data.guessed & (data.count >= 6)
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


_TAUGHT: Final[Mapping[str, Callable[[TextLines], NDArray[np.bool_]]]] = {
    "page": lambda data: data.dump, "news": lambda data: data.dump & data.news, "article": lambda data: ~data.dump,
}  # fmt: skip
"""The forests that judge lines, and whose lines teach each."""


def _trees(
    reads: Sequence[_Read], among: Callable[[TextLines], NDArray[np.bool_]], without: int | None, size: tuple[int, int]
) -> Forest:
    taught = []
    for one in reads:
        taken, weight = one.data.sample
        rows = taken & among(one.data) & (one.data.fold != without)
        taught.append((one.matrix[rows], one.data.y[rows], weight[rows] * one.share))
    x, y, weight = (np.concatenate(column) for column in zip(*taught, strict=True))
    trees, seed = size
    classifier = HistGradientBoostingClassifier(
        max_iter=trees, learning_rate=0.1, max_leaf_nodes=24, max_depth=7, min_samples_leaf=40, l2_regularization=5.0,
        max_features=0.3, early_stopping=False, random_state=seed,
    )  # fmt: skip
    classifier.fit(x, y, sample_weight=weight / weight.mean())
    return Forest.of(classifier)


def _unseen(texts: _Read, forests: Sequence[Forest], among: NDArray[np.bool_]) -> Floats:
    """The log-odds of each line by the fold's trees that never saw its site; 0 where nobody asks."""
    found = np.zeros(len(texts.data.y))
    for k, forest in enumerate(forests[:FOLDS]):
        rows = np.flatnonzero((texts.data.fold == k) & among)
        for part in np.array_split(rows, max(1, len(rows) // 20_000)):
            found[part] = forest.raw(texts.matrix[part])
    return found


def _networks(
    texts: tuple[TextLines, TextLines], matrix: NDArray[np.float32], without: int | None, seed: int
) -> tuple[Network, ...]:
    """The networks, of the pages of all folds but one, each as it is and as it was mixed."""
    plain, more = texts
    pages, mixes = _pages(plain, without), _pages(more, without)
    first, last = len(plain.docs), int(plain.edge[-1])
    lesson = Lesson(
        matrix, np.concatenate([plain.y, more.y]), np.concatenate([plain.weight, more.weight]),
        np.concatenate([plain.edge, more.edge[1:] + last]), list(pages.values()),
        [[i + first for i in mixes.get(page, ())] for page in pages],
    )  # fmt: skip
    return tuple(fit(lesson, seed=seed + i) for i in range(NETWORKS))


def _pages(data: TextLines, without: int | None) -> dict[tuple[str, str], list[int]]:
    """The texts of each page, by index."""
    found: dict[tuple[str, str], list[int]] = {}
    for i, (doc, lines) in enumerate(zip(data.docs, data.reads, strict=True)):
        if doc.dump and lines.size < LONGEST and fold_of(doc.group, FOLDS) != without:
            found.setdefault((doc.corpus, doc.id), []).append(i)
    return found


def _by_networks(data: TextLines, matrix: NDArray[np.float32], networks: Sequence[tuple[Network, ...]]) -> Floats:
    """The log-odds of each text's lines by the fold's networks that never saw its site."""
    parts = ((networks[fold_of(d.group, FOLDS)], data.part(i)) for i, d in enumerate(data.docs))
    return np.concatenate([by_all(among, matrix[part]) for among, part in parts])


def _fold(docs: Sequence[Document]) -> list[int]:
    return [fold_of(d.group, FOLDS) for d in docs]


def _told(
    docs: Sequence[Document], texts: NDArray[np.float32], forests: dict[str, list[Forest]], seed: int
) -> tuple[Floats, Floats]:
    """Adds the trees that tell pages from articles, and news sites from others; what they say of sites not seen."""
    fold, dump = np.array(_fold(docs)), np.array([d.dump for d in docs])
    news, said = np.array([d.corpus in NEWS for d in docs]), []
    asked = np.array([len(d.own) >= LONG for d in docs])  # of the others nobody asks what they are
    if any(len(np.unique(dump[asked & (fold != k)])) < 2 for k in range(FOLDS)):
        asked[:] = True
    known = dump & ~np.array([d.guessed for d in docs])
    for name, rows, truth in (("told", asked, dump), ("site", known, news)):
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


def _thresholds(data: TextLines, told: Floats, odds: Floats) -> tuple[tuple[float, float], Floats, dict[str, Any]]:
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


def _page_score(data: TextLines, furniture: Floats) -> float:
    """F1 of the mean precision and recall of the words of each page's lines."""
    parts = (data.part(i) for i in range(len(data.docs)))
    kept = np.concatenate([furniture[part] < fairest(furniture[part], data.count[part]) for part in parts])
    sums = [np.bincount(data.doc, weights=data.count * part) for part in (kept & (data.y == 1), kept, data.y == 1)]
    hit, made, there = (s[[i for i, d in enumerate(data.docs) if d.dump and not d.guessed]] for s in sums)
    precision, recall = (float(np.mean(hit[n > 0] / n[n > 0])) for n in (made, there))
    return 2 * precision * recall / (precision + recall)


def _cut(furniture: Floats, weight: Floats, lost: float) -> float:
    """The probability that only this share of the weight reaches."""
    order = np.argsort(-furniture)
    reached = np.cumsum(weight[order]) / weight.sum()
    at = int(np.searchsorted(reached, lost))
    return float(furniture[order[min(at, len(order) - 1)]])
