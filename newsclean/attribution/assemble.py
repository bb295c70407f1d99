"""Assemble: marks in tokens become typed attributions over the source - whose word, through whom, how directly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from newsclean.attribution.clauses import Range
from newsclean.attribution.cues import Lexicon
from newsclean.attribution.known import OUTLETS, Who
from newsclean.attribution.link import Linker
from newsclean.attribution.mark import Mark
from newsclean.attribution.nouns import behind
from newsclean.attribution.tokens import CLOSING, INSIDE, OPENING, Tokens
from newsclean.attribution.typing import directness
from newsclean.evidence import Attribution
from newsclean.spans import Spans

__all__ = ["assemble", "stance_of"]

_TO: Final = frozenset(["told", "tell", "tells", "telling", "informed"])
_NO_DIRECTNESS: Final = frozenset(("anonymity", "interview", "disclosure", "dateline", "wire_credit"))
_POLLS: Final = frozenset(
    ["poll", "polls", "survey", "surveys", "pollster", "pollsters", "umfrage", "sondage", "encuesta"]
)
_UNCUED: Final = 5
"""Tokens from which a quotation that no cue introduces is a quotation and not a term."""


class _Made(NamedTuple):
    mark: Mark
    who: Who
    via: str | None


def assemble(t: Tokens, text: str, marks: Sequence[Mark], linker: Linker, lex: Lexicon) -> Iterator[Attribution]:
    """Attributions of the marks, in the order of their cues; ``text`` is the whole source.

    Each source is linked to what was said of it before, so the order matters; a quotation without any cue in its
    paragraph is handed to the outlet that the text is retelling.
    """
    made: list[_Made] = []
    outlet: Who | None = None
    uncued = _uncued(t, marks)
    for mark in sorted([*marks, *uncued], key=lambda m: m.cue):
        if mark.rule == "block":
            if outlet is None:
                continue
            who = outlet
            made.append(_Made(mark, Who(who.name, who.type, who.naming), who.name))
            continue
        who = linker.who(mark.source[0] if mark.source else None)
        via = _told(t, lex, mark, linker) or _inside_report(t, mark, made)
        if who.type in OUTLETS and who.name and mark.kind not in {"interview", "no_comment"}:
            outlet = who
        if via is None and _in_block(t, mark) and outlet is not None and who.type not in OUTLETS:
            via = outlet.name
        made.append(_Made(mark, who, via))
    made = _interviews(t, made)
    for item in made:
        yield _attribution(t, text, item, lex)


def stance_of(t: Tokens, lex: Lexicon, cue: Range) -> str:
    """The stance of a cue's words: the most marked of its verbs and hedges, ``neutral`` where none is."""
    found = "neutral"
    for k in range(*cue):
        word = t.fold[k]
        verb = lex.verbs.get(word)
        if verb is not None and verb.stance != "neutral":
            return verb.stance
        if word in lex.hedge:
            found = "distances"
        if word in {"allegation", "allegations", "accusation", "accusations"}:
            found = "asserts"
    return found


def _attribution(t: Tokens, text: str, item: _Made, lex: Lexicon) -> Attribution:
    mark, who = item.mark, item.who
    kind = _kind(t, mark, who)
    straight = None if kind in _NO_DIRECTNESS else directness(t, mark.content)
    if kind == "opinion" and straight == "indirect":
        straight = None
    stance = mark.stance if mark.stance != "neutral" else stance_of(t, lex, mark.cue)
    source = _spans(t, mark.source)
    return Attribution(
        source=source,
        cue=_spans(t, (mark.cue,)),
        content=_spans(t, mark.content),
        text=" ".join(text[a:b] for a, b in source),
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


def _told(t: Tokens, lex: Lexicon, mark: Mark, linker: Linker) -> str | None:
    """The outlet that was told: "told CNN", "spoke to Reuters"; a venue, not a source."""
    a, b = mark.cue
    words = t.fold[a:b]
    if words[0] == "according" or (_TO.isdisjoint(words) and words[-1] not in {"to", "with"}):
        return None
    high = t.bounds(b - 1)[1]
    at = next((k + 1 for k in range(b - 1, a - 1, -1) if t.fold[k] in _TO), b)
    if at >= high or not (t.form[at][0].isupper() or t.fold[at] == "the"):
        return None
    found = behind(t, lex, at, min(high, at + 8))
    if found is None:
        return None
    end = next((k for k in range(found[0] + 1, found[1]) if t.fold[k] in {"that", "'s", "in", "on"}), found[1])
    who = linker.outlet((found[0], end))
    return who.name if who is not None else None


def _inside_report(t: Tokens, mark: Mark, made: Sequence[_Made]) -> str | None:
    """The outlet in whose report a cue stands: second-hand word."""
    for item in reversed(made[-4:]):
        if item.who.type not in OUTLETS or not item.who.name or item.mark is mark:
            continue
        if any(a <= mark.cue[0] < b for a, b in item.mark.content):
            return item.who.name
    return None


def _interviews(t: Tokens, made: list[_Made]) -> list[_Made]:
    """What is said in a sentence that names an interview with an outlet came through it."""
    outlets = {
        t.sentence[m.mark.cue[0]]: m.who.name for m in made if m.mark.kind == "interview" and m.who.type in OUTLETS
    }
    if not outlets:
        return made
    return [
        _Made(m.mark, m.who, m.via or outlets.get(t.sentence[m.mark.cue[0]]) if m.mark.kind != "interview" else m.via)
        for m in made
    ]


def _in_block(t: Tokens, mark: Mark) -> bool:
    return t.quote[mark.cue[0]] == INSIDE


def _uncued(t: Tokens, marks: Sequence[Mark]) -> list[Mark]:
    """Quotations in paragraphs where no cue takes them up: the cue is the mark that opens them."""
    size = len(t)
    borders = [i for i, q in enumerate(t.quote) if q >= OPENING]
    taken = [part for mark in marks if t.quote[mark.cue[0]] != INSIDE for part in (*mark.content, mark.cue)]
    found = []
    cued = {t.sentence[mark.cue[0]] for mark in marks}
    for i, border in pairwise([*borders, size]):
        if t.quote[i] != OPENING or border - i <= _UNCUED or t.form[i] in {"‘", "'"}:
            continue
        end = min(border, bisect_right(t.paragraph, t.paragraph[i]))
        alone = i > t.first[t.sentence[i]] and t.sentence[i] not in cued
        if end - i - 1 >= _UNCUED and (alone or not any(a < end and i < b for a, b in taken)) and i + 1 < size:
            close = end + (end < size and t.quote[end] == CLOSING and t.paragraph[end] == t.paragraph[i])
            found.append(Mark((), (i, i + 1), ((i + 1, close),), "report", "neutral", "block", 0.5))
    return found
