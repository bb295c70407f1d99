"""Alike: how like a paragraph's vector is to the others of its document, alone and with its neighbours.

One row a paragraph, in reading order; every number is a cosine.  What is pasted into a story stands between two
sides that fit each other, and what comes in two paragraphs is unlike the rest as a pair, though each is like the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["cosines", "middle", "windows", "within"]

Floats = NDArray[np.float64]


def cosines(dot: Floats, step: Floats, whole: float, name: str) -> dict[str, Floats]:
    """Cosines of unit vectors with the rest of them, from sums alone; (n,) each.

    ``dot`` is each vector with the sum of the others, ``step`` with its successor, ``whole`` the sum with itself.
    The rest is all others, for ``NAME_far`` all but the neighbours; ``NAME_pair`` is the lesser of the cosines of
    the two pairs that a vector and a neighbour make, 1 where a pair is all there is.

    >>> made = cosines(np.array([1.0, 1.0, 0.0]), np.array([1.0, 0.0, 0.0]), 5.0, "cos")
    >>> made["cos"].round(2).tolist(), made["cos_pair"].round(2).tolist(), made["next"].tolist()
    ([0.71, 0.71, 0.0], [0.0, 0.0, 0.71], [1.0, 0.0, 0.0])
    """
    n = len(dot)
    rest = whole - 2 * dot - 1  # the square of the sum without the vector
    nxt = np.concatenate([step[: n - 1], [0.0]])
    prev = np.concatenate([[0.0], nxt[:-1]])
    loo = dot / np.sqrt(np.maximum(rest, 1e-6))
    # What each neighbour takes out of that square; that both of them may be alike is left out of account.
    after = np.concatenate([2 * (dot[1:] - nxt[:-1]) + 1, [0.0]])
    before = np.concatenate([[0.0], 2 * (dot[:-1] - nxt[:-1]) + 1])
    far = (dot - prev - nxt) / np.sqrt(np.maximum(rest - after - before, 1.0))
    pair = np.ones(n)
    if n > 2:
        both, held = dot[:-1] + dot[1:] - 2 * nxt[:-1], 2 + 2 * nxt[:-1]
        left = whole - 2 * (dot[:-1] + dot[1:] + 2) + held
        lone = both / np.sqrt(np.maximum(left * held, 1e-6))
        pair = np.minimum(np.concatenate([[2.0], lone]), np.concatenate([lone, [2.0]]))
    return {name: loo, f"{name}_far": far, f"{name}_pair": pair, "prev": prev, "next": nxt, **within(loo, name)}


def within(x: Floats, name: str) -> dict[str, Floats]:
    """A value against the document's: standard score, rank in [0, 1] and the median."""
    n = len(x)
    rank = np.empty(n)
    order = np.argsort(x, kind="stable")
    rank[order] = np.arange(n)
    away = x - np.add.reduce(x) / n
    spread = np.sqrt(np.add.reduce(away * away) / n)
    return {
        f"{name}_z": away / (spread + 1e-2),
        f"{name}_rank": rank / max(1, n - 1),
        f"{name}_doc": np.full(n, middle(x[order])),
    }


def middle(ordered: NDArray[Any]) -> Any:
    """The median of sorted numbers; numpy's own takes fifty times as long.

    >>> float(middle(np.array([1.0, 2.0, 9.0]))), float(middle(np.array([1.0, 2.0])))
    (2.0, 1.5)
    """
    n = len(ordered)
    return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2


def windows(unit: NDArray[np.float32]) -> dict[str, Floats]:
    """Threes of paragraphs against the rest, and how well the two sides of a paragraph fit each other.

    Parameters
    ----------
    unit : (n, k) vectors of length one.

    Returns
    -------
    three : (n,) the least cosine with the rest of any three in a row, this one among them; 1 where nothing is left.
    bridge : (n,) the cosine of the paragraphs before and after this one; 0 at the ends.
    bridge_pair : (n,) the better of those around this one and a neighbour; 0 at the ends.

    >>> story, advert = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    >>> made = windows(np.stack([story, story, advert, advert, story]))
    >>> made["bridge"].tolist(), made["bridge_pair"].tolist()
    ([0.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.0, 0.0])
    """
    n = len(unit)
    made = {"three": np.ones(n), "bridge": np.zeros(n), "bridge_pair": np.zeros(n)}
    if n > 2:
        made["bridge"][1:-1] = _dot(unit[:-2], unit[2:])
    if n > 3:
        window = unit[:-2] + unit[1:-1] + unit[2:]
        rest = unit.sum(axis=0) - window
        lone = _dot(window, rest) / np.maximum(np.sqrt(_dot(window, window) * _dot(rest, rest)), 1e-6)
        three = np.concatenate([[1.0, 1.0], lone, [1.0, 1.0]])
        made["three"] = np.minimum(np.minimum(three[2:], three[1:-1]), three[:-2])
        around = _dot(unit[:-3], unit[3:])
        made["bridge_pair"][1:-1] = np.maximum(np.concatenate([around, [-1.0]]), np.concatenate([[-1.0], around]))
    return made


def _dot(one: NDArray[np.float32], other: NDArray[np.float32]) -> Floats:
    product: Floats = np.einsum("ij,ij->i", one, other).astype(np.float64)
    return product
