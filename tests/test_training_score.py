"""Training of the score: planted signals are found, chance is not, and what is judged was never fitted on."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from newsclean.errors import InputError
from newsclean.persist import read_card
from newsclean.scoring import KIND, ScoreModel
from newsclean.signals.catalogue import NAMES
from newsclean.training import __main__ as command
from newsclean.training.score import Articles, Outlets, area, fit, odds, rank_correlation, splits
from tests.test_scoring import RANT, WIRE

MANY, EACH = 40, 12


def planted(*, real: bool = True, seed: int = 0) -> Articles:
    """Outlets whose articles have hedges where they are rated high and loaded words where low, with much noise; or by chance."""
    rng = np.random.default_rng(seed)
    worth = np.repeat(rng.uniform(0.2, 1.0, MANY), EACH)
    values = rng.uniform(0, 2, (MANY * EACH, len(NAMES)))
    shown = worth if real else rng.permutation(worth)
    values[:, NAMES.index("hedges")] += 6 * shown
    values[:, NAMES.index("loaded_words")] += 6 * (1 - shown)
    direction = np.ones(len(NAMES), dtype=np.int64)
    direction[NAMES.index("loaded_words")], direction[NAMES.index(KIND)] = -1, 0
    outlet = np.repeat([f"o{i}.example" for i in range(MANY)], EACH)
    return Articles(outlet, np.full(len(worth), "t"), worth, values, direction)


def test_planted_signals_are_found_and_nothing_counts_against_its_direction() -> None:
    model = fit(planted())
    best = sorted(model.weights, key=lambda n: -model.weights[n])[:2]
    assert set(best) == {"hedges", "loaded_words"}
    assert min(model.weights.values()) >= 0
    assert 0 < model.gain < 20


def test_like_is_compared_with_like() -> None:
    articles = planted()
    kind = NAMES.index(KIND)
    articles.values[:, NAMES.index("hedges")] += 3 * articles.values[:, kind]
    model = fit(articles)
    assert model.scales["hedges"][4] > 0.3 > abs(model.scales["loaded_words"][4])
    assert KIND not in model.weights
    assert not any(row[4] for row in fit(replace(articles, kinds=False)).scales.values())


def test_out_of_fold_scores_follow_what_is_planted_and_not_chance() -> None:
    found = [s.spearman for s in splits(planted(), repeats=3)]
    assert min(found) > 0.8
    by_chance = [s.spearman for s in splits(planted(real=False), repeats=3)]
    assert max(by_chance) < 0.45


def test_an_outlet_of_few_articles_stays_nearer_to_the_average() -> None:
    outlets = Outlets.of(planted())
    mean = np.ones(MANY)
    assert outlets.nearer(mean, 4.0) == pytest.approx(EACH / (EACH + 4.0))
    assert (outlets.nearer(mean, 0.0) == mean).all()


def test_a_table_is_scored_as_an_article_is() -> None:
    articles = planted()
    model = fit(articles)
    row = {n: articles.values[0, i] for i, n in enumerate(NAMES)}
    sign = dict(zip(NAMES, articles.direction, strict=True))
    kind = model.standard(KIND, row[KIND])
    alone = model.base + sum(w * sign[n] * model.standard(n, row[n], kind) for n, w in model.weights.items())
    assert odds(model, articles)[0] == pytest.approx(alone)


def test_unrated_outlets_and_small_ones_are_left_out() -> None:
    articles = planted()
    articles.rating[:EACH] = np.nan
    assert len(Outlets.of(articles).names) == MANY - 1
    with pytest.raises(InputError, match="needs ten"):
        fit(articles[: 9 * EACH])


def test_area_and_rank_correlation() -> None:
    high, low = np.array([3.0, 4.0]), np.array([1.0, 2.0])
    assert area(np.concatenate([high, low]), np.array([True, True, False, False])) == 1.0
    assert area(np.zeros(4), np.array([True, True, False, False])) == 0.5
    assert np.isnan(area(high, np.array([True, True])))
    assert rank_correlation(np.array([1.0, 2.0, 9.0]), np.array([0.1, 0.2, 0.3])) == pytest.approx(1)


def test_one_command_the_same_bytes_twice(tmp_path: Path) -> None:
    rng = random.Random(0)
    outlets = [f"outlet{i}.example" for i in range(12)]
    rows = []
    for i, outlet in enumerate(outlets):
        for _ in range(6):
            mixed = [*rng.sample(WIRE.split("\n\n"), 5), *rng.sample(RANT.split("\n\n"), 1 + i % 4)]
            rows.append(
                {"outlet": outlet, "topic": "bridge", "title": "The bridge over the harbour", "paragraphs": mixed}
            )
    for name in ("offtopic", "ratings"):
        (tmp_path / name).mkdir()
    with gzip.open(tmp_path / "offtopic" / "news.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    rated = "".join(f"{outlet},{1 - (i % 4) / 4}\n" for i, outlet in enumerate(outlets))
    (tmp_path / "ratings" / "lin2023_domain_pc1.csv").write_text(f"domain,pc1\n{rated}", encoding="utf-8")
    for name in ("one", "two"):
        command.main(["score", "--corpora", str(tmp_path), "--out", str(tmp_path / name)])
    for suffix in (".npz", ".json"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    card = read_card(tmp_path / "one")
    assert card["out_of_fold"]["outlets"] == 12
    assert ScoreModel.load(tmp_path / "one").weights
