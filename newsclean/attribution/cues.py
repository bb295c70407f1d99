"""Cues: the words by which a language hands the word to somebody, read from ``cues/*.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any, Final

from newsclean.errors import RuleError

__all__ = ["LANGUAGES", "VERBS", "WORDS", "Lexicon", "Verb", "lexicon"]

LANGUAGES: Final = ("en", "de", "fr", "es", "pt", "it")

VERBS: Final = ("say", "communicate", "assert", "distance", "deny", "doubt", "think", "show")
"""Classes of verbs; the order decides which class a form has that stands in several."""

WORDS: Final = (
    "noun", "auxiliary", "pronouns", "clause", "determiners", "titles", "people", "weekdays", "hedge",
)  # fmt: skip
"""Classes of other words, by the same order."""

_STANCES: Final = ("neutral", "asserts", "denies", "doubts", "distances")
_CLITICS: Final = frozenset(["s", "t", "re", "ve", "ll", "d", "m"])
_CHARGES: Final = frozenset(["allegation", "allegations", "accusation", "accusations"])
_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a verb: its class, the stance it shows, whether it is a cue wherever it has a subject.

    ``form`` is ``"base"``, ``"third"``, ``"past"`` or ``"gerund"``; a language without inflected entries has ``"past"``.
    """

    lemma: str
    group: str
    stance: str
    strong: bool
    form: str


Phrase = tuple[tuple[str, ...], str]
"""The folded tokens of a multi-word cue and what it is."""


@dataclass(frozen=True)
class Lexicon:
    """A language's cues.  All keys are case-folded with a straight apostrophe.

    verbs : form to :class:`Verb`.  phrases : first word to second word (or "") to the multi-word cues that begin with
    them, the longest first.  heads : all words that a cue may begin with.  alone : those that may be one by themselves.  papers : nouns of word that
    comes "from" somebody.  The others are the classes of :data:`WORDS`.
    """

    language: str
    verbs: Mapping[str, Verb]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    heads: frozenset[str]
    alone: frozenset[str]
    noun: frozenset[str] = frozenset()
    auxiliary: frozenset[str] = frozenset()
    pronouns: frozenset[str] = frozenset()
    clause: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    hedge: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()

    @cached_property
    def marked(self) -> frozenset[str]:
        """The words that show a stance."""
        return self.hedge | _CHARGES | {word for word, verb in self.verbs.items() if verb.stance != "neutral"}

    @cached_property
    def soft(self) -> frozenset[str]:
        """Hedges, and nouns of word that comes from somebody."""
        return self.hedge | self.papers

    def stance(self, words: Sequence[str]) -> str:
        """The stance of a cue's words: the most marked of its verbs and hedges, ``neutral`` where none is."""
        if self.marked.isdisjoint(words):
            return "neutral"
        found = "neutral"
        for word in words:
            verb = self.verbs.get(word)
            if verb is not None and verb.stance != "neutral":
                return verb.stance
            if word in self.hedge:
                found = "distances"
            if word in _CHARGES:
                found = "asserts"
        return found

    def places(self, words: Sequence[str], spots: Sequence[int]) -> list[int]:
        """Where a cue may begin, of some places: at a word that is one alone, or two words that open a longer one."""
        alone, phrases, last = self.alone, self.phrases, len(words) - 1
        found: list[int] = []
        for i in spots:
            word = words[i]
            if word in alone or (word in phrases and (words[i + 1] if i < last else "") in phrases[word]):
                found.append(i)
        return found

    def phrases_at(self, words: Sequence[str], at: int) -> tuple[Phrase, ...]:
        """The multi-word cues that may begin at a word: their first two words stand there."""
        seconds = self.phrases.get(words[at])
        if seconds is None:
            return ()
        return seconds.get(words[at + 1] if at + 1 < len(words) else "", ()) + seconds.get("", ())


