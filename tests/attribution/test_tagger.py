from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.attribution.cues import lexicon
from newsclean.attribution.encode import CLUSTERED, encode, tagged
from newsclean.attribution.hashes import rows
from newsclean.attribution.mark import tags
from newsclean.attribution.rules import find_marks
from newsclean.attribution.tagger import CUE, Chainer, Tagger, chosen_once, default_tagger, runs, viterbi
from newsclean.attribution.tokens import tokens
from newsclean.errors import ModelError
from newsclean.segment import segment

TEXT = "“It is over,” said Dana Wirth on Monday.\n\nThe mayor denied that it rained."
EN = lexicon("en")


def best(scores: np.ndarray, moves: np.ndarray) -> float:
    """The score of the best path, the slow way."""
    here = scores[0] + moves[-1]
    for row in scores[1:]:
        here = (here[:, None] + moves[:-1]).max(axis=0) + row
    return float(here.max())


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 9), min_size=1, max_size=4))
def test_viterbi_finds_the_best_path_of_every_sequence(seed: int, lengths: list[int]) -> None:
    rng = np.random.default_rng(seed)
    first = np.concatenate([[0], np.cumsum(lengths)])
    scores = rng.normal(size=(first[-1], 3)).astype(np.float32)
    moves = rng.normal(size=(4, 3)).astype(np.float32)
    labels = viterbi(scores, moves, first)
    for a, b in itertools.pairwise(first):
        path = labels[a:b]
        score = moves[3, path[0]] + moves[path[:-1], path[1:]].sum() + scores[np.arange(a, b), path].sum()
        assert score == pytest.approx(best(scores[a:b], moves), abs=1e-4)


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_a_cue_gets_one_stretch_of_source_at_most(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(n, 6)).astype(np.float32) + np.array([0, 1, 1, 1, 1, 0], dtype=np.float32)
    labels = chosen_once(scores, np.zeros((7, 6), dtype=np.float32), np.array([0, n]))
    assert int((np.diff(np.concatenate([[0], labels == 1])) == 1).sum()) <= 1


def test_features_depend_on_the_document_alone() -> None:
    t = tokens(segment(TEXT))
    rules = tagged(len(t), tags(t, find_marks(t, EN)))
    clusters = np.arange(CLUSTERED) % 7
    one, again = (encode(t, rules, [clusters]) for _ in range(2))
    read = rows(one.columns, 1 << 12)
    assert read.shape == (len(t), len(one.columns))
    assert (read == rows(again.columns, 1 << 12)).all()
    assert 0 <= read.min() <= read.max() < 1 << 12
    assert one.starts[0] == 1


def test_scores_of_small_weights_are_those_of_plain_sums() -> None:
    rng = np.random.default_rng(0)
    table = rng.integers(-31, 32, size=(64, 6)).astype(np.int8)
    columns = [rng.integers(0, 1 << 40, size=9) for _ in range(11)]
    wanted = sum(table[c & 63].astype(np.float32) for c in columns)
    chain = Chainer(table, np.zeros((7, 6), dtype=np.float32), 0.5)
    assert (chain.scores(columns) == wanted * np.float32(0.5)).all()


def test_the_shipped_tagger_reads_a_story() -> None:
    t = tokens(segment(TEXT))
    found = default_tagger()(t, find_marks(t, EN))
    assert [[" ".join(t.form[a:b]) for a, b in m.source] for m in found] == [["Dana Wirth"], ["The mayor"]]
    assert default_tagger()(tokens([]), []) == []


def test_a_tagger_survives_its_file(tmp_path: Path) -> None:
    t = tokens(segment(TEXT))
    marks = find_marks(t, EN)
    digest = default_tagger().save(tmp_path / "tagger", card={"name": "tagger"})
    again = Tagger.load(tmp_path / "tagger")
    assert again(t, marks) == default_tagger()(t, marks)
    assert again.save(tmp_path / "again", card={"name": "tagger"}) == digest


def test_a_damaged_chain_is_refused() -> None:
    chain = Chainer(np.ones((8, 3), dtype=np.float32), np.zeros((4, 3), dtype=np.float32))
    arrays = chain.packed("x")
    assert Chainer.unpacked("x", arrays).scores([np.zeros(1, dtype=np.int32)] * 2) == pytest.approx(2.0, abs=0.05)
    with pytest.raises(ModelError, match="not whole"):
        Chainer.unpacked("y", arrays)
    with pytest.raises(ModelError, match="damaged"):
        Chainer.unpacked("x", {**arrays, "x_moves": np.zeros((3, 3), dtype=np.float32)})


def test_runs_begin_and_go_on() -> None:
    assert list(runs([CUE + 1, CUE + 1, 0, CUE, CUE, 0], CUE)) == [(0, 2), (3, 4), (4, 5)]


def test_a_tagger_of_another_make_is_refused(tmp_path: Path) -> None:
    look, pair = (Chainer(np.ones((8, n), dtype=np.float32), np.zeros((n + 1, n), dtype=np.float32)) for n in (7, 3))
    Tagger(look, pair, np.zeros(CLUSTERED)).save(tmp_path / "old", card={"name": "old"})
    with pytest.raises(ModelError, match="labels"):
        Tagger.load(tmp_path / "old")
