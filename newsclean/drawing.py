"""Drawing: nodes and edges of the source graph, article by article.

An article is *carried* when a dateline or credit says that its words are another's, or when it is a copy of one that
says so: whoever speaks in it was heard by the wire, so its words hang on the wire's node (its *base*), not on its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from newsclean.article import Article
from newsclean.evidence import Attribution
from newsclean.ratings import host
from newsclean.sourcegraph import Edge, Evidence, Node
from newsclean.sources import by_domain, lookup
from newsclean.spans import Offsets, Spans, gaps

if TYPE_CHECKING:
    from newsclean.copies import Shared

__all__ = ["Drawing", "Item", "article_id"]

OUTLETS: Final = frozenset({"wire", "newspaper", "broadcaster", "magazine", "digital_outlet"})
"""The types of a source that is itself a press outlet."""
CARRIED: Final = frozenset({"dateline", "wire_credit", "republication"})
"""The kinds of attribution by which a text says whose words it is."""
PARTLY: Final = "contribut"
"""In a credit: "The Associated Press contributed to this report" is not all of it."""
UNTOLD: Final = frozenset({"no_source", "anonymity"})
PAPERS: Final = frozenset({"document", "poll"})
KNOWN: Final = frozenset({"named", "institution"})
"""How somebody must be named to be the same somebody in two articles."""


@dataclass(frozen=True)
class Item:
    """A distinct article: its node's id and its indices in what was given."""

    id: str
    indices: tuple[int, ...]
    article: Article

    @cached_property
    def publisher(self) -> Node | None:
        """Who published it: by its ``url`` as the table of outlets knows it, by its ``site``, by the bare host."""
        known = by_domain(self.article.url) if self.article.url else None
        if known:
            return outlet(known.name, known.type)
        name = self.article.site or (host(self.article.url) if self.article.url else None)
        return outlet(name) if name else None

    @cached_property
    def outlets(self) -> frozenset[str]:
        """The ids of the outlets that it names as its sources."""
        return frozenset(outlet(a.name).id for a in self.article.attributions if a.name and a.type in OUTLETS)

    def evidence(self, why: str, spans: Iterable[Offsets] = ()) -> Evidence:
        """A line of this article's, by its first index."""
        return Evidence(self.indices[0], tuple(sorted(set(spans))), why)

    def told(self, a: Attribution) -> Evidence:
        """An attribution as evidence."""
        return self.evidence(a.kind, (*a.source, *a.cue, *a.content))

    def in_source(self, spans: Iterable[Offsets]) -> Spans:
        """Stretches of the text as stretches of the source, without what was removed between."""
        gone = [(s.start, s.end) for s in self.article.removed()]
        found = []
        for a, b in spans:
            start, end = self.article.to_source(a), self.article.to_source(b - 1) + 1
            inside = [(max(x, start) - start, min(y, end) - start) for x, y in gone if x < end and y > start]
            found += [(x + start, y + start) for x, y in gaps(inside, end - start)]
        return tuple(found)


def article_id(article: Article) -> str:
    """The id of an article's node: a hash of its source, URL and site."""
    return f"article:{_digest((article.url or '', article.site or '', article.source))}"


@lru_cache(maxsize=4096)
def outlet(name: str, type: str = "unknown") -> Node:
    """The node of an outlet, by its canonical name where the table has it."""
    known = lookup(name, ambiguous=True)
    return _node("outlet", known.name, known.type) if known and known.type in OUTLETS else _node("outlet", name, type)


