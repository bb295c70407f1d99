"""Encode: tokens as numbers for the tagger, with no feature ever becoming a string.

Each token is a row of buckets: hashes of words, stems, endings, shapes and clusters around it, of what the cue lexicon
and the rules say, of quotation marks and of distances.  numpy is imported at the top, so this module is imported late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsclean.attribution.cues import VERBS, WORDS, lexicon
from newsclean.attribution.hashes import mixed
from newsclean.attribution.tokens import INSIDE, OPENING, Tokens

__all__ = ["CLUSTERED", "Encoded", "bins", "encode", "tagged"]

Ints = NDArray[np.int64]

CLUSTERED: Final = 1 << 16
"""Buckets of hashed words that have a cluster."""
FAR: Final = 40
LONG_WORD: Final = 60
"""Code points of a form beyond which nothing of it is remembered."""
_SIDE_BY_SIDE: Final = ((-2, -1), (-1, 0), (0, 1), (1, 2))
_ROW: Final = Struct("8q")
_FORMS: Final = {"base": 0, "third": 1, "past": 2, "gerund": 3}
_COMMAS: Final = frozenset((",", ";", ":"))
_BREAKS: Final = frozenset((",", ";", ":", "--", "–", "—", "(", ")"))
_COMMA, _BREAK, _COLON = 1, 2, 4
_VERBS: Final = {group: number for number, group in enumerate(VERBS)}
_BITS: Final = {kind: 1 << number for number, kind in enumerate(WORDS)}


@dataclass(frozen=True)
class Encoded:
    """A document as arrays, one entry a token; ``sure`` is left zero until the first look has spoken."""

    word: Ints
    shape: Ints
    last3: Ints
    verb: Ints
    kind: Ints
    tag: Ints
    cluster: Ints
    quote: Ints
    sentence: Ints
    paragraph: Ints
    comma: NDArray[np.bool_]
    starts: Ints
    opener: Ints
    closer: Ints
    sure: Ints
    columns: Sequence[NDArray[Any]]


def tagged(n: int, ranges: Iterable[tuple[int, int, int]]) -> Ints:
    """Ranges with a small number each as an array over ``n`` tokens; later ones win."""
    out = np.zeros(n, dtype=np.int64)
    for a, b, tag in ranges:
        out[a:b] = tag
    return out


def numbers(form: str) -> bytes:
    """A form as whole numbers: hashes of its word, stem and endings, its shape, its classes in the lexicon, its marks.

    Words come again, so those of usual length are remembered, packed as an array's row.
    """
    return _known(form) if len(form) <= LONG_WORD else _numbers(form)


def _numbers(form: str) -> bytes:
    lex, w = lexicon("en"), form.casefold().replace("’", "'")
    word, stem, last3, last2 = (crc32(part.encode("utf-8", "replace")) for part in (w, w[:6], w[-3:], w[-2:]))
    found = lex.verbs.get(w)
    verb = 0 if found is None else 1 + 4 * _VERBS[found.group] + _FORMS[found.form]
    kind = sum(bit for kind, bit in _BITS.items() if w in getattr(lex, kind))
    mark = _COMMA * (form in _COMMAS) + _BREAK * (form in _BREAKS) + _COLON * (form == ":")
    return _ROW.pack(word, stem, last3 & 0xFFFFF, last2 & 0xFFFFF, _shape(form), verb, kind, mark)


_known = lru_cache(maxsize=1 << 15)(_numbers)


def _shape(w: str) -> int:
    """A small number for a form's look: what kind of mark, number, capitals, small letters."""
    c = w[0]
    if not (c.isalnum()):
        return 20 + (crc32(w.encode("utf-8", "replace")) & 31)
    if c.isdigit():
        return 1 if len(w) == 4 else 2
    if c.islower():
        return 4 if "-" in w else 3
    if w.isupper():
        return 5 if len(w) == 1 else 6 if "." in w else 7
    return 9 if "-" in w else 8


def _shift(x: Ints, by: int, fill: int = -1) -> Ints:
    """The value ``by`` tokens further on."""
    n = len(x)
    out = np.full(n, fill, dtype=np.int64)
    if abs(by) < n:
        if by >= 0:
            out[: n - by] = x[by:]
        else:
            out[-by:] = x[:by]
    return out


