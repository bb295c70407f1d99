"""Rules: attributions read off cues and clauses, in one pass over the tokens.

What they find alone is ``Config(attribution="rules")``; beside the tagger they are its surest features, and bring
what its corpus has no labels for: refusals to comment, anonymity, limits of one"s own verification.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from newsclean.attribution.clauses import Range, helpers, phrase_before, subject, trimmed
from newsclean.attribution.cues import Lexicon, Verb
from newsclean.attribution.mark import Mark
from newsclean.attribution.nouns import behind, is_source
from newsclean.attribution.phrases import hedges, papers, phrase_mark, unmarked
from newsclean.attribution.said import content, spoken_after
from newsclean.attribution.tokens import CLOSING, INSIDE, OPENING, OUTSIDE, Tokens

__all__ = ["find_marks"]

_BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"])
_GOES: Final = frozenset(["say", "communicate", "assert", "distance", "deny"])
_MODAL: Final = frozenset(
    [
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "should",
        "shall",
        "'ll",
        "'d",
        "do",
        "does",
        "did",
        "to",
        "not",
        "n't",
        "'t",
    ]
)
_KINDS: Final = {"deny": "denial", "think": "opinion"}
_JUDGES: Final = frozenset(["reject", "oppose", "decline", "refuse", "dismiss", "rule"])
_NO_SOURCE: Final = frozenset(["", "that", ":", "to"])
"""What follows a verb behind a quotation when its subject does not: nothing, or more of what was said."""
_PARAGRAPH_QUOTE: Final = 8
"""Tokens from which a paragraph that is one quotation is a block quotation."""


def find_marks(t: Tokens, lex: Lexicon) -> list[Mark]:
    """The attributions that an English text's words give away, in the order of their cues.

    It reads cues outside of quotation marks, and those inside block quotations that no cue introduces.
    """
    blocks, verbs = _blocks(t), lex.verbs
    found: list[Mark] = []
    taken = -1
    places = lex.places(t.fold, t.spots)
    for i in places:
        if i < taken:
            continue
        state = t.quote[i]
        if state != OUTSIDE and (state != INSIDE or t.paragraph[i] not in blocks):
            continue
        word = t.fold[i]
        mark = phrase_mark(t, lex, i, lex.phrases_at(t.fold, i)) if word in lex.phrases else None
        if mark is None and word in verbs and t.form[i][0].islower():
            mark = _verb(t, lex, i, verbs[word], found)
        if mark is not None:
            found.append(mark._replace(nested=True) if state == INSIDE else mark)
            taken = mark.cue[1]
    rest = unmarked(t, [i for i in places if t.fold[i] in lex.soft], found)
    return sorted([*found, *hedges(t, lex, rest), *papers(t, lex, rest)], key=attrgetter("cue"))


def _blocks(t: Tokens) -> frozenset[int]:
    """The paragraphs that are one quotation from their first token to their last."""
    blocks: set[int] = set()
    if INSIDE not in t.quote:
        return frozenset(blocks)
    begin, size = 0, len(t)
    for i in [i for i in t.first if i]:
        if i == size or t.paragraph[i] != t.paragraph[begin]:
            if i - begin >= _PARAGRAPH_QUOTE and t.quote[begin] in (OPENING, INSIDE):
                inside = OPENING not in t.quote[begin + 1 : i] and OUTSIDE not in t.quote[begin : i - 1]
                if inside:
                    blocks.add(t.paragraph[begin])
            begin = i
    return frozenset(blocks)


def _verb(t: Tokens, lex: Lexicon, i: int, verb: Verb, found: Sequence[Mark]) -> Mark | None:
    """A verb with a subject before it, one behind it, or the subject of the verb it is joined to."""
    (low, high), fold, form = t.bounds(i), t.fold, verb.form
    before, following = fold[i - 1] if i > 0 else "", fold[i + 1] if i + 1 < high else ""
    helped = before in lex.auxiliary or before == "and" or before.endswith("ly")
    begin = helpers(t, lex, i, low) if helped else i
    word, helping = fold[i], fold[begin:i]
    if form == "past":
        if helping and not _BE.isdisjoint(helping):
            return _passive(t, lex, (begin, i + 1), verb)
        if following == "by" and not helping:
            return _passive(t, lex, (i, i + 1), verb)
    elif before == "'s" and helping:
        return None  # a noun: "the mayor's remarks"
    if word in lex.hedge and (before in lex.determiners or before == "'s" or word not in lex.verbs):
        return None  # an adjective: "its alleged role"
    if form == "gerund" and _BE.isdisjoint(helping):
        return _participle(t, lex, i, verb, found)
    if begin == i and following not in _NO_SOURCE and verb.group in _GOES and _after_speech(t, i, low):
        if form != "past" and word in lex.noun:
            return None
        source = behind(t, lex, i + 1, high)
        if source is not None and is_source(t, lex, source) and word != "thanks":
            return _made(t, lex, ((source,), (i, i + 1)), verb, ("inverted", 0.9))
    if form == "base" and word != "say" and _MODAL.isdisjoint(helping) and not _plural_before(t, lex, begin, low):
        return None
    if helping == ["to"]:
        return None
    cue = (begin, i + 2 if following == "that" else i + 1)
    source = phrase_before(t, lex, begin, low)
    if source is None or not (verb.strong or is_source(t, lex, source)):
        joint = fold[begin - 1] if begin > 0 else ""
        if joint in {"and", "but", ","} or (source is None and joint == "or"):
            return _joined(t, lex, cue, verb, found)
        return None
    if not helping and word in lex.noun and not _singular(t, lex, source) and not _quotes(t, i, high):
        return None
    if not verb.strong and _has_verb(t, lex, source):
        return None
    if not _speaks(t, lex, i, verb, source):
        return None
    return _made(t, lex, ((source,), cue), verb, (verb.group, 0.9 if verb.strong else 0.6))


def _cue_end(t: Tokens, i: int, high: int) -> int:
    return i + 2 if i + 1 < high and t.fold[i + 1] == "that" else i + 1


def _after_speech(t: Tokens, i: int, low: int) -> bool:
    """Whether a verb stands right behind a quotation or a clause that a comma closes."""
    if i in (0, low):
        return i > 0 and t.quote[i - 1] == CLOSING and t.paragraph[i - 1] == t.paragraph[i]
    return t.quote[i - 1] == CLOSING or t.fold[i - 1] == ","


def _plural_before(t: Tokens, lex: Lexicon, begin: int, low: int) -> bool:
    """Whether what stands before a base form is plural, so that "officials say" is a sentence."""
    if begin <= low:
        return False
    word = t.fold[begin - 1]
    if word in {"they", "we", "i", "you", "who", "people", "police", "many", "some", "others", "most", "officials"}:
        return True
    if word == "," or t.form[begin - 1] in (")", "”"):
        return False
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3


def _singular(t: Tokens, lex: Lexicon, source: Range) -> bool:
    """Whether a subject takes a verb in -s, so that "claims" behind it is one: "Ms. Ellery claims", not "the claims"."""
    word = t.fold[source[1] - 1]
    if word in {"he", "she", "it", "who"}:
        return True
    forms = t.form[source[0] : source[1]]
    if t.fold[source[0]] in lex.determiners and forms[0] not in {"The", "the"}:
        return False
    named = forms[1:] if forms[0] in {"The", "the"} else forms
    if named and all(f[0].isupper() or f == "." for f in named) and not word.endswith(("ns", "ers")):
        return True
    return word in lex.titles


def _quotes(t: Tokens, i: int, high: int) -> bool:
    """Whether a that-clause, a colon or a quotation follows at once."""
    return i + 1 < high and (t.fold[i + 1] in {"that", ":"} or OPENING in t.quote[i + 1 : min(high, i + 4)])


def _has_verb(t: Tokens, lex: Lexicon, source: Range) -> bool:
    """Whether what looks like a subject is a clause of its own: "the mayor refused to give detailed (answers)"."""
    for k in range(source[0] + 1, source[1]):
        if t.fold[k] in {"who", "that", "which", "whose"}:
            return False
        verb = lex.verbs.get(t.fold[k])
        if verb is not None and verb.form in {"past", "third"} and t.form[k][0].islower() and t.fold[k] not in lex.noun:
            return t.fold[k - 1] not in {"the", "a", "an", "his", "her", "their", "its"}
    return False


def _speaks(t: Tokens, lex: Lexicon, i: int, verb: Verb, source: Range) -> bool:
    """Whether a verb that also means other things is a cue here: by what follows it, or by who its subject is."""
    if verb.strong:
        return True
    high = t.bounds(i)[1]
    following = t.fold[i + 1] if i + 1 < high else ""
    if following in {",", "."} and source[0] > 0 and t.fold[source[0] - 1] == ",":
        return verb.group != "show"  # ", she predicted,"
    if following in {"that", ":"} or OPENING in t.quote[i + 1 : min(high, i + 7)]:
        return True
    if verb.group in {"assert", "deny", "doubt"}:
        return True
    if verb.lemma == "hint":
        return True
    if verb.group == "think":
        if verb.form == "gerund" and t.fold[i - 1] in {"been", "is", "are", "was", "were"}:
            return True
        return following in {
            "the",
            "a",
            "to",
            "it",
            "he",
            "she",
            "they",
            "his",
            "her",
            "their",
            "in",
            "about",
            "for",
            "with",
            "more",
            "no",
            "any",
            "all",
            "this",
        } or (i + 1 < high and t.form[i + 1][0].isupper())
    if verb.group == "show":
        return any(
            t.fold[k] in lex.noun
            or t.fold[k]
            in {
                "poll",
                "survey",
                "study",
                "data",
                "records",
                "documents",
                "analysis",
                "figures",
                "researchers",
                "investigators",
            }
            for k in range(*source)
        )
    return verb.group == "communicate" and following not in {
        "",
        ".",
        ",",
        "by",
        "in",
        "at",
        "on",
        "with",
        "from",
        "for",
        "through",
    }


def _passive(t: Tokens, lex: Lexicon, cue: Range, verb: Verb) -> Mark | None:
    """ "is endorsed by Canada": the agent is the source, the subject is the content; without an agent there is none."""
    low, high = t.bounds(cue[0])
    by = next((k for k in range(cue[1], min(high, cue[1] + 3)) if t.fold[k] == "by"), None)
    if by is None:
        return None
    source = behind(t, lex, by + 1, high)
    if source is None or not is_source(t, lex, source):
        return None
    said = subject(t, lex, cue[0], low)
    kind = "statement" if verb.group in _GOES else "opinion"
    stance = verb.stance
    score = 0.7 if by > cue[0] + 1 else 0.4  # "is endorsed by", and "a letter signed by"
    return Mark((source,), (cue[0], by + 1), (said,) if said else (), kind, stance, "passive", score)


def _participle(t: Tokens, lex: Lexicon, i: int, verb: Verb, found: Sequence[Mark]) -> Mark | None:
    """ "…, adding that": the source is that of the cue before it in the sentence, or the subject of the sentence."""
    if (
        verb.group in {"think", "show"}
        or i == t.bounds(i)[0]
        or not (t.fold[i - 1] in {",", "and", "while"} or t.quote[i - 1] == CLOSING)
    ):
        return None
    if (
        not verb.strong
        and i + 1 < len(t)
        and t.fold[i + 1] not in {"that", ":", "the", "a", "it", "his", "her", "their"}
        and t.quote[i + 1] != OPENING
    ):
        return None
    return _joined(t, lex, (i, _cue_end(t, i, len(t))), verb, found)


def _joined(t: Tokens, lex: Lexicon, cue: Range, verb: Verb, found: Sequence[Mark]) -> Mark | None:
    """A second verb of the same subject: the source of the last cue of its sentence."""
    low, _ = t.bounds(cue[0])
    rule = "participle" if verb.form == "gerund" else "joined"
    for mark in reversed(found[-3:]):
        if mark.cue[0] < low:
            break
        if mark.source and mark.kind in {"statement", "opinion", "denial", "report", "no_comment"}:
            if not _speaks(t, lex, cue[1] - 1, verb, mark.source[0]):
                return None
            return _made(t, lex, (mark.source, cue), verb, (rule, 0.7))
    if t.fold[low] in lex.pronouns and t.fold[low] in {"he", "she", "they", "we", "i"}:
        return _made(t, lex, (((low, low + 1),), cue), verb, (rule, 0.5))
    if rule == "participle":
        start = low + (t.quote[low] == OPENING)
        k = start
        while k < cue[0] and not (t.fold[k] in lex.verbs and t.form[k][0].islower()) and t.fold[k] not in lex.auxiliary:
            k += 1
        source = trimmed(t, lex, (start, k)) if start < k < cue[0] and k - start < 15 else None
        if source is not None and is_source(t, lex, source) and t.fold[source[1] - 1] != ",":
            return _made(t, lex, ((source,), cue), verb, (rule, 0.5))
    return None


def _made(t: Tokens, lex: Lexicon, parts: tuple[tuple[Range, ...], Range], verb: Verb, how: tuple[str, float]) -> Mark:
    (source, cue), (rule, score) = parts, how
    near = source[-1] if source and abs(source[-1][0] - cue[0]) < 60 and rule not in {"joined", "participle"} else None
    said = content(t, lex, cue, near) if near is not None else spoken_after(t, lex, cue)
    kind = "opinion" if verb.lemma in _JUDGES else _KINDS.get(verb.group, "statement")
    return Mark(source, cue, tuple(said), kind, verb.stance, rule, score)
