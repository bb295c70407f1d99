"""Dumps: web pages of the corpora as flat text, whole by several converters and cleaned by several extractors.

One converter's habits (bullets, indents, blank lines) must not be what the model learns, nor one extractor's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from urllib.parse import urlsplit
from zlib import crc32

from lxml import html as lxml_html

from newsclean.errors import MissingExtra
from newsclean.training.audit import flat, records

__all__ = ["CORPORA", "DUMPS", "EXTRACTED", "Page", "blocks", "convert", "fold_of", "pages"]

CORPORA: Final = ("fundus", "newspaper4k", "readability", "wcxb")
DUMPS: Final = ("inscriptis", "html-text", "blocks")
EXTRACTED: Final = ("trafilatura", "readability-lxml", "newspaper4k")

_BLOCKS: Final = """
address article aside blockquote br button caption center dd details dialog dir div dl dt fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hr iframe label legend li main menu nav ol optgroup option p pre section select summary table
tbody td textarea tfoot th thead title tr ul
"""
_STATED: Final = ("with_strings", "without_strings")
_BREAKING: Final = frozenset(_BLOCKS.split())
_UNSEEN: Final = frozenset({"script", "style", "noscript", "template", "svg", "head"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a corpus with its article's text; ``group`` is its site, by which folds are made.

    Where nobody has written the text down, ``wanted`` are strings that are the article's, ``unwanted`` some that are not.
    """

    corpus: str
    id: str
    group: str
    language: str | None
    title: str | None
    html: str
    gold: str
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def pages(corpora: Path, *, names: tuple[str, ...] = CORPORA, without_text: bool = False) -> Iterator[Page]:
    """The pages with an article's text, corpus by corpus; ``without_text`` those whose article nobody has written down."""
    for name in names:
        for record in records(corpora, f"html/{name}"):
            gold = record.get("gold_text") or ""
            if bool(gold) != without_text:
                group, title = _group(record), record.get("title")
                wanted, unwanted = (
                    () if gold else tuple(filter(None, map(flat, record.get(key) or ()))) for key in _STATED
                )
                yield Page(name, record["id"], group, record.get("lang"), title, record["html"], gold, wanted, unwanted)


def _group(record: Mapping[str, Any]) -> str:
    """The registered domain of a page, roughly; sites with a country's second level keep three labels."""
    host = urlsplit(record["url"] or "").hostname or record["site"]
    labels = host.split(".")
    many = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-many:])


def fold_of(group: str, folds: int) -> int:
    """The fold of a site: the same for all its pages in all corpora."""
    return crc32(b"page" + group.encode()) % folds


def convert(html: str, by: str) -> str:
    """A page's text by one of :data:`DUMPS` or :data:`EXTRACTED`; empty where that gives none or fails.

    Raises MissingExtra when the converter is not installed.
    """
    made: Callable[[str], str | None] = {
        "inscriptis": lambda page: _import("inscriptis").get_text(page),
        "html-text": lambda page: _import("html_text").extract_text(page),
        "blocks": blocks,
        "trafilatura": lambda page: _import("trafilatura").extract(page, include_comments=False, deduplicate=False),
        "readability-lxml": lambda page: _import("html_text").extract_text(
            _import("readability").Document(page).summary()
        ),
        "newspaper4k": _newspaper,
    }[by]
    try:
        return made(html) or ""
    except MissingExtra:
        raise
    except Exception:  # a converter that fails on a page gives nothing for it
        return ""


def _import(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingExtra(name, extra="bench") from error


def _newspaper(html: str) -> str:
    article = _import("newspaper").Article("https://example.org/a", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    return str(article.text)


def blocks(html: str) -> str:
    """A page's visible text with a line for each stretch between two block elements, and no blank lines.

    >>> blocks("<p>Rain <b>fell</b>.<ul><li>Home<li>News</ul>")
    'Rain fell.\\nHome\\nNews'
    """
    pieces: list[str] = []
    todo: list[Any] = [lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=_parser())]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node.tag, str) and node.tag not in _UNSEEN:
            edge = ["\n"] if node.tag in _BREAKING else []
            inner: list[Any] = [*edge, _flat(node.text)]
            for child in node:
                inner += (child, _flat(child.tail))
            todo += reversed(inner + edge)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _parser() -> Any:
    return lxml_html.HTMLParser(encoding="utf-8")


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
