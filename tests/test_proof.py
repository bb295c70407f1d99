"""Proof: a pack that does not do what it says, or takes too long about it, is told so."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from newsclean import proof
from newsclean.proof import Problem, prove, prove_rule
from newsclean.rules import Rule, RulePack


def rule(**changes: Any) -> Rule:
    values: dict[str, Any] = {
        "id": "own/count", "label": "comments", "pattern": r"\d{1,3} comments?", "keyword": ("comment", "comments"), "bound": 20,
        "examples": ("26 comments", "1 Comment"), "counter": ("No comment was made.", "26 comments drew a rebuke"),
    }  # fmt: skip
    return Rule(**{**values, **changes})


def told(**changes: Any) -> list[str]:
    return [str(problem) for problem in prove_rule(rule(**changes))]


def test_a_good_rule_has_no_problem() -> None:
    assert told() == []


def test_a_good_rule_of_phrases_has_no_problem() -> None:
    assert (
        told(pattern=None, phrases=("Tides",), examples=("Tides", "» TIDES"), counter=("Tides and men", "The tides"))
        == []
    )


def test_an_example_that_is_missed_is_told() -> None:
    assert told(examples=("26 comments", "Ten comments")) == ["own/count: example not hit: 'Ten comments'"]


def test_an_example_without_a_keyword_is_told() -> None:
    assert len(told(keyword=("ferry",))) == 2


def test_an_example_longer_than_the_bound_is_told() -> None:
    assert told(bound=10) == ["own/count: example longer than its bound: '26 comments'"]


def test_a_near_miss_that_is_hit_is_told() -> None:
    assert told(counter=("No comment was made.", "3 comments")) == ["own/count: counter-example hit: '3 comments'"]


def test_every_problem_of_every_rule_is_told() -> None:
    other = rule(id="own/other", examples=("Ebb", "Flood"))
    problems = prove(RulePack("own", (rule(bound=10), rule(id="own/good"), other)))
    assert [p.rule for p in problems] == ["own/count", "own/other", "own/other"]


def test_an_empty_pack_has_no_problem() -> None:
    assert prove(RulePack("own", ())) == ()


def test_a_rule_of_a_site_is_proved_as_on_its_site() -> None:
    assert told(sites=("courier.example",)) == []


def test_an_inner_rule_may_hit_anywhere_in_its_examples() -> None:
    assert told(scope="inline", examples=("All 26 comments", "1 comment"), counter=("No comment", "26 ferries")) == []


def test_a_problem_is_frozen_and_names_its_rule() -> None:
    problem = Problem("own/count", "too slow")
    assert str(problem) == "own/count: too slow"
    with pytest.raises(dataclasses.FrozenInstanceError):
        problem.rule = "other"  # type: ignore[misc]


SLOW: dict[str, Any] = {"keyword": ("aax", "ax"), "bound": 2000, "examples": ("aax", "ax"), "counter": ("aab", "b")}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorter strings and a shorter patience: the same proof in less time."""
    monkeypatch.setattr(proof, "PUMP", (1_000, 8_000))
    monkeypatch.setattr(proof, "SLOW", 0.1)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("pattern", ["a{0,9999}a{0,9999}[xy]", "(?:a{0,9}){0,1}a{0,9999}(?:a|b){0,9999}[xy]"])
def test_a_quadratic_pattern_is_told(pattern: str) -> None:
    (problem,) = told(pattern=pattern, **SLOW)
    assert problem.startswith(("own/count: not linear: ", "own/count: too slow within its bound: "))


@pytest.mark.usefixtures("quick")
def test_a_quadratic_search_is_told() -> None:
    (problem,) = told(pattern="a{0,9999}[xy]", scope="inline", **SLOW)
    assert problem.endswith("on 'a' repeated")


@pytest.mark.parametrize("scope", ["line", "inline"])
def test_a_linear_pattern_is_not_told(scope: str) -> None:
    assert told(pattern="a{0,60}[xy]", scope=scope, **SLOW) == []


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("ending", [" x", " by"])
def test_a_quadratic_search_with_a_literal_behind_it_is_told(ending: str) -> None:
    """The literal must stand in the pumped text, or ``regex`` gives up before it begins."""
    changes = {**SLOW, "keyword": (ending.strip(),), "examples": ("aa" + ending, "a" + ending)}
    assert told(pattern="a{0,9999}" + ending, scope="inline", **changes)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("pattern", ["(?:a{0,50}){0,50}[xy]", "(?:a|aa){1,2000}[xy]"])
@pytest.mark.parametrize("scope", ["line", "inline"])
def test_an_exponential_pattern_is_told_though_it_ends_at_its_bound(pattern: str, scope: str) -> None:
    (problem,) = told(pattern=pattern, scope=scope, **SLOW)
    assert problem.startswith(("own/count: not linear: ", "own/count: too slow within its bound: "))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("scope", ["line", "inline"])
def test_an_exponential_pattern_with_a_literal_behind_it_is_told(scope: str) -> None:
    """A line of 1,500 a and ``!x`` takes it longer than anybody waits; of 4,000 a, ``regex`` sees that x is too far off."""
    assert told(pattern="(?:a{0,50}){0,50}x", scope=scope, **SLOW)


def test_a_pattern_too_slow_for_its_own_near_miss_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.matching.TIMEOUT", 0.05)
    monkeypatch.setattr(proof, "PUMP", (1, 2))
    near_miss = "a" * 100 + " aax"
    problems = told(**{**SLOW, "pattern": "(?:a|aa){1,2000}[xy]", "counter": (near_miss, "b")})
    assert f"own/count: too slow on '{near_miss}'" in problems


@pytest.mark.parametrize("example", ["x", " x"])
def test_an_example_of_one_character_or_with_a_space_before_it_is_no_error(example: str) -> None:
    assert told(pattern=" ?x", keyword=("x",), examples=(example, "X"), counter=("y", "z")) == []
