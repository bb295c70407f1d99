"""Reading: an article gone through once, as all signals see it - prose, quotations, words of the lexicon, headline."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import maxsize
from typing import Final

from newsclean.article import Article
from newsclean.detectors.shape import is_prose
from newsclean.evidence import Attribution
from newsclean.language import guess_language
from newsclean.segment import Paragraph
from newsclean.signals.lexicon import LANGUAGES, Entry, beginning, blanked, folded, lexicon
from newsclean.spans import Offsets, Spans

__all__ = ["SPEECH", "Places", "Reading", "merged", "quotations", "rate", "read"]

SPEECH: Final = frozenset({"statement", "report", "opinion", "denial", "interview", "document", "poll"})
"""Kinds of attributions that hand over a word."""

_FIGURE: Final = re.compile("[0-9][0-9.,]*")
_QUOTE: Final = '“”„«»"'
_SINGLE: Final = re.compile(r"[“”„«»\"]|(?<!\w)‘(?=\w)|(?<=[.,?!])’(?!\w)")
_STRAIGHT: Final = re.compile(r"(?<![\w'])'(?=[^\W\d_])(?:[^']|(?<=\w)'(?=\w)){1,1000}'(?!\w)")
_OPENING: Final = frozenset("“„«‘")
_NOWHERE: Final = (maxsize, maxsize + 1)


class Places:
    """Disjoint places in order, as quotations are."""

    def __init__(self, places: Sequence[Offsets]) -> None:
        self.all: Spans = tuple(places)
        self._starts = [a for a, _ in self.all]

    def mask(self, ordered: Iterable[int]) -> list[bool]:
        """For each of some code points whether one covers it: one sweep over both."""
        found = []
        upcoming = iter(self.all)
        start, end = next(upcoming, _NOWHERE)
        for place in ordered:
            while place >= end:
                start, end = next(upcoming, _NOWHERE)
            found.append(place >= start)
        return found

    def around(self, place: int) -> Offsets | None:
        """The one that covers a code point, if one does."""
        at = bisect_right(self._starts, place) - 1
        return self.all[at] if at >= 0 and place < self.all[at][1] else None

    def holds(self, place: int) -> bool:
        """Whether one of them covers a code point."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self.all[at][1]


@dataclass(frozen=True)
class Reading:
    """What the signals read.

    Parameters
    ----------
    article : where it comes from; all places are code points of its source.
    text : the source folded, code point for code point.
    body : the kept paragraphs that are prose.
    prose : their places.
    quotations : what stands between quotation marks in them, marks included.
    words, outside : words of the body, and those of them outside quotations.
    hits : category of the lexicon → places of its words outside quotations (``spokes``, ``reply`` and the like:
        anywhere); empty in a language without a lexicon.
    inside : the same for words inside quotations.
    figures : places of numbers outside quotations.
    told : whether the language has a lexicon.
    """

    article: Article
    text: str
    body: tuple[Paragraph, ...]
    prose: Places
    quotations: Places
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

    @property
    def quotes(self) -> Spans:
        """The quotations' places, marks included."""
        return self.quotations.all

    @cached_property
    def speech(self) -> tuple[Attribution, ...]:
        """The attributions that hand over a word; the others are datelines, credits and the like."""
        return tuple(a for a in self.article.attributions if a.kind in SPEECH)

    @cached_property
    def size(self) -> int:
        """Code points of the body."""
        return sum(p.end - p.start for p in self.body)

    @cached_property
    def headline(self) -> str:
        """The headline, or nothing."""
        return self.article.title or ""

    @cached_property
    def headline_words(self) -> tuple[Entry, ...]:
        """The entries of the lexicon that stand in the headline."""
        title = f" {blanked(folded(self.headline))} "
        found = beginning(title.split(), lexicon("en").headline)
        return tuple(e for entries in found.values() for e in entries if f" {e.plain} " in title)

    @cached_property
    def headline_at(self) -> Spans:
        """Where the headline stands in the source, if it does."""
        return next((((s.start, s.end),) for s in self.article.spans if s.label == "title"), ())

    def marks(self, mark: str, *, quoted: bool = False) -> list[Offsets]:
        """The places of a punctuation mark in the body, outside quotations or inside them."""
        found = []
        at = self.source.find(mark)
        while at >= 0:
            if self.prose.holds(at) and self.quotations.holds(at) == quoted:
                found.append((at, at + len(mark)))
            at = self.source.find(mark, at + len(mark))
        return found

    def quoted(self, place: int) -> bool:
        """Whether a place stands inside a quotation."""
        return self.quotations.holds(place)


