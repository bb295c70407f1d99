"""Closing: what stands below a line with which articles end, near the end of a text.

"About the author", "You may also like" and a line of copyright are behind every article, and nothing of it comes after
them: a name, a post, a few other stories' first lines.  No word in those tells; the line above them does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import regex

from newsclean.detectors.genre import is_entry, listings
from newsclean.detectors.shape import is_prose, spared, touched
from newsclean.detectors.strip import STRONG, SURE
from newsclean.rules import Rule
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["closing"]

CLOSED: Final = 0.85
BEFORE: Final = 3
"""Paragraphs of prose that an article has above such a line."""
LINES: Final = 10
SHARE: Final = 0.12
"""The most that may stand below it: more lines, or a larger share of the text's code points, may be the article's."""

_NOTED = regex.compile(
    r"\b(?:correct(?:s|ed|ions?)|clarif(?:y|ies|ied|ications?)|updates?|updated|earlier version|editor['’]s note|disclos\w{2,5}|conflicts? of interest|investors? in|(?:online|sources?|references):?$"
    r"|Korrektur|Berichtigung|Anm(?:erkung)?\b|rectificati(?:f|on)|corrección|correzione|correção|polls? of)",
    regex.IGNORECASE,
)
"""Notes on the article itself, its publisher's interests and its sources."""


def closing(text: str, paragraphs: Sequence[Paragraph], found: Sequence[Span], rules: Mapping[str, Rule]) -> list[Span]:
    """Spans for all that stands below the first line whose rule is the ``last`` of an article.

    Only where that is little, beside three paragraphs above it: ten lines and an eighth of the text at most.  Nothing
    goes where a correction, a poll's method, a source, a table or code stands among it.
    """
    if not any(rules[rule].last for rule in {span.rule for span in found} & rules.keys()):
        return []
    lasts = [
        (i, span) for i, span in enumerate(touched(paragraphs, found, least=STRONG)) if span and _is_last(span, rules)
    ]
    if not lasts:
        return []
    gone = touched(paragraphs, found, least=SURE)
    kept = [i for i, span in enumerate(gone) if span is None]
    room = SHARE * sum(len(paragraphs[i].text) for i in kept)
    for at, last in lasts:
        below = [paragraphs[i] for i in kept if i > at]
        above = sum(is_prose(paragraphs[i].text) for i in kept if i < at)
        if above >= BEFORE and 0 < len(below) <= LINES and sum(len(p.text) for p in below) <= room:
            own = any(_is_own(p.text) for p in below) or any(i > at for i in listings(text, paragraphs))
            return [] if own else [Span(p.start, p.end, last.label, last.rule, CLOSED) for p in below]
    return []


def _is_last(span: Span, rules: Mapping[str, Rule]) -> bool:
    return span.rule in rules and rules[span.rule].last


def _is_own(text: str) -> bool:
    """Whether a line belongs to the article wherever it stands."""
    return spared(text) or is_entry(text) or _NOTED.search(text) is not None
