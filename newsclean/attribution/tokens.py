"""Tokens: words and marks of kept paragraphs with their sentence and whether they stand inside quotation marks.

Plain lists side by side rather than objects: rules read them, and the tagger makes numbers of them.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from newsclean.attribution.cues import lexicon
from newsclean.segment import Paragraph

__all__ = ["CLOSING", "INSIDE", "OPENING", "OUTSIDE", "Tokens", "tokens"]

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
"""Where a token stands: not in a quotation, in one, or the mark that opens or closes one."""

_TOKEN: Final = re.compile(
    r"("  # a group, so that splitting gives the gaps too, and the lengths of both give the offsets
    r"(?! )(?:"  # most places where nothing begins
    r"[A-Za-z]{2,40}+(?=[ ,.'’])|[.,](?= )|"  # most tokens; all that follows would find the same
    r"(?:[^\W\d_]\.){2,8}"  # U.S.
    r"|\d+(?:[.,:]\d+){0,8}%?"
    r"|[^\W_]+(?:-(?!(?:t-)?(?:ils?|elles?)\b)[^\W_]+){0,8}"
    r"|['’](?=(?:s|t|re|ve|ll|d|m|S)\b)[^\W_]+"  # the 's of a possessive stands alone
    r"|https?://[^\s]{1,300}"
    r"|\.{2,9}|--+?|''|``|[^\w\s]|_))"
)
_ENDS: Final = frozenset(".!?…") | {"...", ".."}
_ABBREVIATIONS: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "jr",
        "sr",
        "st",
        "gov",
        "sen",
        "sens",
        "rep",
        "reps",
        "lt",
        "gen",
        "gens",
        "col",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "prof",
        "rev",
        "hon",
        "pres",
        "vs",
        "no",
        "nr",
        "jan",
        "feb",
        "mar",
        "apr",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "inc",
        "corp",
        "co",
        "ltd",
        "bros",
        "sra",
        "dra",
        "ca",
        "bzw",
        "usw",
        "mme",
        "mlle",
        "messrs",
        "adm",
        "cmdr",
        "supt",
        "insp",
        "det",
        "fr",
        "msgr",
        "atty",
        "ass'n",
        "dept",
        "est",
        "al",
        "approx",
    ]
)
_PAIRS: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", '"': '"', "''": "''", "``": "''"}
_MARKS: Final = _ENDS | frozenset('“”„«»‹›"‘') | {"''", "``"}
_SINGLE: Final = "'"
"""What may close a single quotation mark, folded."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a document.  All lists have one entry a token.

    ``start`` and ``end`` are code points of the source, ``form`` the token as written, ``fold`` case-folded with a
    straight apostrophe, ``sentence`` and ``paragraph`` rising numbers from 0, ``quote`` one of OUTSIDE, INSIDE, OPENING
    and CLOSING.  ``first`` holds the first token of each sentence, and behind them the number of tokens; ``spots`` the
    tokens that are marks or words with which a cue may begin.
    """

    start: list[int]
    end: list[int]
    form: list[str]
    fold: list[str]
    sentence: list[int]
    paragraph: list[int]
    quote: list[int]
    first: list[int]
    spots: list[int]

    def __len__(self) -> int:
        return len(self.form)

    def bounds(self, token: int) -> tuple[int, int]:
        """The tokens ``[a, b)`` of the sentence of a token."""
        at = self.sentence[token]
        return self.first[at], self.first[at + 1]


def tokens(paragraphs: Iterable[Paragraph], language: str = "en") -> Tokens:
    """The tokens of paragraphs, in order; ``language`` says whose cues are spotted.  No quotation mark raises: one that never closes runs to the paragraph's end.

    A closing mark that nothing opened is taken for the end of a quotation that began with the paragraph.

    >>> from newsclean.segment import segment
    >>> made = tokens(segment("“I came,” said Mr. Ellery. He left."))
    >>> made.form[:5], made.quote[:5], made.sentence[-1]
    (['“', 'I', 'came', ',', '”'], [2, 1, 1, 1, 3], 1)
    """
    form: list[str] = []
    paragraph: list[int] = []
    sizes, begins, done = [0], [], 0
    for number, p in enumerate(paragraphs):
        parts = _TOKEN.split(p.text)  # gap, token, gap, token, gap
        forms = parts[1::2]
        sizes[-1] += p.start - done + len(parts[0])
        sizes += map(len, parts[1:])
        done = p.start + len(p.text)
        if forms:
            begins.append(len(form))
            form += forms
            paragraph += [number] * len(forms)
    at = list(itertools.accumulate(sizes))
    fold = "\n".join(form).casefold().replace("’", "'").split("\n") if form else []  # no token holds a line break
    wanted = _wanted(language)
    spots = [i for i, w in enumerate(fold) if w in wanted]
    made = Tokens(at[:-1:2], at[1::2], form, fold, [], paragraph, [OUTSIDE] * len(form), begins, spots)
    marks = [i for i in spots if form[i] in _MARKS]
    for _, group in itertools.groupby([i for i in marks if form[i] not in _ENDS], paragraph.__getitem__):
        _quotes(made, list(group))
    made.first[:] = [*_sentences(made, marks), len(form)]
    for number, (a, b) in enumerate(itertools.pairwise(made.first)):
        made.sentence.extend([number] * (b - a))
    return made


@cache
def _wanted(language: str) -> frozenset[str]:
    return lexicon(language).heads | _MARKS | {_SINGLE}


def _sentences(made: Tokens, marks: Sequence[int]) -> list[int]:
    """Where sentences begin; until they are found, ``made.first`` holds where paragraphs do."""
    start, end, form = made.start, made.end, made.form
    size = len(form)
    cuts = set(made.first)
    for i in [i for i in marks if form[i] in _ENDS]:
        j = i + 1
        while j < size and (made.quote[j] == CLOSING or form[j] in ")]’'") and start[j] == end[j - 1]:
            j += 1
        if j >= size or start[j] == end[j - 1] or j in cuts:
            continue
        if form[i] == "." and i > 0 and end[i - 1] == start[i] and j == i + 1:
            before = form[i - 1]
            if made.fold[i - 1] in _ABBREVIATIONS or (len(before) == 1 and before.isupper()):
                continue
        if form[j][:1].islower() or (form[i] != "." and form[j][:1] in ",;"):
            continue
        cuts.add(j)
    return sorted(cuts)


def _quotes(made: Tokens, marks: Sequence[int]) -> None:
    """Sets the quotation states of one paragraph, whose quotation marks are given."""
    form, state = made.form, made.quote
    at = made.paragraph[marks[0]]
    begin, end = bisect_left(made.paragraph, at), bisect_right(made.paragraph, at)
    opened, closers, seen = -1, "", False
    for i in [i for i in marks if form[i] != "‘"]:
        mark = form[i]
        if opened >= 0:
            if mark == closers or (len(closers) == 2 and mark in closers and closers != "''"):
                _inside(state, opened, i)
                state[i] = CLOSING
                opened = -1
            continue
        if mark in "”" and not seen:
            _inside(state, begin - 1, i)  # nothing opened it
            state[i] = CLOSING
        elif mark in _PAIRS:
            opened, closers = i, _PAIRS[mark]
            state[i] = OPENING
        seen = True
    if opened >= 0:
        _inside(state, opened, end)
    if any(form[i] == "‘" for i in marks):
        _single(made, begin, end)


def _single(made: Tokens, begin: int, end: int) -> None:
    """Single quotation marks outside of double ones, where both of a pair stand: ‘…’."""
    form, state = made.form, made.quote
    opened = -1
    for i in [i for i in range(begin, end) if form[i] in "‘’'" and state[i] == OUTSIDE]:
        if form[i] == "‘":
            opened = i
        elif opened >= 0:
            state[opened], state[i] = OPENING, CLOSING
            _inside(state, opened, i)
            opened = -1


def _inside(state: list[int], opened: int, closed: int) -> None:
    state[opened + 1 : closed] = [INSIDE] * (closed - opened - 1)
