"""Article: the source is never changed, every offset is true, everything can be undone and written down."""

from __future__ import annotations

import dataclasses
import json
import pickle
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.article import Article
from newsclean.errors import InputError
from newsclean.evidence import Attribution, Issue, Scorecard, Signal
from newsclean.segment import segment
from newsclean.spans import LABELS, Span

many = settings(max_examples=200, deadline=None, derandomize=True)

SOURCE = "Rain fell. AD It stopped.\nREAD MORE: Tides"
AD = Span(11, 14, "ad", "own/ad")
TEASER = Span(25, 42, "teaser", "own/more")
ARTICLE = Article(SOURCE, (AD, TEASER))

every_character = st.characters(codec=None, exclude_categories=())
no_surrogates = st.characters(codec="utf-8")
breaks = st.sampled_from(("\n", "\r\n", "\u2028", "AD", "İ", "e\u0301", "\U0001f600", "Rain fell on the quay."))


def documents(characters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(breaks, st.text(characters, max_size=8)), max_size=8).map("".join)


@st.composite
def articles(draw: st.DrawFn, characters: st.SearchStrategy[str] = every_character) -> Article:
    """Any article: disjoint removals and flags wherever they please."""
    source = draw(documents(characters))
    edges = sorted(draw(st.lists(st.integers(0, len(source)), unique=True, max_size=10)))
    label, rule, score = st.sampled_from(LABELS), st.sampled_from(("own/a", "own/b", "model")), st.floats(0, 1)
    removals = [Span(a, b, draw(label), draw(rule), draw(score)) for a, b in pairwise(edges) if draw(st.booleans())]
    pairs = draw(st.lists(st.tuples(st.integers(0, len(source)), st.integers(0, len(source))), max_size=4))
    flags = [Span(min(p), max(p), draw(label), draw(rule), draw(score), "flag") for p in pairs if p[0] != p[1]]
    word = st.text(characters, max_size=6)
    known = st.none() | word
    ranges = tuple((a, b) for a, b in pairs if a < b)
    return Article(
        source, tuple(removals + flags), title=draw(known), byline=draw(known), date=draw(known), site=draw(known), url=draw(known),
        language=draw(known), version=draw(word), issues=tuple(draw(st.lists(st.builds(Issue, word, word, known), max_size=2))),
        attributions=tuple(attribution(draw(word), ranges) for _ in range(draw(st.integers(0, 2)))),
        scorecard=draw(st.none() | st.builds(lambda v: Scorecard(None, {"questions": Signal(v, ranges)}), st.floats(0, 9))),
    )  # fmt: skip


def attribution(text: str, ranges: tuple[tuple[int, int], ...]) -> Attribution:
    return Attribution(
        source=ranges, cue=ranges[:1], content=(), text=text, name=None, kind="statement", type="unknown", naming="none",
        directness=None, stance="neutral", via=None, rule="own/cue", score=0.5,
    )  # fmt: skip


@many
@given(articles())
def test_segments_join_back_to_the_source(article: Article) -> None:
    assert "".join(piece for piece, _ in article.segments()) == article.source
    assert "".join(piece for piece, span in article.segments() if span is None) == article.text
    assert all(piece for piece, _ in article.segments())


@many
@given(articles())
def test_a_removed_segment_is_the_source_under_its_span(article: Article) -> None:
    gone = [(piece, span) for piece, span in article.segments() if span is not None]
    assert gone == [(article.source[s.start : s.end], s) for s in article.removed()]


@many
@given(articles())
def test_each_character_of_the_text_is_found_in_the_source(article: Article) -> None:
    places = [article.to_source(i) for i in range(len(article.text))]
    assert [article.source[i] for i in places] == list(article.text)
    assert places == sorted(set(places))


@many
@given(articles())
def test_the_end_of_the_text_is_the_end_of_what_was_kept(article: Article) -> None:
    last = article.to_source(len(article.text) - 1) + 1 if article.text else 0
    assert article.to_source(len(article.text)) == last


@many
@given(articles())
def test_restoring_everything_gives_the_source_back(article: Article) -> None:
    restored = article.restore()
    assert restored.text == article.source
    assert len(restored.spans) == len(article.spans)
    assert not list(restored.removed())


@many
@given(articles())
def test_an_article_survives_its_dict_and_pickle(article: Article) -> None:
    assert Article.from_dict(article.to_dict()) == article
    assert pickle.loads(pickle.dumps(article)) == article


@many
@given(articles(no_surrogates))
def test_an_article_survives_json(article: Article) -> None:
    again = Article.from_dict(json.loads(json.dumps(article.to_dict(), allow_nan=False)))
    assert again == article
    assert again.text == article.text


@many
@given(articles())
def test_a_paragraph_tells_what_became_of_each_of_its_characters(article: Article) -> None:
    gone = {i for s in article.removed() for i in range(s.start, s.end)}
    for p in article.paragraphs():
        touching = [s for s in article.spans if s.start < p.end and p.start < s.end]
        assert p.kept == (not gone.issuperset(range(p.start, p.end)))
        assert p.labels == tuple(dict.fromkeys(s.label for s in touching))
        assert p.score == max((s.score for s in touching), default=0.0)


@many
@given(articles())
def test_an_articles_paragraphs_are_its_sources(article: Article) -> None:
    assert [(p.start, p.end) for p in article.paragraphs()] == [(p.start, p.end) for p in segment(article.source)]


