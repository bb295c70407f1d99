"""Find: all attributions of a text, over the paragraphs that were kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Literal

from newsclean.attribution.assemble import assemble
from newsclean.attribution.credits import wire_credits
from newsclean.attribution.cues import LANGUAGES, lexicon
from newsclean.attribution.foreign import find_foreign
from newsclean.attribution.known import Known
from newsclean.attribution.link import Linker
from newsclean.attribution.mark import Mark
from newsclean.attribution.markers import datelines
from newsclean.attribution.names import roll
from newsclean.attribution.rules import find_marks
from newsclean.attribution.tokens import Tokens, tokens
from newsclean.evidence import Attribution
from newsclean.segment import Paragraph

__all__ = ["attributed", "merged"]

_SETTLED: Final = frozenset(("no_comment", "anonymity", "disclosure", "interview"))
"""Kinds that the rules know and the tagger does not."""
_ALONE: Final = frozenset(("impersonal", "hedge", "passive"))
"""Rules for what the tagger's corpus labels seldom or never; they stand alone where they are half sure."""
_HALF: Final = 0.5
_SURE: Final = 0.95
"""The score from which a rule's mark stands although the tagger saw no cue there."""
_LIKELY: Final = 0.9
"""The same inside a block quotation, where the tagger's corpus has no labels."""


def attributed(
    text: str, paragraphs: Sequence[Paragraph], *, level: Literal["full", "rules"] = "full", language: str | None = "en"
) -> list[Attribution]:
    """The attributions of paragraphs of a source, sorted by cue: datelines, credits, and whose word each passage is.

    Parameters
    ----------
    text : the source that the paragraphs' offsets are of; it is read for names, never cut.
    level : ``"full"`` asks the tagger too, which reads English; ``"rules"`` does not.
    language : one of "en", "de", "fr", "es", "pt", "it"; a text in another one gets datelines and credits alone.

    >>> from newsclean.segment import segment
    >>> text = "“It is over,” said Dana Wirth, a spokeswoman for the union."
    >>> [(a.text, a.name, a.type, a.directness) for a in attributed(text, segment(text), level="rules")]
    [('Dana Wirth, a spokeswoman for the union', 'Dana Wirth', 'ngo_advocacy', 'direct')]
    """
    language = language or "en"
    t = tokens(paragraphs, language if language in LANGUAGES else "en")
    found = [*datelines(paragraphs), *wire_credits(paragraphs, t.fold)]
    if language in LANGUAGES and paragraphs:
        lex = lexicon(language)
        marks = find_marks(t, lex) if language == "en" else find_foreign(t, lex)
        if level == "full" and language == "en":
            marks = merged(marks, _tagged(t, marks))
        places = [a.cue[0] for a in found if a.kind == "dateline"]
        found += [
            _behind(a, places, text) for a in assemble(t, text, marks, Linker(t, Known(text), roll(t, language)), lex)
        ]
    return sorted(found, key=lambda a: (a.cue, a.source))


def _behind(found: Attribution, datelines: Sequence[tuple[int, int]], text: str) -> Attribution:
    """An attribution whose content does not reach back into the dateline before it."""
    for start, last in datelines:
        end = last
        if any(a < end and start < b for a, b in found.content):
            while end < len(text) and text[end].isspace():
                end += 1
            cut = tuple((max(a, end), b) if a < end and start < b else (a, b) for a, b in found.content)
            return replace(found, content=tuple((a, b) for a, b in cut if a < b))
    return found


def _tagged(t: Tokens, marks: Sequence[Mark]) -> list[Mark]:
    from newsclean.attribution.tagger import default_tagger  # numpy comes with it

    return default_tagger()(t, marks)


def merged(rules: Sequence[Mark], tagged: Sequence[Mark]) -> list[Mark]:
    """The tagger's marks, with the kind and stance of the rule that saw the same cue, and what only rules know.

    >>> merged([Mark(((0, 1),), (1, 2), (), "denial", "denies", "deny")], [Mark(((0, 1),), (1, 3), ((3, 5),), "statement", "neutral", "tagger")])
    [Mark(source=((0, 1),), cue=(1, 3), content=((3, 5),), kind='denial', stance='denies', rule='tagger+deny', score=0.9, nested=False)]
    """
    made: list[Mark] = []
    used: set[int] = set()
    for mark in tagged:
        same = [i for i, r in enumerate(rules) if r.cue[0] < mark.cue[1] and mark.cue[0] < r.cue[1]]
        if not same:
            made.append(mark)
            continue
        used.update(same)
        rule = rules[same[0]]
        source = mark.source or rule.source
        content = mark.content or rule.content
        kind = mark.kind if rule.kind in {"statement", "no_source"} else rule.kind
        made.append(Mark(source, mark.cue, content, kind, rule.stance, f"tagger+{rule.rule}", max(mark.score, 0.9)))
    for i, rule in enumerate(rules):
        alone = (
            rule.kind in _SETTLED
            or (rule.rule in _ALONE and rule.score >= _HALF)
            or rule.score >= _SURE
            or (rule.nested and rule.score >= _LIKELY)
        )
        if i not in used and alone:
            made.append(rule)
    return sorted(made, key=lambda m: m.cue)
