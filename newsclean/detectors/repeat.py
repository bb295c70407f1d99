"""Repeats: the headline a second time, a paragraph a second time, the whole body twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsclean.detectors.shape import is_prose, word_count
from newsclean.matching import core
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["repeats"]

REPEATED: Final = 0.95
SAID_TWICE: Final = 0.6
"""The score of a paragraph that stands twice and may do so on purpose."""

LONG: Final = 80
"""Code points, and twelve words, from which a paragraph is seldom said twice on purpose."""
BODY: Final = 4
"""Paragraphs in a row that stand twice in the same order: the body came twice."""
FILLER: Final = "lorem ipsum"
FEW: Final = 3
"""Where more paragraphs than this stand twice, and no body comes twice, the text is made so."""


def repeats(paragraphs: Sequence[Paragraph], *, title: Paragraph | None = None) -> list[Span]:
    """Spans for what stands a second time; the first always stays.

    The title's second occurrence goes (also as "Title | Site"), and the second copy of a long paragraph where it was
    pasted again: right behind the first, as the only one of its text, or within a body that comes twice.  Short lines
    go only inside such a body: "What happened?" may well be asked twice.  A long paragraph that stands twice otherwise
    is flagged: guides, forms and quotations repeat themselves on purpose.  What stands three times or more is how
    the text is made (a training plan, a list of events) and so is filler ("Lorem ipsum").
    """
    spans: list[Span] = []
    first: dict[str, int] = {}
    copy_of: dict[int, int] = {}
    times: Counter[str] = Counter()
    headline = core(title.text) if title is not None else ""
    folded = [core(p.text) for p in paragraphs]
    for i, p in enumerate(paragraphs):
        if title is not None and p is not title and _is_title(folded[i], headline):
            spans.append(Span(p.start, p.end, "repeat", "repeat/title", REPEATED))
            continue
        times[folded[i]] += 1
        known = first.setdefault(folded[i], i)
        if known != i and p is not title:
            copy_of[i] = known
    twice = {i for i in copy_of if times[folded[i]] == 2}
    long = {i for i in twice if len(paragraphs[i].text) >= LONG and word_count(paragraphs[i].text) >= 12}
    if not long or any(FILLER in line for line in folded):
        return spans
    for run in _runs(copy_of):
        long_ones = [i for i in run if i in long]
        whole = len(long_ones) > 1 and long_ones[-1] - long_ones[0] + 1 >= BODY
        again = run[0] - copy_of[run[0]] == len(run) and len(long) <= FEW
        for i in range(long_ones[0], long_ones[-1] + 1) if whole else long_ones:
            p = paragraphs[i]
            sure = whole or (_is_running(p.text) and (again or (len(long) == 1 and is_prose(p.text))))
            spans.append(Span(p.start, p.end, "repeat", "repeat/paragraph", REPEATED if sure else SAID_TWICE))
    return spans


def _runs(copy_of: Mapping[int, int]) -> Iterator[list[int]]:
    """The copies that follow each other as their originals do, run by run."""
    run: list[int] = []
    for i in sorted(copy_of):
        if run and (i != run[-1] + 1 or copy_of[i] != copy_of[run[-1]] + 1):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _is_running(text: str) -> bool:
    """Whether a paragraph begins as running text does: no bullet, no footnote's mark."""
    return text[0].isalnum() or text[0] in "\"'“„«‘"


def _is_title(folded: str, headline: str) -> bool:
    """The headline again, alone or with the site's name behind a separator."""
    if folded == headline:
        return True
    rest = folded[len(headline) :] if folded.startswith(headline) and len(headline) >= 15 else ""
    return 0 < len(rest) <= 40 and rest.lstrip()[:1] in ("|", "-", "–", "—", "•", "·", "»")
