"""Alike: cosines from sums are those computed one by one, and what is pasted in shows as such."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclean.detectors.alike import cosines, windows, within

Vectors = NDArray[np.float32]


def units(n: int) -> Vectors:
    drawn = np.random.default_rng(0).uniform(0.0, 1.0, (n, 6))
    unit: Vectors = (drawn / np.linalg.norm(drawn, axis=1)[:, None]).astype(np.float32)
    return unit


def cosine(one: Vectors, other: Vectors) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


@pytest.mark.parametrize("n", [3, 4, 9])
def test_cosines_from_sums_are_those_one_by_one(n: int) -> None:
    unit = units(n)
    total = unit.sum(axis=0)
    step = np.append((unit[:-1] * unit[1:]).sum(axis=1), 0.0).astype(np.float64)
    made = cosines((unit @ total - 1.0).astype(np.float64), step, float(total @ total), "cos")
    lone = [cosine(unit[i] + unit[i + 1], total - unit[i] - unit[i + 1]) for i in range(n - 1)]
    for i in range(n):
        assert made["cos"][i] == pytest.approx(cosine(unit[i], total - unit[i]), abs=1e-5)
        assert made["cos_pair"][i] == pytest.approx(min(lone[max(0, i - 1) : i + 1]), abs=1e-5)


@pytest.mark.parametrize("n", range(1, 8))
def test_every_document_has_finite_numbers(n: int) -> None:
    unit = units(n)
    total = unit.sum(axis=0)
    step = np.append((unit[:-1] * unit[1:]).sum(axis=1), 0.0).astype(np.float64)
    made = cosines((unit @ total - 1.0).astype(np.float64), step, float(total @ total), "cos") | windows(unit)
    for name, column in made.items():
        assert column.shape == (n,), name
        assert np.isfinite(column).all(), name


def test_three_of_another_story_are_least_alike_and_its_neighbours_bridge_it() -> None:
    story, other = np.array([1.0, 0.1], np.float32), np.array([0.0, 1.0], np.float32)
    story /= np.linalg.norm(story)
    threes = windows(np.stack([story] * 4 + [other] * 3 + [story] * 4))["three"]
    assert set(np.flatnonzero(threes == threes.min())) == {4, 5, 6}
    lone = windows(np.stack([story] * 3 + [other] + [story] * 3))["bridge"]
    assert lone[3] == pytest.approx(1.0)
    assert lone[2] == pytest.approx(cosine(story, other), abs=1e-6)
    two = windows(np.stack([story] * 3 + [other] * 2 + [story] * 3))["bridge_pair"]
    assert two[3] == two[4] == pytest.approx(1.0)


def test_a_value_within_its_document() -> None:
    made = within(np.array([3.0, 1.0, 2.0]), "x")
    assert made["x_rank"].tolist() == [1.0, 0.0, 0.5]
    assert made["x_doc"].tolist() == [2.0] * 3
    assert made["x_z"][0] > 0 > made["x_z"][1]
