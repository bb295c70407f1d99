"""Names: the persons a text names in full, with the office it gives them, so that bare surnames and "he" find them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from newsclean.attribution.clauses import Range
from newsclean.attribution.tokens import Tokens
from newsclean.attribution.typing import types

__all__ = ["COURTESY", "Person", "Roll", "capital_runs", "roll"]

COURTESY: Final = frozenset([
    "mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "herr", "frau", "monsieur", "madame",
    "mme", "mlle", "señor", "señora", "don", "doña", "sig",
])  # fmt: skip
_PARTICLES: Final = frozenset(
    ["de", "da", "dos", "del", "di", "la", "le", "el", "al", "bin", "ibn", "von", "van", "der", "den", "ter", "of"]
)
_NOT_NAMES: Final = frozenset([
    "the", "a", "an", "in", "on", "at", "by", "for", "with", "from", "of", "to", "and", "but", "or", "if", "when",
    "while", "as", "after", "before", "since", "so", "he", "she", "they", "it", "we", "i", "his", "her", "their",
    "its", "our", "my", "this", "that", "these", "those", "there", "here", "what", "who", "how", "why", "where", "not",
    "no", "yes", "however", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    "mr", "mrs", "ms", "dr", "according", "also", "now", "then", "last", "two", "three", "four", "five", "one", "many",
    "some", "most", "all", "both", "each", "every", "other", "another", "under", "over", "during", "despite",
    "because", "although", "though",
])  # fmt: skip
_INNER: Final = _PARTICLES - {"of"}
_JOINTS: Final = _PARTICLES | {"."}
_MISTER: Final = frozenset(["mr", "mrs", "ms"])
_SHORTENED: Final = frozenset(["sen", "gov", "rep", "gen", "col", "lt", "jr", "sr", "dr", "prof", "st", "rev", "sgt"])
_BEFORE_NAMES: Final = COURTESY | frozenset(
    [
        ".",
        "foreign",
        "prime",
        "vice",
        "deputy",
        "chief",
        "sen",
        "gov",
        "rep",
        "gen",
        "col",
        "lt",
        "sgt",
        "rev",
        "u.s.",
        "us",
    ]
)
_OPENS: Final = frozenset([
    "der", "die", "das", "ein", "eine", "l", "le", "la", "les", "un", "une", "el", "los", "las", "una", "o", "a", "os",
    "as", "um", "uma", "il", "lo", "gli", "i", "uno", "laut", "nach", "wie", "selon", "según", "segundo", "secondo",
    "ni",
])  # fmt: skip
"""What opens a sentence in other languages and is no name, though a capital follows."""
_GERMAN_TITLES: Final = tuple(
    f"{title}{ending}"
    for title in [
        "forscher",
        "sprecher",
        "minister",
        "meister",
        "leiter",
        "politiker",
        "direktor",
        "präsident",
        "experte",
        "anwalt",
        "lehrer",
        "trainer",
        "betreiber",
    ]
    for ending in ("", "in")
)
_GERMAN_NOUNS: Final = ("ung", "heit", "keit", "schaft", "tion")
_DEFINITE: Final = frozenset(["the", "its", "their", "his", "her", "der", "die", "le", "la", "l", "el", "o", "a", "il"])
_OFFICE: Final = 9
"""Tokens of an office that are read before or behind a name."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name where it first stands: its token, and, of a full name, its tokens."""

    name: str
    at: int
    run: Range | None = None


@dataclass(frozen=True)
class Roll:
    """The persons of a text by surname and in order; ``at`` holds the tokens where one of them is named."""

    t: Tokens
    by_surname: dict[str, Person]
    at: list[int]
    named: list[Person]
    offices: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def office(self, person: Person) -> tuple[str, ...]:
        """The folded words of the office beside a full name; read when they are asked for."""
        if person.run is None:
            return ()
        if person.at not in self.offices:
            start, end = person.run
            self.offices[person.at] = tuple(_office(self.t, (person.at, end), start))
        return self.offices[person.at]

    def last_before(self, token: int) -> Person | None:
        """Who was named last before a token."""
        place = bisect_left(self.at, token) - 1
        return self.named[place] if place >= 0 else None


def capital_runs(t: Tokens, start: int, end: int) -> Iterator[Range]:
    """Runs of capitalised tokens in ``[start, end)``, particles inside them: "Ursula von der Leyen", "Alan B. Prewitt"."""
    seen, form, fold = start, t.form, t.fold
    for i in range(start, end):
        if i >= seen and form[i][0].isupper() and fold[i] not in _NOT_NAMES:
            seen = _run_end(t, i, end)
            yield i, seen


