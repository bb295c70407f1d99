"""Furniture: the lines of a page that are not its article, told by the whole page and not by their words alone.

Boosted trees and two small networks read each line among the others (:mod:`newsclean.detectors.context`).  The same text
may be a whole page, of which four fifths go, or an article that somebody has cleaned, of which hardly anything may: trees
and networks know pages, other trees articles, and a third set tells which a text is, unless the caller does.  News sites
leave out more than blogs and guides do, so trees of their own speak where a page reads like theirs.  numpy is imported
with the first text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Self

from newsclean.detectors.cuts import (
    FLAGGED,
    LONG,
    NEVER,
    STRIPPED,
    SUREST,
    fairest,
    may_be_page,
    news_share,
    scored,
    surer,
)
from newsclean.detectors.genre import announced, is_broken, is_entry, is_reference, listings
from newsclean.detectors.shape import is_prose, touched
from newsclean.detectors.sites import RULE as REPEATED
from newsclean.detectors.sites import site_spans
from newsclean.detectors.strip import WEAK
from newsclean.detectors.tail import signed, stranded
from newsclean.errors import ModelError
from newsclean.persist import Forest, load, models_dir, save
from newsclean.segment import Paragraph
from newsclean.spans import Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from newsclean.detectors.context import Context
    from newsclean.detectors.network import Network

__all__ = [
    "FORESTS",
    "PAGES",
    "RULE",
    "FurnitureModel",
    "View",
    "default_model",
    "furniture",
    "is_asked",
    "is_other",
]

RULE: Final = "model/furniture"
FEWEST: Final = 12
"""Pages of fewer lines say nothing about what is furniture among them."""
DOUBTED: Final = 0.2
"""The probability from which a line goes that is stranded below the article among others that go."""
SEEN: Final = 0.1
"""The probability from which a line that stands on several pages of the site is furniture."""
FORESTS: Final = ("page", "news", "article", "told", "site")
PAGES: Final = frozenset({"comments", "cookie", "legal", "navigation", "newsletter", "social"})
"""Labels of lines that pages have at their top and bottom."""
CODED: Final = 1 / 8
"""The share of a text's lines that are code, from which it is judged by what rules know of it."""
MOSTLY: Final = 0.4
"""That from which it is no page."""
LOSS: Final = 1 / 3
"""The share of an article's words that may look like furniture; where it is more, the model does not know the genre."""


@dataclass(frozen=True, slots=True)
class View:
    """What the model makes of a text: for each line how likely it is furniture and what kind ("" where it hardly is or a
    rule has said it), what the text is, and the probability from which its lines go."""

    furniture: NDArray[Any]
    labels: tuple[str, ...]
    whole_page: bool
    cut: float


