"""Mixing: pages put together anew from pages of their kind, so that the line model learns pages and not these pages.

A few hundred news pages have fewer ways to be dirty than the next site has.  So another article stands among a page's
boxes, parts of its menus go, boxes of other pages come between its paragraphs, and below it another story begins.  Only
what lines are to each other changes: each is as some converter made it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors.lines import Lines

__all__ = ["Flat", "mixed"]

Ints = NDArray[np.int64]

SWAPPED: Final = 0.3
"""How often another page's article stands in the place of the page's own."""
THINNED: Final = 0.5
"""How often a part of what stands above the article goes, and a part of what stands below."""
SHORTENED: Final = 0.3
"""How often a part of the article goes."""
SECOND: Final = 0.3
"""How often another story begins below the article."""
BOXES: Final = 1.0
"""How many boxes of other pages come in, on average."""
BOX: Final = 8
"""Lines of a box, on average."""
LEAST: Final = 10
"""Lines that a page has at least."""

_COLUMNS: Final = ("length", "counts", "first", "last", "word_count", "breaks", "indent")
_WORDS: Final = ("words", "letters", "capital", "kind")


@dataclass(frozen=True, slots=True)
class Flat:
    """A page's lines, how each reads by itself ((n,) columns), and which are its article's ((n,) of 0 and 1)."""

    lines: Lines
    read: dict[str, NDArray[Any]]
    own: Ints

    @property
    def article(self) -> tuple[int, int]:
        """The first line of the article and the one behind its last; twice the number of lines where it has none."""
        rows = np.flatnonzero(self.own)
        return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (len(self.own), len(self.own))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some lines of a page; of another's article they are furniture here."""

    page: Flat
    rows: Ints
    foreign: bool = False


def mixed(page: Flat, others: Sequence[Flat], rng: np.random.Generator, /) -> Flat | None:
    """A page made of this one and of others of its kind; None for a page without article or of too few lines.

    What belongs to the article of ``page``, or of the page whose article takes its place, is the article's; all else,
    other stories too, is furniture.
    """
    first, behind = page.article
    if first == behind:
        return None
    above, body = [_Piece(page, np.arange(first))], _Piece(page, np.arange(first, behind))
    other = _drawn(others, rng)
    if rng.random() < SWAPPED and other is not page:
        above, body = _swapped(page, other, rng)
    above = [_Piece(p.page, _thinned(p.rows, THINNED, rng)) for p in above]
    below = _thinned(np.arange(behind, page.lines.size), THINNED, rng)
    if len(body.rows) > BOX:
        body = _Piece(body.page, _thinned(body.rows, SHORTENED, rng, most=0.5))
    pieces = [*above, body, *_second(_Piece(page, below), (page, body.page), others, rng)]
    for _ in range(int(rng.poisson(BOXES))):
        _boxed(pieces, _drawn(others, rng), rng)
    if sum(len(p.rows) for p in pieces) < LEAST:
        return None
    return _joined([p for p in pieces if len(p.rows)])


def _drawn(others: Sequence[Flat], rng: np.random.Generator) -> Flat:
    return others[int(rng.integers(len(others)))]


def _swapped(page: Flat, other: Flat, rng: np.random.Generator) -> tuple[list[_Piece], _Piece]:
    """The page's menus above the other's headline, byline and article."""
    first, (start, stop) = page.article[0], other.article
    with_it = int(rng.integers(2, BOX))
    kept = _Piece(page, np.arange(max(0, first - with_it)))
    return [kept, _Piece(other, np.arange(max(0, start - with_it), start))], _Piece(other, np.arange(start, stop))


def _thinned(rows: Ints, chance: float, rng: np.random.Generator, *, most: float = 0.8) -> Ints:
    """The rows, or now and then what is left when some of them, one after another, are gone."""
    if len(rows) < 5 or rng.random() >= chance:
        return rows
    many = int(rng.integers(1, max(2, int(most * len(rows)))))
    at = int(rng.integers(0, len(rows) - many + 1))
    return np.delete(rows, slice(at, at + many))


def _second(below: _Piece, ours: tuple[Flat, Flat], others: Sequence[Flat], rng: np.random.Generator) -> list[_Piece]:
    """What stands below the article, now and then with a headline and the first paragraphs of another story in it."""
    other = _drawn(others, rng)
    start, stop = other.article
    if rng.random() >= SECOND or start == stop or any(other is page for page in ours):
        return [below]
    headline, paragraphs = int(rng.integers(0, 4)), int(rng.integers(1, 5))
    at = int(rng.integers(0, min(BOX, len(below.rows)) + 1))
    story = _Piece(other, np.arange(max(0, start - headline), min(stop, start + paragraphs)), foreign=True)
    return [_Piece(below.page, below.rows[:at]), story, _Piece(below.page, below.rows[at:])]


def _boxed(pieces: list[_Piece], other: Flat, rng: np.random.Generator) -> None:
    """Puts some furniture of another page into one of the pieces, every other time into one of the article's."""
    body = [i for i, p in enumerate(pieces) if not p.foreign and p.page.own[p.rows].any()]
    rows = np.flatnonzero(other.own == 0)
    if len(rows) < 5 or not body or other is pieces[body[0]].page:
        return
    many = min(len(rows) - 1, 1 + int(rng.geometric(1 / BOX)))
    start = int(rng.integers(0, len(rows) - many))
    among = body if rng.random() < 0.5 else range(len(pieces))
    where = among[int(rng.integers(len(among)))]
    piece = pieces[where]
    at = int(rng.integers(0, len(piece.rows) + 1))
    pieces[where : where + 1] = [
        _Piece(piece.page, piece.rows[:at], piece.foreign), _Piece(other, rows[start : start + many], foreign=True),
        _Piece(piece.page, piece.rows[at:], piece.foreign),
    ]  # fmt: skip


def _joined(pieces: Sequence[_Piece]) -> Flat:
    """The pieces one after another as one page."""
    columns = {name: np.concatenate([getattr(p.page.lines, name)[p.rows] for p in pieces]) for name in _COLUMNS}
    found = [_words_of(p) for p in pieces]
    words = {
        name: np.concatenate([getattr(p.page.lines, name)[of] for p, of in zip(pieces, found, strict=True)])
        for name in _WORDS
    }
    size = len(columns["length"])
    lines = Lines(size=size, line=np.repeat(np.arange(size), columns["word_count"]), **columns, **words)
    read = {name: np.concatenate([p.page.read[name][p.rows] for p in pieces]) for name in pieces[0].page.read}
    return Flat(lines, read, np.concatenate([p.page.own[p.rows] * (not p.foreign) for p in pieces]))


def _words_of(piece: _Piece) -> Ints:
    """Which of the page's words stand in the piece's lines."""
    many = piece.page.lines.word_count
    start, taken = (np.cumsum(many) - many)[piece.rows], many[piece.rows]
    return np.repeat(start - (np.cumsum(taken) - taken), taken) + np.arange(int(taken.sum()))
