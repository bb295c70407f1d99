"""Lexicon: the words and phrases that signals count, read once from a table per language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

__all__ = ["LANGUAGES", "WORD", "Entry", "Head", "Lexicon", "folded", "lexicon"]

WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
"""A word of a folded text."""
_HEAD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|")

LANGUAGES: Final = frozenset({"en"})
"""The languages that have a table; in others what is counted by words cannot be told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A form of one word or several, folded; its categories, none where it says nothing; how it is written, if case counts."""

    form: str
    categories: tuple[str, ...]
    exact: str | None


@dataclass(frozen=True, slots=True)
class Head:
    """What may begin with a word, the longest first; ``phrases`` for one look at all, ``alone`` if the word itself is one."""

    alone: bool
    phrases: tuple[str, ...]
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
        first = folded(_HEAD.match(form)[0])  # type: ignore[index]  # the tests read every form
        heads.setdefault(first, []).append(Entry(folded(form), categories, form if exact else None))
    return {word: _head(word, entries) for word, entries in heads.items()}


def _head(word: str, entries: list[Entry]) -> Head:
    ordered = tuple(sorted(entries, key=lambda e: -len(e.form)))
    phrases = tuple(e.form for e in ordered if e.form != word)
    return Head(len(phrases) < len(ordered), phrases, ordered)
