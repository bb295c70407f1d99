"""The line model at work: a page told from an article, labels, abstention, guards."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from newsclean import Cleaner, Config
from newsclean.detectors.cuts import may_be_page
from newsclean.detectors.furniture import RULE, FurnitureModel, View, default_model, furniture, is_asked
from newsclean.detectors.network import Network
from newsclean.errors import ModelError
from newsclean.segment import segment
from newsclean.spans import Span

ARTICLE = (
    "Pilots at the northern port went back to work on Monday after eleven days on shore, the harbour board said.",
    "“Nobody lost face,” said Dana Wirth, who leads the pilots' union, as the first tug cast off at seven in the morning.",
    "The board will publish the accounts of the strike in June, its chair told reporters at the northern port.",
    "Fishing crews from the islands had waited outside the breakwater since Saturday with their catch in the hold.",
    "Under the agreement the pilots will work four nights in ten, and the board will pay for a second launch.",
    "The launch is being built at a yard across the bay, Wirth said, and should be in the water before the winter.",
)
HEADLINE = "Northern port pilots go back to work after eleven days on shore"
TOP = (
    "Skip to content",
    "News",
    "Sport",
    "Weather",
    "Harbour",
    "Opinion",
    "Sign in",
    "Subscribe",
    "Search",
    "Menu",
    "Home",
    "News",
    "Local",
)
BOTTOM = (
    "Most read", "Ferry ends its last season", "Bridge to close for repairs in May", "Five walks along the northern coast",
    "Council votes to keep the number 17 bus", "More from Harbour", "Seal pup found in a car park", "About us", "Contact us", "Careers",
    "Terms of use", "Privacy policy", "Advertise with us", "© 2024 Harbour Courier. All rights reserved.",
)  # fmt: skip
PAGE = "\n".join((*TOP, HEADLINE, *ARTICLE, *BOTTOM))


def test_a_page_is_stripped_to_its_article() -> None:
    article = Cleaner(Config(title="drop"))(PAGE)
    assert article.text.split("\n") == list(ARTICLE)
    assert article.title == HEADLINE


def test_the_headline_stays_in_the_text_by_default() -> None:
    assert Cleaner()(PAGE).text.split("\n") == [HEADLINE, *ARTICLE]


def test_an_article_loses_nothing() -> None:
    text = "\n\n".join((HEADLINE, *ARTICLE))
    assert Cleaner()(text).text == text


def test_cleaning_a_page_twice_is_cleaning_it_once() -> None:
    once = Cleaner()(PAGE).text
    assert Cleaner()(once).text == once


def test_what_goes_has_a_label_and_what_a_rule_knows_keeps_its() -> None:
    spans = {PAGE[s.start : s.end].strip(): s for s in Cleaner()(PAGE).removed()}
    assert spans["© 2024 Harbour Courier. All rights reserved."].rule != RULE
    assert spans["Sport"].label == "navigation"
    assert {s.label for s in spans.values()} >= {"navigation", "teaser"}


def test_the_caller_may_say_what_it_is() -> None:
    kept = {profile: len(Cleaner(Config(profile=profile))(PAGE).text) for profile in ("page", "article", "precision")}
    assert kept["page"] <= kept["article"] <= kept["precision"]
    assert kept["page"] < kept["precision"]


def test_an_article_with_a_long_list_below_is_no_page() -> None:
    sure, unsure = np.full(30, -3.0), np.full(20, 3.0)
    assert may_be_page(np.concatenate([sure, unsure]))
    assert not may_be_page(np.concatenate([unsure, sure]))


def test_where_trees_alone_see_no_page_the_network_is_not_asked() -> None:
    article = "\n".join(f"{line} It was the {i}th day of the strike." for i in range(9) for line in ARTICLE)
    with patch.object(Network, "odds", side_effect=AssertionError("asked")):
        assert Cleaner().strip(article).text
        with pytest.raises(AssertionError, match="asked"):
            Cleaner(Config(profile="page")).strip(article)


def test_the_notes_of_an_encyclopaedia_are_its_own() -> None:
    notes = [
        f"^ Wirth, Dana (200{i % 10}). The pilots of the north. Harbour Press. Retrieved {i} May." for i in range(1, 9)
    ]
    notes[::2] = [f"{i}. {note}" for i, note in enumerate(notes[::2], start=1)]
    kept = Cleaner()("\n".join((*TOP, HEADLINE, *ARTICLE, *notes, *BOTTOM))).text
    assert all(note in kept for note in notes)
    assert "Privacy policy" not in kept


def test_labels_may_be_kept() -> None:
    kept = Cleaner(Config(drop=Config().drop - {"teaser"}))(PAGE)
    assert "Ferry ends its last season" in kept.text or "Seal pup found in a car park" in kept.text
    assert "Skip to content" not in kept.text


def test_a_page_without_an_article_comes_back_whole() -> None:
    menu = "\n".join((*TOP, *BOTTOM))
    assert [s for s in furniture(menu, segment(menu), []) if s.score >= 0.8] == []


def test_other_pages_of_the_site_help() -> None:
    boxes = "\n".join(("Tides this week", "Harbour walk"))
    pages = [f"{boxes}\n{ARTICLE[i]}\n{ARTICLE[i + 1]}" for i in (0, 2, 4)]
    text = "\n".join((boxes, *ARTICLE[:4]))
    fitted = Cleaner().fit(pages, urls=["https://courier.example/"] * 3)
    assert fitted(text, url="https://www.courier.example/a").text == "\n".join(ARTICLE[:4])


def test_a_sure_rule_is_not_asked_about_again() -> None:
    paragraphs = segment(PAGE)
    known = Span(paragraphs[0].start, paragraphs[0].end, "navigation", "own/rule")
    assert (known.start, known.end) not in {(s.start, s.end) for s in furniture(PAGE, paragraphs, [known])}


def test_the_model_reads_what_the_rules_know() -> None:
    model, paragraphs = default_model(), segment(PAGE)
    known = [Span(p.start, p.end, "teaser", "own/rule") if len(p.text) < 30 else None for p in paragraphs]
    blind, told = (model.view(PAGE, paragraphs, spans).furniture for spans in ([None] * len(paragraphs), known))
    assert told.mean() > blind.mean()


def test_time_is_linear_in_lines() -> None:
    def spent(many: int) -> float:
        text = "\n".join(f"Item {i % 977} of {i % 31}" for i in range(many))
        paragraphs = segment(text)
        rounds = []
        for _ in range(3):
            start = time.process_time()
            furniture(text, paragraphs, [])
            rounds.append(time.process_time() - start)
        return min(rounds)

    assert spent(24_000) < 16 * max(spent(3_000), 0.02)


def test_the_model_survives_its_file_to_the_last_bit(tmp_path: Path) -> None:
    model = default_model()
    model.save(tmp_path / "copy", card=model.card)
    again = FurnitureModel.load(tmp_path / "copy")
    paragraphs = segment(PAGE)
    nothing = [None] * len(paragraphs)
    assert np.array_equal(
        again.view(PAGE, paragraphs, nothing).furniture, model.view(PAGE, paragraphs, nothing).furniture
    )
    assert again.view(PAGE, paragraphs, nothing).labels == model.view(PAGE, paragraphs, nothing).labels
    assert (tmp_path / "copy.npz").stat().st_size < 3_000_000
    with pytest.raises(ModelError, match="no card"):
        FurnitureModel.load(tmp_path / "none")


def test_a_model_for_other_numbers_is_refused(tmp_path: Path) -> None:
    network, *others = default_model().networks
    fewer = replace(network, mean=network.mean[1:], spread=network.spread[1:], enter=network.enter[1:])
    replace(default_model(), networks=(fewer, *others)).save(tmp_path / "old")
    with pytest.raises(ModelError, match="train it anew"):
        FurnitureModel.load(tmp_path / "old")


def test_short_texts_are_left_to_the_rules_unless_more_is_known_of_them() -> None:
    paragraphs = segment("\n".join(PAGE.split("\n")[:30]))
    assert 12 <= len(paragraphs) < 40
    assert not is_asked(paragraphs)
    assert is_asked(paragraphs, profile="page")
    assert is_asked(paragraphs, seen=[0] * (len(paragraphs) - 1) + [2])
    assert not is_asked(paragraphs[:11], profile="page")
    assert furniture("\n".join(p.text for p in paragraphs), paragraphs, []) == []


def gone(lines: dict[str, float], *, known: str = "") -> list[tuple[str, str]]:
    """What goes of a page whose lines are that likely furniture, and under which label; ``known`` is one that rules know."""
    text = "\n".join(lines)
    chances = np.array(list(lines.values()))
    view = View(chances, tuple("teaser" if c >= 0.5 else "" for c in chances), True, 0.6)
    found = [Span(p.start, p.end, "navigation", "own/rule", 1.0) for p in segment(text) if p.text == known]
    with patch.object(FurnitureModel, "view", return_value=view):
        spans = default_model().spans(text, segment(text), found, profile="page")
    return [(text[s.start : s.end], s.label) for s in spans if s.score >= 0.8]


MENU = {f"Harbour news {i}": 0.9 for i in range(9)}


def test_what_is_left_below_the_article_among_lines_that_go_goes_too() -> None:
    page = {ARTICLE[0]: 0.1, ARTICLE[1]: 0.1, "By the shore": 0.3, **MENU, "Seal pup found": 0.3, "Crab salad": 0.1}
    assert gone(page) == [*((line, "teaser") for line in MENU), ("Seal pup found", "teaser")]
    assert gone({**page, ARTICLE[2]: 0.2}) == [(line, "teaser") for line in MENU]


def test_a_paragraph_above_a_sign_stays() -> None:
    page = {ARTICLE[0]: 0.1, **MENU, ARTICLE[1]: 0.8, "(mlk)": 0.9}
    assert gone(page) == [*((line, "teaser") for line in MENU), ("(mlk)", "teaser")]


def test_on_a_page_that_would_lose_its_last_paragraph_nothing_is_stranded() -> None:
    page = {ARTICLE[0]: 0.9, ARTICLE[1]: 0.9, **MENU, "Seal pup found": 0.3}
    assert gone(page, known="Harbour news 8") == []
