"""Tracing: a wire story counts once, citations lead back, loops are named, and the order of articles is nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean as nc
from newsclean import Article, Attribution, InputError, MissingExtra, Span, trace
from newsclean.sourcegraph import Node, SourceGraph
from tests.benchmarks.corpora import seeds
from tests.test_copies import story, text

TYPES = {
    "Reuters": "wire",
    "AP": "wire",
    "The Mill": "newspaper",
    "The Bay": "newspaper",
    "Radio Fen": "broadcaster",
    "Tide": "digital_outlet",
}


def word(of: str | None, kind: str = "report", *, span: tuple[int, int] = (0, 4), **fields: Any) -> Attribution:
    """An attribution with a few fields of interest."""
    made = Attribution(
        source=(span,), cue=(), content=(), text=of or "", name=of, kind=kind, type=TYPES.get(of or "", "government"), naming="named",
        directness=None, stance="neutral", via=None, rule="test", score=1.0,
    )  # fmt: skip
    return replace(made, **fields)


def article(seed: int, *words: Attribution, site: str | None = None, body: str = "", **fields: Any) -> Article:
    return Article(body or text(*story(seed, 4)), attributions=words, site=site, **fields)


def names(graph: SourceGraph, *articles: int) -> list[str]:
    return sorted(o.node.name for o in graph.origins(articles or None))


def node(graph: SourceGraph, name: str) -> Node:
    (found,) = (n for n in graph.nodes if n.name == name and n.kind != "article")
    return found


def test_ten_outlets_with_one_wire_story_are_one_origin() -> None:
    body = text(*story(1))
    papers = [article(0, body=f"Headline {n}\n\n{body}", site=f"Paper {n}") for n in range(9)]
    graph = trace([*papers, article(0, word("Reuters", "dateline"), body=body, site="Paper 9")])
    (origin,) = graph.origins()
    assert (origin.node.name, origin.node.type, origin.articles) == ("Reuters", "wire", tuple(range(10)))
    assert graph.copies() == (tuple(range(10)),)
    assert {e.why for e in origin.evidence} == {"copy", "dateline"}


def test_a_wire_among_the_copies_is_their_origin() -> None:
    body = text(*story(1))
    urls = ["https://mill.example/a", "https://www.reuters.com/world/a", None]
    graph = trace([Article(f"Headline {n}\n\n{body}", url=url) for n, url in enumerate(urls)])
    assert [(o.node.name, o.articles) for o in graph.origins()] == [("Reuters", (0, 1, 2))]


def test_an_outlet_has_one_name() -> None:
    cited = [word("NYT", type="newspaper"), word("The New York Times", type="newspaper")]
    graph = trace(
        [article(1, cited[0], site="Tide"), article(2, cited[1]), article(3, url="https://www.nytimes.com/a")]
    )
    assert [(o.node.name, o.articles) for o in graph.origins()] == [("The New York Times", (0, 1, 2))]


def test_copies_of_nobody_known_are_one_origin() -> None:
    body = text(*story(1))
    graph = trace([Article(f"Headline {n}\n\n{body}", site=f"Paper {n}", title=f"Headline {n}") for n in range(3)])
    (origin,) = graph.origins()
    assert (origin.node.kind, origin.articles) == ("text", (0, 1, 2))
    assert origin.node.articles == (0, 1, 2)


def test_copies_go_back_to_the_member_that_another_cites() -> None:
    body = text(*story(1))
    graph = trace(
        [
            article(0, body=body, site="The Mill"),
            article(0, word("The Mill"), body=f"{body}\n\nRead in The Mill.", site="Tide"),
        ]
    )
    assert names(graph) == ["The Mill"]
    assert node(graph, "The Mill").role == "origin"


def test_two_versions_of_an_outlet_are_its_own_reporting() -> None:
    body = text(*story(1))
    graph = trace([article(0, body=body, site="The Mill"), article(0, body=f"Updated\n\n{body}", site="The Mill")])
    assert names(graph) == ["The Mill"]
    assert graph.copies() == ((0, 1),)


def test_whoever_speaks_in_a_wire_story_was_heard_by_the_wire() -> None:
    graph = trace([article(1, word("Reuters", "dateline"), word("Ana Brook", "statement"), site="The Mill")])
    assert names(graph) == ["Reuters"]
    assert [(e.source, e.kind) for e in graph.edges if e.target == "voice:ana brook"] == [("outlet:reuters", "hears")]


def test_a_contribution_is_not_the_whole_article() -> None:
    body = f"{text(*story(1, 4))}\n\nThe Associated Press contributed to this report."
    cue = (len(body) - 47, len(body))
    graph = trace([article(0, word("AP", "wire_credit", span=cue), body=body, site="The Mill")])
    assert names(graph) == ["Associated Press", "The Mill"]
    assert not any(e.kind == "carries" for e in graph.edges)


def test_citations_lead_through_a_relay_to_the_origin() -> None:
    """The Tide cites the Mill, the Mill cites the Bay: there is one origin, and the Mill is a relay."""
    graph = trace([article(1, word("The Mill"), site="Tide"), article(2, word("The Bay"), site="The Mill")])
    assert names(graph) == ["The Bay"]
    assert node(graph, "The Mill").role == "relay"
    assert names(graph, 0) == ["The Bay"]


def test_a_chain_in_one_article() -> None:
    """“The Bay reported, according to Radio Fen”: via says by whom the word came."""
    graph = trace([article(1, word("Radio Fen"), word("The Bay", via="Radio Fen"), site="Tide")])
    assert names(graph) == ["The Bay"]
    assert node(graph, "Radio Fen").role == "relay"


def test_what_an_outlet_heard_is_its_origin() -> None:
    graph = trace([article(1, word("The Bay"), word("Ana Brook", "statement", via="The Bay"), site="Tide")])
    assert names(graph) == ["The Bay"]
    assert node(graph, "Ana Brook").role == "word"


def test_own_reporting_counts_where_the_text_shows_it() -> None:
    cited = word("The Bay")
    assert names(trace([article(1, cited, site="Tide")])) == ["The Bay"]
    assert names(trace([article(1, cited, word("Tide", "interview"), site="Tide")])) == ["The Bay", "Tide"]
    assert names(trace([article(1, cited, word(None, "dateline"), site="Tide")])) == ["The Bay", "Tide"]
    assert names(trace([article(1, word("Ana Brook", "statement"), site="Tide")])) == ["Tide"]


def test_documents_and_posts_are_origins_where_the_article_shows_them() -> None:
    post = word("harbourmaster", "social_post", type="social_media")
    paper = word("Pilot Board", "document")
    graph = trace([article(1, post, paper, word("The Bay"), site="Tide")])
    assert names(graph) == ["Pilot Board", "The Bay", "harbourmaster"]
    behind = trace([article(1, word("Reuters", "dateline"), post, paper, site="Tide")])
    assert names(behind) == ["Reuters"]


def test_a_post_of_nobody_known_is_its_url() -> None:
    body = "He said it again on Monday.\n\nhttps://t.example/s/1\n\nNobody answered."
    at = body.index("https")
    post = word(None, "social_post", cue=((at, at + 21),), naming="none")
    said = word(None, "social_post", cue=((3, 7),), naming="none")
    graph = trace([article(0, post, said, word("The Bay"), body=body, site="Tide")])
    assert names(graph) == ["The Bay", "https://t.example/s/1"]


def test_a_loop_has_no_origin() -> None:
    graph = trace(
        [article(1, word("The Bay"), site="The Mill"), article(2, word("The Mill", span=(5, 9)), site="The Bay")]
    )
    (loop,) = graph.circular()
    assert sorted(n.name for n in loop.nodes) == ["The Bay", "The Mill"]
    assert {(e.article, e.spans) for e in loop.evidence} == {(0, ((0, 4),)), (1, ((5, 9),))}
    assert graph.origins() == ()


def test_a_long_loop_is_found_once() -> None:
    ring = ["The Mill", "The Bay", "Radio Fen", "Tide"]
    graph = trace([article(n, word(ring[(n + 1) % 4]), site=name) for n, name in enumerate(ring)])
    (loop,) = graph.circular()
    assert len(loop.nodes) == 4


def test_no_loop_where_nobody_cites_back() -> None:
    graph = trace([article(1, word("The Bay"), word("Tide"), site="Tide"), article(2, word("The Bay"), site="The Bay")])
    assert graph.circular() == ()


def test_a_chain_of_a_thousand_outlets() -> None:
    """No recursion."""
    chain = [
        article(n, word(f"O{n + 1}", type="newspaper"), site=f"O{n}", body=f"Only words number {n}.")
        for n in range(1500)
    ]
    assert names(trace(chain)) == ["O1500"]


def test_anonymous_and_unnamed_lead_nowhere() -> None:
    nobody = [
        word("an official", "statement", naming="anonymous"),
        word(None, "no_source", naming="none"),
        word(None, "report", type="media_unspecified"),
    ]
    graph = trace([article(1, *nobody, site="Tide")])
    assert {n.kind for n in graph.nodes} == {"article", "outlet"}


def test_a_passage_goes_back_to_the_one_that_is_cited() -> None:
    taken = story(3, 2)
    graph = trace(
        [
            article(0, body=text(*story(1), *taken), site="The Bay"),
            article(0, word("The Bay"), body=text(*taken, *story(2)), site="Tide"),
        ]
    )
    (edge,) = (e for e in graph.edges if e.kind == "shares")
    assert (edge.target, edge.evidence[0].article) == ("outlet:the bay", 1)
    assert [s.kind for s in graph.sharings] == ["passage"]


def test_a_shared_quotation_bears_its_speaker() -> None:
    said = f"“{story(3, 1)[0]}”"
    spoken = word("Ana Brook", "statement", content=((5, 60),))
    graph = trace(
        [
            article(0, spoken, body=f"{said}\n\n{text(*story(1))}", site="The Bay"),
            article(0, body=text(*story(2), said), site="Tide"),
        ]
    )
    (quote,) = (n for n in graph.nodes if n.kind == "quote")
    assert (quote.name, quote.articles, quote.role) == ("Ana Brook", (0, 1), "word")
    assert names(graph) == ["The Bay", "Tide"]


def test_evidence_lies_in_the_source_not_in_what_was_removed() -> None:
    paragraphs = story(1)
    source = text(*paragraphs[:3], "BUY BUY BUY", *paragraphs[3:])
    at = source.index("BUY")
    cleaned = Article(source, (Span(at, at + 13, "ad", "test"),), site="Tide")
    graph = trace([cleaned, Article(text("Another headline", *paragraphs), site="The Bay")])
    (sharing,) = graph.sharings
    spans = sharing.evidence[0].spans
    assert "BUY" not in " ".join(source[a:b] for a, b in spans)
    assert sum(b - a for a, b in spans) > 0.95 * len(cleaned.text.strip())


def test_the_same_article_twice_is_one_node_and_a_copy() -> None:
    graph = trace([article(1, site="Tide"), article(2, site="The Bay"), article(1, site="Tide")])
    assert graph.copies() == ((0, 2),)
    assert [o.articles for o in graph.origins() if o.node.name == "Tide"] == [(0, 2)]
    assert graph.origins([2])[0].articles == (2,)


@pytest.mark.parametrize("articles", [[], [Article("")], [Article(""), Article("")], ["", " \n"], ["Rain."]])
def test_next_to_nothing(articles: list[Article | str]) -> None:
    graph = trace(articles)
    assert graph.size == len(articles)
    assert graph.circular() == ()
    assert json.loads(json.dumps(graph.to_dict())) == graph.to_dict()
    assert graph.to_svg().startswith("<svg")


def test_texts_are_annotated() -> None:
    given: list[Article | str] = ["PARIS (AFP) - " + story(1, 1)[0], nc.annotate("ROME (AFP) - " + story(2, 1)[0])]
    graph = trace(iter(given))
    assert names(graph) == ["AFP"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("one text", "a list of them, not one str"), (Article("a"), "not one Article"), (b"x", "not one bytes"), (None, "not one NoneType"),
        ([None], "item 0 is no Article but NoneType"), ([Article("a"), {"source": "a"}], r"item 1 .* Article\.from_dict"), ({}, "not one dict"),
    ],
)  # fmt: skip
def test_wrong_input_teaches(wrong: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        trace(wrong)


def test_questions_about_what_is_not_there() -> None:
    graph = trace([Article("a")])
    with pytest.raises(InputError, match="no article 1"):
        graph.origins([1])
    with pytest.raises(InputError, match="no node"):
        graph["outlet:nobody"]


def _mixed() -> list[Article]:
    wire = text(*story(1))
    return [
        article(0, word("Reuters", "dateline"), body=wire, site="The Mill"),
        article(0, body=f"Headline\n\n{wire}", site="Tide"),
        article(2, word("The Mill"), word("Ana Brook", "statement", via="The Mill"), site="Radio Fen"),
        article(3, word("The Bay"), site="Tide"),
        article(4, word("Tide"), site="The Bay"),
        article(5, word("harbourmaster", "social_post", type="social_media")),
        article(5, word("harbourmaster", "social_post", type="social_media")),
        article(0, body=text(*story(6), *story(1)[:2]), site="The Bay"),
    ]


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(8)))
def test_any_order_gives_the_same_graph(order: list[int]) -> None:
    articles = _mixed()

    def facts(graph: SourceGraph, where: list[int]) -> tuple[object, ...]:
        nodes = {(n.id, n.kind, n.role, n.name, n.type, frozenset(where[i] for i in n.articles)) for n in graph.nodes}
        edges = {
            (
                e.source,
                e.target,
                e.kind,
                frozenset((articles[where[x.article]].source, x.spans, x.why) for x in e.evidence),
            )
            for e in graph.edges
        }
        origins = {(o.node.id, frozenset(where[i] for i in o.articles)) for o in graph.origins()}
        return nodes, edges, origins, {frozenset(where[i] for i in g) for g in graph.copies()}

    assert facts(trace([articles[i] for i in order]), list(order)) == facts(trace(articles), list(range(8)))


def test_a_graph_keeps_no_text() -> None:
    graph = trace(_mixed())
    written = json.dumps(graph.to_dict())
    words = story(1)[0].split()
    assert not any(" ".join(words[n : n + 3]) in written for n in range(len(words) - 3))


def _values(value: Any) -> Iterator[Any]:
    yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _values(part)


def test_a_dict_is_json() -> None:
    data = trace(_mixed()).to_dict()
    assert json.loads(json.dumps(data)) == data
    assert set(data) == {"size", "nodes", "edges", "sharings", "origins", "loops"}
    assert not any(isinstance(v, tuple) for v in _values(data))


def test_every_edge_has_evidence_and_ends_that_exist() -> None:
    articles = _mixed()
    graph = trace(articles)
    for edge in graph.edges:
        assert graph[edge.source]
        assert graph[edge.target].kind != "article"
        assert edge.evidence
        for line in edge.evidence:
            assert all(0 <= a < b <= len(articles[line.article].source) for a, b in line.spans)


def test_networkx() -> None:
    networkx = pytest.importorskip("networkx")
    graph = trace(_mixed())
    made = graph.to_networkx()
    assert isinstance(made, networkx.MultiDiGraph)
    assert set(made.nodes) == {n.id for n in graph.nodes}
    assert made.number_of_edges() == len(graph.edges)
    assert made.nodes["outlet:reuters"]["role"] == "origin"


def test_networkx_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingExtra, match=r"newsclean\[graph\]"):
        trace([]).to_networkx()


def test_a_picture_shows_what_was_found() -> None:
    svg = trace([article(1, word("<Reuters>", "dateline", type="wire"), title="A & B")])._repr_html_()
    assert "&lt;Reuters&gt;" in svg
    assert "A &amp; B" in svg


FOUR = {"Newsweek": (0,), "The New York Times": (2, 4), "Reuters": (3,), "Bloomberg": (4,)}


def test_the_seeds_stand_on_four_origins_as_annotate_reads_them() -> None:
    folder = seeds()
    if folder is None:
        pytest.skip("no seeds")
    documents = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    graph = trace([nc.annotate((folder / f"{d['doc_id']}.txt").read_text(encoding="utf-8")) for d in documents])
    assert FOUR.items() <= {o.node.name: o.articles for o in graph.origins()}.items()
    assert graph.copies() == ()


def test_the_seeds_stand_on_four_origins() -> None:
    """By their gold attributions: Bloomberg, Reuters, the Times and Newsweek are four origins."""
    folder = seeds()
    if folder is None:
        pytest.skip("no seeds")
    articles = []
    for d in json.loads((folder / "provenance.json").read_text(encoding="utf-8")):
        words = [
            {k: v for k, v in a.items() if k not in ("id", "strings", "note")}
            for a in d["attributions"]
            if a["kind"] != "teaser"
        ]
        made = [Attribution.from_dict({**w, "text": "", "rule": "gold", "score": 1.0}) for w in words]
        source = (folder / f"{d['doc_id']}.txt").read_text(encoding="utf-8")
        articles.append(Article(source, site=d["publisher"], attributions=tuple(made)))
    graph = trace(articles)
    assert FOUR.items() <= {o.node.name: o.articles for o in graph.origins()}.items()
    assert graph.copies() == ()
