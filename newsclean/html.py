"""HTML: bytes to a tree, and what trafilatura makes of it.  The only module that imports trafilatura.

trafilatura is Adrien Barbaresi's extractor (ACL 2021 demonstrations).  It is called in its fast mode: what its slower
one adds, the block model adds as well and at less cost.
"""

from __future__ import annotations

import logging
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import regex

from newsclean.errors import InputError
from newsclean.evidence import Issue

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Read", "main_text", "parse", "trafilatura_version"]

DECLARED: Final = 2048
"""Bytes in which a page must say how it is encoded."""
TEXTLIKE: Final = 0.01
"""The share of bytes that may be broken in a page that is UTF-8 all the same."""

_CHARSET = regex.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,40})""", regex.IGNORECASE
)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHER: Final = (
    (b"%PDF-", "a PDF"), (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "a picture"), (b"GIF8", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"RIFF", "a picture or a film"),
)  # fmt: skip
_WEB: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
               "iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932",
               "euc-kr": "cp949", "ks_c_5601-1987": "cp949"}  # fmt: skip
"""What browsers read when a page declares the name on the left (WHATWG Encoding Standard)."""
_CONTROL: Final = bytes(i for i in range(32) if i not in b"\t\n\r")
_SELF_CLOSED = regex.compile(r"<(script|style|iframe|textarea|title|noscript)\b([^<>]{0,2000}?)/>", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A page as a tree (None where there is nothing to parse) and what was doubtful about reading it."""

    tree: HtmlElement | None
    issues: tuple[Issue, ...] = ()


def parse(html: str | bytes, /, *, max_chars: int) -> Read:
    """A page or a fragment as a tree, by one parse; nothing is fetched and no entity of a file is followed.

    Bytes may be gzip'd.  They are read by their mark, as UTF-8, as they declare, then by guessing; an issue ``encoding``
    says where that was not what they declare.  What unpacks to more than ``max_chars`` bytes is not unpacked; a PDF, an
    archive or a picture is ``bad_input``.

    Raises InputError for what is neither ``str`` nor ``bytes``.

    >>> parse(b"<p>Rain <b>fell</b>.", max_chars=1000).tree.text_content()
    'Rain fell.'
    """
    issues: list[Issue] = []
    if isinstance(html, bytes | bytearray):
        data = bytes(html)
        if data[:2] == b"\x1f\x8b":
            try:
                data = _unpacked(data, max_chars)
            except (zlib.error, ValueError) as error:
                return Read(None, (Issue("bad_input", f"gzip data that cannot be unpacked: {error}"),))
        other = next((what for mark, what in _OTHER if data.startswith(mark)), None)
        if other:
            return Read(None, (Issue("bad_input", f"this is {other}, not HTML"),))
        text, issue = _decoded(data)
        issues += [issue] if issue else []
    elif isinstance(html, str):
        text = html
    else:
        raise InputError(f"newsclean.extract takes HTML (str or bytes), not {type(html).__name__}")
    if not text.strip():
        return Read(None, (*issues, Issue("empty", "there is no HTML")))
    if len(text) > max_chars:
        return Read(
            None, (*issues, Issue("too_long", f"{len(text)} code points of HTML, more than max_chars={max_chars}"))
        )
    tree = _tree(text)
    if tree is None:
        issues.append(Issue("empty", "there is no HTML that can be parsed"))
    return Read(tree, tuple(issues))


def _tree(text: str) -> HtmlElement | None:
    from lxml.etree import ElementDefaultClassLookup, HTMLParser, ParserError, XMLSyntaxError
    from lxml.html import HtmlElement, document_fromstring

    if "<?xml" in text[:200] or "xhtml" in text[:400]:
        text = _SELF_CLOSED.sub(r"<\1\2></\1>", text)
    try:
        data = text.encode()
    except UnicodeEncodeError:  # lone surrogates
        data = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    # A parser for each call: one that is shared carries the errors of the last page.
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, no_network=True, huge_tree=True
    )
    # One class for all elements: lxml.html asks a Python function at every look at one, a tenth of all the time.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))
    try:
        return document_fromstring(data.translate(None, _CONTROL), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError):
        return None


def _unpacked(data: bytes, most: int) -> bytes:
    """The bytes of a gzip file of one or several members."""
    found = bytearray()
    while data[:2] == b"\x1f\x8b":
        unpacker = zlib.decompressobj(31)
        found += unpacker.decompress(data, most + 1 - len(found))
        if len(found) > most:
            raise ValueError(f"more than {most} bytes")
        if not unpacker.eof:
            break  # a download that was cut off: what came is read
        data = unpacker.unused_data
    return bytes(found)


def _decoded(data: bytes) -> tuple[str, Issue | None]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), None
    declared = _CHARSET.search(data, 0, DECLARED)
    said = declared[1].decode("ascii", "replace").casefold() if declared else ""
    name = _WEB.get(said, said)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        pass
    else:
        differs = said not in ("", "utf-8", "utf8", "utf_8") and not data.isascii()
        return text, Issue("encoding", f"declares {said}, is UTF-8") if differs else None
    if name not in ("", "utf-8", "utf8") and (text := _strictly(data, name)):
        return text, None
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= TEXTLIKE * len(text) and said in ("", "utf-8", "utf8") and _mostly_utf8(data, text):
        return text, Issue("encoding", f"UTF-8 with {text.count(chr(0xFFFD))} broken places")
    for guess in (*_guesses(data), "cp1252"):
        if text := _strictly(data, guess):
            return text, Issue("encoding", f"declares {said or 'nothing'}, was read as {guess}")
    return data.decode("cp1252", "replace"), Issue("encoding", "no encoding fits; read as cp1252")


def _mostly_utf8(data: bytes, text: str) -> bool:
    """Whether the places that are not ASCII are UTF-8 more often than not."""
    return sum(c > "\x7f" and c != "\ufffd" for c in text) > text.count("\ufffd")


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return ""


def _guesses(data: bytes) -> list[str]:
    from trafilatura.utils import detect_encoding

    try:
        return list(detect_encoding(data[:20_000]))
    except (LookupError, ValueError):
        return []


def main_text(tree: HtmlElement, /) -> tuple[str, tuple[Issue, ...]]:
    """What trafilatura takes for the main text of a page, a block a line; the tree is left as it was.

    Empty with an issue ``extractor_failed`` where trafilatura raised, empty without where it found nothing.
    """
    _quiet()
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, options=_options())
    except Exception as error:  # whatever trips it must not cost the page
        return "", (Issue("extractor_failed", f"trafilatura: {type(error).__name__}: {error}"),)
    return (found.text or "") if found is not None and not isinstance(found, dict) else "", ()


@cache
def _options() -> Any:
    """How trafilatura is called; it changes nothing in them, and reads a file of settings where it has to make them."""
    from trafilatura.settings import DEFAULT_CONFIG, Extractor

    return Extractor(config=DEFAULT_CONFIG, output_format="python", fast=True, comments=False, dedup=False)


@cache
def _quiet() -> None:
    """Its warnings are our issues: without a handler of the application's they go nowhere."""
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())


@cache
def trafilatura_version() -> str:
    """The version of trafilatura that is installed."""
    from importlib.metadata import version

    return version("trafilatura")