def _node(kind: str, name: str, type: str = "") -> Node:
    return Node(f"{kind}:{name.casefold()}", kind, "", name, type)


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Drawing:
    """A graph in the making.  Stories first, then each article's words, then what else articles share."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.nodes: dict[str, Node] = {}
        self.edges: dict[tuple[str, str, str], set[Evidence]] = defaultdict(set)
        self.base: dict[str, str] = {}
        self.own: set[str] = set()
        self.press = {id for item in items for id in item.outlets}
        for item in items:
            name = item.article.title or (item.publisher.name if item.publisher else "")
            self.nodes[item.id] = Node(item.id, "article", "article", name, articles=item.indices)
            self.base[item.id] = item.id
            if item.publisher:
                self.press.add(item.publisher.id)
                self._node(item.publisher)
        for item in items:
            for wire, evidence in _marks(item):
                self._carry(item, wire, evidence)

    def _node(self, node: Node) -> str:
        """The id of a node, which is there from now on; a type that is known displaces one that is not."""
        if self.nodes.setdefault(node.id, node).type == "unknown":
            self.nodes[node.id] = node
        return node.id

    def _edge(self, source: str, target: str, kind: str, evidence: Evidence) -> None:
        """An edge with one more line of evidence; nothing stands on itself."""
        if source != target:
            self.edges[source, target, kind].add(evidence)

    def _carry(self, item: Item, whose: Node, evidence: Evidence) -> None:
        """Put an article on another's words; on its own publisher's it stands by itself."""
        id = self._node(whose)
        if item.publisher and item.publisher.id == id:
            self._report(item, evidence)
            return
        self._edge(item.id, id, "carries", evidence)
        if item.publisher:
            self._edge(item.publisher.id, id, "relays", evidence)
        if self.base[item.id] == item.id:
            self.base[item.id] = id

    def _report(self, item: Item, evidence: Evidence) -> None:
        """An article's own reporting: its publisher's, or that of nobody who is known."""
        title = item.article.title or ""
        alone = Node(f"text:{_digest([item.id])}", "text", "", title, articles=item.indices)
        id = self._node(item.publisher or alone)
        self._edge(item.id, id, "reports", evidence)
        self.own |= {item.id, id}

    def story(self, group: Shared) -> None:
        """Copies have one origin: the wire that one of them names or is, else the one that another cites, else their text."""
        members = [self.items[i] for i in group.texts]
        publishers = {m.publisher.id for m in members if m.publisher}
        if len(publishers) == 1 and all(m.publisher and self.base[m.id] == m.id for m in members):
            return  # one outlet's versions of its own story
        whose = self._whose(members)
        if whose is None:
            titles = Counter(m.article.title or "" for m in members)
            title = min(titles, key=lambda t: (not t, -titles[t], t))
            indices = tuple(sorted(i for m in members for i in m.indices))
            whose = Node(f"text:{_digest(m.id for m in members)}", "text", "", title, articles=indices)
        for m, spans in zip(members, group.spans, strict=True):
            if self.base[m.id] == m.id:
                self._carry(m, whose, m.evidence("copy", m.in_source(spans)))

    def _whose(self, members: Sequence[Item]) -> Node | None:
        """The outlet whose words several articles share, as far as they tell."""
        publishers = [m.publisher.id for m in members if m.publisher]
        named = Counter(self.base[m.id] for m in members if self.base[m.id].startswith("outlet:"))
        named = named or Counter(id for id in publishers if self.nodes[id].type == "wire")
        named = named or Counter(id for m in members for id in m.outlets if id in publishers)
        return self.nodes[min(named, key=lambda id: (-named[id], id))] if named else None

    def words_of(self, item: Item) -> None:
        """Hang up what an article's attributions say, and its own reporting: where it shows, or where it names no other."""
        elsewhere = False
        for a in item.article.attributions:
            if a.kind == "dateline" and a.name is None:
                if self.base[item.id] == item.id:
                    self._report(item, item.told(a))
            elif a.kind not in UNTOLD and not _whole(item, a):
                elsewhere |= self._hang(item, a)
        if self.base[item.id] == item.id and item.id not in self.own and not elsewhere:
            self._report(item, item.evidence("names no other outlet"))

    def _hang(self, item: Item, a: Attribution) -> bool:
        """An attribution as edges, through the outlet that it came by; whether that leads to another outlet."""
        target, kind = _target(item, a)
        if target is None:
            return False
        base, told = self.base[item.id], item.told(a)
        publisher = item.publisher.id if item.publisher else ""
        way = outlet(a.via) if a.via else None
        by = way.id if way and (way.type in OUTLETS or way.id in self.press) else ""
        if publisher and publisher in (target.id, by):
            self._report(item, told)
            if target.id == publisher:
                return False
        through = self._node(way) if way and by and by not in (publisher, target.id, base) else ""
        first = through or target.id
        outward = bool(through) or target.kind == "outlet"
        self._edge(base, first, _step(base, kind if not through else "cites"), told)
        if outward and publisher and base == item.id:
            self._edge(publisher, first, "relays", told)
        if through:
            self._edge(through, target.id, _step(through, kind), told)
        self._node(target)
        return outward and first != base and a.kind not in CARRIED

    def common(self, group: Shared) -> None:
        """A passage or a quotation that different stories have: whose it is, where that is told."""
        members = [self.items[i] for i in group.texts]
        whose = self._whose(members) if group.kind == "passage" else None
        where = [m.in_source(spans) for m, spans in zip(members, group.spans, strict=True)]
        if whose is None:
            parts = [*(m.id for m in members), str(group.spans[0])]
            indices = tuple(sorted(i for m in members for i in m.indices))
            name = _speaker(members, where) if group.kind == "quote" else ""
            whose = Node(f"{group.kind}:{_digest(parts)}", group.kind, "", name, articles=indices)
        id = self._node(whose)
        for m, spans in zip(members, where, strict=True):
            if id not in (self.base[m.id], m.publisher.id if m.publisher else ""):
                self._edge(m.id, id, "quotes" if group.kind == "quote" else "shares", m.evidence(group.kind, spans))

    def finished(self) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
        """The nodes that an article leads to, with their roles, and the edges between them, by id."""
        out: dict[str, list[str]] = defaultdict(list)
        for source, target, _ in self.edges:
            out[source].append(target)
        known = {item.id for item in self.items}
        queue = list(known)
        while queue:
            fresh = set(out.get(queue.pop(), ())) - known
            known |= fresh
            queue += fresh
        kept = {key: self.edges[key] for key in sorted(self.edges) if key[0] in known}
        shown = {key[1] for key in kept if key[0].startswith("article:")}
        carried = {target for _, target, kind in kept if kind == "carries"}
        onward = {s for s, t, _ in kept if t.startswith(("outlet:", "text:"))}

        def role(node: Node) -> str:
            if node.kind in ("outlet", "text"):
                first = node.id in self.own or (node.id in carried and node.kind == "outlet") or node.id not in onward
                return "origin" if first else "relay"
            if node.kind in ("document", "post"):
                return "origin" if node.id in shown else "word"
            return node.role or "word"

        nodes = tuple(replace(self.nodes[id], role=role(self.nodes[id])) for id in sorted(known))
        return nodes, tuple(Edge(*key, tuple(sorted(lines))) for key, lines in kept.items())


