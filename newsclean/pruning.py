"""Pruning: what of a page's tree no article is made of, found while the page is read, so that the next reader has less.

trafilatura asks some dozen XPath questions of every element.  Two thirds of them hold no word, or are menus; without them it
takes little more than half its time.  Of 171 pages of wcxb it gave another text for 25, by a few lines each and as often better as
worse: F1 .929 before and after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["INLINE", "Idle", "Mark"]

_INLINE_TAGS: Final = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small
span strike strong sub sup time tt u var wbr
"""
INLINE: Final = frozenset(_INLINE_TAGS.split())
"""Elements within a line of text."""

_CLEARED: Final = frozenset(
    ["nav", "footer", "aside", "menu", "button", "dialog", "fieldset", "legend", "label", "picture"]
)
"""Elements that trafilatura clears away, whatever stands in them."""
UNLINKED: Final = 1000
"""Code points that are no links from which such an element may be one that was never closed: the page stands in it."""
_FRAME: Final = frozenset(["html", "head", "body", "table", "tr", "td", "th", "br", "hr", "script"])
"""Elements that mean something without a word: the page, its data, cells, breaks."""
_LISTING: Final = frozenset(["ul", "ol", "li", "dl", "div", "section", "header"])
FEWEST: Final = 3
"""Links from which an element of hardly anything else is a list of them."""
LINKED: Final = 0.9
SHORT: Final = 40
"""Code points a link, on average, under which a list of links is a menu."""
_EMPHASIS: Final = ("b", "strong", "i", "em", "u")

Mark = tuple[int, int, int, int, int]
"""What had been counted when an element began."""


class Idle:
    """The outermost elements that hold nothing of an article, and what is counted to find them.

    ``size`` are the code points read so far, ``linked`` those of links, ``links`` the links; ``depth`` is that of the tree.
    """

    __slots__ = ("depth", "elements", "frames", "heads", "linked", "links", "size")

    def __init__(self) -> None:
        self.elements: list[HtmlElement] = []
        self.heads: list[HtmlElement] = []
        self.size = self.linked = self.links = self.frames = self.depth = 0

    def began(self, tag: str, depth: int) -> Mark:
        """An element begins, in so many others."""
        if depth > self.depth:  # noqa: PLR1730 (max is called seven hundred times a page)
            self.depth = depth
        mark = self.size, self.linked, self.links, self.frames, len(self.elements)
        self.frames += tag in _FRAME
        return mark

    def ended(self, element: HtmlElement, tag: str, mark: Mark | None) -> None:
        """An element ends that began at this mark (none: it was left out); if it is idle, those in it need not be known."""
        if mark is None:
            return
        size = self.size - mark[0]
        if self._is_idle(tag, mark, size) if size else self.frames == mark[3]:
            del self.elements[mark[4] :]
            self.elements.append(element)

    def _is_idle(self, tag: str, mark: Mark, size: int) -> bool:
        linked = self.linked - mark[1]
        if tag in _CLEARED:
            return size - linked < UNLINKED
        links = self.links - mark[2]
        return tag in _LISTING and links >= FEWEST and size < SHORT * links and linked > LINKED * size

    def left_out(self, element: HtmlElement, tag: str) -> None:
        """An element that nobody sees is passed over.  JSON-LD stays: trafilatura may read the article from it."""
        if tag == "head":
            self.heads.append(element)
        if tag in _FRAME and (tag != "script" or _is_data(element)):
            self.frames += 1
        else:
            self.elements.append(element)

    def drop(self, tree: HtmlElement) -> None:
        """Takes the idle elements out of their tree, and the tags of emphasis; the text behind them stays."""
        from lxml.etree import strip_tags

        for head in self.heads:
            head[:] = [child for child in head if child.tag == "script" and _is_data(child)]
        for element in self.elements:
            if element.tail and element.tag not in INLINE:
                element.tail = f" {element.tail}"  # or it would run into what stands before
            if element.getparent() is not None:
                element.drop_tree()
        strip_tags(tree, *_EMPHASIS)


def _is_data(script: HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "")
