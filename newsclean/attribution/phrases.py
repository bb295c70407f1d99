"""Phrases: cues of several words - "according to", refusals to comment, anonymity, interviews - and hedges."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from newsclean.attribution.clauses import Range, subject
from newsclean.attribution.cues import Lexicon, Phrase
from newsclean.attribution.mark import Mark
from newsclean.attribution.nouns import behind, is_source
from newsclean.attribution.tokens import CLOSING, OPENING, OUTSIDE, Tokens

__all__ = ["hedges", "papers", "phrase_mark", "unmarked"]

_MILD: Final = frozenset(["apparently", "so-called", "self-described", "self-proclaimed"])
"""Hedges that seldom stand for somebody's word."""


def phrase_mark(t: Tokens, lex: Lexicon, i: int, phrases: Sequence[Phrase]) -> Mark | None:
    """A multi-word cue that begins at a token."""
    for words, kind in phrases:
        if t.fold[i : i + len(words)] != [*words]:
            continue
        cue = (i, i + len(words))
        if words[-1] == "to" and kind == "comment" and cue[1] < len(t) and t.form[cue[1]][0].islower():
            cue = (i, cue[1] + 1)
        if kind == "according":
            return _according(t, lex, cue)
        if kind == "impersonal":
            return _impersonal(t, lex, cue)
        if kind == "comment":
            return _spoken(t, lex, cue, "no_comment", _rest(t, lex, cue))
        if kind == "anonymity":
            return _spoken(t, lex, cue, "anonymity", _reason(t, cue))
        if kind == "disclosure":
            return _disclosed(t, lex, cue)
        return _interviewed(t, lex, cue)
    return None


def _according(t: Tokens, lex: Lexicon, cue: Range) -> Mark | None:
    """ "According to": its source follows, its content is the rest of the sentence."""
    low, high = t.bounds(cue[0])
    source = behind(t, lex, cue[1], high)
    if source is None:
        return None
    said: list[Range] = []
    if cue[0] - low >= 3:
        end = cue[0] - (t.fold[cue[0] - 1] == ",")
        said.append((low, end))
        if source[1] < high and t.fold[source[1]] == "," and high - source[1] > 3:
            said.append((source[1] + 1, _end(t, source[1] + 1, high)))
    else:
        start = source[1] + (source[1] < high and t.fold[source[1]] == ",")
        if start < high:
            said.append((start, _end(t, start, high)))
    return Mark((source,), cue, tuple(s for s in said if s[0] < s[1]), "statement", "neutral", "according", 0.95)


def _impersonal(t: Tokens, lex: Lexicon, cue: Range) -> Mark | None:
    """A passive that names nobody, or "there are reports that"."""
    _low, high = t.bounds(cue[0])
    if t.fold[cue[1] - 1] in {"told", "considered"} and "by" in t.fold[cue[1] : cue[1] + 3]:
        return None
    after = (cue[1], _end(t, cue[1], high)) if cue[1] < high else None
    return Mark((), cue, (after,) if after and after[0] < after[1] else (), "no_source", "neutral", "impersonal", 0.7)


def _spoken(t: Tokens, lex: Lexicon, cue: Range, kind: str, said: Range | None) -> Mark:
    """A refusal to comment or a request for anonymity: whose it is stands before it."""
    low, _ = t.bounds(cue[0])
    source = subject(t, lex, cue[0], low)
    if source is None and cue[0] > low and t.fold[cue[0] - 1] in {"also", "who"}:
        source = subject(t, lex, cue[0] - 1, low)
    return Mark((source,) if source else (), cue, (said,) if said else (), kind, "neutral", kind, 0.95)


def _rest(t: Tokens, lex: Lexicon, cue: Range) -> Range | None:
    """What was not commented on, up to the next mark."""
    _, high = t.bounds(cue[0])
    end = cue[1]
    while end < high and t.fold[end] not in {",", ";", ".", "but", "and"} and t.quote[end] == t.quote[cue[0]]:
        end += 1
    return (cue[1], end) if end - cue[1] >= 2 else None


