"""Page kind: the numbers by which a page is an article or an index, a shop, a forum, a wall, an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import regex

from newsclean.detectors.blocklabels import names_of
from newsclean.metadata import Metadata
from newsclean.page import Block, Node, Page, flag_bits

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["PAGE", "page_row"]

PAGE: Final = (
    "words", "kept", "share", "prose", "longest", "run", "linked", "sure", "prose_share", "short", "repeats", "spread",
    "blocks", "headings", "ends", "mean", "agrees", "surest", "article", "collection", "goods", "website", "webpage",
    "body", "date", "byline", "section", "prices", "teasers", "linked_headings", "forms", "all_linked", "in_article",
    "named_article", "named_other", "title", "url_parts", "url_words", "url_last", "url_query", "url_article",
    "url_other", "url_number", "url_host",
)  # fmt: skip
"""What is asked of a page: the first half of what the block model keeps, the rest of the page's own word and make, and
of its address."""

_KINDS: Final = {
    "article": ("article", "blogposting", "newsarticle", "report", "review"),
    "collection": (
        "collectionpage",
        "itemlist",
        "searchresultspage",
        "discussionforumposting",
        "qapage",
        "profilepage",
    ),
    "goods": (
        "product",
        "offer",
        "aggregateoffer",
        "service",
        "localbusiness",
        "softwareapplication",
        "event",
        "place",
    ),
    "website": ("website",),
    "webpage": ("webpage",),
}
_NAMED: Final = tuple(
    frozenset(words.split())
    for words in (
        "article story single post news blog entry",
        "archive category product products woocommerce shop store cart collection forum forums thread threads topic"
        " search listing catalog home service services landing profile",
    )
)
"""Words in the class or id of a page's outermost elements."""
_PATHS: Final = tuple(
    frozenset(words.split())
    for words in (
        "article articles story stories post posts news blog blogs magazine journal politics world sport sports opinion",
        "category categories tag tags collection collections product products shop store item items dp p cart forum forums"
        " thread threads topic topics t viewtopic showthread search author authors page services service solutions"
        " solution pricing listing listings archive archives catalog catalogue brand brands r questions community"
        " discussion deals buy about contact home index",
    )
)
"""Parts of the addresses of articles and of other pages."""
_HOSTS: Final = ("shop", "store", "forum", "community", "blog", "news")
_HEADING, _LINK, _FORM, _ARTICLE = (
    flag_bits(*flags.split()) for flags in ("heading", "link", "form button", "article")
)
_OUTER: Final = 4
_PRICE = regex.compile(r"[€$£¥₹]\s?\d|\d\s?(?:€|EUR|USD|kr|zł)(?!\w)")


def page_row(page: Page, kept: Sequence[float], odds: NDArray[Any], facts: Metadata) -> list[float]:
    """The numbers of :data:`PAGE`; ``odds`` are the blocks' log-odds, ``kept`` trafilatura's shares."""
    import numpy as np

    if not page.blocks:
        return [0.0] * len(PAGE)
    blocks = page.blocks
    words = np.array([b.words for b in blocks])
    linked = np.array([b.linked / len(b.text) for b in blocks])
    mine = odds > 0
    prose = mine & (words >= 15) & (linked < 0.4)
    own, theirs = int(words[mine].sum()), float((np.asarray(kept) * words).sum())
    sure = 1.0 / (1.0 + np.exp(-odds))
    places = np.flatnonzero(prose)
    flags = np.array([b.node.flags for b in blocks])
    heading = flags & _HEADING != 0
    texts = Counter(b.text for b, m in zip(blocks, mine, strict=True) if m)
    declared = Counter(t.rpartition("/")[2].casefold() for t in facts.types)
    kinds = [float(any(declared[t] for t in types)) for types in _KINDS.values()]
    ends = [blocks[i].text[-1] in '.!?”"…»。' for i in np.flatnonzero(mine)]
    return [
        log1p(own), log1p(theirs), own / int(words.sum()), log1p(len(places)), log1p(int(words[prose].max(initial=0))),
        log1p(_run(prose, words)), float((words * linked).sum() / words.sum()), float((words * sure)[mine].sum() / max(own, 1)),
        float(words[prose].sum() / max(own, 1)), float((mine & (words < 8)).sum() / max(int(mine.sum()), 1)),
        (sum(texts.values()) - len(texts)) / max(len(texts), 1),
        float(np.ptp(places) / len(blocks)) if len(places) else 1.0, log1p(len(blocks)),
        int(heading.sum()) / len(blocks), float(np.mean(ends)) if ends else 0.0,
        log1p(float(words[prose].mean())) if len(places) else 0.0, own / max(own + theirs, 1.0), float(sure.max()),
        *kinds, float(bool(facts.body)), float(facts.date is not None), float(facts.byline is not None),
        float(facts.section is not None), log1p(sum(_PRICE.search(b.text) is not None for b in blocks if len(b.text) < 200)),
        log1p(_teasers(blocks)), log1p(int((heading & (flags & _LINK != 0)).sum())),
        int((flags & _FORM != 0).sum()) / len(blocks), float((linked > 0.8).mean()),
        int((flags & _ARTICLE != 0).sum()) / len(blocks), *_named(blocks), float(len((facts.title or "").split())), *_address(facts.url),
    ]  # fmt: skip


def _run(prose: NDArray[Any], words: NDArray[Any]) -> int:
    """The words of the longest run of prose that at most two other blocks interrupt at a time."""
    best = run = gap = 0
    for is_prose, count in zip(prose.tolist(), words.tolist(), strict=True):
        if is_prose:
            run, gap = run + count, 0
            best = max(best, run)
        elif (gap := gap + 1) > 2:
            run = 0
    return best


def _teasers(blocks: Sequence[Block]) -> int:
    """How many linked blocks the largest group of look-alikes has."""
    groups: Counter[tuple[str, str, str]] = Counter()
    for b in blocks:
        if b.linked * 2 > len(b.text) > 12:
            above = b.outer.parent
            groups[b.outer.tag, b.outer.names, above.names if above is not None else ""] += 1
    return max(groups.values(), default=0)


def _named(blocks: Sequence[Block]) -> list[float]:
    """How many words for an article and for something else the names of the outermost elements have."""
    seen: set[Node | None] = {None}
    for b in blocks:
        node: Node | None = b.node
        while node not in seen:
            seen.add(node)
            node = node.parent if node is not None else None
    words = {part for node in seen if node is not None and node.depth <= _OUTER for part in names_of(node)}
    return [float(len(words & known)) for known in _NAMED]


def _address(url: str | None) -> list[float]:
    """What an address says of its page, -1 each where there is none: how deep it is, its words, names and numbers."""
    try:
        found = urlsplit(url or "")
    except ValueError:
        found = urlsplit("")
    if not found.netloc:
        return [-1.0] * 8
    parts = [part for part in found.path.casefold().split("/") if part]
    joints = [max(part.count("-"), part.count("_")) for part in parts] or [0]
    names = {*parts, *(part.rpartition(".")[0] for part in parts)}
    article, other = _PATHS
    return [
        float(len(parts)), float(max(joints)), float(joints[-1]), float(bool(found.query)),
        float(not article.isdisjoint(parts)), float(not other.isdisjoint(names)),
        float(any(sum(map(str.isdigit, part)) >= 4 for part in parts)), float(any(h in found.netloc for h in _HOSTS)),
    ]  # fmt: skip
