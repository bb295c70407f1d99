"""Tail: what stands below an article's last paragraph, told by what stands with it.

Line by line a model is unsure of a headline among other headlines; where its neighbours go and no paragraph follows, it
belongs to them.  And it takes an article's last paragraph for another story where a box of teasers stands above it; the sign
of the agency or the author below it knows better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsclean.detectors.shape import is_prose
from newsclean.segment import Paragraph

__all__ = ["signed", "stranded"]

REACH: Final = 4
"""Paragraphs that a sign closes at most."""
LONGEST: Final = 32
"""Code points of a sign at most."""

_TRAILING: Final = "？！…"
"""How headlines end that look like prose in a script without spaces, and first sentences that are cut in any."""
_HOUSE: Final = "dpa|afp|apa|sda|rtr|reuters|epd|kna|sid|awp|ntb|ritzau|ansa|efe|lusa|pap|ap|tt"
_SIGN = re.compile(
    rf"(?:mit |med |avec |con |with |quellen?: ?|\()?(?:{_HOUSE})(?:[-/, ]{{1,3}}[a-zäöü]{{2,7}}){{0,4}}\)?"
    r"|\((?-i:(?!more|mehr|plus|video|audio|foto|photo|ad|anzeige|pdf|link|here|hier)[a-zäöü]{2,4}(?:[/, -]{1,2}[a-zäöü]{2,5}){0,4})\)",
    re.IGNORECASE,
)


def signed(paragraphs: Sequence[Paragraph], /) -> frozenset[int]:
    """The indices of paragraphs right above the sign of an agency or an author ("mit dpa", "(dmk)"), who sign what is theirs.

    >>> from newsclean.segment import segment
    >>> story = "The ferry will not run on Monday, the harbour master said, as two of her crew are ill."
    >>> sorted(signed(segment(f"More stories\\n{story}\\n(mlk/dpa)\\n{story}")))
    [1]
    """
    found: set[int] = set()
    for i, p in enumerate(paragraphs):
        if len(p.text) <= LONGEST and _SIGN.fullmatch(p.text):
            for j in range(i - 1, max(-1, i - 1 - REACH), -1):
                if not is_prose(paragraphs[j].text):
                    break
                found.add(j)
    return frozenset(found)


def _ends_article(text: str) -> bool:
    return is_prose(text) and text[-1] not in _TRAILING


def stranded(paragraphs: Sequence[Paragraph], kept: Sequence[bool], /) -> list[int]:
    """The indices of lines that are kept below the last prose that is, and below something that goes.

    In a script without spaces a line that asks or exclaims is a headline as often as a paragraph, and in any a line that
    trails off ("…") is a story's beginning: neither ends an article.

    >>> from newsclean.segment import segment
    >>> story = "The ferry will not run on Monday, the harbour master said, as two of her crew are ill."
    >>> stranded(segment(f"{story}\\nTwo tugs\\nNews\\nBridge reopens\\nShop"), [True, True, False, True, False])
    [3]
    """
    last = max((i for i, p in enumerate(paragraphs) if kept[i] and _ends_article(p.text)), default=len(kept))
    first = next((i for i in range(last + 1, len(kept)) if not kept[i]), len(kept))
    return [i for i in range(first, len(kept)) if kept[i]]
