from __future__ import annotations

from newsclean.config import Config, Limits
from newsclean.decide import decide, guard, kept_share
from newsclean.segment import segment
from newsclean.spans import Span, cut


def left(source: str, *stretches: str, config: Config | None = None) -> str:
    """The source after these stretches were decided on, in any order."""
    spans = [Span(source.index(s), source.index(s) + len(s), "ad", "own/rule") for s in stretches]
    decided = decide(source, segment(source), reversed(spans), config or Config())
    return cut(source, sorted((s.start, s.end) for s in decided if s.removes))


def test_a_paragraph_takes_one_separator_along() -> None:
    assert left("One.\n\nAD\n\nTwo.", "AD") == "One.\n\nTwo."
    assert left("AD\n\nTwo.\n", "AD") == "Two.\n"
    assert left("One.\n\nAD\n", "AD") == "One.\n"
    assert left("One.\r\nAD\r\nTwo.", "AD") == "One.\r\nTwo."


def test_of_two_separators_the_documents_own_kind_stays() -> None:
    assert left("One.\nTwo.\n\nAD\nThree.\nFour.", "AD") == "One.\nTwo.\nThree.\nFour."
    assert left("One.\n\nTwo.\n\nAD\nThree.\n\nFour.", "AD") == "One.\n\nTwo.\n\nThree.\n\nFour."


def test_a_run_leaves_no_hole() -> None:
    assert left("One.\n\nAD1\nAD2\n\n\nAD3\n\nTwo.", "AD1", "AD2", "AD3") == "One.\n\nTwo."
    assert left("One.\n\nAD1\n\nAD2", "AD1", "AD2") == "One."


def test_a_stretch_inside_takes_the_spaces_of_one_side() -> None:
    assert left("One (the AD) two.", "(the AD)") == "One two."
    assert left("AD One.", "AD") == "One."
    assert left("One. AD\nTwo.", "AD") == "One.\nTwo."


def test_labels_scores_and_profiles_decide() -> None:
    source = "One.\n\nAD\n\nTwo."
    span = Span(6, 8, "ad", "own/rule", 0.9)
    for config, action in (
        (Config(), "remove"),
        (Config(profile="precision"), "flag"),
        (Config(drop=frozenset({"social"})), "flag"),
        (Config(thresholds={"ad": 0.95}), "flag"),
        (Config(profile="precision", thresholds={"ad": 0.2}), "remove"),
    ):
        assert [s.action for s in decide(source, segment(source), [span], config)] == [action]


def test_a_title_is_a_flag_unless_it_is_to_be_dropped() -> None:
    source = "Title here\n\nOne."
    title = Span(0, 10, "title", "headline")
    assert [s.action for s in decide(source, segment(source), [title], Config())] == ["flag"]
    (span,) = decide(source, segment(source), [title], Config(title="drop"))
    assert (span.action, span.end) == ("remove", 12)


def test_overlapping_findings_give_one_removal() -> None:
    source = "One.\n\nAD BY X\n\nTwo."
    whole, part = Span(6, 13, "ad", "own/whole"), Span(6, 8, "ad", "own/part")
    assert [s.rule for s in decide(source, segment(source), [part, whole], Config()) if s.removes] == ["own/whole"]


def test_the_guard_turns_removals_into_flags() -> None:
    source = "Kept" + " AD" * 40
    spans = [Span(4, len(source), "ad", "own/rule")]
    guarded, issues = guard(source, spans, Config())
    assert [s.action for s in guarded] == ["flag"]
    assert [i.code for i in issues] == ["kept_whole"]
    assert "ad" in issues[0].detail
    assert guard(source, spans, Config(limits=Limits(min_kept=0.01))) == (spans, [])


def test_the_guard_does_not_count_what_stood_around_the_article() -> None:
    source = "Menu " * 60 + "Kept. AD"
    around, inside = Span(0, 300, "navigation", "own/page"), Span(306, 308, "ad", "own/rule")
    assert guard(source, [around, inside], Config(), pages=("own/page",)) == ([around, inside], [])
    assert [i.code for i in guard(source, [around, inside], Config())[1]] == ["kept_whole"]


def test_the_share_counts_what_can_be_seen() -> None:
    assert kept_share("ab   cd", [Span(0, 2, "ad", "own/rule")]) == 0.5
    assert kept_share("  ", []) == 1.0


def test_no_white_space_is_visible_whatever_its_kind() -> None:
    text = "Ab c\u2003d\xa0é\u2028“x”\ud800"
    assert kept_share(text, [Span(0, 5, "ad", "r")]) == 6 / 9  # d é “ x ” and a lone surrogate of nine
