"""Strip: what the rules know, each line by itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from newsclean.evidence import Issue
from newsclean.matching import Hit, Matcher
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["STRONG", "SURE", "WEAK", "Rules", "Said"]

STRONG: Final = 1.0
"""The score of a rule that decides alone."""

WEAK: Final = 0.5
"""The score of a rule whose line means something only in company."""

SURE: Final = 0.85
"""From this score a line counts as furniture for those beside it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a stripped line says about the article, and the span that is the evidence."""

    value: str
    span: Span


@dataclass(slots=True)
class Rules:
    """The rules at work on one document: remembers lines it has seen, and what they said.

    Made anew for each call, so nothing is left for the next.
    """

    matcher: Matcher
    host: str | None = None
    issues: list[Issue] = field(default_factory=list)
    _seen: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    _said: dict[tuple[str, Span], str] = field(default_factory=dict)

    def use(self, matcher: Matcher) -> None:
        """Go on with other rules: what was seen under the old ones is forgotten, what was said is kept."""
        if matcher is not self.matcher:
            self.matcher = matcher
            self._seen.clear()

    def __call__(self, paragraphs: Sequence[Paragraph]) -> list[Span]:
        """The spans of every hit, also of those that overlap: strong ones at 1.0, weak ones at .5."""
        spans: list[Span] = []
        for p in paragraphs:
            for hit in self._hits(p):
                score = STRONG if hit.rule.alone else WEAK
                span = Span(p.start + hit.start, p.start + hit.end, hit.rule.label, hit.rule.id, score)
                spans.append(span)
                self._said.update({(what, span): value.strip() for what, value in hit.said})
        return spans

    def said(self, what: str, spans: Collection[Span]) -> list[Said]:
        """What the lines under these spans say of the article: ``"site"``, ``"name"`` or ``"when"``, in order."""
        told = [Said(value, span) for (kind, span), value in self._said.items() if kind == what]
        if not told:
            return []
        places = {(s.start, s.end) for s in spans}
        return sorted((s for s in told if (s.span.start, s.span.end) in places), key=lambda s: s.span)

    def _hits(self, p: Paragraph) -> tuple[Hit, ...]:
        known = self._seen.get(p.text)
        if known is None:
            try:
                known = tuple(self.matcher.hits(p.line, host=self.host))
            except TimeoutError:
                known = ()
                detail = f"a pattern took too long on the paragraph at {p.start}; its rules were skipped there"
                self.issues.append(Issue("rule_timeout", detail))
            self._seen[p.text] = known
        return known
