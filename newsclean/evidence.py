"""Evidence: what an article carries beside its text - issues, attributions, signals and the scorecard.

Plain frozen data that survives JSON.  What fills it: ``pipeline`` the issues, ``attribution`` the attributions,
``scoring`` the scorecard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, Self, TypeVar

from newsclean.errors import InputError
from newsclean.spans import Spans

__all__ = ["Attribution", "Issue", "Scorecard", "Signal"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Issue:
    """What went wrong with a text, or what is doubtful about the result.

    ``code`` is one of a few stable words (``"empty"``, ``"kept_whole"``, ``"not_an_article"``, ``"too_long"``,
    ``"bad_input"``, ``"rule_timeout"``), ``detail`` a sentence for people, ``rule`` what gave cause, if a rule did.

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


@dataclass(frozen=True, slots=True)
class Signal:
    """One measured property of an article: a value, where it was seen, and which way it points.

    ``direction`` is 1 when more of it goes with careful sourcing, -1 when with the opposite, 0 when neither.
    """

    value: float
    evidence: Spans = ()
    direction: int = 0
    note: str = ""


@dataclass(frozen=True)
class Scorecard:
    """Evidence about sourcing, never a verdict about truth: a score (None when too little text) and its signals.

    >>> card = Scorecard(None, {"questions": Signal(2.0, ((0, 9),), -1, "questions in news prose")})
    >>> Scorecard.from_dict(card.to_dict()) == card
    True
    """

    score: float | None
    signals: Mapping[str, Signal]

    def __post_init__(self) -> None:
        object.__setattr__(self, "signals", MappingProxyType(dict(self.signals)))

    def __reduce__(self) -> tuple[object, ...]:
        return Scorecard, (self.score, dict(self.signals))  # a mapping proxy does not pickle

    def __hash__(self) -> int:
        return hash((self.score, tuple(sorted(self.signals))))

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values; :meth:`from_dict` gives the same scorecard back."""
        signals = {name: asdict(s) for name, s in self.signals.items()}
        for s in signals.values():
            s["evidence"] = [list(pair) for pair in s["evidence"]]
        return {"score": self.score, "signals": signals}

    @classmethod
    def from_dict(cls, d: Mapping[str, Any], /) -> Self:
        """The scorecard that :meth:`to_dict` wrote; InputError when it is not one."""
        try:
            signals = {
                name: _build(Signal, {**s, "evidence": tuple((a, b) for a, b in s["evidence"])})
                for name, s in d["signals"].items()
            }
            return cls(d["score"], signals)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"not a scorecard: {error!r}") from error


def _build(cls: type[_T], d: Mapping[str, Any]) -> _T:
    names = {f.name for f in fields(cls)}  # type: ignore[arg-type]
    if not isinstance(d, Mapping):
        raise InputError(f"not a {cls.__name__}: {type(d).__name__}")
    if set(d) != names:
        raise InputError(f"not a {cls.__name__}: missing {sorted(names - set(d))}, unknown {sorted(set(d) - names)}")
    return cls(**d)
