"""Furniture: the lines of a page that are not its article, told by the whole page and not by their words alone.

Boosted trees read each line among the others (:mod:`newsclean.detectors.context`).  The same text may be a whole page,
of which four fifths go, or an article that somebody has cleaned, of which hardly anything may: some trees know pages,
some articles, and a third set tells which a text is, unless the caller does.  numpy is imported with the first text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Self

from newsclean.detectors.shape import is_prose, touched
from newsclean.detectors.sites import RULE as REPEATED
from newsclean.detectors.sites import site_spans
from newsclean.errors import ModelError
from newsclean.persist import Forest, load, models_dir, save
from newsclean.segment import Paragraph
from newsclean.spans import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["RULE", "FurnitureModel", "View", "default_model", "furniture"]

RULE: Final = "model/furniture"
FEWEST: Final = 12
"""Texts of fewer lines say nothing about what is furniture among them."""
FLAGGED: Final = 0.5
STRIPPED: Final = 0.8
SUREST: Final = 0.94
"""The highest score: a caller who wants only what one rule decides alone asks for more."""
SEEN: Final = 0.1
"""The probability from which a line that stands on several pages of the site is furniture."""
NEVER: Final = 2.0
"""A cut that no probability reaches."""
LONG: Final = 56
"""Lines of a page at least; with fewer the model has too little to go by, and rules do better."""
MANY: Final = 24
SURE_ODDS: Final = -2.2
"""A page has so many lines of furniture at least, that sure: one to nine that they are the article's."""
UNSURE: Final = 0.35
"""The share of a page in doubtful lines from which only what is sure goes."""
CAREFUL: Final = 0.85
"""The probability that is sure, then."""
LOSS: Final = 1 / 3
"""The share of an article's words that may look like furniture; where it is more, the model does not know the genre."""


@dataclass(frozen=True, slots=True)
class View:
    """What the model makes of a text: for each line how likely it is furniture and what kind, and what the text is."""

    furniture: NDArray[Any]
    labels: tuple[str, ...]
    whole_page: bool


