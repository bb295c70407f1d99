"""The source graph: which articles stand on whose word.  Plain frozen data, and questions to ask of it.

Every edge points the way back: from an article to the outlet that it cites, from that outlet to the one which it
cites itself, from a wire to those whom it heard.  No edge leads to an article, so a circle in the graph is a circle in
the reporting.  :mod:`newsclean.tracing` draws it.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from newsclean.errors import InputError, MissingExtra
from newsclean.picture import Box, Line, drawn
from newsclean.spans import Spans

if TYPE_CHECKING:
    import networkx

__all__ = ["Edge", "Evidence", "Loop", "Node", "Origin", "Sharing", "SourceGraph"]


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Where it stands: ``spans`` of the source of the article with this index, and what they are.

    ``spans`` is empty where the evidence is no text: the article's URL, or that it names nobody else.
    """

    article: int
    spans: Spans
    why: str


@dataclass(frozen=True, slots=True)
class Node:
    """An article, or somebody or something that articles stand on.

    Parameters
    ----------
    id : the same for the same content, whatever the order of the articles.
    kind : ``"article"``; ``"outlet"`` (a wire, a paper, a broadcaster); ``"text"`` (words that several articles carry,
        or the one article of an unknown publisher); ``"document"``; ``"post"``; ``"voice"`` (a person or an institution
        with a name); ``"quote"`` (a long quotation in several articles).
    role : ``"article"``; ``"origin"`` (the trail ends here: own reporting, a document, a post, a text); ``"relay"``
        (all that is known of it is passed on from elsewhere); ``"word"`` (what somebody said, or shared lines: no
        origin of its own, because somebody had to hear it).
    name : canonical name, handle or headline; ``type`` as in :class:`~newsclean.Attribution`, or ``""``.
    articles : for an article its indices (one text given twice has two), for a text or quote those that carry it.
    """

    id: str
    kind: str
    role: str
    name: str
    type: str = ""
    articles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """``source`` stands on ``target`` (ids).

    ``kind``: ``"reports"`` (the publisher's own reporting), ``"carries"`` (a wire's text, a copy), ``"cites"`` (an outlet),
    ``"relays"`` (an outlet passes on), ``"hears"`` (a voice), ``"shows"`` (a document or post), ``"shares"`` (a passage),
    ``"quotes"`` (a shared quotation).
    """

    source: str
    target: str
    kind: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin: its node, the indices of the articles that stand on it, and the lines that say so."""

    node: Node
    articles: tuple[int, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """Outlets of which each cites the next and the last the first, with the lines that say so."""

    nodes: tuple[Node, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Articles with words in common: ``kind`` is ``"story"``, ``"passage"`` or ``"quote"``, ``evidence`` has an entry each."""

    kind: str
    articles: tuple[int, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class SourceGraph:
    """Articles, relays and origins; see :func:`newsclean.trace`.  It holds names, headlines and offsets, no text.

    Parameters
    ----------
    nodes, edges : by id.
    sharings : what articles have in common word for word.
    size : how many articles were traced.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    sharings: tuple[Sharing, ...]
    size: int

    def __repr__(self) -> str:
        return f"<SourceGraph: {self.size} articles, {len(self.origins())} independent origins, {len(self.circular())} loops>"

    def __getitem__(self, id: str, /) -> Node:
        """The node of an id; InputError when there is none."""
        if id not in self._by_id:
            raise InputError(f"no node {id!r}; ids are those of .nodes")
        return self._by_id[id]

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _out(self) -> dict[str, list[Edge]]:
        out = defaultdict(list)
        for edge in self.edges:
            out[edge.source].append(edge)
        return dict(out)

    @cached_property
    def _article(self) -> dict[int, Node]:
        return {i: node for node in self.nodes if node.kind == "article" for i in node.articles}

    def origins(self, articles: Iterable[int] | None = None, /) -> tuple[Origin, ...]:
        """The independent origins of a set of articles (indices; all by default), most leaned on first.

        Ten outlets that carry one wire story have one.  A set whose outlets only cite each other has none: see
        :meth:`circular`.  Voices are no origins, and two origins may still have heard the same person.  InputError for
        an index that there is not.
        """
        chosen = range(self.size) if articles is None else tuple(articles)
        found: dict[str, list[int]] = defaultdict(list)
        seen: dict[str, dict[Evidence, None]] = defaultdict(dict)
        for i in dict.fromkeys(chosen):
            if i not in self._article:
                raise InputError(f"no article {i!r}; there are {self.size}, from 0 on")
            for node, evidence in self._reached(self._article[i].id):
                if node.role == "origin":
                    found[node.id].append(i)
                    seen[node.id] |= dict.fromkeys(evidence)
        ranked = sorted(found, key=lambda id: (-len(found[id]), id))
        return tuple(Origin(self[id], tuple(sorted(found[id])), tuple(sorted(seen[id]))) for id in ranked)

    def _reached(self, start: str) -> Iterator[tuple[Node, tuple[Evidence, ...]]]:
        """The nodes that edges lead to, nearest first, each with the evidence of the edge that led there."""
        queue, known = deque([start]), {start}
        while queue:
            for edge in self._out.get(queue.popleft(), ()):
                if edge.target not in known:
                    known.add(edge.target)
                    queue.append(edge.target)
                    yield self[edge.target], edge.evidence

    def copies(self) -> tuple[tuple[int, ...], ...]:
        """The groups of articles that carry one text, each two indices or more; also one article given twice."""
        groups = {s.articles for s in self.sharings if s.kind == "story"}
        return tuple(sorted(groups))

    def circular(self) -> tuple[Loop, ...]:
        """The loops: A cites B, B cites A.  For each outlet in one the shortest that it is on, each loop once."""
        found: dict[frozenset[str], Loop] = {}
        for node in self.nodes:
            if node.kind == "outlet" and node.id in self._out and not any(node.id in loop for loop in found):
                path = self._way_back(node.id)
                if path:
                    evidence = {e for edge in path for e in edge.evidence}
                    loop = Loop(tuple(self[edge.source] for edge in path), tuple(sorted(evidence)))
                    found.setdefault(frozenset(edge.source for edge in path), loop)
        return tuple(found.values())

    def _way_back(self, start: str) -> list[Edge]:
        """The shortest path of edges from a node to itself, or nothing."""
        queue, came = deque([start]), dict[str, Edge]()
        while queue:
            for edge in self._out.get(queue.popleft(), ()):
                if edge.target in came:
                    continue
                came[edge.target] = edge
                if edge.target == start:
                    path = [edge]
                    while path[-1].source != start:
                        path.append(came[path[-1].source])
                    return path[::-1]
                queue.append(edge.target)
        return []

    def to_dict(self) -> dict[str, Any]:
        """A dict of JSON values: ``size``, ``nodes``, ``edges``, ``sharings``, ``origins`` (ids) and ``loops`` (ids)."""
        data: dict[str, Any] = {"size": self.size}
        data |= {key: [_plain(asdict(x)) for x in getattr(self, key)] for key in ("nodes", "edges", "sharings")}
        data["origins"] = [origin.node.id for origin in self.origins()]
        data["loops"] = [[node.id for node in loop.nodes] for loop in self.circular()]
        return data

    def to_networkx(self) -> networkx.MultiDiGraph:
        """A ``networkx.MultiDiGraph``: nodes by id with the fields of :class:`Node`, edges keyed by kind with evidence.

        Raises MissingExtra without networkx (``pip install 'newsclean[graph]'``).
        """
        try:
            import networkx
        except ImportError as error:
            raise MissingExtra("networkx", extra="graph") from error
        graph = networkx.MultiDiGraph()
        for node in self.nodes:
            graph.add_node(
                node.id, kind=node.kind, role=node.role, name=node.name, type=node.type, articles=node.articles
            )
        for edge in self.edges:
            graph.add_edge(edge.source, edge.target, key=edge.kind, kind=edge.kind, evidence=edge.evidence)
        return graph

    def to_svg(self) -> str:
        """A picture: articles on the left, what they stand on to the right, origins in bold.

        Words (voices, quotes) are left out, and so is what comes after the first forty nodes of a column.  Plain SVG,
        every name escaped, light and dark as the page is; it runs no script and fetches nothing.
        """
        first = {n.id: n.articles for n in self.nodes if n.kind == "article"}
        degree: Counter[str] = Counter()
        for edge in self.edges:
            degree[edge.target] += 1
            first[edge.target] = min(first.get(edge.target, (self.size,)), first.get(edge.source, (self.size,)))
        shown = sorted(
            (n for n in self.nodes if n.role != "word"), key=lambda n: (-degree[n.id], first.get(n.id, ()), n.id)
        )
        drawn_ids = {n.id for n in shown}
        boxes = [Box(n.id, n.role, n.name or "untitled", _note(n)) for n in shown]
        lines = [Line(e.source, e.target, e.kind) for e in self.edges if {e.source, e.target} <= drawn_ids]
        return drawn(boxes, lines)

    def _repr_html_(self) -> str:
        return self.to_svg()


def _note(node: Node) -> str:
    """What stands small under a name: an article's indices, else what it is."""
    return (
        f"article {', '.join(map(str, node.articles))}"
        if node.kind == "article"
        else f"{node.kind} {node.type}".strip()
    )


def _plain(value: Any) -> Any:
    """The same with lists for tuples, as JSON gives back."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
