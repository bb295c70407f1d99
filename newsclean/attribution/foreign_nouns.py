"""Noun phrases of other languages than English: how far a source goes behind its cue."""

from __future__ import annotations

import itertools
from typing import Final

from newsclean.attribution.clauses import Range
from newsclean.attribution.cues import Lexicon
from newsclean.attribution.german import phrase_ends
from newsclean.attribution.known import outlet_at
from newsclean.attribution.tokens import CLOSING, OPENING, Tokens

__all__ = ["TOWARDS", "cut_at_comma", "phrase_behind"]

_NOUN_PHRASE_ENDS: Final = frozenset(
    [
        "am",
        "im",
        "in",
        "an",
        "auf",
        "bei",
        "nach",
        "vor",
        "zu",
        "dass",
        "weil",
        "und",
        "der-zeit",
        "à",
        "au",
        "aux",
        "dans",
        "sur",
        "lors",
        "pour",
        "en",
        "que",
        "qui",
        "mais",
        "mardi",
        "après",
        "durante",
        "tras",
        "ante",
        "em",
        "no",
        "na",
        "nos",
        "nas",
        "após",
        "ao",
        "nel",
        "nella",
        "al",
        "alla",
        "dopo",
        "che",
        "ma",
        "pero",
        "per",
        "während",
        "über",
        "als",
        "wie",
        "quando",
        "cuando",
        "quand",
        "lorsque",
        "para",
    ]
)
_OF: Final = frozenset(
    [
        "von",
        "vom",
        "des",
        "der",
        "de",
        "du",
        "del",
        "della",
        "do",
        "da",
        "dos",
        "das",
        "di",
        "la",
        "le",
        "l",
        "el",
        "los",
        "las",
        "und",
        "et",
        "y",
        "e",
        "d",
    ]
)
TOWARDS: Final = frozenset(
    [
        "der",
        "dem",
        "den",
        "gegenüber",
        "à",
        "au",
        "aux",
        "a",
        "al",
        "ao",
        "all",
        "alla",
        "allo",
        "con",
        "com",
        "avec",
        "mit",
    ]
)


def phrase_behind(t: Tokens, lex: Lexicon, start: int, high: int) -> Range | None:
    """The noun phrase that begins at a token, up to a mark, a verb or a preposition that opens something else."""
    end = start
    while end < high and end - start < 25:
        word = t.fold[end]
        if t.quote[end] in (OPENING, CLOSING) or word in (",", ";", ":", ".", "!", "?", "–", "—", "(", "-"):
            break
        if (
            end > start
            and word in _NOUN_PHRASE_ENDS
            and word not in _OF
            and not (end + 1 < high and word in {"em", "no", "na", "in", "à", "en"} and t.form[end - 1][0].isupper())
        ):
            break
        if lex.language == "de" and phrase_ends(t, start, end):
            break
        if end > start and ((word in TOWARDS and outlet_at(t, end + 1, high)) or _opens_phrase(t, lex, end)):
            break
        if end > start and word in lex.verbs and t.form[end][0].islower():
            break
        if (end > start and word in lex.weekdays) or (
            end > start and word in lex.auxiliary and word not in _OF and word not in {"'", "nicht"}
        ):
            break
        end += 1
    if end > start and end < high and t.form[end] == ",":
        end = _apposition(t, lex, end, high)
    return (start, end) if end > start and any(t.form[k][0].isalpha() for k in range(start, end)) else None


def _apposition(t: Tokens, lex: Lexicon, comma: int, high: int) -> int:
    """The end of what a comma opens behind a name and a mark closes - "su fundador, el alfarero Parra." - or the comma."""
    k = comma + 1
    if k >= high or not (
        t.form[k][0].isupper() or t.form[k].isdigit() or t.fold[k] in lex.determiners | lex.titles | {"de"}
    ):
        return comma
    while k < high and k - comma < 12 and t.quote[k] == t.quote[comma]:
        word = t.fold[k]
        if word in (",", ".", ";", ":"):
            return k if k - comma > 2 or t.form[k - 1][0].isupper() else comma
        if (
            (word in lex.verbs and t.form[k][0].islower())
            or word in lex.clause
            or (word in lex.auxiliary and word not in _OF)
        ):
            return comma
        k += 1
    return comma


def _opens_phrase(t: Tokens, lex: Lexicon, at: int) -> bool:
    """Whether a multi-word cue begins here: "en declaraciones a", "em entrevista à"."""
    return any(t.fold[at : at + len(words)] == [*words] and len(words) > 1 for words, _ in lex.phrases_at(t.fold, at))


def cut_at_comma(t: Tokens, source: Range) -> Range:
    """A phrase at the head of a sentence ends at its comma, unless a name follows a word for its bearer."""
    comma = next((k for k in range(*source) if t.fold[k] == ","), source[1])
    if comma + 1 >= source[1] or not t.form[comma - 1][0].islower():
        return source[0], comma
    upper = [t.form[k][0].isupper() for k in range(comma + 1, source[1])]
    closed = source[1] < len(t) and t.fold[source[1]] == ","
    named = upper[0] or (closed and (True, True) in itertools.pairwise(upper))
    return source if named else (source[0], comma)