@many
@given(articles())
def test_its_page_and_its_repr_never_fail(article: Article) -> None:
    assert article._repr_html_().endswith("</div>")
    assert repr(article).startswith("<Article ")


def test_the_text_is_the_source_without_the_removals() -> None:
    assert ARTICLE.text == "Rain fell. It stopped."


@pytest.mark.parametrize("source", ["", "x", "\n", "\ud800", "\U0001f600", "İ"])
def test_an_article_without_spans_is_its_source(source: str) -> None:
    article = Article(source)
    assert article.text == source
    assert [article.to_source(i) for i in range(len(source) + 1)] == list(range(len(source) + 1))
    assert article.restore() == article


def test_an_article_of_which_all_went_is_empty() -> None:
    article = Article("AD", (Span(0, 2, "ad", "own/ad"),))
    assert (article.text, article.to_source(0)) == ("", 0)
    assert [p.kept for p in article.paragraphs()] == [False]


def test_a_lone_surrogate_survives_json() -> None:
    article = Article("Ebb \ud800AD", (Span(5, 7, "ad", "own/ad"),))
    assert Article.from_dict(json.loads(json.dumps(article.to_dict()))) == article


@pytest.mark.parametrize("offset", [-1, 23, 1000])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(InputError, match=f"the text has 22 code points, there is no offset {offset}"):
        ARTICLE.to_source(offset)


def test_a_span_behind_the_source_is_refused() -> None:
    with pytest.raises(InputError, match=r"span 2:4 ends behind the source \(3\)"):
        Article("abc", (Span(2, 4, "ad", "own/ad", action="flag"),))


def test_two_removals_that_overlap_are_refused() -> None:
    with pytest.raises(InputError, match=r"two removals overlap at 1 \(own/b\)"):
        Article("abcd", (Span(0, 2, "ad", "own/a"), Span(1, 3, "ad", "own/b")))


def test_removals_that_touch_and_flags_that_overlap_are_allowed() -> None:
    spans = (Span(0, 2, "ad", "a"), Span(2, 3, "ad", "b"), Span(0, 3, "off_topic", "c", 0.5, "flag"))
    assert Article("abcd", spans).text == "d"


def test_spans_are_sorted_whatever_their_order() -> None:
    assert Article(SOURCE, (TEASER, AD)) == ARTICLE
    assert Article(SOURCE, (TEASER, AD)).spans == (AD, TEASER)


def test_a_label_or_a_rule_is_put_back_and_stays_as_a_flag() -> None:
    for name in ("ad", "own/ad"):
        restored = ARTICLE.restore(name)
        assert restored.text == "Rain fell. AD It stopped."
        assert [s.action for s in restored.spans] == ["flag", "remove"]


def test_several_names_are_put_back_at_once() -> None:
    assert ARTICLE.restore("ad", "own/more").text == SOURCE


def test_a_name_that_removed_nothing_changes_nothing() -> None:
    assert ARTICLE.restore("cookie") == ARTICLE


def test_restoring_changes_a_copy_and_keeps_the_rest() -> None:
    article = dataclasses.replace(ARTICLE, title="Rain", issues=(Issue("empty", "x"),))
    restored = article.restore()
    assert article.text == ARTICLE.text
    assert (restored.title, restored.issues) == ("Rain", article.issues)


def test_an_article_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        ARTICLE.source = "Snow."  # type: ignore[misc]


def test_reading_the_text_changes_no_equality_and_no_pickle() -> None:
    read, unread = Article(SOURCE, (AD,)), Article(SOURCE, (AD,))
    assert read.text
    assert read == unread
    assert hash(read) == hash(unread)
    assert pickle.dumps(read) == pickle.dumps(unread)


def test_other_metadata_is_another_article() -> None:
    assert dataclasses.replace(ARTICLE, title="Rain") != ARTICLE


def test_the_dict_has_the_text_for_readers_and_does_not_need_it() -> None:
    d = ARTICLE.to_dict()
    assert d.pop("text") == ARTICLE.text
    assert Article.from_dict(d) == ARTICLE


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Article)])
def test_a_dict_without_a_field_is_no_article_and_the_error_names_it(name: str) -> None:
    d = ARTICLE.to_dict()
    del d[name]
    with pytest.raises(InputError, match=f"not an article: .*'{name}'"):
        Article.from_dict(d)


@pytest.mark.parametrize(
    "change",
    [
        {"source": None}, {"source": b"bytes"}, {"source": ["a"]}, {"spans": None}, {"spans": [None]}, {"spans": [{}]},
        {"attributions": [{}]}, {"attributions": 3}, {"issues": [None]}, {"issues": [{"code": "x"}]}, {"scorecard": {}},
        {"source": "short"},
    ],
)  # fmt: skip
def test_a_dict_with_an_impossible_value_is_no_article(change: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        Article.from_dict({**ARTICLE.to_dict(), **change})


@pytest.mark.parametrize("bad", [None, 7, "article", [], {}])
def test_what_is_no_dict_is_no_article(bad: Any) -> None:
    with pytest.raises(InputError, match="not an article"):
        Article.from_dict(bad)


def test_a_repr_tells_how_much_went() -> None:
    assert repr(ARTICLE) == "<Article 'Rain fell. It stopped.': 22 kept, 20 removed, 0 issues>"


def test_the_page_names_byline_and_place() -> None:
    page = dataclasses.replace(ARTICLE, byline="Ann Lee", url="https://courier.example/1")._repr_html_()
    assert "Ann Lee · https://courier.example/1" in page
