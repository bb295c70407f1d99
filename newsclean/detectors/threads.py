"""Threads: readers' comments below an article, told by their dates and by the comment system above them.

A comment is prose on the article's own topic; neither its words nor its shape give it away.  What does is the order in
which it stands: below a line that only comment systems have, a name, a time, some prose, and again a name and a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newsclean.detectors.shape import is_prose, touched
from newsclean.detectors.strip import SURE, WEAK
from newsclean.page import UNDIVIDED
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["threads"]

THREAD: Final = 0.9
FEWEST: Final = 2
"""Comments of a thread at least."""
APART: Final = 40
"""Lines between one comment's time and the next, at most; and of prose among them:"""
LONGEST: Final = 8
ABOVE: Final = 4
"""Lines above a comment's time in which its author's name stands."""
ARTICLE: Final = 400
"""Code points of prose that stand above a thread at least; of a script without spaces half as many."""

_UNDIVIDED = re.compile(f"[{UNDIVIDED}]")


def threads(paragraphs: Sequence[Paragraph], found: Sequence[Span]) -> list[Span]:
    """Spans over the lines of comment threads that nothing else has found, under the label ``comments``.

    A thread begins with the first line that gives nothing but a time, below a comment system's line with no prose
    between them, and needs two such times.  It ends with the prose right below the last of them.  Above it stands prose
    that is not in it: a page of nothing but comments is left alone, and so is a live blog.

    >>> from newsclean.segment import segment
    >>> threads(segment("Ferry sinks\\n3 comments\\nJo\\n2 hours ago\\nI saw it."), [])
    []
    """
    times = {(s.start, s.end) for s in found if s.label == "timestamp" and s.score >= WEAK}
    stamps = [i for i, p in enumerate(paragraphs) if (p.start, p.end) in times]
    if len(stamps) < FEWEST:
        return []
    page = _Page(paragraphs, touched(paragraphs, found, least=SURE))
    spans: list[Span] = []
    for thread in page.chains(stamps):
        if len(thread) >= FEWEST and page.is_below_an_article(thread[0]):
            spans += page.taken(thread)
    return spans


class _Page:
    """The lines of a page with the spans that are sure of them; which are prose that nothing has found."""

    def __init__(self, paragraphs: Sequence[Paragraph], sure: Sequence[Span | None]) -> None:
        self.paragraphs = paragraphs
        self.sure = sure
        self.prose = [span is None and is_prose(p.text) for p, span in zip(paragraphs, sure, strict=True)]

    def chains(self, stamps: Sequence[int]) -> Iterator[Sequence[int]]:
        """The times of each thread; one begins below a comment system's line and ends where the next time is far."""
        chain: list[int] = []
        for stamp in stamps:
            if chain and (stamp - chain[-1] > APART or sum(self.prose[chain[-1] : stamp]) > LONGEST):
                yield chain
                chain = []
            if chain or self.is_announced(stamp):
                chain.append(stamp)
        yield chain

    def is_announced(self, stamp: int) -> bool:
        """Whether a comment system's line stands above, with no prose between."""
        for i in range(stamp - 1, max(-1, stamp - APART), -1):
            span = self.sure[i]
            if span is not None and span.label == "comments":
                return True
            if self.prose[i]:
                return False
        return False

    def is_below_an_article(self, stamp: int) -> bool:
        above = zip(self.paragraphs[:stamp], self.prose, strict=False)
        return sum(_width(p.text) for p, is_one in above if is_one) >= ARTICLE

    def taken(self, thread: Sequence[int]) -> Iterator[Span]:
        """What nothing has found from the first comment's name to the end of the last comment."""
        first, behind = thread[0], thread[-1] + 1
        while first > max(0, thread[0] - ABOVE) and self.sure[first - 1] is None and not self.prose[first - 1]:
            first -= 1
        while behind < len(self.paragraphs) and self.prose[behind]:
            behind += 1
        for p, span in zip(self.paragraphs[first:behind], self.sure[first:behind], strict=True):
            if span is None:
                yield Span(p.start, p.end, "comments", "thread", THREAD)


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_UNDIVIDED.findall(text))
