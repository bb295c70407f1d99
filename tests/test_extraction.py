"""Extraction: a page's article as spans over its visible text, and its facts."""

from __future__ import annotations

import gzip
import json
import pickle
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import newsclean as nc
from newsclean.config import Config, Limits
from newsclean.detectors.blocks import BlockModel, Judged, default_blocks
from newsclean.extraction import HEAVY, assembled, extracted
from newsclean.page import Page

TITLE = "Bus saved after villagers count every passenger"
LEAD = "The number 17 will run for two more years, after volunteers proved how many people need it."
STORY = (
    "The number 17 bus will keep running for two more years, the county council said on Monday evening in a statement.",
    "“In August half the village is at the caravan,” said Beryl Stanhope of Mill Rise, who had counted for nine days.",
    "Volunteers logged 1,912 bus journeys in fourteen days, which is far more than the council's own survey had found.",
    "The council said that the bus company had also agreed to bring back the early morning journey to the hospital.",
    "Campaigners for the bus said that their next target was a shelter on the road that leads down to the village.",
)
FACTS = {
    "@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-03-04", "author": {"name": "Ellie Marchbank"},
    "description": LEAD, "articleSection": "Transport", "publisher": {"name": "The Valley Post"},
}  # fmt: skip
PAGE = f"""<!doctype html><html lang=en><head><title>{TITLE} | The Valley Post</title>
<meta property="og:title" content="{TITLE}"><script type="application/ld+json">{json.dumps(FACTS)}</script></head><body>
<header><nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a><li><a href=/weather>Weather</a></ul></nav></header>
<main><article><h1>{TITLE}</h1><p class=standfirst>{LEAD}</p><p class=byline>By Ellie Marchbank</p>
<figure><img src=b.jpg><figcaption>The 17 at Mill Rise. <span class=credit>Photo: Tom Ash</span></figcaption></figure>
<div class=article-body>{"".join(f"<p>{p}</p>" for p in STORY[:3])}
<div class="related-stories"><h3>Read more</h3><ul><li><a href=/1>Roundabout named dullest in Britain</a></ul></div>
{"".join(f"<p>{p}</p>" for p in STORY[3:])}</div></article></main>
<footer><p>© The Valley Post</p><a href=/terms>Terms</a></footer></body></html>"""
INDEX = "<html><body><nav><a href=/>Home</a></nav><ul class=grid>" + "".join(
    f"<li><a href=/p{i}><h3>Kettle {i}</h3></a><span class=price>£{i}.99</span><button>Add to basket</button></li>" for i in range(60)
) + "</ul><footer>© Shop</footer></body></html>"  # fmt: skip


class Stub(BlockModel):
    """A model that keeps the blocks whose text it is told to."""

    kept: tuple[str, ...] = ()
    page = 1.0

    def judge(self, page: Page, *_: Any) -> Judged:
        return Judged(np.array([0.9 if b.text in self.kept else 0.1 for b in page.blocks]), self.page)


def stub(*kept: str, page: float = 1.0) -> BlockModel:
    model = Stub(**default_blocks().__dict__)
    object.__setattr__(model, "kept", kept)
    object.__setattr__(model, "page", page)
    return model


def test_the_article_comes_out_of_its_page() -> None:
    article = nc.extract(PAGE)
    for paragraph in STORY:
        assert paragraph in article.text
    for chrome in ("Weather", "Roundabout", "© The", "Photo: Tom Ash"):
        assert chrome in article.source
        assert chrome not in article.text


def test_the_headline_goes_to_title_only_unless_told() -> None:
    article = nc.extract(PAGE)
    assert article.title == TITLE
    assert TITLE not in article.text
    assert TITLE in article.source
    assert nc.extract(PAGE, config=Config(title="keep")).text.startswith(TITLE)


def test_the_standfirst_is_an_option() -> None:
    assert nc.extract(PAGE).standfirst == LEAD
    assert LEAD in nc.extract(PAGE, config=Config(standfirst="keep")).text
    assert LEAD not in nc.extract(PAGE, config=Config(standfirst="drop")).text


def test_its_facts_go_to_their_fields() -> None:
    article = nc.extract(PAGE, url="https://valley.example/17")
    assert (article.byline, article.date, article.site) == ("Ellie Marchbank", "2026-03-04", "The Valley Post")
    assert (article.section, article.language, article.url) == ("Transport", "en", "https://valley.example/17")
    assert article.credits == ("The 17 at Mill Rise. Photo: Tom Ash",)
    assert "blocks=" in article.version
    assert "trafilatura=" in article.version


