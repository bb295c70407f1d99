"""Dates: the day in a timestamp line, for the forms that cannot be misread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import regex

__all__ = ["iso_date"]

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_FORMS: Final = tuple(
    regex.compile(form, regex.IGNORECASE)
    for form in (
        r"\b(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?!\d)",
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
    found = (m for form in _FORMS for m in form.finditer(text))
    days = ((m.start(), _day(m.groupdict())) for m in found)
    return min(((start, day) for start, day in days if day), default=(0, None))[1]


def _day(named: Mapping[str, str]) -> str | None:
    month = int(named["number"]) if "number" in named else _MONTHS.index(named["month"][:3].casefold()) + 1
    try:
        return date(int(named["year"]), month, int(named["day"])).isoformat()
    except ValueError:
        return None  # February 30