def _reach(flag: NDArray[np.bool_], group: Ints, *, back: bool) -> Ints:
    """Tokens to the nearest flagged one before (or after) in the same group, 0 on it; FAR where there is none."""
    if not back:
        return _reach(flag[::-1], group[::-1], back=True)[::-1]
    n = len(flag)
    at = np.arange(n)
    last = np.maximum.accumulate(np.where(flag, at, -1))
    same = (last >= 0) & (group[np.maximum(last, 0)] == group)
    return np.where(same, np.minimum(at - last, FAR - 1), FAR)


def bins(x: Ints) -> Ints:
    """Distances coarser the longer they are."""
    return np.searchsorted(np.array([1, 2, 3, 4, 6, 9, 14, 22, FAR]), x, side="right").astype(np.int64)


@dataclass(frozen=True)
class _Base:
    """A document's arrays and the columns of features made of them; a column's number is part of its hashes."""

    word: Ints
    stem: Ints
    last3: Ints
    last2: Ints
    shape: Ints
    verb: Ints
    kind: Ints
    mark: Ints
    tag: Ints
    cluster: list[Ints]
    quote: Ints
    sentence: Ints
    paragraph: Ints
    first: Ints
    opener: Ints
    closer: Ints
    columns: list[Ints]

    def add(self, *parts: Ints) -> None:
        self.columns.append(mixed(len(self.columns), parts))


def encode(made: Tokens, tags: Ints, tables: Sequence[NDArray[Any]]) -> Encoded:
    """A document for both looks; ``columns`` are F arrays (n,) of hashes.

    Parameters
    ----------
    tags : what the rules say of each token, small numbers.
    tables : cluster tables, each (CLUSTERED,) of small numbers; may be empty.
    """
    base = _base(made, tags, tables)
    _words(base)
    _distances(base)
    starts = _surroundings(base)
    n = len(base.word)
    return Encoded(
        word=base.word, shape=base.shape, last3=base.last3, verb=base.verb, kind=base.kind, tag=tags, quote=base.quote,
        cluster=base.cluster[0] if base.cluster else base.word & 0, sentence=base.sentence, paragraph=base.paragraph,
        comma=(base.mark & _COMMA) > 0, starts=starts,
        opener=base.opener, closer=base.closer, sure=np.zeros(n, dtype=np.int64),
        columns=base.columns,
    )  # fmt: skip


