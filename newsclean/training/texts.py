"""Texts to learn from: pages as several converters flatten them and as extractors clean them, and which lines are the article's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from newsclean.config import Config
from newsclean.detectors.lines import GRAMS, Lines, grams
from newsclean.pipeline import Cleaner
from newsclean.segment import segment
from newsclean.training.align import align, tells, words
from newsclean.training.audit import flat
from newsclean.training.dumps import DUMPS, Page, convert, fold_of, pages

__all__ = ["FOLDS", "NEWS", "Document", "TextLines", "documents"]

Floats = NDArray[np.float64]

FOLDS: Final = 4
NEWS: Final = frozenset({"fundus", "newspaper4k"})
"""The corpora of news sites, whose makers left captions, lists of facts and boxes out of an article."""
UPWEIGHT: Final = 1.5
"""How much a page of them counts beside one of the others, of which there are five times as many."""
CLEANED: Final = ("trafilatura", "readability-lxml")
"""The extractors whose texts are lessons.  newspaper4k gives some pages another text at every run, and no model of these would
come out the same twice; it stays a peer, and one whose texts nobody has learned from."""
GUESSED: Final = ("trafeval",)
"""The corpora that say strings of an article and not its text; what :func:`newsclean.extract` gives stands for that."""
GUESS: Final = 0.5
"""How much a page of them counts."""
LEAST: Final = 80
"""Words that an article has at least to stand for a page's."""
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

    @property
    def guessed(self) -> bool:
        return self.corpus in GUESSED


def documents(corpora: Path, *, every: int = 1) -> list[Document]:
    """The texts to train on: pages by every converter, news pages by both extractors, most others by one; and the articles,
    but of pages whose article is a guess the converters' texts alone.

    Raises MissingExtra without the converters (``pip install 'newsclean[bench]'``).
    """
    made = []
    for number, page in enumerate((*pages(corpora), *_extracted(corpora))):
        if number % every:
            continue
        for by in _chosen(page.corpus, page.id):
            text = page.gold if by == "gold" else convert(page.html, by)
            lines = [p.line for p in segment(text)]
            if lines:
                own = [True] * len(lines) if by == "gold" else _own(lines, page)
                made.append(Document(page.corpus, page.id, page.group, by, text, tuple(own), len(words(page.gold))))
    return made


def _extracted(corpora: Path) -> Iterator[Page]:
    """The pages whose article nobody has written down, with what newsclean makes of their HTML in its place."""
    cleaner = Cleaner(Config(title="drop", attribution="off"))
    for page in pages(corpora, names=GUESSED, without_text=True):
        article = cleaner.extract(page.html)
        if len(words(article.text)) >= LEAST and all(issue.code != "not_an_article" for issue in article.issues):
            yield replace(page, gold=article.text)


def _own(lines: Sequence[str], page: Page) -> list[bool]:
    """Which lines are the article's, by its text; where that is a guess, the strings that are known have the last word."""
    own = align(lines, page.gold)
    for strings, is_own in ((page.wanted, True), (page.unwanted, False)):
        for i, line in enumerate(map(flat, lines)):
            if any(tells(s, line) for s in strings):
                own[i] = is_own
    return own


def _chosen(corpus: str, name: str) -> Iterator[str]:
    number = crc32(name.encode())
    if corpus in GUESSED:
        yield from DUMPS
        return
    if corpus in NEWS:
        yield from (*DUMPS, *CLEANED)
    else:
        yield from (*DUMPS, CLEANED[number % 2])
    yield "gold"


@dataclass
class TextLines:
    """All lines of texts as arrays, one text after another."""

    docs: Sequence[Document]
    reads: Sequence[Lines]
    seed: int

    def __post_init__(self) -> None:
        size = [r.size for r in self.reads]
        self.edge = np.concatenate([[0], np.cumsum(size)])
        self.doc = np.repeat(np.arange(len(size)), size)
        self.y = np.concatenate([np.array(d.own, dtype=np.int64) for d in self.docs])
        self.count = np.concatenate([r.word_count for r in self.reads])
        self.fold = self.of(lambda d: fold_of(d.group, FOLDS))
        self.news = self.of(lambda d: d.corpus in NEWS).astype(np.bool_)
        self.dump = self.of(lambda d: d.dump).astype(np.bool_)
        self.guessed = self.of(lambda d: d.guessed).astype(np.bool_)
        much = np.where(self.guessed, GUESS, np.where(self.news, UPWEIGHT, 1.0))
        self.weight = (self.count + 4.0) / (self.of(lambda d: d.size) + 200.0) * much

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
