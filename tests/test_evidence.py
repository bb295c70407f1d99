"""Evidence: issues, attributions, signals and scorecards are frozen, comparable and survive JSON."""

from __future__ import annotations

import dataclasses
import json
import math
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.errors import InputError
from newsclean.evidence import Attribution, Issue, Scorecard, Signal

many = settings(max_examples=200, deadline=None, derandomize=True)

words = st.text(max_size=12)
number = st.floats(allow_nan=False, allow_infinity=False)
ranges = st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), max_size=3).map(tuple)
issues = st.builds(Issue, words, words, st.none() | words)
attributions = st.builds(
    Attribution, source=ranges, cue=ranges, content=ranges, text=words, name=st.none() | words, kind=words, type=words,
    naming=words, directness=st.none() | words, stance=words, via=st.none() | words, rule=words, score=number,
)  # fmt: skip
signals = st.builds(Signal, number, ranges, st.sampled_from((-1, 0, 1)), words)
scorecards = st.builds(Scorecard, st.none() | number, st.dictionaries(words, signals, max_size=4))

ATTRIBUTION = Attribution(
    source=((4, 13), (20, 24)), cue=((0, 3),), content=(), text="Dana Wirth", name=None, kind="statement", type="ngo_advocacy",
    naming="named", directness="direct", stance="neutral", via=None, rule="cue/said", score=0.75,
)  # fmt: skip
CARD = Scorecard(0.5, {"questions": Signal(2.0, ((0, 9), (12, 20)), -1, "questions in news prose")})


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, allow_nan=False))


@many
@given(issues)
def test_an_issue_survives_json_and_pickle(issue: Issue) -> None:
    assert Issue.from_dict(through_json(issue.to_dict())) == issue
    assert pickle.loads(pickle.dumps(issue)) == issue


@many
@given(attributions)
def test_an_attribution_survives_json_and_pickle(attribution: Attribution) -> None:
    again = Attribution.from_dict(through_json(attribution.to_dict()))
    assert again == attribution
    assert hash(again) == hash(attribution)
    assert pickle.loads(pickle.dumps(attribution)) == attribution


@many
@given(scorecards)
def test_a_scorecard_survives_json_and_pickle(card: Scorecard) -> None:
    assert Scorecard.from_dict(through_json(card.to_dict())) == card
    assert pickle.loads(pickle.dumps(card)) == card


def test_a_lone_surrogate_survives_json() -> None:
    issue = Issue("bad_input", "half a pair: \ud83d")
    assert Issue.from_dict(through_json(issue.to_dict())) == issue


def test_ranges_come_back_from_json_as_tuples() -> None:
    again = Attribution.from_dict(through_json(ATTRIBUTION.to_dict()))
    assert again.source == ((4, 13), (20, 24))
    assert Scorecard.from_dict(through_json(CARD.to_dict())).signals["questions"].evidence == ((0, 9), (12, 20))


def test_an_issue_needs_no_rule() -> None:
    assert Issue("empty", "the text has no paragraph").rule is None


@pytest.mark.parametrize("item", [Issue("empty", "nothing"), ATTRIBUTION, Signal(1.0), CARD])
def test_evidence_is_frozen(item: Any) -> None:
    name = dataclasses.fields(item)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(item, name, None)


def test_nobody_changes_the_signals_of_a_scorecard() -> None:
    with pytest.raises(TypeError, match="item assignment"):
        CARD.signals["more"] = Signal(1.0)  # type: ignore[index]


def test_a_scorecard_does_not_follow_the_dict_it_was_made_of() -> None:
    given_signals = {"a": Signal(1.0)}
    card = Scorecard(1.0, given_signals)
    given_signals["b"] = Signal(2.0)
    assert list(card.signals) == ["a"]


def test_changing_the_dict_of_a_scorecard_changes_no_scorecard() -> None:
    d = CARD.to_dict()
    d["signals"]["questions"]["evidence"][0][0] = 99
    assert CARD.signals["questions"].evidence == ((0, 9), (12, 20))


def test_no_score_is_not_a_score_of_zero() -> None:
    assert Scorecard(None, {}) != Scorecard(0.0, {})
    assert Scorecard.from_dict(Scorecard(None, {}).to_dict()).score is None


def test_an_unpickled_scorecard_is_as_frozen() -> None:
    again = pickle.loads(pickle.dumps(CARD))
    with pytest.raises(TypeError, match="item assignment"):
        again.signals["more"] = Signal(math.pi)


@pytest.mark.parametrize("name", ["code", "detail", "rule"])
def test_a_dict_that_lacks_a_field_is_no_issue(name: str) -> None:
    d = Issue("empty", "nothing").to_dict()
    del d[name]
    with pytest.raises(InputError, match=rf"not a Issue: missing \['{name}'\], unknown \[\]"):
        Issue.from_dict(d)


def test_a_field_too_many_is_named() -> None:
    with pytest.raises(InputError, match=r"missing \[\], unknown \['level'\]"):
        Issue.from_dict({**Issue("empty", "nothing").to_dict(), "level": 3})


@pytest.mark.parametrize("bad", [None, 7, ["code", "detail", "rule"]])
def test_what_is_no_dict_is_no_issue(bad: Any) -> None:
    with pytest.raises(InputError):
        Issue.from_dict(bad)


@pytest.mark.parametrize(
    "bad",
    [
        None, 7, "text", [], {}, {**ATTRIBUTION.to_dict(), "cue": None}, {**ATTRIBUTION.to_dict(), "cue": [[1, 2, 3]]},
        {**ATTRIBUTION.to_dict(), "cue": [4]}, {**ATTRIBUTION.to_dict(), "colour": "red"},
        {k: v for k, v in ATTRIBUTION.to_dict().items() if k != "stance"},
    ],
)  # fmt: skip
def test_what_is_no_attribution_is_refused(bad: Any) -> None:
    with pytest.raises(InputError, match="not a"):
        Attribution.from_dict(bad)


@pytest.mark.parametrize(
    "bad",
    [
        None, 7, "card", [], {}, {"score": 1.0}, {"signals": {}}, {"score": 1.0, "signals": None},
        {"score": 1.0, "signals": [1]}, {"score": 1.0, "signals": {"a": {}}}, {"score": 1.0, "signals": {"a": None}},
        {"score": 1.0, "signals": {"a": {"value": 1.0, "evidence": [[1]], "direction": 0, "note": ""}}},
        {"score": 1.0, "signals": {"a": {"value": 1.0, "evidence": [], "direction": 0, "note": "", "extra": 1}}},
    ],
)  # fmt: skip
def test_what_is_no_scorecard_is_refused(bad: Any) -> None:
    with pytest.raises(InputError, match="not a scorecard"):
        Scorecard.from_dict(bad)
