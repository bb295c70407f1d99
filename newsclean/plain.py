"""Plain: the patterns of rules for Python's own ``re``, which is two to four times as fast as ``regex``.

Rules are written for ``regex``: it knows ``\\p{Lu}``, looks behind over any distance and stops at a timeout.  On a line
of plain characters (Latin letters, digits, the usual punctuation and symbols) most patterns say the same in ``re``
once the classes of Unicode are spelled out, so such a line is asked there; ``regex`` keeps all other lines.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from functools import cache, lru_cache
from typing import Final

__all__ = ["PLAIN", "in_plain", "is_plain"]

PLAIN: Final = (
    "\x00-\x7f\xa0-\xb1\xb4\xb6-\xb8\xba\xbb\xbf-\u012f\u0132-\u0137\u0139-\u0148\u014a-\u017e"
    "\u2010-\u2027\u2030-\u203e\u2041-\u2053\u20a0-\u20bf\u2122\u2190-\u23ff\u2500-\u2775\u2794-\u27bf"
)
"""What both libraries see alike, as ranges: without µ, the dotless i, the long s, superscripts, fractions and the like."""
_OTHER = re.compile(f"[^{PLAIN}]")
_NOBODY: Final = "\U0010ffff"
"""Stands in a class that has no plain character."""
_CLASSES: Final = frozenset({"L", "Lu", "Ll", "M", "N", "Nd", "P", "S", "Sc"})
_CASED: Final = frozenset({"Lu", "Ll"})
_SPACES: Final = r" \t\n\r\f\v\xa0"
_TOKEN = re.compile(
    r"""\[(?P<set>\^?\]?(?:\\.|[^\]\\])*)\]
        | (?P<escape>\\(?:[pP]\{[^}]*\}|.))
        | (?P<open>\((?:\?(?:<?[=!]|[:>|]|P?<\w+>|P=\w+|[a-z-]+:?)?)?)
        | (?P<close>\))""",
    re.VERBOSE | re.DOTALL,
)
_MEMBER = re.compile(r"\\(?:[pP]\{[^}]*\}|.)|\[", re.DOTALL)


def is_plain(line: str, /) -> bool:
    """Whether a line holds plain characters alone.

    >>> is_plain("Read more: “Où?” – €5 ►"), is_plain("Читать")
    (True, False)
    """
    return line.isascii() or _OTHER.search(line) is None


@lru_cache(maxsize=1024)
def in_plain(pattern: str, /) -> re.Pattern[str] | None:
    """A pattern written for ``regex`` that says the same of plain lines in ``re``, without regard to case; None where
    ``re`` cannot say it.

    >>> told = in_plain(r"(?-i:\\p{Lu})[\\p{L}.]{1,9}")
    >>> told.pattern.startswith("(?-i:[A-ZÀ-Ö") and told.fullmatch("Ærø.") is not None
    True
    >>> in_plain(r"(?<=a{1,2})b") is None
    True
    """
    ignores = [True]
    """Whether case is ignored, in the group at hand and those around it."""

    def told(token: re.Match[str]) -> str:
        if token["open"] is not None:
            ignores.append(_ignores_case(token["open"], outside=ignores[-1]))
        elif token["close"] is not None:
            ignores.pop()
        elif token["escape"] is not None:
            return _escaped(token["escape"], ignores[-1])
        elif token["set"] is not None:
            return f"[{_members(token['set'], ignores[-1])}]"
        return token.group()

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of what a later version of re will read otherwise
            return re.compile(_TOKEN.sub(told, pattern), re.IGNORECASE)
    except (re.error, Warning, _UntoldError):
        return None


class _UntoldError(Exception):
    """``re`` has no words for it."""


def _ignores_case(opening: str, *, outside: bool) -> bool:
    flags = opening.removeprefix("(?").removesuffix(":")
    if flags in ("i", "-i") and opening.endswith(":"):
        return flags == "i"
    if flags and flags.strip("-").isalpha() and not opening.startswith("(?P"):
        raise _UntoldError
    return outside


def _escaped(escape: str, ignores: bool) -> str:
    """An escape outside of a set."""
    if escape[1] in "pP":
        return f"[{'^' if escape[1] == 'P' else ''}{_property(escape, ignores)}]"
    return {r"\s": f"[{_SPACES}]", r"\S": f"[^{_SPACES}]"}.get(escape, escape)


def _members(inside: str, ignores: bool) -> str:
    """What stands between the brackets of a set."""

    def told(member: re.Match[str]) -> str:
        one = member.group()
        if one == "[" or one.startswith(r"\p"):
            return r"\[" if one == "[" else _property(one, ignores)
        if one in (r"\S", r"\P") or one.startswith(r"\P"):
            raise _UntoldError
        return _SPACES if one == r"\s" else one

    if "[:" in inside:
        raise _UntoldError
    return _MEMBER.sub(told, inside)


def _property(escape: str, ignores: bool) -> str:
    name = escape[3:-1]
    if name not in _CLASSES:
        raise _UntoldError
    return _ranges(_CASED if ignores and name in _CASED else frozenset({name}))


@cache
def _ranges(names: frozenset[str]) -> str:
    """The plain characters of these classes, as the ranges of a set."""
    ranges: list[list[int]] = []
    for code in (code for code in range(0x27C0) if is_plain(chr(code))):
        category = unicodedata.category(chr(code))
        if names.isdisjoint((category, category[0])):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{_quoted(a)}-{_quoted(b)}" for a, b in ranges) or _NOBODY


def _quoted(code: int) -> str:
    return re.escape(chr(code)) if code < 128 else chr(code)
