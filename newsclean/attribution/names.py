"""Names: the persons a text names in full, with the office it gives them, so that bare surnames and "he" find them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
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
    """A full name where it first stands: its token, and the folded words of the office beside it."""

    name: str
    at: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Roll:
    """The persons of a text by surname and in order; ``at`` holds the tokens where one of them is named."""

    by_surname: dict[str, Person]
    at: list[int]
    named: list[Person]

    def last_before(self, token: int) -> Person | None:
        """Who was named last before a token."""
        place = bisect_left(self.at, token) - 1
        return self.named[place] if place >= 0 else None


def capital_runs(t: Tokens, start: int, end: int) -> Iterator[Range]:
    """Runs of capitalised tokens in ``[start, end)``, particles inside them: "Ursula von der Leyen", "Alan B. Prewitt"."""
    i = start
    while i < end:
        if not t.form[i][0].isupper() or t.fold[i] in _NOT_NAMES:
            i += 1
            continue
        j = _run_end(t, i, end)
        yield i, j
        i = j


def _run_end(t: Tokens, start: int, end: int) -> int:
    """The end of the run of capitalised tokens that begins at ``start``."""
    j = start + 1
    while j < end:
        form, fold = t.form[j], t.fold[j]
        if form[0].isupper():
            if fold in _MISTER:
                break
        elif form == ".":
            initial = len(t.form[j - 1]) == 1 and j + 1 < end and t.form[j + 1][0].isupper()
            if not initial and t.fold[j - 1] not in _SHORTENED:
                break
        elif fold not in _PARTICLES or fold == "of" or j + 1 >= end or not t.form[j + 1][0].isupper():
            break
        j += 1
    return j


def roll(t: Tokens, language: str = "en") -> Roll:
    """The persons of a text.  A run of two to five capitalised words that holds no word for a body is taken for one."""
    known = types()
    by_surname: dict[str, Person] = {}
    at: list[int] = []
    named: list[Person] = []
    seen = -1
    size, foreign = len(t), language != "en"
    upper = [i for i, w in enumerate(t.form) if w[0].isupper()]
    for i, following in itertools.pairwise([*upper, size]):
        if i < seen or t.fold[i] in _NOT_NAMES or (foreign and t.fold[i] in _OPENS):
            continue
        if following != i + 1 and t.form[i] not in by_surname and t.form[i + 1] not in _JOINTS:
            continue
        run = i, _run_end(t, i, min(size, i + 10))
        seen = run[1]
        start = _without_titles(t, run)
        if foreign:
            start = next((k + 1 for k in range(run[1] - 2, start - 1, -1) if t.fold[k].endswith(_GERMAN_TITLES)), start)
            if t.fold[start].endswith(_GERMAN_NOUNS):
                continue
        words = [w for w in t.form[start : run[1]] if w != "."]
        if not words:
            continue
        last = words[-1]
        if len(words) == 1:
            person = by_surname.get(last)
            if person is not None:
                at.append(i)
                named.append(person)
            continue
        if len(words) > 5 or not known.never_in_names.isdisjoint(t.fold[start : run[1]]):
            continue
        if last.casefold() in known.masthead or words[0].casefold() == "radio":
            continue  # "Thornley Gazette"
        if (
            run[1] < len(t)
            and last.endswith(("an", "ish", "ese"))
            and (t.fold[run[1]] in known.person or t.fold[run[1]] in known.body or t.fold[run[1]] in known.collective)
        ):
            continue  # "Latin American officials"
        if last.isupper() and len(last) > 1 and len(words[0]) > 1 and not words[0].isupper():
            continue
        person = by_surname.get(last)
        if person is None or not (set(words[:-1]) & set(person.name.split())):
            person = Person(" ".join(words), i, tuple(_office(t, run, start)))
            by_surname[last] = person
        at.append(i)
        named.append(person)
    return Roll(by_surname, at, named)


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
