"""Blocks: which paragraphs of a page are its article - a second opinion on what trafilatura kept.

Two looks of boosted trees over the features of :mod:`newsclean.detectors.blockfeatures`; the second sees what the first
thinks of the neighbours.  One more weight vector says whether the page is an article at all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from newsclean.errors import ModelError
from newsclean.page import Page
from newsclean.persist import Forest, load, models_dir, save

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from newsclean.detectors.blockfeatures import Head
    from newsclean.detectors.blockwords import Tables

__all__ = ["PAGE", "RULE", "BlockModel", "Judged", "default_blocks", "page_row"]

RULE: Final = "model/blocks"
NEVER: Final = -9.0
"""The log-odds of a block that nobody looked at."""

PAGE: Final = (
    "words", "kept", "kept_share", "prose_blocks", "longest", "run", "linked", "sure", "prose_share", "short_share",
    "repeats", "declared", "collection", "goods", "described", "headings", "blocks", "spread",
)  # fmt: skip
"""What is asked of a page to say whether it is an article."""
_ARTICLES: Final = ("article", "blogposting", "newsarticle", "report", "review")
_COLLECTIONS: Final = (
    "collectionpage",
    "itemlist",
    "searchresultspage",
    "discussionforumposting",
    "qapage",
    "profilepage",
)
_GOODS: Final = (
    "product",
    "offer",
    "aggregateoffer",
    "service",
    "localbusiness",
    "softwareapplication",
    "event",
    "place",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the model says of a page: each block's probability of being the article's, and the page's of being one."""

    blocks: NDArray[np.float64]
    article: float


@dataclass(frozen=True)
class BlockModel:
    """The model at work; ``python -m newsclean.training blocks`` makes one.

    Parameters
    ----------
    tables : weights of hashed names and words.
    first, second : trees; the second sees the first's log-odds of the neighbours.
    threshold : the log-odds from which a block is kept.
    gate : (len(PAGE) + 1, 3) means, scales and weights of a page's numbers; the last row holds the shift.
    least : the probability under which a page is no article.
    card : what the file's card said.
    """

    tables: Tables
    first: Forest
    second: Forest
    threshold: float
    gate: NDArray[np.float64]
    least: float
    card: Mapping[str, Any] = field(default_factory=dict)

    def judge(self, page: Page, kept: Sequence[float], head: Head, types: Sequence[str]) -> Judged:
        """What the model says of a page, of which trafilatura ``kept`` these shares; probabilities at the threshold are .5."""
        import numpy as np

        odds = self.log_odds(page, kept, head)
        return Judged(
            1.0 / (1.0 + np.exp(self.threshold - odds)),
            self.article(page_row(page, kept, odds - self.threshold, types)),
        )

    def log_odds(self, page: Page, kept: Sequence[float], head: Head) -> NDArray[np.float64]:
        """(blocks,) the log-odds of the second look."""
        import numpy as np

        from newsclean.detectors.blockfeatures import dull, features, stacked

        odds = np.full(len(page.blocks), NEVER)
        if not len(odds):
            return odds
        rows = np.flatnonzero(~dull(page, kept))
        if len(rows):
            matrix = features(page, kept, head, self.tables)
            odds[rows] = self.first.raw(matrix[rows])
            odds[rows] = self.second.raw(stacked(matrix, odds)[rows])
        return odds

    def article(self, row: Sequence[float]) -> float:
        """How likely a page with these numbers (:func:`page_row`) is an article."""
        import numpy as np

        mean, scale, weight = self.gate[:-1].T
        odds = float(((np.array(row) - mean) / scale) @ weight + self.gate[-1, 2])
        return float(1.0 / (1.0 + np.exp(-np.clip(odds, -50, 50))))

    def save(self, path: str | os.PathLike[str], card: Mapping[str, Any] | None = None) -> str:
        """Writes ``path.npz`` and ``path.json``; returns the digest."""
        import numpy as np

        arrays = {
            **self.tables.packed(), **self.first.packed("first"), **self.second.packed("second"), "gate": self.gate,
            "limits": np.array([self.threshold, self.least]),
        }  # fmt: skip
        return save(path, arrays, {"model": "blocks", **(card or {})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model that :meth:`save` wrote; ModelError when it is missing, damaged or of other features."""
        from newsclean.detectors.blockfeatures import FEATURES
        from newsclean.detectors.blockwords import Tables

        arrays, card = load(path)
        try:
            threshold, least = arrays["limits"].tolist()
            gate, tables = arrays["gate"], Tables.unpacked(arrays)
        except (KeyError, ValueError) as error:
            raise ModelError(f"{path} is no block model: {error}") from error
        if card.get("features") != len(FEATURES) or gate.shape != (len(PAGE) + 1, 3):
            raise ModelError(f"{path} was made for {card.get('features')} features, this newsclean has {len(FEATURES)}")
        return cls(
            tables, Forest.unpacked("first", arrays), Forest.unpacked("second", arrays), threshold, gate, least, card
        )


@cache
def default_blocks() -> BlockModel:
    """The model that ships with newsclean, read once a process and never changed; ModelError without one."""
    return BlockModel.load(models_dir() / "blocks")


def page_row(page: Page, kept: Sequence[float], odds: NDArray[np.float64], types: Sequence[str]) -> list[float]:
    """The numbers of :data:`PAGE`; ``odds`` are 0 at the threshold, ``types`` what JSON-LD and Open Graph call the page."""
    from math import log1p

    import numpy as np

    if not page.blocks:
        return [0.0] * len(PAGE)
    words = np.array([b.text.count(" ") + 1 for b in page.blocks])
    linked = np.array([b.linked / len(b.text) for b in page.blocks])
    mine = odds > 0
    prose = mine & (words >= 15) & (linked < 0.4)
    own = int(words[mine].sum())
    declared = Counter(t.rpartition("/")[2].casefold() for t in types)
    shares = 1.0 / (1.0 + np.exp(-odds))
    places = np.flatnonzero(prose)
    texts = Counter(b.text for b, m in zip(page.blocks, mine, strict=True) if m)
    return [
        log1p(own), log1p(float((np.asarray(kept) * words).sum())), own / max(int(words.sum()), 1),
        log1p(len(places)), log1p(int(words[prose].max(initial=0))), log1p(_run(prose, words)),
        float((words * linked).sum() / words.sum()), float((words * shares)[mine].sum() / max(own, 1)),
        float(words[prose].sum() / max(own, 1)), float((mine & (words < 8)).sum() / max(int(mine.sum()), 1)),
        len(page.blocks) and (sum(texts.values()) - len(texts)) / max(len(texts), 1),
        float(any(declared[t] for t in _ARTICLES)), float(any(declared[t] for t in _COLLECTIONS)),
        float(any(declared[t] for t in _GOODS)), float(shares.max()),
        sum(b.has("heading") for b in page.blocks) / len(page.blocks), log1p(len(page.blocks)),
        float(np.ptp(places) / len(page.blocks)) if len(places) else 1.0,
    ]  # fmt: skip


def _run(prose: NDArray[np.bool_], words: NDArray[np.int64]) -> int:
    """The words of the longest run of prose that at most two other blocks interrupt at a time."""
    best = run = gap = 0
    for is_prose, count in zip(prose.tolist(), words.tolist(), strict=True):
        if is_prose:
            run, gap = run + count, 0
            best = max(best, run)
        elif (gap := gap + 1) > 2:
            run = 0
    return best
