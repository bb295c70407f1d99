"""Pictures: boxes in three columns and lines between them, as SVG for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

__all__ = ["Box", "Line", "drawn"]

COLUMNS: Final = ("article", "relay", "origin")
MOST: Final = 40
"""Boxes of a column; a picture of a thousand is a wall."""
LETTERS: Final = 36
WIDTH, HEIGHT, STEP, GAP = 290, 34, 46, 110

_STYLE: Final = """<style>
.nc-graph { color-scheme: light dark; --nc-ink: #1b1f24; --nc-dim: #5c6670; --nc-line: #aab3bd; --nc-paper: #fff; --nc-box: #f2f4f6;
  --nc-origin: #e3f1e5; font: 13px system-ui, sans-serif; max-width: 100% }
@media (prefers-color-scheme: dark) { .nc-graph { --nc-ink: #e4e8ec; --nc-dim: #9aa5b1; --nc-line: #56606b; --nc-paper: #16191d;
  --nc-box: #23282e; --nc-origin: #1f3325 } }
[data-jp-theme-light="true"] .nc-graph { --nc-ink: #1b1f24; --nc-dim: #5c6670; --nc-line: #aab3bd; --nc-paper: #fff; --nc-box: #f2f4f6;
  --nc-origin: #e3f1e5 }
[data-jp-theme-light="false"] .nc-graph { --nc-ink: #e4e8ec; --nc-dim: #9aa5b1; --nc-line: #56606b; --nc-paper: #16191d; --nc-box: #23282e;
  --nc-origin: #1f3325 }
.nc-graph text { fill: var(--nc-ink) } .nc-graph .nc-small { fill: var(--nc-dim); font-size: 10px }
.nc-graph rect { fill: var(--nc-box); stroke: var(--nc-line) } .nc-graph .nc-back { fill: var(--nc-paper) }
.nc-graph .nc-origin rect { fill: var(--nc-origin); stroke-width: 2 } .nc-graph .nc-origin .nc-name { font-weight: 600 }
.nc-graph path { fill: none; stroke: var(--nc-line); stroke-width: 1.4 } .nc-graph .nc-carries { stroke-width: 3 }
.nc-graph .nc-cites, .nc-graph .nc-relays { stroke-dasharray: 5 3 }
</style>"""


@dataclass(frozen=True, slots=True)
class Box:
    """Something drawn: ``column`` is one of :data:`COLUMNS`, ``note`` stands small under the name."""

    id: str
    column: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one box to another, in the style of its kind."""

    source: str
    target: str
    kind: str


def drawn(boxes: Sequence[Box], lines: Sequence[Line]) -> str:
    """An ``<svg>`` element: each column's first forty boxes from the top, lines under them, a count of what is left out.

    >>> svg = drawn([Box("a", "article", "A <b>"), Box("o", "origin", "Reuters")], [Line("a", "o", "carries")])
    >>> "A &lt;b&gt;" in svg, "<script" in svg, svg.count("<path")
    (True, False, 1)
    """
    columns = [[box for box in boxes if box.column == name] for name in COLUMNS]
    used = [(name, column) for name, column in zip(COLUMNS, columns, strict=True) if column]
    place = {  # relays half a step lower, so that a line from an article to an origin passes between them
        box.id: (20 + n * (WIDTH + GAP), 40 + row * STEP + (STEP // 2 if name == "relay" else 0))
        for n, (name, column) in enumerate(used)
        for row, box in enumerate(column[:MOST])
    }
    width = 40 + len(used) * WIDTH + max(0, len(used) - 1) * GAP
    height = 80 + STEP * max((min(len(column), MOST) + (len(column) > MOST) for _, column in used), default=0)
    parts = [
        f'<svg class="nc-graph" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        f'{_STYLE}<rect class="nc-back" width="{width}" height="{height}" rx="6"/>',
        *_paths(lines, place),
        *(_box(box, *place[box.id]) for box in boxes if box.id in place),
    ]
    for n, (name, column) in enumerate(used):
        x = 20 + n * (WIDTH + GAP)
        parts.append(
            f'<text class="nc-small" x="{x}" y="24">{len(column)} {name}{"s" if len(column) != 1 else ""}</text>'
        )
        if len(column) > MOST:
            parts.append(
                f'<text class="nc-small" x="{x}" y="{40 + MOST * STEP + 14}">… {len(column) - MOST:,} more</text>'
            )
    return "".join(parts) + "</svg>"


def _paths(lines: Sequence[Line], place: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Curves from right edge to left; between boxes of one column round the outside."""
    for line in lines:
        if line.source not in place or line.target not in place:
            continue
        (x1, y1), (x2, y2) = place[line.source], place[line.target]
        y1, y2, x1 = y1 + HEIGHT // 2, y2 + HEIGHT // 2, x1 + WIDTH
        end = x2 if x2 > x1 else x2 + WIDTH
        bend = (x1 + end) // 2 if x2 > x1 else max(x1, end) + GAP // 3
        yield f'<path class="nc-{escape(line.kind)}" d="M{x1} {y1}C{bend} {y1} {bend} {y2} {end} {y2}"><title>{escape(line.kind)}</title></path>'


def _shown(text: str) -> str:
    """Escaped, and with a space for what has no glyph: a control character or half a surrogate pair ends an SVG."""
    return escape("".join(c if c.isprintable() else " " for c in text))


def _box(box: Box, x: int, y: int) -> str:
    name = box.name if len(box.name) <= LETTERS else box.name[: LETTERS - 1] + "…"
    return (
        f'<g class="nc-{escape(box.column)}"><title>{_shown(box.name)}</title><rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="5"/>'
        f'<text class="nc-name" x="{x + 9}" y="{y + 15}">{_shown(name)}</text>'
        f'<text class="nc-small" x="{x + 9}" y="{y + 28}">{_shown(box.note)}</text></g>'
    )
