"""Frame: what stood around the prose, and how long it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from newsclean.evidence import Signal
from newsclean.signals.reading import Reading
from newsclean.spans import SPAM

__all__ = ["CONTAMINATION", "STRUCTURE"]


def _stripped(r: Reading, labels: frozenset[str], what: str) -> Signal | None:
    """Share of the source's code points found under some labels, removed or flagged."""
    if not r.source:
        return None
    found = tuple((s.start, s.end) for s in r.article.spans if s.label in labels)
    share = min(1.0, sum(b - a for a, b in found) / len(r.source))
    return Signal(share, found, -1, f"{share:.1%} of the source is {what}")


def adverts(r: Reading) -> Signal | None:
    """Share of the source that is advertising or injected promotion.  Zhang et al. 2018 (aggressive ads, spam)."""
    return _stripped(r, SPAM, "advertising or foreign to the story")


def appeals(r: Reading) -> Signal | None:
    """Share of the source that asks for money or a subscription.  Zhang et al. 2018 (calls to donate and share)."""
    return _stripped(r, frozenset({"donation", "newsletter", "counter"}), "appeals for money or for an address")


def teasers(r: Reading) -> Signal | None:
    """Share of the source that leads to other stories.  Zhang et al. 2018 (clickbait links around the text)."""
    return _stripped(r, frozenset({"teaser", "other_headline"}), "links to other stories")


def length(r: Reading) -> Signal:
    """Words of prose.  Horne and Adalı 2017; long and short are no merit: it points neither way."""
    places = tuple((p.start, p.end) for p in r.body)
    return Signal(float(r.words), places, 0, f"{r.words} words of prose in {len(r.body)} paragraphs")


def paragraph_length(r: Reading) -> Signal | None:
    """Words of a paragraph.  Horne and Adalı 2017 (structure); house style, so it points neither way."""
    if not r.body:
        return None
    mean = r.words / len(r.body)
    return Signal(mean, tuple((p.start, p.end) for p in r.body), 0, f"{mean:.0f} words a paragraph")


Measure = Callable[[Reading], Signal | None]
CONTAMINATION: Final[tuple[Measure, ...]] = (adverts, appeals, teasers)
STRUCTURE: Final[tuple[Measure, ...]] = (length, paragraph_length)
