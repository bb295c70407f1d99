"""Foreign: attributions in German, French, Spanish, Portuguese and Italian, by verbs of speech and "according to".

Less deep than English: a verb of speech with its subject before or behind it, quotations, "laut", "selon", "según",
refusals to comment and anonymity.  What these languages' texts leave to word order or the subjunctive is not seen.
"""

from __future__ import annotations

from typing import Final

from newsclean.attribution.clauses import Range, helpers, subject
from newsclean.attribution.cues import Lexicon, Verb
from newsclean.attribution.german import OPENS, finite, passive, phrase_ends
from newsclean.attribution.known import outlet_at
from newsclean.attribution.mark import Mark
from newsclean.attribution.nouns import is_source
from newsclean.attribution.phrases import hedges, unmarked
from newsclean.attribution.said import content
from newsclean.attribution.tokens import CLOSING, OPENING, OUTSIDE, Tokens

__all__ = ["find_foreign"]

_THAT: Final = frozenset(["dass", "daß", "que", "qu", "che"])
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
_PRONOUNS: Final = {"fr": ("il", "elle", "on", "ils", "elles"), "de": ("er", "sie", "es")}
_BEEN: Final = frozenset(("été", "sido", "stato", "stata", "stati"))
_TOWARDS: Final = frozenset("der dem den gegenüber à au aux a al ao all alla allo con com avec mit".split())
_BEHIND: Final = frozenset(["zufolge"])
_KINDS: Final = {"comment": "no_comment", "anonymity": "anonymity", "interview": "interview", "impersonal": "no_source"}


def find_foreign(t: Tokens, lex: Lexicon) -> list[Mark]:
    """The attributions of a text in the lexicon's language, in the order of their cues."""
    found: list[Mark] = []
    taken = -1
    for i, word in enumerate(t.fold):
        if word == "so" and lex.language == "de" and t.quote[i] == OUTSIDE and i > taken:
            mark = _so(t, lex, i)
            if mark is not None:
                found.append(mark)
                continue
        if word not in lex.heads or i < taken or t.quote[i] != OUTSIDE:
            continue
        verb, mark = lex.verbs.get(word), None
        for words, kind in lex.phrases_at(t.fold, i):
            if tuple(t.fold[i : i + len(words)]) == words:
                mark = _phrase(t, lex, (i, i + len(words)), kind)
                break
        if mark is None and verb is not None and t.form[i][0].islower():
            mark = _verb(t, lex, i, verb)
        if mark is not None:
            found.append(mark)
            taken = mark.cue[1]
    hedged = unmarked(t, [i for i, word in enumerate(t.fold) if word in lex.hedge], found)
    return sorted([*found, *hedges(t, lex, hedged)], key=lambda m: m.cue)


def _phrase(t: Tokens, lex: Lexicon, cue: Range, kind: str) -> Mark | None:
    low, high = t.bounds(cue[0])
    if kind == "according":
        return _according(t, lex, cue, low, high)
    if kind == "interview":
        source = _phrase_behind(t, lex, cue[1], high)
        if source is None or not any(t.form[k][0].isupper() for k in range(*source)):
            return None
        return Mark((source,), cue, (), "interview", "neutral", "interview", 0.8)
    source = None if kind == "impersonal" else subject(t, lex, cue[0], low)
    rest = (cue[1], _trim(t, cue[1], high)) if kind == "impersonal" else None
    said = (rest,) if rest and rest[0] < rest[1] else ()
    return Mark((source,) if source else (), cue, said, _KINDS[kind], "neutral", kind, 0.8)


def _according(t: Tokens, lex: Lexicon, cue: Range, low: int, high: int) -> Mark | None:
    """ "Laut Polizei …", "…, selon la préfecture", "der Polizei zufolge": the rest of the sentence is the content."""
    behind_it = t.fold[cue[1] - 1] not in _BEHIND or cue[1] - cue[0] > 1
    if lex.language == "de" and t.fold[cue[0]] == "nach" and cue[1] - cue[0] == 2:
        cue = (cue[0], cue[0] + 1)  # "nach Angaben des Ministeriums": the Angaben belong to the source
    if behind_it:
        source = _phrase_behind(t, lex, cue[1], high)
    else:
        start = cue[0]
        while start > low and t.form[start - 1][0].isalnum() and cue[0] - start < 8 and not finite(t.fold[start - 1]):
            start -= 1
        source = (start, cue[0]) if start < cue[0] else None
    if source is None or (t.fold[cue[0]] in {"pour", "para"} and not _sure(t, lex, cue, source, low)):
        return None
    left, right = min(cue[0], source[0]), max(cue[1], source[1])
    said = []
    if left - low >= 3:
        end = left - (t.fold[left - 1] == ",")
        said.append((low, end))
    if right < high and high - right > 3 and (left - low < 3 or t.fold[right] != "."):
        start = right + (t.fold[right] == ",")
        said.append((start, _trim(t, start, high)))
    return Mark((source,), cue, tuple(s for s in said if s[0] < s[1]), "statement", "neutral", "according", 0.9)


def _sure(t: Tokens, lex: Lexicon, cue: Range, source: Range, low: int) -> bool:
    """ "Pour" and "para" hand the word to somebody only at the head of a sentence and before a title or a name and a comma."""
    titled = any(t.fold[k] in lex.titles for k in range(*source))
    return cue[0] == low and source[1] < len(t) and t.fold[source[1]] == "," and titled


