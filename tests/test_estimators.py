"""OffTopicClassifier: the contract of a scikit-learn estimator, held by hand, and what it learns."""

from __future__ import annotations

import itertools
import pickle
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.base import clone  # type: ignore[import-untyped]
from sklearn.exceptions import NotFittedError  # type: ignore[import-untyped]
from sklearn.model_selection import GridSearchCV, GroupKFold, KFold  # type: ignore[import-untyped]

from newsclean.detectors.offtopic import OffTopicModel
from newsclean.errors import InputError, ModelError
from newsclean.estimators import OffTopicClassifier
from newsclean.persist import load, save

WHO = ("The harbour pilots", "Union leaders", "The port board", "Fishing crews", "Two ministers", "The ferry company")
DID = ("said on Monday that", "told a hearing that", "wrote in a letter that", "denied again that", "had warned that")
WHAT = ("the strike had cost the port", "shorter shifts were agreed with", "ships waited outside for", "pay was cut by")
WHOM = (
    "four hundred crew members.",
    "the islands in the north.",
    "eleven days of talks.",
    "the breakwater at Wexmoor.",
)
OFFERS = (
    "Get the {} app today and save on your first order!",
    "{} is a free tool that lets you compare prices online.",
)
BRANDS = ("BrightLoan", "Snapcart", "VoltVPN", "Glowly", "Petbox", "Tripzen", "Mealio", "Fitstar")


def documents(n: int, seed: int = 0) -> tuple[list[list[str]], list[list[int]]]:
    """Port stories of nine paragraphs, in each an advert somewhere."""
    rng = random.Random(seed)
    every = [" ".join(parts) for parts in itertools.product(WHO, DID, WHAT, WHOM)]
    docs, labels = [], []
    for _ in range(n):
        doc, at = rng.sample(every, 9), rng.randrange(10)
        advert = rng.choice(OFFERS).format(rng.choice(BRANDS)) + " Your friends will love it."
        docs.append([*doc[:at], advert, *doc[at:]])
        labels.append([0] * at + [2] + [0] * (9 - at))
    return docs, labels


SMALL = {"trees": 20, "leaves": 7, "topics": 4}


@pytest.fixture(scope="module")
def fitted() -> OffTopicClassifier:
    docs, labels = documents(60)
    return OffTopicClassifier(**SMALL).fit(docs, labels)


def test_it_finds_adverts_it_has_not_seen(fitted: OffTopicClassifier) -> None:
    docs, labels = documents(20, seed=1)
    probabilities = fitted.predict_proba(docs)
    assert probabilities.shape == (200, 2)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
    assert fitted.score(docs, labels) > 0.95
    found = fitted.predict(docs).reshape(20, 10)
    assert (found.argmax(axis=1) == np.array(labels).argmax(axis=1)).mean() > 0.9


def test_parameters_are_kept_and_cloned() -> None:
    classifier = OffTopicClassifier(trees=3, random_state=5)
    assert classifier.get_params() == {"trees": 3, "leaves": 31, "topics": 64, "random_state": 5}
    copy = clone(classifier.set_params(leaves=9))
    assert copy is not classifier
    assert copy.get_params() == {"trees": 3, "leaves": 9, "topics": 64, "random_state": 5}


def test_a_clone_is_not_fitted_and_says_so(fitted: OffTopicClassifier) -> None:
    with pytest.raises(NotFittedError):
        clone(fitted).predict_proba([["a b c d"]])
    with pytest.raises(NotFittedError):
        clone(fitted).save("nowhere")


def test_the_same_data_gives_the_same_model(fitted: OffTopicClassifier) -> None:
    docs, labels = documents(60)
    again = clone(fitted).fit(docs, labels)
    np.testing.assert_array_equal(again.out_of_fold_, fitted.out_of_fold_)
    np.testing.assert_array_equal(again.predict_proba(docs), fitted.predict_proba(docs))


def test_fitting_again_forgets(fitted: OffTopicClassifier) -> None:
    first, second = documents(60), documents(40, seed=7)
    classifier = clone(fitted).fit(*first).fit(*second)
    np.testing.assert_array_equal(classifier.out_of_fold_, clone(fitted).fit(*second).out_of_fold_)


def test_paragraphs_with_groups_are_documents(fitted: OffTopicClassifier) -> None:
    docs, labels = documents(60)
    flat = list(itertools.chain(*docs))
    groups = np.repeat(np.arange(60), 10)
    same = clone(fitted).fit(flat, list(itertools.chain(*labels)), groups=groups)
    np.testing.assert_array_equal(same.predict_proba(flat, groups=groups), fitted.predict_proba(docs))
    np.testing.assert_array_equal(fitted.predict_proba(docs[0]), fitted.predict_proba(docs[:1]))


