"""Block features: what the block model sees of each block of a page, as numbers.

The tree around a block, its own shape, its neighbours, what trafilatura kept, how close it is to what the page's head
says of the article.  Class names, ids and words enter only as hashes, summed with learned weights to three logits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.matching import core
from newsclean.page import FLAGS, Block, Node, Page

__all__ = ["FEATURES", "NAMES", "WORDS", "Head", "Tables", "features", "name_hashes", "stacked", "word_hashes"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NAMES: Final = 1 << 14
"""Hashes of class names and ids, once for a block's own element and its parent, once for those further out."""
WORDS: Final = 1 << 15
"""Hashes of words."""
NEAR: Final = 2
"""Elements whose names count as a block's own: its own and its parent."""
LONG: Final = 24
"""Of a block of more words only the first and last few are looked at: how paragraphs of prose begin and end."""
PROSE: Final = 15
"""Words from which an unlinked block counts as prose."""

_PART = regex.compile(r"\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{L}+|#")
_END = regex.compile(r"""[.!?…。！？؟।]["'”’»“)\]」』）]{0,3}$""")
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
    *(f"up{k}_{g}" for k in (1, 2, 3, 4) for g in GROUP), *CORE,
)  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What the head of a page says of its article: its titles, its description, its body as JSON-LD."""

    titles: tuple[str, ...] = ()
    description: str = ""
    body: str = ""


@dataclass(frozen=True)
class Tables:
    """Learned weights of hashes: names near, names far, words."""

    near: Floats
    far: Floats
    words: Floats

    @classmethod
    def empty(cls) -> Tables:
        return cls(np.zeros(NAMES, np.float32), np.zeros(NAMES, np.float32), np.zeros(WORDS, np.float32))


def name_hashes(node: Node) -> tuple[int, ...]:
    """The hashes of an element's tag and of the words that its class and id are made of."""
    found = {crc32(node.tag.encode())}
    if node.names:
        found.update(crc32(part.casefold().encode()) for part in _PART.findall(node.names))
        found.update(crc32(name.encode("utf-8", "replace")) for name in node.names.split())
    return tuple(h & (NAMES - 1) for h in found)


def word_hashes(words: Sequence[str]) -> list[int]:
    """The hashes of a block's words and pairs of words; of a long block of its first and last three."""
    if len(words) > LONG:
        marked = [f"^{w}" for w in words[:3]] + [f"{w}$" for w in words[-3:]]
    else:
        folded = [w.casefold() for w in words]
        marked = folded + [f"{a} {b}" for a, b in zip(folded, folded[1:])] + [f"^{folded[0]}", f"{folded[-1]}$"]
    return [crc32(m.encode("utf-8", "replace")) & (WORDS - 1) for m in marked]


def features(page: Page, kept: Sequence[float], head: Head, tables: Tables) -> Floats:
    """(blocks, FEATURES) float32 without NaN; ``kept`` is the share of each block that trafilatura kept."""
    blocks = page.blocks
    n = len(blocks)
    if not n:
        return np.zeros((0, len(FEATURES)), np.float32)
    split = [b.text.split() for b in blocks]
    shape = np.array([_shape(b, w) for b, w in zip(blocks, split, strict=True)], np.float32)
    flags = np.array([b.node.flags for b in blocks])
    bits = (flags[:, None] >> np.arange(len(FLAGS)) & 1).astype(np.float32)
    counts = np.array([len(w) for w in split], np.float32)
    keep = np.asarray(kept, np.float32)
    linked = shape[:, SHAPE.index("linked")]
    near, far = _named(blocks, tables)
    said = np.array([_said(w, tables.words) for w in split], np.float32)
    place = _placed(page, split, counts, head)
    place = np.column_stack([place, near, far, said])
    around = _around([shape[:, 1], linked, shape[:, SHAPE.index("ends")], keep, shape[:, SHAPE.index("heading")], near, said], blocks)
    prose = counts * ((counts >= PROSE) & (linked < 0.4))
    sums = np.column_stack([np.ones(n), counts, counts * linked, counts * keep, prose])
    like = _like(blocks, sums)
    up, core_ = _upward(blocks, sums)
    parts = [shape, bits, place, _kept(keep, counts), around, like, *up, core_]
    return np.ascontiguousarray(np.column_stack(parts), dtype=np.float32)


