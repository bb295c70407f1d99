"""German: what its word order asks for beyond the other languages - participles, "so" as a cue, where a phrase ends."""

from __future__ import annotations

from typing import Final

from newsclean.attribution.tokens import Tokens

__all__ = ["OPENS", "finite", "passive", "phrase_ends"]

_GENITIVE: Final = frozenset(
    [
        "des",
        "der",
        "von",
        "vom",
        "für",
        "und",
        "für",
        "beim",
        "am",
        "der",
        "eines",
        "einer",
        "in",
        "dieser",
        "dieses",
        "unserer",
    ]
)
OPENS: Final = frozenset(
    [
        "in",
        "im",
        "am",
        "bei",
        "beim",
        "nach",
        "auf",
        "vor",
        "zu",
        "zum",
        "zur",
        "mit",
        "seit",
        "an",
        "unter",
        "über",
        "durch",
        "gestern",
        "heute",
        "das",
        "dies",
        "so",
        "auch",
        "zudem",
        "dabei",
        "daraufhin",
        "dort",
        "dann",
        "unterdessen",
        "zuvor",
        "später",
        "außerdem",
        "dazu",
        "damit",
        "aus",
        "um",
        "gegen",
        "ohne",
        "während",
        "en",
        "dans",
        "sur",
        "lors",
        "au",
        "aux",
        "avec",
        "pour",
        "par",
        "a",
        "con",
        "por",
        "durante",
    ]
)


def passive(t: Tokens, i: int, low: int, high: int) -> bool:
    """ "Bestätigt wurde", "wird erwartet": a participle, not a verb of its own."""
    return any(
        w in {"wurde", "wurden", "wird", "werden", "worden", "sei"} for w in t.fold[max(low, i - 8) : i + 2]
    ) and t.form[i].endswith("t")


def finite(word: str) -> bool:
    return word in {
        "soll",
        "sollen",
        "hat",
        "haben",
        "ist",
        "sind",
        "wird",
        "werden",
        "wurde",
        "wurden",
        "war",
        "waren",
        "hatte",
    }


def phrase_ends(t: Tokens, start: int, end: int) -> bool:
    """Whether a German noun phrase is over: behind a noun comes a word in small letters that opens no genitive."""
    return end > start and t.form[end - 1][0].isupper() and t.form[end][0].islower() and t.fold[end] not in _GENITIVE
