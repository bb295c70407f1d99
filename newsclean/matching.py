"""Matching: many rules over many lines in one pass.

A line is folded once and split into words; the words that are some rule's keyword name the few rules worth trying.
So a prose paragraph costs about one ``\\w+`` pass, whatever the number of rules.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import regex

from newsclean.page import UNDIVIDED
from newsclean.plain import in_plain, plainly
from newsclean.rules import Rule, RulePack, compile_pattern

__all__ = ["Hit", "Matcher", "compile_rules", "core", "fold"]

TIMEOUT: Final = 2.0
"""Seconds of process time after which a pattern of a user's pack is given up: an alarm, not a meaning."""

SHORT: Final = 1000
"""Code points up to which a folded line is kept, and how many lines are."""
KNOWN: Final = 2048
_WORD = re.compile(r"\w+")  # half as fast again as regex, and most of what a prose line costs
_APART: Final = "".join(char if _WORD.match(char) else " " for char in map(chr, range(128)))
"""What parts the words of a line in ASCII as a space, a fifth sooner than a search for them."""
_LEAD = regex.compile(r"[\s•·▪●■◆‣–—*»›>|▶►→✓✔\-]{1,8}")
_EDGE: Final = " \t•·▪●■◆‣–—-*»«›‹><|▶►→←↓↑✓✔…:;.,!?()[]{}\"'“”„‘#+=_\u200b\ufeff"
_DIGIT: Final = "#"
_UNSPACED = re.compile(f"[{UNDIVIDED}]")
"""A keyword that begins so may stand inside what looks like a word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's finding in one line: code points relative to the line, half-open.

    ``said`` holds what the pattern's named groups caught: ``site``, ``name`` (of an author), ``when``.
    """

    rule: Rule
    start: int
    end: int
    said: tuple[tuple[str, str], ...] = ()


def fold(line: str) -> str:
    """A line as keywords and phrases see it: case-folded, straight apostrophes, single spaces.

    Folding may change the length, so no offset is ever taken from its result.

    >>> fold("Don’t  miss\u00a0İt")
    "don't miss i̇t"
    """
    return _fold(line) if len(line) <= SHORT else _folded(line)


def core(line: str) -> str:
    """A folded line without the bullets, brackets and full stops around it: what ``phrases`` are compared by.

    >>> core("» Read more …")
    'read more'
    """
    return _core(line) if len(line) <= SHORT else _folded(line).strip(_EDGE)


def _folded(line: str) -> str:
    folded = line.replace("’", "'").casefold()
    if folded.isprintable() and "  " not in folded:  # then all its white space is single spaces, which is soon seen
        return folded.strip(" ")
    return " ".join(folded.split())


_fold = lru_cache(KNOWN)(_folded)
"""Several detectors fold the same lines."""


@lru_cache(KNOWN)
def _core(line: str) -> str:
    return _fold(line).strip(_EDGE)


_Entry = tuple[int, str, tuple[str, ...]]
"""Longest line, rule, and the phrases of which one must stand in the line (none where the word itself is enough)."""
_Match = re.Match[str] | regex.Match[str]
_Asked = Callable[[str, int], _Match | None]
"""What a line rule's pattern, which is all of a line from there on, says of it: None says no."""


