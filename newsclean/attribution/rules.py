"""Rules: attributions read off cues and clauses, in one pass over the tokens.

What they find alone is ``Config(attribution="rules")``; beside the tagger they are its surest features, and bring
what its corpus has no labels for: refusals to comment, anonymity, limits of one's own verification.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from newsclean.attribution.clauses import Range, behind, content, helpers, is_source, spoken_after, subject, trimmed
from newsclean.attribution.cues import Lexicon, Verb
from newsclean.attribution.tokens import CLOSING, INSIDE, OPENING, OUTSIDE, Tokens

__all__ = ["Mark", "find_marks", "hedges", "tags"]

_BE: Final = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "'s", "'re"])
_GOES: Final = frozenset(["say", "communicate", "assert", "distance", "deny"])
_CONTENT_MARKS: Final = frozenset((":", ",", "that"))
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
_RELATION: Final = frozenset(["has", "have", "had", "having"]) | _BE
_ALONE: Final = frozenset(("comment", "anonymity", "interview", "disclosure"))

_PAPERS: Final = frozenset(
    [
        "warning",
        "warnings",
        "statement",
        "statements",
        "letter",
        "letters",
        "announcement",
        "message",
        "report",
        "reports",
        "memo",
        "email",
        "comments",
        "remarks",
    ]
)

_PARAGRAPH_QUOTE: Final = 8
"""Tokens from which a paragraph that is one quotation is a block quotation."""


@dataclass(frozen=True, slots=True)
class Mark:
    """An attribution in tokens: ranges of its source, cue and content, and which rule saw it.

    ``kind`` and ``stance`` are those of :class:`~newsclean.Attribution`; ``score`` says how sure the rule is.
    """

    source: tuple[Range, ...]
    cue: Range
    content: tuple[Range, ...]
    kind: str
    stance: str
    rule: str
    score: float = 0.8


def find_marks(t: Tokens, lex: Lexicon) -> list[Mark]:
    """The attributions that an English text's words give away, in the order of their cues.

    It reads cues outside of quotation marks, and those inside block quotations that no cue introduces.
    """
    blocks = _blocks(t)
    found: list[Mark] = []
    taken = -1
    heads = lex.heads
    for i in [i for i, word in enumerate(t.fold) if word in heads]:
        if i < taken:
            continue
        word = t.fold[i]
        phrases, verb = lex.phrases.get(word), lex.verbs.get(word)
        state = t.quote[i]
        if state != OUTSIDE and (state != INSIDE or t.paragraph[i] not in blocks):
            continue
        mark = None
        if phrases is not None:
            mark = _phrase(t, lex, i, phrases)
        if mark is None and verb is not None and t.form[i][0].islower():
            mark = _verb(t, lex, i, verb, found)
        if mark is not None:
            found.append(mark)
            taken = mark.cue[1]
    return sorted([*found, *hedges(t, lex, found), *_papers(t, lex, found)], key=lambda m: m.cue)


def hedges(t: Tokens, lex: Lexicon, found: Sequence[Mark]) -> Iterator[Mark]:
    """ "His alleged role", "reportedly": somebody says so, and the text does not say who."""
    known = {k for m in found for k in range(*m.cue)}
    hedges = lex.extra["hedge"]
    for i in [i for i, word in enumerate(t.fold) if word in hedges]:
        if i not in known and t.quote[i] == OUTSIDE and t.form[i][0].islower():
            _, high = t.bounds(i)
            end = i + 1
            while end < high and t.form[end][0].isalnum() and end - i < 8:
                end += 1
            said = ((i + 1, end),) if end > i + 1 else ()
            yield Mark((), (i, i + 1), said, "no_source", "distances", "hedge", 0.6)


def _papers(t: Tokens, lex: Lexicon, found: Sequence[Mark]) -> Iterator[Mark]:
    """ "A warning from the agency", "a statement by the ministry": word that is spoken of."""
    known = {k for m in found for k in range(*m.cue)}
    for i in [i + 1 for i, word in enumerate(t.fold[:-2]) if word in _PAPERS]:
        if t.fold[i] in ("from", "by") and i not in known and i - 1 not in known and t.quote[i] == OUTSIDE:
            source = behind(t, lex, i + 1, t.bounds(i)[1])
            if source is not None and any(t.form[k][0].isupper() for k in range(*source)):
                yield Mark((source,), (i - 1, i + 1), (), "document", "neutral", "paper", 0.6)


def _blocks(t: Tokens) -> frozenset[int]:
    """The paragraphs that are one quotation from their first token to their last."""
    blocks = set()
    begin, size = 0, len(t)
    for i in [i for i in t.first if i]:
        if i == size or t.paragraph[i] != t.paragraph[begin]:
            if i - begin >= _PARAGRAPH_QUOTE and t.quote[begin] in (OPENING, INSIDE):
                inside = OPENING not in t.quote[begin + 1 : i] and OUTSIDE not in t.quote[begin : i - 1]
                if inside:
                    blocks.add(t.paragraph[begin])
            begin = i
    return frozenset(blocks)


def _phrase(t: Tokens, lex: Lexicon, i: int, phrases: Sequence[tuple[tuple[str, ...], str]]) -> Mark | None:
    """A multi-word cue that begins at a token."""
    for words, kind in phrases:
        if tuple(t.fold[i : i + len(words)]) != words:
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
    if t.fold[cue[1] - 1] in ("told", "considered") and "by" in t.fold[cue[1] : cue[1] + 3]:
        return None
    after = (cue[1], _end(t, cue[1], high)) if cue[1] < high else None
    return Mark((), cue, (after,) if after and after[0] < after[1] else (), "no_source", "neutral", "impersonal", 0.7)


def _spoken(t: Tokens, lex: Lexicon, cue: Range, kind: str, said: Range | None) -> Mark:
    """A refusal to comment or a request for anonymity: whose it is stands before it."""
    low, _ = t.bounds(cue[0])
    source = subject(t, lex, cue[0], low)
    if source is None and cue[0] > low and t.fold[cue[0] - 1] in ("also", "who"):
        source = subject(t, lex, cue[0] - 1, low)
    return Mark((source,) if source else (), cue, (said,) if said else (), kind, "neutral", kind, 0.95)


def _rest(t: Tokens, lex: Lexicon, cue: Range) -> Range | None:
    """What was not commented on, up to the next mark."""
    _, high = t.bounds(cue[0])
    end = cue[1]
    while end < high and t.fold[end] not in (",", ";", ".", "but", "and") and t.quote[end] == t.quote[cue[0]]:
        end += 1
    return (cue[1], end) if end - cue[1] >= 2 else None


def _reason(t: Tokens, cue: Range) -> Range | None:
    """Why somebody is not named: what follows "because", "due to", "to discuss", "citing", "for fear"."""
    _, high = t.bounds(cue[0])
    for k in range(cue[1], min(high, cue[1] + 8)):
        if t.fold[k] in ("because", "due", "since", "citing", "for", "fearing", "to", "as") and k + 1 < high:
            end = k
            while end < high and t.fold[end] not in (";", ".") and t.quote[end] not in (OPENING, CLOSING):
                end += 1
            return (k, end)
        if t.fold[k] in (".", ",", ";"):
            return None
    return None


def _disclosed(t: Tokens, lex: Lexicon, cue: Range) -> Mark | None:
    """What a newsroom says of its own knowledge: "Reuters could not determine", "based on interviews with"."""
    low, high = t.bounds(cue[0])
    words = t.fold[cue[0] : cue[1]]
    if words[-1] in ("with", "by", "of"):
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
    if after is None or not any(t.form[k][0].isupper() for k in range(*after)):
        if t.fold[cue[0]] != "interviewed" or after is None:
            return None
    if t.fold[cue[0]] == "in":
        return Mark((after,), cue, (), "interview", "neutral", "interview", 0.8)
    if t.fold[cue[0]] == "interviewed":
        return Mark((after,), cue, (), "interview", "neutral", "interview", 0.8)
    source = subject(t, lex, cue[0], low)
    if source is None or not is_source(t, lex, source):
        return None
    return Mark((source,), cue, (), "interview", "neutral", "interview", 0.7)


def _verb(t: Tokens, lex: Lexicon, i: int, verb: Verb, found: Sequence[Mark]) -> Mark | None:
    """A verb with a subject before it, one behind it, or the subject of the verb it is joined to."""
    low, high = t.bounds(i)
    before = t.fold[i - 1] if i > 0 else ""
    begin = helpers(t, lex, i, low)
    helping = t.fold[begin:i]
    if verb.form == "past" and any(w in _BE for w in helping) and "been" not in helping[-1:] + helping[:0]:
        return _passive(t, lex, (begin, i + 1), verb)
    if verb.form == "past" and "been" in helping:
        return _passive(t, lex, (begin, i + 1), verb)
    if i + 1 < high and t.fold[i + 1] == "by" and verb.form == "past" and not helping:
        return _passive(t, lex, (i, i + 1), verb)
    if verb.form != "past" and "'s" in helping[-1:]:
        return None  # a noun: "the mayor's remarks"
    if lex.has(word := t.fold[i], "hedge") and (
        lex.has(before, "determiners") or before == "'s" or word not in lex.verbs
    ):
        return None  # an adjective: "its alleged role"
    if verb.form == "gerund" and not any(w in _BE for w in helping):
        return _participle(t, lex, i, verb, found, low)
    if (
        begin == i
        and verb.group in _GOES
        and i + 1 < high
        and t.fold[i + 1] not in ("that", ":", "to")
        and _after_speech(t, i, low)
    ):
        if lex.has(t.fold[i], "noun") and verb.form != "past":
            return None
        source = behind(t, lex, i + 1, high)
        if source is not None and is_source(t, lex, source) and t.fold[i] != "thanks":
            return _made(t, lex, (source,), (i, i + 1), verb, "inverted", 0.9)
    if (
        verb.form == "base"
        and t.fold[i] != "say"
        and not any(w in _MODAL for w in helping)
        and not _plural_before(t, lex, begin, low)
    ):
        return None
    if before == "to" and "to" in helping[-1:] and len(helping) == 1:
        return None
    cue = (begin if any(w in _RELATION or w in _MODAL for w in helping) or helping else i, _cue_end(t, i, high))
    source = subject(t, lex, i, low)
    if source is None or not (verb.strong or is_source(t, lex, source)):
        if t.fold[begin - 1 : begin] in (["and"], ["but"], [","]) or (
            source is None and t.fold[begin - 1 : begin] == ["or"]
        ):
            return _joined(t, lex, cue, verb, found, low)
        return None
    if lex.has(t.fold[i], "noun") and not helping and not _singular(t, lex, source) and not _quotes(t, i, high):
        return None
    if not verb.strong and _has_verb(t, lex, source):
        return None
    if not _speaks(t, lex, i, verb, source, high):
        return None
    return _made(t, lex, (source,), cue, verb, verb.group, 0.9 if verb.strong else 0.6)


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
    if word in ("they", "we", "i", "you", "who", "people", "police", "many", "some", "others", "most", "officials"):
        return True
    if word == "," or t.form[begin - 1] in (")", "”"):
        return False
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3


def _singular(t: Tokens, lex: Lexicon, source: Range) -> bool:
    """Whether a subject takes a verb in -s, so that "claims" behind it is one: "Ms. Ellery claims", not "the claims"."""
    word = t.fold[source[1] - 1]
    if word in ("he", "she", "it", "who"):
        return True
    forms = t.form[source[0] : source[1]]
    if lex.has(t.fold[source[0]], "determiners") and forms[0] not in ("The", "the"):
        return False
    named = forms[1:] if forms[0] in ("The", "the") else forms
    if named and all(f[0].isupper() or f == "." for f in named) and not word.endswith(("ns", "ers")):
        return True
    return lex.has(word, "titles")


def _quotes(t: Tokens, i: int, high: int) -> bool:
    """Whether a that-clause, a colon or a quotation follows at once."""
    return i + 1 < high and (t.fold[i + 1] in ("that", ":") or OPENING in t.quote[i + 1 : min(high, i + 4)])


def _has_verb(t: Tokens, lex: Lexicon, source: Range) -> bool:
    """Whether what looks like a subject is a clause of its own: "the mayor refused to give detailed (answers)"."""
    for k in range(source[0] + 1, source[1]):
        if t.fold[k] in ("who", "that", "which", "whose"):
            return False
        verb = lex.verbs.get(t.fold[k])
        if (
            verb is not None
            and verb.form in ("past", "third")
            and t.form[k][0].islower()
            and not lex.has(t.fold[k], "noun")
        ):
            return t.fold[k - 1] not in ("the", "a", "an", "his", "her", "their", "its")
    return False


def _speaks(t: Tokens, lex: Lexicon, i: int, verb: Verb, source: Range, high: int) -> bool:
    """Whether a verb that also means other things is a cue here: by what follows it, or by who its subject is."""
    if verb.strong:
        return True
    following = t.fold[i + 1] if i + 1 < high else ""
    if following in (",", ".") and source[0] > 0 and t.fold[source[0] - 1] == ",":
        return verb.group != "show"  # ", she predicted,"
    if following in {"that", ":"} or OPENING in t.quote[i + 1:min(high, i + 7)]:
        return True
    if verb.group in ("assert", "deny", "doubt"):
        return True
    if verb.lemma == "hint":
        return True
    if verb.group == "think":
        if verb.form == "gerund" and t.fold[i - 1] in ("been", "is", "are", "was", "were"):
            return True
        return following in (
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
        ) or (i + 1 < high and t.form[i + 1][0].isupper())
    if verb.group == "show":
        return any(
            lex.has(t.fold[k], "noun")
            or t.fold[k]
            in (
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
            )
            for k in range(*source)
        )
    return verb.group == "communicate" and following not in (
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
    )


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
    return Mark((source,), (cue[0], by + 1), (said,) if said else (), kind, stance, "passive", 0.7)


def _participle(t: Tokens, lex: Lexicon, i: int, verb: Verb, found: Sequence[Mark], low: int) -> Mark | None:
    """ "…, adding that": the source is that of the cue before it in the sentence, or the subject of the sentence."""
    if (
        verb.group in ("think", "show")
        or i == low
        or not (t.fold[i - 1] in (",", "and", "while") or t.quote[i - 1] == CLOSING)
    ):
        return None
    if (
        not verb.strong
        and i + 1 < len(t)
        and t.fold[i + 1] not in ("that", ":", "the", "a", "it", "his", "her", "their")
        and t.quote[i + 1] != OPENING
    ):
        return None
    return _joined(t, lex, (i, _cue_end(t, i, len(t))), verb, found, low, rule="participle")


def _joined(
    t: Tokens, lex: Lexicon, cue: Range, verb: Verb, found: Sequence[Mark], low: int, rule: str = "joined"
) -> Mark | None:
    """A second verb of the same subject: the source of the last cue of its sentence."""
    for mark in reversed(found[-3:]):
        if mark.cue[0] < low:
            break
        if mark.source and mark.kind in ("statement", "opinion", "denial", "report", "no_comment"):
            if not _speaks(t, lex, cue[1] - 1, verb, mark.source[0], t.bounds(cue[0])[1]):
                return None
            return _made(t, lex, mark.source, cue, verb, rule, 0.7)
    if lex.has(t.fold[low], "pronouns") and t.fold[low] in ("he", "she", "they", "we", "i"):
        return _made(t, lex, ((low, low + 1),), cue, verb, rule, 0.5)
    if rule == "participle":
        start = low + (t.quote[low] == OPENING)
        k = start
        while (
            k < cue[0]
            and not (t.fold[k] in lex.verbs and t.form[k][0].islower())
            and not lex.has(t.fold[k], "auxiliary")
        ):
            k += 1
        source = trimmed(t, lex, (start, k)) if start < k < cue[0] and k - start < 15 else None
        if source is not None and is_source(t, lex, source) and t.fold[source[1] - 1] != ",":
            return _made(t, lex, (source,), cue, verb, rule, 0.5)
    return None


def _made(t: Tokens, lex: Lexicon, source: tuple[Range, ...], cue: Range, verb: Verb, rule: str, score: float) -> Mark:
    near = source[-1] if source and abs(source[-1][0] - cue[0]) < 60 and rule not in ("joined", "participle") else None
    said = content(t, lex, cue, near) if near is not None else spoken_after(t, lex, cue)
    kind = {"deny": "denial", "think": "opinion"}.get(verb.group, "statement")
    if verb.lemma in ("reject", "oppose", "decline", "refuse", "dismiss", "rule"):
        kind = "opinion"
    return Mark(source, cue, tuple(said), kind, verb.stance, rule, score)


def _end(t: Tokens, start: int, high: int) -> int:
    """The end of a clause without the marks that close its sentence."""
    end = high
    while end > start and t.fold[end - 1] in (".", ",", ";", ":", "!") and t.quote[end - 1] == OUTSIDE:
        end -= 1
    return end


def tags(t: Tokens, marks: Sequence[Mark]) -> Iterator[tuple[int, int, int]]:
    """The marks as ``(start, end, tag)`` for the tagger: 1 cue, 2 source, 3 content, 4 a cue of the sparser kinds."""
    for mark in marks:
        for a, b in mark.content:
            yield a, b, 3
    for mark in marks:
        for a, b in mark.source:
            yield a, b, 2
    for mark in marks:
        yield (*mark.cue, 4 if mark.kind in _ALONE else 1)
