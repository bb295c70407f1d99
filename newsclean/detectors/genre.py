"""Genre: lines and texts that look like a page's furniture to whoever knows pages only - code, tables, notes, standards.

A line model reads shapes: "}" is a scrap to it, a row of facts a menu, the notes of an encyclopaedia a list of links.
Here forms are told that no menu has.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from newsclean.detectors.shape import is_prose, runs_on
from newsclean.segment import Paragraph

__all__ = ["announced", "is_broken", "is_entry", "is_reference", "listings"]

FEWEST: Final = 3
"""Lines of code that make a listing."""
APART: Final = 3
"""How far two lines of code of one listing stand apart at most."""
LONGEST: Final = 600
"""Code points of a line of code at most."""
BROKEN: Final = 0.2
"""The share of lines that break off in mid-sentence, from which a text was broken at a width."""
CITED: Final = 8
"""Paragraphs with the mark of a note, and three in ten of all, from which a text is an encyclopaedia's or a study."""

ANNOUNCING: Final = 90
"""Code points at the end of a line that may announce a list."""
ITEMS: Final = 40
"""Lines of a list that something announces, at most."""

_ANNOUNCED = re.compile(
    r"\b(?:as follows|wie folgt|como sigue|come segue|som følger|enligt följande|(?:the following|folgende[nrms]?|l[oa]s siguientes|[oa]s seguintes|i seguenti"
    r"|de volgende|følgende|följande)(?: \w{1,30}){0,3}|(?:les|des)(?: \w{1,30}){0,3} suivante?s) ?:$|(?:次のとおり|次の通り|以下のとおり|以下の通り|如下)[。：:]?$",
    re.IGNORECASE,
)
_CODE = re.compile(
    "|".join(
        (
            r".{1,300}[\w)\]\"'> ]\{$",  # if err != nil {
            r"[^.!?]{2,300}[)\]}\"'\w];$",  # name = user.prefix;
            r"[\]\[(){}<>;,]{0,4}[\](){};][\]\[(){}<>;,]{0,4}$",  # });
            r".{0,200} (?::=|===?|!=|=>|->|&&|\|\|) .{0,200}$",
            r"(?:\w{1,60}\.){0,6}\w{1,60}\([^()]{0,160}\)$",  # dst.Close()
            r"\$ \w|// |/\*|#include\b|#!/|import \w[\w.]{0,80}$|from [\w.]{1,80} import\b|def \w{1,60}\(|class \w{1,60}[(:{]|func \w{1,60}\(",
            r"return (?:\w{1,60}$|\w{1,60}[.(,]|[\d\"'\[{])",
            r"(?:sudo|npm|git|docker|pip|curl|brew|apt-get|yarn) [\w./-]{1,80}(?: |$)",
            r"[\"'][\w@-]{1,40}[\"'] ?: ?[\[\"'{\d]",  # "ETag": "1337"
            r"[\w.]{1,40} = (?:[\"'\[{(]|[\w.]{1,60}\(|new )",
        )
    )
)
_TAG = re.compile(r"</?\w[^<>]{0,400}>|<!\w{1,10}[^<>]{0,200}>")
_DOCUMENT = re.compile(r"<(?:!doctype|/?(?:html|head|body))\b", re.IGNORECASE)
_ENDS: Final = {"{": "{\n", "}": "}\n", ";": ";\n", "$": "\n$ "}
"""What a listing has some of, by the character in it that others seldom have; most texts are told by this alone to have none."""
_ENTRY = re.compile(r"(?:[-–•*] |\d{1,3}\. ?)?\^(?= ?[\w\"“'‘«(])|\|(?= .{0,4000}\|$).{0,4000}[^\W_]")
"""How the notes of an encyclopaedia's article begin, and a row of a table as extractors write it."""
_CITED = re.compile(r"\[ ?\d{1,3} ?\]")


