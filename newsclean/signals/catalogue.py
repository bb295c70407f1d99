"""Catalogue: all signals by their group, and the one call that measures them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newsclean.evidence import Signal
from newsclean.signals.frame import CONTAMINATION, STRUCTURE, Measure
from newsclean.signals.manner import HEADLINE, STYLE, TRANSPARENCY
from newsclean.signals.reading import Reading
from newsclean.signals.sourcing import SHARE, SOURCING

__all__ = ["GROUPS", "NAMES", "measure"]

GROUPS: Final[Mapping[str, tuple[Measure, ...]]] = {
    "sourcing": SOURCING, "attribution": SHARE, "transparency": TRANSPARENCY, "style": STYLE, "headline": HEADLINE,
    "contamination": CONTAMINATION, "structure": STRUCTURE,
}  # fmt: skip
_ALL: Final = tuple((f.__name__, f) for group in GROUPS.values() for f in group)
NAMES: Final[tuple[str, ...]] = tuple(name for name, _ in _ALL)


def measure(reading: Reading, /) -> dict[str, Signal]:
    """Every signal that can be told of an article, by its name; what cannot be told is absent, not zero."""
    return {name: signal for name, f in _ALL if (signal := f(reading)) is not None}
