"""Display: a source with its spans as HTML, for notebooks.  Everything that came from outside is escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from newsclean.evidence import Issue
from newsclean.spans import Span

__all__ = ["source_html"]

SHOWN: Final = 200_000
"""Code points of source shown; a notebook with ten megabytes in a cell is no use to anybody."""

# One block a page would do, but a notebook shows cells alone, so each article brings its own.
_STYLE: Final = """<style>
.newsclean { color-scheme: light dark; font: 14px/1.55 system-ui, sans-serif; max-width: 52rem; padding: .8rem 1rem;
  --nc-ink: #1b1f24; --nc-dim: #5c6670; --nc-line: #d5dae0; --nc-gone: #fbe9e7; --nc-gone-ink: #8c2f22;
  --nc-flag: #fff4cf; --nc-paper: #fff; color: var(--nc-ink); background: var(--nc-paper);
  border: 1px solid var(--nc-line); border-radius: 6px }
@media (prefers-color-scheme: dark) { .newsclean { --nc-ink: #e4e8ec; --nc-dim: #9aa5b1; --nc-line: #3a424b;
  --nc-gone: #3b2320; --nc-gone-ink: #f0a99d; --nc-flag: #3d3619; --nc-paper: #16191d } }
[data-jp-theme-light="false"] .newsclean { --nc-ink: #e4e8ec; --nc-dim: #9aa5b1; --nc-line: #3a424b;
  --nc-gone: #3b2320; --nc-gone-ink: #f0a99d; --nc-flag: #3d3619; --nc-paper: #16191d }
[data-jp-theme-light="true"] .newsclean { --nc-ink: #1b1f24; --nc-dim: #5c6670; --nc-line: #d5dae0; --nc-gone: #fbe9e7;
  --nc-gone-ink: #8c2f22; --nc-flag: #fff4cf; --nc-paper: #fff }
.newsclean h4 { margin: 0 0 .2rem; font-size: 1.05rem; color: inherit }
.newsclean p { margin: 0 0 .6rem; color: var(--nc-dim); font-size: .85rem }
.newsclean .nc-source { white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid var(--nc-line); padding-top: .6rem }
.newsclean del { background: var(--nc-gone); color: var(--nc-gone-ink); border-radius: 3px }
.newsclean mark { background: var(--nc-flag); color: inherit; border-radius: 3px }
.newsclean small { color: var(--nc-dim); font: 11px/1 ui-monospace, monospace; border: 1px solid var(--nc-line);
  border-radius: 3px; padding: 0 .3em; margin: 0 .25em; text-decoration: none; display: inline-block; line-height: 1.5 }
</style>"""


def source_html(source: str, spans: Sequence[Span], *, issues: Sequence[Issue] = (), facts: Sequence[str] = ()) -> str:
    """A source as HTML, stripped text struck through with its label and flags shaded, issues and facts on top.

    Light and dark follow the page.  Shows the first 200,000 code points, runs no script and fetches nothing.

    >>> html = source_html("a <b> AD", [Span(6, 8, "ad_label", "ads/label")])
    >>> html[html.index("a &lt;") : html.index("</div></div>")]
    'a &lt;b&gt; <small>ad_label</small><del title="ad_label by ads/label, 1.00">AD</del>'
    """
    known = escape(" · ".join([_summary(source, spans), *facts]))
    warnings = "".join(f"<p>⚠ <b>{escape(i.code)}</b>: {escape(i.detail)}</p>" for i in issues)
    more = f"<p>… {len(source) - SHOWN:,} more characters</p>" if len(source) > SHOWN else ""
    pieces = "".join(_pieces(source, spans))
    return f'{_STYLE}<div class="newsclean"><p>{known}</p>{warnings}{more}<div class="nc-source">{pieces}</div></div>'


def _summary(source: str, spans: Sequence[Span]) -> str:
    counts = Counter(s.label for s in spans if s.removes)
    gone = sum(s.end - s.start for s in spans if s.removes)
    labels = ", ".join(f"{n} {label}" for label, n in counts.most_common()) or "nothing"
    return f"{len(source) - gone:,} of {len(source):,} characters kept; stripped: {labels}"


def _pieces(source: str, spans: Sequence[Span]) -> Iterator[str]:
    """The source in order, cut at every edge of a span, each piece in its element."""
    end = min(len(source), SHOWN)
    edges = sorted({0, end, *(x for s in spans for x in (s.start, s.end) if x < end)})
    active: list[Span] = []
    upcoming = iter(sorted(spans))
    following = next(upcoming, None)
    for a, b in pairwise(edges):
        while following is not None and following.start <= a:
            active.append(following)
            following = next(upcoming, None)
        active = [s for s in active if s.end > a]
        yield _element(source[a:b], a, active)


def _element(text: str, at: int, active: Sequence[Span]) -> str:
    if not active:
        return escape(text)
    gone = [s for s in active if s.removes]
    tag = "del" if gone else "mark"
    named = [s for s in gone or active if s.start == at]
    labels = "".join(f"<small>{escape(s.label)}</small>" for s in named)
    title = "; ".join(f"{s.label} by {s.rule}, {s.score:.2f}" for s in gone or active)
    return f'{labels}<{tag} title="{escape(title)}">{escape(text)}</{tag}>'
