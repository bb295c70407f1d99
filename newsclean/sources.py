"""Who is who: outlets, agencies and institutions by the names and domains that the news gives them.

The facts stand in ``who/*.toml``, one source a line.  Names are matched as they are written, case and all: "Time" is
a magazine, "time" is not.  A form that means more than one thing ("The Times", "PA", "Fox") is *ambiguous*, and is
found only by those who ask for it.  Offices that every country has ("the Iranian Foreign Ministry", "Kenya's
police") are put together from a country and an office, so the table need not list them two hundred times.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from newsclean.who.names import STRAIGHT, UNSPACED, Source, head_of, plain_name
from newsclean.who.offices import all_offices, office_at, office_named
from newsclean.who.table import whole_table

__all__ = [
    "INTERNATIONAL",
    "Mention",
    "Source",
    "by_domain",
    "candidates",
    "chosen",
    "dateline_forms",
    "find",
    "lookup",
    "meanings",
    "sources",
]

_PARTED: Final = re.compile(r"(\w+)")
INTERNATIONAL: Final = "INT"
"""The country of what belongs to no single one: the UN, NATO, Amnesty International."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name in running text: ``text[start:end]`` (code points, half-open), and who may be meant, likeliest first."""

    start: int
    end: int
    form: str
    owners: tuple[Source, ...]
    ambiguous: bool

    @property
    def source(self) -> Source | None:
        """Who is meant; None when the form has several owners and none bears it as its name."""
        return chosen(self.form, self.owners)


def lookup(alias: str, /, *, ambiguous: bool = False) -> Source | None:
    """The source that a name stands for, or None.

    The name is taken as written, but for a leading article, curly apostrophes, white space, and capitals throughout.
    A form with more than one meaning is looked up only when ``ambiguous`` is true; it then stands for the only owner
    listed, or else for the one whose canonical name it is, or else for nobody: see ``candidates``.

    >>> lookup("NYT").name, lookup("the Associated Press").type
    ('The New York Times', 'wire')
    >>> lookup("The Times") is None, lookup("The Times", ambiguous=True).country
    (True, 'GB')
    >>> lookup("Iran's Foreign Ministry").name
    'Ministry of Foreign Affairs of Iran'
    """
    form, owners, unsure = meanings(alias)
    return chosen(form, owners) if owners and (ambiguous or not unsure) else None


def candidates(alias: str, /) -> tuple[Source, ...]:
    """All sources that a name may stand for; first the one whose canonical name it is, if any.  Empty if unknown.

    >>> [s.country for s in candidates("The Herald")]
    ['GB', 'ZW']
    """
    return meanings(alias)[1]


def meanings(alias: str, /) -> tuple[str, tuple[Source, ...], bool]:
    """A name's form in the table, all that it may stand for, and whether it is ambiguous; ``("", (), True)`` if unknown."""
    if _may_be_known(alias):
        table = whole_table()
        form = table.form(alias)
        if form is not None:
            return form, table.owners[form], form in table.unsure
        office = office_named(plain_name(alias))
        if office:
            return office.name, (office,), not office.country
    return "", (), True


def by_domain(url: str, /) -> Source | None:
    """The source that publishes under a URL or host name, by the longest domain in the table that it ends with.

    Looks nothing up outside the table: an unknown site, or a URL that cannot be read, gives None.

    >>> by_domain("https://www.bbc.co.uk/news/world-123").name
    'BBC'
    >>> by_domain("example.org") is None
    True
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    labels = host.rstrip(".").split(".")
    domains = whole_table().domains
    names = (".".join(labels[i:]) for i in range(len(labels) - 1))
    return next((domains[name] for name in names if name in domains), None)


def dateline_forms() -> Mapping[str, Source]:
    """The forms in which agencies sign datelines and credits ("AP", "dpa", "ИТАР-ТАСС"), each with its first owner.

    >>> dateline_forms()["dpa"].country
    'DE'
    """
    return MappingProxyType(whole_table().datelines)


def sources() -> tuple[Source, ...]:
    """Every source of the table, in its order; the offices put together from countries are not among them."""
    return whole_table().sources


def find(text: str, /, *, ambiguous: bool = False) -> Iterator[Mention]:
    """The known names in running text, from left to right, longest first, never overlapping.

    Costs one pass over the words.  Ambiguous forms come only when ``ambiguous`` is true.  Will not join a name that
    a line break divides, and does not see that "Bloomberg" may be a mayor.

    >>> [(m.start, m.source.name) for m in find("Der Spiegel and the BBC’s reporters asked the Iranian police.")]
    [(0, 'Der Spiegel'), (20, 'BBC'), (46, 'Police of Iran')]
    """
    table, openers = whole_table(), _office_openers()
    text = text.translate(STRAIGHT)
    done = 0
    for at, word in _starts(text):
        if at < done:
            continue
        form = table.names.at(text, at) or ""
        longer, office = office_at(text, at) if word in openers else ("", None)
        owners: tuple[Source, ...]
        if office and len(longer) > len(form):
            form, owners, unsure = longer, (office,), office.country is None
        elif form:
            owners, unsure = table.owners[form], form in table.unsure
        else:
            continue
        if ambiguous or not unsure:
            done = at + len(form)
            yield Mention(at, done, form, owners, unsure)


@cache
def _openers() -> frozenset[str]:
    """The words with which a name begins: nine words of ten are none, and are passed over."""
    return _office_openers().union(whole_table().names.heads)


@cache
def _office_openers() -> frozenset[str]:
    offices = all_offices()
    return frozenset().union(offices.lands.heads, offices.rooms.heads)


def _may_be_known(alias: str) -> bool:
    """Whether a name begins as some known name does; cheap, and most phrases do not."""
    if alias.isupper() or not alias.isascii():
        return True
    bare = alias.strip()
    return head_of(bare.removeprefix("the ").removeprefix("The "), 0) in _openers()


def _starts(text: str) -> Iterator[tuple[int, str]]:
    """Where a name may begin, and under what it is filed: at a word that opens one, and in scripts without spaces at each letter."""
    openers, parts = _openers(), _PARTED.split(text)  # gap, word, gap, word, gap
    places = list(itertools.accumulate(map(len, parts)))
    plain = text.isascii()
    for i, word in enumerate(parts[1::2]):
        if word in openers:
            yield places[2 * i], word
        elif not plain and not word.isascii():
            yield from ((m.start(), m[0]) for m in UNSPACED.finditer(text, places[2 * i], places[2 * i + 1]))


def chosen(form: str, owners: tuple[Source, ...]) -> Source | None:
    """Who of its owners a form stands for: the only one, or the one whose name it is."""
    return owners[0] if len(owners) == 1 or owners[0].name in (form, f"The {form}") else None
