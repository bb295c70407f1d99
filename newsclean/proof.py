"""Proof: does a rule pack do what it says, in linear time?

Behind ``newsclean rules check PACK`` and the tests of the shipped packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time
from typing import Final

import regex

from newsclean.matching import compile_rules
from newsclean.rules import Rule, RulePack

__all__ = ["Problem", "prove", "prove_rule"]

PUMP: Final = (4_000, 16_000)
"""Lengths of the pumped strings.  Four times the text may take at most eight times as long: a line takes four."""

FLOOR: Final = 0.004
"""Seconds below which a run of the clock tells nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a rule: its id and a sentence."""

    rule: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.detail}"


def prove(pack: RulePack, /) -> tuple[Problem, ...]:
    """Every problem of a pack: examples missed, near misses hit, bounds too small, growth that is not linear.

    >>> prove(RulePack.builtin("cookie"))
    ()
    """
    return tuple(problem for rule in pack for problem in prove_rule(rule))


def prove_rule(rule: Rule, /) -> Iterator[Problem]:
    """The problems of one rule, taken alone."""
    matcher = compile_rules((rule,))
    host = rule.sites[0] if rule.sites else None
    for example in rule.examples:
        if not any(True for _ in matcher.hits(example, host=host)):
            why = "longer than its bound" if rule.pattern and len(example) > rule.bound else "not hit"
            yield Problem(rule.id, f"example {why}: {example!r}")
    for near_miss in rule.counter:
        if any(True for _ in matcher.hits(near_miss, host=host)):
            yield Problem(rule.id, f"counter-example hit: {near_miss!r}")
    if rule.pattern:
        yield from _pump(rule, regex.compile(rule.pattern, regex.IGNORECASE))


def _pump(rule: Rule, pattern: regex.Pattern[str]) -> Iterator[Problem]:
    """Blow up pieces of an example and see whether time grows faster than text."""
    for seed in _seeds(rule):
        times = [_clock(rule, pattern, seed, length) for length in PUMP]
        if times[1] > FLOOR and times[1] > 8 * max(times[0], FLOOR / 8):
            again = [min(_clock(rule, pattern, seed, n) for _ in range(3)) for n in PUMP]
            if again[1] > FLOOR and again[1] > 8 * max(again[0], FLOOR / 8):
                yield Problem(rule.id, f"not linear: {again[0]:.4f} s, then {again[1]:.4f} s on {seed!r} repeated")
                return


def _seeds(rule: Rule) -> Iterator[str]:
    example = rule.examples[0]
    first = example.split(" ")[0]
    yield from dict.fromkeys(
        (first, first + " ", example + " ", example[: len(example) // 2], "a", "A ", " ", "0", ". ")
    )


def _clock(rule: Rule, pattern: regex.Pattern[str], seed: str, length: int) -> float:
    # A tail that cannot match sends a backtracking pattern through all it could try.
    text = (seed * (length // len(seed) + 1))[:length] + "\x00"
    started = process_time()
    try:
        if rule.scope == "inline":
            pattern.search(text, timeout=20)
        else:
            pattern.fullmatch(text, timeout=20)
    except TimeoutError:
        return 20.0
    return process_time() - started
