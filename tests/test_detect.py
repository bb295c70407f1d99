"""Detect: the order of the detectors, and looking again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from newsclean.config import Config
from newsclean.decide import decide
from newsclean.detect import ROUNDS, Detectors, sure
from newsclean.detectors.furniture import FurnitureModel
from newsclean.rules import RulePack
from newsclean.segment import Paragraph
from newsclean.spans import Span, cut

TEXT = """Ferry ends its last season

The ferry crossed the bay for the last time on Monday, with forty people on board.

Ferry ends its last season

READ MORE: Bridge reopens
Harbour festival moves to June

Its captain said the bridge had taken nine passengers in ten."""

OFF = Config(models="off")


def test_a_look_finds_the_title_and_what_repeats_it() -> None:
    detectors = Detectors(OFF)
    found = detectors.look(TEXT, detectors.rules(None))
    assert found.title is not None
    assert found.title.start == 0
    labels = {(s.start, s.label) for s in found.spans}
    assert {(0, "title"), (TEXT.rindex("Ferry ends"), "repeat"), (TEXT.index("READ MORE"), "teaser")} <= labels


def test_with_models_off_nothing_is_judged_by_one() -> None:
    detectors = Detectors(OFF)
    found = detectors.look(TEXT, detectors.rules(None))
    assert not [s for s in found.spans if s.rule.startswith("model/")]
    assert found.issues == ()


def test_after_settling_another_look_removes_nothing() -> None:
    detectors = Detectors(OFF)
    rules = detectors.rules(None)
    spans, issues = detectors.until_nothing_leaves(TEXT, detectors.look(TEXT, rules), rules)
    left = cut(TEXT, sorted((s.start, s.end) for s in spans if s.removes))
    again = detectors.look(left, rules)
    assert issues == []
    assert len(left) < len(TEXT)
    assert ROUNDS > 1
    assert not [s for s in decide(left, again.paragraphs, again.spans, OFF) if s.removes]


def test_matchers_are_made_once_a_language() -> None:
    detectors = Detectors(OFF)
    rules = detectors.rules(None)
    detectors.look(TEXT, rules)
    first = rules.matcher
    detectors.look(TEXT, rules)
    assert rules.matcher is first


def test_without_lines_the_line_model_is_not_asked() -> None:
    dump = "Home\nSport\nWeather\nSubscribe\nLog in\n\n" + TEXT + "\n\nHome\nTerms\nPrivacy\nContact us\nSitemap"
    asked, spared = (Detectors(Config(profile="page"), lines=lines) for lines in (True, False))
    found = [{s.rule for s in d.look(dump, d.rules(None)).spans} for d in (asked, spared)]
    assert "model/furniture" in found[0]
    assert "model/furniture" not in found[1]


def test_sure_follows_the_thresholds_of_the_profile() -> None:
    weak = Span(0, 4, "teaser", "test/weak", 0.85)
    assert sure([weak], OFF) == [weak]
    assert sure([weak], OFF.replace(profile="precision")) == []


class Asked:
    """Stands in for the line model and remembers what it was told of a text."""

    profile = ""

    def spans(
        self, text: str, paragraphs: Sequence[Paragraph], found: Sequence[Span], *, profile: str, seen: Sequence[int]
    ) -> list[Span]:
        self.profile = profile
        return []


def told(text: str, config: Config | None = None) -> str:
    """The profile under which the line model is asked about a text."""
    asked = Asked()
    detectors = Detectors(config or Config(), model=cast(FurnitureModel, asked))
    detectors.look(text, detectors.rules(None))
    return asked.profile


UNKNOWN = "\n".join(
    f"The keeper of the {n}th light wrote down the wind and the hour of every passing boat." for n in range(60)
)


def test_a_text_of_which_the_rules_know_hardly_a_line_is_no_page() -> None:
    assert told(UNKNOWN) == "article"
    assert told(f"{UNKNOWN}\nSubscribe to our newsletter") == "balanced"
    assert (
        told("\n".join((UNKNOWN, "Facebook", "Email", "More", "Reply", "Login", "Menu", "Search", "Comments")))
        == "balanced"
    )


def test_what_the_caller_says_and_what_the_rules_cannot_know_is_left_to_the_model() -> None:
    assert told(UNKNOWN, Config(profile="page")) == "page"
    assert told(UNKNOWN, Config(packs=RulePack.builtin("cookie"))) == "balanced"
    finnish = (
        "Majakan vartija kirjoitti muistiin tuulen ja jokaisen ohi kulkeneen veneen, mutta ei koskaan omaa nimeään."
    )
    assert told("\n".join(f"{n}. {finnish}" for n in range(60))) == "balanced"
