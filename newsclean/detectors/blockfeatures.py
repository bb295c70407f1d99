"""Block features: what the block model sees of each block of a page, as numbers.

The tree around a block, its own shape, its neighbours, what trafilatura kept, how close it is to what the page's head
says of the article.  Class names, ids and words enter only as hashes, summed with learned weights to three logits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log1p
from typing import Any, Final

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.detectors.blockcontext import ABOVE, TOPIC, headed, topical
from newsclean.detectors.blockwords import HINTED, Tables, names_said, words_said
from newsclean.matching import core
from newsclean.metadata import Metadata
from newsclean.page import FLAGS, Block, Node, Page, flag_bits, split_words

__all__ = ["FEATURES", "dull", "features", "stacked"]

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

PROSE: Final = 15
"""Words from which an unlinked block counts as prose."""

_END = regex.compile(r"""[.!?…。！？؟।]["'”’»“)\]」』）]{0,3}$""")
_DIGIT = re.compile(r"\d")
_CAPITAL = regex.compile(r"\p{Lu}")
_ASCII_CAPITAL = re.compile("[A-Z]")  # in a third of the time
_LEVELS: Final = {f"h{i}": i for i in range(1, 7)}
_OUTSIDE: Final = flag_bits("nav", "aside", "header", "footer", "form", "button", "dialog", "hidden", "link")
_DASHED = ("p", "li", "td", "th", "div", "span", "a", "dd", "dt", "blockquote", "button")

SHAPE: Final = (
    "chars", "words", "wordlen", "stops", "ends", "upper_first", "digits", "capitals", "commas", "colon", "question",
    "quote", "pipe", "copyright", "linked", "links", "bold", "heading", "depth", "inner", *(f"tag_{t}" for t in _DASHED),
    *(f"in_{f}" for f in FLAGS),
)  # fmt: skip
PLACE: Final = (
    "at", "at_chars", "blocks", "top", "since_h1", "title", "title_same", "lead", "body", "has_body", "copies", "copy",
    "names_near", "names_far", "said",
)  # fmt: skip
KEPT: Final = (
    "kept", "kept_page", "kept_share", "since_kept", "until_kept", "before_kept", "after_kept", "kept_window",
)  # fmt: skip
AROUND: Final = ("words", "linked", "ends", "kept", "heading", "names_near", "said", "same")
STEPS: Final = (-3, -2, -1, 1, 2, 3)
GROUP: Final = ("count", "words", "linked", "kept", "prose")
CORE: Final = ("core_up", "core_down", "core_in")
FEATURES: Final = (
    *SHAPE, *PLACE, *KEPT, *(f"{n}{s:+d}" for s in STEPS for n in AROUND), *(f"like_{g}" for g in GROUP),
    *(f"up{k}_{g}" for k in (1, 2, 3, 4) for g in GROUP), *CORE, *(f"named_{h}" for h in HINTED), *(f"above_{a}" for a in ABOVE), *(f"topic_{t}" for t in TOPIC),
)  # fmt: skip


def dull(page: Page, kept: Sequence[float]) -> NDArray[np.bool_]:
    """Which blocks are so surely furniture that nobody need look: three in five.

    Short linked lines away from all that trafilatura kept, and the words of menus, footers, forms and buttons.  Of the
    words of gold articles .6 % stand in such blocks.
    """
    keep = np.asarray(kept, np.float32)
    words = np.array([b.words for b in page.blocks])
    linked = np.array([b.linked / len(b.text) for b in page.blocks])
    outside = np.array([b.node.flags & _OUTSIDE != 0 for b in page.blocks])
    since, until, *_ = _distances(keep)
    near = np.minimum(since, until)
    short_link = (linked > 0.8) & (words <= 12) & (near > 1)
    found: NDArray[np.bool_] = (keep < 0.3) & (short_link | (outside & (words <= 6) & (near > 3)))
    return found


