"""Lexicon: the words and phrases that signals count, read once from a table per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

__all__ = ["LANGUAGES", "Entry", "Lexicon", "folded", "lexicon"]

LANGUAGES: Final = frozenset({"en"})
"""The languages that have a table; in others what is counted by words cannot be told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What may begin with a word: a form of one word or several, its category, and whether case must fit.

    ``category`` is empty for a phrase in which the words mean nothing of theirs.
    """

    form: str
    categories: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by their first word (folded), the longest first, and what each category is about."""

    heads: Mapping[str, tuple[Entry, ...]]
    about: Mapping[str, str]


def folded(word: str) -> str:
    """A word as the table has it: case-folded, with a straight apostrophe.

    >>> folded("Don’t")
    "don't"
    """
    return (word.replace("’", "'") if "’" in word else word).casefold()


@cache
def lexicon(language: str) -> Lexicon:
    """The table of a language of :data:`LANGUAGES`."""
    text = (resources.files("newsclean") / "signals" / f"{language}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    forms: dict[tuple[str, bool], tuple[str, ...]] = {}
    for category, row in table.items():
        for form in (*row.get("words", "").split(), *row.get("phrases", ())):
            key = (form.removeprefix("="), form.startswith("="))
            forms[key] = (*forms.get(key, ()), category)
        for form in row.get("never", ()):
            forms.setdefault((form, False), ())
    heads: dict[str, list[Entry]] = {}
    for (form, exact), categories in forms.items():
        heads.setdefault(folded(_head(form)), []).append(Entry(form, categories, exact))
    longest = {word: tuple(sorted(many, key=lambda e: -len(e.form))) for word, many in heads.items()}
    return Lexicon(longest, {category: row["about"] for category, row in table.items()})


def _head(form: str) -> str:
    """The first word of a form, as the reading's words are cut: letters with apostrophes between them."""
    end = next((i for i, c in enumerate(form) if not (c.isalpha() or (c == "'" and i + 1 < len(form)))), len(form))
    return form[:end]
