"""Config: every choice a caller has, in one frozen place.  This docstring is the manual of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final, Literal, Self, get_args

from newsclean.errors import InputError
from newsclean.rules import RulePack
from newsclean.spans import LABELS

__all__ = ["Config", "Limits"]

Profile = Literal["precision", "balanced", "recall", "page", "article"]

STRIPPED: Final = frozenset(LABELS) - {"title"}
_LEAST: Final = {"precision": 0.95, "recall": 0.5}


@dataclass(frozen=True, slots=True)
class Limits:
    """Where newsclean stops.

    Parameters
    ----------
    min_kept : the share of a text's visible characters, in [0, 1], that must be left; below it the text comes back
        whole with the issue ``kept_whole``.  A whole-page dump may rightly lose four fifths.
    max_chars : texts of more code points come back untouched with the issue ``too_long``; so HTML, unpacked.
    max_blocks : of a page's blocks the first so many are read, with the issue ``too_long`` where there are more.
    """

    min_kept: float = 0.1
    max_chars: int = 50_000_000
    max_blocks: int = 20_000

    def __post_init__(self) -> None:
        if not isinstance(self.min_kept, int | float) or not all(
            isinstance(n, int) for n in (self.max_chars, self.max_blocks)
        ):
            raise InputError(f"limits are numbers, not {self.min_kept!r}, {self.max_chars!r} and {self.max_blocks!r}")
        if not 0.0 <= self.min_kept <= 1.0:
            raise InputError(f"min_kept lies in [0, 1], not {self.min_kept}")
        for name in ("max_chars", "max_blocks"):
            if getattr(self, name) < 1:
                raise InputError(f"{name} is at least 1, not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Config:
    """How to clean.  Frozen and hashable by value; :meth:`replace` gives a changed copy.

    Parameters
    ----------
    packs : the rules, a :class:`RulePack` or several (None: all that ship with newsclean).
    profile : ``"balanced"`` strips what is near certain.  ``"precision"`` strips only what one rule decides alone:
        nothing by position or by run.  ``"recall"`` strips also what balanced only flags.  The text itself tells
        whether it is the dump of a whole page, of which most may go, or an article that somebody has cleaned;
        ``"page"`` and ``"article"`` are balanced and say so.
    title : whether the article's own headline stays in ``.text`` (``"keep"``) or leaves it (``"drop"``).  It is in
        ``.title`` either way.  ``"auto"`` keeps it in text and drops it from HTML.  What may as well be a section's
        heading is not dropped from a text that is no whole page; ``thresholds={"title": 0.5}`` drops it too.
    standfirst : for HTML, whether the page's own summary above the text stays (``"keep"``) or leaves it
        (``"drop"``); ``"auto"`` lets the block model say, which found it in three of four gold texts that have one.
    drop : the labels to take out of the text; spans of other labels stay in it as flags.  All by default.
    thresholds : per label, the score from which a finding is stripped rather than flagged.  A rule that decides
        alone scores 1.0, one that needs company .5, and in company .9.  Unlisted labels: .8 (``"recall"``: .5).
    models : ``"on"`` lets the shipped models speak beside the rules (numpy is imported at the first text long enough to
        judge); ``"off"`` is rules alone, several times as fast.
    attribution : ``"full"``, ``"rules"`` or ``"off"``: how much work goes into provenance.
    score : ``"on"`` puts a scorecard on every article that is annotated; ``"off"`` leaves it to :func:`newsclean.score`.
    limits : see :class:`Limits`.
    on_error : ``"issue"`` puts what goes wrong with a text on its article; ``"raise"`` raises InputError for what
        is no text and LimitError for what is too long.

    Raises
    ------
    InputError : a value that is not one of those above.

    >>> Config(title="drop").replace(drop={"newsletter"}).drop
    frozenset({'newsletter'})
    """

    packs: RulePack | tuple[RulePack, ...] | None = None
    profile: Profile = "balanced"
    title: Literal["auto", "keep", "drop"] = "auto"
    drop: frozenset[str] = STRIPPED
    thresholds: Mapping[str, float] = field(default_factory=dict)
    models: Literal["on", "off"] = "on"
    attribution: Literal["full", "rules", "off"] = "full"
    limits: Limits = Limits()
    on_error: Literal["issue", "raise"] = "issue"
    standfirst: Literal["auto", "keep", "drop"] = "auto"
    score: Literal["on", "off"] = "off"

    def __post_init__(self) -> None:
        if isinstance(self.packs, list):
            object.__setattr__(self, "packs", tuple(self.packs))
        _check_types(self)
        object.__setattr__(self, "drop", frozenset(self.drop))
        object.__setattr__(self, "thresholds", MappingProxyType(dict(self.thresholds)))
        _one_of("profile", self.profile, get_args(Profile))
        _one_of("title", self.title, ("auto", "keep", "drop"))
        _one_of("standfirst", self.standfirst, ("auto", "keep", "drop"))
        _one_of("models", self.models, ("on", "off"))
        _one_of("attribution", self.attribution, ("full", "rules", "off"))
        _one_of("score", self.score, ("on", "off"))
        _one_of("on_error", self.on_error, ("issue", "raise"))
        for label in (*self.drop, *self.thresholds):
            _one_of("a label", label, LABELS)
        for label, score in self.thresholds.items():
            if not isinstance(score, int | float) or not 0.0 <= score <= 1.0:
                raise InputError(f"the threshold of {label} lies in [0, 1], not {score}")

    def replace(self, **changes: Any) -> Self:
        """A copy with these fields changed; InputError for a field that does not exist."""
        unknown = sorted(set(changes) - {f.name for f in fields(self)})
        if unknown:
            raise InputError(f"Config has no {', '.join(unknown)}; it has {', '.join(f.name for f in fields(self))}")
        return replace(self, **changes)

    @property
    def rules(self) -> RulePack:
        """The rules of all packs as one pack."""
        if self.packs is None:
            return RulePack.builtin()
        if isinstance(self.packs, RulePack):
            return self.packs
        joined = RulePack("", ())
        for pack in self.packs:
            joined = joined | pack
        return joined

    def threshold(self, label: str) -> float:
        """The score from which a finding of this label is stripped."""
        return self.thresholds.get(label, _LEAST.get(self.profile, 0.8))

    def __hash__(self) -> int:
        return hash(
            (
                self.packs,
                self.profile,
                self.title,
                self.drop,
                tuple(sorted(self.thresholds.items())),
                self.models,
                self.limits,
                self.standfirst,
            )
        )

    def __reduce__(self) -> tuple[object, ...]:
        values = tuple(getattr(self, f.name) for f in fields(self))
        return Config, (*values[:4], dict(self.thresholds), *values[5:])  # a mapping proxy does not pickle


def _check_types(config: Config) -> None:
    packs = config.packs if isinstance(config.packs, tuple) else (config.packs,)
    if not all(isinstance(pack, RulePack) or config.packs is None for pack in packs):
        raise InputError(f"packs are RulePacks, not {config.packs!r}; RulePack.load reads a file")
    if not isinstance(config.limits, Limits):
        raise InputError(f"limits are Limits(min_kept=…, max_chars=…), not {config.limits!r}")
    if (
        isinstance(config.drop, str)
        or not isinstance(config.drop, Iterable)
        or any(type(d) is not str for d in config.drop)
    ):
        raise InputError(f"drop is a set of labels, not {config.drop!r}")
    if not isinstance(config.thresholds, Mapping):
        raise InputError(f"thresholds map labels to scores, not {config.thresholds!r}")


def _one_of(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InputError(f"{what} is one of {', '.join(allowed)}, not {value!r}")