def read(article: Article, /) -> Reading:
    """Reads an article: one pass over the words of its source, of which the kept prose counts.

    The headline is no part of the body, nor are lines that are no prose.
    """
    from newsclean.signals.gate import Words  # not before: it needs numpy

    source = article.source
    language = article.language or guess_language(article.text)
    told = language in LANGUAGES
    titles = {(s.start, s.end) for s in article.spans if s.label == "title"}
    body = tuple(p for p in article.paragraphs() if p.kept and is_prose(p.text) and (p.start, p.end) not in titles)
    prose = Places([(p.start, p.end) for p in body])
    marks = "".join(mark for mark in _QUOTE if mark in source)
    quotes = Places([q for a, b in prose.all for q in quotations(source, a, b, marks)])
    text = folded(source)
    words = Words(text)
    many = words.many(prose.all)
    found = _Found(source, text, prose, quotes)
    if told and language:
        found.look_up(words.beginning(language))
    outside = many - words.many(quotes.all)
    return Reading(article, text, body, prose, quotes, many, outside, found.hits, found.inside, found.figures(), told)


def every(text: str, marks: Iterable[str], start: int = 0, end: int | None = None) -> list[int]:
    """The places of some characters, in order.

    >>> every("a-b+c-", "+-")
    [1, 3, 5]
    """
    found = []
    for mark in marks:
        at = text.find(mark, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1, end)
    found.sort()
    return found


def quotations(source: str, start: int, end: int, marks: str = _QUOTE, /) -> list[Offsets]:
    """The quotations of a paragraph, marks included; one that is not closed goes on to the paragraph's end.

    Straight single marks, as British papers set them, count where the paragraph has no others and both stand there.

    >>> quotations('He said “no” and left. "Fine.', 0, 29)
    [(8, 12), (23, 29)]
    >>> quotations("The boys' boat 'is the town's pride', he said.", 0, 46)
    [(15, 36)]
    """
    found: list[Offsets] = []
    opened: int | None = None
    single = source.find("‘", start, end) >= 0
    for at in [m.start() for m in _SINGLE.finditer(source, start, end)] if single else every(source, marks, start, end):
        if opened is None:
            if source[at] in _OPENING or source[at] == '"':
                opened = at
        elif source[at] not in _OPENING:
            found.append((opened, at + 1))
            opened = None
    if opened is not None and end - opened > 1 and not source[opened + 1].isspace():
        found.append((opened, end))
    if not found and source.find("'", start, end) >= 0:
        return [m.span() for m in _STRAIGHT.finditer(source, start, end)]
    return found


def merged(places: Sequence[Offsets], /) -> list[Offsets]:
    """Places sorted, overlapping ones joined.

    >>> merged([(4, 9), (0, 5), (12, 13)])
    [(0, 9), (12, 13)]
    """
    if len(places) < 2:
        return [p for p in places if p[0] < p[1]]
    found: list[Offsets] = []
    last = -1
    for a, b in sorted(places):
        if a == b:
            continue
        if a > last:
            found.append((a, b))
            last = b
        elif b > last:
            found[-1] = (found[-1][0], b)
            last = b
    return found


def rate(count: float, words: int) -> float:
    """Occurrences in a thousand words; 0 where there are no words."""
    return 1000 * count / words if words else 0.0


ANYWHERE: Final = frozenset({"hedge", "reply", "unnamed", "reason", "document", "correction", "disclosure"})
"""Categories that count inside quotations too: a quoted doubt is passed on, and the other phrases nobody quotes."""


class _Found:
    """What stands in a body: entries of the lexicon by category, outside quotations and inside, and numbers."""

    def __init__(self, source: str, text: str, prose: Places, quotes: Places) -> None:
        self.source = source
        self.text = text
        self.prose = prose
        self.quotes = quotes
        self.hits: dict[str, list[Offsets]] = {}
        self.inside: dict[str, list[Offsets]] = {}

    def look_up(self, words: Mapping[int, tuple[Entry, ...]]) -> None:
        """Notes the first entry that stands at a place; one inside an entry that was found is none."""
        done = 0
        for at, here, quoted in zip(words, self.prose.mask(words), self.quotes.mask(words), strict=True):
            if at < done or not here:
                continue
            for e in words[at]:
                if e.bare or self._stands(e, at):
                    done = at + len(e.form)
                    for category in e.categories:
                        kept = self.inside if quoted and category not in ANYWHERE else self.hits
                        kept.setdefault(category, []).append((at, done))
                    break

    def _stands(self, e: Entry, at: int) -> bool:
        """Whether an entry whose first words stand at a place stands there whole, and as it is written."""
        text, end = self.text, at + len(e.form)
        if not text.startswith(e.form, at):
            return False
        if end < len(text) and (text[end].isalnum() or text[end : end + 2] == "'s"):
            return False
        return e.exact is None or self.source[at:end].replace("’", "'") == e.exact

    def figures(self) -> list[Offsets]:
        """The numbers outside quotations; ``str.find`` ten times over costs a third of one regex."""
        found: list[Offsets] = []
        digits = every(self.source, "0123456789")
        end = 0
        for at, here, quoted in zip(digits, self.prose.mask(digits), self.quotes.mask(digits), strict=True):
            if at >= end and here and not quoted and (m := _FIGURE.match(self.source, at)):
                end = m.end()
                found.append((at, end))
        return found