def features(page: Page, kept: Sequence[float], facts: Metadata, tables: Tables) -> Floats:
    """(blocks, FEATURES) float32 without NaN; ``kept`` is the share of each block that trafilatura kept.

    Of :func:`dull` blocks only what their neighbours need is filled in.
    """
    blocks = page.blocks
    if not blocks:
        return np.zeros((0, len(FEATURES)), np.float32)
    n = len(blocks)
    keep = np.asarray(kept, np.float32)
    seen = ~dull(page, kept)
    rows = np.flatnonzero(seen)
    looked = [blocks[i] for i in rows]
    split = [split_words(b.text) for b in looked]
    counts = np.array([b.words for b in blocks], np.float32)
    linked = np.array([b.linked / len(b.text) for b in blocks], np.float32)
    shape = np.zeros((n, len(SHAPE) - len(FLAGS)), np.float32)
    shape[:, 1], shape[:, SHAPE.index("linked")] = np.log1p(counts), linked
    near, far, said = (np.zeros(n, np.float32) for _ in range(3))
    hints = np.zeros((n, len(HINTED)), np.float32)
    topic = np.zeros((n, len(TOPIC)), np.float32)
    if len(rows):
        shape[rows] = [_shape(b, c) for b, c in zip(looked, counts[rows].tolist(), strict=True)]
        near[rows], far[rows], hinted = names_said(looked, tables)
        hints[rows] = np.array(hinted)[:, None] >> np.arange(len(HINTED)) & 1
        said[rows] = [words_said(w, tables.words) for w in split]
        topic[rows] = topical(dict(zip(rows.tolist(), looked, strict=True)), kept, facts)
    bits = np.array([b.node.flags for b in blocks])[:, None] >> np.arange(len(FLAGS)) & 1
    place = _placed(page, counts, rows, split, facts)
    level = shape[:, SHAPE.index("heading")]
    columns = [shape[:, 1], linked, shape[:, SHAPE.index("ends")], keep, level, near, said]
    above = headed((bits[:, FLAGS.index("heading")] > 0) & seen, [level, linked, keep, near, far, said, topic[:, 0]])
    prose = counts * ((counts >= PROSE) & (linked < 0.4))
    sums = np.column_stack([np.ones(n), counts, counts * linked, counts * keep, prose])
    parts = [
        shape, bits, place, near, far, said, _kept(keep, counts), _around(columns, blocks), _like(blocks, sums),
        *_upward(blocks, sums), hints, above, topic,
    ]  # fmt: skip
    return np.ascontiguousarray(np.column_stack(parts), dtype=np.float32)


def _shape(block: Block, words: float) -> tuple[float, ...]:
    text = block.text
    size = len(text)
    head = text[:100]
    seen = len(head)
    tag, inner = block.outer.tag, block.node.tag
    first = text[0]
    return (
        log1p(size), log1p(words), size / words, text.count(". ") + text.count("。") + text.count("? "),
        _END.search(text, max(0, size - 8)) is not None, first.isupper(), len(_DIGIT.findall(head)) / seen,
        len((_ASCII_CAPITAL if head.isascii() else _CAPITAL).findall(head)) / seen, text.count(",") / size, text[-1] == ":", text[-1] == "?",
        first in "\"'“„«‘", "|" in head, "©" in head, block.linked / size, log1p(block.links), block.bold / size,
        _LEVELS.get(tag, 0), block.node.depth, block.node is not block.outer,
        *[t in (tag, inner) for t in _DASHED],
    )  # fmt: skip


