"""The vectorizer keeps scikit-learn's conventions and says what it cannot take."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.base import clone  # type: ignore[import-untyped]
from sklearn.exceptions import NotFittedError  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

import newsclean as nc
from newsclean.errors import InputError
from newsclean.estimators import ProvenanceVectorizer
from newsclean.signals.catalogue import GROUPS, NAMES
from tests.test_scoring import RANT, WIRE

TEXTS = [WIRE, RANT, WIRE.upper()]


def test_a_row_an_article_and_a_column_a_signal() -> None:
    vectorizer = ProvenanceVectorizer()
    matrix = vectorizer.fit_transform(TEXTS)
    assert matrix.shape == (3, len(NAMES))
    assert matrix.dtype == np.float64
    assert vectorizer.get_feature_names_out().tolist() == list(NAMES)
    assert np.isfinite(matrix).all()


def test_values_are_those_of_the_card() -> None:
    raw = ProvenanceVectorizer(scale="raw", missing="nan").fit_transform([WIRE])[0]
    signals = nc.score(WIRE).signals
    for name, value in zip(NAMES, raw, strict=True):
        assert np.isnan(value) if name not in signals else value == signals[name].value
    rooted = ProvenanceVectorizer(missing="nan").fit_transform([WIRE])[0]
    np.testing.assert_allclose(rooted, np.sqrt(raw))


def test_articles_and_texts_are_one() -> None:
    vectorizer = ProvenanceVectorizer().fit(TEXTS)
    np.testing.assert_array_equal(vectorizer.transform([nc.annotate(WIRE)]), vectorizer.transform([WIRE]))


def test_what_cannot_be_told_is_the_mean_of_the_training_articles() -> None:
    vectorizer = ProvenanceVectorizer(groups=("style",)).fit(TEXTS)
    empty = vectorizer.transform([nc.Article("")])[0]
    at = vectorizer.get_feature_names_out().tolist().index("hedges")
    assert empty[at] == pytest.approx(vectorizer.mean_[at])


def test_it_is_cloned_and_stands_in_a_pipeline() -> None:
    pipeline = make_pipeline(ProvenanceVectorizer(groups=("style", "sourcing")), StandardScaler(), LogisticRegression())
    assert clone(pipeline).fit([WIRE, RANT], [1, 0]).predict([WIRE, RANT]).tolist() == [1, 0]
    assert set(ProvenanceVectorizer(groups=["style"]).get_params()) == {"groups", "missing", "scale"}


def test_groups_are_those_of_the_catalogue() -> None:
    names = ProvenanceVectorizer(groups=("headline", "structure")).fit([]).get_feature_names_out().tolist()
    assert names == [f.__name__ for g in ("headline", "structure") for f in GROUPS[g]]


def test_no_articles_give_no_rows() -> None:
    assert ProvenanceVectorizer().fit(TEXTS).transform([]).shape == (0, len(NAMES))


@pytest.mark.parametrize("wrong", [{"groups": ["topic"]}, {"missing": "zero"}, {"scale": "log"}])
def test_wrong_options_are_said(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError, match="groups are"):
        ProvenanceVectorizer(**wrong).fit([])  # type: ignore[arg-type]


def test_one_text_is_no_sequence_of_them() -> None:
    with pytest.raises(InputError, match="list"):
        ProvenanceVectorizer().fit(WIRE)
    with pytest.raises(InputError):
        ProvenanceVectorizer().fit([3])


def test_unfitted_it_transforms_nothing() -> None:
    with pytest.raises(NotFittedError):
        ProvenanceVectorizer().transform([WIRE])
