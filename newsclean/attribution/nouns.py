"""Nouns: the phrase that follows a cue, and whether a phrase can be one that speaks."""

from __future__ import annotations

from newsclean.attribution.clauses import LONGEST, RELATIVE, STOPS, Range
from newsclean.attribution.cues import Lexicon
from newsclean.attribution.tokens import CLOSING, OPENING, Tokens

__all__ = ["behind", "is_source"]


def behind(t: Tokens, lex: Lexicon, start: int, high: int) -> Range | None:
    """The noun phrase that begins at ``start``: a source that follows its cue, with its relative clause."""
    end = start
    while end < high and end - start < LONGEST:
        word = t.fold[end]
        if t.quote[end] in (OPENING, CLOSING) or (word in STOPS and word not in (",", "(", ")", "/")):
            break
        if word == "," and not _goes_on(t, lex, end, high):
            break
        if word in {".", "?", "!"}:
            if end + 1 >= high or t.form[end + 1][0].isupper() is False:
                break
            if t.sentence[end] != t.sentence[min(end + 1, high - 1)]:
                break
        if (
            end > start
            and word
            in {
                "in",
                "on",
                "at",
                "during",
                "after",
                "before",
                "as",
                "while",
                "when",
                "because",
                "if",
                "but",
                "earlier",
                "last",
                "this",
            }
            and not _names(t, end, high)
        ):
            break
        if end > start and (
            word in lex.weekdays
            or (word in lex.auxiliary and word not in {"'s", "not", "'d", "to", "then", "long", "far", "first"})
        ):
            break
        verb = lex.verbs.get(word)
        if (
            end > start
            and verb is not None
            and verb.group == "say"
            and t.form[end][0].islower()
            and word not in lex.noun
            and t.fold[end - 1] not in RELATIVE
        ):
            break
        end += 1
    while end > start and (t.fold[end - 1] in "," or t.fold[end - 1] in {"and", "that", "'s"}):
        end -= 1
    return (start, end) if end > start else None


def _names(t: Tokens, at: int, high: int) -> bool:
    """Whether a preposition belongs to the name: "the economist at Norland Bank", not "in a speech"."""
    return (
        at + 1 < high
        and t.fold[at] in {"in", "at", "on"}
        and t.form[at + 1] in ("the",)
        and at + 2 < high
        and t.form[at + 2][0].isupper()
    ) or (at + 1 < high and t.fold[at] in ("at",) and t.form[at + 1][0].isupper())


def _goes_on(t: Tokens, lex: Lexicon, comma: int, high: int) -> bool:
    """Whether what follows a comma still describes the name before it."""
    if comma + 1 >= high:
        return False
    word = t.fold[comma + 1]
    if word in {"who", "whose", "which"}:
        return True
    return word in {"a", "an", "the"} and not any(w in lex.verbs for w in t.fold[comma + 1 : comma + 3])


def is_source(t: Tokens, lex: Lexicon, found: Range) -> bool:
    """Whether a phrase can be one that speaks: a name, a pronoun, or a word for people and bodies."""
    start, end = found
    if end - start == 1:
        word = t.fold[start]
        if word in {"it", "this", "that", "which", "there", "what", "these", "those"}:
            return word in {"it", "which"}
        if word in lex.pronouns:
            return True
    for k in range(start, end):
        word = t.fold[k]
        if (
            (t.form[k][0].isupper() and (k > start or word not in lex.determiners))
            or word in lex.people
            or word in lex.titles
        ):
            return True
        if word in {"who", "he", "she", "they", "we", "you"}:
            return True
    return False