def _placed(page: Page, counts: Floats, rows: Ints, split: Sequence[Sequence[str]], facts: Metadata) -> Floats:
    n = len(page.blocks)
    index = np.arange(n)
    running = np.cumsum(counts)
    top = next((i for i, b in enumerate(page.blocks) if b.outer.tag == "h1"), -1)
    copies: dict[str, int] = {}
    nth = []
    for b in page.blocks:
        nth.append(copies.setdefault(b.text, 0) + 1)
        copies[b.text] += 1
    titles = [(t, frozenset(t.split())) for t in map(core, facts.titles[:6]) if t]
    lead = frozenset(core(facts.description or "").split())
    body = set(_triples(facts.body.split()))
    table = np.zeros((n, 6), np.float32)
    for i, words in zip(rows, split, strict=True):
        text = page.blocks[i].text
        close = same = leads = 0.0
        if len(words) <= 60 and (titles or lead):
            folded = core(text)
            own = frozenset(folded.split())
            close = max([len(own & t) / max(len(own), len(t)) for _, t in titles], default=0.0)
            same = any(folded == t for t, _ in titles)
            leads = len(own & lead) / min(len(own), len(lead)) if len(own) >= 5 and lead else 0.0
        table[i] = close, same, leads, _share(words, body) if body else 0.0, len(body) > 0, copies[text]
    since = np.clip(index - top, -50, 50) if top >= 0 else np.full(n, -99)
    share = running / max(running[-1], 1)
    return np.column_stack([index / n, share, np.full(n, np.log1p(n)), np.minimum(index, 50), since, table, nth])


