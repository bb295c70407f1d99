from __future__ import annotations

import pytest

from newsclean.attribution.credits import wire_credits
from newsclean.segment import segment


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
    found = list(wire_credits(segment(text)))[0]  # noqa: RUF015 - all of them, then the first
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
    assert list(wire_credits(segment(text))) == []
