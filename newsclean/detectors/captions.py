"""Captions: what stands right above a photo's credit, or right below the button that opens the photo.

A caption is a sentence about the article's own people; its neighbour tells what it is.  In a layout that credits photos
below whole paragraphs nothing is taken: there the pictures have no captions.  Nor have they in what somebody has cleaned:
of 38 lines above a credit in 12,000 articles as other people had extracted them, two were captions.  So only whole pages are asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import regex

from newsclean.detectors.shape import ends_sentence, touched, word_count
from newsclean.detectors.strip import SURE
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["captions"]

CAPTION: Final = 0.82
WIDEST: Final = 260
"""Code points of a caption at most; a longer line above a credit is a paragraph."""
FEWEST: Final = 5
"""Words of a caption at least; fewer are a heading."""

_CREDIT = regex.compile(
    r"[^\w©]{0,4}(?:(?:photo(?:graph|grapher)?s?|images?|picture|pic|fotos?|bild(?:er)?|ljósm(?:ynd)?|fotografi[ea]?|fotografía|fotó|imagen|immagine|zdjęcie|fot)\.?"
    r"(?: ?(?:credits?|by|von|af|av|de|di|source|quelle|nachweis))?\s?[:|/©][^.!?]{0,60}"
    r"|[^.!?:/]{3,40} ?/{1,2} ?(?:getty images|afp|reuters|dpa|ap(?: photo)?|epa|shutterstock|istock(?:photo)?|imago(?: images)?|keystone|apa|ntb|tt|ritzau scanpix|lehtikuva|ansa|efe|lusa)"
    r"|(?:getty images|istock(?:photo)?|shutterstock|imago(?: images)?|ap photo|picture[ -]alliance)(?: ?/ ?[\w .-]{2,30})?)[)\]\s]{0,3}",
    regex.IGNORECASE,
)
_BUTTON = regex.compile(
    r"[\[(*• ]{0,3}(?:open (?:this )?(?:photo|image|picture) in (?:gallery|modal|full ?screen|lightbox)|enlarge (?:this )?(?:image|photo)|view image in full ?screen|(?:image )?caption"
    r"|bild (?:vergrößern|in detailansicht öffnen|maximieren)|(?:agrandir|ouvrir) l['’]image|ampliar (?:imagen|foto)|ingrandisci (?:l['’])?immagine|(?:이미지|사진) ?(?:확대(?:보기)?|크게 ?보기)|(?:写真|画像)を拡大)\W{0,3}",
    regex.IGNORECASE,
)
_BEGINNING: Final = frozenset("OoEeVvIiCcBbAa이사写画[(*•")
"""What a button begins with: looked at first, as most lines of a page are none."""
_SAID = regex.compile(r"[\"“„«»‘'–—(*-]")
"""How a paragraph begins that quotes somebody; captions describe."""


def captions(paragraphs: Sequence[Paragraph], found: Sequence[Span], *, title: Paragraph | None = None) -> list[Span]:
    """Spans over captions that stand beside a photo's credit or its button, under the label ``caption``.

    They are flagged and, as their score is just over the usual threshold, stripped by default.  It does not find a
    caption without either neighbour, nor one of two lines.

    >>> from newsclean.segment import segment
    >>> text = "The council met on Monday.\\nFishermen wait for the tide at the northern pier.\\n(Photo: Reuters)"
    >>> [text[s.start:s.end] for s in captions(segment(text), [])]
    ['Fishermen wait for the tide at the northern pier.']
    """
    above, below = list(_above(paragraphs)), list(_below(paragraphs))
    if not above and not below:
        return []
    gone = touched(paragraphs, found, least=SURE)
    free = {p.start for p, span in zip(paragraphs, gone, strict=True) if span is None and p is not title}
    above = [p for p in above if p.start in free]
    if any(len(p.text) > WIDEST for p in above):
        above = []
    taken = [p for p in above if _is_caption(p.text)]
    taken += [p for p in below if p.start in free and _is_described(p.text)]
    return [
        Span(start, end, "caption", "caption/beside", CAPTION)
        for start, end in sorted({(p.start, p.end) for p in taken})
    ]


def _above(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines right above credits, if they end like a caption: most lines of a page do not."""
    for p, below in itertools.pairwise(paragraphs):
        if not p.text[-1].isalnum() and _is_credit(below.text) and not _is_credit(p.text):
            yield p


def _below(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines right below buttons."""
    for above, p in itertools.pairwise(paragraphs):
        if above.text[0] in _BEGINNING and len(above.text) <= 60 and _BUTTON.fullmatch(above.text):
            yield p


def _is_credit(text: str) -> bool:
    return len(text) <= 90 and _CREDIT.fullmatch(text) is not None


def _is_caption(text: str) -> bool:
    """Whether a line may be a caption: a sentence, or the beginning of a bracket that the credit closes."""
    whole = ends_sentence(text) or text[-1:] == "("
    return whole and word_count(text) >= FEWEST and not _SAID.match(text) and text[-1:] != "?"


def _is_described(text: str) -> bool:
    return len(text) <= WIDEST and word_count(text) >= 3 and not _SAID.match(text)
