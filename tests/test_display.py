"""Display: whatever comes from outside is escaped, removals are struck through, flags are shaded."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import display
from newsclean.display import SHOWN, source_html
from newsclean.evidence import Issue
from newsclean.spans import Span

many = settings(max_examples=200, deadline=None, derandomize=True)
EVIL = '<script>alert("x")</script> & \'><img src=x onerror=y>'


def ad(start: int, end: int, rule: str = "own/ad") -> Span:
    return Span(start, end, "ad", rule)


def flag(start: int, end: int, rule: str = "own/weak") -> Span:
    return Span(start, end, "tags", rule, 0.5, "flag")


class Page(HTMLParser):
    """The tags of a page, and the text of its source without the labels."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: set[str] = set()
        self.said = {"nc-source": "", "del": "", "mark": "", "small": ""}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append("nc-source" if ("class", "nc-source") in attrs else tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() in (tag, "nc-source")

    def handle_data(self, data: str) -> None:
        for place in self.said.keys() & set(self.open[-1:]):
            self.said[place] += data
        if "nc-source" in self.open and self.open[-1] in ("del", "mark"):
            self.said["nc-source"] += data


def body(html: str) -> str:
    return html.split('<div class="nc-source">')[1].removesuffix("</div></div>")


def top(html: str) -> str:
    return html.split("</style>")[1].split('<div class="nc-source">', maxsplit=1)[0]


PAGES = {
    "source": source_html(EVIL, []),
    "removed source": source_html(EVIL, [ad(0, len(EVIL))]),
    "flagged source": source_html(EVIL, [flag(0, len(EVIL))]),
    "rule": source_html("AD", [ad(0, 2, EVIL)]),
    "issue code": source_html("AD", [], issues=[Issue(EVIL, "detail")]),
    "issue detail": source_html("AD", [], issues=[Issue("code", EVIL)]),
    "fact": source_html("AD", [], facts=[EVIL]),
}


@pytest.mark.parametrize("where", PAGES)
def test_what_comes_from_outside_makes_no_tag_and_no_attribute(where: str) -> None:
    page = Page(PAGES[where])
    assert set(page.tags) <= {"style", "div", "p", "b", "small", "del", "mark"}
    assert page.attributes <= {"class", "title"}


@pytest.mark.parametrize("where", PAGES)
def test_what_comes_from_outside_is_still_there_to_read(where: str) -> None:
    assert EVIL in unescape(PAGES[where])


def test_a_label_that_slipped_through_is_escaped() -> None:
    span = ad(0, 2)
    object.__setattr__(span, "label", EVIL)
    assert "<script" not in source_html("AD", [span])


@pytest.mark.parametrize("fetching", ["src=", "href=", "url(", "@import"])
def test_a_page_fetches_nothing(fetching: str) -> None:
    assert fetching not in source_html("AD", [ad(0, 2)])


def test_a_removal_is_struck_through_and_a_flag_is_shaded() -> None:
    page = Page(source_html("Ebb AD tide", [ad(4, 6), flag(7, 11)]))
    assert (page.said["del"], page.said["mark"]) == ("AD", "tide")


def test_a_span_carries_its_label_rule_and_score() -> None:
    html = body(source_html("Ebb tide", [flag(4, 8)]))
    assert html == 'Ebb <small>tags</small><mark title="tags by own/weak, 0.50">tide</mark>'


def test_a_flag_inside_a_removal_does_not_hide_it() -> None:
    page = Page(source_html("one AD two", [ad(0, 10), flag(4, 6)]))
    assert (page.said["del"], page.said["mark"]) == ("one AD two", "")


def test_a_flag_across_a_removal_is_shaded_only_outside() -> None:
    page = Page(source_html("one AD two", [ad(4, 6), flag(0, 10)]))
    assert (page.said["del"], page.said["mark"]) == ("AD", "one  two")


def test_a_span_is_labelled_once_however_often_it_is_cut() -> None:
    html = source_html("one AD two", [flag(0, 10), flag(4, 6, "own/other")])
    assert Page(html).said["small"] == "tagstags"


def test_issues_and_facts_stand_on_top() -> None:
    html = top(source_html("AD", [], issues=[Issue("kept_whole", "too little left")], facts=["Ann Lee", "2024-03-03"]))
    assert "<b>kept_whole</b>: too little left" in html
    assert "Ann Lee · 2024-03-03" in html


def test_the_summary_counts_characters_and_labels() -> None:
    assert "5 of 9 characters kept; stripped: 2 ad" in source_html("AD AD bye", [ad(0, 2), ad(3, 5), flag(6, 9)])
    assert "stripped: nothing" in source_html("Ebb", [flag(0, 3)])


def test_a_long_source_is_cut_and_the_rest_counted() -> None:
    html = source_html("a" * (SHOWN + 1234), [ad(SHOWN - 2, SHOWN + 5), ad(SHOWN + 9, SHOWN + 12)])
    page = Page(html)
    assert len(page.said["nc-source"]) == SHOWN
    assert page.said["del"] == "aa"
    assert "1,234 more characters" in html


def test_a_source_of_just_the_limit_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "SHOWN", 5)
    assert "more characters" not in source_html("abcde", [])
    assert "1 more characters" in source_html("abcdef", [])


@pytest.mark.parametrize("source", ["", "x", "\u2028", "İ", "e\u0301", "\U0001f600", "\ud800"])
def test_any_source_is_shown_as_it_is(source: str) -> None:
    assert Page(source_html(source, [])).said["nc-source"] == source


@many
@given(
    st.text("ab<>&\"'\r\n\u2028İ\u0301\U0001f600", min_size=1, max_size=30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30), st.booleans()), max_size=8),
)
def test_the_whole_source_is_shown_in_order_whatever_the_spans(
    source: str, places: list[tuple[int, int, bool]]
) -> None:
    spans = [
        ad(a, min(b, len(source))) if gone else flag(a, min(b, len(source)))
        for a, b, gone in places
        if a < min(b, len(source))
    ]
    page = Page(source_html(source, spans))
    assert page.said["nc-source"] == source
    assert len(page.said["del"]) == len({i for s in spans if s.removes for i in range(s.start, s.end)})
    assert page.open == []
