"""Clauses: who stands before or behind a cue, read off commas, marks and small words.

No parser: a subject is what stands between the verb and the nearest boundary on its left.  Every walk stays within
its sentence, so all of this is linear in the text.
"""

from __future__ import annotations

from typing import Final

from newsclean.attribution.cues import Lexicon, Verb
from newsclean.attribution.tokens import CLOSING, OPENING, Tokens

__all__ = ["LONGEST", "RELATIVE", "STOPS", "Range", "helpers", "phrase_before", "subject", "trimmed"]

Range = tuple[int, int]
"""Tokens ``[a, b)``."""
LONGEST: Final = 45
"""No source has more tokens."""
STOPS: Final = frozenset(",;:()[]–—/") | {"--", "-", "…", "...", '"', "“", "”", "„", "«", "»"}
_PREPOSITIONS: Final = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "of",
        "to",
        "into",
        "about",
        "over",
        "under",
        "against",
        "between",
        "during",
        "after",
        "before",
        "since",
        "despite",
        "unlike",
        "like",
        "as",
        "among",
        "amid",
        "within",
        "without",
        "through",
        "throughout",
        "per",
        "until",
        "via",
        "upon",
        "following",
        "according",
    ]
)
RELATIVE: Final = frozenset(["who", "whom", "whose", "which", "that"])
_DAYS: Final = frozenset(
    [
        "on",
        "late",
        "early",
        "last",
        "earlier",
        "this",
        "week",
        "month",
        "year",
        "morning",
        "afternoon",
        "evening",
        "night",
    ]
)
_LINKS: Final = frozenset(["and", "or", "but"])
_ARTICLES: Final = frozenset(["the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "these", "those"])
_LATER: Final = frozenset(["after", "before", "since", "as", "following", "so", "yet"])
_OPENERS: Final = frozenset(
    [
        "however",
        "meanwhile",
        "moreover",
        "additionally",
        "also",
        "but",
        "and",
        "so",
        "still",
        "yet",
        "then",
        "instead",
        "furthermore",
        "nevertheless",
        "consequently",
        "recently",
        "earlier",
        "later",
        "now",
        "once",
        "similarly",
        "separately",
        "today",
        "yesterday",
        "tonight",
        "thus",
        "therefore",
        "indeed",
        "besides",
        "likewise",
        "sometimes",
        "eventually",
        "finally",
        "perhaps",
        "maybe",
        "even",
    ]
)


_TRIMMED: Final = _OPENERS | _PREPOSITIONS | _ARTICLES | {"and", "or", "but", ",", "on", "'s"}
_TRAILING: Final = _OPENERS | {"he", "she", "they", "i", "we"}
"""Where nothing of these opens or ends a phrase, there is nothing to trim."""


def subject(t: Tokens, lex: Lexicon, verb: int, low: int) -> Range | None:
    """The subject of a verb: what stands before it, its helpers aside, back to the boundary; None where there is none.

    ``low`` is the first token that may belong to it.  Relative clauses and appositions between commas belong to it.
    """
    return phrase_before(t, lex, helpers(t, lex, verb, low), low)


def phrase_before(t: Tokens, lex: Lexicon, end: int, low: int) -> Range | None:
    """The subject that stands before a verb and its helpers, see :func:`subject`."""
    j = _without_day(t, lex, end, low)
    if j <= low:
        return None
    end, last = j, t.fold[j - 1]
    if last == "," and t.quote[j - 1] not in (OPENING, CLOSING):
        opened = _apposition(t, j - 1, low)
        if opened is None:
            return None
        end = j - 1
        start = _left(t, lex, opened, low)
        return trimmed(t, lex, (start, end)) if start < opened else None
    if last in RELATIVE:  # "… Bolton, who said"
        end = j - 1
        if end > low and t.fold[end - 1] == ",":
            end -= 1
    if t.fold[end - 1] in (")", "]"):
        back = next((k for k in range(end - 1, max(low, end - 8) - 1, -1) if t.fold[k] in ("(", "[")), None)
        start = _left(t, lex, back, low) if back is not None else end
    else:
        start = _left(t, lex, end, low)
    return trimmed(t, lex, (start, end)) if start < end else None


def _without_day(t: Tokens, lex: Lexicon, j: int, low: int) -> int:
    """Before "on Tuesday" in "Ms. Ellery, chair of the board, on Tuesday said"."""
    if j > low and not (t.fold[j - 1] in lex.weekdays or t.fold[j - 1] in _DAYS or t.form[j - 1].isdigit()):
        return j
    k = j
    while k > low and (t.fold[k - 1] in lex.weekdays or t.form[k - 1].isdigit() or t.fold[k - 1] in _DAYS):
        k -= 1
    return k if k > low and any(w in lex.weekdays for w in t.fold[k:j]) else j


def helpers(t: Tokens, lex: Lexicon, verb: int, low: int) -> int:
    """The first token of the verb's own words: helping verbs and adverbs before it."""
    j, fold, quote = verb, t.fold, t.quote
    while j > low and quote[j - 1] == quote[verb]:
        word = fold[j - 1]
        if not (
            word in lex.auxiliary
            or (word.endswith("ly") and len(word) > 4 and t.form[j - 1][0].islower())
            or (word == "and" and fold[j - 2].endswith("ly") and fold[j].endswith("ly"))
        ):
            break
        j -= 1
    return j


def _apposition(t: Tokens, comma: int, low: int) -> int | None:
    """Where an apposition that a comma closes was opened by one; None when it is a clause of another kind."""
    for k in range(comma - 2, max(low, comma - 30), -1):
        if t.fold[k] != "," or t.quote[k] != t.quote[comma]:
            continue
        word, form = t.fold[k + 1], t.form[k + 1]
        if word in _LINKS and k > low:
            return None
        if (
            word in RELATIVE
            or word in _ARTICLES
            or not form[0].islower()
            or word in {"president", "speaking", "chief", "who's"}
        ):
            return k
        if word.endswith(("ed", "er", "or", "ist", "man", "ing", "ant", "ent", "yst")) or word in {
            "head",
            "chair",
            "then",
            "one",
            "now",
        }:
            return k
        return None
    return None


def _left(t: Tokens, lex: Lexicon, end: int, low: int) -> int:
    """The first token of the noun phrase that ends before ``end``."""
    if end <= low:
        return end
    fold, quote, verbs = t.fold, t.quote, lex.verbs
    start, first = end, max(low, end - LONGEST, t.bounds(end - 1)[0])
    while start > first:
        word = fold[start - 1]
        if word in STOPS or (quote[start - 1] >= OPENING and not _short_quote(t, start - 1)):
            break
        if word in {"and", "or"}:
            if not _joins(t, lex, start - 1, end, low):
                break
        elif (
            word in lex.clause
            or word in _LATER
            or (word == "to" and fold[start - 2] == "according")
            or (word in verbs and word not in lex.noun and _finite(verbs[word]) and t.form[start - 1][0].islower())
        ):
            break
        start -= 1
    return start


def _finite(verb: Verb) -> bool:
    """Whether a verb is a sure cue that has a subject of its own."""
    return verb.strong and verb.form != "gerund"


def _joins(t: Tokens, lex: Lexicon, link: int, end: int, low: int) -> bool:
    """Whether an "and" joins two names rather than two clauses: no verb between the boundary before it and it."""
    for k in range(link - 1, max(low, link - 14) - 1, -1):
        word = t.fold[k]
        if word in STOPS or word in lex.clause:
            return k < link - 1
        if word in lex.auxiliary or word in lex.pronouns:
            return False
        verb = lex.verbs.get(word)
        if (
            verb is not None
            and verb.form in {"past", "third", "gerund"}
            and word not in lex.noun
            and t.form[k][0].islower()
        ):
            return False
        if word.endswith("ed") and t.form[k][0].islower():
            return False
    return t.fold[end - 1] not in {"he", "she", "it", "they", "i", "we"}


def _short_quote(t: Tokens, mark: int) -> bool:
    """Whether a mark belongs to a nickname in quotes: Joe “Big Joe” Brown."""
    return (
        False
        if t.quote[mark] == OPENING
        else mark > 0 and t.quote[max(0, mark - 3)] == OPENING and t.fold[mark - 1] not in ",.!?"
    )


def trimmed(t: Tokens, lex: Lexicon, found: Range) -> Range | None:
    """A phrase without the adverbs, weekdays and prepositional phrases that open its clause."""
    start, end = found
    first, last = t.fold[start], t.fold[end - 1]
    if first not in _TRIMMED and last not in _TRAILING and first not in lex.weekdays and not first[0].isdigit():
        return found  # most phrases
    while end - 2 > start and t.fold[end - 1] in _OPENERS and t.fold[end - 2] == ",":
        end -= 2
    if t.fold[end - 1] in {"he", "she", "they", "i", "we"} and end - start > 1 and t.fold[end - 2] not in {"and", "or"}:
        start = end - 1
    while start < end - 1 and (
        t.fold[start] in _OPENERS
        or t.fold[start] in lex.weekdays
        or t.fold[start] in {"and", "or", "but", ",", "on", "'s"}
    ):
        start += 1
    if t.fold[start] in _PREPOSITIONS or (t.fold[start][:1].isdigit() and len(t.fold[start]) == 4):
        start = _after_adverbial(t, lex, start, end)
    return (start, end) if start < end and not (end - start == 1 and t.fold[start] in _ARTICLES) else None


def _after_adverbial(t: Tokens, lex: Lexicon, start: int, end: int) -> int:
    """Behind "In a speech last week" in "In a speech last week Mr. Ellery": the last beginning of a phrase."""
    last = end - 1
    if t.fold[last] in lex.pronouns:
        return last
    k = last
    while k > start and (
        not t.form[k][0].islower()
        or t.fold[k] in lex.titles
        or t.fold[k] in lex.people
        or t.form[k] in {".", "'s", "’s"}
    ):
        k -= 1
    if (t.fold[k] in _ARTICLES or t.fold[k] in lex.determiners) and k > start:
        return k
    return k + 1 if k < last else start
