"""Ratings as a plug: somebody else's table of news domains, read from a file of yours and resolved offline.

No verdict ships with newsclean, and none is mixed into a score: a rating stands beside the signals, with the table it
comes from.  Lin et al. (2023, PNAS Nexus, doi 10.1093/pnasnexus/pgad286: ``domain,pc1``) and CRED-1 (``domain,…,
credibility_score``) load as they are, and so does any CSV with a column of domains and one of ratings.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from newsclean.errors import InputError
from newsclean.evidence import Issue

__all__ = ["Rating", "Ratings", "host", "load_ratings"]

HEADERS: Final = {
    "domain": ("domain", "domains", "url", "website", "site", "host", "hostname", "source_url", "news_domain"),
    "rating": (
        "pc1",
        "credibility_score",
        "rating",
        "score",
        "reliability",
        "credibility",
        "quality",
        "value",
        "label",
    ),
}
"""Headers that are known, folded, the surest first."""
PUBLISHED: Final = ("domain", "pc1", "credibility_score")
"""Those that are taken without asking even where others would do: the two published tables have them."""

SECOND_LEVEL: Final = frozenset(
    ["ac", "co", "com", "edu", "gob", "gov", "ltd", "me", "mil", "ne", "net", "nom", "or", "org", "sch"]
)
"""Under a country's two letters these hold other people's domains (``co.uk``, ``com.au``): a closed rule, no list of all."""
PLATFORMS: Final = frozenset(
    [
        "blogspot.com",
        "wordpress.com",
        "substack.com",
        "medium.com",
        "tumblr.com",
        "weebly.com",
        "wixsite.com",
        "typepad.com",
        "github.io",
        "livejournal.com",
        "over-blog.com",
        "altervista.org",
        "blogspot.co.uk",
        "blogspot.de",
        "myblog.it",
    ]
)
"""Whose subdomains are other people's: a rating of the platform is none of the blog."""

DEEPEST: Final = 12
"""Labels of a host and parts of a path that are looked at."""


@dataclass(frozen=True, slots=True)
class Rating:
    """What a table says of a domain.

    Parameters
    ----------
    domain : the table's entry that applies, a host or a host with the beginning of a path (``yahoo.com/news``).
    value : as given: a number where every value of the table is one, else its text.
    scale : lowest and highest number in the table, or all its labels.
    row : the whole row as given, header to text.
    """

    domain: str
    value: float | str
    scale: tuple[float, float] | tuple[str, ...]
    row: Mapping[str, str]

    def __hash__(self) -> int:
        return hash((self.domain, self.value))


@dataclass(frozen=True)
class Ratings:
    """A table of ratings; see :func:`load_ratings`.  ``issues`` names the rows that were passed over, and why."""

    name: str
    column: str
    scale: tuple[float, float] | tuple[str, ...]
    table: Mapping[str, Rating]
    issues: tuple[Issue, ...] = ()

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return f"<Ratings {self.name}: {len(self)} domains by {self.column!r}, {len(self.issues)} issues>"

    def __reduce__(self) -> tuple[object, ...]:
        rows = [(r.domain, r.value, dict(r.row)) for r in self.table.values()]
        return _rebuilt, (self.name, self.column, self.scale, rows, self.issues)  # a mapping proxy does not pickle

    def of(self, url_or_domain: str, /) -> Rating | None:
        """The rating of the longest entry that a URL or a domain lies under, or None; nothing is fetched.

        ``news.example.co.uk`` lies under ``example.co.uk``, never under ``co.uk``; a blog on a platform is not the
        platform; ``www.`` and case do not matter; what has no host (``""``, ``"not a domain"``) has no rating.
        InputError for what is no ``str``.
        """
        if not isinstance(url_or_domain, str):
            raise InputError(f"a rating is asked for by URL or domain (str), not {type(url_or_domain).__name__}")
        return next((self.table[key] for key in _keys(url_or_domain) if key in self.table), None)


def load_ratings(
    path: str | PathLike[str], /, *, domain: str | None = None, rating: str | None = None, encoding: str = "utf-8"
) -> Ratings:
    """A table of ratings from a CSV file (comma, semicolon or tab; quoted fields; UTF-8 or UTF-16 with or without a mark).

    Parameters
    ----------
    path : the file, with a header.
    domain, rating : the headers of the two columns, where they are not among the known ones or there are several.
    encoding : of a file that is not Unicode.

    Raises
    ------
    InputError : no such file, no rows, no such column, more than one column that it may be, bytes of another
        encoding, or two different ratings for one domain.

    A row without a domain or rating is passed over with an issue.  It judges no rating and knows no direction: whether
    1 is good is for the table's authors to say.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mine.csv")
    ...     _ = file.write_text("domain,rating\\nexample.co.uk,0.9\\nexample.org,0.2\\n")
    ...     ratings = load_ratings(file)
    >>> ratings.of("https://www.news.example.co.uk/a?b=1").value, ratings.scale, ratings.of("other.co.uk")
    (0.9, (0.2, 0.9), None)
    """
    name = Path(path).name
    header, rows = _table(name, _text(Path(path), encoding))
    where = _column(name, header, "domain", domain)
    others = [h for h in header if h != where]
    column = others[0] if rating is None and len(others) == 1 else _column(name, others, "rating", rating)
    found, issues = _entries(name, rows, where, column)
    texts = [row[column] for row in found.values()]
    numbers = [n for n in map(_number, texts) if n is not None]
    values: Sequence[float | str] = numbers if len(numbers) == len(texts) else texts
    scale = (min(numbers), max(numbers)) if len(numbers) == len(texts) else tuple(sorted(set(texts)))
    entries = [(key, value, row) for (key, row), value in zip(found.items(), values, strict=True)]
    return _rebuilt(name, column, scale, entries, tuple(issues))


