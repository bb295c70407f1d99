"""The error tree: everything newsclean raises on purpose.

Errors are for the caller's mistakes (a rule that cannot be proved, an argument of the wrong type).  What is
doubtful about a *text* is never an error: it comes back as an :class:`~newsclean.Issue` on the article.
"""

from __future__ import annotations

__all__ = ["InputError", "LimitError", "MissingExtra", "ModelError", "NewscleanError", "RuleError"]


class NewscleanError(Exception):
    """Base of every error that newsclean raises on purpose.

    >>> issubclass(RuleError, NewscleanError)
    True
    """


class RuleError(NewscleanError, ValueError):
    """A rule or a rule pack that cannot be loaded, or whose examples do not prove it."""


class ModelError(NewscleanError, ValueError):
    """A model file that is missing, damaged (digest) or of a version this newsclean cannot read."""


class InputError(NewscleanError, ValueError):
    """An argument of the wrong type or shape: not text, not a sample, not an article's dict."""


class LimitError(NewscleanError, ValueError):
    """A limit of :class:`~newsclean.Config` was reached and ``on_error="raise"`` asked to hear of it."""


class MissingExtra(NewscleanError, ImportError):
    """An optional package is needed and not installed; the message names the extra to install.

    >>> print(MissingExtra("pyarrow", extra="arrow"))
    pyarrow is not installed: pip install 'newsclean[arrow]'
    """

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(f"{package} is not installed: pip install 'newsclean[{extra}]'")
        self.package = package
        self.extra = extra

    def __reduce__(self) -> tuple[object, ...]:
        return _missing_extra, (self.package, self.extra)


def _missing_extra(package: str, extra: str) -> MissingExtra:
    """Rebuild a MissingExtra that crossed a process boundary (its constructor is keyword-only)."""
    return MissingExtra(package, extra=extra)
