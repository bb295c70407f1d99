"""Title: the article's own headline among the lines above its text.

Each line there is read beside the others: what of it the article takes up, how long it is and how it ends, whether the
page says it again, whether a byline follows.  A logistic regression of sixteen traits weighs that; its weights are in
``title.toml``, made by ``python -m newsclean.training title`` from the headlines of fundus and wcxb.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import regex

from newsclean.detectors.genre import is_entry
from newsclean.detectors.shape import ends_sentence, is_prose, runs_on, stems, stems_among, touched, word_count
from newsclean.detectors.strip import STRONG, WEAK
from newsclean.matching import core
from newsclean.page import UNDIVIDED
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["SURE", "Candidate", "Headline", "candidates", "find_title"]

HEAD: Final = 80
"""How many lines before the first prose may hold the headline."""
READ: Final = 40
"""Paragraphs of prose whose words a headline may share, and of these the first two count apart."""
NEAR: Final = 5
"""Lines within which a byline follows a headline, and a standfirst too."""
AWAY: Final = 0.8
"""The score from which a line is not the article's."""
LONGEST: Final = 220
LIKELY: Final = 0.5
"""The score of the least likely headline: of lines like it one in twelve is one."""
SURE: Final = 0.8
"""The score from which a line is surely the headline."""
ON_PAGE: Final = 0.95
"""That of any headline on a whole page, which has one."""

_MARK = regex.compile(r"[|©@…]|\.\.\.|https?:|: ?$")
_UNSPACED = regex.compile(f"[{UNDIVIDED}]{{2,200}}")
_CLOSING: Final = "”\"'»“"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be the headline, and what speaks for it by name."""

    paragraph: Paragraph
    traits: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Headline:
    """The likeliest headline and how sure it is: a text without one begins with a standfirst or a section's heading."""

    paragraph: Paragraph
    score: float


def find_title(
    paragraphs: Sequence[Paragraph], found: Sequence[Span], *, foreign: Sequence[Span] = ()
) -> Headline | None:
    """The article's headline: of the lines before the first prose the likeliest, if any is likely enough.

    None when the text starts with prose, when there is no article of two paragraphs under it, or when no line there is
    likely.  Of a headline that stands twice the one nearer the text counts.  ``found`` are the rules' spans;
    ``foreign`` are spans of lines that are not the article's: a headline may be among them, prose may not.  Where some
    are, the text is a page, and pages have headlines; what extractors return has lost it as often as not.
    """
    weights, least, sure = _weights()
    lines = candidates(paragraphs, found, foreign=foreign)
    odds = [weights["bias"] + sum(weights[name] * value for name, value in c.traits.items()) for c in lines]
    best = max(range(len(lines)), key=lambda i: (odds[i], i), default=None)
    if best is None or odds[best] < least:
        return None
    words = core(lines[best].paragraph.text)
    nearest = next(c.paragraph for c in reversed(lines) if core(c.paragraph.text) == words)
    score = min(1.0, LIKELY + (SURE - LIKELY) * (odds[best] - least) / (sure - least))
    on_page = any(span.score >= AWAY for span in foreign)
    return Headline(nearest, round(max(score, ON_PAGE if on_page else 0.0), 4))


def candidates(
    paragraphs: Sequence[Paragraph], found: Sequence[Span], *, foreign: Sequence[Span] = ()
) -> list[Candidate]:
    """The lines that may be the headline, in order, see :func:`find_title`."""
    gone = touched(paragraphs, found, least=STRONG)
    away = touched(paragraphs, foreign, least=AWAY)
    prose = [i for i, p in enumerate(paragraphs) if gone[i] is away[i] is None and is_prose(p.text)]
    if len(prose) < 2 or prose[0] == 0:
        return []
    places = [
        i
        for i in range(max(0, prose[0] - HEAD), prose[0])
        if gone[i] is None and _could_be(paragraphs[i].text) and not runs_on(paragraphs[i].text, paragraphs[i + 1].text)
    ]
    if not places:
        return []
    return list(_Page(paragraphs, touched(paragraphs, found, least=WEAK), prose, places).read())


