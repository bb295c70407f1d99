"""Page: HTML into its visible text, block by block, each block with where in the tree it stands.

One walk over one lxml tree, without recursion.  A block is a run of text that a browser would set as a paragraph of its
own: what lies between the edges of elements that are not inline, or between two line breaks in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import regex

from newsclean.pruning import INLINE, Idle, Mark

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["FLAGS", "UNDIVIDED", "Block", "Node", "Page", "flag_bits", "read_blocks", "split_words", "word_count"]

_UNSEEN_TAGS: Final = """
script style template noscript title svg iframe object embed canvas audio video select option datalist textarea
input map area frameset noframes meta link base param source track rp progress meter
"""
_UNSEEN: Final = frozenset(_UNSEEN_TAGS.split())
_LEFT_OUT: Final = _UNSEEN | {"br", "hr"}

FLAGS: Final = (
    "link", "nav", "aside", "header", "footer", "article", "main", "figure", "list", "table", "quote", "form",
    "hidden", "heading", "button", "section", "body", "dialog", "bold", "caption", "time", "pre",
)  # fmt: skip
"""What an element, or one that it stands in, says of a text; a :class:`Node` has one bit for each."""

_BIT: Final = {name: 1 << i for i, name in enumerate(FLAGS)}
_LINK, _BOLD = _BIT["link"], _BIT["bold"]
_OF_TAG: Final = {
    tag: sum(_BIT[f] for f in flags.split())
    for flags, tags in (
        ("link", "a"), ("nav", "nav menu"), ("aside", "aside"), ("header", "header"), ("footer", "footer"),
        ("article", "article"), ("main", "main"), ("figure", "figure"), ("figure caption", "figcaption"),
        ("list", "ul ol dl"), ("table", "table"), ("quote", "blockquote q"), ("form", "form"),
        ("heading", "h1 h2 h3 h4 h5 h6"), ("button", "button label"), ("section", "section"), ("dialog", "dialog"),
        ("bold", "b strong"), ("time", "time"), ("caption", "caption"), ("pre", "pre"),
    )
    for tag in tags.split()
}  # fmt: skip
_OF_ROLE: Final = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "banner": "header", "contentinfo": "footer",
    "complementary": "aside", "main": "main", "article": "article", "search": "form", "form": "form",
    "dialog": "dialog", "alertdialog": "dialog", "heading": "heading", "button": "button",
}  # fmt: skip

_BREAK: Final = "\x1f"
"""A line break in a block that is not finished: white space that no page has, as control characters are not parsed."""

_HIDING = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
UNDIVIDED: Final = (
    "\u0e01-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u309f\u30a1-\u30fa\u30fd-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff6f\uff71-\uff9d\U00020000-\U0003ffff"
)
"""The scripts that set no spaces, as ranges: re finds them in a tenth of the time that regex takes for scripts by name."""
_SPACELESS = re.compile(f"[{UNDIVIDED}]")
_PIECE = re.compile(rf"[{UNDIVIDED}]|[^\s{UNDIVIDED}]+")
_LONG_WORDS: Final = 11
"""Code points a word from which a text may be of a script without spaces."""
_UNSPACED = regex.compile(r"[\u200b\u2060\ufeff\u00ad\u200e\u200f]+")


def flag_bits(*flags: str) -> int:
    """The bits of these :data:`FLAGS` in ``Node.flags``."""
    return sum(_BIT[flag] for flag in flags)


class Node:
    """An element on the way from the root to a text: what the models ask of the tree.

    ``flags`` are bits of :data:`FLAGS`, its own and those it stands in; ``names`` is its class and id as written.
    """

    __slots__ = ("depth", "flags", "names", "parent", "tag")

    def __init__(self, parent: Node | None, tag: str, names: str, flags: int) -> None:
        self.parent = parent
        self.tag = tag
        self.names = names
        self.flags = flags
        self.depth: int = parent.depth + 1 if parent is not None else 0


class Block(NamedTuple):
    """A paragraph of a page: its text, its place in the page's source, its element and what is linked of it.

    A tuple, because a page has hundreds and a frozen dataclass takes four times as long to make.
    """

    text: str
    start: int
    end: int
    node: Node
    outer: Node
    linked: int
    links: int
    bold: int
    words: int

    def has(self, flag: str) -> bool:
        """Whether the block stands in an element of this kind (one of :data:`FLAGS`)."""
        return self.node.flags & _BIT[flag] != 0


@dataclass(frozen=True, slots=True)
class Page:
    """The visible text of a page and its blocks, in order: ``source[b.start:b.end] == b.text``; how deep its tree is."""

    source: str
    blocks: tuple[Block, ...]
    depth: int = 0


def word_count(text: str) -> int:
    """The words of a block's text, by its spaces; of a script without spaces two code points are a word.

    >>> word_count("It rained."), word_count("知事は月曜日、県議会で説明した。")
    (2, 7)
    """
    words = text.count(" ") + 1
    if len(text) > _LONG_WORDS * words:
        words = max(words, len(_SPACELESS.findall(text)) // 2)
    return words


def split_words(text: str) -> list[str]:
    """The words of a text, by its spaces; in a script without spaces each character is one.

    >>> split_words("It rained."), split_words("雨、また雨")
    (['It', 'rained.'], ['雨', '、', 'ま', 'た', '雨'])
    """
    return text.split() if text.isascii() or not _SPACELESS.search(text) else _PIECE.findall(text)


def read_blocks(tree: HtmlElement, /, *, most: int, prune: bool = False) -> Page:
    """The page under an element, at most the first ``most`` blocks; the tree is left as it was.

    With ``prune`` what no article is made of leaves the tree once it is read: scripts and styles, but no JSON-LD,
    elements without words, navigation, lists of short links, the tags of emphasis.  The page is the same, and trafilatura
    has half the work.

    White space is set as a browser sets it: runs become one space, invisible characters go.  Blocks are joined by blank
    lines, the items of a list and the rows of a table by line breaks, the cells of a row by tabs.

    >>> from lxml.html import document_fromstring
    >>> page = read_blocks(document_fromstring("<p>Rain <b>fell</b>.<ul><li>Monday<li>Tuesday</ul>"), most=10)
    >>> page.source
    'Rain fell.\\n\\nMonday\\nTuesday'
    """
    blocks: list[Block] = []
    pieces: list[str] = []
    at = 0
    idle = Idle()
    for text, node, outer, linked, links, bold in _runs(tree, idle):
        if blocks:
            between = _separator(blocks[-1].outer, outer)
            pieces.append(between)
            at += len(between)
        blocks.append(Block(text, at, at + len(text), node, outer, linked, links, bold, word_count(text)))
        pieces.append(text)
        at += len(text)
        if len(blocks) >= most:
            break
    if prune:
        idle.drop(tree)
    return Page("".join(pieces), tuple(blocks), idle.depth)


def _separator(before: Node, behind: Node) -> str:
    if before.tag in ("td", "th") and behind.tag in ("td", "th") and before.parent is behind.parent:
        return "\t"
    if before.tag in ("li", "dt", "dd") and behind.tag in ("li", "dt", "dd"):
        return "\n" if before.parent is behind.parent else "\n\n"
    row, next_row = before.parent, behind.parent
    if row is not None and next_row is not None and row.tag == next_row.tag == "tr" and row.parent is next_row.parent:
        return "\n"
    return "\n\n"


_Run = tuple[str, Node, Node, int, int, int]


def _runs(tree: HtmlElement, idle: Idle) -> Iterator[_Run]:
    """The texts of the blocks with the innermost node that holds the first word, and the block's own."""
    from lxml.etree import iterwalk

    buffer = _Buffer(idle)
    node = outer = Node(None, "", "", 0)
    above: list[tuple[Node, Node, bool, Mark | None]] = []
    walker = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            tag = element.tag
            if tag in _LEFT_OUT or (tag == "head" and all(child.tag in _UNSEEN for child in element)):
                if (tag == "hr" or (tag == "br" and buffer.broken())) and buffer.texts:
                    yield from buffer.flush()
                walker.skip_subtree()
                above.append((node, outer, False, None))
                idle.left_out(element, tag)
                continue
            breaks = tag not in INLINE
            if breaks and buffer.texts:
                yield from buffer.flush()
            above.append((node, outer, breaks, idle.began(tag, len(above))))
            node = _node(element, tag, node)
            if breaks:
                outer = node
            elif tag == "a":
                buffer.links += 1
                idle.links += 1
            if text := element.text:
                buffer.add(text, node, outer)
            continue
        if event == "end":
            tag = node.tag
            node, outer, breaks, mark = above.pop()
            if breaks and buffer.texts:
                yield from buffer.flush()
            idle.ended(element, tag, mark)
        if above and (tail := element.tail):
            buffer.add(tail, node, outer)
    if buffer.texts:
        yield from buffer.flush()


