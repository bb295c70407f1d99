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
NAMES: Final[tuple[str, ...]] = tuple(f.__name__ for group in GROUPS.values() for f in group)


def measure(reading: Reading, /) -> dict[str, Signal]:
    """Every signal that can be told of an article, by its name; what cannot be told is absent, not zero."""
    found = ((f.__name__, f(reading)) for group in GROUPS.values() for f in group)
    return {name: signal for name, signal in found if signal is not None}
