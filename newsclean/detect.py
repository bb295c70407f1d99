"""Detect: every detector in order, each seeing what those before it found; and again after something left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import nlargest
from typing import Final

from newsclean.config import Config
from newsclean.decide import decide
from newsclean.detectors.captions import captions
from newsclean.detectors.closing import closing
from newsclean.detectors.cuts import MANY
from newsclean.detectors.deliberate import left_alone
from newsclean.detectors.furniture import PAGES, FurnitureModel, furniture
from newsclean.detectors.genre import listings
from newsclean.detectors.headline import followers, other_headlines, site_names
from newsclean.detectors.joins import joins
from newsclean.detectors.margins import margins
from newsclean.detectors.offtopic import explain, gather, judge
from newsclean.detectors.repeat import flattened, repeats
from newsclean.detectors.runs import runs
from newsclean.detectors.shape import is_prose, touched
from newsclean.detectors.sites import Sites, site_spans
from newsclean.detectors.strip import STRONG, WEAK, Rules
from newsclean.detectors.threads import threads
from newsclean.detectors.title import SURE as TITLED
from newsclean.detectors.title import find_title
from newsclean.evidence import Issue
from newsclean.language import READ, guess_language
from newsclean.matching import Matcher, compile_rules
from newsclean.rules import RulePack
from newsclean.segment import Paragraph, segment
from newsclean.spans import Span, cut, gaps, in_order

__all__ = ["Detectors", "Found", "Sight", "placed", "sure"]

ROUNDS: Final = 8
"""How often a text is looked at again after something left it; two are almost always enough."""

SURE: Final = 0.8
"""The score from which the off-topic model takes a line for stripped."""

TELLING: Final = 4
"""Paragraphs by which the language of a text is told."""

KNOWN: Final = 8
"""Lines that rules know at least a word of, on a page that has none of the labels of its top and bottom."""

FEW: Final = 2
"""With a wall's words on it and fewer paragraphs of prose than this left, a page is no article."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is known of a text before its headline is: spans of the rules, and of the lines that are the page's."""

    paragraphs: tuple[Paragraph, ...]
    found: tuple[Span, ...]
    foreign: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What one look at a text found."""

    paragraphs: tuple[Paragraph, ...]
    spans: tuple[Span, ...]
    title: Paragraph | None
    issues: tuple[Issue, ...]
    judged: tuple[str, ...]