class _Buffer:
    """The text of a block while it grows."""

    __slots__ = ("bold", "idle", "linked", "links", "node", "outer", "texts")

    def __init__(self, idle: Idle) -> None:
        self.idle = idle
        self._clear()

    def _clear(self) -> None:
        self.texts: list[str] = []
        self.node: Node | None = None
        self.outer: Node | None = None
        self.linked = self.links = self.bold = 0

    def add(self, text: str, node: Node, outer: Node) -> None:
        if self.node is None:
            if text.isspace():
                return
            self.node, self.outer = node, outer
        self.texts.append(text)
        size = len(text)
        self.idle.size += size
        if node.flags & _LINK:
            self.linked += size
            self.idle.linked += size
        if node.flags & _BOLD:
            self.bold += size

    def broken(self) -> bool:
        """A line break: whether it is the second in a row."""
        if not self.texts:
            return False
        for text in reversed(self.texts):
            if text is _BREAK:
                return True
            if not text.isspace():
                break
        self.texts.append(_BREAK)
        return False

    def flush(self) -> Iterator[_Run]:
        text = _set("".join(self.texts))
        if text and self.node is not None and self.outer is not None:
            size = len(text)
            yield text, self.node, self.outer, min(self.linked, size), self.links, min(self.bold, size)
        self._clear()


def _set(text: str) -> str:
    """Text as a browser sets it."""
    if not (text.isascii() or text.isprintable()):
        text = _UNSPACED.sub("", text)
    return " ".join(text.split())


def _node(element: HtmlElement, tag: str, parent: Node) -> Node:
    flags = parent.flags | _OF_TAG.get(tag, 0)
    attributes = element.items()
    if not attributes:
        return Node(parent, tag, "", flags)
    names = own = prop = ""
    for key, value in attributes:
        if key == "class":
            names = value
        elif key == "id":
            own = f" #{value}" if value else ""
        elif key == "itemprop":
            prop = f" {value}"
            flags |= _BIT["body"] if "articleBody" in value else 0
        elif key == "role":
            flags |= _BIT.get(_OF_ROLE.get(value, ""), 0)
        elif (
            key == "hidden" or (key == "aria-hidden" and value == "true") or (key == "style" and _HIDING.search(value))
        ):
            flags |= _BIT["hidden"]
    return Node(parent, tag, names + own + prop, flags)
