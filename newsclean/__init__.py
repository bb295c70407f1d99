"""newsclean: strip spam and site chrome from news text, and see whose word an article is.

>>> import newsclean as nc
>>> print(nc.clean("The bridge reopened on Monday after two years.\\n\\nREAD MORE: Ferry ends its last season"))
The bridge reopened on Monday after two years.

Everything newsclean removes is a :class:`Span` over the untouched source; see :func:`annotate`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

from newsclean.article import Article
from newsclean.config import Config, Limits
from newsclean.detectors.sites import Sites
from newsclean.errors import InputError, LimitError, MissingExtra, ModelError, NewscleanError, RuleError
from newsclean.evidence import Attribution, Issue, Rated, Scorecard, Signal
from newsclean.pipeline import Cleaner
from newsclean.ratings import Rating, Ratings, load_ratings
from newsclean.rules import Rule, RulePack
from newsclean.scoring import outlet_score, scorecard
from newsclean.segment import Paragraph, segment
from newsclean.sourcegraph import SourceGraph
from newsclean.spans import LABELS, SPAM, Span
from newsclean.tracing import trace
from newsclean.version import __version__

__all__ = [
    "LABELS", "SPAM", "Article", "Attribution", "Cleaner", "Config", "InputError", "Issue", "LimitError", "Limits",
    "MissingExtra", "ModelError", "NewscleanError", "Paragraph", "Rated", "Rating", "Ratings", "Rule", "RuleError",
    "RulePack", "Scorecard", "Signal", "Sites", "SourceGraph", "Span", "__version__", "annotate", "attributions", "clean",
    "extract", "load_ratings", "off_topic", "outlet_score", "score", "strip_chrome", "strip_spam", "trace",
]  # fmt: skip


def clean(text: str, /, *, url: str | None = None, config: Config | None = None) -> str:
    """Text in, clean text out: the text without pasted adverts and the site's furniture.

    Parameters
    ----------
    text : an article as some scraper left it, a line or a blank-line block a paragraph; any language, any length.
    url : where it came from, if known; it is never opened.
    config : see :class:`Config`.

    Returns
    -------
    The source minus whole lines and inline stretches; what is left is not changed in any character, and cleaning it
    again changes nothing.  Text that would be left nearly empty comes back whole (:func:`annotate` says why).

    Raises
    ------
    InputError : ``text`` is no ``str``.

    It does not correct spelling or encoding (ftfy does) and runs no attribution and no score.

    >>> clean("Rain fell on the harbour town.\\nAdvertisement\\nIt stopped at noon.")
    'Rain fell on the harbour town.\\nIt stopped at noon.'
    """
    return _cleaner(config or Config()).strip(text, url=url).text


def annotate(text: str, /, *, url: str | None = None, config: Config | None = None) -> Article:
    """The same as :func:`clean`, with all its evidence: an :class:`Article`.

    >>> article = annotate("Rain fell on the harbour town.\\nAdvertisement\\nIt stopped at noon.")
    >>> [(article.source[s.start : s.end], s.label, s.rule) for s in article.removed()]
    [('Advertisement\\n', 'ad_label', 'ads/advertisement')]
    """
    return _cleaner(config or Config())(text, url=url)


def extract(html: str | bytes, /, *, url: str | None = None, config: Config | None = None) -> Article:
    """A page of HTML in, its article out: text, headline, byline, date and all evidence as an :class:`Article`.

    trafilatura (Barbaresi, ACL 2021) reads the page, the block model gives a second opinion on every paragraph, and
    what is left walks the same way as text does.

    Parameters
    ----------
    html : a page or a fragment; bytes may be gzip'd and in any encoding.
    url : where it came from, if known; it is never opened.
    config : see :class:`Config`; ``title`` and ``standfirst`` say whether these stay in the text.

    Returns
    -------
    ``source`` is the visible text of the page, block by block, and ``text`` what is left of it: every block that went
    can be restored.  The headline is ``.title`` only.  ``.byline``, ``.date``, ``.site``, ``.language``, ``.section``
    and ``.standfirst`` are what the page states in JSON-LD, Open Graph and other meta tags; where two places differ, an
    issue ``metadata_conflict`` says so.  An issue ``not_an_article`` marks an index, a shop, a forum, a wall, an error.

    Raises
    ------
    InputError : ``html`` is neither ``str`` nor ``bytes``.

    It runs no script, opens no URL and keeps nothing for the next call.

    >>> page = "<title>Bus saved</title><nav><a href=/>Home</a></nav><article><h1>Bus saved</h1>" + "".join(
    ...     f"<p>The number {n} bus will run for {n} more years, the county council said on Monday.</p>" for n in range(5))
    >>> article = extract(page)
    >>> article.title, "Home" in article.source, "Home" in article.text, article.text.count("council")
    ('Bus saved', True, False, 5)
    """
    return _cleaner(config or Config()).extract(html, url=url)


def score(
    text_or_article: str | Article,
    /,
    *,
    url: str | None = None,
    config: Config | None = None,
    ratings: Ratings | None = None,
) -> Scorecard:
    """The scorecard of a text or of an article: some forty signals, each with its places, and a score in [0, 1] of them.

    A score is evidence about sourcing, never a verdict about truth.  It was fitted on outlets: over ten articles or more
    it says something about one (README, "Figures"), of a single article very little.

    Parameters
    ----------
    text_or_article : a text, which is annotated first, or what :func:`annotate` or ``extract`` made.
    url : where it came from, if known; it is never opened.
    config : see :class:`Config`; used for a text only.  With ``attribution="off"`` it is read as if it cited nobody.
    ratings : a table of :func:`load_ratings`; what it says of the publisher and of each cited outlet then stands in
        ``Scorecard.ratings``, beside the signals and never in the score.

    Returns
    -------
    A scorecard; its score is None for fewer than 120 words of prose and for other languages than English.

    Raises
    ------
    InputError : neither text nor article, or ``ratings`` that are no :class:`Ratings`.

    >>> card = score("Rain fell on the harbour town.")
    >>> print(card.score, card.note)
    None 0 words of prose, fewer than 120
    """
    article = text_or_article
    if not isinstance(article, Article):
        article = _cleaner((config or Config()).replace(score="off"))(article, url=url)
    return scorecard(article, url=url, ratings=ratings)


def attributions(text: str, /) -> tuple[Attribution, ...]:
    """Every place where an article hands its word to somebody: who, by what words, what was said.

    The same as ``annotate(text).attributions``: stripped teasers and adverts never count, offsets are of ``text``.
    English is read by rules and a tagger (trained on PolNeAR, Newell, Margolin and Ruths, LREC 2018); German, French,
    Spanish, Portuguese and Italian by rules; other languages for datelines, credits and post URLs alone.  It does not
    judge whether what was said is true, nor whether the quotation is exact.

    >>> (found,) = attributions("“It is over,” said Dana Wirth, a spokeswoman for the pilots' union, on Monday.")
    >>> found.name, found.type, found.naming, found.directness
    ('Dana Wirth', 'ngo_advocacy', 'named', 'direct')
    """
    return annotate(text).attributions


def strip_spam(text: str, /) -> str:
    """The text without adverts and injected promotion only (the labels in :data:`SPAM`); furniture stays.

    >>> strip_spam("Rain fell on the harbour town.\\nAdvertisement\\nShare on Facebook")
    'Rain fell on the harbour town.\\nShare on Facebook'
    """
    return clean(text, config=Config(drop=SPAM))


def off_topic(text: str, /) -> tuple[Paragraph, ...]:
    """The paragraphs that do not belong to their article, each with its score: pasted adverts, other stories' prose.

    A score of .8 or more is what :func:`clean` strips (one content paragraph of clean news in a thousand has it),
    from .5 on it is only flagged (one in 400).  English; documents of fewer than five paragraphs of prose, live blogs
    and round-ups are not judged.  :func:`annotate` says so, and what moved each finding (``Span.why``).

    >>> off_topic("Rain fell on the harbour town.")
    ()
    """
    spans = {(s.start, s.end): s for s in _cleaner(_FLAGS)(text).spans if s.rule == "model/offtopic"}
    places = ((p, spans.get((p.start, p.end))) for p in segment(text))
    return tuple(replace(p, labels=(s.label,), score=s.score) for p, s in places if s is not None)


def strip_chrome(text: str, /) -> str:
    """The text without the site's own furniture only: everything :func:`clean` strips but the labels in :data:`SPAM`.

    >>> strip_chrome("Rain fell on the harbour town.\\nAdvertisement\\nShare on Facebook")
    'Rain fell on the harbour town.\\nAdvertisement'
    """
    return clean(text, config=Config(drop=frozenset(LABELS) - SPAM - {"title"}, models="off"))


_FLAGS: Final = Config(drop=frozenset(), attribution="off")
"""Nothing leaves the text, so that spans lie on whole paragraphs."""


@lru_cache(maxsize=8)
def _cleaner(config: Config) -> Cleaner:
    """Cleaners hold no state, so equal configurations share one."""
    return Cleaner(config)
