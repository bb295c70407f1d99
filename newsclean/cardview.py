"""Card view: the rows of a scorecard as a table for a terminal and as HTML for a notebook.  Everything is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

__all__ = ["Row", "card_html", "card_text"]

_STYLE: Final = """<style>
.newsclean-card { color-scheme: light dark; font: 13px/1.45 system-ui, sans-serif; max-width: 56rem; padding: .8rem 1rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 6px }
.newsclean-card table { border-collapse: collapse; width: 100% } .newsclean-card p { margin: 0 0 .5rem }
.newsclean-card td, .newsclean-card th { text-align: left; padding: .1rem .5rem; vertical-align: top }
.newsclean-card td.n { text-align: right; font-variant-numeric: tabular-nums }
.newsclean-card tr { border-top: 1px solid color-mix(in srgb, currentColor 12%, transparent) }
</style>"""
_ARROW: Final = {1: "+", -1: "-", 0: " "}


@dataclass(frozen=True, slots=True)
class Row:
    """A signal's line: name, value, direction (1, -1, 0), what it adds to the log-odds, places of evidence, a sentence."""

    name: str
    value: float
    direction: int
    pull: float
    places: int
    note: str


def card_text(head: str, rows: Sequence[Row], foot: Sequence[str] = ()) -> str:
    """A card for the terminal, a line a signal.

    >>> print(card_text("score .61", [Row("questions", 2.0, -1, -0.125, 2, "2 question marks")]))
    score .61
    questions               - 2.00    -0.12  2 question marks
    """
    lines = [
        f"{r.name:22}  {_ARROW.get(r.direction, ' ')} {_number(r.value):7} {_pull(r.pull):6}  {_line(r.note)}".rstrip()
        for r in rows
    ]
    return "\n".join([head, *lines, *map(_line, foot)])


def card_html(head: str, rows: Sequence[Row], foot: Sequence[str] = ()) -> str:
    """The same as HTML; runs no script and fetches nothing.

    >>> "&lt;b&gt;" in card_html("<b>", [])
    True
    """
    cells = "".join(
        f'<tr><td>{escape(r.name)}</td><td>{_ARROW.get(r.direction, " ")}</td><td class="n">{_number(r.value)}</td>'
        f'<td class="n">{_pull(r.pull)}</td><td class="n">{r.places}</td><td>{escape(r.note)}</td></tr>'
        for r in rows
    )
    names = "".join(f"<th>{name}</th>" for name in ("signal", "", "value", "adds", "places", "what was seen"))
    below = "".join(f"<p>{escape(line)}</p>" for line in foot)
    return (
        f'{_STYLE}<div class="newsclean-card"><p>{escape(head)}</p><table><tr>{names}</tr>{cells}</table>{below}</div>'
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"


def _pull(pull: float) -> str:
    return f"{pull:+.2f}" if round(pull, 2) else ""


def _line(text: str) -> str:
    return " ".join(text.split())
