"""Block context: what a block has to do with the rest of its page - the heading above it, the story's words, what was said.

A teaser of another story is prose like the article's.  It stands under another heading, and speaks of other things than
the headline and the paragraphs that trafilatura kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.metadata import Metadata
from newsclean.page import Block

__all__ = ["ABOVE", "TOPIC", "headed", "topical"]

Floats = NDArray[np.floating[Any]]

ABOVE: Final = ("far", "level", "linked", "kept", "names_near", "names_far", "said", "title")
"""What is asked of the last heading before a block; ``far`` is how many blocks back it stands."""
TOPIC: Final = ("title", "title_count", "title_parent", "story", "story_count", "story_parent")
"""The share and number of a block's long words that the headlines and the summary have, and that other blocks kept have;
the same shares for its parent."""
NONE: Final = 99.0
FARTHEST: Final = 50
TELLING: Final = 4
"""Long words from which a kept block tells what the story is about."""

_LONG = re.compile(r"[^\W\d_]{5,}")
_HAN = regex.compile(r"\p{Han}")


def headed(is_heading: NDArray[np.bool_], columns: Sequence[Any]) -> Floats:
    """(n, ABOVE) of the last heading before each block; ``columns`` are those of ABOVE without the first.

    >>> headed(np.array([True, False]), [np.array([2.0, 0.0])])
    array([[99.,  0.],
           [ 1.,  2.]])
    """
    index = np.arange(len(is_heading))
    last = np.maximum.accumulate(np.where(is_heading, index, -1))
    last = np.concatenate([[-1], last[:-1]])
    far = np.where(last < 0, NONE, np.minimum(index - last, FARTHEST))
    return np.column_stack([far, *[np.where(last < 0, 0.0, c[last]) for c in columns]])


def topical(looked: Mapping[int, Block], kept: Sequence[float], facts: Metadata) -> Floats:
    """(blocks looked at, TOPIC); ``looked`` are blocks by number, ``kept`` the shares that trafilatura kept of all."""
    named = _long(" ".join([*facts.titles[:6], facts.description or ""]))
    own = {i: _long(b.text) for i, b in looked.items()}
    telling = {i for i, words in own.items() if kept[i] >= 0.5 and len(words) >= TELLING}
    story = Counter(word for i in telling for word in own[i])
    once = {word for word, count in story.items() if count == 1}
    table = np.full((len(looked), len(TOPIC)), -1.0)
    parents: dict[int, tuple[int, int, int]] = {}
    for row, (i, words) in zip(table, own.items(), strict=True):
        size, title = len(words), len(words & named)
        known = len(words & story.keys()) - (len(words & once) if i in telling else 0)
        row[1], row[4] = title, known
        if size:
            row[0], row[3] = title / size, known / size
            above = id(looked[i].outer.parent)
            before = parents.get(above, (0, 0, 0))
            parents[above] = before[0] + size, before[1] + title, before[2] + known
    table[:, [1, 4]] = np.log1p(table[:, [1, 4]])
    for row, block in zip(table, looked.values(), strict=True):
        size, title, known = parents.get(id(block.outer.parent), (0, 0, 0))
        if size:
            row[2], row[5] = title / size, known / size
    return table


def _long(text: str) -> frozenset[str]:
    """The words that may say what a text is about: those of five letters or more, of Chinese the single characters."""
    spaceless = not text.isascii() and _HAN.search(text, 0, 60)
    return frozenset(_HAN.findall(text) if spaceless else _LONG.findall(text.casefold()))
