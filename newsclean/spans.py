"""Spans: the half-open code-point ranges in which every decision of newsclean is written down.

A :class:`Span` is a finding over an untouched source: where, what (label), why (rule), how sure (score) and
what was done about it (action).  Nothing here looks at text; these are the ground that every module stands on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final, Literal, Self, get_args

from newsclean.errors import InputError

__all__ = ["LABELS", "SPAM", "Action", "Label", "Offsets", "Span", "Spans", "cut", "gaps", "in_order", "outermost"]

Offsets = tuple[int, int]
"""A half-open range ``(start, end)`` of code points."""

Spans = tuple[Offsets, ...]
"""A possibly discontinuous range: sorted, disjoint :data:`Offsets`."""

Action = Literal["remove", "flag"]

Label = Literal[
    "ad", "ad_label", "counter", "donation", "newsletter", "paywall", "teaser", "other_headline", "comments",
    "social", "embed", "caption", "credit", "byline", "timestamp", "tags", "navigation", "cookie", "legal",
    "site_name", "repeat", "markup", "off_topic", "title",
]  # fmt: skip

LABELS: Final[tuple[str, ...]] = get_args(Label)
"""Every label a span can carry.  All but ``title`` name something to strip; ``title`` is a flag."""

_KNOWN: Final = frozenset(LABELS)
_ACTIONS: Final = get_args(Action)

SPAM: Final[frozenset[str]] = frozenset({"ad", "ad_label", "off_topic"})
"""The labels of injected promotion: what ``strip_spam`` takes out.  ``strip_chrome`` takes the others."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One finding over the source.

    Parameters
    ----------
    start, end : code points, half-open; ``source[start:end]`` is what was found.
    label : one of :data:`LABELS`.
    rule : what found it, ``"pack/rule"`` for a rule, ``"detector"`` or a model's name otherwise.
    score : how sure, in [0, 1].  A rule that strips has 1.0, one that needs company 0.5.
    action : ``"remove"`` (not in ``Article.text``) or ``"flag"`` (still there).
    why : for what a model found, a few sentences on what moved it; rules explain themselves.

    Raises
    ------
    InputError : the range is empty or negative, or the label, score or action is unknown.

    >>> Span(4, 9, "ad", "ads/label")
    Span(start=4, end=9, label='ad', rule='ads/label', score=1.0, action='remove', why=())
    """

    start: int
    end: int
    label: str
    rule: str
    score: float = 1.0
    action: Action = "remove"
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        start, end, score = self.start, self.end, self.score
        if (
            type(start) is type(end) is int
            and type(score) is float
            and 0 <= start < end
            and 0.0 <= score <= 1.0
            and self.label in _KNOWN
            and self.action in _ACTIONS
        ):
            return
        self._refuse()

    def _refuse(self) -> None:
        """InputError for what no span can be; a whole number may be a score too."""
        if not (type(self.start) is type(self.end) is int):
            raise InputError(f"offsets are integers, not {self.start!r}:{self.end!r} ({self.rule})")
        if not 0 <= self.start < self.end:
            raise InputError(f"a span needs 0 <= start < end, not {self.start}:{self.end} ({self.rule})")
        if self.label not in _KNOWN:
            raise InputError(f"unknown label {self.label!r} ({self.rule}); labels are {', '.join(LABELS)}")
        if not isinstance(self.score, int | float) or not 0.0 <= self.score <= 1.0:
            raise InputError(f"a score lies in [0, 1], not {self.score} ({self.rule})")
        if self.action not in _ACTIONS:
            raise InputError(f"an action is 'remove' or 'flag', not {self.action!r} ({self.rule})")

    @property
    def removes(self) -> bool:
        """Whether the span takes its range out of the text."""
        return self.action == "remove"

    def moved(self, start: int, end: int) -> Span:
        """The same finding over another range (several times as fast as ``dataclasses.replace``)."""
        return Span(start, end, self.label, self.rule, self.score, self.action, self.why)

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values; :meth:`from_dict` gives the same span back."""
        return {
            "start": self.start, "end": self.end, "label": self.label,
            "rule": self.rule, "score": self.score, "action": self.action, "why": list(self.why),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], /) -> Self:
        """The span that :meth:`to_dict` wrote; InputError when a field is missing or impossible."""
        try:
            return cls(d["start"], d["end"], d["label"], d["rule"], d["score"], d["action"], tuple(d.get("why", ())))
        except (KeyError, TypeError) as error:
            raise InputError(f"not a span: {error!r}") from error


in_order: Final = attrgetter("start", "end", "label", "rule", "score", "action", "why")
"""The key by which spans sort as they compare, at a tenth of the time."""


def cut(source: str, removed: Iterable[Offsets]) -> str:
    """The source without the given disjoint, sorted ranges: the one place where text is cut.

    >>> cut("news AD more", [(5, 8)])
    'news more'
    """
    return "".join(source[a:b] for a, b in gaps(removed, len(source)))


def gaps(ranges: Iterable[Offsets], length: int) -> Iterator[Offsets]:
    """The ranges of ``[0, length)`` that the given disjoint, sorted ranges leave over.

    >>> list(gaps([(2, 4), (4, 5)], 8))
    [(0, 2), (5, 8)]
    """
    at = 0
    for start, end in ranges:
        if at < start:
            yield at, start
        at = end
    if at < length:
        yield at, length


def outermost(spans: Iterable[Span]) -> list[Span]:
    """A disjoint, sorted choice: of two spans that overlap the surer, then the longer, then the first wins.

    >>> [s.rule for s in outermost([Span(0, 9, "ad", "long"), Span(2, 4, "ad", "short")])]
    ['long']
    """
    chosen: list[Span] = []
    cluster: list[Span] = []
    end = 0
    for span in sorted(spans, key=in_order):
        if span.start >= end:
            chosen += _best(cluster)
            cluster = []
        cluster.append(span)
        end = max(end, span.end)
    return chosen + _best(cluster)


def _best(cluster: list[Span]) -> list[Span]:
    """The choice within spans that hang together by overlaps."""
    if len(cluster) < 2:
        return cluster
    best: list[Span] = []
    for span in sorted(cluster, key=lambda s: (-s.score, s.start - s.end, s.start, s.rule)):
        if all(span.end <= other.start or other.end <= span.start for other in best):
            best.append(span)
    return sorted(best)
