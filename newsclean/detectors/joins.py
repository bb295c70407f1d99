"""Joins: the spaces that a converter has set around the links of a Japanese text, which has none.

The paragraphs of a page that was flattened with a space between its elements read "気象庁は 高知県 と 宮崎県 に".  Who looks
for a word there, or for the same sentence elsewhere, does not find it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["joins"]

STRAY: Final = 0.8
"""The lowest score that goes: what takes the whole paragraph is surer."""
FEWEST: Final = 3
"""Such spaces in a text at least; one or two may be a typesetter's."""
BESIDE_LINKS: Final = 0.4
"""The share of them that stand between a particle and a word; a writer who sets spaces sets them at other places."""
APART: Final = 4
"""Characters a space at least, on average: who parts all words of a text writes for children."""

_SYLLABLE: Final = "\u3041-\u3096"
_LETTER: Final = f"{_SYLLABLE}\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff々〆"
_BETWEEN = re.compile(f"(?<=[{_LETTER}])[ \xa0](?=[{_LETTER}（「、。])|(?<=、)[ \xa0](?=[{_LETTER}])")
_BESIDE = re.compile(f"{_BETWEEN.pattern}|(?<=[{_LETTER}、])[ \xa0](?=\\w)|(?<=\\w)[ \xa0](?=[{_LETTER}、。])")
"""The same and those around names in other letters, which go where those go."""
_PARTICLE = re.compile(f"[{_SYLLABLE}] [^{_SYLLABLE}]|[^{_SYLLABLE}] [{_SYLLABLE}]")
_CHILDREN = re.compile(f"[{_SYLLABLE}] [{_SYLLABLE}]")
_ENDS: Final = "。」"


def joins(paragraphs: Sequence[Paragraph]) -> list[Span]:
    """Spans over single spaces between the letters of Japanese sentences, where a text has many and most stand by particles.

    It does nothing in Chinese, where nothing tells a link's space from a writer's, and nothing in headings.

    >>> from newsclean.segment import segment
    >>> text = "気象庁は 高知県 と 宮崎県 に津波注意報を発表した。"
    >>> "".join(text[s.start] for s in joins(segment(text)))
    '    '
    """
    told = [p for p in paragraphs if p.text[-1] in _ENDS and " " in p.text and not p.text.isascii()]
    found = [(p, [m.start() for m in _BETWEEN.finditer(p.text)]) for p in told]
    many = sum(len(places) for _, places in found)
    if many < FEWEST or APART * many > sum(len(p.text) for p, places in found if places):
        return []
    beside = sum(len(_PARTICLE.findall(p.text)) for p, _ in found)
    if beside < BESIDE_LINKS * many or any(_CHILDREN.search(p.text) for p, _ in found):
        return []
    return [
        Span(p.start + space.start(), p.start + space.end(), "markup", "markup/space", STRAY)
        for p in told
        for space in _BESIDE.finditer(p.text)
    ]
