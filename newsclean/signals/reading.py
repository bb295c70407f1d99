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
from newsclean.signals.lexicon import LANGUAGES, WORD, Head, folded, lexicon
from newsclean.spans import Offsets, Spans

__all__ = ["Reading", "merged", "quotations", "rate", "read"]

_FIGURE: Final = re.compile(r"\d[\d.,]*")
_QUOTE: Final = re.compile('[“”„«»"]')
_SINGLE: Final = re.compile(r"[“”„«»\"]|(?<!\w)‘(?=\w)|(?<=[.,?!])’(?!\w)")
_OPENING: Final = frozenset("“„«‘")


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
    inside : the same for words inside quotations.
    figures, capitals : places outside quotations of numbers and of words in capitals for emphasis.
    told : whether the language has a lexicon.
    """

    article: Article
    body: tuple[Paragraph, ...]
    quotes: Spans
    words: int
    outside: int
    hits: Mapping[str, Sequence[Offsets]]
    inside: Mapping[str, Sequence[Offsets]]
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
        return _within(place, self.quotes)


def read(article: Article, /) -> Reading:
    """Reads an article: one pass over the words of its kept prose.

    The headline is no part of the body, nor are lines that are no prose.
    """
    language = article.language or guess_language(article.text)
    told = language in LANGUAGES
    titles = {(s.start, s.end) for s in article.spans if s.label == "title"}
    body = tuple(p for p in article.paragraphs() if p.kept and is_prose(p.text) and (p.start, p.end) not in titles)
    heads = lexicon(language).heads if told and language else {}
    scan = _Scan(article.source, folded(article.source), heads)
    for p in body:
        scan.paragraph(p.start, p.end)
    return Reading(
        article, body, tuple(scan.quotes), scan.words, scan.outside, scan.hits, scan.inside, scan.figures, told
    )  # fmt: skip


def quotations(source: str, start: int, end: int) -> list[Offsets]:
    """The quotations of a paragraph, marks included; one that is not closed goes on to the paragraph's end.

    >>> quotations('He said “no” and left. "Fine.', 0, 29)
    [(8, 12), (23, 29)]
    """
    found: list[Offsets] = []
    opened: int | None = None
    marks = _SINGLE if source.find("‘", start, end) >= 0 else _QUOTE
    for m in marks.finditer(source, start, end):
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


ANYWHERE: Final = frozenset({"hedge", "reply", "unnamed", "reason", "document", "correction", "disclosure"})
"""Categories that count inside quotations too: a quoted doubt is passed on, and the other phrases nobody quotes."""


@dataclass
class _Scan:
    """The pass over the words of paragraphs."""

    source: str
    text: str
    heads: Mapping[str, Head]
    quotes: list[Offsets] = field(default_factory=list)
    hits: dict[str, list[Offsets]] = field(default_factory=dict)
    inside: dict[str, list[Offsets]] = field(default_factory=dict)
    figures: list[Offsets] = field(default_factory=list)
    words: int = 0
    outside: int = 0

    def paragraph(self, start: int, end: int) -> None:
        quotes = quotations(self.source, start, end)
        self.quotes += quotes
        figures = [m.span() for m in _FIGURE.finditer(self.text, start, end)]
        free = [f for f in figures if not _within(f[0], quotes)] if quotes else figures
        self.figures += free
        heads, done, count = self.heads, start, 0
        starts = self.text.startswith
        for m in WORD.finditer(self.text, start, end):
            count += 1
            if (head := heads.get(m[0])) and (head.alone or starts(head.phrases, m.start())) and m.start() >= done:
                done = self._entry(head, m.start(), quotes)
        inside = sum(len(WORD.findall(self.text, a, b)) for a, b in quotes)
        self.words += count + len(figures)
        self.outside += count - inside + len(free)

    def _entry(self, head: Head, at: int, quotes: Sequence[Offsets]) -> int:
        """Notes the longest entry that stands at a word; returns where it ends."""
        text = self.text
        for e in head.entries:
            end = at + len(e.form)
            if not text.startswith(e.form, at) or (
                end < len(text) and (text[end].isalnum() or text[end : end + 2] == "'s")
            ):
                continue
            if e.exact is not None and self.source[at:end].replace("’", "'") != e.exact:
                continue
            quoted = _within(at, quotes) if quotes else False
            for category in e.categories:
                found = self.inside if quoted and category not in ANYWHERE else self.hits
                found.setdefault(category, []).append((at, end))
            return end
        return at


def _within(place: int, ranges: Sequence[Offsets]) -> bool:
    """Whether a place stands inside one of a few ranges."""
    return any(a <= place < b for a, b in ranges)
