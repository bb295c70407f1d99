"""Hashes: an opening looked up gives what its parts would."""

from __future__ import annotations

import numpy as np
import pytest

from newsclean.attribution.hashes import Opening, mixed, rows


@pytest.mark.parametrize("others", [0, 1, 3])
def test_an_opening_gives_the_same_hashes_as_its_parts(others: int) -> None:
    rng = np.random.default_rng(others)
    small, smaller = rng.integers(0, 63, size=40), rng.integers(0, 4, size=40)
    rest = [rng.integers(0, 1 << 32, size=40) for _ in range(others)]
    opening = Opening.of((smaller, 4), (small, 63))
    assert (mixed(7, rest, opening) == mixed(7, [smaller, small, *rest])).all()
    assert (mixed(7, [small, *rest], Opening.of((smaller, 4))) == mixed(7, [smaller, small, *rest])).all()


def test_buckets_are_the_low_bits() -> None:
    column = mixed(0, [np.arange(9)])
    assert (rows([column], 16)[:, 0] == column % 16).all()
