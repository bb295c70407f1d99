"""Errors: each is a NewscleanError, says what it says, and crosses a process boundary."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import newsclean
from newsclean import errors
from newsclean.errors import InputError, LimitError, MissingExtra, ModelError, NewscleanError, RuleError

BUILTINS = [
    (RuleError, ValueError), (ModelError, ValueError), (InputError, ValueError), (LimitError, ValueError), (MissingExtra, ImportError),
]  # fmt: skip


@pytest.mark.parametrize(("error", "builtin"), BUILTINS)
def test_an_error_is_caught_as_ours_and_as_pythons(error: type[Exception], builtin: type[Exception]) -> None:
    assert issubclass(error, NewscleanError)
    assert issubclass(error, builtin)


def test_the_table_above_knows_every_error() -> None:
    assert {error for error, _ in BUILTINS} | {NewscleanError} == {getattr(errors, name) for name in errors.__all__}


def test_every_error_can_be_caught_from_the_package() -> None:
    assert set(errors.__all__) <= set(newsclean.__all__)


def test_one_kind_of_error_is_not_another() -> None:
    kinds = [error for error, _ in BUILTINS]
    assert not [(a, b) for a in kinds for b in kinds if a is not b and issubclass(a, b)]


@pytest.mark.parametrize("error", [NewscleanError, RuleError, ModelError, InputError, LimitError])
def test_an_error_survives_pickling(error: type[Exception]) -> None:
    again = pickle.loads(pickle.dumps(error("rule own/box: no phrase")))
    assert type(again) is error
    assert str(again) == "rule own/box: no phrase"


def test_a_missing_extra_says_what_to_install() -> None:
    error = MissingExtra("pyarrow", extra="arrow")
    assert str(error) == "pyarrow is not installed: pip install 'newsclean[arrow]'"
    assert (error.package, error.extra) == ("pyarrow", "arrow")


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_a_missing_extra_survives_pickling_and_copying(again: Any) -> None:
    error = again(MissingExtra("pyarrow", extra="arrow"))
    assert type(error) is MissingExtra
    assert (str(error), error.package, error.extra) == (
        "pyarrow is not installed: pip install 'newsclean[arrow]'", "pyarrow", "arrow",
    )  # fmt: skip
