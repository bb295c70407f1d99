"""Lexicon: the words and phrases that signals count, read once from a table per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

__all__ = ["LANGUAGES", "Entry", "Head", "Lexicon", "beginning", "blanked", "folded", "lexicon"]

_BLANKED: Final = '\n\t\r.,;:?!()[]{}"“”„«»‘`-–—…/\\|*•·$€£%&+=<>#@~_\xa0\u2009\u200b\u2028\u2029'
"""What no word of a table holds: all marks and spaces but the apostrophe."""

LANGUAGES: Final = frozenset({"en"})
"""The languages that have a table; in others what is counted by words cannot be told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of one word or several, folded; the same without marks; its categories, none where it says nothing; how it is
    written, if case counts; ``bare``: a single word that needs no second look."""

    form: str
    plain: str
    categories: tuple[str, ...]
    exact: str | None
    bare: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What may begin with a word, the longest first: by the word that comes next, before any other, and all of it."""

    after: Mapping[str, tuple[Entry, ...]]
    alone: tuple[Entry, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by their first word: those of prose, and those of headlines, which are more; what each category is about."""

    heads: Mapping[str, Head]
    headline: Mapping[str, Head]
    about: Mapping[str, str]


def folded(text: str) -> str:
    """A text as the table has it, code point for code point: case-folded, with straight apostrophes.

    What would grow when folded (ß, İ) stays as it is, so that offsets hold.

    >>> folded("Don’t go, Straße")
    "don't go, straße"
    """
    straight = text.replace("’", "'")
    whole = straight.casefold()
    if len(whole) == len(straight):
        return whole
    return "".join(f if len(f := c.casefold()) == 1 else c for c in straight)


def blanked(text: str) -> str:
    """A folded text with a space for each mark, code point for code point: its words are what ``split(" ")`` gives.

    >>> blanked("'well-known' o'clock, 40%")
    " well known  o'clock  40 "
    """
    for mark in _BLANKED:
        text = text.replace(mark, " ")
    return f" {text} ".replace(" '", "  ").replace("' ", "  ")[1:-1]


def beginning(words: Sequence[str], heads: Mapping[str, Head]) -> dict[int, tuple[Entry, ...]]:
    """By the number of a word the entries that it and the next one may begin, the longest first."""
    following = [*words[1:], ""]
    return {
        number: entries
        for number, head in enumerate(map(heads.get, words))
        if head and (entries := head.after.get(following[number], head.alone))
    }


@cache
def lexicon(language: str) -> Lexicon:
    """The table of a language of :data:`LANGUAGES`."""
    text = (resources.files("newsclean") / "signals" / f"{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    prose = {category: row for category, row in table.items() if not row.get("headline")}
    return Lexicon(_heads(prose), _heads(table), {category: row["about"] for category, row in table.items()})


def _heads(table: Mapping[str, Mapping[str, Any]]) -> dict[str, Head]:
    forms: dict[tuple[str, bool], tuple[str, ...]] = {}
    for category, row in table.items():
        for form in (*row.get("words", "").split(), *row.get("phrases", ())):
            key = (form.removeprefix("="), form.startswith("="))
            forms[key] = (*forms.get(key, ()), category)
        for form in row.get("never", ()):
            forms.setdefault((form, False), ())
    heads: dict[str, list[Entry]] = {}
    for (form, exact), categories in forms.items():
        plain = blanked(folded(form))
        bare = plain == folded(form) and " " not in plain and not exact
        entry = Entry(folded(form), plain, categories, form if exact else None, bare)
        heads.setdefault(plain.split()[0], []).append(entry)
    return {word: _head(entries) for word, entries in heads.items()}


def _head(entries: list[Entry]) -> Head:
    ordered = sorted(entries, key=lambda e: -len(e.form))
    second = {e: e.plain.split()[1:2] for e in ordered}
    after = {
        word: tuple(e for e in ordered if second[e] in ([], [word])) for words in second.values() for word in words
    }
    return Head(after, tuple(e for e in ordered if not second[e]), tuple(ordered))