@cache
def lexicon(language: str) -> Lexicon:
    """The cues of one of :data:`LANGUAGES`; RuleError for another.  Read once, never changed.

    >>> lexicon("en").verbs["denied"]
    Verb(lemma='deny', group='deny', stance='denies', strong=False, form='past')
    """
    if language not in LANGUAGES:
        raise RuleError(f"no cues for {language!r}, only for {', '.join(LANGUAGES)}")
    file = resources.files("newsclean.attribution") / "cues" / f"{language}.toml"
    return read(language, tomllib.loads(file.read_text(encoding="utf-8")))


def read(language: str, table: Mapping[str, Any]) -> Lexicon:
    """A lexicon from a TOML table; RuleError for a class or stance that does not exist."""
    verbs: dict[str, Verb] = {}
    unknown = set(table["verbs"]) - set(VERBS)
    if unknown:
        raise RuleError(f"{language}: no class of verbs is called {', '.join(sorted(unknown))}")
    own = {lemma: stance for stance, words in table.get("stances", {}).items() for lemma in words.split()}
    for group in VERBS:
        entry = table["verbs"].get(group)
        if entry is None:
            continue
        if entry["stance"] not in _STANCES:
            raise RuleError(f"{language}: unknown stance {entry['stance']!r} of {group}")
        inflect = _english if language == "en" else _listed
        for item in entry["words"].split():
            for form, name in inflect(item.casefold()):
                lemma = item.partition("/")[0]
                stance = own.get(lemma, entry["stance"])
                verbs.setdefault(form, Verb(lemma, group, stance, entry["strength"] == "strong", name))
    lists = {"noun": table.get("nouns", {}).get("words", ""), "hedge": " ".join(table["phrases"].get("hedge", ()))}
    unknown = set(table.get("words", {})) - set(WORDS)
    if unknown:
        raise RuleError(f"{language}: no class of words is called {', '.join(sorted(unknown))}")
    classes = {kind: frozenset(words.casefold().split()) for kind, words in (lists | table.get("words", {})).items()}
    classes["noun"] |= {_plural(word) for word in classes["noun"]}
    papers = frozenset(table.get("nouns", {}).get("papers", "").split())
    phrases: dict[str, dict[str, list[Phrase]]] = {}
    for kind, items in table["phrases"].items():
        if kind == "hedge":
            continue
        for item in items:
            parts = tuple(_parts(item.casefold()))
            phrases.setdefault(parts[0], {}).setdefault("".join(parts[1:2]), []).append((parts, kind))
    alone = frozenset(verbs) | classes["hedge"] | papers | {word for word, seconds in phrases.items() if "" in seconds}
    return Lexicon(
        language,
        verbs,
        {w: {v: tuple(sorted(p, key=lambda x: -len(x[0]))) for v, p in s.items()} for w, s in phrases.items()},
        alone | frozenset(phrases),
        alone,
        papers=papers,
        **classes,
    )


def _parts(phrase: str) -> Iterator[str]:
    """The tokens of a phrase as ``tokens`` makes them: "couldn't" is "couldn" and "'t"."""
    for word in phrase.split():
        head, mark, tail = word.partition("'")
        if head:
            yield head
        if mark and tail in _CLITICS:
            yield f"'{tail}"
        elif mark:
            yield from filter(None, ("'", tail))


def _listed(item: str) -> Iterable[tuple[str, str]]:
    return [(form, "past") for form in item.split("/")]


def _english(item: str) -> Iterator[tuple[str, str]]:
    """Every form of an English verb: the regular ones, and those that the entry lists."""
    base, *others = item.split("/")
    yield base, "base"
    last = base[-1]
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        yield f"{base}es", "third"
    elif last == "y" and base[-2] not in _VOWELS:
        yield f"{base[:-1]}ies", "third"
    else:
        yield f"{base}s", "third"
    for form in others:
        yield form, "gerund" if form.endswith("ing") else "past"
    stem = base[:-1] if last == "e" else base
    doubled = next((f[:-2] for f in others if f.endswith("ed") and f[:-2] == base + last), None)
    yield f"{doubled or (base if base.endswith('ee') else stem)}ing", "gerund"
    if not others:
        yield f"{base[:-1]}ied" if last == "y" and base[-2] not in _VOWELS else f"{stem}ed", "past"


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "x")) else f"{noun}s"
