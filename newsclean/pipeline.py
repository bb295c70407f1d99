"""The way through the house: source → segment → detect → decide → Article → attribute → score."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice, repeat
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from newsclean.article import Article
from newsclean.attribution.find import attributed
from newsclean.attribution.markers import social_posts
from newsclean.config import Config
from newsclean.dates import iso_date
from newsclean.decide import guard
from newsclean.detect import Detectors, sure
from newsclean.detectors.furniture import RULE as FURNITURE
from newsclean.detectors.shape import is_prose, word_count
from newsclean.detectors.sites import RULE as REPEATED
from newsclean.detectors.sites import Sites
from newsclean.errors import InputError, LimitError
from newsclean.evidence import Issue
from newsclean.extraction import assembled, extracted
from newsclean.html import trafilatura_version
from newsclean.language import guess_language
from newsclean.persist import models_dir, read_card
from newsclean.scoring import scorecard
from newsclean.version import __version__

__all__ = ["Cleaner"]

SPOKEN: Final = 4
"""Words from which a kept line is read for whose word it is."""
TAGGED: Final = 3
"""Closing tags of paragraphs and boxes from which a text is HTML that was given as text."""


class Cleaner:
    """Cleans texts under one configuration.  Picklable and safe to share between threads.

    Rules are compiled at first use and shared by all cleaners of a process that have the same ones; a call leaves
    nothing behind for the next.

    Parameters
    ----------
    config : a :class:`Config`; the default strips everything that newsclean is sure of.
    sites : what :meth:`fit` learned, of this cleaner or another.

    >>> clean = Cleaner()
    >>> article = clean("The bridge reopened on Monday after two years.\\n\\nREAD MORE: Ferry ends its last season")
    >>> article.text
    'The bridge reopened on Monday after two years.'
    >>> [(s.label, s.rule) for s in article.removed()]
    [('teaser', 'teaser/read-more')]
    """

    def __init__(self, config: Config | None = None, *, sites: Sites | None = None) -> None:
        if config is not None and not isinstance(config, Config):
            raise InputError(f"Cleaner takes a Config, not {type(config).__name__}")
        self.config = config or Config()
        self.sites = sites or Sites()

    def __getstate__(self) -> dict[str, Config | Sites]:
        return {"config": self.config, "sites": self.sites}  # matchers are made again where they are needed

    @cached_property
    def _detectors(self) -> Detectors:
        return Detectors(self.config, self.sites)

    @cached_property
    def _page_detectors(self) -> Detectors:
        """Those for what the block model left of a page."""
        return Detectors(self.config, self.sites, lines=False)

    def fit(self, texts: Iterable[str], /, *, urls: Iterable[str | None] | None = None) -> Cleaner:
        """A cleaner that also knows what repeats over the pages of a site; this one stays as it is.

        ``texts`` are whole pages or articles, read once and kept as hashes only; ``urls`` say which site each is of,
        and without them all are of one.  From three different pages of a site on, a line that stands on two of them,
        or a paragraph on three, goes with the site's furniture unless the line model is sure that it is the
        article's.  What was learned before is kept; ``cleaner.sites | other.sites`` joins what two have learned, and
        :class:`~newsclean.detectors.sites.Sites` has ``save`` and ``load``.

        >>> pages = [f"Harbour Courier\\nFind a boat\\n{story}" for story in ("Rain fell.", "It stopped.", "It snowed.")]
        >>> print(Cleaner().fit(pages)("Harbour Courier\\nFind a boat\\nA dog barked on the pier.").text)
        A dog barked on the pier.

        Raises InputError for what is no text, and where there are more or fewer URLs than texts.
        """
        learned = Sites()
        try:
            for text, url in zip(texts, repeat(None) if urls is None else urls, strict=urls is not None):
                if not isinstance(text, str):
                    raise InputError(f"newsclean learns from text (str), not {type(text).__name__}")
                learned.learn(text, _host(url))
        except ValueError as error:
            raise InputError(f"as many urls as texts are needed: {error}") from error
        return Cleaner(self.config, sites=self.sites | learned)

    def __repr__(self) -> str:
        return f"Cleaner({self.config!r})"

    def __call__(self, text: str, /, *, url: str | None = None) -> Article:
        """The article of a text: what is left of it, what went and why.

        ``url`` lets rules confined to a site speak; it is not opened.  Raises InputError for what is no ``str`` and,
        with ``on_error="raise"``, LimitError for a text longer than ``limits.max_chars``.
        """
        return self._scored(self._annotated(self._stripped(text, url=url, explained=True)))

    def strip(self, text: str, /, *, url: str | None = None) -> Article:
        """The same without attributions, language and explanations: all that ``clean`` needs."""
        return self._stripped(text, url=url, explained=False)

    def extract(self, html: str | bytes, /, *, url: str | None = None) -> Article:
        """The article of a page of HTML: see :func:`newsclean.extract`."""
        page = extracted(html, self.config, url=url)
        left = page.left
        inner = self._stripped(left, url=url, explained=True, page=True) if left.strip() else None
        facts = page.facts
        article = replace(
            assembled(page, inner), url=facts.url or url, version=self._html_version, language=facts.language
        )
        article = self._annotated(article)
        if article.language != (facts.language or article.language):
            article = replace(article, language=facts.language)
        return self._scored(article)

    def _scored(self, article: Article) -> Article:
        return replace(article, scorecard=scorecard(article)) if self.config.score == "on" else article

    def _stripped(self, text: str, *, url: str | None, explained: bool, page: bool = False) -> Article:
        """The article of a text, or of what the block model left of a page."""
        if not isinstance(text, str):
            raise InputError(f"newsclean takes text (str), not {type(text).__name__}; decode bytes first")
        limit = self.config.limits.max_chars
        if len(text) > limit:
            detail = f"{len(text)} code points, more than max_chars={limit}; the text was left as it is"
            if self.config.on_error == "raise":
                raise LimitError(detail)
            return Article(text, url=url, issues=(Issue("too_long", detail),), version=self.version)
        detectors = self._page_detectors if page else self._detectors
        rules = detectors.rules(_host(url))
        first = detectors.look(text, rules, explained=explained)
        if not first.paragraphs:
            issue = Issue("empty", "the text has no paragraph")
            return Article(text, url=url, issues=(issue,), version=self.version)
        spans, again = detectors.until_nothing_leaves(text, first, rules)
        spans, issues = guard(text, spans, self.config, pages=(FURNITURE, REPEATED))
        walled = detectors.wall(first, rules)
        known = sure(first.spans, self.config)  # what is only suspected tells nothing
        byline = next(iter(rules.said("name", known)), None)
        dates = (iso_date(s.value) for s in rules.said("when", known))
        sites = Counter(s.value for s in rules.said("site", known))
        return Article(
            text,
            spans=tuple(spans),
            title=first.title.line if first.title else None,
            byline=byline.value if byline else None,
            date=next((d for d in dates if d), None),
            site=sites.most_common(1)[0][0] if sites else None,
            url=url,
            issues=(*walled, *issues, *first.issues, *rules.issues, *again, *(() if page else _tagged(text))),
            version=self.version,
        )

    @cached_property
    def version(self) -> str:
        """What makes the articles: newsclean's version, the digest of the rules, those of the models."""
        asked = {
            "furniture": self.config.models == "on",
            "offtopic": self.config.models == "on",
            "attribution": self._level == "full",
        }
        models = [
            f"{name}={read_card(models_dir() / name)['digest'][:8] if on else 'off'}" for name, on in asked.items()
        ]
        return " ".join([f"newsclean={__version__}", f"rules={self.config.rules.digest}", *models])

    @property
    def _level(self) -> Literal["full", "rules", "off"]:
        """How much work goes into attributions: no model means no tagger."""
        return "rules" if self.config.attribution == "full" and self.config.models == "off" else self.config.attribution

    @cached_property
    def _html_version(self) -> str:
        blocks = read_card(models_dir() / "blocks")["digest"][:8] if self.config.models == "on" else "off"
        return f"{self.version} blocks={blocks} trafilatura={trafilatura_version()}"

    def pipe(
        self, texts: Iterable[str | tuple[str, str | None]], /, *, n_jobs: int = 1, batch_size: int = 256
    ) -> Iterator[Article]:
        """An article for each text, in order, as they come: the input may be endless.

        ``texts`` yields texts or pairs ``(text, url)``.  ``n_jobs`` processes (joblib's meaning: -1 is every core)
        take ``batch_size`` texts at a time.  An item that is no text gives an empty article with the issue
        ``bad_input``, so that the n-th article always belongs to the n-th item; with ``on_error="raise"`` it raises.
        """
        if batch_size < 1:
            raise InputError(f"batch_size is at least 1, not {batch_size}")
        return self._pipe(texts, n_jobs, batch_size)

    def _pipe(self, texts: Iterable[Any], n_jobs: int, batch_size: int) -> Iterator[Article]:
        if n_jobs == 1:
            for item in texts:
                yield self._one(item)
            return
        from joblib import Parallel, delayed

        parallel = Parallel(n_jobs=n_jobs, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
        for articles in parallel(delayed(_work)(self, batch) for batch in _batches(texts, batch_size)):
            yield from articles

    def _one(self, item: Any) -> Article:
        text, url = item if isinstance(item, tuple) and len(item) == 2 else (item, None)
        try:
            return self(text, url=url)
        except Exception as error:  # one bad item must not lose the batch
            if self.config.on_error == "raise":
                raise
            code = "bad_input" if isinstance(error, InputError) else "failed"
            source = text if isinstance(text, str) else ""
            return Article(source, issues=(Issue(code, f"{type(error).__name__}: {error}"),), version=self.version)

    def _annotated(self, article: Article) -> Article:
        if not article.source:
            return article
        level = self._level
        if level == "off" and article.language:
            return article
        article = replace(article, language=guess_language(article.text))
        if level == "off":
            return article
        kept = [p for p in article.paragraphs() if p.kept and (is_prose(p.text) or word_count(p.text) >= SPOKEN)]
        found = [
            *social_posts(article.source, article.spans),
            *attributed(article.source, kept, level=level, language=article.language),
        ]
        return replace(article, attributions=tuple(sorted(found, key=lambda a: (a.cue, a.source))))


def _tagged(text: str) -> Iterator[Issue]:
    """An issue for HTML that was given as text: tags are stripped from it, but nobody reads what they say."""
    if text.count("</p>") + text.count("</div>") >= TAGGED:
        yield Issue("markup", "this looks like HTML, which newsclean.extract reads; here it was read as text")


def _host(url: str | None) -> str | None:
    """The host of a URL without ``www.``; None for what has none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _work(cleaner: Cleaner, batch: Sequence[Any]) -> list[Article]:
    """A batch in a worker process."""
    return [cleaner._one(item) for item in batch]