def _triples(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def _share(words: Sequence[str], body: set[tuple[str, ...]]) -> float:
    own = list(_triples(words))
    return sum(t in body for t in own) / len(own) if own else 0.0


def _distances(keep: Floats) -> tuple[Ints, Ints, Ints, Ints]:
    """For each block, at most 50: how many back to one that was kept, how many on, before the first, behind the last."""
    n = len(keep)
    index = np.arange(n)
    on = np.flatnonzero(keep >= 0.5)
    if not len(on):
        far = np.full(n, 50)
        return far, far, far, far
    last = np.searchsorted(on, index, side="left")
    since = index - np.where(last > 0, on[np.maximum(last - 1, 0)], -50)
    following = np.searchsorted(on, index, side="right")
    until = np.where(following < len(on), on[np.minimum(following, len(on) - 1)], n + 50) - index
    before, after = np.maximum(on[0] - index, 0), np.maximum(index - on[-1], 0)
    return np.minimum(since, 50), np.minimum(until, 50), np.minimum(before, 50), np.minimum(after, 50)


def _kept(keep: Floats, counts: Floats) -> Floats:
    n = len(keep)
    words = float((keep * counts).sum())
    held = np.concatenate([[0.0], np.cumsum(keep)])
    index = np.arange(n)
    window = held[np.minimum(index + 5, n)] - held[np.maximum(index - 4, 0)]
    total = np.full(n, np.log1p(words))
    share = np.full(n, words / max(float(counts.sum()), 1.0))
    return np.column_stack([keep, total, share, *_distances(keep), window - keep])


def _around(columns: Sequence[Any], blocks: Sequence[Block]) -> Floats:
    """Columns of the neighbours, and whether they stand in the same parent."""
    n, most = len(blocks), max(STEPS)
    parent = np.array([id(b.outer.parent) for b in blocks])
    nobody = np.full(most, -1)
    parents = np.concatenate([nobody, parent, nobody])
    ends = np.full((most, len(columns)), -1.0)
    padded = np.concatenate([ends, np.column_stack(columns), ends])
    found: list[Floats] = []
    for step in STEPS:
        at = slice(most + step, most + step + n)
        found += [padded[at], (parents[at] == parent).astype(float)]
    return np.column_stack(found)


def _shares(sums: Floats, page: Floats) -> Floats:
    """Sums of count, words, linked, kept, prose: logs of the first two, shares of the words, prose as share of the page's."""
    words = np.maximum(sums[:, 1], 1)
    return np.column_stack(
        [
            np.log1p(sums[:, 0]),
            np.log1p(sums[:, 1]),
            sums[:, 2] / words,
            sums[:, 3] / words,
            sums[:, 4] / max(page[4], 1),
        ]
    )


def _like(blocks: Sequence[Block], sums: Floats) -> Floats:
    """Sums over the blocks of a page whose element and parent look alike."""
    known: dict[tuple[str, str, str, str], int] = {}
    which = []
    for b in blocks:
        above = b.outer.parent or b.outer
        key = (b.outer.tag, b.outer.names, above.tag, above.names)
        which.append(known.setdefault(key, len(known)))
    at = np.array(which)
    total = np.zeros((len(known), sums.shape[1]))
    np.add.at(total, at, sums)
    return _shares(total[at], sums.sum(axis=0))


def _upward(blocks: Sequence[Block], sums: Floats) -> list[Floats]:
    """Sums under the parent, its parent and so on, and where a block stands from the core of the page's prose."""
    number: dict[Node, int] = {}
    nodes: list[Node] = []
    own = []
    for b in blocks:
        chain = []
        node: Node | None = b.outer
        while node is not None and node not in number:
            chain.append(node)
            node = node.parent
        for fresh in reversed(chain):
            number[fresh] = len(nodes)
            nodes.append(fresh)
        own.append(number[b.outer])
    parent = np.array([number[x.parent] if x.parent is not None else 0 for x in nodes])
    depth = np.array([x.depth for x in nodes])
    total = np.zeros((len(nodes), sums.shape[1]))
    np.add.at(total, own, sums)
    order = np.argsort(-depth, kind="stable")
    edges = np.flatnonzero(np.diff(depth[order])) + 1
    levels = np.split(order, edges)
    for level in levels[:-1]:
        np.add.at(total, parent[level], total[level])
    page = total[0]
    at = np.array(own)
    up: list[Floats] = []
    for _ in range(4):
        at = parent[at]
        up.append(_shares(total[at], page))
    enough = np.flatnonzero(total[:, 4] >= 0.6 * page[4])
    heart = int(enough[np.argmax(depth[enough])])
    on_way = np.zeros(len(nodes), np.bool_)
    while True:
        on_way[heart] = True
        if heart == 0:
            break
        heart = int(parent[heart])
    meets = np.where(on_way, depth, 0)
    for level in reversed(levels[:-1]):
        meets[level] = np.where(on_way[level], depth[level], meets[parent[level]])
    deep = int(depth[on_way].max())
    mine = np.array(own)
    inside = meets[mine] == deep
    return [*up, np.column_stack([deep - meets[mine], depth[mine] - meets[mine], inside])]


LOOKS: Final = 5
"""Neighbours on each side whose first probability the second look sees."""


def stacked(matrix: Floats, first: Floats) -> Floats:
    """The matrix with the first look's log-odds: own, of the neighbours, in a window, by kind of element, of the page."""
    n = len(first)
    odds = first.astype(np.float32)
    sure = 1.0 / (1.0 + np.exp(-odds))
    columns: list[Floats] = [odds]
    ends = np.full(LOOKS, -9.0)
    padded = np.concatenate([ends, odds, ends])
    columns += [padded[LOOKS + s : LOOKS + s + n] for s in range(-LOOKS, LOOKS + 1) if s]
    keys = matrix[:, [FEATURES.index("like_count"), FEATURES.index("like_words"), FEATURES.index("like_prose")]]
    known: dict[tuple[float, ...], int] = {}
    at = np.array([known.setdefault(tuple(key), len(known)) for key in keys.round(4).tolist()])
    weight = np.exp(matrix[:, 1]) - 1.0
    total = np.bincount(at, weight)[at]
    columns.append(np.bincount(at, weight * sure)[at] / np.maximum(total, 1e-6))
    held = np.concatenate([[0.0], np.cumsum(weight * sure)])
    columns.append(held[1:] / max(held[-1], 1e-6))
    columns.append(np.full(n, np.log1p(held[-1])))
    columns.append(np.full(n, sure.max()))
    return np.ascontiguousarray(np.column_stack([matrix, *columns]), dtype=np.float32)