def _base(made: Tokens, tags: Ints, tables: Sequence[NDArray[Any]]) -> _Base:
    table = np.frombuffer(b"".join(map(numbers, made.form)), dtype=np.int64).reshape(-1, _ROW.size // 8)
    word, stem, last3, last2, shape, verb, kind, mark = np.ascontiguousarray(table.T)
    cluster = [t.astype(np.int64)[word & (CLUSTERED - 1)] for t in tables]
    quote, sentence, paragraph, first = (
        np.array(x, dtype=np.int64) for x in (made.quote, made.sentence, made.paragraph, made.first)
    )
    opener, closer = _clause((mark & _BREAK) > 0, word, sentence, first)
    parts = (
        word,
        stem,
        last3,
        last2,
        shape,
        verb,
        kind,
        mark,
        tags,
        cluster,
        quote,
        sentence,
        paragraph,
        first,
        opener,
        closer,
    )
    return _Base(*parts, columns=[])


def _words(base: _Base) -> None:
    """The words around each token: forms, endings, shapes, classes, rule tags and clusters, alone and side by side."""
    add, shape = base.add, base.shape
    named = {
        "word": base.word,
        "shape": shape,
        "verb": base.verb,
        "kind": base.kind,
        "quote": base.quote,
        "tag": base.tag,
    }
    named |= {f"cluster{i}": c for i, c in enumerate(base.cluster)}
    around = {d: {k: _shift(x, d) for k, x in named.items()} for d in range(-4, 5)}
    here = around[0]
    add(here["quote"])
    for d in range(-3, 4):
        add(around[d]["word"])
    for d in range(-2, 3):
        add(around[d]["shape"], around[d]["quote"])
    add(base.stem)
    add(base.last3)
    add(base.last2, shape)
    add(_shift(base.last3, 1), _shift(shape, 1))
    add(_shift(base.last3, -1), _shift(shape, -1))
    for d in range(-3, 4):
        add(around[d]["verb"], around[d]["kind"])
    for d in range(-4, 5):
        add(around[d]["tag"])
    for a, b in _SIDE_BY_SIDE:
        add(around[a]["word"], around[b]["word"])
        add(around[a]["tag"], around[b]["tag"])
        add(around[a]["verb"], around[b]["verb"], around[a]["kind"], around[b]["kind"])
    add(around[-1]["word"], base.word, around[1]["word"])
    add(around[-1]["shape"], shape, around[1]["shape"], here["tag"])
    add(around[-1]["kind"], base.verb, around[1]["kind"], around[1]["quote"])
    for name in [k for k in named if k.startswith("cluster")]:
        for d in range(-3, 4):
            add(around[d][name])
        for a, b in _SIDE_BY_SIDE:
            add(around[a][name], around[b][name])
        add(around[-1][name], here[name], around[1][name])


def _distances(base: _Base) -> None:
    """How far it is to the nearest verb, cue, quotation mark, and to the ends of the sentence."""
    add, quote, tag, sentence = base.add, base.quote, base.tag, base.sentence
    strong = (base.verb > 0) & (base.verb <= 4)
    reached = ((base.verb > 0, sentence), (strong, sentence), (quote >= OPENING, base.paragraph), (tag == 1, sentence))
    near = [bins(_reach(flag, group, back=back)) for flag, group in reached for back in (True, False)]
    for x in near:
        add(x, quote)
    add(near[0], near[1], quote)
    add(near[2], near[3], quote)
    add(near[6], near[7], tag, quote)
    at = np.arange(len(quote))
    place = bins(at - base.first[sentence])
    add(place, base.shape)
    add(bins(base.first[sentence + 1] - 1 - at), quote)
    add(place, base.verb, base.kind)


def _surroundings(base: _Base) -> Ints:
    """What the sentence, the clause and the paragraph around hold; returns whether the paragraph opens a quotation."""
    add, quote, tag, sentence, first = base.add, base.quote, base.tag, base.sentence, base.first
    at = np.arange(len(quote))
    strong = _any((base.verb > 0) & (base.verb <= 4), sentence)
    has = _any((quote >= OPENING) | (quote == INSIDE), sentence) + 2 * strong + 4 * _any(tag == 1, sentence)
    add(has, quote)
    add(has, tag, base.shape)
    add(base.word[first[sentence]], quote)
    begins = np.flatnonzero(np.diff(base.paragraph, prepend=-1))
    which = np.searchsorted(begins, at, side="right") - 1
    ends = np.append(begins[1:], len(quote)) - 1
    colon = ((base.mark[ends] & _COLON) > 0).astype(np.int64)
    opened = (quote[ends] == INSIDE).astype(np.int64)  # never closed: it goes on
    starts = (quote[begins] == OPENING).astype(np.int64)
    before = np.concatenate([[3], (colon + 2 * opened)[:-1]])
    add(before[which], starts[which], quote)
    add(before[which], starts[which], bins(at - begins[which]), quote)
    add(base.opener, quote)
    add(base.closer, quote)
    add(base.opener, tag, base.shape)
    add(base.opener, base.closer, quote)
    add(np.concatenate([[-1], tag[ends][:-1]])[which], starts[which], quote)
    ended = np.concatenate([[-1], quote[first[1:-1] - 1]]) if len(first) > 2 else np.array([-1])
    add(ended[sentence], quote, bins(at - first[sentence]))
    add(strong, np.concatenate([[-1], strong[first[:-1]][:-1]])[sentence], quote)
    opens: Ints = starts[which]
    return opens


def _clause(breaks: NDArray[np.bool_], word: Ints, sentence: Ints, first: Ints) -> tuple[Ints, Ints]:
    """The word that opens each token's clause (behind the last comma or dash before it), and the one behind its end."""
    n = len(word)
    at = np.arange(n)
    begin = np.maximum.accumulate(np.where(np.concatenate([[False], breaks[:-1]]), at, 0))
    begin = np.maximum(begin, first[sentence])
    far = np.minimum.accumulate(np.where(breaks, at, n)[::-1])[::-1]
    end = np.minimum(far + 1, n - 1)
    inside = far < first[sentence + 1]
    return word[begin], np.where(inside, word[end], -1)


def _any(flag: NDArray[np.bool_], group: Ints) -> Ints:
    return (np.bincount(group, weights=flag) > 0).astype(np.int64)[group]
