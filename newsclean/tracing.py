"""Tracing: from articles and their attributions to a source graph.

An article is a *carrier* of another's words when a dateline or a credit says so, or when it is a copy of such a one;
then whoever speaks in it was heard by the wire, not by the paper.  What it cites is a step back: to an outlet, to a
document, to a post.  Its publisher's own reporting counts where the text shows it, or where nothing else is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newsclean.article import Article
from newsclean.drawing import Drawing, Item, article_id
from newsclean.errors import InputError
from newsclean.pipeline import Cleaner
from newsclean.sourcegraph import Sharing, SourceGraph

if TYPE_CHECKING:
    from newsclean.copies import Shared

__all__ = ["trace"]


def trace(articles: Iterable[Article | str], /) -> SourceGraph:
    """Who cites whom across articles, what they have in common, and how many independent origins they stand on.

    Parameters
    ----------
    articles : those of :func:`newsclean.annotate` or :func:`newsclean.extract`; a text is annotated first.  Who
        published one is read from its ``url`` or ``site``: without either it is nobody's.

    Returns
    -------
    A :class:`SourceGraph`; the same nodes and edges in whatever order the articles come.

    Raises
    ------
    InputError : something that is neither an article nor a text, or one article where several are due.

    Copies, shared passages and shared quotations are found by six-word shingles (:mod:`newsclean.copies`), so a story
    told in other words stands alone; ``via`` chains, citations, datelines and credits come from the attributions, and
    it sees no more than these.  It does not weigh anybody's truth.

    >>> storm = "OSLO, May 2 (Reuters) - The storm took the roof of the old school and left nine villages without light."
    >>> graph = trace([f"{storm}\\nIt was the third of the spring.", f"Nine villages dark\\n\\n{storm}", "Quite another thing happened."])
    >>> [(origin.node.name, origin.articles) for origin in graph.origins()]
    [('Reuters', (0, 1)), ('', (2,))]
    """
    from newsclean.copies import find  # imports numpy

    given = _given(articles)
    indices: dict[str, list[int]] = defaultdict(list)
    for i, article in enumerate(given):
        indices[article_id(article)].append(i)
    items = [Item(id, tuple(where), given[where[0]]) for id, where in sorted(indices.items())]
    shared = find(
        [item.article.text for item in items],
        publishers=[item.publisher.name if item.publisher else None for item in items],
    )
    drawing = Drawing(items)
    for group in shared:
        if group.kind == "story":
            drawing.story(group)
    for item in items:
        drawing.words_of(item)
    for group in shared:
        if group.kind != "story":
            drawing.common(group)
    nodes, edges = drawing.finished()
    return SourceGraph(nodes, edges, tuple(_sharings(items, shared)), len(given))


def _sharings(items: Sequence[Item], shared: Iterable[Shared]) -> Iterator[Sharing]:
    """What is shared, by the caller's indices; an article given twice is a story of its own."""
    stories = set()
    for group in shared:
        members = [items[i] for i in group.texts]
        stories |= set(group.texts) if group.kind == "story" else set()
        evidence = [m.evidence(group.kind, m.in_source(s)) for m, s in zip(members, group.spans, strict=True)]
        yield Sharing(group.kind, tuple(sorted(i for m in members for i in m.indices)), tuple(sorted(evidence)))
    for n, item in enumerate(items):
        if len(item.indices) > 1 and n not in stories:
            whole = [(0, len(item.article.text))] if item.article.text else []
            yield Sharing("story", item.indices, (item.evidence("story", item.in_source(whole)),))


def _given(articles: Iterable[Article | str]) -> list[Article]:
    """The articles, texts annotated; InputError with what to do instead."""
    if isinstance(articles, str | bytes | Article | Mapping) or not isinstance(articles, Iterable):
        raise InputError(f"trace compares articles: give it a list of them, not one {type(articles).__name__}")
    cleaner = Cleaner()
    given = []
    for i, item in enumerate(articles):
        if not isinstance(item, Article | str):
            what = (
                "Article.from_dict makes one of a dict" if isinstance(item, Mapping) else "annotate makes one of a text"
            )
            raise InputError(f"item {i} is no Article but {type(item).__name__}; {what}")
        given.append(cleaner(item) if isinstance(item, str) else item)
    return given