@dataclass(frozen=True)
class FurnitureModel:
    """The model at work.  Made by ``python -m newsclean.training furniture``; this class only predicts, in numpy.

    Parameters
    ----------
    weights : (3, GRAMS) of the logistic regressions over words, see :func:`newsclean.detectors.context.logits`.
    trees : the :data:`FORESTS`: ``page`` knows the lines of whole pages, ``news`` those of news sites, ``article`` those
        of cleaned articles; by :func:`newsclean.detectors.context.facts` ``told`` tells a page from an article and
        ``site`` a news site from another.
    networks : know the lines of whole pages too, and what the trees made of them; two of the same lessons in another
        order, whose mean errs less than either.  The mean of theirs and of the trees' log-odds counts.
    cuts : the log-odds from which a text is taken for a page; the probability of furniture from which a line of an
        article is stripped.  A page's own lines say theirs, see :func:`fairest` and :func:`surer`.
    kinds : (KINDS, labels) weights by which a label is chosen, see :mod:`newsclean.detectors.labels`.
    labels : the names of its columns.
    """

    weights: NDArray[Any]
    trees: Mapping[str, Forest]
    networks: tuple[Network, ...]
    cuts: tuple[float, float]
    kinds: NDArray[Any]
    labels: tuple[str, ...]
    card: Mapping[str, Any] = field(default_factory=dict)

    def view(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        known: Sequence[Span | None],
        /,
        *,
        profile: str = "balanced",
        least: float = SEEN,
    ) -> View:
        """The model's view of a text; ``known`` are the surest spans of rules over its paragraphs.

        Lines as likely furniture as ``least`` get labels.  At least one paragraph; time and memory are linear in the
        text's length.
        """
        import numpy as np

        from newsclean.detectors.context import logits, look, ruled
        from newsclean.detectors.labels import choose
        from newsclean.detectors.lines import read

        lines = read(text, paragraphs)
        matrix, context = look(lines, logits(lines, self.weights) | ruled(known))
        as_page = self._as_page(matrix, context, profile=profile)
        whole = as_page is not None
        odds = self.trees["article"].raw(matrix) if as_page is None else as_page
        found = 1.0 / (1.0 + np.exp(np.clip(odds, -30.0, 30.0)))
        cut = surer(fairest(found, lines.word_count)) if whole else self.cuts[1]
        sure = [s.label if s and s.score >= STRIPPED else None for s in known]
        return View(found, choose(lines, found, sure, (self.kinds, self.labels), least=least), whole, cut)

    def _as_page(self, matrix: NDArray[Any], context: Context, *, profile: str) -> NDArray[Any] | None:
        """The log-odds of each line as a page's; None where the text is an article, most often told by its length."""
        if profile != "page" and (profile == "article" or len(matrix) < LONG):
            return None
        from newsclean.detectors.context import facts, look_again
        from newsclean.detectors.network import by_all

        by_trees = self.trees["page"].raw(matrix)
        if profile != "page" and not may_be_page(by_trees, odds=0.0):
            return None  # the network's word would have to be twice as sure: of 353 pages none
        odds = (by_trees + by_all(self.networks, look_again(matrix, context, by_trees))) / 2.0
        seen = facts(context, odds)[None, :]
        if profile != "page" and not (may_be_page(odds) and self.trees["told"].raw(seen)[0] >= self.cuts[0]):
            return None
        share = news_share(self.trees["site"].raw(seen)[0])
        return odds + share * (self.trees["news"].raw(matrix) - by_trees) / 2.0 if share else odds

    def spans(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        found: Sequence[Span],
        *,
        profile: str = "balanced",
        seen: Sequence[int] = (),
    ) -> list[Span]:
        """What :func:`furniture` gives by the model that ships, by this one."""
        if not is_asked(paragraphs, profile=profile, seen=seen):
            return list(site_spans(paragraphs, seen)) if seen else []
        known = touched(paragraphs, found, least=WEAK)
        sure = [s if s and s.score >= STRIPPED else None for s in known]
        labelled = SEEN if any(seen) else min(FLAGGED, self.cuts[1])
        view = self.view(text, paragraphs, known, profile=profile, least=labelled)
        code = listings(text, paragraphs) if view.furniture.max() >= FLAGGED else frozenset()
        if profile != "page" and view.furniture.max() >= view.cut and is_other(paragraphs, sure, len(code)):
            view = replace(self.view(text, paragraphs, known, profile="article", least=labelled), cut=NEVER)
        cut = NEVER if _too_much(paragraphs, view) else view.cut
        labels = [s.label if s and s.score >= FLAGGED else label for s, label in zip(known, view.labels, strict=True)]
        least, chances = min(0.5, cut), view.furniture.tolist()
        held = signed(paragraphs) | announced(paragraphs, _certain(chances, sure, least)) if view.whole_page else code
        free = [s is None and i not in held and not is_entry(paragraphs[i].text) for i, s in enumerate(sure)]
        scores = [score if own else 0.0 for own, score in zip(free, scored(view.furniture, cut).tolist(), strict=True)]
        if view.whole_page and cut < NEVER:
            kept = [s is None and score < STRIPPED for s, score in zip(sure, scores, strict=True)]
            for i in stranded(paragraphs, kept):
                if free[i] and chances[i] >= DOUBTED:
                    scores[i], labels[i] = STRIPPED, next(filter(None, labels[i::-1]), "navigation")
        spans = []
        for i, p in enumerate(paragraphs):
            if sure[i] is None and seen and seen[i] and chances[i] >= SEEN:
                spans.append(Span(p.start, p.end, labels[i], REPEATED, SUREST))
            elif free[i] and (chances[i] >= least or scores[i] >= STRIPPED):
                spans.append(Span(p.start, p.end, labels[i], RULE, scores[i]))
        return spans

    def save(self, path: str | os.PathLike[str], card: Mapping[str, Any] | None = None) -> str:
        """Writes ``path.npz`` and ``path.json``; returns the digest."""
        import numpy as np

        arrays = {
            "weights": self.weights.astype(np.float16), "kinds": self.kinds.astype(np.float16), "labels": np.array(self.labels),
            "cuts": np.array(self.cuts),
        }  # fmt: skip
        for i, network in enumerate(self.networks):
            arrays |= network.packed(f"network{i}")
        for name in FORESTS:
            arrays |= self.trees[name].packed(name)
        return save(path, arrays, {"model": "furniture", **(card or {})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model that :meth:`save` wrote; ModelError when it is missing, damaged or of another make."""
        import numpy as np

        from newsclean.detectors.context import columns
        from newsclean.detectors.labels import KINDS
        from newsclean.detectors.lines import GRAMS
        from newsclean.detectors.network import NETWORKS, Network

        arrays, card = load(path)
        try:
            weights, kinds = arrays["weights"].astype(np.float32, order="F"), arrays["kinds"].astype(np.float32)
            told, of_article = arrays["cuts"].tolist()
            labels = tuple(arrays["labels"].tolist())
        except (KeyError, ValueError) as error:
            raise ModelError(f"{path} is no line model: {error}") from error
        if weights.shape != (3, GRAMS) or kinds.shape != (KINDS, len(labels)):
            raise ModelError(f"{path} was made for tables of another size: {weights.shape}, {kinds.shape}")
        trees = {name: Forest.unpacked(name, arrays) for name in FORESTS}
        networks = tuple(Network.unpacked(f"network{i}", arrays) for i in range(NETWORKS))
        for made in {len(network.mean) for network in networks} - {columns()}:
            raise ModelError(f"{path} was made for {made} numbers a line, not {columns()}: train it anew")
        return cls(weights, trees, networks, (told, of_article), kinds, labels, card)


@cache
def default_model() -> FurnitureModel:
    """The model that ships with newsclean, read once a process and never changed; ModelError without one."""
    return FurnitureModel.load(models_dir() / "furniture")


def is_asked(paragraphs: Sequence[Paragraph], /, *, profile: str = "balanced", seen: Sequence[int] = ()) -> bool:
    """Whether a text has lines enough for the model: a page twelve, any other fifty."""
    return len(paragraphs) >= (FEWEST if profile == "page" or any(seen) else LONG)


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
    article, what is near certain.  It judges no text of fewer than fifty lines, unless it is said to be a page or some
    of its lines stand on other pages of the site, and none of fewer than twelve: rules do.

    >>> from newsclean.segment import segment
    >>> furniture("Home", segment("Home"), [])
    []
    """
    if not is_asked(paragraphs, profile=profile, seen=seen):  # not worth loading the model
        return list(site_spans(paragraphs, seen)) if seen else []
    return default_model().spans(text, paragraphs, found, profile=profile, seen=seen)


def is_other(paragraphs: Sequence[Paragraph], sure: Sequence[Span | None], code: int, /) -> bool:
    """Whether the shapes of a text's lines do not tell that it is a page: it is broken at a width, or code, or cites.

    ``sure`` are the rules' spans over its lines, ``code`` is how many of these are code.  The pages of encyclopaedias and
    of programmers have the furniture of pages too, which rules know.
    """
    coded = code / len(paragraphs)
    other = PAGES.isdisjoint(s.label for s in sure if s) and (coded >= CODED or is_reference(paragraphs))
    return other or coded >= MOSTLY or is_broken(paragraphs)


def _certain(chances: Sequence[float], sure: Sequence[Span | None], least: float) -> list[bool]:
    """Which lines are the article's, as far as anybody doubts."""
    return [chance < least and span is None for chance, span in zip(chances, sure, strict=True)]


def _too_much(paragraphs: Sequence[Paragraph], view: View) -> bool:
    """Whether an article would lose a third, or a page its last paragraph of prose."""
    size = [len(p.text) for p in paragraphs]
    going = sum(n for n, chance in zip(size, view.furniture.tolist(), strict=True) if chance >= view.cut)
    if not view.whole_page:
        return going > LOSS * sum(size)
    pairs = zip(paragraphs, view.furniture.tolist(), strict=True)
    return not any(chance < view.cut and is_prose(p.text) for p, chance in pairs)