def _run_end(t: Tokens, start: int, end: int) -> int:
    """The end of the run of capitalised tokens that begins at ``start``."""
    form, fold = t.form, t.fold
    for j in range(start + 1, end):
        word = form[j]
        if word[0].isupper():
            if fold[j] in _MISTER:
                return j
        elif word == ".":
            initial = len(form[j - 1]) == 1 and j + 1 < end and form[j + 1][0].isupper()
            if not initial and fold[j - 1] not in _SHORTENED:
                return j
        elif fold[j] not in _INNER or j + 1 >= end or not form[j + 1][0].isupper():
            return j
    return max(end, start + 1)


def roll(t: Tokens, language: str = "en") -> Roll:
    """The persons of a text.  A run of two to five capitalised words that holds no word for a body is taken for one."""
    known = types()
    by_surname: dict[str, Person] = {}
    at: list[int] = []
    named: list[Person] = []
    seen, titles = -1, _titles()
    size, foreign = len(t), language != "en"
    form, fold = t.form, t.fold
    upper = [i for i, w in enumerate(form) if w[0].isupper()]
    for i, following in itertools.pairwise([*upper, size]):
        if i < seen or fold[i] in _NOT_NAMES or (foreign and fold[i] in _OPENS):
            continue
        if following != i + 1 and form[i + 1] not in _JOINTS:
            person = by_surname.get(form[i])
            if person is None:
                continue
            if fold[i] not in titles and not foreign:
                at.append(i)
                named.append(person)
                continue
        run = i, _run_end(t, i, min(size, i + 10))
        seen = run[1]
        start = i if titles.isdisjoint(fold[i:seen]) else _without_titles(t, run)
        if foreign:
            start = next((k + 1 for k in range(run[1] - 2, start - 1, -1) if fold[k].endswith(_GERMAN_TITLES)), start)
            if fold[start].endswith(_GERMAN_NOUNS):
                continue
        words = [w for w in form[start : run[1]] if w != "."]
        if not words:
            continue
        last = words[-1]
        if len(words) == 1:
            person = by_surname.get(last)
            if person is not None:
                at.append(i)
                named.append(person)
            continue
        if len(words) > 5 or not known.never_in_names.isdisjoint(fold[start : run[1]]):
            continue
        if last.casefold() in known.masthead or words[0].casefold() == "radio":
            continue  # "Thornley Gazette"
        if (
            run[1] < size
            and last.endswith(("an", "ish", "ese"))
            and (fold[run[1]] in known.person or fold[run[1]] in known.body or fold[run[1]] in known.collective)
        ):
            continue  # "Latin American officials"
        if last.isupper() and len(last) > 1 and len(words[0]) > 1 and not words[0].isupper():
            continue
        person = by_surname.get(last)
        if person is None or not (set(words[:-1]) & set(person.name.split())):
            person = Person(" ".join(words), i, (start, run[1]))
            by_surname[last] = person
        at.append(i)
        named.append(person)
    return Roll(t, by_surname, at, named)


@cache
def _titles() -> frozenset[str]:
    return _BEFORE_NAMES.union(types().person)


def _without_titles(t: Tokens, run: Range) -> int:
    """The first token of a run behind "President", "Sen.", "Mr."."""
    start, end = run
    person = types().person
    for k in range(end - 1 - (end - start == 2), start - 1, -1):
        if t.fold[k] in person:
            start = k + 1
            break
    while start < end - 1 and (t.fold[start] in _BEFORE_NAMES or t.fold[start] in person):
        start += 1
    return start


def _office(t: Tokens, run: Range, start: int) -> Iterator[str]:
    """The folded words of an office: right before the name, and behind it between commas."""
    low, high = t.bounds(run[0])
    yield from t.fold[run[0] : start]
    k = run[0] - 1
    if k > low and t.form[k] == ",":
        yield from _bearer(t, k, low)
    steps = 0
    while k >= low and steps < _OFFICE and t.form[k][0].isalnum() and t.quote[k] == t.quote[run[0]]:
        yield t.fold[k]
        if t.fold[k] in {"the", "a", "an", "his", "her", "its", "their", "by", "to", "with", "and"}:
            break
        k -= 1
        steps += 1
    k = run[1]
    if k < high and t.form[k] in (",", "("):
        for j in range(k + 1, min(high, k + 1 + 2 * _OFFICE)):
            if t.form[j] in (",", ")", ";", ".") or t.quote[j] != t.quote[run[0]]:
                break
            yield t.fold[j]


def _bearer(t: Tokens, comma: int, low: int) -> list[str]:
    """The words of an office that stands before a comma and opens its clause: "The clerk, Denise Aoki"."""
    start = next((k + 1 for k in range(comma - 1, max(low, comma - 7) - 1, -1) if not t.form[k][0].isalnum()), None)
    start = low if start is None and comma - low <= 7 else start
    words = t.fold[start:comma] if start is not None else []
    known = types().person
    return words if words[:1] and words[0] in _DEFINITE and any(w in known for w in words) else []
