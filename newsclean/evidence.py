"""Evidence: what an article carries beside its text - issues, attributions, signals and the scorecard.

Plain frozen data that survives JSON.  What fills it: ``pipeline`` the issues, ``attribution`` the attributions,
``scoring`` the scorecard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, Self, TypeVar

from newsclean.cardview import Row, card_html, card_text
from newsclean.errors import InputError
from newsclean.spans import Spans

__all__ = ["Attribution", "Issue", "Rated", "Scorecard", "Signal"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Issue:
    """What went wrong with a text, or what is doubtful about the result.

    ``code`` is one of a few stable words (``"empty"``, ``"kept_whole"``, ``"not_an_article"``, ``"too_long"``,
    ``"bad_input"``, ``"markup"``, ``"rule_timeout"``), ``detail`` a sentence for people, ``rule`` what gave cause, if a
    rule did.

    >>> Issue("empty", "the text has no paragraph")
    Issue(code='empty', detail='the text has no paragraph', rule=None)
    """

    code: str
    detail: str
    rule: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values; :meth:`from_dict` gives the same issue back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], /) -> Self:
        """The issue that :meth:`to_dict` wrote; InputError when it is not one."""
        return _build(cls, d)


@dataclass(frozen=True, slots=True)
class Attribution:
    """One place where an article hands its word to somebody.

    ``source``, ``cue`` and ``content`` are possibly discontinuous code-point ranges of ``Article.source``, each
    possibly empty; ``text`` is the source as written and ``name`` its canonical form.  The values of ``kind``,
    ``type``, ``naming``, ``directness`` and ``stance`` are listed in the README.  Annotation scheme: source, cue and
    content after PolNeAR (Newell, Margolin and Ruths, LREC 2018).
    """

    source: Spans
    cue: Spans
    content: Spans
    text: str
    name: str | None
    kind: str
    type: str
    naming: str
    directness: str | None
    stance: str
    via: str | None
    rule: str
    score: float

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values; :meth:`from_dict` gives the same attribution back."""
        d = asdict(self)
        for name in ("source", "cue", "content"):
            d[name] = [list(pair) for pair in d[name]]
        return d

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], /) -> Self:
        """The attribution that :meth:`to_dict` wrote; InputError when it is not one."""
        try:
            ranges = {k: tuple((a, b) for a, b in d[k]) for k in ("source", "cue", "content")}
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"not an attribution: {error!r}") from error
        return _build(cls, {**d, **ranges})


@dataclass(frozen=True, slots=True, init=False)
class Signal:
    """One measured property of an article: a value, where it was seen, and which way it points.

    ``direction`` is 1 when more of it goes with careful sourcing, -1 when with the opposite, 0 when neither.  ``pull``
    is what it adds to the log-odds of the score, compared with an average article; it never points against
    ``direction``: more of what has direction 1 never lowers a score.
    """

    value: float
    evidence: Spans = ()
    direction: int = 0
    note: str = ""
    pull: float = 0.0

    def __init__(
        self, value: float, evidence: Spans = (), direction: int = 0, note: str = "", pull: float = 0.0
    ) -> None:
        _VALUE(self, value)
        _EVIDENCE(self, evidence)
        _DIRECTION(self, direction)
        _NOTE(self, note)
        _PULL(self, pull)


_VALUE, _EVIDENCE, _DIRECTION, _NOTE, _PULL = (getattr(Signal, f.name).__set__ for f in fields(Signal))
# What writes into a frozen class; its own way takes three times as long, and a score makes eighty signals.


@dataclass(frozen=True, slots=True)
class Rated:
    """What somebody else's table says of the publisher, or of an outlet that the article cites.

    It stands beside the signals and never enters the score.  ``role`` is ``"publisher"`` or ``"cited"``, ``scale`` the
    table's lowest and highest value or its labels, ``evidence`` the places where the outlet is cited.
    """

    role: str
    name: str
    domain: str
    value: float | str
    scale: tuple[float | str, ...]
    table: str
    evidence: Spans = ()


@dataclass(frozen=True)
class Scorecard:
    """Evidence about sourcing, never a verdict about truth: a score (None when too little text) and its signals.

    The formula is ``score = 1 / (1 + exp(-(base + sum of all pulls)))``.  ``note`` says why there is no score, ``model``
    which model gave the weights, ``ratings`` what a table of the caller's says of the outlets concerned.

    >>> card = Scorecard(None, {"questions": Signal(2.0, ((0, 9),), -1, "2 question marks")}, note="9 words of prose")
    >>> print(card)
    no score: 9 words of prose
    questions               - 2.00            2 question marks
    >>> Scorecard.from_dict(card.to_dict()) == card
    True
    """

    score: float | None
    signals: Mapping[str, Signal]
    base: float = 0.0
    note: str = ""
    model: str = ""
    ratings: tuple[Rated, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "signals", MappingProxyType(dict(self.signals)))

    def __reduce__(self) -> tuple[object, ...]:
        values = (self.score, dict(self.signals), self.base, self.note, self.model, self.ratings)
        return Scorecard, values  # a mapping proxy does not pickle

    def __hash__(self) -> int:
        return hash((self.score, tuple(sorted(self.signals))))

    def __str__(self) -> str:
        return card_text(self._head, self._rows, self._foot)

    def _repr_html_(self) -> str:
        return card_html(self._head, self._rows, self._foot)

    @property
    def _head(self) -> str:
        if self.score is None:
            return f"no score: {self.note}"
        return f"score {self.score:.2f}: evidence about sourcing, no verdict; one article tells little of its outlet"

    @property
    def _rows(self) -> list[Row]:
        rows = [Row(n, s.value, s.direction, s.pull, len(s.evidence), s.note) for n, s in self.signals.items()]
        return sorted(rows, key=lambda row: -abs(row.pull))

    @property
    def _foot(self) -> list[str]:
        return [
            f"{r.role} {r.name} ({r.domain}): {r.value} in {r.table}, which goes from {r.scale[0]} to {r.scale[-1]}"
            for r in self.ratings
            if r.scale
        ]

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values; :meth:`from_dict` gives the same scorecard back."""
        d: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        d["signals"] = {name: _listed(asdict(s)) for name, s in self.signals.items()}
        d["ratings"] = [{**_listed(asdict(r)), "scale": list(r.scale)} for r in self.ratings]
        return d

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], /) -> Self:
        """The scorecard that :meth:`to_dict` wrote; InputError when it is not one."""
        try:
            signals = {name: _build(Signal, _paired(s)) for name, s in d["signals"].items()}
            ratings = tuple(_build(Rated, {**_paired(r), "scale": tuple(r["scale"])}) for r in d["ratings"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"not a scorecard: {error!r}") from error
        return _build(cls, {**d, "signals": signals, "ratings": ratings})


def _listed(d: dict[str, Any]) -> dict[str, Any]:
    return {**d, "evidence": [list(pair) for pair in d["evidence"]]}


def _paired(d: Mapping[str, Any]) -> dict[str, Any]:
    return {**d, "evidence": tuple((a, b) for a, b in d["evidence"])}


def _build(cls: type[_T], d: Mapping[str, Any]) -> _T:
    names = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    if not isinstance(d, Mapping):
        raise InputError(f"not a {cls.__name__}: {type(d).__name__}")
    if set(d) != names:
        raise InputError(f"not a {cls.__name__}: missing {sorted(names - set(d))}, unknown {sorted(set(d) - names)}")
    return cls(**d)
