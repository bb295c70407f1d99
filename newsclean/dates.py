"""Dates: the day in a timestamp line, for the forms that cannot be misread."""

from __future__ import annotations

from datetime import date
from typing import Final

import regex

__all__ = ["iso_date"]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FORMS: Final = tuple(
    regex.compile(form, regex.IGNORECASE)
    for form in (
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})\b",
        rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)? {_MONTH},? (?P<year>\d{{4}})\b",
    )
)


def iso_date(text: str, /) -> str | None:
    """The first day named in a line, as ``YYYY-MM-DD``; None where there is none or its form is ambiguous.

    Reads ISO dates and English month names.  ``03/04/2024`` is March to some and April to others, so it is not read.

    >>> iso_date("Published 12:04 PM EDT, March 3, 2024"), iso_date("03/04/2024")
    ('2024-03-03', None)
    """
    for form in _FORMS:
        for m in form.finditer(text):
            named = m.groupdict()
            month = int(named["number"]) if "number" in named else _MONTHS.index(named["month"].lower()) + 1
            try:
                return date(int(named["year"]), month, int(named["day"])).isoformat()
            except ValueError:
                continue
    return None
