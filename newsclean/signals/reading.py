"""Reading: an article gone through once, as all signals see it - prose, quotations, words of the lexicon, headline."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from newsclean.article import Article
from newsclean.detectors.shape import is_prose
from newsclean.evidence import Attribution
from newsclean.language import guess_language
from newsclean.segment import Paragraph
from newsclean.signals.lexicon import LANGUAGES, Entry, Head, blanked, folded, lexicon
from newsclean.spans import Offsets, Spans, gaps

__all__ = ["SPEECH", "Places", "Reading", "merged", "quotations", "rate", "read"]

SPEECH: Final = frozenset({"statement", "report", "opinion", "denial", "interview", "document", "poll"})
"""Kinds of attributions that hand over a word."""

_FIGURE: Final = re.compile("[0-9][0-9.,]*")
_QUOTE: Final = re.compile('[“”„«»"]')
_SINGLE: Final = re.compile(r"[“”„«»\"]|(?<!\w)‘(?=\w)|(?<=[.,?!])’(?!\w)")
_STRAIGHT: Final = re.compile(r"(?<![\w'])'(?=[^\W\d_])(?:[^']|(?<=\w)'(?=\w)){1,1000}'(?!\w)")
_OPENING: Final = frozenset("“„«‘")


class Places:
    """Disjoint places in order, as quotations are."""

    def __init__(self, places: Sequence[Offsets]) -> None:
        self.all: Spans = tuple(places)
        self._starts = [a for a, _ in self.all]

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
        table = lexicon("en").headline
        entries = (e for word in set(title.split()) & table.keys() for e in table[word].entries)
        return tuple(e for e in entries if f" {e.plain} " in title)

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

    @cached_property
    def prose(self) -> Places:
        """The places of the body's paragraphs."""
        return Places([(p.start, p.end) for p in self.body])

    def quoted(self, place: int) -> bool:
        """Whether a place stands inside a quotation."""
        return self.quotations.holds(place)


def read(article: Article, /) -> Reading:
    """Reads an article: one pass over the words of its source, of which the kept prose counts.

    The headline is no part of the body, nor are lines that are no prose.
    """
    language = article.language or guess_language(article.text)
    told = language in LANGUAGES
    titles = {(s.start, s.end) for s in article.spans if s.label == "title"}
    body = tuple(p for p in article.paragraphs() if p.kept and is_prose(p.text) and (p.start, p.end) not in titles)
    quotes = Places([q for p in body for q in quotations(article.source, p.start, p.end)])
    text = folded(article.source)
    plain = blanked(text)
    figures = [m.span() for p in body for m in _FIGURE.finditer(text, p.start, p.end)]
    free = tuple(f for f in figures if not quotes.holds(f[0]))
    words = plain.split(" ")
    around = gaps(((p.start, p.end) for p in body), len(plain))
    many = max(0, _count(words) - sum(_count(plain[a:b].split(" ")) for a, b in around))
    spoken = min(many, sum(_count(plain[a:b].split(" ")) for a, b in quotes.all))
    found = _Lookup(article.source, text, quotes)
    if told and language:
        found.run(body, words, lexicon(language).heads)
    return Reading(article, text, body, quotes, many, many - spoken, found.hits, found.inside, free, told)


def _count(words: list[str]) -> int:
    return len(words) - words.count("")


def quotations(source: str, start: int, end: int) -> list[Offsets]:
    """The quotations of a paragraph, marks included; one that is not closed goes on to the paragraph's end.

    Straight single marks, as British papers set them, count where the paragraph has no others and both stand there.

    >>> quotations('He said “no” and left. "Fine.', 0, 29)
    [(8, 12), (23, 29)]
    >>> quotations("The boys' boat 'is the town's pride', he said.", 0, 46)
    [(15, 36)]
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


class _Lookup:
    """The words of the lexicon in a body, by category."""

    def __init__(self, source: str, text: str, quotes: Places) -> None:
        self.source = source
        self.text = text
        self.quotes = quotes
        self.hits: dict[str, list[Offsets]] = {}
        self.inside: dict[str, list[Offsets]] = {}

    def run(self, body: Sequence[Paragraph], words: Sequence[str], heads: Mapping[str, Head]) -> None:
        """Goes through the words that may begin an entry; one inside an entry that was found begins none."""
        before = accumulate(map(len, words), initial=0)
        after = [*words[1:], ""]
        found = [
            (spaces + letters, entries)
            for spaces, letters, word, following in zip(range(len(words)), before, words, after, strict=False)
            if (head := heads.get(word)) and (entries := head.after.get(following, head.alone))
        ]
        upcoming = iter(body)
        p = next(upcoming, None)
        done = 0
        for at, entries in found:
            while p is not None and at >= p.end:
                p = next(upcoming, None)
            if p is None:
                return
            if at < done or at < p.start:
                continue
            for e in entries:
                if e.bare or self._stands(e, at):
                    done = at + len(e.form)
                    self._note(e.categories, at, done)
                    break

    def _stands(self, e: Entry, at: int) -> bool:
        """Whether an entry whose first words stand at a place stands there whole, and as it is written."""
        text, end = self.text, at + len(e.form)
        if not text.startswith(e.form, at):
            return False
        if end < len(text) and (text[end].isalnum() or text[end : end + 2] == "'s"):
            return False
        return e.exact is None or self.source[at:end].replace("’", "'") == e.exact

    def _note(self, categories: Sequence[str], at: int, end: int) -> None:
        quoted = self.quotes.holds(at)
        for category in categories:
            found = self.inside if quoted and category not in ANYWHERE else self.hits
            if category in found:
                found[category].append((at, end))
            else:
                found[category] = [(at, end)]
