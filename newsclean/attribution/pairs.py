"""Pairs: for each cue that was found, each token near it as numbers - whether it is this cue's source or content.

The second look of the tagger, in the manner of Pareti's (Oxford 2015) and the BBC's Citron's two steps: the first look
finds cues, this one what belongs to each.  numpy is imported at the top, so this module is imported late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from newsclean.attribution.clauses import Range
from newsclean.attribution.encode import Encoded, bins
from newsclean.attribution.hashes import Opening, mixed
from newsclean.attribution.tokens import INSIDE, OPENING, Tokens

__all__ = ["Pairs", "Seen", "pairs"]

Ints = NDArray[np.int64]

BEFORE: Final = 90
AFTER: Final = 160
"""Tokens before and behind a cue that may belong to it."""


@dataclass(frozen=True)
class Pairs:
    """The rows of all cues, one behind the other: ``token`` and ``cue`` number what a row pairs, ``first`` is where
    each cue's rows begin, and behind them their number; ``columns`` are F arrays (rows,) of hashes."""

    token: Ints
    cue: Ints
    first: Ints
    columns: Sequence[Ints]


@dataclass(frozen=True)
class Seen:
    """What the first look found: the ``labels`` of the tokens (0 none, odd begins, even goes on), the ``cues`` as token
    ranges, and for each cue what the rules gave it as (start, end, 1 source or 2 content)."""

    labels: Ints
    cues: Sequence[Range]
    own: Sequence[Sequence[tuple[int, int, int]]]


