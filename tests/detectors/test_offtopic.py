"""Off-topic: who is judged, what is abstained from, what the shipped model does, and what it says of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from newsclean.datasets import Sample, load_samples
from newsclean.detectors.offtopic import FEWEST, JUDGED, RULE, OffTopicModel, default_model, explain, off_topic
from newsclean.detectors.shape import spared
from newsclean.errors import ModelError
from newsclean.segment import Paragraph, segment
from newsclean.spans import Span

STORY = (
    "Harbour pilots at Wexmoor ended their strike on Monday after eleven days on shore, and ships came in at noon.",
    "The pilots had asked the port for shorter night shifts, their union leader Dana Wirth told the city council.",
    "Nine ships had waited outside the breakwater since Saturday while the union and the port board talked.",
    "“Nobody lost face,” said Wirth, who has led the pilots’ union since the last strike at the port in 2009.",
    "The port board said the strike had cost Wexmoor eleven million pounds in fees that ships did not pay.",
    "Fishing crews, who need no pilot, went out during the strike and sold their catch from the harbour wall.",
    "The council will vote in June on a plan to pay the port a part of what it lost while the pilots were on shore.",
)
ADVERT = (
    "Snapcart.io is a free platform for building an online store in minutes. You can easily add products, accept cards "
    "and share your store with a single link.",
    "The platform offers custom themes, discount codes and easy integrations, all in one simple dashboard. Optional "
    "features include live chat, email campaigns and an inventory app.",
)


def document(*lines: str) -> tuple[Paragraph, ...]:
    return segment("\n\n".join(lines))


def judged(*lines: str, found: tuple[Span, ...] = ()) -> tuple[list[str], list[str]]:
    """The lines under the spans, and the codes of the issues."""
    spans, issues = off_topic(document(*lines), found)
    source = "\n\n".join(lines)
    return [source[s.start : s.end] for s in spans], [i.code for i in issues]


def test_both_paragraphs_of_a_pasted_advert_are_stripped() -> None:
    spans, issues = off_topic(document(*STORY[:3], *ADVERT, *STORY[3:]), [])
    assert not issues
    assert [(s.label, s.rule, s.action) for s in spans] == [("ad", RULE, "remove")] * 2
    assert all(s.score >= 0.8 for s in spans), spans


def test_filler_says_nothing_of_what_a_document_is_about() -> None:
    filler = (
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore."
    )
    assert judged(*STORY[:3], *[filler] * 4, ADVERT[0]) == ([], ["abstained"])


def test_where_only_news_is_asked_for_a_guide_is_left_alone() -> None:
    guide = [f"{i}. You can make your own {thing} at home, and you will love how easy it is to get started with our free online guide."
             for i, thing in enumerate(("soap", "candles", "bread", "jam", "kites", "lamps"))]  # fmt: skip
    issues = off_topic(document(*guide), [], news_only=True)[1]
    assert [(i.code, "not like news" in i.detail) for i in issues] == [("abstained", True)]
    assert off_topic(document(*STORY[:3], *ADVERT, *STORY[3:]), [], news_only=True)[0]


def test_the_story_alone_has_nothing_foreign() -> None:
    assert judged(*STORY) == ([], [])


def test_the_advert_is_the_story_where_all_is_of_it() -> None:
    review = (
        "Snapcart.io is a platform for building an online store, and for a month I built mine with it.",
        "Adding products to the store takes a minute each, and the store can be shared with a single link.",
        "The themes of the platform are simple, and you can easily change the colours of your store.",
        "Discount codes and cards work at once; the inventory app of the platform is slow with many products.",
        "Live chat is an optional feature of the store, and email campaigns cost extra each month.",
        *ADVERT,
    )
    assert judged(*review)[0] == []


def test_a_paragraph_of_another_story_is_off_topic_and_no_advert() -> None:
    other = (
        "The goalkeeper, signed from Lyon in the summer, saved two penalties as the visitors won the cup final in extra "
        "time before 40,000 supporters at the national stadium."
    )
    spans, _ = off_topic(document(*STORY[:4], other, *STORY[4:]), [])
    assert [s.label for s in spans] in ([], ["off_topic"])


@pytest.mark.parametrize("n", range(FEWEST))
def test_too_few_paragraphs_are_not_judged(n: int) -> None:
    spans, issues = off_topic(document(*STORY[:n]), [])
    assert not spans
    assert [(i.code, i.rule) for i in issues] == [("abstained", RULE)]
    assert str(n) in issues[0].detail


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("Port strike: live updates", *STORY), "live blog"),
        (tuple(f"{9 + i}:1{i} am — {line}" for i, line in enumerate(STORY)), "live blog"),
        (("Wexmoor news in brief", *STORY), "round-up"),
        (tuple(f"Day {i}: {line}" for i in range(60) for line in STORY), "more than one story"),
        (
            tuple(
                f"Die Lotsen im Hafen haben am Montag nach {i} Tagen den Streik beendet, und die Schiffe fahren wieder ein."
                for i in range(8)
            ),
            "'de'",
        ),
    ],
)
def test_it_abstains_and_says_why(lines: tuple[str, ...], reason: str) -> None:
    spans, issues = off_topic(document(*lines), [])
    assert not spans
    assert [i.code for i in issues] == ["abstained"]
    assert reason in issues[0].detail


def test_a_time_in_a_story_makes_no_live_blog() -> None:
    assert judged("At 9:15 am the first tug of the morning left the harbour with two pilots on board.", *STORY)[1] == []


def test_where_much_is_foreign_it_abstains() -> None:
    always = replace(default_model(), thresholds=(-1.0, 2.0))
    spans, issues = off_topic(document(*STORY), [], model=always)
    assert not spans
    assert "7 of 7 paragraphs look foreign" in issues[0].detail


def test_what_rules_stripped_is_neither_judged_nor_read() -> None:
    paragraphs = document(*STORY[:3], *ADVERT, *STORY[3:])
    gone = [Span(p.start, p.end, "ad", "ads/some") for p in paragraphs[3:5]]
    spans, issues = off_topic(paragraphs, gone)
    assert (spans, issues) == ([], [])
    weak = [replace(s, score=0.5) for s in gone]
    assert len(off_topic(paragraphs, weak)[0]) == 2


def test_neither_title_nor_short_lines_are_judged() -> None:
    spans, _ = off_topic(document("Buy the Snapcart app now!", *STORY, "Get 50% off!"), [])
    assert not spans
    paragraphs = document(ADVERT[0], *STORY)
    title = Span(paragraphs[0].start, paragraphs[0].end, "title", "headline")
    assert off_topic(paragraphs, [title])[0] == []


def test_scores_are_monotone_and_meet_the_thresholds() -> None:
    model = default_model()
    flag, strip = model.thresholds
    assert 0 < flag < strip < 1
    assert model.score(flag) == pytest.approx(0.5)
    assert model.score(strip) == pytest.approx(0.8)
    scores = [model.score(p) for p in np.linspace(0, 1, 101)]
    assert scores == sorted(scores)
    assert (scores[0], scores[-1]) == (0.0, 1.0)


def test_an_explanation_names_what_moved_it() -> None:
    paragraphs = document(*STORY[:3], *ADVERT, *STORY[3:])
    spans, _ = off_topic(paragraphs, [])
    reasons = explain(paragraphs, spans)
    assert list(reasons) == spans
    for sentences in reasons.values():
        assert 1 <= len(sentences) <= 3
        assert not [s for s in sentences if "{" in s]
    said = " ".join(s for sentences in reasons.values() for s in sentences)
    assert "promotion" in said or "subject" in said or "shares" in said
    assert explain(paragraphs, [Span(0, 4, "ad", "other/rule")]) == {}


def test_a_saved_model_judges_the_same(tmp_path: Path) -> None:
    model = default_model()
    model.save(tmp_path / "again", {})
    again = OffTopicModel.load(tmp_path / "again")
    texts = [*STORY, *ADVERT]
    np.testing.assert_array_equal(again.probabilities(texts), model.probabilities(texts))


def test_a_damaged_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        OffTopicModel.load(tmp_path / "none")


DIGEST = "aedc475fed8aa35bbf9540a7c3e07dece40490ecb48d35983d17968429fd8c8d"
GOLDEN: dict[str, list[float]] = {
    "with": [0.0001019, 7.472e-05, 0.000173, 0.99799041, 0.99840269, 0.0001531, 6.58e-05, 0.00695586, 0.0007035],
    "alone": [7.969e-05, 5.521e-05, 0.0001198, 7.524e-05, 6.42e-05, 0.00499522, 0.0004392],
}


def test_golden_probabilities() -> None:
    """What the shipped model says of two documents, on every scikit-learn and numpy allowed."""
    model = default_model()
    assert model.card["digest"] == DIGEST, "a new model needs new golden probabilities"
    for name, texts in (("with", [*STORY[:3], *ADVERT, *STORY[3:]]), ("alone", [*STORY])):
        np.testing.assert_allclose(model.probabilities(texts), GOLDEN[name], rtol=0, atol=1e-6)


def test_the_shipped_model_is_small_and_holds_numbers_only() -> None:
    from newsclean.persist import load, models_dir

    assert (models_dir() / "offtopic.npz").stat().st_size + (models_dir() / "offtopic.json").stat().st_size <= 3_000_000
    arrays, _ = load(models_dir() / "offtopic")
    assert {a.dtype.kind for a in arrays.values()} <= set("iuf")


HARD = frozenset(
    [
        "casino-licence",
        "charity-boats",
        "crypto-marlin",
        "deals-vacuum",
        "earnings-cobalt",
        "funding-tidepool",
        "guide-casino",
        "health-nap",
        "howto-phone",
        "interview-lighthouse",
        "live-flood",
        "loans-cap",
        "match-ferries",
        "oped-benches",
        "product-kestrel",
        "qa-savings",
        "recipe-leeks",
        "review-headphones",
        "review-saltpan",
    ]
)
"""Samples that look like adverts, or like nothing in the news, from end to end: none of their content is even flagged."""


def touched(sample: Sample) -> list[tuple[str, float]]:
    """What the model finds among a sample's content, once the gold furniture is gone."""
    lines = {(line.start, line.end): line for line in sample.lines}
    furniture = [
        Span(line.start, line.end, "ad", "gold")
        for line in sample.lines
        if line.label not in ("content", "title", "ad", "off_topic")
    ]
    return [
        (sample.text[s.start : s.end][:60], s.score)
        for s in off_topic(segment(sample.text), furniture)[0]
        if (s.start, s.end) in lines and lines[s.start, s.end].keep
    ]