def test_facts_that_differ_are_told() -> None:
    page = PAGE.replace('og:title" content="' + TITLE, 'og:title" content="Shelter opens')
    assert [i.code for i in nc.extract(page).issues if i.code.startswith("meta")] == ["metadata_conflict"]


def test_what_went_can_be_put_back() -> None:
    article = nc.extract(PAGE)
    assert article.restore().text == article.source
    assert "".join(text for text, _ in article.segments()) == article.source
    assert all(span.why for span in article.removed() if span.rule == "model/blocks")


def test_furniture_has_the_label_of_its_element() -> None:
    article = nc.extract(PAGE)
    labels = {article.source[s.start : s.end].strip(): s.label for s in article.removed()}
    assert labels["Roundabout named dullest in Britain"] == "teaser"
    assert labels["By Ellie Marchbank"] == "byline"
    assert labels["Weather"] == "navigation"
    assert labels["© The Valley Post"] == "legal"
    assert labels[TITLE] == "title"


def test_bytes_gzip_and_text_give_the_same_article() -> None:
    article = nc.extract(PAGE)
    assert nc.extract(PAGE.encode()) == article
    assert nc.extract(gzip.compress(PAGE.encode())) == article


def test_calls_leave_nothing_for_the_next() -> None:
    first = nc.extract(PAGE)
    nc.extract(INDEX)
    for _ in range(8):
        assert nc.extract(PAGE) == first
    assert pickle.loads(pickle.dumps(nc.Cleaner())).extract(PAGE) == first


