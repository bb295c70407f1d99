"""Small documents and rules for the detectors' tests."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.detectors.strip import Rules
from newsclean.matching import compile_rules
from newsclean.rules import Rule
from newsclean.segment import Paragraph, segment
from newsclean.spans import Span

PROSE = (
    "Pilots at the northern port went back to work on Monday after eleven days on shore.",
    "“Nobody lost face,” said Dana Wirth, who leads the union, as the first tug cast off.",
    "The harbour board will publish the accounts of the strike in June, its chair said.",
    "Fishing crews from the islands had waited outside the breakwater since Saturday morning.",
)


def rule(name: str, *phrases: str, label: str = "comments", alone: bool = True, takes: int = 0) -> Rule:
    """A rule for whole lines."""
    return Rule(
        id=f"own/{name}", label=label, phrases=phrases, alone=alone, takes=takes,
        examples=(phrases[0], phrases[-1]), counter=("a near miss", "another"),
    )  # fmt: skip


RULES = (
    rule("strong", "Notify of", "View all comments"),
    rule("weak", "Subscribe", "guest", "Oldest", label="comments", alone=False),
    rule("weak-two", "Newest", label="comments", alone=False),
    rule("weak-three", "Print", label="social", alone=False),
    rule("total", "Total Boats", "This Week", label="counter", alone=False),
    rule("related", "More on the topic", label="teaser", takes=2),
)


def document(*lines: str) -> tuple[Paragraph, ...]:
    """Paragraphs of these lines."""
    return segment("\n".join(lines))


def strip(paragraphs: Sequence[Paragraph]) -> list[Span]:
    """What the test rules find."""
    return Rules(compile_rules(RULES))(paragraphs)


def words(paragraphs: Sequence[Paragraph], spans: Sequence[Span]) -> list[str]:
    """The text under spans that cover whole paragraphs."""
    texts = {(p.start, p.end): p.text for p in paragraphs}
    return [texts[s.start, s.end] for s in sorted(spans)]
