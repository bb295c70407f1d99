"""Repeats: the headline a second time, a paragraph a second time, the whole body twice, as paragraphs or on one line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from newsclean.detectors.shape import is_prose, word_count
from newsclean.matching import core
from newsclean.segment import BREAKS, WIDE, Paragraph
from newsclean.spans import Span

__all__ = ["flattened", "repeats"]

REPEATED: Final = 0.95
SAID_TWICE: Final = 0.6
"""The score of a paragraph that stands twice and may do so on purpose."""

LONG: Final = 80
"""Code points, and twelve words, from which a paragraph is seldom said twice on purpose."""
BODY: Final = 4
"""Paragraphs in a row that stand twice in the same order: the body came twice."""
MANY: Final = 8
"""Long paragraphs in a row from which a body may come any number of times, or be said again on one line."""
FILLER: Final = "lorem ipsum"
FEW: Final = 3
"""Where more paragraphs than this stand twice, and no body comes twice, the text is made so."""

SHINGLE: Final = 5
"""Words that two texts must have in common, in a row, for these to be the same words."""
SAID: Final = 0.7
"""The share of a line's words in such runs, from which the line says the other paragraphs again."""
AGAIN: Final = 1.0
"""The score of such a line: it goes as a whole, whatever rules know of the tags on it."""

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^<>]{1,400}>")
_BREAK = re.compile(f"[{BREAKS}]")


def repeats(paragraphs: Sequence[Paragraph], *, title: Paragraph | None = None) -> list[Span]:
    """Spans for what stands a second time; the first always stays.

    The title's second occurrence goes (also as "Title | Site"), and the second copy of a long paragraph where it was
    pasted again: right behind the first, as the only one of its text, or within a body that comes twice.  Short lines
    go only inside such a body: "What happened?" may well be asked twice.  A long paragraph that stands twice otherwise
    is flagged: guides, forms and quotations repeat themselves on purpose.  What stands three times or more is how
    the text is made (a training plan, a list of events), unless eight long paragraphs do so in the same order, and so
    is filler ("Lorem ipsum").
    """
    spans: list[Span] = []
    first: dict[str, int] = {}
    copy_of: dict[int, int] = {}
    times: Counter[str] = Counter()
    headline = core(title.text) if title is not None else ""
    folded = [core(p.text) for p in paragraphs]
    for i, p in enumerate(paragraphs):
        if title is not None and p is not title and _is_title(folded[i], headline):
            spans.append(Span(p.start, p.end, "repeat", "repeat/title", REPEATED))
            continue
        times[folded[i]] += 1
        known = first.setdefault(folded[i], i)
        if known != i and p is not title:
            copy_of[i] = known
    again = {i for i in copy_of if len(paragraphs[i].text) >= LONG and word_count(paragraphs[i].text) >= 12}
    long = {i for i in again if times[folded[i]] == 2}
    if not again or any(FILLER in line for line in folded):
        return spans
    for run in _runs(copy_of):
        of_body = [i for i in run if i in again]
        if len(of_body) < MANY:
            of_body = [i for i in run if i in long]
        whole = len(of_body) > 1 and of_body[-1] - of_body[0] + 1 >= BODY
        behind = run[0] - copy_of[run[0]] == len(run) and len(long) <= FEW
        for i in range(of_body[0], of_body[-1] + 1) if whole else of_body:
            p = paragraphs[i]
            sure = whole or (_is_running(p.text) and (behind or (len(long) == 1 and is_prose(p.text))))
            spans.append(Span(p.start, p.end, "repeat", "repeat/paragraph", REPEATED if sure else SAID_TWICE))
    return spans


def flattened(text: str, paragraphs: Sequence[Paragraph]) -> list[Span]:
    """Spans for a body that stands a second time on one line, as what a page has read aloud or sends to a phone.

    ``paragraphs`` are those of ``text`` that nothing has taken.  Of a line too wide for a paragraph, most of which other
    paragraphs say, the pieces go that they say; what stands nowhere else stays.
    """
    if max(map(len, text.splitlines()), default=0) <= WIDE:
        return []
    wide = [line for line in _source_lines(text, paragraphs) if line[-1].end - line[0].start > WIDE]
    on_wide = {p.start for line in wide for p in line}
    if not wide or len(paragraphs) - len(on_wide) < MANY:
        return []
    said: dict[int, int] = {}
    for p in paragraphs:
        if p.start not in on_wide:
            said.update(dict.fromkeys(_shingles(p.text), p.start))
    spans: list[Span] = []
    for line in wide:
        read = [_shingles(p.text) for p in line]
        again = [[said[shingle] for shingle in piece if shingle in said] for piece in read]
        total = sum(map(len, read))
        if sum(map(len, again)) >= SAID * total > 0 and len({at for piece in again for at in piece}) >= MANY:
            known = (p for p, piece, twice in zip(line, read, again, strict=True) if 2 * len(twice) >= len(piece))
            spans += [Span(p.start, p.end, "repeat", "repeat/body", AGAIN) for p in known]
    return spans


def _source_lines(text: str, paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """The paragraphs that stand on one line of the text, together."""
    lines: list[list[Paragraph]] = []
    for p in paragraphs:
        if lines and not _BREAK.search(text, lines[-1][-1].end, p.start):
            lines[-1].append(p)
        else:
            lines.append([p])
    return lines


def _shingles(text: str) -> list[int]:
    """The runs of five words of a text, as hashes, without the tags of one that is offered for republishing."""
    words = _WORD.findall((_TAG.sub(" ", text) if "<" in text else text).casefold())
    return list(map(hash, zip(*(words[k:] for k in range(SHINGLE)), strict=False)))


def _runs(copy_of: Mapping[int, int]) -> Iterator[list[int]]:
    """The copies that follow each other as their originals do, run by run."""
    run: list[int] = []
    for i in sorted(copy_of):
        if run and (i != run[-1] + 1 or copy_of[i] != copy_of[run[-1]] + 1):
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _is_running(text: str) -> bool:
    """Whether a paragraph begins as running text does: no bullet, no footnote's mark."""
    return text[0].isalnum() or text[0] in "\"'“„«‘"


def _is_title(folded: str, headline: str) -> bool:
    """The headline again, alone or with the site's name behind a separator."""
    if folded == headline:
        return True
    rest = folded[len(headline) :] if folded.startswith(headline) and len(headline) >= 15 else ""
    return 0 < len(rest) <= 40 and rest.lstrip()[:1] in ("|", "-", "–", "—", "•", "·", "»")
