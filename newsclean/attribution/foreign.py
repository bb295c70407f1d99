"""Foreign: attributions in German, French, Spanish, Portuguese and Italian, by verbs of speech and "according to".

Less deep than English: a verb of speech with its subject before or behind it, quotations, "laut", "selon", "según",
refusals to comment and anonymity.  What these languages' texts leave to word order or the subjunctive is not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from newsclean.attribution.clauses import Range, helpers, subject
from newsclean.attribution.cues import Lexicon, Verb
from newsclean.attribution.foreign_nouns import TOWARDS, cut_at_comma, phrase_behind
from newsclean.attribution.german import OPENS, finite, passive
from newsclean.attribution.known import outlet_at
from newsclean.attribution.mark import Mark
from newsclean.attribution.nouns import is_source
from newsclean.attribution.phrases import hedges, unmarked
from newsclean.attribution.said import content
from newsclean.attribution.tokens import CLOSING, OPENING, OUTSIDE, Tokens

__all__ = ["find_foreign"]

_THAT: Final = frozenset(["dass", "daß", "que", "qu", "che"])
_PRONOUNS: Final = {"fr": ("il", "elle", "on", "ils", "elles"), "de": ("er", "sie", "es")}
_BEEN: Final = frozenset(("été", "sido", "stato", "stata", "stati"))
_FILLERS: Final = frozenset(["quanto", "lo", "que", "o", "foi", "ha", "è", "stato", "ce", "qu", "a", "l'", "l"])
_FROM: Final = frozenset(
    ["por", "pela", "pelo", "par", "da", "dal", "dall", "dalla", "dall'", "'", "’", "a", "à", "al", "ao", "all", "alla"]
)
_AS: Final = frozenset(["como", "come", "comme", "así", "assim"])
_ADVERBIAL: Final = frozenset(
    ["a", "al", "en", "tras", "durante", "por", "em", "à", "ao", "após", "dans", "lors", "après", "nel", "dopo"]
)
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
        source = phrase_behind(t, lex, cue[1], high)
        if source is None or not any(t.form[k][0].isupper() for k in range(*source)):
            return None
        return Mark((source,), cue, (), "interview", "neutral", "interview", 0.8)
    source = None if kind == "impersonal" else subject(t, lex, cue[0], low)
    rest = (cue[1], _trim(t, cue[1], high)) if kind == "impersonal" else None
    said = (rest,) if rest and rest[0] < rest[1] else ()
    return Mark((source,) if source else (), cue, said, _KINDS[kind], "neutral", kind, 0.8)


def _according(t: Tokens, lex: Lexicon, cue: Range, low: int, high: int) -> Mark | None:
    """ "Laut Polizei …", "…, selon la préfecture", "der Polizei zufolge": the rest of the sentence is the content."""
    spoken = _spoken(t, lex, cue, high)
    if spoken is not None:
        cue, said_by = spoken[0], cut_at_comma(t, spoken[1])
        return Mark((said_by,), cue, tuple(content(t, lex, cue, said_by)), "statement", "neutral", "according", 0.9)
    behind_it = t.fold[cue[1] - 1] not in _BEHIND or cue[1] - cue[0] > 1
    if lex.language == "de" and t.fold[cue[0]] == "nach" and cue[1] - cue[0] == 2:
        cue = (cue[0], cue[0] + 1)  # "nach Angaben des Ministeriums": the Angaben belong to the source
    if behind_it:
        source = phrase_behind(t, lex, cue[1], high)
    else:
        start = cue[0]
        while start > low and t.form[start - 1][0].isalnum() and cue[0] - start < 8 and not finite(t.fold[start - 1]):
            start -= 1
        source = (start, cue[0]) if start < cue[0] else None
    if source is not None and cue[0] - low < 3:
        source = cut_at_comma(t, source)
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


def _spoken(t: Tokens, lex: Lexicon, cue: Range, high: int) -> tuple[Range, Range] | None:
    """ "Según informó a EFE la alcaldesa", "secondo quanto riferito dall'ANSA": the cue with its verb, and who stands behind."""
    k = cue[1]
    while k < high and t.fold[k] in _FILLERS:
        k += 1
    if k >= high or t.fold[k] not in lex.verbs or not t.form[k][0].islower():
        return None
    start = k + 1
    while start < high and t.fold[start] in _FROM:
        start += 1
    told = outlet_at(t, start, high) if t.fold[start - 1] in TOWARDS else None
    start = told[0] if told is not None and told[0] < high and t.form[told[0]][0].isalpha() else start
    source = phrase_behind(t, lex, start, high)
    return ((cue[0], k + 1), source) if source is not None else None


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
    if spoken or t.fold[i - 1 : i] == ["-"] or (begin > low and t.fold[begin - 1] in _AS) or t.fold[low:i] == ["lo"]:
        start = i + 1
        while start < high and (
            t.fold[start] in {"-", "t", "sich", "auch", "dazu"}
            or (t.fold[start] in lex.auxiliary and lex.language == "de")
        ):
            start += 1
        if start + 1 < high and t.fold[start] in _PRONOUNS.get(lex.language, ()):
            source: Range | None = (start, start + 1)
        else:
            source = phrase_behind(t, lex, _behind_adverbial(t, lex, start, high), high)
        if source is not None and t.fold[source[0]] in lex.clause | _THAT:
            source = None  # "…, Rui Alves, garantiu que": it stands before the verb
        if source is not None and t.fold[source[0]] not in lex.weekdays and (verb.strong or is_source(t, lex, source)):
            cue = (min(begin, i), i + 1)
            said = _without_venue(t, content(t, lex, cue, source))
            return Mark((source,), cue, tuple(said), kind, stance, "inverted", 0.9)
    source = subject(t, lex, i, low)
    if lex.language == "de" and passive(t, i, low, high):
        return None
    if any(w in _BEEN for w in t.fold[max(low, i - 3) : i]):
        return None
    if lex.language == "de" and low < i and t.fold[low] in OPENS and (source is None or source[0] <= low + 1):
        source = phrase_behind(t, lex, i + 1, high)  # the verb stands second, its subject behind it
    elif source is not None:
        cut = next((k for k in range(source[0] + 1, source[1]) if finite(t.fold[k])), source[1])
        source = (source[0], cut)
    if source is None and begin > low + 1 and t.fold[begin - 1] == ",":
        source = _before_aside(t, lex, begin - 1, low)
    that = i + 1 < high and t.fold[i + 1] in _THAT
    if source is None or not (verb.strong or that or is_source(t, lex, source)):
        return None
    if not is_source(t, lex, source) and not _introduces(t, i, high):
        return None
    if not verb.strong and verb.group not in {"assert", "deny"} and not _introduces(t, i, high):
        return None
    cue = (_asked(t, source[0], begin, low), i + 1 + (i + 1 < high and t.fold[i + 1] in _THAT))
    said = _without_venue(t, content(t, lex, cue, source))
    return Mark((source,), cue, tuple(_without_that(t, s) for s in said), kind, stance, verb.group, 0.7)


def _asked(t: Tokens, source: int, begin: int, low: int) -> int:
    """Where the cue of "a-t-elle dit" begins: at what stands before the pronoun and its hyphens."""
    k = source
    while t.form[source][0].islower() and k > low and k > source - 4 and t.form[k - 1] in ("-", "t"):
        k -= 1
    return k - 1 if k < source and k > low else begin


def _without_venue(t: Tokens, said: Sequence[Range]) -> list[Range]:
    """What was said, but for the outlet that it was said to."""
    kept = []
    for a, b in said:
        told = outlet_at(t, a + 1, b) if t.fold[a] in TOWARDS else None
        if told is None:
            kept.append((a, b))
        elif b - told[0] > 2:
            kept.append((told[0], b))
    return kept


def _before_aside(t: Tokens, lex: Lexicon, comma: int, low: int) -> Range | None:
    """The subject before an aside between commas: "Montalvo, en cambio, denunció", "le groupe, spécialisé dans …, a annoncé"."""
    opened = next((k for k in range(comma - 1, max(low, comma - 14), -1) if t.fold[k] == ","), None)
    if opened is None or t.quote[opened] != t.quote[comma]:
        return None
    return subject(t, lex, opened, low)


def _behind_adverbial(t: Tokens, lex: Lexicon, start: int, high: int) -> int:
    """Behind "a la salida" in "me dijo a la salida una espectadora": the last determiner of the next few words."""
    if start >= high or t.fold[start] not in _ADVERBIAL or t.fold[start] in lex.determiners:
        return start
    near = range(start + 2, min(high, start + 6))
    return next((k for k in reversed(near) if t.fold[k] in lex.determiners), start)


def _so(t: Tokens, lex: Lexicon, i: int) -> Mark | None:
    """ "…", so Celebi: a source behind a quotation or clause, up to the next mark."""
    low, high = t.bounds(i)
    if i == 0 or not (t.quote[i - 1] == CLOSING or (t.fold[i - 1] == "," and i - low > 4)):
        return None
    source = phrase_behind(t, lex, i + 1, high)
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


def _trim(t: Tokens, start: int, high: int) -> int:
    end = high
    while end > start and t.fold[end - 1] in {".", ",", ";", ":", "!"}:
        end -= 1
    return end
