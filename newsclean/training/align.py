"""Align: which lines of a page's text are its article, told by the article's text alone.

Converters break and join lines each in their way, so lines are compared by runs of four words; a line too short for
that belongs when it continues or announces the article's text exactly where its neighbours left it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["align", "tells", "words"]

RUN: Final = 4
"""Words that are compared at once; lines of fewer are short."""
REACH: Final = 8
"""Lines within which a short line looks for its neighbours."""
WHOLE: Final = 25
"""Characters from which on a line may be a part of a string, and not by chance."""
SLACK: Final = 6
"""Words of the article that may lie between a short line and its neighbour's end."""

_SPACELESS: Final = "\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f"
_WORD = re.compile(rf"[{_SPACELESS}]|[^\W{_SPACELESS}]+")


def words(text: str) -> list[str]:
    """The words of a text; in a script without spaces each character is one."""
    return _WORD.findall(text)


def tells(string: str, line: str, /) -> bool:
    """Whether what is known of a string is known of a line: it stands in the line, or the line, unless short, in it.

    >>> tells("the ferry sank", "On Monday the ferry sank."), tells("Home and garden", "Home")
    (True, False)
    """
    return string in line or (len(line) > WHOLE and line in string)


def align(lines: Sequence[str], gold: str) -> list[bool]:
    """For each line whether it stands in the article.

    Of a line that stands more often in the page than in the article (a teaser with the article's first sentence) the
    copies with most of the article around them count.

    >>> page = ["Home", "Ferry", "The ferry sank on Monday night.", "Nobody", "was hurt, police said.", "Nobody"]
    >>> align(page, "The ferry sank on Monday night.\\n\\nNobody\\n\\nwas hurt, police said.")
    [False, False, True, True, True, False]
    """
    page = _Page([words(line) for line in lines], words(gold))
    page.match()
    page.continue_down()
    page.continue_up()
    return [start >= 0 for start in page.start]


@dataclass
class _Page:
    """Words by line, the article's words, and for each line where in the article it stands (-1: nowhere)."""

    lines: list[list[str]]
    gold: list[str]

    def __post_init__(self) -> None:
        self.start = [-1] * len(self.lines)

    def match(self) -> None:
        """The lines of which half of the runs stand in the article."""
        places = defaultdict(list)
        for i in range(len(self.gold) - RUN + 1):
            places[tuple(self.gold[i : i + RUN])].append(i)
        rivals = defaultdict(list)
        for i, line in enumerate(self.lines):
            runs = [places.get(tuple(line[j : j + RUN])) for j in range(len(line) - RUN + 1)]
            found = [(j, at) for j, at in enumerate(runs) if at]
            if found and 2 * len(found) >= len(runs):
                first, at = found[0]
                self.start[i] = max(0, at[0] - first)
                rivals[at[0] - first].append((i, len(at)))
        self._settle([[i for i, _ in group] for group in rivals.values() if len(group) > group[0][1]], rivals)

    def _settle(self, crowded: list[list[int]], rivals: dict[int, list[tuple[int, int]]]) -> None:
        """Of too many copies those with most of the article within five lines stay."""
        size = [len(line) if start >= 0 else 0 for line, start in zip(self.lines, self.start, strict=True)]
        seats = {group[0][0]: group[0][1] for group in rivals.values()}
        for group in crowded:
            ranked = sorted(group, key=lambda i: (-sum(size[max(0, i - 5) : i + 6]), i))
            for i in ranked[seats[group[0]] :]:
                self.start[i] = -1

    def continue_down(self) -> None:
        """Short lines that go on where the line above left the article."""
        end, last = -1, -REACH
        for i, line in enumerate(self.lines):
            if self.start[i] < 0 and 0 < len(line) < RUN and end >= 0 and i - last <= REACH:
                self.start[i] = self._find(line, end - 1, end + SLACK)
            if self.start[i] >= 0:
                end, last = self.start[i] + len(line), i

    def continue_up(self) -> None:
        """Short lines that stand right before the line below, in the article as on the page."""
        begin, last = -1, len(self.lines) + REACH
        for i in range(len(self.lines) - 1, -1, -1):
            line = self.lines[i]
            if self.start[i] < 0 and 0 < len(line) < RUN and begin >= 0 and last - i <= REACH:
                self.start[i] = self._find(line, begin - len(line) - SLACK, begin - len(line) + 1)
            if self.start[i] >= 0:
                begin, last = self.start[i], i

    def _find(self, line: list[str], low: int, high: int) -> int:
        for at in range(max(0, low), min(len(self.gold) - len(line), high) + 1):
            if self.gold[at : at + len(line)] == line:
                return at
        return -1
