"""Proof: does a rule pack do what it says, in linear time?

Behind ``newsclean rules check PACK`` and the tests of the shipped packs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import process_time
from typing import Final

import regex

from newsclean.matching import compile_rules
from newsclean.rules import Rule, RulePack, compile_pattern

__all__ = ["Problem", "prove", "prove_rule"]

PUMP: Final = (4_000, 16_000)
"""Lengths of the pumped strings.  Four times the text may take at most eight times as long: a line takes four."""

FLOOR: Final = 0.004
"""Seconds below which a run of the clock tells nothing."""

SLOW: Final = 1.0
"""Seconds that no pattern may take on the longer string, however they grow."""


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
    for lines, wanted in ((rule.examples, True), (rule.counter, False)):
        for line in lines:
            hit = _hits(rule, line)
            if hit is None:
                yield Problem(rule.id, f"too slow on {line!r}")
            elif wanted and not hit:
                why = "longer than its bound" if rule.pattern and len(line) > rule.bound else "not hit"
                yield Problem(rule.id, f"example {why}: {line!r}")
            elif hit and not wanted:
                yield Problem(rule.id, f"counter-example hit: {line!r}")
    if rule.pattern:
        yield from _pump(rule, compile_pattern(rule))


def _hits(rule: Rule, line: str) -> bool | None:
    """Whether a rule hits a line; None when it ran out of time."""
    host = rule.sites[0] if rule.sites else None
    try:
        return any(True for _ in compile_rules((rule,)).hits(line, host=host))
    except TimeoutError:
        return None


def _pump(rule: Rule, pattern: regex.Pattern[str]) -> Iterator[Problem]:
    """Blow up pieces of an example and see whether time grows faster than text."""
    for seed in _seeds(rule):
        for tail in ("\x00", "\x00" + rule.examples[0] + "\x00"):
            within = _clock(rule, pattern, seed, tail, rule.bound)
            if within > SLOW:
                yield Problem(rule.id, f"too slow within its bound: {within:.1f} s on {seed!r} repeated")
                return
            times = [_clock(rule, pattern, seed, tail, length) for length in PUMP]
            if _grows(times):  # once more, to be sure that it was not the machine
                times = [min(_clock(rule, pattern, seed, tail, n) for _ in range(3)) for n in PUMP]
            if _grows(times):
                yield Problem(rule.id, f"not linear: {times[0]:.4f} s, then {times[1]:.4f} s on {seed!r} repeated")
                return


def _grows(times: Sequence[float]) -> bool:
    return times[1] > SLOW or times[1] > max(FLOOR, 8 * max(times[0], FLOOR / 8))


def _seeds(rule: Rule) -> Iterator[str]:
    example = rule.examples[0]
    first = example.split(" ")[0]
    seeds = (first, first + " ", example + " ", example[: len(example) // 2], "a", "A ", " ", "0", ". ")
    yield from (seed for seed in dict.fromkeys(seeds) if seed)


def _clock(rule: Rule, pattern: regex.Pattern[str], seed: str, tail: str, length: int) -> float:
    # A tail that cannot match sends a backtracking pattern through all it could try.
    text = (seed * (length // len(seed) + 1))[:length] + tail
    match = pattern.search if rule.scope == "inline" else pattern.fullmatch
    started = process_time()
    with suppress(TimeoutError):
        match(text, timeout=2 * SLOW)
    return process_time() - started