def pairs(t: Tokens, coded: Encoded, seen: Seen) -> Pairs:
    """The pairs of a document."""
    labels, cues, own = seen.labels, seen.cues, seen.own
    windows = [_window(t, cue) for cue in cues]
    sizes = np.array([b - a for a, b in windows], dtype=np.int64)
    first = np.concatenate([[0], np.cumsum(sizes)])
    token = np.concatenate([np.arange(a, b) for a, b in windows]) if cues else np.zeros(0, dtype=np.int64)
    cue = np.repeat(np.arange(len(cues)), sizes)
    if not len(token):
        return Pairs(token, cue, first, [token])
    start = np.array([c[0] for c in cues], dtype=np.int64)
    end = np.array([c[1] for c in cues], dtype=np.int64)
    kind = (labels + 1) // 2  # 0 none, 1 source, 2 cue, 3 content
    given = np.full(len(token), 3 if not own else 0, dtype=np.int64)
    for k, ranges in enumerate(own):
        low, base = windows[k][0], first[k]
        if not ranges:
            given[base : first[k + 1]] = 3
        for a, b, what in ranges:
            given[max(base, base + a - low) : min(first[k + 1], base + b - low)] = what
    side = np.where(token < start[cue], 0, np.where(token >= end[cue], 2, 1))
    distance = np.where(side == 0, start[cue] - token, np.where(side == 2, token - end[cue] + 1, 0))
    sentence, paragraph = coded.sentence, coded.paragraph
    off = np.clip(sentence[token] - sentence[start[cue]], -3, 3) + 3
    far = np.clip(paragraph[token] - paragraph[start[cue]], -1, 1) + 1
    place = side + 3 * off + 21 * far
    y = kind[token]

    def between(flag: NDArray[np.bool_], most: int = 3) -> Ints:
        count = np.concatenate([[0], np.cumsum(flag)])
        left = count[start[cue]] - count[np.minimum(token + 1, start[cue])]
        right = count[np.maximum(token, end[cue])] - count[end[cue]]
        counted: Ints = np.minimum(np.where(side == 0, left, right), most).astype(np.int64)
        return counted

    cues_between = between(labels == 3)
    sources_between = between(labels == 1)
    contents_between = between(labels == 5)
    marks_between = between(coded.quote >= OPENING)
    commas = between(coded.comma)
    verbs = between(coded.verb > 0)
    head = coded.word[_heads(coded, start, end)][cue]
    before = np.where(start > 0, coded.word[np.maximum(start - 1, 0)], -1)[cue]
    after = np.where(end < len(t), coded.word[np.minimum(end, len(t) - 1)], -1)[cue]
    pre_kind = np.where(start > 0, kind[np.maximum(start - 1, 0)], -1)[cue]
    post_kind = np.where(end < len(t), kind[np.minimum(end, len(t) - 1)], -1)[cue]
    quote = coded.quote[token]
    near = bins(distance)
    fresh = (labels[token] % 2 == 1).astype(np.int64)

    places = {by: np.clip(token + by, 0, len(t) - 1) for by in (-1, 0, 1)}

    def at(x: Ints, by: int) -> Ints:
        moved: Ints = x[places[by]]
        return moved

    word, shape, cluster = coded.word, coded.shape, coded.cluster
    made_before, made_after = np.concatenate([[0], given[:-1]]), np.concatenate([given[1:], [0]])
    openings = [((y, 4),), ((y, 4), (side, 3)), ((y, 4), (place, 63)), ((y, 4), (given, 4)), ((given, 4),)]
    label, whose, where, told, held = (Opening.of(*parts) for parts in openings)
    templates: list[tuple[Opening | None, tuple[Ints, ...]]] = [
        (whose, ()), (where, ()), (where, (near,)), (told, ()), (told, (made_before, made_after)), (whose, (fresh, at(kind, 1))),
        (where, (cues_between,)), (where, (cues_between, quote)), (whose, (sources_between, contents_between)), (where, (sources_between,)),
        (where, (contents_between, cues_between)), (label, (marks_between, quote, side)), (label, (marks_between, quote, place)),
        (label, (commas, place)), (label, (verbs, place)), (label, (head, side)), (label, (head, place)), (label, (before, place)), (label, (after, place)),
        (label, (pre_kind, post_kind, place)), (label, (pre_kind, post_kind, place, cues_between)), (label, (at(kind, -1), at(kind, 1), side)),
        (label, (at(word, 0), side)), (label, (at(word, 1), side)), (label, (at(word, -1), side)),
        (label, (at(shape, -1), at(shape, 0), at(shape, 1), side)), (label, (at(coded.tag, 0), given, place)),
        (label, (at(coded.tag, 0), at(coded.tag, 1), side)), (label, (at(cluster, 0), side)), (label, (at(cluster, 1), side)),
        (label, (at(cluster, -1), side)), (label, (at(cluster, 0), place, given)), (label, (coded.sure[token], side)),
        (label, (coded.sure[token], place, given)), (label, (at(word, -1), at(word, 0), side)), (label, (at(word, 0), at(word, 1), side)),
        (label, (sources_between, cues_between, near, side)), (label, (contents_between, cues_between, fresh, place)), (held, (quote, side)),
        (held, (made_after, made_before, at(word, 0))), (label, (head, before, side)), (label, (pre_kind, before, given, side)),
        (label, (at(coded.verb, 0), at(coded.kind, 0), side)), (label, (at(coded.last3, 0), side)), (label, (off, marks_between, cues_between, quote)),
        (label, (near, fresh, sources_between, side)), (None, (after, given, y)), (label, (at(coded.opener, 0), side)),
        (label, (at(coded.opener, 0), given, side)), (label, (at(coded.closer, 0), side)), (label, (at(coded.opener, 0), at(coded.closer, 0), side)),
        (label, (at(cluster, -1), at(cluster, 0), side)), (label, (at(cluster, 0), at(cluster, 1), side)),
        (label, (at(word, -1), at(word, 0), at(word, 1), side)), (label, (at(coded.kind, -1), at(coded.kind, 0), at(coded.kind, 1), side)),
        (label, (at(coded.verb, -1), at(coded.verb, 1), place)), (label, (commas, at(coded.opener, 0), side)),
        (label, (at(cluster, -1), at(cluster, 1), given, side)), (label, (coded.starts[token], place, cues_between)),
    ]  # fmt: skip
    return Pairs(token, cue, first, [mixed(n, parts, opening) for n, (opening, parts) in enumerate(templates)])


def _heads(coded: Encoded, start: Ints, end: Ints) -> Ints:
    """The token of each cue that says most: its last verb, or its first token."""
    made = start.copy()
    for k, (a, b) in enumerate(zip(start, end, strict=True)):
        verbs = np.flatnonzero(coded.verb[a:b])
        if len(verbs):
            made[k] = a + verbs[-1]
    return made


def _window(t: Tokens, cue: Range) -> Range:
    """The paragraph of a cue, and those behind it in which a quotation goes on, within reach."""
    a, b = cue
    low, high = max(0, a - BEFORE), min(len(t), b + AFTER)
    start = a
    while start > low and t.paragraph[start - 1] == t.paragraph[a]:
        start -= 1
    end = b
    while end < high and t.paragraph[end] == t.paragraph[a]:
        end += 1
    while end < high and (t.quote[end] == OPENING or (t.quote[end] == INSIDE and t.quote[end - 1] != INSIDE)):
        at = t.paragraph[end]
        while end < high and t.paragraph[end] == at:
            end += 1
    return start, end
