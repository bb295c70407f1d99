"""Decide: the one place where findings become removals, and the guard before emptiness."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Protocol

from newsclean.config import Config
from newsclean.evidence import Issue
from newsclean.segment import BREAKS
from newsclean.spans import LABELS, Span, cut, in_order, outermost

__all__ = ["decide", "guard", "kept_share"]

NEVER: Final = 2.0
"""A score that no finding reaches."""
_SPACE: Final = " \t\xa0\u202f"
_SPACES: Final = bytes(code for code in range(128) if chr(code).isspace())
_BREAK = re.compile(rf"\r\n|[{BREAKS}]")


class Placed(Protocol):
    """A stretch of the source: a paragraph of a text or a block of a page."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def decide(source: str, paragraphs: Sequence[Placed], found: Iterable[Span], config: Config) -> list[Span]:
    """The spans of an article: disjoint removals, each with the white space it would leave behind, and flags.

    A finding is removed when the caller drops its label and its score reaches the label's threshold; else it stays as
    a flag, unless a removal already covers it.
    """
    going: list[Span] = []
    staying: list[Span] = []
    least = {label: _least(label, config) for label in LABELS}
    for span in found:
        (going if span.score >= least[span.label] else staying).append(span)
    removals = outermost(going)
    covered = {(s.start, s.end) for s in removals}
    flags = {(s.start, s.end, s.label, s.rule): _flag(s) for s in staying if (s.start, s.end) not in covered}
    return _widened(source, paragraphs, removals) + list(flags.values())


def _flag(s: Span) -> Span:
    return Span(s.start, s.end, s.label, s.rule, s.score, "flag", s.why)  # replace() is slow for a page


def _least(label: str, config: Config) -> float:
    """The score from which a finding of this label is removed."""
    wanted = config.title == "drop" if label == "title" else label in config.drop
    return config.threshold(label) if wanted else NEVER


def _widened(source: str, paragraphs: Sequence[Placed], removals: Sequence[Span]) -> list[Span]:
    """Removals grown over white space: whole paragraphs take a separator along, inner stretches one side's spaces."""
    if not removals:
        return []
    place = {(p.start, p.end): i for i, p in enumerate(paragraphs)}
    whole = {place[s.start, s.end]: s for s in removals if (s.start, s.end) in place}
    widened = [_inner(source, s) for s in removals if (s.start, s.end) not in place]
    blank_lines = _has_blank_lines(source, paragraphs)
    last = -1
    for first in sorted(whole):
        if first <= last:
            continue
        last = first
        while last + 1 in whole:
            last += 1
        forward = _takes_following(source, paragraphs, first, last, blank_lines=blank_lines)
        for i in range(first, last + 1):
            start = whole[i].start if forward or i == 0 else paragraphs[i - 1].end
            end = paragraphs[i + 1].start if forward and i + 1 < len(paragraphs) else whole[i].end
            widened.append(whole[i].moved(start, end))
    return list(_clipped(sorted(widened, key=in_order)))


def _clipped(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours that both reached for the same space: the first has it."""
    at = 0
    for span in spans:
        if span.end > max(at, span.start):
            yield span if span.start >= at else span.moved(at, span.end)
            at = span.end


def _takes_following(source: str, paragraphs: Sequence[Placed], first: int, last: int, *, blank_lines: bool) -> bool:
    """Whether a run of removed paragraphs takes the white space behind each or before each.

    What stays separates the neighbours.  At the ends of the text nothing is needed; elsewhere it is the wider of the
    two where blank lines separate paragraphs, the narrower one where single line breaks do.
    """
    if first == 0:
        return True
    if last == len(paragraphs) - 1:
        return False
    before = _breaks(source[paragraphs[first - 1].end : paragraphs[first].start])
    behind = _breaks(source[paragraphs[last].end : paragraphs[last + 1].start])
    return before >= behind if blank_lines else before <= behind


def _has_blank_lines(source: str, paragraphs: Sequence[Placed]) -> bool:
    """Whether most paragraphs are separated by blank lines."""
    between = Counter([source[a.end : b.start] for a, b in itertools.pairwise(paragraphs)])
    return 2 * sum(times for gap, times in between.items() if _breaks(gap) > 1) > len(paragraphs) - 1


def _breaks(between: str) -> int:
    if between in ("\n", "\n\n"):
        return len(between)
    return len(_BREAK.findall(between))


def _inner(source: str, span: Span) -> Span:
    """A stretch inside a paragraph takes the spaces before it, or behind it where it opens the paragraph."""
    start, end = span.start, span.end
    while start > 0 and source[start - 1] in _SPACE:
        start -= 1
    if start == 0 or source[start - 1] in BREAKS:
        start = span.start
        while end < len(source) and source[end] in _SPACE:
            end += 1
    return replace(span, start=start, end=end)


def kept_share(source: str, removals: Iterable[Span]) -> float:
    """The share of a text's visible characters that is left, in [0, 1]; 1 for a text without any."""
    visible = _visible(source)
    gone = _visible("".join([source[s.start : s.end] for s in removals]))
    return (visible - gone) / visible if visible else 1.0


def _visible(text: str) -> int:
    """How many characters are no white space; bytes are soon rid of most of it."""
    dense = text.encode("utf-8", "surrogatepass").translate(None, _SPACES)
    return len(dense) if text.isascii() else len("".join(dense.decode("utf-8", "surrogatepass").split()))


def guard(
    source: str, spans: Sequence[Span], config: Config, *, pages: Collection[str] = ()
) -> tuple[list[Span], list[Issue]]:
    """The spans as they are, or all as flags with an issue when too little of the text would be left.

    What the rules ``pages`` took is not counted: they saw what stands around the article.
    """
    removals = [s for s in spans if s.removes]
    beside = _visible("".join([source[s.start : s.end] for s in removals if s.rule in pages]))
    taken = _visible("".join([source[s.start : s.end] for s in removals if s.rule not in pages]))
    kept = _visible(cut(source, sorted((s.start, s.end) for s in removals)))
    share = kept / (kept + taken) if kept + taken else float(not beside)
    if share > 0 and share >= config.limits.min_kept:
        return list(spans), []
    labels = ", ".join(sorted({s.label for s in removals}))
    detail = (
        f"{share:.0%} of the text would be left, less than min_kept={config.limits.min_kept:.0%};"
        f" it was kept whole and what would have gone is flagged ({labels})"
    )
    return [_flag(s) for s in spans], [Issue("kept_whole", detail)]
