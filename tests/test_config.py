"""Config and Limits: values are checked, hashed by value, and cannot be changed behind one's back."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Any

import pytest

from newsclean.config import Config, Limits
from newsclean.errors import InputError
from newsclean.rules import Rule, RulePack
from newsclean.spans import LABELS


def rule(rule_id: str, phrase: str = "Tide table") -> Rule:
    return Rule(
        id=rule_id, label="tags", phrases=(phrase,), examples=(phrase, phrase.upper()),
        counter=("The tide table hung by the door.", "A tide table"),
    )  # fmt: skip


ONE = RulePack("one", (rule("one/a"), rule("one/b")))
TWO = RulePack("two", (rule("one/b", "Tides"), rule("two/c")))

CHANGES: list[dict[str, Any]] = [
    {"packs": ONE}, {"packs": (ONE, TWO)}, {"profile": "recall"}, {"models": "off"}, {"title": "drop"}, {"drop": frozenset({"ad"})},
    {"thresholds": {"ad": 0.7}}, {"attribution": "off"}, {"limits": Limits(min_kept=0.5)}, {"on_error": "raise"}, {"score": "on"}, {"standfirst": "drop"},
]  # fmt: skip


def test_the_table_above_changes_every_field() -> None:
    assert {name for change in CHANGES for name in change} == {f.name for f in dataclasses.fields(Config)}


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: next(iter(c)))
def test_a_changed_copy_differs_and_the_original_stays(change: dict[str, Any]) -> None:
    config = Config()
    changed = config.replace(**change)
    assert changed != config
    assert config == Config()


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: next(iter(c)))
def test_equal_configurations_hash_alike(change: dict[str, Any]) -> None:
    assert Config(**change) == Config().replace(**change)
    assert hash(Config(**change)) == hash(Config().replace(**change))


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: next(iter(c)))
def test_a_configuration_survives_pickling(change: dict[str, Any]) -> None:
    config = Config(**change)
    again = pickle.loads(pickle.dumps(config))
    assert again == config
    assert hash(again) == hash(config)


def test_everything_but_the_title_is_dropped_unless_told() -> None:
    assert Config().drop == frozenset(LABELS) - {"title"}


def test_any_collection_of_labels_may_be_given() -> None:
    labels: Any = ["ad", "cookie", "ad"]
    assert Config(drop=labels).drop == frozenset({"ad", "cookie"})


def test_nothing_may_be_dropped() -> None:
    assert Config(drop=frozenset()).drop == frozenset()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"profile": "strict"}, "profile is one of precision, balanced, recall, page, article, not 'strict'"),
        ({"title": "lose"}, "title is one of auto, keep, drop, not 'lose'"),
        ({"attribution": True}, "attribution is one of full, rules, off, not True"),
        ({"on_error": None}, "on_error is one of issue, raise, not None"),
        ({"drop": {"advert"}}, "a label is one of ad, .*, not 'advert'"),
        ({"drop": "ad"}, "drop is a set of labels, not 'ad'"),
        ({"thresholds": {"advert": 0.5}}, "a label is one of ad, .*, not 'advert'"),
        ({"thresholds": {"ad": 1.5}}, r"the threshold of ad lies in \[0, 1\], not 1.5"),
        ({"thresholds": {"ad": -0.1}}, r"the threshold of ad lies in \[0, 1\], not -0.1"),
        ({"thresholds": {"ad": float("nan")}}, r"the threshold of ad lies in \[0, 1\], not nan"),
    ],
)
def test_a_wrong_value_is_refused_and_the_right_ones_named(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Config(**change)
    with pytest.raises(InputError, match=message):
        Config().replace(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"packs": "ads"}, {"packs": ("ads",)}, {"packs": [7]}, {"limits": 0.5}, {"limits": None}, {"drop": None},
        {"thresholds": None}, {"thresholds": {"ad": "high"}},
    ],
    ids=str,
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_an_input_error(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Config(**change)


def test_a_list_of_packs_does_as_well_as_a_tuple() -> None:
    packs: Any = [ONE, TWO]
    assert hash(Config(packs=packs)) == hash(Config(packs=(ONE, TWO)))


def test_a_field_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(InputError, match=r"Config has no colour, shape; it has packs, profile, .*on_error"):
        Config().replace(shape=1, colour=2)


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        ({"min_kept": -0.1}, r"min_kept lies in \[0, 1\], not -0.1"),
        ({"min_kept": 1.1}, r"min_kept lies in \[0, 1\], not 1.1"),
        ({"min_kept": float("nan")}, r"min_kept lies in \[0, 1\], not nan"),
        ({"max_chars": 0}, "max_chars is at least 1, not 0"),
        ({"max_chars": -5}, "max_chars is at least 1, not -5"),
    ],
)
def test_an_impossible_limit_is_refused(limit: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Limits(**limit)


@pytest.mark.parametrize("limit", [{"min_kept": 0.0}, {"min_kept": 1.0}, {"max_chars": 1}])
def test_the_edges_of_a_limit_are_allowed(limit: dict[str, Any]) -> None:
    assert dataclasses.asdict(Limits(**limit)).items() >= limit.items()


@pytest.mark.parametrize("limit", [{"min_kept": "a tenth"}, {"max_chars": None}])
def test_a_limit_of_the_wrong_type_is_an_input_error(limit: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Limits(**limit)


@pytest.mark.parametrize("frozen", [Config(), Limits()])
def test_configuration_is_frozen(frozen: Any) -> None:
    name = dataclasses.fields(frozen)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(frozen, name, None)


def test_thresholds_do_not_follow_the_dict_they_were_given_as() -> None:
    thresholds = {"ad": 0.7}
    config = Config(thresholds=thresholds)
    thresholds["ad"] = 0.1
    assert config.threshold("ad") == 0.7


def test_nobody_changes_the_thresholds() -> None:
    with pytest.raises(TypeError, match="item assignment"):
        Config().thresholds["ad"] = 0.1  # type: ignore[index]


def test_the_order_of_thresholds_does_not_matter() -> None:
    one, other = Config(thresholds={"ad": 0.7, "tags": 0.6}), Config(thresholds={"tags": 0.6, "ad": 0.7})
    assert one == other
    assert hash(one) == hash(other)


def test_a_bolder_profile_has_a_lower_threshold() -> None:
    thresholds = [Config(profile=p).threshold("ad") for p in ("precision", "balanced", "recall")]
    assert thresholds == sorted(thresholds, reverse=True)
    assert len(set(thresholds)) == 3


def test_balanced_strips_what_has_company_and_flags_what_has_none() -> None:
    assert 0.5 < Config().threshold("tags") <= 0.9


def test_precision_strips_what_decides_alone_and_nothing_in_company() -> None:
    assert 0.9 < Config(profile="precision").threshold("tags") <= 1.0


def test_recall_strips_what_needs_company() -> None:
    assert Config(profile="recall").threshold("tags") <= 0.5


def test_a_threshold_of_ones_own_wins_for_its_label_only() -> None:
    config = Config(profile="precision", thresholds={"ad": 0.0})
    assert config.threshold("ad") == 0.0
    assert config.threshold("tags") == Config(profile="precision").threshold("tags")


def test_one_pack_is_its_rules() -> None:
    assert Config(packs=ONE).rules == ONE


def test_several_packs_are_joined_and_the_last_wins() -> None:
    rules = Config(packs=(ONE, TWO)).rules
    assert [r.id for r in rules] == ["one/a", "one/b", "two/c"]
    assert rules["one/b"].phrases == ("Tides",)


def test_no_packs_is_no_rules() -> None:
    assert len(Config(packs=()).rules) == 0
