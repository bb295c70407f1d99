"""Extraction: a page's article as spans over its visible text, and what the page says of it.

trafilatura reads the page, the block model gives the second opinion, and every block that is not the article's becomes a
span that leaves.  What is left goes on as text, through rules and the other models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import regex

from newsclean.alignment import covered
from newsclean.article import Article
from newsclean.config import Config
from newsclean.decide import decide
from newsclean.detect import placed
from newsclean.detectors.blocklabels import block_label, names_of
from newsclean.detectors.blocks import RULE, BlockModel, default_blocks
from newsclean.errors import LimitError
from newsclean.evidence import Issue
from newsclean.html import main_text, parse
from newsclean.matching import core
from newsclean.metadata import Metadata, read_metadata
from newsclean.page import Page, read_blocks, split_words
from newsclean.spans import Span, cut, in_order

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["HEAVY", "Extracted", "assembled", "extracted"]

HEAVY: Final = 1_000_000
"""Code points of visible text from which trafilatura, which is not linear, is not asked."""
DEEP: Final = 400
"""Elements in each other from which trafilatura, which descends by calls, is not asked."""
DEEPEST: Final = 2000
"""Elements in each other near which libxml2 reads no deeper, and does not say so."""
UNREAD: Final = 0.1
"""The share of a block that trafilatura kept under which it left it out."""
REMARK: Final = 0.2
"""The most that a reader's comment may look like the article's."""
KEPT: Final = 0.5
"""The share of a block from which it counts as kept by trafilatura."""
CREDITS: Final = 10
GIANT: Final = 2000
"""Code points from which a block may be the whole article a second time, without its paragraphs."""
PROBES: Final = 10

_CREDIT = regex.compile(
    r"(?:Photo(?:graph)?|Foto|Image|Bild|Credit|Picture|Crédit|Source|Quelle)s?(?: (?:by|courtesy of|von))?\s?[:/] ?\S|©",
    regex.IGNORECASE,
)
_LEADS: Final = frozenset(
    [
        "standfirst",
        "dek",
        "lead",
        "lede",
        "summary",
        "subtitle",
        "subheadline",
        "intro",
        "vorspann",
        "chapo",
        "sapo",
        "kicker",
        "deck",
        "abstract",
    ]
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page read: its visible text, the spans of what is not the article's (and flags), its facts, what was doubtful."""

    source: str = ""
    spans: tuple[Span, ...] = ()
    facts: Metadata = field(default_factory=Metadata)
    standfirst: str | None = None
    credits: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def left(self) -> str:
        """The text of the blocks that stay."""
        return cut(self.source, ((s.start, s.end) for s in self.spans if s.removes))


def assembled(page: Extracted, inner: Article | None, /) -> Article:
    """The article of a page from that of the text its blocks left; what the page itself states goes first."""
    facts, text = page.facts, inner or Article("")
    removed = sorted((s for s in page.spans if s.removes), key=in_order)
    # The model has judged each copy of a paragraph in its place: what the text alone calls a repeat was four times in
    # five the article's own on pages with gold.
    spans = [replace(s, action="flag") if s.rule == "repeat/paragraph" else s for s in text.spans if s.label != "title"]
    return Article(
        page.source,
        spans=(*page.spans, *placed(spans, removed, len(page.source))),
        title=facts.title,
        byline=facts.byline or text.byline,
        date=facts.date or text.date,
        site=facts.site or text.site,
        issues=tuple({i.code: i for i in (*text.issues, *page.issues)}.values()),
        section=facts.section,
        standfirst=page.standfirst,
        credits=page.credits,
    )


def extracted(
    html: str | bytes, config: Config, /, *, url: str | None = None, model: BlockModel | None = None
) -> Extracted:
    """What a page holds, before rules and the models for text have spoken.

    ``url`` is where it was found, None for what the page itself says; the address tells articles from other pages.
    ``model`` is the block model, None for the one that ships; with ``config.models="off"`` trafilatura decides alone.
    Bytes may be gzip'd and in any encoding.  InputError for what is neither str nor bytes; with ``on_error="raise"``
    LimitError for what is too long.
    """
    limits = config.limits
    read = parse(html, max_chars=limits.max_chars)
    issues = list(read.issues)
    if read.tree is None:
        if config.on_error == "raise" and any(i.code == "too_long" for i in issues):
            raise LimitError(issues[-1].detail)
        return Extracted(issues=tuple(issues))
    facts = read_metadata(read.tree)
    page = read_blocks(read.tree, most=limits.max_blocks, prune=True)
    facts = replace(facts, url=url or facts.url)
    issues += [Issue("metadata_conflict", sentence) for sentence in facts.conflicts]
    if page.depth >= DEEPEST:
        issues.append(
            Issue("too_long", f"elements stand {page.depth} deep in each other; what may stand deeper was not read")
        )
    if not page.blocks:
        return Extracted(facts=facts, issues=(*issues, Issue("empty", "the page has no visible text")))
    if len(page.blocks) == limits.max_blocks:
        issues.append(Issue("too_long", f"only the first max_blocks={limits.max_blocks} blocks of the page were read"))
    text, trouble = _main_text(read.tree, page)
    issues += trouble
    kept = covered([split_words(b.text) for b in page.blocks], split_words(text))
    chances, article = _chances(page, kept, facts, config, model)
    if article is not None:
        issues.append(article)
    found, standfirst = _found(page, chances, kept, facts, config)
    auto = config if config.title in ("keep", "drop") else config.replace(title="drop")
    spans = decide(page.source, page.blocks, found, auto)
    return Extracted(page.source, tuple(spans), facts, standfirst, _credits(page, found), tuple(issues))