def _reason(t: Tokens, cue: Range) -> Range | None:
    """Why somebody is not named: what follows "because", "due to", "to discuss", "citing", "for fear"."""
    _, high = t.bounds(cue[0])
    for k in range(cue[1], min(high, cue[1] + 8)):
        if t.fold[k] in {"because", "due", "since", "citing", "for", "fearing", "to", "as"} and k + 1 < high:
            end = k
            while end < high and t.fold[end] not in {";", "."} and t.quote[end] not in (OPENING, CLOSING):
                end += 1
            return (k, end)
        if t.fold[k] in {".", ",", ";"}:
            return None
    return None


def _disclosed(t: Tokens, lex: Lexicon, cue: Range) -> Mark | None:
    """What a newsroom says of its own knowledge: "Reuters could not determine", "based on interviews with"."""
    low, high = t.bounds(cue[0])
    words = t.fold[cue[0] : cue[1]]
    if words[-1] in {"with", "by", "of"}:
        source = behind(t, lex, cue[1], high) if words[-1] != "of" else subject(t, lex, cue[0], low)
        if source is None or not is_source(t, lex, source):
            return None
        return Mark((source,), cue, (), "disclosure", "neutral", "disclosure", 0.9)
    said = (cue[1], _end(t, cue[1], high))
    if words[0] == "it":
        return None
    source = subject(t, lex, cue[0], low)
    if source is None or not is_source(t, lex, source):
        return None
    return Mark((source,), cue, (said,) if said[0] < said[1] else (), "disclosure", "doubts", "disclosure", 0.9)


def _interviewed(t: Tokens, lex: Lexicon, cue: Range) -> Mark | None:
    """A conversation with an outlet: "in an interview with Spiegel", "officials who spoke to Reuters"."""
    low, high = t.bounds(cue[0])
    after = behind(t, lex, cue[1], high)
    if after is None:
        return None
    if t.fold[cue[0]] != "interviewed" and not any(t.form[k][0].isupper() for k in range(*after)):
        return None
    if t.fold[cue[0]] == "in":
        return Mark((after,), cue, (), "interview", "neutral", "interview", 0.8)
    if t.fold[cue[0]] == "interviewed":
        return Mark((after,), cue, (), "interview", "neutral", "interview", 0.8)
    source = subject(t, lex, cue[0], low)
    if source is None or not is_source(t, lex, source):
        return None
    return Mark((source,), cue, (), "interview", "neutral", "interview", 0.7)


def unmarked(t: Tokens, places: Sequence[int], found: Sequence[Mark]) -> list[int]:
    """The places outside of quotation marks that are in no cue yet."""
    if not places:
        return []
    known = {k for m in found for k in range(*m.cue)}
    return [i for i in places if i not in known and t.quote[i] == OUTSIDE]


def hedges(t: Tokens, lex: Lexicon, places: Sequence[int]) -> Iterator[Mark]:
    """ "His alleged role", "reportedly": somebody says so, and the text does not say who."""
    for i in places:
        if t.fold[i] in lex.hedge and t.form[i][0].islower():
            _, high = t.bounds(i)
            end = i + 1
            while end < high and t.form[end][0].isalnum() and end - i < 8:
                end += 1
            said = ((i + 1, end),) if end > i + 1 else ()
            score = 0.4 if t.fold[i] in _MILD else 0.6
            yield Mark((), (i, i + 1), said, "no_source", "distances", "hedge", score)


def papers(t: Tokens, lex: Lexicon, places: Sequence[int]) -> Iterator[Mark]:
    """ "A warning from the agency", "a statement by the ministry": word that is spoken of."""
    for i in places:
        if t.fold[i] in lex.papers and t.fold[i + 1 : i + 2] in (["from"], ["by"]):
            source = behind(t, lex, i + 2, t.bounds(i + 1)[1])
            if source is not None and any(t.form[k][0].isupper() for k in range(*source)):
                yield Mark((source,), (i, i + 2), (), "document", "neutral", "paper", 0.6)


def _end(t: Tokens, start: int, high: int) -> int:
    """The end of a clause without the marks that close its sentence."""
    end = high
    while end > start and t.fold[end - 1] in {".", ",", ";", ":", "!"} and t.quote[end - 1] == OUTSIDE:
        end -= 1
    return end
