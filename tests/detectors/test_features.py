"""Features: what is shared, what is not, and that every number is finite."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.detectors.features import FEATURES, NGRAMS, STEMS, TOPICS, Tables, features, ngrams, read, stacked

RNG = np.random.default_rng(0)
TABLES = Tables(
    RNG.uniform(1.6, 9, STEMS).astype(np.float32),
    RNG.normal(size=(TOPICS, 5)).astype(np.float32),
    RNG.normal(size=NGRAMS).astype(np.float32),
    RNG.normal(size=NGRAMS).astype(np.float32),
)
STORY = (
    "Harbour pilots at Wexmoor ended their strike on Monday after eleven days on shore.",
    "The pilots of Wexmoor harbour had asked for shorter shifts, their union said on Monday.",
    "Ships waited outside the harbour while the pilots and the port of Wexmoor talked.",
    "Get the BrightLoan app today for $5 at brightloan.io! You choose, we pay.",
    "The strike cost the port eleven million, and the pilots kept their shorter shifts.",
)


def column(name: str, texts: tuple[str, ...] = STORY) -> list[float]:
    values: list[float] = features(read(texts), TABLES)[:, FEATURES.index(name)].tolist()
    return values


def test_one_column_a_name() -> None:
    assert features(read(STORY), TABLES).shape == (5, len(FEATURES))
    assert len(set(FEATURES)) == len(FEATURES)


@pytest.mark.parametrize("name", ["cos", "cos_far", "cover", "cover_far"])
def test_the_foreign_paragraph_shares_least(name: str) -> None:
    values = column(name)
    assert min(values) == values[3]
    assert sorted(values)[1] > values[3] + 0.02


@pytest.mark.parametrize("name", ["you", "we", "price", "domain", "order", "exclaim", "offer"])
def test_only_the_advert_has_the_marks(name: str) -> None:
    values = column(name)
    assert values[3] > 0
    assert [v for i, v in enumerate(values) if i != 3] == [0, 0, 0, 0]


def test_what_a_neighbour_alone_shares_is_not_shared_far() -> None:
    pair = ("Zanzibar cloves are dear.", "Cloves of Zanzibar rot.", "Rain fell on Leeds.", "Leeds had rain and rain.")
    near, far = column("cover", pair), column("cover_far", pair)
    assert near[0] > 0.3
    assert far[0] == 0


def test_words_count_whatever_their_case_and_apostrophe() -> None:
    doc = read(["Don’t RAIN", "don't rain"])
    assert doc.words[doc.tokens[:2]].tolist() == doc.words[doc.tokens[2:]].tolist()


def test_no_pair_reaches_over_a_paragraph() -> None:
    together, apart = ngrams(read(["a b c d"])), ngrams(read(["a b", "c d"]))
    assert len(together[0]) == 4 + 3
    assert len(apart[0]) == 4 + 2
    assert sorted(apart[1].tolist()) == [0, 0, 0, 1, 1, 1]


def test_the_second_look_sees_beside() -> None:
    scores = np.array([1.0, -2.0, 3.0])
    wide = stacked(np.zeros((3, 2), np.float32), scores)
    assert wide[:, 2:8].tolist() == [[1, -9, -2, -9, 3, -2], [-2, 1, 3, -9, -9, 3], [3, -2, -9, 1, -9, -2]]


def test_tables_come_back_from_few_bits() -> None:
    again = Tables.unpacked(TABLES.packed())
    assert np.abs(again.idf - TABLES.idf).max() <= 1 / 32
    assert np.abs(again.lsa - TABLES.lsa).max() <= np.abs(TABLES.lsa).max() / 250
    once = again.packed()
    for name, array in Tables.unpacked(once).packed().items():
        np.testing.assert_array_equal(array, once[name])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=8))
def test_any_text_gives_finite_numbers(texts: list[str]) -> None:
    matrix = features(read(texts), TABLES)
    assert matrix.shape == (len(texts), len(FEATURES))
    assert np.isfinite(matrix).all()


def test_a_document_does_not_depend_on_what_was_read_before() -> None:
    first = features(read(STORY), TABLES)
    features(read(["Something else entirely."]), TABLES)
    np.testing.assert_array_equal(features(read(STORY), TABLES), first)
