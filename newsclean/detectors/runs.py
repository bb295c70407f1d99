"""Runs: lines that mean something only as a widget, judged together.

"26" is a house number, "Subscribe" a heading; between "View all comments" and "Newest Most Voted" they are a comment
system.  A run is a stretch of short lines without a paragraph of prose; what company its weak lines keep decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from newsclean.detectors.shape import is_label, is_prose, touched
from newsclean.detectors.strip import WEAK
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["IN_COMPANY", "runs"]

IN_COMPANY: Final = 0.9
"""The score of a weak line in a run that proves it."""

REACH: Final = 3
"""How many lines a strong neighbour vouches for."""

COUNTED: Final = 9
"""The values of a counter below the first line of a text, at most."""

_VALUE = regex.compile(
    r"(?:[€$£¥₽₹]\s?)?[+\-−]?\d{1,3}(?:[.,  ’]?\d{3}){0,4}(?:[.,]\d{1,2})?\s?(?:[€$£¥₽₹%xKMBk]|USD|EUR|GBP|kr)?"
)
_JUNK = regex.compile(r"[^\p{L}\p{N}]{1,6}|x|×")

Run = Sequence[int]


def runs(paragraphs: Sequence[Paragraph], found: Sequence[Span], *, title: Paragraph | None = None) -> list[Span]:
    """Spans for the weak, bare and unnamed lines of every run whose company proves them furniture.

    A weak line, a bare value or a scrap of punctuation goes when a sure line stands within three lines of it,
    when three different weak rules or three values meet before the first or behind the last prose, or when a
    counter's label stands among two values or more.  A label no rule knows goes only from inside such a counter.
    More values than a counter has are a table, but at the top; and a disclosure vouches for nothing.
    The title never goes, nor does a line that may be a heading of the text behind it: a weak line in mid-article
    right before prose, or a time of day in a text that is divided by times of day.
    """
    labels: dict[tuple[int, int], set[str]] = defaultdict(set)
    for span in found:
        labels[span.start, span.end].add(span.label)
    sure, weak = (touched(paragraphs, found, least=least) for least in (IN_COMPANY, WEAK))
    page = _Page(paragraphs, sure, weak, labels)
    prose = [is_prose(p.text) and page.sure[i] is None for i, p in enumerate(paragraphs)]
    for i in _dividers(prose, page.weak):
        page.weak[i] = None
    first_prose = prose.index(True) if True in prose else len(prose)
    spans: list[Span] = []
    for run in _stretches(page, title):
        tail = run[-1] == len(paragraphs) - 1
        going = page.judge(run, edge=run[0] == 0 or tail)
        if run[0] > first_prose and not tail and not page.is_counter(run):
            going.pop(run[-1], None)
        spans.extend(page.span(i, label) for i, label in sorted(going.items()))
    return spans


def _dividers(prose: Sequence[bool], weak: Sequence[Span | None]) -> list[int]:
    """The times and values of a text that has two or more of their kind standing right before its paragraphs."""
    kinds: dict[str, list[int]] = defaultdict(list)
    before_prose: Counter[str] = Counter()
    for i, span in enumerate(weak):
        if span is not None and span.score < IN_COMPANY and span.label in ("timestamp", "counter"):
            kinds[span.rule].append(i)
            before_prose[span.rule] += i < len(prose) - 1 and prose[i + 1]
    return [i for rule, places in kinds.items() if before_prose[rule] >= 2 for i in places]


def _stretches(page: _Page, title: Paragraph | None) -> Iterator[Run]:
    """Maximal stretches of two lines or more that are known or short, the title and prose between them."""
    run: list[int] = []
    for i, p in enumerate(page.paragraphs):
        if p is not title and (page.weak[i] is not None or (is_label(p.text) and not is_prose(p.text))):
            run.append(i)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines with, for each, the span that is sure of it and the span that at least suspects it."""

    paragraphs: Sequence[Paragraph]
    sure: list[Span | None]
    weak: list[Span | None]
    labels: Mapping[tuple[int, int], Collection[str]]

    def judge(self, run: Run, *, edge: bool) -> dict[int, str]:
        """The lines of a run that go, with their labels."""
        values = {i for i in run if self.is_value(i)}
        table = run[0] > 0 and len(values) > COUNTED
        if table:
            values = set()
        suspects = {s.rule for i in run if (s := self.weak[i]) is not None}
        quotes = [i for i in run if (s := self.weak[i]) is not None and s.label == "counter"]
        proven = (edge and (len(values) >= 3 or len(suspects) >= 3)) or (run[0] == 0 and len(quotes) >= 3)
        counter = not table and self.is_counter(run)
        going: dict[int, str] = {}
        for i in run:
            span, voucher = self.weak[i], self.nearest(i, run)
            if self.sure[i] is not None:
                continue
            if i in values and (voucher or proven or counter):
                going[i] = voucher.label if voucher and not counter else "counter"
            elif span is not None and (voucher or proven or (counter and span.label in ("counter", "timestamp"))):
                adopts = voucher is not None and (voucher.label in self.suspected(i) or span.label == "counter")
                going[i] = voucher.label if voucher and adopts and not counter else span.label
            elif voucher and _JUNK.fullmatch(self.paragraphs[i].text):
                going[i] = voucher.label
        if counter:
            going.update({i: "counter" for i in run if self.lies_inside(i, run, going)})
        return going

    def suspected(self, i: int) -> Collection[str]:
        """Every label that some rule has for the line: "Subscribe" is a newsletter's word and a comment system's."""
        p = self.paragraphs[i]
        return self.labels.get((p.start, p.end), ())

    def is_value(self, i: int) -> bool:
        """A bare number or amount that is nothing else to the rules."""
        span = self.weak[i]
        return (span is None or span.label == "counter") and _VALUE.fullmatch(self.paragraphs[i].text) is not None

    def is_counter(self, run: Run) -> bool:
        """Two values or more, and a label that only counters have."""
        values = {i for i in run if self.is_value(i)}
        labels = [i for i in run if i not in values and (s := self.weak[i]) is not None and s.label == "counter"]
        return len(values) >= 2 and any(any(map(str.isalpha, self.paragraphs[i].text)) for i in labels)

    def nearest(self, i: int, run: Run) -> Span | None:
        """The closest sure line of the run that vouches for this one."""
        for distance in range(1, REACH + 1):
            for j in (i - distance, i + distance):
                if run[0] <= j <= run[-1] and (span := self.sure[j]) is not None and not self.is_note(j, span):
                    return span
        return None

    def is_note(self, i: int, span: Span) -> bool:
        """A disclosure of a sentence or two: it belongs to no widget, and the number beside it to a list."""
        return span.label in ("ad_label", "legal") and is_prose(self.paragraphs[i].text)

    def lies_inside(self, i: int, run: Run, going: Mapping[int, str]) -> bool:
        """A label that no rule knows, with furniture on both sides."""
        if i in going or self.weak[i] is not None:
            return False
        return all(j in going or (run[0] <= j <= run[-1] and self.sure[j] is not None) for j in (i - 1, i + 1))

    def span(self, i: int, label: str) -> Span:
        p, suspect = self.paragraphs[i], self.weak[i]
        return Span(p.start, p.end, label, suspect.rule if suspect is not None else "run", IN_COMPANY)
