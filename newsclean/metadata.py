"""Metadata: what a page says of its article in JSON-LD, Open Graph, other meta tags and microdata."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import regex

from newsclean.dates import iso_date
from newsclean.matching import core

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Metadata", "read_metadata"]

MOST: Final = 400
"""Objects of JSON-LD that are looked at."""
LARGEST: Final = 2_000_000
"""Code points of a JSON-LD script from which it is left alone."""

_ARTICLES = regex.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlog|SocialMediaPosting|Posting)$|^Article$")
_META: Final = {
    "og:title": ("title", "og"), "twitter:title": ("title", "meta"), "headline": ("title", "meta"),
    "dc.title": ("title", "meta"), "parsely-title": ("title", "meta"), "sailthru.title": ("title", "meta"),
    "author": ("byline", "meta"), "article:author": ("byline", "og"), "dc.creator": ("byline", "meta"),
    "parsely-author": ("byline", "meta"), "sailthru.author": ("byline", "meta"), "byl": ("byline", "meta"),
    "article:published_time": ("date", "og"), "og:published_time": ("date", "og"), "date": ("date", "meta"),
    "datepublished": ("date", "meta"), "pubdate": ("date", "meta"), "publishdate": ("date", "meta"),
    "parsely-pub-date": ("date", "meta"), "sailthru.date": ("date", "meta"), "dc.date": ("date", "meta"),
    "dc.date.issued": ("date", "meta"), "dcterms.created": ("date", "meta"), "date.published": ("date", "meta"),
    "og:site_name": ("site", "og"), "application-name": ("site", "meta"), "publisher": ("site", "meta"),
    "og:url": ("url", "og"), "og:locale": ("language", "og"), "content-language": ("language", "meta"),
    "article:section": ("section", "og"), "section": ("section", "meta"), "parsely-section": ("section", "meta"),
    "description": ("description", "meta"), "og:description": ("description", "og"),
    "twitter:description": ("description", "meta"), "og:type": ("type", "og"),
}  # fmt: skip
"""The name or property of a meta tag → the field it tells, and whether it is Open Graph's."""
_PROPS: Final = {"headline": "title", "datePublished": "date", "articleSection": "section"}
_ORDER: Final = ("json-ld", "og", "microdata", "meta", "page")
_CODE = regex.compile(r"\s*([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8}){0,3}\s*$")
_PLACE = regex.compile(r"https?://|^@|^www\.")
_BY = regex.compile(r"(?:By|Von|Par|Por|Di|Door|Av|Od)\s+(?=\p{Lu})")
_MARKUP = regex.compile(r"<[^<>]{1,400}>")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts that a page states about its article; None or empty where it states none.

    ``date`` is ISO 8601 (a day), ``language`` an ISO 639-1 code.  ``titles`` are all it gives, the likeliest first,
    ``description`` is its own summary, ``body`` the text as JSON-LD, ``types`` what JSON-LD and Open Graph call the page.
    ``conflicts`` says where two places differ, a sentence each.
    """

    title: str | None = None
    byline: str | None = None
    date: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    section: str | None = None
    description: str | None = None
    body: str = ""
    titles: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


_Facts = dict[str, dict[str, list[str]]]


def read_metadata(tree: HtmlElement, /) -> Metadata:
    """The metadata of a page.  It believes JSON-LD, then Open Graph, microdata, other meta tags, the page itself.

    Nothing is guessed from running text; where two places state different things, ``conflicts`` says so.

    >>> from lxml.html import document_fromstring
    >>> page = '<meta property="og:title" content="Bus saved"><meta name="author" content="E. Marchbank"><p>A text.'
    >>> found = read_metadata(document_fromstring(page))
    >>> found.title, found.byline, found.date
    ('Bus saved', 'E. Marchbank', None)
    """
    facts: _Facts = defaultdict(lambda: defaultdict(list))
    types: list[str] = []
    bodies: list[str] = []
    for element in tree.iter("meta", "link", "script", "title", "time", "h1"):
        tag = element.tag
        if tag == "meta":
            _read_meta(element, facts)
        elif tag == "script":
            if (element.get("type") or "").strip().casefold() == "application/ld+json":
                _read_objects(element.text or "", facts, types, bodies)
        elif tag in ("title", "h1"):
            text = " ".join(" ".join(element.itertext()).split())
            if text and len(text) < 400:
                facts["title"]["page" if tag == "h1" else "tab"].append(text)
        elif tag == "link":
            if (element.get("rel") or "").casefold() == "canonical":
                _add(facts, "url", "page", element.get("href"))
        elif element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
            _add(facts, "date", "microdata", element.get("datetime"))
    _add(facts, "language", "page", tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"))
    types += facts["type"]["og"]
    return _settled(facts, types, max(bodies, key=len, default=""))


def _read_meta(element: Any, facts: _Facts) -> None:
    get = element.get
    value = get("content")
    if not value:
        return
    name = get("property") or get("name") or get("http-equiv")
    known = _META.get(name.casefold()) if name else None
    if known is not None:
        _add(facts, *known, value)
    elif (prop := get("itemprop")) in _PROPS:
        _add(facts, _PROPS[prop], "microdata", value)


def _add(facts: _Facts, field: str, where: str, value: object) -> None:
    if isinstance(value, str) and (text := " ".join(_MARKUP.sub(" ", value).split())) and len(text) < 5000:
        facts[field][where].append(text)


def _read_objects(text: str, facts: _Facts, types: list[str], bodies: list[str]) -> None:
    """JSON-LD: the objects that are articles speak; of others only their types count."""
    if not text or len(text) > LARGEST:
        return
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    for thing in _objects(data):
        kinds = _texts(thing.get("@type"))
        types += kinds
        if not any(_ARTICLES.search(kind) for kind in kinds):
            continue
        stated = {
            "title": thing.get("headline"),
            "date": thing.get("datePublished"),
            "byline": ", ".join(dict.fromkeys(_names(thing.get("author")))),
            "site": next(iter(_names(thing.get("publisher"))), None),
            "section": next(iter(_texts(thing.get("articleSection"))), None),
            "description": thing.get("description"),
            "language": next(iter(_texts(thing.get("inLanguage"))), None),
        }
        for field, value in stated.items():
            _add(facts, field, "json-ld", value)
        if isinstance(body := thing.get("articleBody") or thing.get("text"), str):
            bodies.append(_MARKUP.sub(" ", body))


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    queue = [data]
    for at in range(MOST):
        if at >= len(queue):
            return
        thing = queue[at]
        if isinstance(thing, list):
            queue += thing
        elif isinstance(thing, dict):
            yield thing
            queue += [thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in thing]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [v for v in values if isinstance(v, str)]


def _names(value: Any) -> list[str]:
    """The names of persons or organisations, given as texts, objects or lists of either."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        found += [n.strip() for n in _texts(name) if n.strip() and not _PLACE.search(n)]
    return found


