"""Pruning: what leaves a page's tree once it has been read, and what must stay in it."""

from __future__ import annotations

import pytest
from lxml.html import HtmlElement, document_fromstring

from newsclean.page import read_blocks

STORY = "<p>The harbour office said on Monday that <b>no</b> ferry had left.</p><p>It <i>hopes</i> for Tuesday.</p>"
LINKS = "".join(f"<li><a href=/{i}>Pier {i}</a></li>" for i in range(4))


def pruned(html: str) -> HtmlElement:
    """The tree of a page after it was read; the page must be the same as without."""
    whole = f"<html><head><title>x</title></head><body>{html}</body></html>"
    tree = document_fromstring(whole)
    page = read_blocks(tree, most=1000, prune=True)
    assert page.source == read_blocks(document_fromstring(whole), most=1000).source
    return tree


@pytest.mark.parametrize(
    "html",
    [
        "<script>let a = 1</script>", "<style>p {}</style>", "<svg><path d=M0></path></svg>", "<div><img src=a.jpg></div>",
        f"<nav><p>All about</p>{LINKS}</nav>", f"<ul>{LINKS}</ul>", f"<div class=menu><ul>{LINKS}</ul></div>",
        "<button>Buy</button>", "<aside><p>Sign up for our letter.</p></aside>", "<div><span></span> </div>",
    ],
    ids=["script", "style", "svg", "empty", "nav", "links", "menu", "button", "aside", "nothing"],
)  # fmt: skip
def test_what_no_article_is_made_of_goes(html: str) -> None:
    tree = pruned(f"<main>{STORY}</main>{html}")
    assert [e.tag for e in tree.find("body")] == ["main"]


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ('<script type="application/ld+json">{}</script>', "script"),
        (f"<nav><p>{'An unclosed menu holds the page. ' * 40}</p></nav>", "nav"),
        ("<ul><li><a href=/1>Pier 1</a><li><a href=/2>Pier 2</a></ul>", "ul"),
        (f"<ul>{LINKS}<li>and the old harbour, which had no pier at all</ul>", "ul"),
        (f"<ul>{LINKS.replace('Pier', 'The day on which the harbour lost its last and longest pier')}</ul>", "ul"),
        ("<table><tr><td>1</td><td></td></tr></table>", "td"),
        ("<p>Line<br>by line</p>", "br"),
        ("<p>one<span> </span>two</p>", "span"),
    ],
    ids=["data", "unclosed", "two-links", "text", "headlines", "cell", "break", "space"],
)
def test_what_may_be_an_articles_stays(html: str, tag: str) -> None:
    bare = document_fromstring(f"<html><body>{STORY}{html}</body></html>")
    assert len(list(pruned(STORY + html).find("body").iter(tag))) == len(list(bare.iter(tag)))


def test_what_follows_stays_and_runs_into_nothing() -> None:
    tree = pruned(f"<div>Before<div><img src=a></div>behind<b>bold</b>er</div>{STORY}")
    assert "Before behindbolder" in tree.text_content()
    assert not list(tree.iter("b", "i"))


def test_without_being_asked_the_tree_is_left_alone() -> None:
    tree = document_fromstring(f"<html><body>{STORY}<nav>{LINKS}</nav></body></html>")
    size = len(list(tree.iter()))
    read_blocks(tree, most=1000)
    assert len(list(tree.iter())) == size
