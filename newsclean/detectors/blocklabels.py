"""Block labels: what a block that is not the article's is, by the names its element goes by."""

from __future__ import annotations

import re
from typing import Final

import regex

from newsclean.page import Block, Node

__all__ = ["HINTS", "block_label", "names_of"]

_PART = regex.compile(r"\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?\p{Ll}+")
_ASCII_PART = re.compile("[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+")  # the same in half the time
HINTS: Final = {
    word: label
    for label, words in (
        ("comments", "comment comments disqus kommentare kommentar respond reply replies commentlist"),
        ("social", "share sharing shares social sharebar follow addthis sharedaddy teilen"),
        ("newsletter", "newsletter newsletters subscribe signup mailing mailchimp optin"),
        ("paywall", "paywall regwall piano subscription premium abo"),
        ("cookie", "cookie cookies consent gdpr cmp onetrust cookiebot"),
        ("ad", "ad ads advert adverts advertisement sponsored sponsor anzeige werbung promoted outbrain taboola"),
        ("teaser", "related recommended recommendations recirculation recirc teaser teasers promo trending popular"
                   " mostread latest similar readmore upnext morenews suggested carousel"),
        ("credit", "credit credits photographer fotograf bildquelle"),
        ("caption", "caption captions figcaption bildunterschrift legende"),
        ("byline", "byline author authors autor autoren auteur writer bio contributor contributors"),
        ("timestamp", "date time timestamp published datum updated pubdate datetime dateline"),
        ("tags", "tag tags topics keywords categories category schlagworte"),
        ("donation", "donate donation spenden"),
        ("embed", "embed player video widget podcast audio"),
        ("legal", "copyright legal imprint disclaimer privacy terms impressum footer"),
        ("navigation", "nav menu navigation breadcrumb breadcrumbs pagination pager toolbar sidebar skip search toc header"),
    )
    for word in words.split()
}  # fmt: skip
"""Words in class names and ids, and the label of what is so named."""
_REACH: Final = 5


def names_of(node: Node) -> list[str]:
    """The words that an element's class and id are made of, folded.

    >>> names_of(Node(None, "div", "relatedStories #read-more", 0))
    ['related', 'stories', 'read', 'more']
    """
    names = node.names
    return [part.casefold() for part in (_ASCII_PART if names.isascii() else _PART).findall(names)]


def block_label(block: Block, known: dict[str, str | None]) -> str:
    """The label of a block that leaves: by the nearest element whose class or id names something, else by its place.

    ``known`` remembers what the names on a page mean.
    """
    node: Node | None = block.node
    for _ in range(_REACH):
        if node is None:
            break
        if names := node.names:
            if names not in known:
                known[names] = next((HINTS[part] for part in names_of(node) if part in HINTS), None)
            if (label := known[names]) is not None:
                return label
        node = node.parent
    if block.has("caption") or block.has("figure"):
        return "caption"
    if block.has("footer"):
        return "legal"
    if block.linked > 0.8 * len(block.text) and len(block.text) > 40 and not block.has("nav"):
        return "teaser"
    return "navigation"