def _shape(block: Block, words: Sequence[str]) -> tuple[float, ...]:
    text = block.text
    size = len(text)
    head = text[:200]
    seen = len(head)
    tag = block.outer.tag
    inner = block.node.tag
    level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0
    first = text[0]
    return (
        np.log1p(size), np.log1p(len(words)), size / len(words),
        text.count(". ") + text.count("。") + text.count("? ") + text.count("! "),
        _END.search(text, max(0, size - 8)) is not None, first.isupper(), sum(map(str.isdigit, head)) / seen,
        sum(map(str.isupper, head)) / seen, text.count(",") / size, text[-1] == ":", text[-1] == "?",
        first in "\"'“„«‘", "|" in head, "©" in head, block.linked / size, np.log1p(block.links), block.bold / size, level,
        block.node.depth, block.node is not block.outer, *(tag == t or inner == t for t in _DASHED),
    )  # fmt: skip


def _named(blocks: Sequence[Block], tables: Tables) -> tuple[Floats, Floats]:
    """The two logits of names: the sum over a block's own elements and the sum over those further out."""
    near, far = [], []
    for b in blocks:
        node: Node | None = b.node
        own = 0.0
        for _ in range(NEAR):
            if node is None:
                break
            own += _weights(node, tables)[0]
            node = node.parent
        near.append(own)
        far.append(_weights(node, tables)[2] if node is not None else 0.0)
    return np.array(near, np.float32), np.array(far, np.float32)


def _weights(node: Node, tables: Tables) -> tuple[float, float, float]:
    """An element's near weight, its far weight, and the far weights from it to the root."""
    chain = []
    at: Node | None = node
    while at is not None and at.memo is None:
        chain.append(at)
        at = at.parent
    above = at.memo[2] if at is not None else 0.0
    for known in reversed(chain):
        hashes = name_hashes(known)
        near = sum([float(tables.near[h]) for h in hashes])
        far = sum([float(tables.far[h]) for h in hashes])
        above += far
        known.memo = (near, far, above)
    return node.memo


def _said(words: Sequence[str], weights: Floats) -> float:
    hashes = word_hashes(words)
    return float(weights[hashes].sum()) / len(hashes) ** 0.5


def _placed(page: Page, split: Sequence[Sequence[str]], counts: Floats, head: Head) -> Floats:
    n = len(split)
    index = np.arange(n)
    running = np.cumsum(counts)
    tags = [b.outer.tag for b in page.blocks]
    top = tags.index("h1") if "h1" in tags else -1
    folded = [core(b.text) for b in page.blocks]
    copies: dict[str, int] = {}
    nth = []
    for f in folded:
        copies[f] = copies.get(f, 0) + 1
        nth.append(copies[f])
    titles = [core(t) for t in head.titles]
    title_words = [set(t.split()) for t in titles]
    lead = set(core(head.description).split())
    body = set(_triples(head.body.split()))
    rows = []
    for f, words in zip(folded, split, strict=True):
        own = set(f.split()) if len(words) <= 60 else set()
        close = max((len(own & t) / max(len(own), len(t)) for t in title_words if t), default=0.0) if own else 0.0
        same = f in titles
        leads = len(own & lead) / max(1, min(len(own), len(lead))) if len(own) >= 5 else 0.0
        inside = _share(words, body) if body else 0.0
        rows.append((close, same, leads, inside, len(body) > 0, copies[f]))
    table = np.array(rows, np.float32)
    since = np.clip(index - top, -50, 50) if top >= 0 else np.full(n, -99)
    return np.column_stack(
        [index / n, running / max(running[-1], 1), np.full(n, np.log1p(n)), np.minimum(index, 50), since, table, nth]
    )  # fmt: skip