def test_content_of_the_samples_is_spared() -> None:
    """Of the English samples' content nothing is stripped and at most two are flagged."""
    found = [hit for sample in load_samples("en") for hit in touched(sample)]
    assert [text for text, score in found if score >= 0.8] == []
    assert len([text for text, score in found if score < 0.8]) <= 2, found


@pytest.mark.parametrize("sample", [s for s in load_samples("en") if s.id[3:] in HARD], ids=lambda s: s.id)
def test_content_that_looks_like_an_advert_is_not_even_flagged(sample: Sample) -> None:
    assert touched(sample) == []


def test_there_is_a_sample_of_each_hard_kind() -> None:
    assert {s.id[3:] for s in load_samples("en")} >= HARD


def _run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.parametrize(
    "program",
    [
        "import sys, newsclean.detectors.offtopic, newsclean.persist; print(sorted({'numpy', 'sklearn'} & set(sys.modules)))",
        "import sys; from newsclean.detectors.offtopic import default_model as d; d().probabilities(['a' * 70] * 6);"
        "print(sorted({'sklearn', 'scipy'} & set(sys.modules)))",
    ],
)
def test_it_imports_late(program: str) -> None:
    assert _run(program) == "[]"


def test_threads_and_order_do_not_matter() -> None:
    from concurrent.futures import ThreadPoolExecutor

    docs = [document(*STORY[:k], *ADVERT, *STORY[k:]) for k in range(8)]
    judge: Callable[[tuple[Paragraph, ...]], object] = lambda d: off_topic(d, [])  # noqa: E731
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(judge, docs * 3)) == [judge(d) for d in docs * 3]


@pytest.mark.parametrize(
    ("text", "spare"),
    [
        ("Never thought I would miss the old ferry timetable this much — Tilda Rook (@tildarook) May 4, 2031", True),
        ("The poll of 1,118 adults was taken by telephone from May 3 to 9.", True),
        ("Results have a margin of sampling error of plus or minus four points.", True),
        ("“For her it is a matter of habit. ‘I have taken the boat since I was six,’ she said from the deck.", True),
        ("“I have taken the boat since I was six, and I am not going to stop,” said Tilda Rook of Wexmoor.", False),
        ("Many thanks to Tilda Rook for her helpful comments on an early draft of these tables.", True),
        ("Thanks to our sale you can have three lamps for the price of two until Friday.", False),
        ("Write to deals@example.com for a survey of our prices before Friday.", False),
        ("Our app polls 30 shops a day and finds the best price for you at once.", False),
    ],
)
def test_what_is_told_by_its_form_is_spared(text: str, *, spare: bool) -> None:
    assert spared(text) is spare
    assert len(text) >= JUDGED
    assert bool(default_model().probabilities([*STORY, text])[-1] == 0) is spare
