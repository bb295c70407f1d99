from __future__ import annotations

import pytest

from newsclean.attribution.credits import wire_credits
from newsclean.attribution.tokens import tokens
from newsclean.evidence import Attribution
from newsclean.segment import segment


def credits(text: str) -> list[Attribution]:
    paragraphs = segment(text)
    return list(wire_credits(paragraphs, tokens(paragraphs).fold))


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("(Reporting by Dana Wirth in Port Ellery; Editing by Alan Prewitt)", "wire_credit", "Dana Wirth"),
        (
            "Associated Press writers Dana Wirth in Port Ellery and Tom Ash contributed to this report.",
            "wire_credit",
            "Associated Press",
        ),
        ("The Associated Press contributed to this report.", "wire_credit", "Associated Press"),
        ("(Mit Material von dpa)", "wire_credit", "dpa"),
        ("AP writers Dana Wirth and Alan Prewitt contributed to this report.", "wire_credit", "Associated Press"),
        ("Photo: Dana Wirth/Reuters", "wire_credit", "Reuters"),
        ("This article was originally published by The Conversation.", "republication", "The Conversation"),
        ("Republished with permission from Undark.", "republication", "Undark"),
        ("Correction: An earlier version misstated the day.", "disclosure", None),
        ("An earlier version of this article misstated the day.", "disclosure", None),
    ],
)
def test_credits(text: str, kind: str, name: str | None) -> None:
    found = credits(text)[0]
    assert found.kind == kind
    assert (found.name or "").rstrip(".") == (name or "")
    assert text[slice(*found.cue[0])]


@pytest.mark.parametrize(
    "text",
    [
        "He appeared on CNN last night.",
        "She contributed $500 to the town.",
        "The photo shows the mayor.",
        "The plan was corrected by the clerk.",
        "The report was edited by hand.",
    ],
)
def test_no_credits(text: str) -> None:
    assert credits(text) == []