def _main_text(tree: HtmlElement, page: Page) -> tuple[str, tuple[Issue, ...]]:
    """What trafilatura takes for the main text; nothing, with an issue, where the page is too much for it."""
    if len(page.source) > HEAVY:
        detail = f"{len(page.source)} code points of text are too many for trafilatura"
    elif page.depth > DEEP:
        detail = f"elements stand {page.depth} deep in each other, too deep for trafilatura"
    else:
        return main_text(tree)
    return "", (Issue("extractor_skipped", detail),)


def _chances(
    page: Page, kept: Sequence[float], facts: Metadata, config: Config, model: BlockModel | None
) -> tuple[list[float], Issue | None]:
    """Each block's probability of being the article's, .5 where it is decided, and an issue for what is no article."""
    if config.models == "off":
        nothing = None if max(kept) >= KEPT else Issue("not_an_article", "trafilatura found no main text")
        return [min(max(k, 0.0), 1.0) for k in kept], nothing
    model = model or default_blocks()
    judged = model.judge(page, kept, facts)
    chances = _without_comments(page, kept, judged.blocks.tolist())
    if judged.article < model.least:
        detail = (
            f"this looks like an index, a shop or another page that is no article ({judged.article:.0%} that it is one)"
        )
        return chances, Issue("not_an_article", detail, RULE)
    if max(chances) < KEPT:
        return chances, Issue("not_an_article", "no block of the page reads like an article", RULE)
    return chances, None


def _without_comments(page: Page, kept: Sequence[float], chances: Sequence[float]) -> list[float]:
    """The chances, low where an element is named for comments and trafilatura left it out too: readers write prose as well."""
    named: dict[str, str | None] = {}
    return [
        min(chance, REMARK) if chance >= KEPT and share < UNREAD and block_label(b, named) == "comments" else chance
        for b, share, chance in zip(page.blocks, kept, chances, strict=True)
    ]


def _found(
    page: Page, chances: Sequence[float], kept: Sequence[float], facts: Metadata, config: Config
) -> tuple[list[Span], str | None]:
    """A span for every block that leaves or is doubted, and for the headline; the standfirst's text."""
    first = next((i for i, b in enumerate(page.blocks) if chances[i] >= KEPT and len(b.text) >= 100), len(page.blocks))
    titles = {core(t) for t in facts.titles}
    lead = _standfirst(page, first, facts)
    spans: list[Span] = []
    named: dict[str, str | None] = {}
    for i, b in enumerate(page.blocks):
        headline = i <= first and len(b.text) < 400 and core(b.text) in titles
        if headline and (b.has("heading") or chances[i] >= KEPT):
            spans.append(Span(b.start, b.end, "title", "page/headline"))
            continue
        if i == lead and config.standfirst != "auto":
            if config.standfirst == "drop":
                spans.append(Span(b.start, b.end, "title", "page/standfirst"))
            continue
        score = _score(chances[i])
        if chances[i] >= KEPT and len(b.text) >= GIANT and _is_copy(page, chances, i):
            spans.append(Span(b.start, b.end, "repeat", "page/copy", 0.95))
        elif score >= 0.5:
            spans.append(Span(b.start, b.end, block_label(b, named), RULE, score, why=(_because(kept[i], score),)))
    return spans, page.blocks[lead].text if lead is not None else facts.description


def _is_copy(page: Page, chances: Sequence[float], i: int) -> bool:
    """Whether the other blocks that stay say what a giant one says: eight of ten probes of it stand in them."""
    text = page.blocks[i].text
    others = " ".join(b.text for j, b in enumerate(page.blocks) if j != i and chances[j] >= KEPT)
    step = (len(text) - 40) // PROBES
    return sum(text[k * step : k * step + 40] in others for k in range(PROBES)) >= 0.8 * PROBES


def _score(chance: float) -> float:
    """A probability of staying as a span's score: .8, where Config strips by default, at the model's threshold of .5."""
    score = 0.8 + 0.4 * (0.5 - chance) if chance < KEPT else 1.6 * (1.0 - chance)
    return round(min(max(score, 0.0), 1.0), 4)


def _because(kept: float, score: float) -> str:
    trafilatura = "kept it" if kept >= KEPT else "left it out"
    return f"trafilatura {trafilatura}; the block model {'left it out' if score >= 0.8 else 'has its doubts'}"


def _standfirst(page: Page, first: int, facts: Metadata) -> int | None:
    """The block above the text that is the page's own summary, by its words or by the name of its element."""
    summary = set(core(facts.description or "").split())
    for i, b in enumerate(page.blocks[: first + 1]):
        words = core(b.text).split()
        if len(words) < 6 or b.linked * 2 > len(b.text) or b.has("nav"):
            continue
        if len(summary) >= 6 and len(summary & set(words)) >= 0.8 * min(len(summary), len(set(words))):
            return i
        if i < first and not _LEADS.isdisjoint(names_of(b.outer)) and not b.has("heading"):
            return i
    return None


def _credits(page: Page, found: Sequence[Span]) -> tuple[str, ...]:
    """The credits of pictures: short lines in figures, or of elements so named, that name a maker."""
    labels = {s.start: s.label for s in found if s.score >= 0.8 and s.label in ("credit", "caption")}
    named = [
        b.text
        for b in page.blocks
        if b.start in labels and len(b.text) <= 160 and (labels[b.start] == "credit" or _CREDIT.search(b.text))
    ]
    return tuple(dict.fromkeys(named))[:CREDITS]