def _marks(item: Item) -> Iterator[tuple[Node, Evidence]]:
    """The outlets whose words the article says that it is, all of it."""
    for a in item.article.attributions:
        if a.name and _whole(item, a):
            yield outlet(a.name, a.type), item.told(a)


def _whole(item: Item, a: Attribution) -> bool:
    """Whether an attribution says whose words the whole article is."""
    if a.kind not in CARRIED:
        return False
    return PARTLY not in "".join(item.article.source[x:y] for x, y in (*a.source, *a.cue)).casefold()


def _target(item: Item, a: Attribution) -> tuple[Node | None, str]:
    """Whom or what an attribution leads to, and by which kind of edge."""
    if a.kind == "social_post":
        cue = "".join(item.article.source[x:y] for x, y in a.cue)
        name = a.name or (cue[:80] if "://" in cue else "")  # a post of nobody known is its URL
        return (_node("post", name, a.type) if name else None), "shows"
    if a.name and a.type in OUTLETS:
        return outlet(a.name, a.type), "cites"
    if a.name and a.kind in PAPERS:
        return _node("document", a.name, a.type), "shows"
    if a.name and a.naming in KNOWN:
        return _node("voice", a.name, a.type), "hears"
    return None, ""


def _step(source: str, kind: str) -> str:
    """An article cites an outlet; an outlet or a text that does so passes it on."""
    return "relays" if kind == "cites" and not source.startswith("article:") else kind


def _speaker(members: Sequence[Item], where: Sequence[Spans]) -> str:
    """Who said a shared quotation: whom most of the attributions that hold a piece of it name."""
    names: Counter[str] = Counter()
    for m, spans in zip(members, where, strict=True):
        for a in m.article.attributions:
            if a.name and any(x < d and c < y for x, y in spans for c, d in a.content):
                names[a.name] += 1
    return min(names, key=lambda name: (-names[name], name)) if names else ""
