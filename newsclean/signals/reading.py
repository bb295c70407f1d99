"""Reading: an article gone through once, as all signals see it - prose, quotations, words of the lexicon, headline."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from newsclean.article import Article
from newsclean.detectors.shape import is_prose
from newsclean.language import guess_language
from newsclean.segment import Paragraph
from newsclean.signals.lexicon import LANGUAGES, Entry, folded, lexicon
from newsclean.spans import Offsets, Spans

__all__ = ["Reading", "merged", "quotations", "rate", "read"]

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,]*")
_QUOTE: Final = re.compile(r"[“”„«»\"]|(?<!\w)‘(?=\w)|(?<=[.,?!])’(?!\w)")
_OPENING: Final = frozenset("“„«‘")
_CAPITALS: Final = re.compile(r"[A-Z]{4,30}(?![\w.])(?:[ ,]+[A-Z]{2,30}\b){0,6}")


@dataclass(frozen=True)
class Reading:
    """What the signals read.

    Parameters
    ----------
    article : where it comes from; all places are code points of its source.
    body : the kept paragraphs that are prose.
    quotes : what stands between quotation marks in them, marks included.
    words, outside : words of the body, and those of them outside quotations.
    hits : category of the lexicon → places of its words outside quotations (``spokes``, ``reply`` and the like:
        anywhere); empty in a language without a lexicon.
    figures, capitals : places outside quotations of numbers and of words in capitals for emphasis.
    told : whether the language has a lexicon.
    """

    article: Article
    body: tuple[Paragraph, ...]
    quotes: Spans
    words: int
    outside: int
    hits: Mapping[str, Sequence[Offsets]]
    figures: Sequence[Offsets]
    told: bool

    @property
    def source(self) -> str:
        """The article's source."""
        return self.article.source

    @cached_property
    def size(self) -> int:
        """Code points of the body."""
        return sum(p.end - p.start for p in self.body)

    @cached_property
    def headline(self) -> str:
        """The headline, or nothing."""
        return self.article.title or ""

    @cached_property
    def headline_at(self) -> Spans:
        """Where the headline stands in the source, if it does."""
        return next((((s.start, s.end),) for s in self.article.spans if s.label == "title"), ())

    def marks(self, mark: str) -> list[Offsets]:
        """The places of a punctuation mark in the body outside quotations."""
        found = []
        for p in self.body:
            at = self.source.find(mark, p.start, p.end)
            while at >= 0:
                if not self.quoted(at):
                    found.append((at, at + 1))
                at = self.source.find(mark, at + 1, p.end)
        return found

    def quoted(self, place: int) -> bool:
        """Whether a place stands inside a quotation."""
        return any(a <= place < b for a, b in self.quotes)


def read(article: Article, /) -> Reading:
    """Reads an article: one pass over the words of its kept prose.

    The headline is no part of the body, nor are lines that are no prose.
    """
    language = article.language or guess_language(article.text)
    told = language in LANGUAGES
    titles = {(s.start, s.end) for s in article.spans if s.label == "title"}
    body = tuple(p for p in article.paragraphs() if p.kept and is_prose(p.text) and (p.start, p.end) not in titles)
    scan = _Scan(article.source, lexicon(language).heads if told and language else {})
    for p in body:
        scan.paragraph(p.start, p.end)
    return Reading(
        article, body, tuple(scan.quotes), scan.words, scan.outside, scan.hits, scan.figures, told
    )  # fmt: skip


def quotations(source: str, start: int, end: int) -> list[Offsets]:
    """The quotations of a paragraph, marks included; one that is not closed goes on to the paragraph's end.

    >>> quotations('He said “no” and left. "Fine.', 0, 29)
    [(8, 12), (23, 29)]
    """
    found: list[Offsets] = []
    opened: int | None = None
    for m in _QUOTE.finditer(source, start, end):
        mark = m[0]
        if opened is None:
            if mark in _OPENING or mark == '"':
                opened = m.start()
        elif mark not in _OPENING:
            found.append((opened, m.end()))
            opened = None
    if opened is not None and end - opened > 1 and not source[opened + 1].isspace():
        found.append((opened, end))
    return found


def merged(places: Sequence[Offsets], /) -> list[Offsets]:
    """Places sorted, overlapping ones joined.

    >>> merged([(4, 9), (0, 5), (12, 13)])
    [(0, 9), (12, 13)]
    """
    found: list[Offsets] = []
    for a, b in sorted(places):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        elif a < b:
            found.append((a, b))
    return found


def rate(count: float, words: int) -> float:
    """Occurrences in a thousand words; 0 where there are no words."""
    return 1000 * count / words if words else 0.0


ANYWHERE: Final = frozenset({"reply", "unnamed", "reason", "document", "correction", "disclosure"})
"""Categories that count inside quotations too: quotation marks stray, and nobody quotes such phrases."""


@dataclass
class _Scan:
    """The pass over the words of paragraphs."""

    source: str
    heads: Mapping[str, tuple[Entry, ...]]
    quotes: list[Offsets] = field(default_factory=list)
    hits: dict[str, list[Offsets]] = field(default_factory=dict)
    figures: list[Offsets] = field(default_factory=list)
    words: int = 0
    outside: int = 0

    def paragraph(self, start: int, end: int) -> None:
        quotes = quotations(self.source, start, end)
        self.quotes += quotes
        ahead = iter([*quotes, (end, end)])
        opens, closes = next(ahead)
        heads, done = self.heads, start
        for m in _WORD.finditer(self.source, start, end):
            at = m.start()
            while at >= closes < end:
                opens, closes = next(ahead)
            self.words += 1
            free = at < opens
            self.outside += free
            word = m[0]
            if word[0].isdecimal():
                if free:
                    self.figures.append(m.span())
                continue
            entries = heads.get(folded(word))
            if entries and at >= done:
                done = self._entry(entries, m.span(), free)

    def _entry(self, entries: Sequence[Entry], word: Offsets, free: bool) -> int:
        """Notes the longest entry that begins with a word; returns where it ends."""
        at = word[0]
        for e in entries:
            end = at + len(e.form)
            there = self.source[at:end]
            if not (there == e.form if e.exact else folded(there) == e.form) or not _ends(self.source, end, word[1]):
                continue
            for category in e.categories:
                if free or category in ANYWHERE:
                    self.hits.setdefault(category, []).append((at, end))
            return end
        return at


def _ends(source: str, end: int, word_end: int) -> bool:
    """Whether a form that ends here ends with a word."""
    return end >= word_end and (end == word_end or end >= len(source) or not source[end].isalnum())
