"""Shape: what a line looks like, whatever its words say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import lru_cache
from operator import attrgetter
from typing import Final

import regex

from newsclean.page import UNDIVIDED
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = [
    "content_words",
    "ends_sentence",
    "is_headline_like",
    "is_label",
    "is_prose",
    "runs_on",
    "spared",
    "stem",
    "stems",
    "stems_among",
    "surest",
    "touched",
    "word_count",
]

_WORD = regex.compile(r"\w+(?:['’-]\w+)*")
_ASCII_WORD = re.compile(_WORD.pattern, re.ASCII)
_CONTENT_WORD = regex.compile(r"\p{L}{4,40}|\p{Lu}{2,3}\b|\d{2,12}")
_ASCII_CONTENT = re.compile(r"[a-zA-Z]{4,40}|[A-Z]{2,3}\b|\d{2,12}", re.ASCII)
_SPACELESS = re.compile(f"[{UNDIVIDED}]")
_SENTENCE_END = regex.compile(r"""[.!?…。！？؟।]\s?["'”’»“)\]」』）]{0,3}(?:\[\d{1,3}\]){0,2}$""")
_QUOTED = regex.compile(
    r"\(@\w{1,20}\)|\bmargin of (?:sampling )?error\b|\b(?:poll|survey) of [\d,]{3,9} "
    r"|^[\"“].{0,1500}?[,.?!]['’] (?:[\w.-]{1,20} ){0,4}(?:said|says|told|wrote|writes|added|asked)\b"
    r"|^(?:(?:many|special|warm|big) )?thank(?:s|(?:s| you) so much) to .{2,200}? for (?:\w{1,12} ){0,3}?(?:feedback|comments?|help|reading|edits|advice|discussions?)\b",
    regex.IGNORECASE,
)

_PLACE: Final = attrgetter("start", "end")
_ENDINGS: Final = ("ing", "ed", "es", "s")
SHORTEST: Final = 3
"""Letters that a word of four or more keeps at least in its stem."""
WRAPPED: Final = 45
"""Code points from which a line may have been broken for want of room."""
PROSE: Final = 60
"""Code points from which a line that ends like a sentence is prose."""
SHORT: Final = 1000
"""Code points up to which what was told of a line is kept, and of how many lines it is."""
KNOWN: Final = 2048


def spared(text: str, /) -> bool:
    """Whether a paragraph is told by its form to belong: a post retold with its handle, the small print of a poll, a
    quotation of another text in which somebody speaks, an author's thanks.

    They address the reader or read like another document, and are evidence all the same.

    >>> spared("The survey of 1,204 adults was taken in May; the margin of error is three points.")
    True
    """
    return _QUOTED.search(text) is not None


def word_count(text: str) -> int:
    """Words of a line; a script without spaces counts two code points as a word."""
    return _short_count(text) if len(text) <= SHORT else _count(text)


def _count(text: str) -> int:
    if text.isascii():
        return len(_ASCII_WORD.findall(text))
    spaceless = len(_SPACELESS.findall(text))
    return spaceless // 2 if spaceless * 2 > len(text) else len(_WORD.findall(text))


_short_count = lru_cache(KNOWN)(_count)
"""Many detectors ask the same of the same lines."""


def ends_sentence(text: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes and brackets aside.

    >>> ends_sentence("“It is over.”"), ends_sentence("What we know")
    (True, False)
    """
    return not text[-1:].isalnum() and _SENTENCE_END.search(text, max(0, len(text) - 16)) is not None


def is_prose(text: str) -> bool:
    """Whether the line reads like a paragraph of running text."""
    return len(text) >= 20 and (_is_short_prose(text) if len(text) <= SHORT else _is_prose(text))


def _is_prose(text: str) -> bool:
    head = text[:8]
    if not head.isascii() and _SPACELESS.search(head):
        return ends_sentence(text)
    return len(text) >= 160 or (len(text) >= PROSE and ends_sentence(text))


_is_short_prose = lru_cache(KNOWN)(_is_prose)


def runs_on(text: str, following: str) -> bool:
    """Whether a line breaks off in mid-sentence for want of room and the next goes on, in a small letter.

    >>> runs_on("The harbour master closed the northern quay on Monday", "after the storm had torn two of its cranes down.")
    True
    """
    goes_on = following[:1].islower() and following[:2] != "o "  # a bullet
    return goes_on and min(len(text), len(following)) >= WRAPPED and not ends_sentence(text)


def is_headline_like(text: str) -> bool:
    """Whether the line could be a headline: 3 to 25 words, at most 180 code points, no full stop at its end."""
    if 10 * sum(map(str.isalpha, text)) < 6 * len(text):
        return False  # a score, a rate
    if not 8 <= len(text) <= 180 or text[-1] in ".:;,…。！？" or text[:1] in '“"«„':
        return False
    return 3 <= word_count(text) <= 25


def is_label(text: str) -> bool:
    """Whether the line could be a widget's label or a heading: at most six words that do not end as a sentence."""
    return len(text) <= 48 and word_count(text) <= 6 and text[-1] not in ".!?…;,。！？"


def content_words(text: str) -> frozenset[str]:
    """The folded words that carry content: four letters or more, short capitals (EU), numbers."""
    words = set((_ASCII_CONTENT if text.isascii() else _CONTENT_WORD).findall(text))
    # None of them holds white space or an apostrophe, so they are folded all at once.
    return frozenset(" ".join(words).casefold().split(" ")) if words else frozenset()


def stem(word: str) -> str:
    """A word without its commonest English endings, and no more than six letters of it: Colombia, Colombian."""
    if word.endswith(_ENDINGS):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
                return word.removesuffix(ending)[:6]
    return word[:6]


def stems(text: str, /) -> frozenset[str]:
    """The stems of a text's content words.

    >>> sorted(stems("The pilots boarded; a pilot, boarding"))
    ['board', 'pilot']
    """
    return frozenset(map(stem, content_words(text)))


def stems_among(texts: Iterable[str], wanted: Set[str]) -> frozenset[str]:
    """Those of the wanted stems that these texts have: only words that begin like one of them are read."""
    heads = {stem[:SHORTEST] for stem in wanted}
    found = frozenset(map(stem, [word for word in _words(texts) if word[:SHORTEST] in heads]))
    return found & wanted


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The content words of these texts, those in ASCII read apart, which is sooner done."""
    plain: list[str] = []
    others: list[str] = []
    for text in texts:
        (plain if text.isascii() else others).append(text)
    found = content_words("\n".join(plain))
    return found | content_words("\n".join(others)) if others else found


def touched(paragraphs: Iterable[Paragraph], spans: Iterable[Span], *, least: float) -> list[Span | None]:
    """For each paragraph the surest span of at least this score that covers all of it, or None."""
    covering = surest(spans, least=least)
    return list(map(covering.get, map(_PLACE, paragraphs))) if covering else [None for _ in paragraphs]


def surest(spans: Iterable[Span], *, least: float) -> dict[tuple[int, int], Span]:
    """The surest span of at least this score over each place."""
    covering: dict[tuple[int, int], Span] = {}
    for span in spans:
        if span.score >= least and span.label != "title":
            place = span.start, span.end
            known = covering.setdefault(place, span)
            if known is not span and (-span.score, span.rule) < (-known.score, known.rule):
                covering[place] = span
    return covering
