"""Repeats: the headline a second time, a paragraph a second time, the whole body twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from newsclean.detectors.shape import word_count
from newsclean.matching import core
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["repeats"]

REPEATED: Final = 0.95

LONG: Final = 80
"""A paragraph of at least this many code points and twelve words is not said twice on purpose."""


def repeats(paragraphs: Sequence[Paragraph], *, title: Paragraph | None = None) -> list[Span]:
    """Spans for what stands a second time; the first always stays.

    The title's second occurrence goes (also as "Title | Site"), and the second copy of a long paragraph.  What stands
    three times or more is how the text is made (a training plan, a list of events) and stays.  Short lines are left
    alone too: "What happened?" may well be asked twice.  They go only inside a body that comes twice, between two long
    copies that follow each other as their originals do.
    """
    spans: list[Span] = []
    first: dict[str, int] = {}
    copy_of: dict[int, int] = {}
    times: Counter[str] = Counter()
    headline = core(title.text) if title is not None else ""
    for i, p in enumerate(paragraphs):
        folded = core(p.text)
        if title is not None and p is not title and _is_title(folded, headline):
            spans.append(Span(p.start, p.end, "repeat", "repeat/title", REPEATED))
            continue
        times[folded] += 1
        known = first.setdefault(folded, i)
        if known != i:
            copy_of[i] = known
    twice = {i for i in copy_of if times[core(paragraphs[i].text)] == 2}
    long = {i for i in twice if len(paragraphs[i].text) >= LONG and word_count(paragraphs[i].text) >= 12}
    for i in sorted(copy_of):
        p = paragraphs[i]
        inside = all(j in long and copy_of[j] == copy_of[i] + j - i for j in (i - 1, i + 1))
        if (i in long or inside) and p is not title:
            spans.append(Span(p.start, p.end, "repeat", "repeat/paragraph", REPEATED))
    return spans


def _is_title(folded: str, headline: str) -> bool:
    """The headline again, alone or with the site's name behind a separator."""
    if folded == headline:
        return True
    rest = folded[len(headline) :] if folded.startswith(headline) and len(headline) >= 15 else ""
    return 0 < len(rest) <= 40 and rest.lstrip()[:1] in ("|", "-", "–", "—", "•", "·", "»")
