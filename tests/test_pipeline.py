"""Cleaner: the order of steps, the guards, what it does with bad input."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest

import newsclean as nc
from newsclean import Article, Cleaner, Config, InputError, LimitError, Limits, RulePack, annotate, clean
from newsclean.rules import Rule
from tests.conftest import cases

STORY = (
    "Pilots at the northern port went back to work on Monday after eleven days on shore.\n\n"
    "“Nobody lost face,” said Dana Wirth, who leads the union, as the first tug cast off.\n\n"
    "The harbour board will publish the accounts of the strike in June, its chair said."
)


@pytest.mark.parametrize("case", cases("wild"), ids=lambda c: c["name"])
def test_in_the_wild(case: dict[str, Any]) -> None:
    article = annotate(case["text"], url=case.get("url"))
    removed = [(article.source[s.start : s.end].strip(), s.label) for s in article.removed()]
    assert removed == [tuple(pair) for pair in case["removed"]]


@pytest.mark.parametrize("case", cases("negative"), ids=lambda c: c["name"])
def test_negative(case: dict[str, Any]) -> None:
    assert clean(case["text"]) == case["text"]


@pytest.mark.parametrize("case", cases("known_failures"), ids=lambda c: c["name"])
def test_known_failures_still_fail(case: dict[str, Any]) -> None:
    """A case that passes is to be moved to wild.json or negative.json."""
    assert clean(case["text"]) != case["clean"]


def test_an_empty_text_is_an_issue() -> None:
    for text in ("", " \n\t\u200b"):
        article = annotate(text)
        assert (article.text, [i.code for i in article.issues]) == (text, ["empty"])


def test_html_given_as_text_is_read_and_named() -> None:
    tagged = annotate("<html><body>" + "".join(f"<p>{line}</p>\n" for line in STORY.split("\n") * 3) + "</body></html>")
    assert "markup" in [i.code for i in tagged.issues]
    assert "<p>" not in tagged.text
    quoted = annotate(STORY + "\n\nThe manual says that a closing </p> may be left out.")
    assert "markup" not in [i.code for i in quoted.issues]


@pytest.mark.parametrize("bad", [None, 7, b"bytes", ["a"], Article("x")])
def test_what_is_no_text_is_refused(bad: Any) -> None:
    with pytest.raises(InputError, match=f"not {type(bad).__name__}"):
        clean(bad)


def test_too_long_comes_back_untouched_with_an_issue() -> None:
    config = Config(limits=Limits(max_chars=40))
    article = annotate("Advertisement\n" + STORY, config=config)
    assert article.text == article.source
    assert [i.code for i in article.issues] == ["too_long"]
    with pytest.raises(LimitError, match="max_chars=40"):
        annotate(STORY, config=config.replace(on_error="raise"))


def test_a_text_of_furniture_comes_back_whole() -> None:
    article = annotate("Advertisement\nShare on Facebook\nREAD MORE: Ferry ends its last season")
    assert article.text == article.source
    assert [i.code for i in article.issues] == ["kept_whole", "abstained"]
    assert {s.action for s in article.spans} == {"flag"}


def test_min_kept_is_the_callers() -> None:
    text = STORY + "\n\n" + "\n\n".join(f"READ MORE: Ferry number {n} ends its last season" for n in range(30))
    assert clean(text) == STORY
    assert clean(text, config=Config(limits=Limits(min_kept=0.5))) == text


@pytest.mark.parametrize("case", cases("walls"), ids=lambda c: c["name"])
def test_a_wall_is_no_article(case: dict[str, Any]) -> None:
    article = annotate(case["text"])
    assert "not_an_article" in [i.code for i in article.issues]
    assert article.text


def test_an_article_with_a_cookie_notice_is_an_article() -> None:
    article = annotate(STORY + "\n\nWe value your privacy\n\nAccept all\n\nManage options")
    assert [i.code for i in article.issues] == ["abstained"]  # three paragraphs are too few for the model
    assert article.text == STORY


def test_labels_not_dropped_stay_as_flags() -> None:
    text = STORY + "\n\nAdvertisement\n\nShare on Facebook"
    article = annotate(text, config=Config(drop=frozenset({"social"})))
    assert article.text == STORY + "\n\nAdvertisement"
    assert [(s.label, s.action) for s in article.spans] == [("ad_label", "flag"), ("social", "remove")]


def test_spam_and_chrome_share_the_work() -> None:
    text = STORY + "\n\nAdvertisement\n\nShare on Facebook"
    assert nc.strip_spam(text) == STORY + "\n\nShare on Facebook"
    assert nc.strip_chrome(text) == STORY + "\n\nAdvertisement"


def test_the_headline_is_found_and_stays_unless_told() -> None:
    text = "Northern pilots go back to work after eleven days on shore\n\nBy Ann Lee\n\n" + STORY
    article = annotate(text)
    assert article.title == "Northern pilots go back to work after eleven days on shore"
    assert article.byline == "Ann Lee"
    assert article.text.startswith(article.title)
    dropped = annotate(text, config=Config(title="drop"))
    assert (dropped.title, dropped.text) == (article.title, STORY)


def test_a_text_that_starts_with_prose_has_no_headline() -> None:
    assert annotate(STORY).title is None


def test_a_publisher_is_known_from_its_residue() -> None:
    text = STORY + "\n\nSupport Harbour Courier\n\nHarbour Courier\n\nNotify of\n\nInline Feedbacks"
    article = annotate(text)
    assert article.site == "Harbour Courier"
    assert article.text == STORY
    assert "site_name" in {s.label for s in article.removed()}


def test_a_rule_confined_to_a_site_needs_its_url() -> None:
    rule = Rule(
        id="own/box", label="newsletter", phrases=("The Pilot Box",), sites=("courier.example",),
        examples=("The Pilot Box", "THE PILOT BOX"), counter=("The pilot box was empty.", "A pilot box"),
    )  # fmt: skip
    config = Config(packs=(RulePack.builtin(), RulePack("own", (rule,))))
    text = STORY + "\n\nThe Pilot Box"
    assert clean(text, config=config) == text
    assert clean(text, url="https://www.courier.example/a/1", config=config) == STORY
    assert clean(text, url="https://notcourier.example/a/1", config=config) == text
    assert clean(text, url="http://[bad", config=config) == text


def test_posts_and_datelines_become_attributions() -> None:
    text = "PORT ELLERY, March 14 (Reuters) - " + STORY + "\n\nhttps://x.com/NorthPilots/status/1234567890123"
    article = annotate(text)
    found = [a for a in article.attributions if a.kind in ("dateline", "social_post")]
    assert [(a.kind, a.name, article.source[a.cue[0][0] : a.cue[0][1]]) for a in found] == [
        ("dateline", "Reuters", "PORT ELLERY, March 14 (Reuters) -"),
        ("social_post", "NorthPilots", "https://x.com/NorthPilots/status/1234567890123"),
    ]
    assert "x.com" not in article.text
    assert annotate(text, config=Config(attribution="off")).attributions == ()


def test_a_cleaner_survives_pickling() -> None:
    cleaner = Cleaner(Config(profile="recall", packs=RulePack.builtin("ads", "comments")))
    again = pickle.loads(pickle.dumps(cleaner))
    assert again(STORY + "\n\nAdvertisement") == cleaner(STORY + "\n\nAdvertisement")
    with pytest.raises(InputError, match="Config"):
        Cleaner("balanced")  # type: ignore[arg-type]


def test_pipe_loses_no_batch_to_a_bad_item() -> None:
    items: list[Any] = [STORY, None, (STORY, "https://courier.example/1"), b"raw", 3.5]
    for n_jobs in (1, 2):
        articles = list(Cleaner(Config(models="off")).pipe(items, n_jobs=n_jobs, batch_size=2))
        assert [a.source for a in articles] == [STORY, "", STORY, "", ""]
        assert [[i.code for i in a.issues] for a in articles] == [[], ["bad_input"], [], ["bad_input"], ["bad_input"]]
        assert articles[2].url == "https://courier.example/1"
    with pytest.raises(InputError):
        list(Cleaner(Config(on_error="raise")).pipe(items))
    with pytest.raises(InputError, match="batch_size"):
        Cleaner().pipe(items, batch_size=0)


def test_pipe_streams_an_endless_input() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield STORY

    assert len(list(islice(Cleaner().pipe(endless()), 5))) == 5


def test_a_slow_pattern_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.matching.TIMEOUT", 0.05)
    rule = Rule(
        id="own/slow", label="ad", pattern="(?:(?:a{0,60}){0,60}){0,60}b", keyword=("aaaa",), bound=2000,
        examples=("aaaab", "aab"), counter=("aaaac", "b c"),
    )  # fmt: skip
    article = annotate("aaaa " + "a" * 900 + "\n\n" + STORY, config=Config(packs=RulePack("own", (rule,))))
    assert article.text == article.source


def test_ten_megabytes_in_one_line_are_read() -> None:
    text = "Pilots went back to work on Monday, said the board. " * 200_000
    assert clean(text) == text


def test_lone_surrogates_pass_through() -> None:
    text = "Pilots went back \ud800 to work on Monday after eleven days on shore.\nAdvertisement"
    assert clean(text) == "Pilots went back \ud800 to work on Monday after eleven days on shore."