@dataclass(frozen=True)
class FurnitureModel:
    """The model at work.  Made by ``python -m newsclean.training furniture``; this class only predicts, in numpy.

    Parameters
    ----------
    weights : (3, GRAMS) of the logistic regressions over words, see :func:`newsclean.detectors.context.logits`.
    page, article : the trees that know the lines of whole pages, and those of cleaned articles.
    told : the trees that tell one from the other by :func:`newsclean.detectors.context.facts`.
    cuts : the log-odds from which a text is taken for a page; the probabilities of furniture from which a line is
        stripped, of a page and of an article.
    kinds : (KINDS, labels) weights by which a label is chosen, see :mod:`newsclean.detectors.labels`.
    labels : the names of its columns.
    """

    weights: NDArray[Any]
    page: Forest
    article: Forest
    told: Forest
    cuts: tuple[float, float, float]
    kinds: NDArray[Any]
    labels: tuple[str, ...]
    card: Mapping[str, Any] = field(default_factory=dict)

    def view(
        self, text: str, paragraphs: Sequence[Paragraph], known: Sequence[str | None], /, *, profile: str = "balanced"
    ) -> View:
        """The model's view of a text; ``known`` are the labels that rules gave its paragraphs.

        At least one paragraph; time and memory are linear in the text's length.
        """
        import numpy as np

        from newsclean.detectors.context import facts, logits, look
        from newsclean.detectors.labels import choose
        from newsclean.detectors.lines import read

        lines = read(text, paragraphs)
        columns, context = look(lines, logits(lines, self.weights))
        matrix = np.column_stack(list(columns.values())).astype(np.float32)
        as_page = self.page.raw(matrix)
        told = self.told.raw(facts(columns, context, as_page)[None, :])[0]
        many = len(paragraphs) >= LONG and int((as_page < SURE_ODDS).sum()) >= MANY
        whole = profile == "page" or (profile != "article" and many and bool(told >= self.cuts[0]))
        odds = as_page if whole else self.article.raw(matrix)
        found = 1.0 / (1.0 + np.exp(np.clip(odds, -30.0, 30.0)))
        return View(found, choose(lines, found, known, (self.kinds, self.labels)), whole)

    def score(self, probability: float, cut: float, /) -> float:
        """A probability as a span's score: .5 at even odds, .8 at the cut; monotone and piecewise linear."""
        knots = ((0.0, 0.0), (min(0.5, cut - 0.01), FLAGGED), (cut, STRIPPED), (1.0, SUREST))
        for (x0, y0), (x1, y1) in pairwise(knots):
            if probability < x1:
                return y0 + (y1 - y0) * (probability - x0) / (x1 - x0)
        return SUREST

    def save(self, path: str | os.PathLike[str], card: Mapping[str, Any] | None = None) -> str:
        """Writes ``path.npz`` and ``path.json``; returns the digest."""
        import numpy as np

        arrays = {
            "weights": self.weights.astype(np.float16), "kinds": self.kinds.astype(np.float16), "labels": np.array(self.labels),
            "cuts": np.array(self.cuts), **self.page.packed("page"), **self.article.packed("article"), **self.told.packed("told"),
        }  # fmt: skip
        return save(path, arrays, {"model": "furniture", **(card or {})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model that :meth:`save` wrote; ModelError when it is missing, damaged or of another make."""
        import numpy as np

        from newsclean.detectors.labels import KINDS
        from newsclean.detectors.lines import GRAMS

        arrays, card = load(path)
        try:
            weights, kinds = (arrays[name].astype(np.float32) for name in ("weights", "kinds"))
            told, of_page, of_article = arrays["cuts"].tolist()
            labels = tuple(arrays["labels"].tolist())
        except (KeyError, ValueError) as error:
            raise ModelError(f"{path} is no line model: {error}") from error
        if weights.shape != (3, GRAMS) or kinds.shape != (KINDS, len(labels)):
            raise ModelError(f"{path} was made for tables of another size: {weights.shape}, {kinds.shape}")
        page, article, telling = (Forest.unpacked(name, arrays) for name in ("page", "article", "told"))
        return cls(weights, page, article, telling, (told, of_page, of_article), kinds, labels, card)


@cache
def default_model() -> FurnitureModel:
    """The model that ships with newsclean, read once a process and never changed; ModelError without one."""
    return FurnitureModel.load(models_dir() / "furniture")


def furniture(
    text: str,
    paragraphs: Sequence[Paragraph],
    found: Sequence[Span],
    *,
    profile: str = "balanced",
    seen: Sequence[int] = (),
) -> list[Span]:
    """Spans over whole lines that are not the article's, under a label of their own, rule ``model/furniture``.

    Parameters
    ----------
    text, paragraphs : the source and its lines, all of them.
    found : the rules' spans; a line that a rule is sure of keeps its label and gets no second span.
    profile : ``"page"`` and ``"article"`` say what the text is; else the text tells.
    seen : on how many pages of the site each line stands, where that is known: evidence that makes furniture of all
        but what the model is sure of.

    Returns
    -------
    A score of .8 or more is for stripping.  On a whole page that is what is more likely furniture than not; on an
    article, what is near certain.  It judges no text of fewer than twelve lines: rules do.

    >>> from newsclean.segment import segment
    >>> furniture("Home", segment("Home"), [])
    []
    """
    if len(paragraphs) < FEWEST:
        return list(site_spans(paragraphs, seen)) if seen else []
    model = default_model()
    sure = touched(paragraphs, found, least=STRIPPED)
    view = model.view(text, paragraphs, [s.label if s else None for s in sure], profile=profile)
    cut = model.cuts[1] if view.whole_page else model.cuts[2]
    if view.whole_page and _unsure(paragraphs, view):
        cut = max(cut, CAREFUL)
    if _too_much(paragraphs, view, cut):
        cut = NEVER
    spans = []
    suspects = touched(paragraphs, found, least=FLAGGED)
    labels = [s.label if s else label for s, label in zip(suspects, view.labels, strict=True)]
    for i, (p, span, chance) in enumerate(zip(paragraphs, sure, view.furniture.tolist(), strict=True)):
        if span is None and seen and seen[i] and chance >= SEEN:
            spans.append(Span(p.start, p.end, labels[i], REPEATED, SUREST))
        elif span is None and chance >= min(0.5, cut):
            spans.append(Span(p.start, p.end, labels[i], RULE, round(model.score(chance, cut), 4)))
    return spans


def _unsure(paragraphs: Sequence[Paragraph], view: View) -> bool:
    """Whether the model can say neither of too many of a page's lines: a kind of page that it does not know."""
    pairs = [(len(p.text), 0.2 < chance < 0.8) for p, chance in zip(paragraphs, view.furniture.tolist(), strict=True)]
    return sum(n for n, doubt in pairs if doubt) > UNSURE * sum(n for n, _ in pairs)


def _too_much(paragraphs: Sequence[Paragraph], view: View, cut: float) -> bool:
    """Whether an article would lose a third, or a page its last paragraph of prose."""
    size = [len(p.text) for p in paragraphs]
    going = sum(n for n, chance in zip(size, view.furniture.tolist(), strict=True) if chance >= cut)
    if not view.whole_page:
        return going > LOSS * sum(size)
    pairs = zip(paragraphs, view.furniture.tolist(), strict=True)
    return not any(chance < cut and is_prose(p.text) for p, chance in pairs)
