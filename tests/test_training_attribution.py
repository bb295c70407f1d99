from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from newsclean.attribution.tokens import tokens
from newsclean.segment import segment
from newsclean.training import attribution as training
from newsclean.training.clusters import clusters
from newsclean.training.crf import Chain, Settings, fit, marginals, posteriors
from newsclean.training.relations import Relation, compare, relations

STORY = "Dana Wirth said the strike was over. The mayor denied that it rained.\n\n“We won,” Ms. Wirth said."


def test_posteriors_are_those_of_the_sum_over_all_paths() -> None:
    rng = np.random.default_rng(0)
    scores, moves = rng.normal(size=(3, 2)), rng.normal(size=(3, 2))
    weights = {}
    for path in np.ndindex(2, 2, 2):
        total = moves[2, path[0]] + moves[path[0], path[1]] + moves[path[1], path[2]]
        weights[path] = np.exp(total + sum(scores[t, label] for t, label in enumerate(path)))
    whole = sum(weights.values())
    node, edge = posteriors(scores, moves, np.array([0, 3]))
    for t in range(3):
        assert node[t, 1] == pytest.approx(sum(w for p, w in weights.items() if p[t] == 1) / whole, abs=1e-5)
    assert edge[0, 1] == pytest.approx(
        sum(w * ((p[0], p[1]) == (0, 1)) + w * ((p[1], p[2]) == (0, 1)) for p, w in weights.items()) / whole
    )
    assert edge[2].sum() == pytest.approx(1.0)


def test_a_chain_learns_what_its_features_say_and_twice_the_same() -> None:
    features = np.array([[0], [1], [0], [1]], dtype=np.int32)
    chain = Chain(features, np.array([0, 1, 0, 1]), np.array([0, 2, 4]))
    settings = Settings(4, 2, epochs=40, drop=0.0, rate=0.1)
    table, moves = fit([chain], settings)
    assert marginals(features, table, moves, chain.first).argmax(axis=1).tolist() == [0, 1, 0, 1]
    again, _ = fit([chain], settings)
    assert (table == again).all()


def test_metrics_pair_cues_one_to_one() -> None:
    gold = [
        Relation(frozenset({0}), frozenset({1}), frozenset({2, 3})),
        Relation(frozenset(), frozenset({5}), frozenset({6})),
    ]
    found = [
        Relation(frozenset({0, 9}), frozenset({1, 2}), frozenset({2})),
        Relation(frozenset(), frozenset({1}), frozenset({3})),
    ]
    counts = compare(found, gold)
    assert (counts.right["cue"], counts.right["source"]) == (1, 0)
    assert counts.right["content"] == 2
    assert counts.f1("relation") == 0.0
    assert relations("He said no.", [{"source": [[0, 2]], "cue": [[3, 7]], "content": [[8, 11]]}]) == [
        Relation(frozenset({0}), frozenset({1}), frozenset({2}))
    ]


def test_gold_becomes_labels() -> None:
    t = tokens(segment("Dana Wirth said no."))
    gold = [{"source": [(0, 10)], "cue": [(11, 15)], "content": [(16, 18)]}]
    assert training.labelled(t, gold).tolist() == [1, 2, 3, 5, 0]


def test_words_in_the_same_company_share_a_cluster() -> None:
    texts = [
        [f"the {noun} {verb} the town on {day} ."]
        for noun in ("mayor", "pilot", "clerk")
        for verb in ("saw", "left", "ran")
        for day in ("monday", "friday")
    ]
    (table,) = clusters(texts * 3, (4,), seed=0)
    assert table.max() < 4
    again = clusters(texts * 3, (4,), seed=0)[0]
    assert (table == again).all()


def test_the_tagger_is_trained_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attributions = [
        {"source": [[0, 10]], "cue": [[11, 15]], "content": [[16, 35]]},
        {"source": [[37, 46]], "cue": [[47, 58]], "content": [[59, 68]]},
    ]
    record = {"text": STORY, "attributions": attributions, "publisher": "", "primary": True, "title": "t"}
    rows = [{**record, "publisher": f"p{i % 2}"} for i in range(4)]
    for name, lines in (
        ("provenance/polnear_train", rows),
        ("provenance/polnear_dev", rows[:1]),
        ("offtopic/news", [{"title": "u", "paragraphs": [STORY] * 5}]),
    ):
        file = tmp_path / f"{name}.jsonl.gz"
        file.parent.mkdir(exist_ok=True)
        with gzip.open(file, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(line) + "\n" for line in lines)
    monkeypatch.setattr(training, "CLUSTERS", 5)
    tagger = training.train(tmp_path)
    card = training.card(tagger, tmp_path)
    assert card["polnear_dev"]["full"]["cue"] > 60
    assert card["counts"] == {"articles": 4, "attributions": 4 * len(attributions), "publishers": 2}
    digests = [t.save(tmp_path / "m", card={}) for t in (tagger, training.train(tmp_path))]
    assert digests[0] == digests[1]