def listings(text: str, paragraphs: Sequence[Paragraph], /) -> frozenset[int]:
    """The indices of lines that are code: three lines or more of it, near each other, and what stands between them.

    Tags alone are no listing, for pages leave them behind; those of a whole document, or among other code, are, and one
    that the line above it announces.

    >>> from newsclean.segment import segment
    >>> text = "A loop ends so:\\n\\nfor (;;) {\\n  stop();\\n}\\n\\nIt ran for a year, and nobody in the harbour office saw it stop.\\n<br>"
    >>> sorted(listings(text, segment(text)))
    [1, 2, 3]
    """
    if not _may_list(text):
        return frozenset()
    code = {i: kind for i, p in enumerate(paragraphs) if (kind := _code(p.text))}
    found: set[int] = set()
    for run in _near(list(code)):
        told = [i for i in run if code[i] != "tag"]
        if len(told) >= FEWEST and 2 * len(run) > told[-1] - told[0]:
            inside = range(told[0], told[-1] + 1)
            found.update(i for i in inside if i in code or not is_prose(paragraphs[i].text))
    found.update(i for i in code if i and paragraphs[i - 1].text[-1] in ":：" and code[i] == "tag")
    return frozenset(found)


def _may_list(text: str) -> bool:
    """Whether a text has what listings have some of; one character is soon found to be nowhere, two are not."""
    ends = sum(text.count(end) for mark, end in _ENDS.items() if mark in text)
    return ends >= FEWEST or (">" in text and ">\n" in text)


def _code(text: str) -> str:
    """Whether a line reads as code, as a tag that pages leave behind, or as neither ("")."""
    if len(text) > LONGEST:
        return ""
    if text[0] == "<" and _TAG.match(text):
        return "code" if _DOCUMENT.match(text) else "tag"
    return "code" if _CODE.match(text) else ""


def _near(places: Sequence[int]) -> Iterator[list[int]]:
    """The runs of places of which none is farther than a few lines from the one before it."""
    run: list[int] = []
    for i in places:
        if run and i - run[-1] > APART:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def is_entry(text: str, /) -> bool:
    """Whether a line is a note of an encyclopaedia's article or a row of a table.

    >>> is_entry('^ "Harbour dues". The Courier.'), is_entry("| Harbour | 1904 |"), is_entry("| Share |  |")
    (True, True, True)
    >>> is_entry("|---|---|"), is_entry("Home | News | Sport")
    (False, False)
    """
    return _ENTRY.match(text) is not None


def is_broken(paragraphs: Sequence[Paragraph], /) -> bool:
    """Whether a text was broken at a width: a fifth of its lines stop in mid-sentence and the next goes on."""
    broken = sum(runs_on(a.text, b.text) for a, b in itertools.pairwise(paragraphs))
    return broken >= BROKEN * len(paragraphs)


def is_reference(paragraphs: Sequence[Paragraph], /) -> bool:
    """Whether a text cites its sources by number as an encyclopaedia and a study do, in three paragraphs of ten."""
    prose = [p.text for p in paragraphs if is_prose(p.text) and not is_entry(p.text)]
    cited = sum(_CITED.search(text) is not None for text in prose)
    return cited >= CITED and 10 * cited >= 3 * len(prose)


def announced(paragraphs: Sequence[Paragraph], kept: Sequence[bool], /) -> frozenset[int]:
    """The indices of lines that the article announces as a list ("The stops are as follows:"), and of what announces them.

    That is a line of the article (``kept``) or a sentence right below its prose; the list ends where prose begins.
    """
    found: set[int] = set()
    for i, text in enumerate(p.text for p in paragraphs):
        if text[-1] in ":：。" and (kept[i] or (i and kept[i - 1] and _goes_on(paragraphs[i - 1].text, text))):
            if _ANNOUNCED.search(text, max(0, len(text) - ANNOUNCING)) is None:
                continue
            below = range(i + 1, min(i + 1 + ITEMS, len(paragraphs)))
            items = list(itertools.takewhile(lambda j: not is_prose(paragraphs[j].text), below))
            found.update((i, *items) if items else ())
    return frozenset(found)


def _goes_on(above: str, text: str) -> bool:
    """Whether a line is a sentence of its own below prose, in a script whose sentences are short."""
    return text[-1] == "。" and is_prose(above)