class Detectors:
    """The detectors under one configuration; rules are compiled at first use, a set for each language.

    Without ``lines`` they speak of what the block model left of a page, which has judged every line by more than its
    words.  So the line model is not asked (on 85 pages of fundus it found 13 words more, elsewhere none), and the
    off-topic model of news alone (on 84 other pages it stripped nothing).  ``model`` stands in for the line model that
    ships, where pages are judged that it was made of.

    >>> from newsclean.config import Config
    >>> detectors = Detectors(Config(models="off"))
    >>> rules = detectors.rules(None)
    >>> [s.label for s in detectors.look("The ferry sank.\\nAdvertisement", rules).spans]
    ['ad_label']
    """

    def __init__(
        self, config: Config, sites: Sites | None = None, *, lines: bool = True, model: FurnitureModel | None = None
    ) -> None:
        self.config = config
        self.model = model
        self.sites = sites or Sites()
        self.lines = lines

    def rules(self, host: str | None) -> Rules:
        """The rules for one document of a site."""
        return Rules(self._matchers[None], host)

    def look(self, text: str, rules: Rules, *, before: tuple[str, ...] | None = None, explained: bool = False) -> Found:
        """Every detector once, in order: each sees what those before it found, and what the line model left.

        The model is not asked again about the very lines it was asked about ``before``.
        """
        sight = self.sight(text, rules)
        paragraphs, found, foreign = sight.paragraphs, list(sight.found), sight.foreign
        headline = find_title(paragraphs, found, foreign=foreign) if self.lines else None  # a page has told its own
        title = headline.paragraph if headline else None
        alone = self._alone(sight, rules)
        if alone:
            doubted = set(alone)
            found = [replace(s, score=WEAK) if s in doubted else s for s in found]
        known = title if headline and headline.score >= TITLED else None
        gone = touched(paragraphs, foreign, least=SURE)
        near = [p for p, span in zip(paragraphs, gone, strict=True) if span is None or p is title]
        found += followers(near, found, rules.matcher.by_id, title=title)
        found += repeats(near, title=known)
        found += flattened(text, near)
        found += joins(near)
        found += other_headlines(near, found, title=title)
        found += runs(near, found, title=title)
        found += margins(near, found, title=known)
        found += threads(paragraphs, [*sight.found, *foreign])
        if sum(span is not None for span in gone) >= MANY:
            # A page has its photos' captions, what somebody has cleaned the credits alone.
            found += captions(paragraphs, [*found, *foreign], title=title)
        found += closing(text, near, found, rules.matcher.by_id) if self.lines else []
        names = [s.value for s in rules.said("site", sure(found, self.config))]
        found += site_names(near, found, names)
        found += foreign
        if headline is not None and title is not None:
            found = [s for s in found if (s.start, s.end) != (title.start, title.end)]
            found.append(Span(title.start, title.end, "title", "headline", headline.score))
        strange: list[Span] = []
        judged: tuple[str, ...] = ()
        issues: list[Issue] = []
        if self.config.models == "on":
            members, issues = gather(paragraphs, found + alone)
            judged = () if issues else tuple(p.text for p in members)
            if judged and judged != before:
                strange, issues = judge(members, news_only=not self.lines)
        if explained and strange:
            why = explain(paragraphs, found + strange)
            strange = [replace(s, why=why.get(s, ())) for s in strange]
        return Found(paragraphs, (*found, *strange), title, tuple(issues), judged)

    def sight(self, text: str, rules: Rules) -> Sight:
        """A text's paragraphs, what the rules find in them, and which lines are not the article's; rules say nothing of code."""
        paragraphs = segment(text)
        language = self._language(paragraphs)
        rules.use(self._matcher(language))
        listed = {(paragraphs[i].start, paragraphs[i].end) for i in listings(text, paragraphs)}
        found = _outside(rules(paragraphs), listed)
        is_page = self._may_be_page(found, language)
        return Sight(paragraphs, found, tuple(self._foreign(text, paragraphs, found, rules.host, is_page=is_page)))

    def _alone(self, sight: Sight, rules: Rules) -> list[Span]:
        """What the rules found and the text's author may have left on purpose; never on what is known to be a page."""
        if not self.lines or self.config.profile == "page":
            return []
        return left_alone(sight.found, sure([*sight.found, *sight.foreign], self.config), rules.matcher.by_id)

    def _may_be_page(self, found: Sequence[Span], language: str | None) -> bool:
        """Whether enough lines of a text are known to the rules for a page, if these speak its language.

        Of 3,500 pages that the line model told, 14 have fewer and no label of a page's top or bottom, five of them in languages
        without rules; so have five of the fifteen texts by extractors that it took for pages.
        """
        if language not in self._spoken or len({s.start for s in found}) >= KNOWN:
            return True
        return any(s.score >= STRONG and s.label in PAGES for s in found)

    @cached_property
    def _spoken(self) -> frozenset[str | None]:
        """The languages of the rules, when these are all that ship: without them nothing is known of a page."""
        rules = self.config.rules
        all_there = {r.id for r in RulePack.builtin()} <= {r.id for r in rules}
        return frozenset({"en", *(r.lang for r in rules)} - {None}) if all_there else frozenset()

    def _foreign(
        self,
        text: str,
        paragraphs: Sequence[Paragraph],
        found: Sequence[Span],
        host: str | None,
        *,
        is_page: bool,
    ) -> list[Span]:
        """The lines that are the page's and not the article's, by the line model and by the site's other pages."""
        seen = self.sites.seen(paragraphs, host) if self.sites else ()
        if self.config.models == "off" or not (self.lines or any(seen)):
            return list(site_spans(paragraphs, seen))
        read = self.model.spans if self.model else furniture
        profile = self.config.profile if is_page or self.config.profile == "page" else "article"
        return read(text, paragraphs, found, profile=profile, seen=seen)

    def until_nothing_leaves(self, text: str, first: Found, rules: Rules) -> tuple[list[Span], list[Issue]]:
        """The spans of a text after which another look removes nothing, so that cleaning twice is cleaning once."""
        spans = decide(text, first.paragraphs, first.spans, self.config)
        rest = self.config.replace(title="keep")
        judged = first.judged
        for _ in range(ROUNDS):
            removed = sorted([s for s in spans if s.removes], key=in_order)
            if not removed:
                return spans, []
            left = cut(text, ((s.start, s.end) for s in removed))
            found = self.look(left, rules, before=judged)
            judged = found.judged
            more = [s for s in decide(left, found.paragraphs, found.spans, rest) if s.removes]
            if not more:
                return spans, []
            spans += placed(more, removed, len(text))
        return spans, [Issue("unsettled", f"{ROUNDS} rounds were not enough; cleaning again may remove more")]

    def wall(self, found: Found, rules: Rules) -> Iterator[Issue]:
        """An issue when a wall's words stand on a page with no article on it."""
        by_id = rules.matcher.by_id
        pages = [(s.rule, by_id[s.rule].page) for s in found.spans if s.rule in by_id and by_id[s.rule].page]
        if not pages:
            return
        known = {(s.start, s.end) for s in sure(found.spans, self.config) if s.label != "title"}
        prose = [p for p in found.paragraphs if is_prose(p.text) and (p.start, p.end) not in known]
        if len(prose) < FEW:
            rule, page = pages[0]
            yield Issue("not_an_article", f"this looks like a {str(page).replace('_', ' ')} page", rule)

    @cached_property
    def _matchers(self) -> dict[str | None, Matcher]:
        return {None: compile_rules(self.config.rules.rules)}

    @staticmethod
    def _language(paragraphs: Sequence[Paragraph]) -> str | None:
        """A text's language, if the longest paragraphs tell: a page begins with its menus."""
        longest = nlargest(TELLING, paragraphs, key=lambda p: len(p.text))
        return guess_language("\n".join(p.text[: READ // TELLING] for p in longest))

    def _matcher(self, language: str | None) -> Matcher:
        """The rules for a language and English, which chrome speaks everywhere; all of them if it is unknown."""
        if language not in self._matchers:
            spoken = (None, "en", language)
            self._matchers[language] = compile_rules(tuple(r for r in self.config.rules if r.lang in spoken))
        return self._matchers[language]


def _outside(spans: Sequence[Span], places: Collection[tuple[int, int]]) -> tuple[Span, ...]:
    """The spans over other lines than these."""
    return tuple([s for s in spans if (s.start, s.end) not in places] if places else spans)


def sure(spans: Iterable[Span], config: Config) -> list[Span]:
    """Those of the spans that reach their label's threshold."""
    found = list(spans)
    least = {label: config.threshold(label) for label in {s.label for s in found}}
    return [s for s in found if s.score >= least[s.label]]


def placed(spans: Iterable[Span], removed: Sequence[Span], length: int) -> Iterator[Span]:
    """Spans of a cut text as spans of its source, in pieces where something had left the middle of them."""
    at = 0
    kept = []
    for start, end in gaps(((s.start, s.end) for s in removed), length):
        kept.append((at, at + end - start, start - at))
        at += end - start
    for span in spans:
        for start, end, shift in kept:
            if start < span.end and span.start < end:
                yield span.moved(max(start, span.start) + shift, min(end, span.end) + shift)
