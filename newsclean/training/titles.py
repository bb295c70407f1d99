"""Titles: the weights by which a headline is told among the lines above a text, from pages whose headline is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from newsclean.config import Config
from newsclean.detect import Detectors
from newsclean.detectors.furniture import FurnitureModel
from newsclean.detectors.title import Candidate, candidates
from newsclean.training.dumps import convert, fold_of, pages

__all__ = ["Headed", "headed", "same", "train", "written"]

FOLDS: Final = 4
LIKELY: Final = 0.08
"""The probability from which a line is the headline; between this and twice as much, as many are right as wrong."""
SURE: Final = 0.25
"""The probability from which it is so sure that it may leave a text which has lost its page: above it three of four lines
that leave trafilatura's output are right, and half of those that leave newspaper4k's, which seldom has a headline."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Headed:
    """A page's candidates, and which of them is its headline."""

    group: str
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]


def same(title: str, line: str) -> bool:
    """Whether a line is a headline in other letters: four fifths of the words of both.

    >>> same("Ferry sinks in harbour", "FERRY SINKS IN HARBOUR"), same("Ferry sinks", "Ferry")
    (True, False)
    """
    wanted, got = (set(_WORD.findall(t.casefold())) for t in (title, line))
    return bool(wanted) and len(wanted & got) >= 0.8 * max(len(wanted), len(got))


def headed(corpora: Path, folds: Sequence[FurnitureModel] = (), *, every: int = 1) -> Iterator[Headed]:
    """The pages of fundus and wcxb whose headline is known, as inscriptis dumps and as trafilatura's output.

    ``folds`` are the line models of which each has not seen one fold's sites; without them the one that ships reads
    the pages, which it knows too well.
    """
    readers = [Detectors(Config(), model=model) for model in folds] or [Detectors(Config())]
    for page in [p for p in pages(corpora, names=("fundus", "wcxb")) if p.title][::every]:
        detectors = readers[fold_of(page.group, len(readers))]
        for by in ("inscriptis", "trafilatura"):
            sight = detectors.sight(convert(page.html, by), detectors.rules(page.group))
            lines = candidates(sight.paragraphs, sight.found, foreign=sight.foreign)
            right = tuple(same(page.title or "", c.paragraph.text) for c in lines)
            yield Headed(page.group, tuple(lines), right)


def train(pages: Sequence[Headed]) -> tuple[dict[str, float], tuple[int, int, int]]:
    """The weights; and in cross-validation by site how many pages with a headline there were, found and mistaken."""
    found = wrong = 0
    for k in range(FOLDS):
        weights = _fitted([p for p in pages if fold_of(p.group, FOLDS) != k])
        for page in (p for p in pages if fold_of(p.group, FOLDS) == k and p.candidates):
            odds = [weights["bias"] + sum(weights[n] * v for n, v in c.traits.items()) for c in page.candidates]
            best = max(range(len(odds)), key=lambda i: (odds[i], i))
            found += odds[best] >= _odds(LIKELY) and page.right[best]
            wrong += odds[best] >= _odds(LIKELY) and not page.right[best]
    return _fitted(pages), (sum(any(p.right) for p in pages), found, wrong)


def written(weights: dict[str, float], counts: tuple[int, int, int]) -> str:
    """The data file of :mod:`newsclean.detectors.title`."""
    there, found, wrong = counts
    head = (
        f"# Made by python -m newsclean.training title; four folds by site: of {there} headlines among the candidates\n"
    )
    head += f"# {found} found; {wrong} lines mistaken for one.\nleast = {_odds(LIKELY):.2f}\nsure = {_odds(SURE):.2f}\n\n[weights]\n"
    return head + "".join(f"{name} = {value:.2f}\n" for name, value in weights.items())


def _fitted(pages: Sequence[Headed]) -> dict[str, float]:
    rows = [list(c.traits.values()) for p in pages for c in p.candidates]
    names = next(list(c.traits) for p in pages for c in p.candidates)
    right = [r for p in pages for r in p.right]
    model = LogisticRegression(max_iter=2000).fit(np.array(rows), np.array(right))
    values = [float(model.intercept_[0]), *model.coef_[0].tolist()]
    return {name: round(value, 2) for name, value in zip(["bias", *names], values, strict=True)}


def _odds(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))
