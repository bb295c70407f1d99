"""The line model's network at work: near and far lines count, short texts are read, its file is checked."""

from __future__ import annotations

import numpy as np
import pytest

from newsclean.detectors.network import GAPS, Network, scaled
from newsclean.errors import ModelError

COLUMNS, WIDTH = 3, 4


def network() -> Network:
    rng = np.random.default_rng(7)
    shapes = {"enter": (COLUMNS + 1, WIDTH), "gaps": (len(GAPS), 3 * WIDTH + 1, 2 * WIDTH), "heed": (WIDTH,),
              "mix": (2 * WIDTH + 1, WIDTH), "leave": (WIDTH + 1,)}  # fmt: skip
    weights = {name: rng.normal(0, 0.7, shape).astype(np.float16).astype(np.float32) for name, shape in shapes.items()}
    return Network(np.zeros(COLUMNS, dtype=np.float32), np.ones(COLUMNS, dtype=np.float32), **weights)


def lines(n: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.random.default_rng(8).normal(size=(n, COLUMNS))


@pytest.mark.parametrize("n", [1, 2, 15, 16, 17, 200])
def test_every_line_of_any_text_has_odds(n: int) -> None:
    odds = network().odds(lines(n))
    assert odds.shape == (n,)
    assert np.isfinite(odds).all()


def test_lines_far_away_count() -> None:
    here = lines(200)
    there = here.copy()
    there[120] += 3.0
    change = np.abs(network().odds(there) - network().odds(here))
    assert change[120 - sum(GAPS)] > 1e-6
    assert change[120] > change[10]


def test_values_beyond_measure_are_cut_off() -> None:
    high, higher = np.full((5, COLUMNS), 1e3), np.full((5, COLUMNS), 1e9)
    assert np.array_equal(network().odds(high), network().odds(higher))


@pytest.mark.parametrize("size", [1, 2, 16, 17, 40])
def test_each_convolution_sees_a_line_above_and_one_below_and_noughts_beyond_the_ends(size: int) -> None:
    made, matrix = network(), lines(size)
    h = np.maximum(scaled(matrix, made.mean, made.spread) @ made.enter[:-1] + made.enter[-1], 0.0)
    for gap, weights in zip(GAPS, made.gaps, strict=True):
        wide = np.zeros((size + 2 * gap, WIDTH), dtype=np.float32)
        wide[gap : gap + size] = h
        beside = np.hstack([wide[:size], h, wide[2 * gap :]])
        z = beside @ weights[:-1] + weights[-1]
        h = h + np.tanh(z[:, :WIDTH]) / (1.0 + np.exp(-z[:, WIDTH:]))
    share = np.exp(h @ made.heed)
    whole = share / share.sum() @ h
    mixed = np.maximum(np.hstack([h, np.tile(whole, (size, 1))]) @ made.mix[:-1] + made.mix[-1], 0.0)
    assert made.odds(matrix) == pytest.approx(mixed @ made.leave[:-1] + made.leave[-1], abs=1e-4)


def test_it_survives_its_arrays_and_damage_is_named() -> None:
    arrays = network().packed("page")
    assert np.array_equal(Network.unpacked("page", arrays).odds(lines(30)), network().odds(lines(30)))
    with pytest.raises(ModelError, match="missing"):
        Network.unpacked("other", arrays)
    with pytest.raises(ModelError, match="fit each other"):
        Network.unpacked("page", {**arrays, "page_heed": np.zeros(WIDTH + 1)})