def _settled(facts: _Facts, types: Sequence[str], body: str) -> Metadata:
    titles = tuple(dict.fromkeys(t for where in (*_ORDER, "tab") for t in facts["title"][where]))
    for where, values in facts["byline"].items():
        facts["byline"][where] = [_BY.sub("", v, count=1) for v in values if not _PLACE.search(v)]
    for where, values in facts["date"].items():
        facts["date"][where] = [day for v in values if (day := iso_date(v))]
    for where, values in facts["language"].items():
        facts["language"][where] = [m[1].casefold() for v in values if (m := _CODE.match(v))]
    plain = {f: _first(facts[f]) for f in ("byline", "date", "site", "url", "language", "section", "description")}
    title = _first({k: v for k, v in facts["title"].items() if k != "page"}) or _only(facts["title"])
    conflicts = tuple(c for f in ("title", "byline", "date", "site", "language") if (c := _conflict(f, facts[f])))
    return Metadata(title, **plain, body=body, titles=titles, types=tuple(types), conflicts=conflicts)


def _first(told: Mapping[str, list[str]]) -> str | None:
    return next((told[where][0] for where in _ORDER if told.get(where)), None)


def _only(told: Mapping[str, list[str]]) -> str | None:
    """The headline of a page that states none: its single h1, else what its tab says."""
    if len(told.get("page", ())) == 1:
        return told["page"][0]
    return next(iter(told.get("tab", ())), None)


def _conflict(field: str, told: Mapping[str, list[str]]) -> str | None:
    """A sentence when the first two places that state a field state different things."""
    stated = [(where, told[where][0]) for where in _ORDER[:4] if told.get(where)]
    for (where, value), (other, second) in pairwise(stated):
        a, b = core(value), core(second)
        if a not in b and b not in a and set(a.split()).isdisjoint(b.split() if field in ("title", "byline") else ()):
            return f"{field}: {where} says {value[:80]!r}, {other} says {second[:80]!r}"
    return None
