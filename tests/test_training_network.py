"""The network's slopes are true, its training agrees with what ships, and one seed gives one network."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclean.detectors.network import GAPS, Network
from newsclean.training.network import PURE, Lesson, fit, gradients


def _weights(columns: int, width: int) -> dict[str, NDArray[Any]]:
    rng = np.random.default_rng(1)
    shapes = {"enter": (columns + 1, width), "gaps": (len(GAPS), 3 * width + 1, 2 * width), "heed": (width,),
              "mix": (2 * width + 1, width), "leave": (width + 1,)}  # fmt: skip
    return {name: rng.normal(0, 0.5, shape) for name, shape in shapes.items()}


def _lesson(pages: int = 30) -> Lesson:
    """Pages of which the lines in the middle belong to the article: the number says nothing, its neighbours do."""
    rng = np.random.default_rng(2)
    size = rng.integers(20, 40, pages)
    edge = np.concatenate([[0], np.cumsum(size)])
    own = np.concatenate([((at := np.arange(n)) > n // 3) & (at < 2 * n // 3) for n in size]).astype(np.int64)
    x = np.column_stack([own + rng.normal(0, 1.0, len(own)), rng.normal(0, 1.0, len(own))]).astype(np.float32)
    return Lesson(x, own, np.ones(len(own)), edge, [[i] for i in range(pages)])


def test_slopes_are_those_of_the_loss() -> None:
    weights = _weights(3, 4)
    rng = np.random.default_rng(3)
    x, own, count = rng.normal(size=(50, 3)), rng.integers(0, 2, 50) * 1.0, rng.uniform(0.5, 2.0, 50)
    masks = [(rng.random((50, k)) > 0.2) * 1.25 for k in (3, *[4] * (len(GAPS) + 1))]
    size = [30, 1, 19]
    _, slopes = gradients(weights, x, (own, count), size, masks)
    for name, w in weights.items():
        for i in rng.choice(w.size, min(12, w.size), replace=False):
            losses = []
            for side in (-1e-5, 1e-5):
                moved = w.copy()
                moved.flat[i] += side
                losses.append(gradients({**weights, name: moved}, x, (own, count), size, masks)[0])
            assert slopes[name].flat[i] == pytest.approx((losses[1] - losses[0]) / 2e-5, rel=1e-4, abs=1e-9)


def test_training_and_prediction_agree() -> None:
    weights = _weights(3, 4)
    rng = np.random.default_rng(4)
    x = np.clip(rng.normal(size=(40, 3)), -4, 4)
    network = Network(np.zeros(3), np.ones(3), **weights)
    odds = network.odds(x)
    own = (odds > 0) * 1.0
    masks = [np.ones((40, k)) for k in (3, *[4] * (len(GAPS) + 1))]
    loss, _ = gradients(weights, x, (own, np.ones(40)), [40], masks)
    assert loss == pytest.approx(np.mean(np.logaddexp(0, odds) - own * odds), abs=1e-6)


def test_it_learns_what_stands_around_a_line() -> None:
    lesson = _lesson()
    network = fit(lesson, rounds=250, width=8)
    odds = np.concatenate(
        [network.odds(lesson.matrix[a:b]) for a, b in zip(lesson.edge, lesson.edge[1:], strict=False)]
    )
    alone = np.mean((lesson.matrix[:, 0] > 0.5) == lesson.own)
    assert np.mean((odds > 0) == lesson.own) > alone + 0.15


def test_one_seed_gives_one_network() -> None:
    first, again, other = (fit(_lesson(8), rounds=2, width=4, seed=seed) for seed in (5, 5, 6))
    assert all(np.array_equal(a, b) for a, b in zip(_arrays(first), _arrays(again), strict=True))
    assert not np.array_equal(first.gaps, other.gaps)


def _arrays(network: Network) -> list[NDArray[Any]]:
    return list(network.packed("n").values())


def test_mixed_pages_teach_but_in_the_last_rounds() -> None:
    """Mixed texts whose truth is the opposite: read before the last rounds they change what is learned, in these nothing."""
    plain = _lesson(20)
    many = int(plain.edge[-1])
    mixed = Lesson(
        np.concatenate([plain.matrix] * 2), np.concatenate([plain.own, 1 - plain.own]), np.ones(2 * many),
        np.concatenate([plain.edge, plain.edge[1:] + many]), plain.pages, [[i + 20] for i in range(20)],
    )  # fmt: skip
    for rounds in (PURE, PURE + 2):
        one, two = (fit(lesson, rounds=rounds, width=4) for lesson in (plain, mixed))
        assert np.allclose(one.leave, two.leave) is (rounds == PURE)
