"""Runs: lines that mean something only as a widget, judged together.

"26" is a house number, "Subscribe" a heading; between "View all comments" and "Newest Most Voted" they are a comment
system.  A run is a stretch of short lines without a paragraph of prose; what company its weak lines keep decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from newsclean.detectors.shape import is_label, is_prose, touched
from newsclean.detectors.strip import STRONG, WEAK
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["IN_COMPANY", "runs"]

IN_COMPANY: Final = 0.9
"""The score of a weak line in a run that proves it."""

REACH: Final = 3
"""How many lines a strong neighbour vouches for."""

_VALUE = regex.compile(
    r"(?:[€$£¥₽₹]\s?)?[+\-−]?\d{1,3}(?:[.,  ’]?\d{3}){0,4}(?:[.,]\d{1,2})?\s?(?:[€$£¥₽₹%xKMBk]|USD|EUR|GBP|kr)?"
)
_JUNK = regex.compile(r"[^\p{L}\p{N}]{1,6}|x|×")

Run = Sequence[int]


def runs(paragraphs: Sequence[Paragraph], found: Sequence[Span], *, title: Paragraph | None = None) -> list[Span]:
    """Spans for the weak, bare and unnamed lines of every run whose company proves them furniture.

    A weak line, a bare value or a scrap of punctuation goes when a strong line stands within three lines of it,
    when three different weak rules or three values meet before the first or behind the last prose, or when a
    counter's label stands among two values or more.  A label no rule knows goes only from inside such a counter.
    The title never goes.
    """
    strong = touched(paragraphs, found, least=STRONG)
    weak = touched(paragraphs, found, least=WEAK)
    spans: list[Span] = []
    for run in _stretches(paragraphs, weak, title):
        at_edge = run[0] == 0 or run[-1] == len(paragraphs) - 1
        spans.extend(_judge(paragraphs, run, strong, weak, at_edge=at_edge))
    return spans


def _stretches(paragraphs: Sequence[Paragraph], weak: Sequence[Span | None], title: Paragraph | None) -> Iterator[Run]:
    run: list[int] = []
    for i, p in enumerate(paragraphs):
        if p is not title and (weak[i] is not None or is_label(p.text)) and (weak[i] or not is_prose(p.text)):
            run.append(i)
        else:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _judge(
    paragraphs: Sequence[Paragraph],
    run: Run,
    strong: Sequence[Span | None],
    weak: Sequence[Span | None],
    *,
    at_edge: bool,
) -> Iterator[Span]:
    bare = [i for i in run if weak[i] is None and _VALUE.fullmatch(paragraphs[i].text)]
    junk = [i for i in run if weak[i] is None and _JUNK.fullmatch(paragraphs[i].text)]
    values = set(bare) | {i for i in run if _is_value(paragraphs[i], weak[i])}
    counter = _is_counter(run, values, weak)
    edge = at_edge and (len(values) >= 3 or len({s.rule for i in run if (s := weak[i])}) >= 3)
    going: dict[int, str] = {}
    for i in run:
        if strong[i] is not None:
            continue
        vouching = _nearest(i, strong, run)
        span = weak[i]
        if span is not None and (vouching or edge or (counter and span.label in ("counter", "timestamp"))):
            going[i] = span.label
        elif i in values and (vouching or edge or counter):
            going[i] = vouching.label if vouching else "counter"
        elif i in junk and vouching:
            going[i] = vouching.label
    if counter:
        going.update(_inner_labels(run, going, strong, weak))
    for i in sorted(going):
        p = paragraphs[i]
        rule = weak[i].rule if weak[i] is not None else "run"  # type: ignore[union-attr]
        yield Span(p.start, p.end, going[i], rule, IN_COMPANY)


def _is_value(p: Paragraph, span: Span | None) -> bool:
    return span is not None and span.label == "counter" and _VALUE.fullmatch(p.text) is not None


def _is_counter(run: Run, values: set[int], weak: Sequence[Span | None]) -> bool:
    """Two values or more and a label that only counters have."""
    labels = [i for i in run if i not in values and (s := weak[i]) is not None and s.label == "counter"]
    return len(values) >= 2 and bool(labels)


def _nearest(i: int, strong: Sequence[Span | None], run: Run) -> Span | None:
    """The closest strong line of the run that vouches for this one."""
    for distance in range(1, REACH + 1):
        for j in (i - distance, i + distance):
            if run[0] <= j <= run[-1] and (span := strong[j]) is not None:
                return span
    return None


def _inner_labels(
    run: Run, going: Mapping[int, str], strong: Sequence[Span | None], weak: Sequence[Span | None]
) -> Iterator[tuple[int, str]]:
    """Labels that no rule knows, but that have furniture on both sides."""
    for i in run:
        if i in going or strong[i] is not None or weak[i] is not None:
            continue
        if all(j in going or (run[0] <= j <= run[-1] and strong[j] is not None) for j in (i - 1, i + 1)):
            yield i, "counter"