def _triples(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(words, words[1:], words[2:], strict=False)


def _share(words: Sequence[str], body: set[tuple[str, ...]]) -> float:
    own = list(_triples(words))
    return sum(t in body for t in own) / len(own) if own else 0.0


def _kept(keep: Floats, counts: Floats) -> Floats:
    n = len(keep)
    index = np.arange(n)
    on = np.flatnonzero(keep >= 0.5)
    words = float((keep * counts).sum())
    if len(on):
        last = np.searchsorted(on, index, side="left")
        since = index - np.where(last > 0, on[np.maximum(last - 1, 0)], -50)
        following = np.searchsorted(on, index, side="right")
        until = np.where(following < len(on), on[np.minimum(following, len(on) - 1)], n + 50) - index
        before, after = np.maximum(on[0] - index, 0), np.maximum(index - on[-1], 0)
    else:
        since = until = before = after = np.full(n, 50)
    window = np.convolve(keep, np.ones(9), "same")[:n] if n >= 9 else np.full(n, keep.sum())
    total = np.full(n, np.log1p(words))
    share = np.full(n, words / max(float(counts.sum()), 1.0))
    near = [np.minimum(x, 50) for x in (since, until, before, after)]
    return np.column_stack([keep, total, share, *near, window - keep])


def _around(columns: Sequence[Any], blocks: Sequence[Block]) -> Floats:
    """Columns of the neighbours, and whether they stand in the same parent."""
    n = len(blocks)
    parent = np.array([id(b.outer.parent) for b in blocks])
    found = []
    for step in STEPS:
        at = np.arange(n) + step
        inside = (at >= 0) & (at < n)
        at = np.clip(at, 0, n - 1)
        found += [np.where(inside, c[at], -1.0) for c in columns]
        found.append(inside & (parent[at] == parent))
    return np.column_stack(found)


def _shares(sums: Floats, page: Floats) -> Floats:
    """Sums of count, words, linked, kept, prose: logs of the first two, shares of the words, prose as share of the page's."""
    words = np.maximum(sums[:, 1], 1)
    return np.column_stack(
        [np.log1p(sums[:, 0]), np.log1p(sums[:, 1]), sums[:, 2] / words, sums[:, 3] / words, sums[:, 4] / max(page[4], 1)]
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


def _upward(blocks: Sequence[Block], sums: Floats) -> tuple[list[Floats], Floats]:
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
    up = []
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
    return up, np.column_stack([deep - meets[mine], depth[mine] - meets[mine], inside])


LOOKS: Final = 5
"""Neighbours on each side whose first probability the second look sees."""


def stacked(matrix: Floats, first: Floats) -> Floats:
    """The matrix with the first look's log-odds: own, of the neighbours, in a window, by kind of element, of the page."""
    n = len(first)
    odds = first.astype(np.float32)
    sure = 1.0 / (1.0 + np.exp(-odds))
    columns = [odds]
    for step in [s for s in range(-LOOKS, LOOKS + 1) if s]:
        at = np.arange(n) + step
        columns.append(np.where((at >= 0) & (at < n), odds[np.clip(at, 0, n - 1)], -9.0))
    keys = matrix[:, [FEATURES.index("like_count"), FEATURES.index("like_words"), FEATURES.index("like_prose")]]
    _, at = np.unique(keys.round(4), axis=0, return_inverse=True)
    at = at.ravel()
    weight = np.exp(matrix[:, 1]) - 1.0
    total = np.bincount(at, weight)[at]
    columns.append(np.bincount(at, weight * sure)[at] / np.maximum(total, 1e-6))
    held = np.concatenate([[0.0], np.cumsum(weight * sure)])
    columns.append(held[1:] / max(held[-1], 1e-6))
    columns.append(np.full(n, np.log1p(held[-1])))
    columns.append(np.full(n, sure.max()))
    return np.ascontiguousarray(np.column_stack([matrix, *columns]), dtype=np.float32)