@dataclass(slots=True)
class Matcher:
    """Rules made ready for lines.  Build it with :func:`compile_rules`."""

    rules: tuple[Rule, ...]
    by_id: dict[str, Rule] = field(default_factory=dict)
    _longest: int = 0
    _phrases: dict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    _by_word: dict[str, list[_Entry]] = field(default_factory=lambda: defaultdict(list))
    _whole: dict[str, _Asked] = field(default_factory=dict)
    _plain: dict[str, _Asked] = field(default_factory=dict)
    _unsaid: set[str] = field(default_factory=set)
    _words: frozenset[str] = frozenset()
    _alarmed: frozenset[str] = frozenset()
    _marks: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _any_mark: re.Pattern[str] = re.compile(r"(?!)")

    def __post_init__(self) -> None:
        for rule in self.rules:
            self.by_id[rule.id] = rule
            for phrase in _cores(rule.phrases):
                self._phrases[phrase].append(rule)
            for word, entry in _entries(rule):
                self._by_word[word].append(entry)
        for entries in self._by_word.values():
            entries.sort(key=lambda e: -e[0])  # so that a long line meets the few that may be as long first
        self._phrases.pop("", None)
        self._words = frozenset(self._by_word)
        shipped = {id(rule) for rule in RulePack.builtin()}  # proved by the tests: they need no alarm
        self._alarmed = frozenset(rule.id for rule in self.rules if id(rule) not in shipped)
        for word in self._by_word:
            if word != _DIGIT and (_UNSPACED.match(word) or not _WORD.search(word)):  # "会員", "©"
                self._marks[word[0]].append(word)
        if self._marks or _DIGIT in self._words:
            others = "".join(char for char in map(chr, range(128)) if char not in self._marks and not char.isdigit())
            self._any_mark = re.compile(f"[^{re.escape(others)}]")  # so small a set is sought in a third of the time
        self._longest = max((len(p) for p in self._phrases), default=0) + 16

    def hits(self, line: str, /, *, host: str | None = None) -> Iterator[Hit]:
        """What the rules find in one line (a paragraph without line breaks); TimeoutError from a slow pattern."""
        folded, length = fold(line), len(line)
        if length <= self._longest:
            for rule in self._phrases.get(folded.strip(_EDGE), ()):
                if rule.applies_to(host):
                    yield Hit(rule, 0, length)
        named = self._named(folded)
        if not named:
            return
        lead = None if line[:1].isalnum() else _LEAD.match(line)
        start = lead.end() if lead else 0
        plain = plainly(line)
        known, asked_of = (self._whole, line) if plain is None else (self._plain, plain)
        unsaid = self._unsaid if asked_of is not line else ()
        tried: set[str] = set()
        for word in sorted(named) if len(named) > 1 else named:
            for longest, name, phrases in self._by_word[word]:
                if length > longest:
                    break
                if name in tried or (phrases and not any(map(folded.__contains__, phrases))):
                    continue
                tried.add(name)
                asked = known.get(name) or self._ask(name, plain=plain is not None)
                # Most of what is tried ends here; what ``re`` cannot say is asked about the line itself.
                match = asked(line if name in unsaid else asked_of, start)
                if match is not None and (rule := self.by_id[name]).applies_to(host):
                    yield from self._hits_of(rule, line, start, match)

    def _named(self, folded: str) -> Collection[str]:
        """The words and marks of a line that are some rule's keyword."""
        words = folded.translate(_APART).split() if folded.isascii() else _WORD.findall(folded)
        named = self._words.intersection(words)
        found = self._any_mark.findall(folded)
        if not found:
            return named
        firsts = set(found)
        marks = [mark for first in firsts for mark in self._marks.get(first, ()) if mark in folded]
        if _DIGIT in self._words and any(map(str.isdecimal, firsts)):
            marks.append(_DIGIT)
        return named.union(marks)

    def _ask(self, name: str, *, plain: bool) -> _Asked:
        """How a rule is asked about a line, made on first use: a document needs a handful of the hundreds."""
        rule, asked = self.by_id[name], _UNASKED
        if rule.scope == "line" and name not in self._alarmed:
            told = in_plain(rule.pattern or "") if plain else None
            asked = told.fullmatch if told else compile_pattern(rule).fullmatch
            if plain and not told:
                self._unsaid.add(name)
        (self._plain if plain else self._whole)[name] = asked
        return asked

    def _hits_of(self, rule: Rule, line: str, start: int, match: _Match) -> Sequence[Hit]:
        """The hits of a rule that :meth:`_ask` has not refused."""
        alarmed = rule.id in self._alarmed
        if rule.scope == "line" and not alarmed:
            return (Hit(rule, 0, len(line), _said(match, line)),)
        pattern = compile_pattern(rule)
        alarm = TIMEOUT if alarmed else None
        if rule.scope == "inline":
            found = ((m.start(), m.end()) for m in pattern.finditer(line, timeout=alarm))
            return [Hit(rule, a, b) for a, b in found if 0 < b - a <= rule.bound]
        whole = pattern.fullmatch(line, start, timeout=alarm)
        return () if whole is None else (Hit(rule, 0, len(line), _said(whole, line)),)


_UNASKED: Final[_Asked] = re.compile("").match
"""For rules whose pattern is not all of a line, or may take its time: they are asked when all else is known."""


def _said(match: _Match, line: str) -> tuple[tuple[str, str], ...]:
    """What the pattern's named groups caught of the line, whose characters may be others than those it was asked of."""
    spans = ((name, *match.span(name)) for name in match.re.groupindex)
    return tuple((name.partition("__")[0], line[a:b]) for name, a, b in spans if a < b)


@lru_cache(maxsize=KNOWN)
def _cores(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases as they are compared; most stand in the rules of every language."""
    return tuple(dict.fromkeys(_folded(phrase).strip(_EDGE) for phrase in phrases))


@lru_cache(maxsize=KNOWN)
def _entries(rule: Rule) -> tuple[tuple[str, _Entry], ...]:
    """The words to find a pattern rule by, each with what else must stand in the line."""
    if not rule.pattern:
        return ()
    phrases: dict[str, list[str]] = defaultdict(list)
    for keyword in map(_folded, rule.keyword):
        phrases[_rarest(keyword)].append(keyword)
    longest = rule.bound if rule.scope == "line" else sys.maxsize
    return tuple(
        (word, (longest, rule.id, () if word in wanted else tuple(wanted))) for word, wanted in phrases.items()
    )


def _rarest(keyword: str) -> str:
    """The word of a keyword to index it by: the longest stands in for the rarest."""
    if keyword == _DIGIT:
        return _DIGIT
    words: list[str] = _WORD.findall(keyword)
    return max(words, key=len) if words else keyword


@lru_cache(maxsize=16)
def compile_rules(rules: tuple[Rule, ...]) -> Matcher:
    """The matcher of these rules; the same rules share one in a process (rules are frozen, so nothing leaks)."""
    return Matcher(rules)
