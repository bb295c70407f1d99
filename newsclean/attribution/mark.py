"""Mark: an attribution in tokens, before anything is known of who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from newsclean.attribution.clauses import Range
from newsclean.attribution.tokens import Tokens

__all__ = ["Mark", "tags"]

_ALONE: Final = frozenset(("comment", "anonymity", "interview", "disclosure"))


class Mark(NamedTuple):
    """An attribution in tokens: ranges of its source, cue and content, and which rule saw it.

    ``kind`` and ``stance`` are those of :class:`~newsclean.Attribution`; ``score`` says how sure the rule is;
    ``nested`` that the cue stands inside a block quotation.
    """

    source: tuple[Range, ...]
    cue: Range
    content: tuple[Range, ...]
    kind: str
    stance: str
    rule: str
    score: float = 0.8
    nested: bool = False


def tags(t: Tokens, marks: Sequence[Mark]) -> Iterator[tuple[int, int, int]]:
    """The marks as ``(start, end, tag)`` for the tagger: 1 cue, 2 source, 3 content, 4 a cue of the sparser kinds."""
    for mark in marks:
        for a, b in mark.content:
            yield a, b, 3
    for mark in marks:
        for a, b in mark.source:
            yield a, b, 2
    for mark in marks:
        yield (*mark.cue, 4 if mark.kind in _ALONE else 1)
