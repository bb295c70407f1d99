"""What holds for every text: nothing is lost, offsets are true, cleaning twice is cleaning once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsclean import Article, Cleaner, Config, annotate, clean
from newsclean.datasets import load_samples

FURNITURE = (
    "Advertisement", "READ MORE: Ferry ends its last season", "Subscribe", "Notify of", "26 Comments", "26", "0", "()", "x",
    "By Ann Lee", "Share on Facebook", "Related posts", "Support Harbour Courier", "Harbour Courier", "12,300 $", "This Week",
    "Total Boats", "https://x.com/pilots/status/12345678901", "Photo: Ann Lee/AP", "© 2024 Harbour Courier. All rights reserved.",
    "We use cookies to improve your experience.", "Lesen Sie auch: Die Fähre fährt nicht mehr", "MORE ON THE TOPIC:", "___",
    "Tags: harbour, pilots", "March 3, 2024", "Updated at 9:10 a.m.", "Ann Lee contributed to this report.", "Enlarge this image",
)  # fmt: skip
PROSE = (
    "Pilots at the northern port went back to work on Monday after eleven days on shore.",
    "“Nobody lost face,” said Dana Wirth, who leads the union, as the first tug cast off.",
    "The harbour board will publish the accounts of the strike in June, its chair said.",
    "Northern port pilots go back to work after eleven days on shore",
    "What happens next",
    "Die Lotsen kehrten am Montag nach elf Tagen an Land zur Arbeit zurück, sagte die Hafenbehörde.",
    "港の水先人は月曜日に仕事に戻った。",
)
BREAKS = ("\n", "\n\n", "\r\n", "\r\n\r\n", "\u2028", "\n \n\n", " ", "\t\n")

line = st.one_of(
    st.sampled_from(FURNITURE),
    st.sampled_from(PROSE),
    st.text(st.characters(codec=None, exclude_categories=()), max_size=30),
    st.text("abcdef ABC.,!?…\u00a0\u200b", max_size=90),
)
documents = st.lists(st.tuples(line, st.sampled_from(BREAKS)), max_size=24).map(
    lambda ls: "".join(a + b for a, b in ls)
)
configs = st.sampled_from(
    (Config(), Config(profile="recall"), Config(profile="precision"), Config(drop=frozenset({"ad_label", "teaser"})))
)

many = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@many
@given(documents, configs)
def test_kept_and_removed_are_the_source(text: str, config: Config) -> None:
    article = annotate(text, config=config)
    assert article.source == text
    assert "".join(piece for piece, _ in article.segments()) == text
    assert "".join(piece for piece, span in article.segments() if span is None) == article.text
    assert article.restore().text == text


@many
@given(documents, configs)
def test_every_offset_is_valid_and_removals_are_disjoint(text: str, config: Config) -> None:
    article = annotate(text, config=config)
    at = 0
    for span in article.spans:
        assert 0 <= span.start < span.end <= len(text)
    for span in article.removed():
        assert span.start >= at
        at = span.end
    for i in range(len(article.text)):
        assert text[article.to_source(i)] == article.text[i]
    for attribution in article.attributions:
        for start, end in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= start < end <= len(text)


@many
@given(documents, configs)
def test_cleaning_twice_is_cleaning_once(text: str, config: Config) -> None:
    once = clean(text, config=config)
    assert clean(once, config=config) == once


@many
@given(documents)
def test_an_article_survives_its_dict(text: str) -> None:
    article = annotate(text)
    assert Article.from_dict(article.to_dict()) == article


@many
@given(documents)
def test_the_page_it_makes_holds_no_tag_of_the_source(text: str) -> None:
    page = annotate(text + "\n<script>alert(1)</script>")._repr_html_()
    assert "<script" not in page


@given(st.lists(documents, max_size=6))
@settings(max_examples=20, deadline=None, derandomize=True)
def test_no_text_changes_the_next(texts: list[str]) -> None:
    cleaner = Cleaner()
    forward = [cleaner(t) for t in texts]
    backward = [cleaner(t) for t in reversed(texts)]
    assert forward == backward[::-1]
    assert list(cleaner.pipe(texts)) == forward


def test_two_processes_with_other_hash_seeds_agree() -> None:
    program = "import newsclean as n, newsclean.datasets as d; print(hash(0), [n.annotate(s.text).to_dict() for s in d.load_samples('de')])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_processes_give_what_one_gives_in_order(n_jobs: int) -> None:
    texts = [s.text for s in load_samples()]
    cleaner = Cleaner()
    assert list(cleaner.pipe(texts, n_jobs=n_jobs, batch_size=5)) == [cleaner(t) for t in texts]


@pytest.mark.parametrize("tail", ["\r\n", "\n\n", "", "   ", "\u2028"])
@pytest.mark.parametrize("make", [str.upper, str.title, lambda s: s.replace(" ", "\u00a0")])
def test_a_removed_line_takes_its_separator_along(tail: str, make: Callable[[str], str]) -> None:
    first, last = PROSE[0], PROSE[1]
    for between in ("\n", "\n\n", "\r\n\r\n"):
        text = f"{first}{between}{make('advertisement')}{between}{last}{tail}"
        assert clean(text) == f"{first}{between}{last}{tail}"
    assert clean(f"{first}\n\nAdvertisement\n") == f"{first}\n"
    assert clean(f"Advertisement\n\n{first}") == first
