"""Assemble: marks in tokens become typed attributions over the source - whose word, through whom, how directly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from newsclean.attribution.clauses import Range
from newsclean.attribution.cues import Lexicon
from newsclean.attribution.known import NOBODY, OUTLETS, Who
from newsclean.attribution.link import Linker
from newsclean.attribution.mark import Mark
from newsclean.attribution.tokens import CLOSING, INSIDE, OPENING, Tokens
from newsclean.attribution.typing import directness
from newsclean.attribution.via import Made, bare, cited, handed_on, venue, was_told
from newsclean.evidence import Attribution
from newsclean.spans import Spans

__all__ = ["assemble"]

_NO_DIRECTNESS: Final = frozenset(("anonymity", "interview", "disclosure", "dateline", "wire_credit"))
_POLLS: Final = frozenset(
    ["poll", "polls", "survey", "surveys", "pollster", "pollsters", "umfrage", "sondage", "encuesta"]
)
_UNCUED: Final = 5
"""Tokens from which a quotation that no cue introduces is a quotation and not a term."""


def assemble(t: Tokens, text: str, marks: Sequence[Mark], linker: Linker, lex: Lexicon) -> Iterator[Attribution]:
    """Attributions of the marks, in the order of their cues; ``text`` is the whole source.

    Each source is linked to what was said of it before, so the order matters; a quotation without any cue in its
    paragraph is handed to the outlet that the text is retelling.
    """
    made: list[Made] = []
    outlet: Who | None = None
    uncued = _uncued(t, marks)
    for mark in sorted([*marks, *uncued], key=lambda m: m.cue):
        if mark.rule == "block":
            if outlet is not None:
                made.append(Made(mark, Who(outlet.name, outlet.type, outlet.naming), outlet.name))
            continue
        who = linker.who(bare(t, mark.source[0]) if mark.source else None)
        if was_told(t, mark, who):
            made.append(Made(mark._replace(source=(), kind="no_source"), NOBODY, who.name))
            continue
        quoting = cited(t, lex, mark, who)
        if quoting is not None:
            made.append(Made(quoting, linker.who(quoting.source[0]), who.name))
            continue
        if _speaks_as_it(t, mark, who, linker):
            who = who._replace(naming="institution")
        via = venue(t, lex, mark, linker)
        if who.is_outlet and mark.kind not in {"interview", "no_comment"}:
            outlet = who
        if via is None and outlet is not None and _in_block(t, mark) and who.type not in OUTLETS:
            via = outlet.name
        made.append(Made(mark, who, via))
    for item in handed_on(t, made):
        yield _attribution(t, text, item, lex)


def _attribution(t: Tokens, text: str, item: Made, lex: Lexicon) -> Attribution:
    mark, who = item.mark, item.who
    kind = _kind(t, mark, who)
    straight = None if kind in _NO_DIRECTNESS else directness(t, mark.content)
    if kind == "opinion" and straight == "indirect":
        straight = None
    stance = mark.stance if mark.stance != "neutral" else lex.stance(t.fold[slice(*mark.cue)])
    source = _spans(t, mark.source)
    return Attribution(
        source=source,
        cue=((t.start[mark.cue[0]], t.end[mark.cue[1] - 1]),),
        content=_spans(t, mark.content),
        text=" ".join([text[a:b] for a, b in source]),
        name=who.name,
        kind=kind,
        type=who.type,
        naming=who.naming,
        directness=straight,
        stance=stance,
        via=item.via,
        rule=mark.rule,
        score=mark.score,
    )


def _kind(t: Tokens, mark: Mark, who: Who) -> str:
    """The kind of a mark, once it is known who speaks: an outlet reports, a paper is a document."""
    if mark.kind not in {"statement", "opinion"}:
        return mark.kind
    if not mark.source and mark.rule != "block":
        return "no_source"
    if who.type in OUTLETS:
        return "report"
    if any(not _POLLS.isdisjoint(t.fold[a:b]) for a, b in mark.source):
        return "poll"
    return "document" if who.type == "document_data" else mark.kind


def _spans(t: Tokens, ranges: Sequence[Range]) -> Spans:
    """Token ranges as sorted, disjoint code points of the source."""
    if len(ranges) == 1 and ranges[0][0] < ranges[0][1]:
        return ((t.start[ranges[0][0]], t.end[ranges[0][1] - 1]),)
    spans: list[tuple[int, int]] = []
    for a, b in sorted(r for r in ranges if r[0] < r[1]):
        start, end = t.start[a], t.end[b - 1]
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _speaks_as_it(t: Tokens, mark: Mark, who: Who, linker: Linker) -> bool:
    """Whether a bare name is no person's: "Goldfinch said it would appeal"."""
    if who.naming != "named" or who.name is None or " " in who.name or who.name in linker.roll.by_surname:
        return False
    return any(t.fold[a] in ("it", "its") for a, _ in mark.content[:1])


def _in_block(t: Tokens, mark: Mark) -> bool:
    return t.quote[mark.cue[0]] == INSIDE


def _uncued(t: Tokens, marks: Sequence[Mark]) -> list[Mark]:
    """Quotations in paragraphs where no cue takes them up: the cue is the mark that opens them."""
    size = len(t)
    if OPENING not in t.quote:
        return []
    borders = [i for i in t.spots if t.quote[i] >= OPENING]  # all of them are marks
    taken: dict[int, list[Range]] = {}
    for a, b in [part for mark in marks if t.quote[mark.cue[0]] != INSIDE for part in (*mark.content, mark.cue)]:
        for paragraph in range(t.paragraph[a], t.paragraph[b - 1] + 1) if a < b else ():
            taken.setdefault(paragraph, []).append((a, b))
    found = []
    cued = {t.sentence[mark.cue[0]] for mark in marks}
    for i, border in pairwise([*borders, size]):
        if t.quote[i] != OPENING or border - i <= _UNCUED or t.form[i] in {"‘", "'"}:
            continue
        end = min(border, bisect_right(t.paragraph, t.paragraph[i]))
        alone = i > t.first[t.sentence[i]] and t.sentence[i] not in cued
        if (
            end - i - 1 >= _UNCUED
            and (alone or not any(a < end and i < b for a, b in taken.get(t.paragraph[i], ())))
            and i + 1 < size
        ):
            close = end + (end < size and t.quote[end] == CLOSING and t.paragraph[end] == t.paragraph[i])
            found.append(Mark((), (i, i + 1), ((i + 1, close),), "report", "neutral", "block", 0.5))
    return found
