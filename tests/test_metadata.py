"""Metadata: what a page states, from where, and where two places differ."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml.html import document_fromstring

from newsclean.metadata import Metadata, read_metadata


def read(html: str) -> Metadata:
    return read_metadata(document_fromstring(html + "<p>text"))


def ld(**stated: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **stated})}</script>'


FULL = ld(
    headline="Bus saved", datePublished="2026-03-04T10:00:00Z", author=[{"name": "Ellie Marchbank"}, {"name": "Tom Ash"}],
    publisher={"name": "The Valley Post"}, articleSection=["Transport"], description="The 17 stays.", inLanguage="en-GB",
    articleBody="The number 17 bus <b>stays</b>.",
)  # fmt: skip


def test_json_ld_tells_all() -> None:
    found = read(FULL)
    assert (found.title, found.byline, found.date) == ("Bus saved", "Ellie Marchbank, Tom Ash", "2026-03-04")
    assert (found.site, found.section, found.language) == ("The Valley Post", "Transport", "en")
    assert (found.description, found.types) == ("The 17 stays.", ("NewsArticle",))
    assert found.body.split() == ["The", "number", "17", "bus", "stays", "."]
    assert found.conflicts == ()


@pytest.mark.parametrize(
    ("html", "field", "value"),
    [
        ('<meta property="og:title" content="Bus &amp; train">', "title", "Bus & train"),
        ("<title>Bus saved</title><h1>Bus saved</h1>", "title", "Bus saved"),
        ("<title>Bus saved | Post</title>", "title", "Bus saved | Post"),
        ("<title>Tab</title><h1>One</h1><h1>Two</h1>", "title", "Tab"),
        ('<meta name=author content="By Ellie Marchbank">', "byline", "Ellie Marchbank"),
        ('<meta property="article:author" content="https://social.example/ellie">', "byline", None),
        (ld(author="Tom Ash"), "byline", "Tom Ash"),
        (ld(author={"name": ["A", "B"]}), "byline", "A, B"),
        ('<meta property="article:published_time" content="2026-03-04T23:59:00+01:00">', "date", "2026-03-04"),
        ("<time pubdate datetime=2026-03-04>yesterday</time>", "date", "2026-03-04"),
        ("<time datetime=2026-03-04>an event</time>", "date", None),
        ('<meta name=date content="03/04/2026">', "date", None),
        ('<meta property="og:site_name" content="Post">', "site", "Post"),
        ('<link rel=canonical href="https://post.example/17">', "url", "https://post.example/17"),
        ('<meta property="og:locale" content="de_AT">', "language", "de"),
        ('<meta property="article:section" content="Sport">', "section", "Sport"),
        ('<meta name=description content="a &lt;b&gt;bold&lt;/b&gt; claim">', "description", "a bold claim"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>', "title", None),
        (ld() + '<script type="application/ld+json">{"@type": "Product", "headline": "Kettle"}</script>', "title", None),
        ('<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "In a graph"}]}</script>', "title", "In a graph"),
        ('<script type="application/ld+json">[1, null, "x", {"@type": ["Report"], "headline": "Listed"}]</script>', "title", "Listed"),
    ],
)  # fmt: skip
def test_each_fact_has_its_places(html: str, field: str, value: str | None) -> None:
    assert getattr(read(html), field) == value


def test_the_language_of_the_page_itself() -> None:
    assert read_metadata(document_fromstring("<html lang=pt-BR><p>x</html>")).language == "pt"


def test_json_ld_goes_before_open_graph_and_the_difference_is_told() -> None:
    found = read(
        ld(headline="Bus saved", datePublished="2026-03-04") + '<meta property="og:title" content="Shelter opens">'
    )
    assert found.title == "Bus saved"
    assert found.conflicts == ("title: json-ld says 'Bus saved', og says 'Shelter opens'",)


@pytest.mark.parametrize("second", ["Bus saved", "Bus saved - Post", "BUS SAVED", "Bus is saved"])
def test_small_differences_are_none(second: str) -> None:
    assert read(ld(headline="Bus saved") + f'<meta property="og:title" content="{second}">').conflicts == ()


def test_days_that_differ_are_told() -> None:
    page = ld(datePublished="2026-03-04") + '<meta property="article:published_time" content="2019-01-01">'
    assert [c.partition(":")[0] for c in read(page).conflicts] == ["date"]


def test_json_ld_nested_without_end_is_left() -> None:
    deep = '<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script>"
    assert read(deep).title is None
