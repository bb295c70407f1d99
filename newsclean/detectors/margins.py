"""Margins: short lines that no rule knows, above the headline, between headline and text, and below the text.

What they say does not tell ("Courts", "Fran Okafor", "Freight"); where they stand does.  Only lines without the end
of a sentence are judged here, and only once a headline or sure furniture has shown where the article begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import regex

from newsclean.detectors.genre import is_reference
from newsclean.detectors.shape import ends_sentence, is_headline_like, is_label, is_prose, surest, touched, word_count
from newsclean.detectors.strip import SURE, WEAK
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["MARGIN", "margins"]

MARGIN: Final = 0.85

MENU: Final = 8
"""Such lines above a headline that are no menu where a text cites its sources: an encyclopaedia's table of facts."""

ABOVE: Final = 4
"""The most words of a line above the headline that is a menu word, a kicker or the site's name."""

_NAME = regex.compile(
    r"(?:(?:Dr|Prof|Sir|Dame)\.? )?\p{Lu}[\p{L}.'’-]{1,24}(?: (?:\p{Lu}\.|de|del|van|von|der|la|le|bin|al|dos|da)){0,2} \p{Lu}[\p{L}'’-]{1,24}(?: \p{Lu}[\p{L}'’-]{1,24})?"
)
_PLAIN = regex.compile(r"[\p{L}\p{N}][^:]{0,60}$")  # no bullet, no quotation, nothing announced
_ENDING: Final = frozenset({"comments", "newsletter", "social", "donation", "paywall", "tags", "credit", "navigation"})
"""What may stand below any text: of such lines a suspicion is enough there."""
_CLOSING: Final = frozenset({"comments", "newsletter", "legal", "social", "teaser", "navigation", "tags", "donation"})


def margins(paragraphs: Sequence[Paragraph], found: Sequence[Span], *, title: Paragraph | None = None) -> list[Span]:
    """Spans for unknown short lines in the margins of an article.

    Above the headline, a line of at most four words is navigation, if other furniture stands up there.  Between the headline and the first prose, a
    line shaped like a name goes as a byline when a byline or a time of publication stands beside it.  Below the last
    sentence, a line goes with the furniture that stands both before and behind it.  Without a headline nothing above
    the text goes, and a text that ends in its own short lines (a table, a list) keeps them.  The last lines of all go
    one by one while a weak rule knows them: who the author is, where to subscribe, what else to follow.
    """
    sure = touched(paragraphs, found, least=SURE)
    first = next((i for i, p in enumerate(paragraphs) if sure[i] is None and is_prose(p.text)), None)
    if first is None:
        return []
    spans: list[Span] = []
    if title is not None:
        top = next(i for i, p in enumerate(paragraphs) if p is title)
        suspects = [s for s in touched(paragraphs[:top], found, least=WEAK) if s is not None]
        if any(s.label not in ("timestamp", "counter") for s in suspects):
            above = list(_above(paragraphs, sure, top))
            spans += above if len(above) <= MENU or not is_reference(paragraphs) else []
        spans += _beside_byline(paragraphs, sure, top, first)
    return spans + list(_below(paragraphs, sure)) + list(_ending(paragraphs[first + 1 :], found))


def _above(paragraphs: Sequence[Paragraph], sure: Sequence[Span | None], top: int) -> Iterator[Span]:
    for i, p in enumerate(paragraphs[:top]):
        if sure[i] is None and is_label(p.text) and word_count(p.text) <= ABOVE and _PLAIN.match(p.text):
            yield Span(p.start, p.end, "navigation", "margin/above", MARGIN)


def _beside_byline(
    paragraphs: Sequence[Paragraph], sure: Sequence[Span | None], top: int, first: int
) -> Iterator[Span]:
    for i in range(top + 1, first):
        p = paragraphs[i]
        beside = [s for j in (i - 1, i + 1) if top < j < first and (s := sure[j]) is not None]
        if sure[i] is None and _NAME.fullmatch(p.text) and any(s.label in ("byline", "timestamp") for s in beside):
            yield Span(p.start, p.end, "byline", "margin/name", MARGIN)


def _below(paragraphs: Sequence[Paragraph], sure: Sequence[Span | None]) -> Iterator[Span]:
    last = len(paragraphs) - 1
    while sure[last] is not None or not (is_prose(paragraphs[last].text) or ends_sentence(paragraphs[last].text)):
        last -= 1
    tail = range(last + 1, len(paragraphs))
    behind = max((i for i in tail if sure[i] is not None), default=last)
    before: Span | None = None
    for i in range(last + 1, behind):
        p, span = paragraphs[i], sure[i]
        if span is not None:
            before = span if span.label in _CLOSING else before
        elif before is not None and (is_label(p.text) or is_headline_like(p.text)):
            yield Span(p.start, p.end, before.label, "margin/below", MARGIN)


def _ending(paragraphs: Sequence[Paragraph], found: Sequence[Span]) -> Iterator[Span]:
    """The suspects with which a text ends, one after the other; what is surely gone is passed over."""
    covering = surest(found, least=WEAK)
    for p in reversed(paragraphs):
        span = covering.get((p.start, p.end))
        if span is None or (span.score < SURE and (span.label not in _ENDING or _is_said(p.text))):
            return
        if span.score < SURE:
            yield Span(p.start, p.end, span.label, span.rule, MARGIN)


def _is_said(text: str) -> bool:
    """Whether a few words end with a full stop: a speech ends with "Thank you.", no button does."""
    return word_count(text) <= ABOVE and text.endswith(".")