def test_it_is_searched_by_grid() -> None:
    docs, labels = documents(40)
    search = GridSearchCV(OffTopicClassifier(**SMALL), {"trees": [1, 15]}, cv=KFold(2), error_score="raise")
    search.fit(docs, labels)
    assert search.best_score_ > 0.8
    outlets = [i % 4 for i in range(40)]
    grouped = GridSearchCV(OffTopicClassifier(**SMALL), {"leaves": [3, 7]}, cv=GroupKFold(2), error_score="raise")
    assert grouped.fit(docs, labels, groups=outlets).best_params_["leaves"] in (3, 7)


def test_out_of_fold_means_the_group_was_unseen() -> None:
    docs, labels = documents(40)
    wrong = [[0 if g == 0 else v for v in row] for g, row in zip([i % 4 for i in range(40)], labels, strict=True)]
    classifier = OffTopicClassifier(**SMALL).fit(docs, wrong, groups=[i % 4 for i in range(40)])
    advert = np.array(list(itertools.chain(*labels))) > 0
    first = np.repeat([i % 4 == 0 for i in range(40)], 10)
    assert np.median(classifier.out_of_fold_[advert & first]) > 0.5, "it learned from the group's own labels"


def test_unknown_labels_teach_nothing() -> None:
    docs, labels = documents(40)
    blind = [[-1 if v == 0 and i % 3 == 0 else v for i, v in enumerate(row)] for row in labels]
    classifier = OffTopicClassifier(**SMALL).fit(docs, blind)
    assert classifier.score(docs, blind) > 0.9


def test_weights_weigh() -> None:
    docs, labels = documents(40)
    even = [[1.0 for _ in row] for row in labels]
    light = [[0.05 if v else 1.0 for v in row] for row in labels]
    plain, same, less = (OffTopicClassifier(**SMALL).fit(docs, labels, sample_weight=w) for w in (None, even, light))
    np.testing.assert_array_equal(plain.out_of_fold_, same.out_of_fold_)
    heavy, slight = (
        np.mean([c.model_.first.raw(c.model_.matrix(d))[np.argmax(row)] for d, row in zip(docs, labels, strict=True)])
        for c in (plain, less)
    )
    assert slight < heavy, "adverts that weigh a twentieth are believed as much"


@pytest.mark.parametrize(
    ("x", "y", "options", "message"),
    [
        ("one text", [0], {}, "not one str"),
        (["a b", "c d"], [0, 1], {}, "need groups"),
        (["a b", "c d"], [0, 1], {"groups": [1]}, "2 paragraphs and 1 groups"),
        ([["a"], ["b"]], [[0]], {}, "as many rows of labels"),
        ([["a"], ["b"]], [[0], [1, 0]], {}, "document 1"),
        ([["a"], ["b"]], [[0], [4]], {}, "labels are"),
        ([["a"], ["b"]], [[0], [0]], {}, "labels are"),
        ([["a"], ["b"]], [[0], [1]], {}, "long enough to be judged"),
        ([["a"], [1]], [[0], [1]], {}, "a str, not int"),
        ([["a"], ["b"]], [[0], [1]], {"groups": [1]}, "as many groups"),
    ],
)
def test_what_does_not_fit_is_said(x: Any, y: Any, options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        OffTopicClassifier(**SMALL).fit(x, y, **options)


def test_a_short_paragraph_is_not_judged(fitted: OffTopicClassifier) -> None:
    assert fitted.predict_proba([["Buy now!", "Get the BrightLoan app today!"]])[:, 1].tolist() == [0, 0]


def test_saved_and_loaded_it_says_the_same(fitted: OffTopicClassifier, tmp_path: Path) -> None:
    docs, _ = documents(5, seed=3)
    digest = fitted.save(tmp_path / "mine", card={"data": "invented ports"})
    again = OffTopicClassifier.load(tmp_path / "mine")
    np.testing.assert_array_equal(again.predict_proba(docs), fitted.predict_proba(docs))
    assert again.get_params() == fitted.get_params()
    assert again.model_.card["digest"] == digest
    assert again.model_.card["data"] == "invented ports"
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(again)).predict_proba(docs), fitted.predict_proba(docs))


def test_a_model_of_other_features_is_refused(fitted: OffTopicClassifier, tmp_path: Path) -> None:
    fitted.save(tmp_path / "mine")
    arrays, card = load(tmp_path / "mine")
    save(tmp_path / "mine", {**arrays, "typical": arrays["typical"][:-1]}, card)
    with pytest.raises(ModelError, match="features"):
        OffTopicModel.load(tmp_path / "mine")
    del arrays["platt"]
    save(tmp_path / "mine", arrays, card)
    with pytest.raises(ModelError, match="no off-topic model"):
        OffTopicClassifier.load(tmp_path / "mine")


def test_no_word_of_the_training_text_is_in_the_file(fitted: OffTopicClassifier, tmp_path: Path) -> None:
    fitted.save(tmp_path / "mine")
    arrays, _ = load(tmp_path / "mine")
    assert all(a.dtype.kind in "iuf" for a in arrays.values())
    blob = b"".join(a.tobytes() for a in arrays.values())
    assert not [w for w in (*BRANDS, "harbour", "Wexmoor") if w.encode() in blob]
