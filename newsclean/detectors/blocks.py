"""Blocks: which paragraphs of a page are its article - a second opinion on what trafilatura kept.

Two looks of boosted trees over the features of :mod:`newsclean.detectors.blockfeatures`; the second sees what the first
thinks of the neighbours.  A few more trees, the gate, say whether the page is an article at all.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from newsclean.detectors.pagekind import PAGE, page_row
from newsclean.errors import ModelError
from newsclean.metadata import Metadata
from newsclean.page import Page
from newsclean.persist import Forest, load, models_dir, save

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from newsclean.detectors.blockwords import Tables

__all__ = ["NEVER", "RULE", "BlockModel", "Judged", "default_blocks"]

RULE: Final = "model/blocks"
NEVER: Final = -9.0
"""The log-odds of a block that nobody looked at."""


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
    gate : trees over the numbers of a page (:data:`newsclean.detectors.pagekind.PAGE`).
    least : the probability under which a page is no article.
    card : what the file's card said.
    """

    tables: Tables
    first: Forest
    second: Forest
    gate: Forest
    least: float
    card: Mapping[str, Any] = field(default_factory=dict)

    def judge(self, page: Page, kept: Sequence[float], facts: Metadata) -> Judged:
        """What the model says of a page, of which trafilatura ``kept`` these shares; from .5 on a block is kept."""
        import numpy as np

        odds = self.log_odds(page, kept, facts)
        return Judged(
            1.0 / (1.0 + np.exp(-odds)),
            self.article(page_row(page, kept, odds, facts)),
        )

    def log_odds(self, page: Page, kept: Sequence[float], facts: Metadata) -> NDArray[np.float64]:
        """(blocks,) the log-odds of the second look."""
        import numpy as np

        from newsclean.detectors.blockfeatures import features, stacked

        odds = np.full(len(page.blocks), NEVER)
        matrix = features(page, kept, facts, self.tables)
        rows = np.flatnonzero(matrix[:, 0])  # the length of a block that nobody looks at is left at 0
        if len(rows):
            odds[rows] = self.first.raw(matrix[rows])
            odds[rows] = self.second.raw(stacked(matrix, odds)[rows])
        return odds

    def article(self, row: Sequence[float]) -> float:
        """How likely a page with these numbers (:func:`page_row`) is an article."""
        import numpy as np

        odds = self.gate.raw(np.array([row], np.float32))[0]
        return float(1.0 / (1.0 + np.exp(-odds)))

    def save(self, path: str | os.PathLike[str], card: Mapping[str, Any] | None = None) -> str:
        """Writes ``path.npz`` and ``path.json``; returns the digest."""
        import numpy as np

        arrays = {
            **self.tables.packed(), **self.first.packed("first"), **self.second.packed("second"),
            **self.gate.packed("gate"), "limits": np.array([self.least]),
        }  # fmt: skip
        return save(path, arrays, {"model": "blocks", **(card or {})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model that :meth:`save` wrote; ModelError when it is missing, damaged or of other features."""
        from newsclean.detectors.blockfeatures import FEATURES
        from newsclean.detectors.blockwords import Tables

        arrays, card = load(path)
        try:
            (least,) = arrays["limits"].tolist()
            tables = Tables.unpacked(arrays)
        except (KeyError, ValueError) as error:
            raise ModelError(f"{path} is no block model: {error}") from error
        if card.get("features") != len(FEATURES) or card.get("page") != len(PAGE):
            raise ModelError(f"{path} was made for {card.get('features')} features, this newsclean has {len(FEATURES)}")
        first, second, gate = (Forest.unpacked(name, arrays) for name in ("first", "second", "gate"))
        return cls(tables, first, second, gate, least, card)


@cache
def default_blocks() -> BlockModel:
    """The model that ships with newsclean, read once a process and never changed; ModelError without one."""
    return BlockModel.load(models_dir() / "blocks")
