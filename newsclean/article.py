"""Article: a source that is never changed, and everything that was found out about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Self

from newsclean.display import source_html
from newsclean.errors import InputError
from newsclean.evidence import Attribution, Issue, Scorecard
from newsclean.segment import Paragraph, segment
from newsclean.spans import Offsets, Span, cut, gaps, in_order

__all__ = ["Article"]


@dataclass(frozen=True)
class Article:
    """A text with its evidence.  Frozen; every offset is a code point of :attr:`source`, half-open.

    Parameters
    ----------
    source : the text as given; for HTML the page's whole visible text, block by block.
    spans : removals and flags, sorted; those that remove are disjoint.
    title, byline, date, site, url, language : what is known of it, or None.  ``date`` is ISO 8601,
        ``language`` an ISO 639-1 code.
    section, standfirst, credits : of a page: the section it stands in, its own summary, the credits of its pictures.
    attributions : where it hands its word to somebody.
    issues : what went wrong or was doubtful.
    scorecard : evidence about its sourcing, if it was asked for.
    version : what made it, as ``name=version`` words: newsclean, the rule packs' digest, the models, trafilatura.

    Raises
    ------
    InputError : a span ends behind the source, or two spans that remove overlap.

    >>> article = Article("Rain fell. AD It stopped.", (Span(11, 14, "ad", "mine"),))
    >>> article.text, article.source[article.to_source(11):]
    ('Rain fell. It stopped.', 'It stopped.')
    >>> article.restore("ad").text
    'Rain fell. AD It stopped.'
    """

    source: str
    spans: tuple[Span, ...] = ()
    title: str | None = None
    byline: str | None = None
    date: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    attributions: tuple[Attribution, ...] = ()
    issues: tuple[Issue, ...] = ()
    scorecard: Scorecard | None = None
    version: str = ""
    section: str | None = None
    standfirst: str | None = None
    credits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.source, str) or not all(isinstance(s, Span) for s in self.spans):
            raise InputError("an article needs a source (str) and Spans over it")
        object.__setattr__(self, "spans", tuple(sorted(self.spans, key=in_order)))
        at = 0
        for span in self.spans:
            if span.end > len(self.source):
                raise InputError(f"span {span.start}:{span.end} ends behind the source ({len(self.source)})")
            if span.removes:
                if span.start < at:
                    raise InputError(f"two removals overlap at {span.start} ({span.rule})")
                at = span.end

    @cached_property
    def text(self) -> str:
        """What is left: the source minus every span whose action is ``"remove"``."""
        return cut(self.source, ((s.start, s.end) for s in self.removed()))

    def removed(self) -> Iterator[Span]:
        """The spans that take something out of the text, in order."""
        return (s for s in self.spans if s.removes)

    def segments(self) -> Iterator[tuple[str, Span | None]]:
        """The whole source in order, each stretch with the span that removed it or None when it was kept.

        ``"".join(text for text, _ in article.segments()) == article.source`` always holds.
        """
        at = 0
        for span in self.removed():
            if at < span.start:
                yield self.source[at : span.start], None
            yield self.source[span.start : span.end], span
            at = span.end
        if at < len(self.source):
            yield self.source[at:], None

    def paragraphs(self) -> Iterator[Paragraph]:
        """The source's paragraphs, each with whether it was kept, the labels found on it and their highest score."""
        upcoming = iter(self.spans)
        following = next(upcoming, None)
        touching: list[Span] = []
        for p in segment(self.source):
            while following is not None and following.start < p.end:
                touching.append(following)
                following = next(upcoming, None)
            touching = [s for s in touching if s.end > p.start]
            if not touching:
                yield p
                continue
            gone = sum(min(s.end, p.end) - max(s.start, p.start) for s in touching if s.removes)
            yield Paragraph(
                p.text,
                p.start,
                p.end,
                kept=gone < p.end - p.start,
                labels=tuple(dict.fromkeys(s.label for s in touching)),
                score=max((s.score for s in touching), default=0.0),
            )

    def to_source(self, offset: int, /) -> int:
        """The place in :attr:`source` of a place in :attr:`text`; ``len(text)`` maps to the end of what was kept.

        Raises InputError when the offset is not in ``0 … len(text)``.
        """
        texts, sources = self._kept
        if not 0 <= offset <= len(self.text):
            raise InputError(f"the text has {len(self.text)} code points, there is no offset {offset}")
        if not texts:
            return 0
        if offset == len(self.text):
            return sources[-1][1]
        at = bisect_right(texts, offset) - 1
        return sources[at][0] + offset - texts[at]

    @cached_property
    def _kept(self) -> tuple[list[int], list[Offsets]]:
        """Where each kept stretch starts in the text, and its range in the source."""
        sources = list(gaps(((s.start, s.end) for s in self.removed()), len(self.source)))
        texts, at = [], 0
        for start, end in sources:
            texts.append(at)
            at += end - start
        return texts, sources

    def restore(self, *labels_or_rules: str) -> Article:
        """The article with what these labels or rules removed put back (as flags); with no argument, everything.

        Nothing is computed again: attributions, issues and scorecard stay as they are.  A name that removed
        nothing changes nothing.
        """

        def undone(span: Span) -> Span:
            named = not labels_or_rules or span.label in labels_or_rules or span.rule in labels_or_rules
            return replace(span, action="flag") if named and span.removes else span

        return replace(self, spans=tuple(undone(s) for s in self.spans))

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values; :meth:`from_dict` gives an equal article back.  ``text`` is added for readers."""
        d: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        for name in ("spans", "attributions", "issues"):
            d[name] = [item.to_dict() for item in d[name]]
        d["scorecard"] = self.scorecard.to_dict() if self.scorecard else None
        d["credits"] = list(self.credits)
        return {"text": self.text, **d}

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], /) -> Self:
        """The article that :meth:`to_dict` wrote; InputError when it is not one."""
        try:
            values = {f.name: d[f.name] for f in fields(cls)}
            values["spans"] = tuple(Span.from_dict(s) for s in d["spans"])
            values["attributions"] = tuple(Attribution.from_dict(a) for a in d["attributions"])
            values["credits"] = tuple(d["credits"])
            values["issues"] = tuple(Issue.from_dict(i) for i in d["issues"])
            values["scorecard"] = Scorecard.from_dict(d["scorecard"]) if d["scorecard"] is not None else None
        except (KeyError, TypeError) as error:
            raise InputError(f"not an article: {error!r}") from error
        return cls(**values)

    def __reduce__(self) -> tuple[object, ...]:
        return Article, tuple(getattr(self, f.name) for f in fields(self))  # without the cached text

    def __repr__(self) -> str:
        gone = sum(s.end - s.start for s in self.removed())
        return f"<Article {self.title or self.text[:40]!r}: {len(self.text)} kept, {gone} removed, {len(self.issues)} issues>"

    def _repr_html_(self) -> str:
        facts = [f for f in (self.byline, self.date, self.site, self.url) if f]
        return source_html(self.source, self.spans, issues=self.issues, facts=facts)
