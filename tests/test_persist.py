"""Persist: what is saved comes back, what was touched is refused, and nothing is ever unpickled."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier  # type: ignore[import-untyped]

from newsclean.errors import ModelError
from newsclean.persist import FORMAT, Forest, load, models_dir, read_card, save

ARRAYS = {"b": np.arange(6, dtype=np.int16).reshape(2, 3), "a": np.array(0.5), "empty": np.zeros((0, 4), np.float32)}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    save(tmp_path / "model", ARRAYS, {"data": "none – ä"})
    return tmp_path / "model"


def test_arrays_and_card_come_back_as_they_were(saved: Path) -> None:
    arrays, card = load(saved)
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert arrays[name].shape == array.shape
        np.testing.assert_array_equal(arrays[name], array)
    assert card["data"] == "none – ä"
    assert card["format"] == FORMAT


def test_the_same_arrays_are_the_same_bytes_in_any_order(saved: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    save(other, dict(reversed(ARRAYS.items())), {"data": "none – ä"})
    for suffix in (".npz", ".json"):
        assert other.with_suffix(suffix).read_bytes() == saved.with_suffix(suffix).read_bytes()


def test_a_name_with_a_dot_keeps_it(tmp_path: Path) -> None:
    save(tmp_path / "v1.2", ARRAYS, {})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["v1.2.json", "v1.2.npz"]
    assert load(tmp_path / "v1.2.npz")[0].keys() == ARRAYS.keys()


@pytest.mark.parametrize("where", [0.3, 0.9])
def test_one_changed_byte_is_noticed(saved: Path, where: float) -> None:
    file = saved.with_suffix(".npz")
    blob = bytearray(file.read_bytes())
    blob[int(len(blob) * where)] ^= 1
    file.write_bytes(blob)
    with pytest.raises(ModelError, match="not those of its card"):
        load(saved)


def test_objects_are_neither_saved_nor_loaded(saved: Path) -> None:
    with pytest.raises(ModelError, match="objects"):
        save(saved, {"code": np.array([print], dtype=object)}, {})
    with saved.with_suffix(".npz").open("wb") as file:
        np.savez(file, code=np.array([{"run": "me"}], dtype=object))
    import hashlib

    digest = hashlib.sha256(saved.with_suffix(".npz").read_bytes()).hexdigest()
    saved.with_suffix(".json").write_text(json.dumps({"format": FORMAT, "digest": digest}))
    with pytest.raises(ModelError, match="cannot be read"):
        load(saved)


def test_a_card_that_is_not_json_is_refused(tmp_path: Path) -> None:
    for card in ({"a": {1, 2}}, {"a": float("nan")}):
        with pytest.raises(ModelError, match="JSON"):
            save(tmp_path / "model", ARRAYS, card)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no card"),
        ("[]", "no digest"),
        ("{}", "no digest"),
        (json.dumps({"digest": "0", "format": FORMAT + 1}), "this newsclean reads"),
    ],
)
def test_a_bad_card_says_what_is_wrong(saved: Path, text: str, message: str) -> None:
    saved.with_suffix(".json").write_text(text)
    with pytest.raises(ModelError, match=message):
        load(saved)


def test_missing_files_are_model_errors(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no card"):
        read_card(tmp_path / "nothing")
    saved.with_suffix(".npz").unlink()
    with pytest.raises(ModelError, match="no arrays"):
        load(saved)


def test_the_models_are_where_the_wheel_or_the_checkout_has_them() -> None:
    assert (models_dir() / "README.md").is_file()


@pytest.fixture(scope="module")
def grown() -> tuple[HistGradientBoostingClassifier, np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(3000, 7)).astype(np.float32)
    matrix[:, 3] = np.round(matrix[:, 3])
    y = matrix[:, 0] * matrix[:, 3] + rng.normal(size=3000) > 0
    return HistGradientBoostingClassifier(max_iter=30, random_state=0).fit(matrix, y), matrix


def test_a_forest_gives_what_scikit_learn_gives(grown: tuple[HistGradientBoostingClassifier, np.ndarray]) -> None:
    classifier, matrix = grown
    forest = Forest.of(classifier)
    np.testing.assert_allclose(forest.raw(matrix), classifier.decision_function(matrix), rtol=0, atol=1e-12)
    again = Forest.unpacked("x", forest.packed("x"))
    np.testing.assert_array_equal(again.raw(matrix), forest.raw(matrix))
    assert forest.raw(matrix[:0]).shape == (0,)


def test_a_value_on_the_limit_goes_left_as_in_scikit_learn(
    grown: tuple[HistGradientBoostingClassifier, np.ndarray],
) -> None:
    classifier, _matrix = grown
    limits = np.concatenate(
        [p.nodes["num_threshold"][~p.nodes["is_leaf"].astype(bool)] for (p,) in classifier._predictors]
    )
    on = np.repeat(limits[:50, None], 7, axis=1).astype(np.float32)
    for rows in (on, np.nextafter(on, np.float32(9)), np.nextafter(on, np.float32(-9))):
        np.testing.assert_allclose(
            Forest.of(classifier).raw(rows), classifier.decision_function(rows), rtol=0, atol=1e-12
        )


@pytest.mark.parametrize("part", ["roots", "child"])
def test_a_node_that_points_outside_is_refused(
    grown: tuple[HistGradientBoostingClassifier, np.ndarray],
    part: str,
) -> None:
    arrays = Forest.of(grown[0]).packed("x")
    arrays[f"x_{part}"][-1] = len(arrays["x_feature"])
    with pytest.raises(ModelError, match="outside"):
        Forest.unpacked("x", arrays)
    del arrays[f"x_{part}"]
    with pytest.raises(ModelError, match="not whole"):
        Forest.unpacked("x", arrays)