def _verb(t: Tokens, lex: Lexicon, i: int, verb: Verb) -> Mark | None:
    low, high = t.bounds(i)
    begin = helpers(t, lex, i, low)
    spoken = i > low and (t.quote[i - 1] == CLOSING or t.fold[i - 1] == ",")
    spoken = spoken or (i == low and i > 0 and t.quote[i - 1] == CLOSING and t.paragraph[i - 1] == t.paragraph[i])
    spoken = spoken or (begin < i and begin > low and (t.quote[begin - 1] == CLOSING or t.fold[begin - 1] == ","))
    stance = verb.stance
    kind = {"deny": "denial", "think": "opinion"}.get(verb.group, "statement")
    if spoken or (t.fold[i - 1 : i] == ["-"]):
        start = i + 1
        while start < high and (
            t.fold[start] in {"-", "t", "sich", "auch", "dazu"}
            or (t.fold[start] in lex.auxiliary and lex.language == "de")
        ):
            start += 1
        if start + 1 < high and t.fold[start] in _PRONOUNS.get(lex.language, ()):
            source: Range | None = (start, start + 1)
        else:
            source = _phrase_behind(t, lex, start, high)
        if source is not None and t.fold[source[0]] not in lex.weekdays and (verb.strong or is_source(t, lex, source)):
            cue = (min(begin, i), i + 1)
            return Mark((source,), cue, tuple(content(t, lex, cue, source)), kind, stance, "inverted", 0.9)
    source = subject(t, lex, i, low)
    if lex.language == "de" and passive(t, i, low, high):
        return None
    if any(w in _BEEN for w in t.fold[max(low, i - 3) : i]):
        return None
    if lex.language == "de" and low < i and t.fold[low] in OPENS and (source is None or source[0] <= low + 1):
        source = _phrase_behind(t, lex, i + 1, high)  # the verb stands second, its subject behind it
    elif source is not None:
        cut = next((k for k in range(source[0] + 1, source[1]) if finite(t.fold[k])), source[1])
        source = (source[0], cut)
    if source is None or not (verb.strong or is_source(t, lex, source)):
        return None
    if not is_source(t, lex, source) and not _introduces(t, i, high):
        return None
    if not verb.strong and verb.group not in {"assert", "deny"} and not _introduces(t, i, high):
        return None
    cue = (begin, i + 1 + (i + 1 < high and t.fold[i + 1] in _THAT))
    said = content(t, lex, cue, source)
    return Mark((source,), cue, tuple(_without_that(t, s) for s in said), kind, stance, verb.group, 0.7)


def _so(t: Tokens, lex: Lexicon, i: int) -> Mark | None:
    """ "…", so Celebi: a source behind a quotation or clause, up to the next mark."""
    low, high = t.bounds(i)
    if i == 0 or not (t.quote[i - 1] == CLOSING or (t.fold[i - 1] == "," and i - low > 4)):
        return None
    source = _phrase_behind(t, lex, i + 1, high)
    if (
        source is None
        or (source[1] < high and t.fold[source[1]] not in {",", ".", ":"})
        or not any(t.form[k][0].isupper() for k in range(*source))
    ):
        return None
    return Mark(
        (source,), (i, i + 1), tuple(content(t, lex, (i, i + 1), source)), "statement", "neutral", "inverted", 0.8
    )


def _introduces(t: Tokens, i: int, high: int) -> bool:
    """Whether a that-clause, a colon or a quotation follows a verb."""
    for k in range(i + 1, min(high, i + 7)):
        if t.fold[k] in _THAT or t.fold[k] == ":" or t.quote[k] == OPENING or (t.fold[k] == "," and k == i + 1):
            return True
    return False


def _without_that(t: Tokens, said: Range) -> Range:
    start, end = said
    while start < end - 1 and (t.fold[start] in _THAT or t.fold[start] in {",", "'", ":"}):
        start += 1
    return start, end


def _phrase_behind(t: Tokens, lex: Lexicon, start: int, high: int) -> Range | None:
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
        if end > start and (word in _TOWARDS and outlet_at(t, end + 1, high) or _opens_phrase(t, lex, end)):
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
    if k >= high or not (t.form[k][0].isupper() or t.form[k].isdigit() or t.fold[k] in lex.determiners | lex.titles | {"de"}):
        return comma
    while k < high and k - comma < 12 and t.quote[k] == t.quote[comma]:
        word = t.fold[k]
        if word in (",", ".", ";", ":"):
            return k if k - comma > 2 or t.form[k - 1][0].isupper() else comma
        if (word in lex.verbs and t.form[k][0].islower()) or word in lex.clause or (word in lex.auxiliary and word not in _OF):
            return comma
        k += 1
    return comma


def _opens_phrase(t: Tokens, lex: Lexicon, at: int) -> bool:
    """Whether a multi-word cue begins here: "en declaraciones a", "em entrevista à"."""
    return any(t.fold[at : at + len(words)] == [*words] and len(words) > 1 for words, _ in lex.phrases_at(t.fold, at))


def _trim(t: Tokens, start: int, high: int) -> int:
    end = high
    while end > start and t.fold[end - 1] in {".", ",", ";", ":", "!"}:
        end -= 1
    return end