def _could_be(text: str) -> bool:
    """Whether a line has the length and the letters of a headline."""
    if not 8 <= len(text) <= LONGEST or is_entry(text) or 10 * sum(map(str.isalpha, text)) < 6 * len(text):
        return False
    return 2 <= word_count(text) <= 30 and not (len(text) >= 160 and is_prose(text))


def _terms(text: str) -> frozenset[str]:
    """The stems of a line, and its pairs of characters of a script that puts no spaces between its words."""
    return stems(text) if text.isascii() else stems(text) | _pairs(text)


def _terms_among(texts: Sequence[str], wanted: frozenset[str]) -> frozenset[str]:
    """Those of the wanted terms that these texts have."""
    found = stems_among(texts, wanted)
    if any(map(_UNSPACED.match, wanted)):
        found |= wanted & frozenset[str]().union(*(_pairs(text) for text in texts if not text.isascii()))
    return found


def _pairs(text: str) -> frozenset[str]:
    return frozenset(run[i : i + 2] for run in _UNSPACED.findall(text) for i in range(len(run) - 1))


class _Page:
    """A page's lines with what its prose takes up of the candidates and how often each line stands in it."""

    def __init__(
        self, paragraphs: Sequence[Paragraph], weak: Sequence[Span | None], prose: Sequence[int], places: Sequence[int]
    ) -> None:
        self.paragraphs, self.weak, self.first = paragraphs, weak, prose[0]
        self.dated = [s is not None and s.label in ("byline", "timestamp") for s in weak]
        self.terms = {i: _terms(paragraphs[i].text) for i in places}
        wanted = frozenset[str]().union(*self.terms.values())
        self.opening = _terms_among([paragraphs[i].text for i in prose[:2]], wanted)
        self.taken_up = self.opening | _terms_among([paragraphs[i].text for i in prose[2:READ]], wanted)
        self.cores = [core(p.text) for p in paragraphs]
        self.times = Counter(self.cores)
        self.around = Counter(self.cores[: prose[0]] + self.cores[prose[-1] + 1 :])
        self.whole = "\n".join(self.cores)

    def read(self) -> Iterator[Candidate]:
        """The candidates in order; one that is taken up itself makes a standfirst of what follows it."""
        strong: list[int] = []
        for i in self.terms:
            traits = self.traits(i)
            above = (j for j in reversed(strong) if self.cores[j] != self.cores[i])
            traits["behind"] = float(next(above, -NEAR - 1) >= i - NEAR)
            if traits["shared"] >= 0.5 and traits["short"] <= 0.5 and not traits["stopped"] and not traits["weak"]:
                strong.append(i)
            yield Candidate(self.paragraphs[i], traits)

    def traits(self, i: int) -> dict[str, float]:
        """What speaks for a line and against it, each about 0 to 1."""
        text, folded, words = self.paragraphs[i].text, self.cores[i], word_count(self.paragraphs[i].text)
        mine = self.terms[i]
        last = text.rstrip(_CLOSING)[-1:]
        stopped = ends_sentence(text) and last not in "?!"
        return {
            "shared": len(mine & self.taken_up) / max(1, len(mine)),
            "opening": len(mine & self.opening) / max(1, len(mine)),
            "short": max(0.0, 1 - words / 8),
            "long": max(0.0, (words - 14) / 8),
            "weak": float(self.weak[i] is not None),
            "stopped": float(stopped),
            "asks": float(last in "?!"),
            "opens": float(i == 0 and self.first == 1 and not stopped),
            "bullet": float(text[:1] in "*•-+►o" and text[1:2] == " "),
            "lower": float(text.lstrip("\"'“„«‘ ")[:1].islower()),
            "away": math.log1p(self.first - i) / 4,
            "again": float(self.around[folded] > 1),
            "inside": float(len(folded) >= 15 and self.whole.count(folded) > self.times[folded]),
            "byline": float(True in self.dated[i + 1 : i + 1 + NEAR]),
            "mark": float(_MARK.search(text) is not None),
        }


@cache
def _weights() -> tuple[Mapping[str, float], float, float]:
    """The weights by trait, the log-odds from which a line is the headline, and surely so.  Read once, never changed."""
    table = tomllib.loads((resources.files("newsclean") / "detectors" / "title.toml").read_text(encoding="utf-8"))
    return table["weights"], table["least"], table["sure"]