def host(url: str, /) -> str | None:
    """The host of a URL or a bare domain, folded, without ``www.``, port and final dot; None for what has none.

    >>> host("HTTPS://www.Example.co.uk:80/a"), host("example.org/b"), host("not a domain")
    ('example.co.uk', 'example.org', None)
    """
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    name = name.casefold().strip(".").removeprefix("www.")
    return name if "." in name and not any(c.isspace() for c in name) else None


def _rebuilt(
    name: str,
    column: str,
    scale: tuple[float, float] | tuple[str, ...],
    entries: Sequence[tuple[str, float | str, Mapping[str, str]]],
    issues: tuple[Issue, ...],
) -> Ratings:
    table = {key: Rating(key, value, scale, MappingProxyType(dict(row))) for key, value, row in entries}
    return Ratings(name, column, scale, MappingProxyType(table), issues)


def _text(path: Path, encoding: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name}: {error.strerror}") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return data.decode("utf-8-sig" if encoding.replace("_", "-").casefold() in ("utf-8", "utf8") else encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name}: not {encoding} ({error.reason} at byte {error.start}); say encoding=…"
        ) from error
    except LookupError as error:
        raise InputError(f"{path.name}: {error}") from error


def _table(name: str, text: str) -> tuple[list[str], dict[int, dict[str, str]]]:
    """The header, and by their lines the rows that are not blank."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise InputError(f"{name}: empty; a table of ratings has a header and a row a domain")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}") from error
    header = [cell.strip() for cell in rows[0][1]]
    if len(set(header)) < len(header):
        raise InputError(f"{name}: a header stands twice: {', '.join(header)}")
    if len(header) < 2:
        raise InputError(f"{name}: one column, {header[0]!r}; a table of ratings needs a domain and a rating")
    return header, {line: dict(zip(header, (cell.strip() for cell in row), strict=False)) for line, row in rows[1:]}


def _column(name: str, header: Sequence[str], what: str, asked: str | None) -> str:
    """The header of a column: the one that was asked for, or the only known one, or the surest where it is a published table's."""
    if asked is not None:
        if asked not in header:
            raise InputError(f"{name} has no column {asked!r} for the {what}; it has {', '.join(header)}")
        return asked
    found = [h for known in HEADERS[what] for h in header if h.casefold() == known]
    if not found:
        raise InputError(f"{name}: which column is the {what}? Say {what}=…; it has {', '.join(header)}")
    if len(found) > 1 and found[0].casefold() not in PUBLISHED:
        raise InputError(f"{name}: is the {what} {' or '.join(found)}? Say {what}=…")
    return found[0]


def _entries(
    name: str, rows: Mapping[int, Mapping[str, str]], where: str, column: str
) -> tuple[dict[str, Mapping[str, str]], list[Issue]]:
    """The rows by their normal domain, and what is wrong with the others."""
    found: dict[str, tuple[int, Mapping[str, str]]] = {}
    issues = []
    for line, row in rows.items():
        key = next(_keys(row.get(where, "")), None)
        if key is None or not row.get(column):
            lacking = "rating" if key else "domain"
            issues.append(Issue("bad_row", f"{name}, line {line}: no {lacking} in {dict(row)}"))
            continue
        before, other = found.setdefault(key, (line, row))
        if other[column] == row[column]:
            continue
        if other[where] == row[where]:
            raise InputError(f"{name}: {key} is {other[column]} in line {before} and {row[column]} in line {line}")
        kept = row if row[where] == key else other  # "www.a.org" gives way to "a.org"
        found[key] = (line if kept is row else before, kept)
        issues.append(
            Issue(
                "duplicate", f"{name}, line {line}: {row[where]} is {other[where]} of line {before}; kept {kept[where]}"
            )
        )
    if not found:
        raise InputError(f"{name}: no row with a domain and a rating among {len(rows)}")
    return {key: row for key, (_, row) in found.items()}, issues


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _keys(url: str) -> Iterator[str]:
    """The entries that may apply, the longest first: host with path, host, and the hosts above it."""
    name = host(url)
    if name is None:
        return
    path = urlsplit(url if "//" in url else f"//{url}").path.casefold()
    parts = [part for part in path.split("/", DEEPEST + 1) if part][:DEEPEST]
    labels = name.split(".")[-DEEPEST:]
    for i in range(len(labels) - 1):
        above = labels[i:]
        if i and (_is_suffix(above) or ".".join(above) in PLATFORMS):
            return
        yield from ("/".join((".".join(above), *parts[:n])) for n in range(len(parts), 0, -1))
        yield ".".join(above)


def _is_suffix(labels: Sequence[str]) -> bool:
    return len(labels) == 2 and len(labels[1]) == 2 and labels[0] in SECOND_LEVEL
