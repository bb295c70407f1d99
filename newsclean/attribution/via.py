"""Via: the outlet through which a word came - whom it was told, who held the interview, in whose report it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newsclean.attribution.clauses import Range, subject
from newsclean.attribution.cues import Lexicon
from newsclean.attribution.known import OUTLETS, Who, outlet_at
from newsclean.attribution.link import Linker
from newsclean.attribution.mark import Mark
from newsclean.attribution.nouns import behind
from newsclean.attribution.tokens import INSIDE, OPENING, Tokens

__all__ = ["Made", "bare", "cited", "handed_on", "venue", "was_told"]

_TO: Final = frozenset(["told", "tell", "tells", "telling", "informed"])
_TOWARDS: Final = {
    "en": frozenset(["to", "with"]),
    "de": frozenset(["der", "dem", "gegenüber", "mit"]),
    "fr": frozenset(["à", "au", "avec", "de"]),
    "es": frozenset(["a", "al", "con"]),
    "pt": frozenset(["à", "ao", "a", "com"]),
    "it": frozenset(["a", "al", "all", "alla", "allo", "con"]),
}
"""Words behind a cue before the outlet that was told: "sagte der dpa", "a-t-elle dit à l'AFP", "dijo a EFE"."""
_SEEN: Final = frozenset(
    [
        "seen",
        "obtained",
        "reviewed",
        "viewed",
        "consulté",
        "consultée",
        "cité",
        "citée",
        "visto",
        "vista",
        "consultado",
        "consultada",
        "citado",
        "citada",
        "citato",
        "citata",
    ]
)
_WORDS_OF: Final = frozenset(
    [
        "angaben",
        "auskunft",
        "informationen",
        "einschätzung",
        "aussage",
        "aussagen",
        "meinung",
        "ansicht",
        "darstellung",
        "worten",
    ]
)
_GENITIVE: Final = frozenset(["der", "des", "dieser", "dieses", "von", "eines", "einer"])
_BY: Final = frozenset(["by", "par", "por", "da", "dal", "dall", "dalla"])
_SPEAKS: Final = frozenset(("statement", "opinion", "denial", "interview", "no_comment", "disclosure", "document", "no_source"))  # fmt: skip
_NEAR: Final = 2
"""Paragraphs between two block quotations of one outlet that still retell it."""


class Made(NamedTuple):
    """A mark with who speaks and through whom."""

    mark: Mark
    who: Who
    via: str | None


def venue(t: Tokens, lex: Lexicon, mark: Mark, linker: Linker) -> str | None:
    """The outlet to which a word was given: "told CNN", "revealed to Reuters", "a letter seen by the BBC".

    An outlet that holds the interview itself ("The Post interviewed …") or rests on interviews is one too.
    """
    a, b = mark.cue
    words, (low, high) = t.fold[a:b], t.bounds(b - 1)
    if mark.kind == "disclosure" or words[0] == "interviewed":
        asked = subject(t, lex, a, low) if words[-1] in {"with", "by", "interviewed"} else None
        return _outlet(t, linker, asked) if asked is not None else None
    if mark.source and not _SEEN.isdisjoint(t.fold[slice(*mark.source[0])]):
        at, end = bare(t, mark.source[0])[1], mark.source[0][1]
        if at < end:
            return _outlet(t, linker, (at + 2, end))
    if words[0] == "according":
        return None
    if not _TO.isdisjoint(words):
        at = next(k + 1 for k in range(b - 1, a - 1, -1) if t.fold[k] in _TO)
        return _named_at(t, lex, linker, (at, high))
    last = max(b, mark.source[0][1]) if mark.source and mark.source[0][1] < high else b
    towards = _TOWARDS[lex.language]
    if towards.isdisjoint(t.fold[a : last + 3]):
        return None
    for k in range(a, min(high - 1, last + 3)):
        if t.fold[k] in towards and t.quote[k] != OPENING:
            named = _named_at(t, lex, linker, (k + 1, high))
            if named is not None:
                return named
    return None


def bare(t: Tokens, found: Range) -> Range:
    """A source without who saw or cited it: "a letter" of "a letter seen by the BBC"."""
    start, end = found
    if t.fold[start] in _WORDS_OF and end - start > 2 and t.fold[start + 1] in _GENITIVE:
        start += 1  # "Angaben der Caritas" are the Caritas's
    if _SEEN.isdisjoint(t.fold[start:end]):
        return start, end
    at = next((k for k in range(start + 1, end - 1) if t.fold[k] in _SEEN and t.fold[k + 1] in _BY), end)
    return start, at


def _named_at(t: Tokens, lex: Lexicon, linker: Linker, within: Range) -> str | None:
    """The outlet whose name begins a range."""
    at, high = within
    if lex.language != "en":
        known = outlet_at(t, at, high)
        return known[1] if known is not None else None
    if at >= high or not (t.form[at][0].isupper() or t.fold[at] == "the"):
        return None
    found = behind(t, lex, at, min(high, at + 8))
    if found is None:
        return None
    end = next((k for k in range(found[0] + 1, found[1]) if t.fold[k] in {"that", "'s", "in", "on"}), found[1])
    return _outlet(t, linker, (found[0], end))


def _outlet(t: Tokens, linker: Linker, found: Range) -> str | None:
    who = linker.outlet(found)
    return who.name if who is not None else None


def cited(t: Tokens, lex: Lexicon, mark: Mark, who: Who) -> Mark | None:
    """ "…, Bloomberg reported, citing two people": the mark with those two as its source; None for another mark."""
    if who.type not in OUTLETS:
        return None
    at = next((k for k in range(*mark.cue) if t.fold[k] in {"citing", "quoting"}), None)
    if at is None:
        return None
    source = behind(t, lex, at + 1, t.bounds(at)[1])
    return mark._replace(source=(source,)) if source is not None else None


def was_told(t: Tokens, mark: Mark, who: Who) -> bool:
    """ "The Gazette has been told that": the outlet is no source but who was told; who told it is left open."""
    if who.type not in OUTLETS:
        return False
    words = t.fold[slice(*mark.cue)]
    return "told" in words and not {"been", "was", "were"}.isdisjoint(words)


def handed_on(t: Tokens, made: Sequence[Made]) -> list[Made]:
    """The marks with what only all of them tell: whose report or interview a word stands in, whom the text retells."""
    outlets = [m for m in made if m.who.is_outlet]
    reports = [m for m in outlets if m.mark.kind not in {"interview", "no_comment"}]
    interviews = {t.sentence[m.mark.cue[0]]: m.who.name for m in outlets if m.mark.kind == "interview"}
    blocks = [m for m in made if m.mark.rule == "block"]
    if not outlets and not blocks:
        return list(made)
    out = []
    for m in made:
        if m.via is None and m.mark.rule != "block" and m.mark.kind in _SPEAKS and m.who.type not in OUTLETS:
            via = _reporter(m.mark, reports) or interviews.get(t.sentence[m.mark.cue[0]]) or _retold(t, m.mark, blocks)
            out.append(m._replace(via=via) if via else m)
        else:
            out.append(m)
    return out


def _reporter(mark: Mark, reports: Sequence[Made]) -> str | None:
    """The outlet in whose report a cue stands, the narrowest one first."""
    around = [
        (b - a, m.who.name)
        for m in reports
        if m.mark is not mark
        for a, b in m.mark.content
        if a <= mark.cue[0] and mark.cue[1] <= b
    ]
    return min(around, default=(0, None), key=lambda x: x[0])[1]


def _retold(t: Tokens, mark: Mark, blocks: Sequence[Made]) -> str | None:
    """The outlet of the block quotations close before and behind a paragraph: the text goes on retelling it."""
    at = t.paragraph[mark.cue[0]]
    if not blocks or t.quote[mark.cue[0]] == INSIDE:
        return None
    near = [(t.paragraph[m.mark.cue[0]] - at, m.who.name) for m in blocks]
    before = {name for by, name in near if -_NEAR <= by < 0}
    behind_it = {name for by, name in near if 0 < by <= _NEAR}
    return next(iter(before & behind_it), None)
