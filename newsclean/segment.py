"""Segmentation: any text into paragraphs with offsets, in one linear pass.

A paragraph is a line, because scrapers leave widgets line by line.  Two layouts differ: hard-wrapped text, whose
lines are joined where they were broken at a fixed width, and lines too wide for a paragraph (a whole article
without line breaks), which are taken apart at the ends of sentences.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import regex

from newsclean.page import UNDIVIDED

__all__ = ["BREAKS", "WIDE", "Paragraph", "segment"]

WIDE: Final = 2000
"""A line longer than this many code points is read sentence by sentence (one news paragraph in 800 is)."""

BREAKS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
"""The code points that end a line; ``\\r\\n`` counts as one break."""

_INVISIBLE: Final = " \t\x1c\x1d\x1e\x1f\xa0\u1680\u202f\u205f\u3000\u200b\u2060\ufeff\xad" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_BLANK: Final = _INVISIBLE + BREAKS
_NO_BREAKS: Final = "\x1c\x1d\x1e"  # which str.splitlines takes for breaks
_LINE = regex.compile(rf"[^{BREAKS}]*(?:\r\n|[{BREAKS}])?")
_BREAK = regex.compile(rf"[{BREAKS}]")
_SENTENCE_END = regex.compile(
    r"""(?: [.!?…؟।]["'”’»)\]]{0,3} [^\S\n]{1,4} (?=[\p{Lu}\p{Lo}\p{N}"'“‘«„(\[¿¡])   # an end, a space, a beginning
          | [。！？]["'”’」』）]{0,3} )""",
    regex.VERBOSE,
)
_ABBREVIATION = regex.compile(
    r"(?:\b(?:\p{Lu}|[Mm](?:rs?|s|me|lle)|[DJS]r|St|Gov|Sens?|Reps?|Lt|Gens?|Col|Maj|Capt|Sgt|Prof|Rev|Hon|Pres|vs|No|Nr"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Inc|Corp|Co|Ltd|Bros|Sra?|Dra?|ca|bzw|z\.B|d\.h|p\.ej|U\.S|U\.K|a\.m|p\.m))\.$"
)
_UNDIVIDED = regex.compile(f"[{UNDIVIDED}]")
_ENDS: Final = ".!?:…\"'”’)。！？：」』）"
_SHORTEST: Final = 8  # no piece of a wide line is shorter, so that a line of full stops does not explode
_WRAP_WIDTHS: Final = range(50, 121)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a source: its text, its place and, on an :class:`~newsclean.Article`, what became of it.

    ``start`` and ``end`` are code points of the source, half-open, without the white space around; ``labels`` are
    those of the spans that touch it and ``score`` the highest of theirs.  ``kept`` is false when all of it went.
    """

    text: str
    start: int
    end: int
    kept: bool = True
    labels: tuple[str, ...] = ()
    score: float = 0.0

    @property
    def line(self) -> str:
        """The text with each code point of a line break as a space: same offsets, one line."""
        return self.text if self.text.isprintable() else _BREAK.sub(" ", self.text)


def segment(text: str, /) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order: disjoint, never empty, and all that lies between them is white space.

    Lines end at ``\\n``, ``\\r``, ``\\r\\n``, U+2028, U+2029, U+0085, form feed and vertical tab.  Lines that a
    mailer broke at a fixed width become one paragraph; a line of more than 2,000 code points becomes its
    sentences, and where it has none (a script without spaces, a data dump) pieces of at most 2,000.

    It does not look at words, so it works for any language; it will not rejoin a paragraph that was broken at
    random widths.

    >>> [p.text for p in segment("One.\\r\\n\\r\\n  Two. \\u2028Three.")]
    ['One.', 'Two.', 'Three.']
    """
    found: list[Paragraph] = []
    for block in _blocks(text):
        if len(block) > 1 and _is_wrapped(text, block):
            start, end = block[0][0], block[-1][1]
            found.append(Paragraph(text[start:end], start, end))
            continue
        for start, end in block:
            if end - start > WIDE:
                found.extend(Paragraph(text[a:b], a, b) for a, b in _pieces(text, start, end))
            else:
                found.append(Paragraph(text[start:end], start, end))
    return tuple(found)


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of lines without a blank line between them, each line trimmed."""
    block: list[tuple[int, int]] = []
    at = 0
    for line in _lines(text):
        body = line.strip(_BLANK)
        if body:
            start = at + line.find(body)  # the first code point that is not blank begins the body
            block.append((start, start + len(body)))
        elif block:
            yield block
            block = []
        at += len(line)
    if block:
        yield block


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with the breaks that end them."""
    if any(mark in text for mark in _NO_BREAKS):
        return (m.group() for m in _LINE.finditer(text))
    return iter(text.splitlines(keepends=True))


def _is_wrapped(text: str, block: Sequence[tuple[int, int]]) -> bool:
    """Whether a block is one paragraph broken at a width: no line had room for the next one's first word."""
    width = max(end - start for start, end in block)
    if width not in _WRAP_WIDTHS:
        return False
    open_ends = 0
    for (start, end), (after, after_end) in itertools.pairwise(block):
        if end - start + 1 + _first_word(text, after, after_end) <= width:
            return False
        open_ends += text[end - 1] not in _ENDS
    if len(block) == 2:
        return open_ends == 1 and text[block[1][0]].islower()
    if all(text[start].isupper() for start, _ in block[1:]):
        return False  # headlines one below the other
    return 2 * open_ends >= len(block) - 1


def _first_word(text: str, start: int, end: int) -> int:
    """Code points that must stand on one line; a script without spaces breaks almost anywhere."""
    if _UNDIVIDED.search(text, start, min(end, start + 4)):
        return 1
    return len(text[start : min(end, start + 40)].split(maxsplit=1)[0])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a wide line, none of them wider than WIDE."""
    at = start
    for m in _SENTENCE_END.finditer(text, start, end):
        if m.end() - at >= _SHORTEST and not _ABBREVIATION.search(text, max(at, m.start() - 12), m.start() + 1):
            yield from _chunks(text, at, m.end())
            at = m.end()
    yield from _chunks(text, at, end)


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > WIDE:
        space = text.rfind(" ", start + WIDE // 2, start + WIDE)
        stop = space if space > 0 else start + WIDE
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    body = text[start:end].strip(_BLANK)
    if body:
        start += len(text[start:end]) - len(text[start:end].lstrip(_BLANK))
        yield start, start + len(body)
