"""newsclean: strip spam and site chrome from news text, and see whose word an article is.

>>> import newsclean as nc
>>> print(nc.clean("The bridge reopened on Monday after two years.\\n\\nREAD MORE: Ferry ends its last season"))
The bridge reopened on Monday after two years.

Everything newsclean removes is a :class:`Span` over the untouched source; see :func:`annotate`.
"""

from __future__ import annotations

from functools import lru_cache

from newsclean.article import Article
from newsclean.config import Config, Limits
from newsclean.errors import InputError, LimitError, MissingExtra, ModelError, NewscleanError, RuleError
from newsclean.evidence import Attribution, Issue, Scorecard, Signal
from newsclean.pipeline import Cleaner
from newsclean.rules import Rule, RulePack
from newsclean.segment import Paragraph
from newsclean.spans import LABELS, SPAM, Span
from newsclean.version import __version__

__all__ = [
    "LABELS", "SPAM", "Article", "Attribution", "Cleaner", "Config", "InputError", "Issue", "LimitError", "Limits",
    "MissingExtra", "ModelError", "NewscleanError", "Paragraph", "Rule", "RuleError", "RulePack", "Scorecard", "Signal",
    "Span", "__version__", "annotate", "clean", "strip_chrome", "strip_spam",
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


def strip_spam(text: str, /) -> str:
    """The text without adverts and injected promotion only (the labels in :data:`SPAM`); furniture stays.

    >>> strip_spam("Rain fell on the harbour town.\\nAdvertisement\\nShare on Facebook")
    'Rain fell on the harbour town.\\nShare on Facebook'
    """
    return clean(text, config=Config(drop=SPAM))


def strip_chrome(text: str, /) -> str:
    """The text without the site's own furniture only: everything :func:`clean` strips but the labels in :data:`SPAM`.

    >>> strip_chrome("Rain fell on the harbour town.\\nAdvertisement\\nShare on Facebook")
    'Rain fell on the harbour town.\\nAdvertisement'
    """
    return clean(text, config=Config(drop=frozenset(LABELS) - SPAM - {"title"}))


@lru_cache(maxsize=8)
def _cleaner(config: Config) -> Cleaner:
    """Cleaners hold no state, so equal configurations share one."""
    return Cleaner(config)
