"""Rules and packs: what loads, what does not and why, and how packs are joined and thinned."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import rules
from newsclean.errors import RuleError
from newsclean.rules import MAX_BOUND, Rule, RulePack, compile_pattern

many = settings(max_examples=200, deadline=None, derandomize=True)

TOML = """
[pack]
name = "own"
lang = "en"

[define]
name = '''\\p{Lu}\\w{1,20}'''

[[rule]]
id = "tides"
label = "navigation"
phrases = ["Tide table", "Tides"]
examples = ["Tide table", "TIDES"]
counter = ["The tide table hung by the door.", "Tides and men"]

[[rule]]
id = "by"
label = "byline"
lang = "de"
pattern = '''von (?:<<name>> ){0,1}<<name>>'''
keyword = ["von"]
bound = 40
examples = ["Von Ann Lee", "von Lee"]
counter = ["Von wegen das war alles", "Die Lotsen von Ellery"]
"""


def phrase_rule(rule_id: str = "own/tides", **changes: Any) -> Rule:
    values: dict[str, Any] = {
        "id": rule_id, "label": "navigation", "phrases": ("Tide table",), "examples": ("Tide table", "TIDE TABLE"),
        "counter": ("The tide table hung by the door.", "A tide table"),
    }  # fmt: skip
    return Rule(**{**values, **changes})


def pattern_rule(pattern: str, **changes: Any) -> Rule:
    return phrase_rule(**{"phrases": (), "pattern": pattern, "keyword": ("tide",), **changes})


def outcome(pattern: str) -> str:
    """The pattern when it compiles, else how it fails."""
    try:
        return compile_pattern(pattern_rule(pattern)).pattern
    except RuleError as error:
        return "a RuleError that names its rule" if str(error).startswith("rule own/tides: ") else str(error)


def load(folder: Path, text: str) -> RulePack:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return RulePack.load(file)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"label": "advert"}, "unknown label 'advert'"),
        ({"examples": ("Tide table",)}, "needs two examples and two near-miss"),
        ({"counter": ()}, "needs two examples and two near-miss"),
        ({"phrases": ()}, "needs either phrases or a pattern"),
        ({"pattern": "tides", "keyword": ("tides",)}, "needs either phrases or a pattern"),
        ({"scope": "inline"}, "an inline rule has a pattern"),
        ({"scope": "page"}, "scope is 'line' or 'inline'"),
        ({"bound": 0}, "bound lies between 1 and 2000"),
        ({"bound": MAX_BOUND + 1}, "bound lies between 1 and 2000"),
        ({"takes": -1}, "takes is not negative"),
        ({"page": "paywall"}, "page is cookie_wall, error or login"),
    ],
)
def test_a_rule_with_a_fault_does_not_load_and_says_which(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleError, match=f"^rule own/tides: .*{message}"):
        phrase_rule(**changes)


@pytest.mark.parametrize(
    "changes", [{"bound": 1}, {"bound": MAX_BOUND}, {"takes": 0}, {"page": "error"}, {"lang": "de"}]
)
def test_the_edges_of_what_is_allowed_load(changes: dict[str, Any]) -> None:
    assert dataclasses.asdict(phrase_rule(**changes)).items() >= changes.items()


def test_a_pattern_needs_a_keyword() -> None:
    with pytest.raises(RuleError, match="a pattern needs a keyword"):
        pattern_rule("tides?", keyword=())


@pytest.mark.parametrize("pattern", ["tide(s", "tide)", "tide{2,1}", "(?P<1a>x)", r"\p{Nonsense}"])
def test_a_pattern_that_does_not_compile_is_refused_when_it_is_made_ready(pattern: str) -> None:
    with pytest.raises(RuleError, match="own/tides: bad pattern:"):
        compile_pattern(pattern_rule(pattern))


@pytest.mark.parametrize("pattern", ["[tide", "(?P<a>x)(?P<", "(?P<a-b>tide)"])
def test_what_repeats_nothing_is_not_called_a_repetition(pattern: str) -> None:
    with pytest.raises(RuleError) as caught:
        compile_pattern(pattern_rule(pattern))
    assert "unbounded repetition" not in str(caught.value)


@pytest.mark.parametrize(
    "pattern",
    [
        "tide.*", "tide.+", "tide *s", "(?:tide)+", "tide{2,}", "tide{,}", "[a-z]+", "[^]]*", "[]a]+", r"\w+", r"\.+", r"[\]]*",
        "tides*?", "tides*+", "(?>tide+)", "(?<=a)tide+", "(?P<when>tide)*", "(?:a|b){0,3}x*", "e\u0301+", r"\\+",
    ],
)  # fmt: skip
def test_a_repetition_without_an_end_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError, match=r"unbounded repetition .* at \d+.*: write \{0,n\}"):
        pattern_rule(pattern)


@pytest.mark.parametrize("pattern", [r"\p{L}+", r"tide \p{Lu}+", r"\P{L}+", "tide}+", r"\N{COMMA}+"])
def test_a_plus_behind_a_brace_that_counts_nothing_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError, match="unbounded repetition"):
        pattern_rule(pattern)


@pytest.mark.parametrize("pattern", ["(?x)a{1 ,}", "(?#[)a*(?#])", "a(?R)?b", "(?:tide){e}"])
def test_an_unbounded_repetition_in_disguise_is_refused(pattern: str) -> None:
    with pytest.raises(RuleError, match="unbounded"):
        pattern_rule(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "tides?", "tide{3}", "tide{0,9}", "tide{,9}", "tide{1,3}+", "tides?+", "tides??", "[*+]tide", r"\*tide\+", "[]*]", "[^]+]",
        r"[\]*]", "(?<name>tide)", "(?P<name>tide)", "(?i:tide)", "(?=tide)", "(?!ebb)tide", "(?<!ebb )tide", r"\p{Lu}{1,9}", "İ",
    ],
)  # fmt: skip
def test_a_bounded_pattern_loads(pattern: str) -> None:
    assert compile_pattern(pattern_rule(pattern)).pattern == pattern


def test_a_pattern_is_matched_without_case() -> None:
    assert compile_pattern(pattern_rule("tides?")).fullmatch("TIDE")
    assert not compile_pattern(pattern_rule("(?-i:tides?)")).fullmatch("TIDE")


@many
@given(st.text("ab.*+?{}[]()|\\,^09dw", max_size=10))
def test_a_pattern_of_any_shape_compiles_or_is_a_rule_error(pattern: str) -> None:
    assert outcome("x" + pattern) in ("x" + pattern, "a RuleError that names its rule")


def test_a_rule_is_frozen_hashable_and_survives_pickling() -> None:
    rule = phrase_rule()
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule.label = "ad"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(rule)) == rule
    assert len({rule, phrase_rule()}) == 1


def test_a_rules_name_is_its_id_without_the_pack() -> None:
    assert phrase_rule("own/tides").name == "tides"


@pytest.mark.parametrize(
    ("host", "applies"),
    [("courier.example", True), ("www.courier.example", True), ("notcourier.example", False), ("courier.example.org", False),
     ("example", False), ("", False), (None, False)],
)  # fmt: skip
def test_a_rule_of_a_site_speaks_there_and_on_its_subdomains(host: str | None, applies: bool) -> None:
    assert phrase_rule(sites=("courier.example", "tides.example")).applies_to(host) is applies


@pytest.mark.parametrize("host", ["courier.example", "", None])
def test_a_rule_of_no_site_speaks_everywhere(host: str | None) -> None:
    assert phrase_rule().applies_to(host)


def test_a_file_becomes_a_pack(tmp_path: Path) -> None:
    pack = load(tmp_path, TOML)
    assert pack.name == "own"
    assert [r.id for r in pack] == ["own/tides", "own/by"]
    assert pack["own/tides"].phrases == ("Tide table", "Tides")


def test_a_rules_language_is_the_packs_unless_it_has_its_own(tmp_path: Path) -> None:
    assert [r.lang for r in load(tmp_path, TOML)] == ["en", "de"]
    assert load(tmp_path, TOML.replace('lang = "en"\n', ""))["own/tides"].lang is None


def test_what_is_defined_stands_in_patterns(tmp_path: Path) -> None:
    assert load(tmp_path, TOML)["own/by"].pattern == r"von (?:\p{Lu}\w{1,20} ){0,1}\p{Lu}\w{1,20}"


def test_a_path_may_be_a_string_and_crlf_is_no_matter(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_bytes(TOML.replace("\n", "\r\n").encode())
    assert len(RulePack.load(str(file))) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "own"\n', "", r"own\.toml: needs a \[pack\] with a name"),
        ("[pack]", "[bag]", r"own\.toml: needs a \[pack\] with a name"),
        ("[[rule]]", "[[rules]]", r"own\.toml: needs .*\[\[rule\]\] tables"),
        ('id = "by"\n', "", r"own\.toml: rule \?: unknown \[\], missing \['id'\]"),
        ('label = "byline"\n', "", r"own\.toml: rule by: unknown \[\], missing \['label'\]"),
        ("bound = 40", "bounds = 40", r"own\.toml: rule by: unknown \['bounds'\], missing \[\]"),
        ("bound = 40", "bound = 4000", r"own\.toml: rule own/by: bound lies"),
        ("{0,1}", "*", r"own\.toml: rule own/by: unbounded repetition or recursion '\*"),
        ("<<name>> )", "<<nom>> )", r"own\.toml: rule own/by: <<nom>> is not in \[define\]"),
        ('id = "by"', 'id = "tides"', "pack own: two rules are called own/tides"),
        ('"byline"', '"author"', r"own\.toml: rule own/by: unknown label 'author'"),
        ('id = "by"', "id = by", r"own\.toml: .*line 17"),
        ("{1,20}", "{1,20}(", "rule own/by: bad pattern: "),
    ],
)
def test_a_file_with_a_fault_is_refused_and_says_where(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in TOML
    with pytest.raises(RuleError, match=message):
        load(tmp_path, TOML.replace(old, new))


@pytest.mark.parametrize(("old", "new"), [("{1,20}", "{1,20}("), ('id = "by"', 'id = "tides"')])
def test_every_fault_of_a_file_names_the_file(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(RuleError, match=r"own\.toml: "):
        load(tmp_path, TOML.replace(old, new))


def test_a_file_that_is_not_there_is_a_rule_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"none\.toml: .*No such file"):
        RulePack.load(tmp_path / "none.toml")


def test_a_file_that_is_not_utf8_is_a_rule_error_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes('[pack]\nname = "é"'.encode("latin-1"))
    with pytest.raises(RuleError, match=r"latin\.toml: .*utf-8"):
        RulePack.load(file)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('phrases = ["Tide table", "Tides"]', 'phrases = "Tides"'), ('keyword = ["von"]', 'keyword = "von"'),
        ("bound = 40", 'sites = "courier.example"'), ('examples = ["Von Ann Lee", "von Lee"]', 'examples = "von Lee"'),
        ('phrases = ["Tide table", "Tides"]', "phrases = [1, 2]"), ("bound = 40", 'alone = "no"'),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_a_rule_error(tmp_path: Path, old: str, new: str) -> None:
    assert old in TOML
    with pytest.raises(RuleError):
        load(tmp_path, TOML.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bound = 40", 'bound = "40"'), ("bound = 40", 'takes = "3"'), ("[[rule]]\nid = \"by\"", "[[other]]\nid = \"by\""),
        ("name = '''\\p{Lu}\\w{1,20}'''", "name = 7"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_raises_nothing_but_a_rule_error(tmp_path: Path, old: str, new: str) -> None:
    assert old in TOML
    text = TOML.replace(old, new).replace("[[rule]]", "[rule]" if "other" in new else "[[rule]]")
    with pytest.raises(RuleError):
        load(tmp_path, text)


def test_a_define_in_a_define_is_expanded(tmp_path: Path) -> None:
    nested = TOML.replace("<<name>>", "<<who>>").replace("[define]", "[define]\nwho = '(?:<<name>>)'")
    assert "<<" not in (load(tmp_path, nested)["own/by"].pattern or "")


@pytest.mark.parametrize(
    "text",
    [
        'define = "x"\n' + TOML.replace("[define]\n", "[ignored]\n"),
        'rule = [1]\n[pack]\nname = "own"',
        'rule = ["by"]\n[pack]\nname = "own"',
        TOML.replace('lang = "en"', "lang = 7"),
        TOML.replace("\\w{1,20}", "<<name>>"),
    ],
    ids=[
        "define is a string",
        "a rule is a number",
        "a rule is a string",
        "the pack's lang is a number",
        "a define names itself",
    ],
)
def test_a_file_of_the_wrong_shape_is_a_rule_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(RuleError):
        load(tmp_path, text)


ONE = RulePack("one", (phrase_rule("one/a"), phrase_rule("one/b", label="tags")))
TWO = RulePack("two", (phrase_rule("one/b", phrases=("Tides",)), phrase_rule("two/c", label="tags")))


def test_two_rules_of_one_id_are_refused() -> None:
    with pytest.raises(RuleError, match="pack own: two rules are called own/tides"):
        RulePack("own", (phrase_rule(), phrase_rule(bound=40)))


def test_joined_packs_have_the_rules_of_both_and_the_right_one_wins() -> None:
    both = ONE | TWO
    assert [r.id for r in both] == ["one/a", "one/b", "two/c"]
    assert both["one/b"].phrases == ("Tides",)
    assert both.name == "one|two"


def test_joining_changes_neither_pack_and_not_the_rules_of_an_empty_one() -> None:
    empty = RulePack("", ())
    assert len(ONE) == len(TWO) == 2
    assert (empty | ONE).rules == (ONE | empty).rules == ONE.rules


@pytest.mark.parametrize(
    ("names", "left"),
    [(("one/a",), ["one/b", "two/c"]), (("tags",), ["one/a", "one/b"]), (("one",), ["two/c"]), (("one", "two"), []),
     ((), ["one/a", "one/b", "two/c"])],
)  # fmt: skip
def test_a_pack_is_thinned_by_id_label_or_pack(names: tuple[str, ...], left: list[str]) -> None:
    assert [r.id for r in (ONE | TWO).without(*names)] == left


@pytest.mark.parametrize("name", ["one/z", "cookie", "three", "", "a", "one/"])
def test_thinning_by_a_name_that_names_nothing_is_refused(name: str) -> None:
    with pytest.raises(RuleError, match=f"no rule, label or pack '{name}' in pack one"):
        ONE.without("one/a", name)


def test_a_rule_is_found_by_its_id() -> None:
    assert ONE["one/b"].label == "tags"
    with pytest.raises(RuleError, match="no rule 'b' in pack one"):
        ONE["b"]


def test_built_in_packs_are_found_by_name_and_an_unknown_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_builtin", lambda: {"one": ONE, "mine": RulePack("mine", (phrase_rule(),))})
    assert [r.id for r in RulePack.builtin("mine", "one")] == ["own/tides", "one/a", "one/b"]
    with pytest.raises(RuleError, match="no built-in pack 'tide-tables'; there are one, mine"):
        RulePack.builtin("one", "tide-tables")


@pytest.mark.parametrize(
    "changes",
    [{"phrases": ("Tides",)}, {"bound": 79}, {"alone": False}, {"takes": 1}, {"lang": "de"}, {"sites": ("a.example",)},
     {"examples": ("Tide table", "\ud800")}],
)  # fmt: skip
def test_the_digest_changes_with_any_rule(changes: dict[str, Any]) -> None:
    assert RulePack("own", (phrase_rule(),)).digest != RulePack("own", (phrase_rule(**changes),)).digest


def test_the_digest_is_eight_hexadecimal_digits_and_does_not_know_the_packs_name() -> None:
    assert regex.fullmatch("[0-9a-f]{8}", ONE.digest)
    assert RulePack("other", ONE.rules).digest == ONE.digest


def test_a_pack_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(ONE))
    assert again == ONE
    assert hash(again) == hash(ONE)
    assert again.digest == ONE.digest