def test_order_and_process_do_not_matter() -> None:
    pages = [PAGE, INDEX, PAGE.replace("bus", "ferry")]
    here = [nc.extract(page).to_dict() for page in pages]
    assert [nc.extract(page).to_dict() for page in reversed(pages)] == here[::-1]
    program = (
        "import json, sys, newsclean as n\n"
        "print(json.dumps([n.extract(p).to_dict() for p in json.load(sys.stdin)], sort_keys=True))"
    )
    for seed in ("1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(pages[::-1]).encode(),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        assert json.loads(found.stdout) == json.loads(json.dumps(here[::-1]))


def test_the_address_is_the_callers_or_the_pages() -> None:
    named = PAGE.replace("<title>", "<link rel=canonical href=https://post.example/bus><title>")
    assert nc.extract(named).url == "https://post.example/bus"
    assert nc.extract(named, url="https://other.example/17").url == "https://other.example/17"


def test_an_article_of_a_page_survives_json() -> None:
    article = nc.extract(PAGE)
    assert nc.Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


def test_the_text_that_came_out_is_clean() -> None:
    text = nc.extract(PAGE).text
    assert nc.clean(text) == text


def test_a_page_that_is_no_article_says_so() -> None:
    assert "not_an_article" in [i.code for i in nc.extract(INDEX).issues]
    assert "not_an_article" not in [i.code for i in nc.extract(PAGE).issues]


@pytest.mark.parametrize(("model", "expected"), [(stub(*STORY, page=0.0), True), (stub(*STORY), False), (stub(), True)])
def test_the_gate_and_an_empty_page_are_told(model: BlockModel, expected: bool) -> None:
    page = extracted(PAGE, Config(), model=model)
    assert ("not_an_article" in [i.code for i in page.issues]) == expected
    if model.kept:  # type: ignore[attr-defined]
        assert page.left == "\n\n".join(STORY)


def test_what_the_model_keeps_is_the_source_without_its_removals() -> None:
    page = extracted(PAGE, Config(), model=stub(STORY[0], "Home", STORY[4]))
    assert page.left == f"Home\n\n{STORY[0]}\n\n{STORY[4]}"


def test_the_body_a_second_time_in_one_block_goes() -> None:
    story = [f"{p} That was in the year {1900 + i}." for i, p in enumerate(STORY * 4)]
    giant = " ".join(story)
    html = "<article>" + "".join(f"<p>{p}</p>" for p in story) + f"<div>{giant}</div></article>"
    page = extracted(html, Config(), model=stub(*story, giant))
    assert page.left == "\n\n".join(story)
    assert [s.rule for s in page.spans if s.removes] == ["page/copy"]
    other = giant.replace("bus", "ferry").replace("year", "winter").replace("a", "o")
    assert other in extracted(html.replace(giant, other), Config(), model=stub(*story, other)).left


@pytest.mark.parametrize(("named", "left"), [("comments", False), ("comment-body reader", False), ("letters", True)])
def test_comments_that_read_like_the_article_go_where_trafilatura_leaves_them_out(named: str, left: bool) -> None:
    remark = "I rode the number 17 for thirty years, and in August half the village would have walked without that bus."
    body = "".join(f"<p>{p}</p>" for p in STORY)
    html = f"<html><body><article>{body}</article><div class='{named}'><p>{remark}</p></div></body></html>"
    page = extracted(html, Config(), model=stub(*STORY, remark))
    assert (remark in page.left) == left
    if not left:
        assert [s.label for s in page.spans if s.removes and remark in page.source[s.start : s.end]] == ["comments"]
    essay = html.replace("<article>", f"<article class='{named}'>", 1)  # what trafilatura keeps is not touched
    assert STORY[0] in extracted(essay, Config(), model=stub(*STORY)).left


def test_a_paragraph_that_its_author_repeats_is_flagged_only() -> None:
    html = f"<html><body><article>{''.join(f'<p>{p}</p>' for p in (*STORY, STORY[0]))}</article></body></html>"
    article = assembled(page := extracted(html, Config(), model=stub(*STORY)), nc.annotate(page.left))
    assert article.text.count(STORY[0]) == 2
    assert [s.rule for s in article.spans if not s.removes] == ["repeat/paragraph"]


def test_labels_that_are_not_dropped_stay() -> None:
    page = extracted(PAGE, Config(drop=Config().drop - {"navigation"}), model=stub(*STORY))
    assert page.left.startswith("Home\nSport\nWeather")


def test_without_models_trafilatura_decides() -> None:
    article = nc.extract(PAGE, config=Config(models="off"))
    assert STORY[0] in article.text
    assert "Weather" not in article.text
    assert "blocks=off" in article.version


@pytest.mark.parametrize(
    ("html", "code"),
    [("", "empty"), (b"", "empty"), ("<html><body><img src=x></body></html>", "empty"), (b"\x1f\x8bno", "bad_input")],
)
def test_nothing_to_read_is_told(html: str | bytes, code: str) -> None:
    article = nc.extract(html)
    assert (article.source, article.text) == ("", "")
    assert code in [i.code for i in article.issues]


def test_limits_are_told() -> None:
    few = replace(Limits(), max_blocks=5)
    article = nc.extract(PAGE, config=Config(limits=few))
    assert "too_long" in [i.code for i in article.issues]
    assert len(list(article.paragraphs())) <= 5
    small = Config(limits=Limits(max_chars=100))
    assert [i.code for i in nc.extract(PAGE, config=small).issues] == ["too_long"]
    with pytest.raises(nc.LimitError):
        nc.extract(PAGE, config=small.replace(on_error="raise"))


def test_what_is_no_html_is_an_error() -> None:
    with pytest.raises(nc.InputError, match="takes HTML"):
        nc.extract(None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("depth", "codes"), [(350, set()), (1000, {"extractor_skipped"}), (5000, {"too_long"}), (200_000, {"too_long"})]
)
def test_a_page_nested_deep_is_read_or_says_why_not(depth: int, codes: set[str]) -> None:
    begin = time.process_time()
    article = nc.extract(PAGE.replace("<main>", "<main>" + "<div>" * depth))
    assert time.process_time() - begin < 20
    assert codes <= {i.code for i in article.issues}
    assert (STORY[0] in article.text) == (depth <= 1000)


def test_a_huge_page_is_answered_in_bounded_time() -> None:
    rows = "".join(
        f"<p>Row {i} of the tide table was read at {i % 24} o'clock by the harbour master.</p>" for i in range(200_000)
    )
    assert len(rows) > 15 * HEAVY
    begin = time.process_time()
    article = nc.extract(f"<html><body>{rows}</body></html>")
    assert time.process_time() - begin < 60
    assert {"extractor_skipped", "too_long"} <= {i.code for i in article.issues}


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + STORY[0], "text alone", "<div>" * 5000 + STORY[0], PAGE.replace("<html", "<html ⚡"),
        '<?xml version="1.0"?>' + PAGE, PAGE + "\ud800\x00", "<table>" * 300 + "x", "<a>" * 3000 + "x",
    ],
    ids=["fragment", "text", "deep", "amp", "xhtml", "surrogate", "tables", "links"],
)  # fmt: skip
def test_odd_pages_are_answered(html: str) -> None:
    article = nc.extract(html)
    assert article.text or article.issues
    assert article.source or "empty" in [i.code for i in article.issues]
