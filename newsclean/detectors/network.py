"""Network: a small convolutional network that reads a text's lines in their order, from six lines around to sixty.

Gated convolutions with growing gaps (van den Oord et al. 2016; for furniture of web pages Vogels et al. 2018,
Web2Text) and one glance at the whole text.  It is fitted by ``newsclean.training.network``; here it only predicts, a few
products of matrices a text.  numpy is imported at the top, so this module is itself imported late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from newsclean.errors import ModelError

__all__ = ["GAPS", "NETWORKS", "Network", "by_all", "scaled"]

Floats = NDArray[Any]

NETWORKS: Final = 2
"""How many read the same lines: what one seed sees where another does not is chance."""
GAPS: Final = (1, 2, 4, 8, 16)
"""How far above and below each convolution looks, in lines."""
FAR: Final = 4.0
"""Standard deviations at which a column's values are cut off."""


@dataclass(frozen=True, slots=True)
class Network:
    """The weights, float32: ``columns`` numbers a line become ``width``, and at last its log-odds.

    Parameters
    ----------
    mean, spread : (columns,) by which the numbers are scaled.
    enter : (columns + 1, width), the last row added.
    gaps : (len(GAPS), 3 * width + 1, 2 * width) of the convolutions: the line above, the line, the one below.
    heed : (width,) how much each line counts when the whole text is summed up.
    mix : (2 * width + 1, width) of the line beside the whole text; leave : (width + 1,) to the log-odds.
    """

    mean: Floats
    spread: Floats
    enter: Floats
    gaps: Floats
    heed: Floats
    mix: Floats
    leave: Floats

    def odds(self, matrix: Floats, /) -> Floats:
        """The log-odds of each line of one text, (n,) float64, from its (n, columns) numbers."""
        h = np.maximum(scaled(matrix, self.mean, self.spread) @ self.enter[:-1] + self.enter[-1], 0.0)
        width = h.shape[1]
        for gap, weights in zip(GAPS, self.gaps, strict=True):
            z = h @ weights[width : 2 * width]
            z += weights[-1]
            z[gap:] += h[:-gap] @ weights[:width]
            z[:-gap] += h[gap:] @ weights[2 * width : -1]
            gate = np.exp(-z[:, width:])
            gate += 1.0
            h = h + np.tanh(z[:, :width]) / gate
        heed = h @ self.heed
        share = np.exp(heed - heed.max())
        whole = (share / share.sum()) @ h
        mixed = np.maximum(h @ self.mix[:width] + (whole @ self.mix[width:-1] + self.mix[-1]), 0.0)
        found: Floats = (mixed @ self.leave[:-1] + self.leave[-1]).astype(np.float64)
        return found

    def packed(self, name: str, /) -> dict[str, Floats]:
        """The arrays for :func:`newsclean.persist.save`, each named ``NAME_…``."""
        exact = {f"{name}_{key}": getattr(self, key).astype(np.float32) for key in ("mean", "spread")}
        return exact | {f"{name}_{key}": getattr(self, key).astype(np.float16) for key in _WEIGHTS}

    @classmethod
    def unpacked(cls, name: str, arrays: Mapping[str, Floats], /) -> Self:
        """The network that :meth:`packed` wrote; ModelError where an array is missing or does not fit the others."""
        try:
            made = cls(**{key: arrays[f"{name}_{key}"].astype(np.float32) for key in ("mean", "spread", *_WEIGHTS)})
        except KeyError as error:
            raise ModelError(f"no network: {error} is missing") from error
        columns, width = len(made.mean), made.enter.shape[-1]
        shapes = (
            (columns,),
            (columns + 1, width),
            (len(GAPS), 3 * width + 1, 2 * width),
            (width,),
            (2 * width + 1, width),
            (width + 1,),
        )
        if tuple(getattr(made, key).shape for key in ("spread", *_WEIGHTS)) != shapes:
            raise ModelError("no network: its arrays do not fit each other")
        return made


def by_all(networks: Sequence[Network], matrix: Floats, /) -> Floats:
    """The mean of the networks' log-odds of each line of one text, (n,) float64."""
    found: Floats = sum((network.odds(matrix) for network in networks), np.zeros(len(matrix))) / len(networks)
    return found


_WEIGHTS: Final = ("enter", "gaps", "heed", "mix", "leave")


def scaled(matrix: Floats, mean: Floats, spread: Floats, /) -> Floats:
    """The columns around nought, far values cut off, float32.

    >>> scaled(np.array([[3.0, 90.0]]), np.array([1.0, 0.0]), np.array([2.0, 1.0])).tolist()
    [[1.0, 4.0]]
    """
    made = (matrix - mean) / spread
    return np.clip(made, -FAR, FAR, out=made).astype(np.float32, copy=False)
