"""Sites: what repeats over the pages of a site, learned as hashes, page by page.

A menu stands on every page, a paragraph of an article on one.  So a line is the site's when several pages have it -
different pages: the same article under two addresses, or fetched twice with another set of teasers, counts once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from typing import Final, Self

from newsclean.detectors.shape import is_prose
from newsclean.errors import ModelError
from newsclean.matching import core
from newsclean.persist import load, save
from newsclean.segment import Paragraph, segment
from newsclean.spans import Span

__all__ = ["FEW", "Sites", "site_spans"]

RULE: Final = "site/repeat"
SCORE: Final = 0.9
FEW: Final = 3
"""Pages of a site from which something is said about it."""
SHORT: Final = 2
"""Pages on which a short line must stand, the one that is cleaned among them or not."""
PROSE: Final = 3
"""Pages on which a paragraph must stand; a news desk repeats a paragraph of background."""
MOST: Final = 8
"""Pages remembered for a line; more say nothing new."""
RARE: Final = 50
"""A short line on fewer than one page in so many is what this site's articles say, not its furniture."""
LINES: Final = 16_384
"""Lines remembered for a site.  Beyond, those seen once go, the oldest first."""
PAGES: Final = 512
"""Pages of a site whose sketch is kept to know a copy by."""
SKETCH: Final = 16
"""Hashes in a page's sketch: the smallest of its paragraphs'."""
COPY: Final = 0.6
"""The share of a sketch from which two pages are one article."""


@dataclass(slots=True)
class _Site:
    """Per line the pages that have it, at most :data:`MOST`; per page its sketch; how many different pages there were."""

    lines: dict[int, tuple[int, ...]] = field(default_factory=dict)
    pages: dict[int, tuple[int, ...]] = field(default_factory=dict)
    count: int = 0

    def page(self, sketch: tuple[int, ...]) -> int:
        """The name of the page with this sketch, which may be one that was seen before."""
        own = _digest(repr(sketch).encode())
        if own in self.pages:
            return own
        mine = set(sketch)
        for name, other in self.pages.items():
            if len(mine.intersection(other)) >= COPY * min(len(mine), len(other)):
                return name
        self.count += 1
        if len(self.pages) < PAGES:
            self.pages[own] = sketch
        return own

    def add(self, page: int, keys: Iterable[int]) -> None:
        for key in keys:
            had = self.lines.pop(key, ())  # put back last, so that the oldest stand first
            self.lines[key] = had if page in had or len(had) >= MOST else (*had, page)
        self.shrink()

    def shrink(self) -> None:
        if len(self.lines) > LINES:
            once = [key for key, pages in self.lines.items() if len(pages) == 1]
            for key in once[: len(self.lines) - LINES // 2]:
                del self.lines[key]
            for key in list(self.lines)[: max(0, len(self.lines) - LINES)]:
                del self.lines[key]


class Sites:
    """What is known of the pages of sites.  Hashes only: no text can be read out of it.

    Memory is bounded for each site (:data:`LINES` lines, :data:`PAGES` pages), about two megabytes at most.

    >>> sites = Sites()
    >>> for story in ("Rain fell.", "The ferry sank.", "A bridge opened."):
    ...     sites.learn(f"Home\\nSubscribe now\\n{story}", "example.org")
    >>> sites.seen(segment("Home\\nA dog barked."), "example.org")
    [3, 0]
    """

    def __init__(self) -> None:
        self._sites: dict[str, _Site] = {}

    def __bool__(self) -> bool:
        return bool(self._sites)

    def learn(self, text: str, site: str | None = None) -> None:
        """One page more; ``site`` is its host, None for what came without an address."""
        known = self._sites.setdefault(site or "", _Site())
        paragraphs = segment(text)
        keys = [key for p in paragraphs if (key := _key(p)) is not None]
        if not keys:
            return
        prose = [key for p in paragraphs if is_prose(p.text) and (key := _key(p)) is not None]
        # Without a paragraph to know a page by, only the very same lines are a copy.
        sketch = tuple(sorted(set(prose))[:SKETCH]) or (_digest(repr(keys).encode()),)
        known.add(known.page(sketch), dict.fromkeys(keys))

    def seen(self, paragraphs: Sequence[Paragraph], site: str | None = None) -> list[int]:
        """On how many pages of the site each line stands, at most eight; 0 where that is too few to mean anything."""
        known = self._sites.get(site or "")
        if known is None or known.count < FEW:
            return [0] * len(paragraphs)
        least = min(MOST, max(SHORT, -(-known.count // RARE)))
        found = []
        for p in paragraphs:
            key = _key(p)
            many = len(known.lines.get(key, ())) if key is not None else 0
            found.append(many if many >= (max(PROSE, least) if is_prose(p.text) else least) else 0)
        return found

    def __or__(self, other: Sites) -> Sites:
        """Both together: what two halves of the pages taught, as if one had seen them all."""
        joined = Sites()
        for part in (self, other):
            for name, site in part._sites.items():
                into = joined._sites.setdefault(name, _Site())
                names = {page: into.page(sketch) for page, sketch in site.pages.items()}
                into.count += site.count - len(site.pages)
                for key, pages in site.lines.items():
                    had = into.lines.pop(key, ())
                    into.lines[key] = tuple(dict.fromkeys((*had, *(names.get(p, p) for p in pages))))[:MOST]
                into.shrink()
        return joined

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sites) and self._sites == other._sites

    __hash__ = None  # type: ignore[assignment]

    def save(self, path: str | os.PathLike[str]) -> str:
        """Writes ``path.npz`` and ``path.json``, never a pickle; returns the digest."""
        import numpy as np

        arrays = {
            "names": np.array(list(self._sites) or [""]),
            "counts": np.array([s.count for s in self._sites.values()]),
        }
        for what in ("lines", "pages"):
            rows = [(i, k, *v) for i, s in enumerate(self._sites.values()) for k, v in getattr(s, what).items()]
            arrays[f"{what}_edge"] = np.cumsum([0, *(len(row) for row in rows)])
            arrays[what] = np.array([value for row in rows for value in row], dtype=np.uint64)
        return save(path, arrays, {"model": "sites", "sites": len(self._sites)})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """What :meth:`save` wrote; ModelError when it is missing or damaged."""
        arrays, card = load(path)
        made = cls()
        try:
            names, counts = arrays["names"].tolist()[: card["sites"]], arrays["counts"].tolist()
            sites = [_Site(count=int(count)) for count in counts]
            for what in ("lines", "pages"):
                values, edges = arrays[what].tolist(), arrays[f"{what}_edge"].tolist()
                for a, b in pairwise(edges):
                    getattr(sites[values[a]], what)[values[a + 1]] = tuple(values[a + 2 : b])
        except (KeyError, IndexError, ValueError) as error:
            raise ModelError(f"{path} holds no sites: {error}") from error
        made._sites = dict(zip(names, sites, strict=True))
        return made


def site_spans(paragraphs: Sequence[Paragraph], seen: Sequence[int]) -> Iterator[Span]:
    """Spans over the lines that several pages of a site have, where no model is asked: label ``repeat``."""
    for p, many in zip(paragraphs, seen, strict=False):
        if many:
            yield Span(p.start, p.end, "repeat", RULE, SCORE)


def _key(p: Paragraph) -> int | None:
    """A line's hash, the same for "» Home" and "home"; None for a line without a word."""
    folded = core(p.line)
    if not any(map(str.isalnum, folded)):
        return None
    return _digest(folded.encode("utf-8", "surrogatepass"))


def _digest(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
