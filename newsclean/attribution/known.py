"""Known: what is known of a source, and the table of sources asked about one text's names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from newsclean.attribution.tokens import Tokens
from newsclean.attribution.typing import masthead_type, source_type, types
from newsclean.sources import Source, chosen, find, lookup, meanings

__all__ = [
    "NOBODY",
    "NUMBERS",
    "OUTLETS",
    "Known",
    "Who",
    "capitalised",
    "is_unnamed",
    "office_type",
    "outlet_at",
    "part_of",
]

OUTLETS: Final = frozenset(["wire", "newspaper", "broadcaster", "magazine", "digital_outlet", "media_unspecified"])
NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}


class Who(NamedTuple):
    """What is known of a source: canonical name or None, type, naming."""

    name: str | None
    type: str
    naming: str
    head: str = ""

    @property
    def is_outlet(self) -> bool:
        """Whether it is an outlet by name, not one of its people."""
        return self.type in OUTLETS and self.naming == "institution" and bool(self.name)


_ARTICLES: Final = ("Der", "Die", "Das", "Le", "La", "El", "Il", "O")
_BEFORE_OUTLETS: Final = frozenset(
    [
        "the",
        "l",
        "la",
        "le",
        "el",
        "o",
        "il",
        "der",
        "die",
        "das",
        "dem",
        "den",
        "agentur",
        "nachrichtenagentur",
        "agence",
        "agencia",
        "agência",
        "agenzia",
        "zeitung",
        "tageszeitung",
        "magazin",
        "nachrichtenmagazin",
        "sender",
        "journal",
        "quotidien",
        "diario",
        "periódico",
        "cadena",
        "jornal",
        "emissora",
        "quotidiano",
        "giornale",
        "settimanale",
    ]
)
_GERMAN_N: Final = re.compile(r"(?<=\we)n\b")
NOBODY: Final = Who(None, "unknown", "none")


@dataclass
class Known:
    """The table of sources as one text uses it; made anew for each text."""

    text: str
    _asked: dict[str, Source | None] = field(default_factory=dict)
    _seen: list[tuple[int, Source]] | None = None

    def named(self, phrase: str, before: int) -> Source | None:
        """A known source by its whole name; an ambiguous form only when its long form stands earlier in the text."""
        if phrase in self._asked:
            return self._asked[phrase]
        form, owners, unsure = meanings(phrase)
        found = chosen(form, owners) if owners and not unsure else None
        if found is None and capitalised(phrase.split()):
            bare = phrase.removeprefix("the ").removeprefix("The ")
            if owners or (" " not in bare and bare != phrase):
                long = self._long_form(bare, before)
                found = long or next((s for s in owners if self.text.find(s.name, 0, before) >= 0), None)
                if found is None and len(owners) == 1 and owners[0].country is None:
                    found = owners[0]
        self._asked[phrase] = found
        return found

    def _long_form(self, bare: str, before: int) -> Source | None:
        """The last known name before a place that ends with a short form: "The Washington Post" for "the Post"."""
        end = self.text.rfind(f" {bare}", 0, before)
        steps = 0
        while end >= 0 and steps < 5:
            start = end
            for _ in range(3):
                begin = max(self.text.rfind(" ", 0, start), self.text.rfind("\n", 0, start)) + 1
                if begin >= start or not self.text[begin].isupper():
                    break
                known = lookup(self.text[begin : end + 1 + len(bare)])
                if known is not None:
                    return known
                start = begin - 1
            end = self.text.rfind(f" {bare}", 0, end)
            steps += 1
        return None

    def mentions(self) -> list[tuple[int, Source]]:
        """The known names of the whole text; read only when an ambiguous one asks for it."""
        if self._seen is None:
            self._seen = [(m.start, m.source) for m in find(self.text) if m.source is not None]
        return self._seen


def outlet_at(t: Tokens, at: int, high: int) -> tuple[int, str] | None:
    """The name of the outlet that stands behind a word for "to", articles aside, and where it ends.

    Forms that also mean something else count here: who "sagte dem Spiegel" spoke to the magazine.
    """
    while at < high and (t.fold[at] in _BEFORE_OUTLETS or t.form[at] in ("'", "’")):
        at += 1
    for end in range(min(high, at + 6), at, -1):
        name = "".join(t.form[k] + " " * (k + 1 < end and t.end[k] < t.start[k + 1]) for k in range(at, end))
        for form in (name, *(f"{article} {name}" for article in _ARTICLES), _GERMAN_N.sub("", name)):
            found = lookup(form, ambiguous=True)
            if found is not None and found.type in OUTLETS:
                return end, found.name
    end = next((k for k in range(at, min(high, at + 6)) if not (t.form[k][0].isupper() or t.form[k].isdigit())), at + 6)
    end = min(high, end)
    return (end, " ".join(t.form[at:end])) if masthead_type(t.form[at:end]) else None


def capitalised(words: Iterable[str]) -> bool:
    """Whether a word begins with a capital."""
    return bool([word for word in words if word[0].isupper()])


def is_unnamed(word: str) -> bool:
    return word in types().anonymous or word in types().collective


def office_type(words: Sequence[str]) -> str | None:
    """The type that the words of an office give away."""
    known = types()
    if "chief" in words and ("officer" in words or "executive" in words):
        return "business"
    for w in words:
        if w in known.person and w not in {"official", "man", "woman", "people", "chief"}:
            kind = source_type([w, *[x for x in words if x != w]], 0)
            if kind not in (None, "unknown"):
                return kind
        if w in known.body and known.body[w] not in {"document_data", "newspaper", "magazine", "social_media"}:
            return known.body[w]
    return source_type(list(words), 0) if words else None


def part_of(name: str, part: str) -> str:
    """ "US officials (4, unnamed)" and "two": "US officials (2 of 4, unnamed)"."""
    number = NUMBERS.get(part)
    if number is None:
        return name
    head_, mark, rest = name.rpartition(" (")
    count = rest.split(",")[0]
    of = f" of {count}" if count.isdigit() and int(count) > number else ""
    return f"{head_ if mark else name} ({number}{of}, unnamed)"
