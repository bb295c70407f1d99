"""Plain: the patterns of rules for Python's own ``re``, which is two to four times as fast as ``regex``.

Rules are written for ``regex``: it knows ``\\p{Lu}``, looks behind over any distance and stops at a timeout.  On a line
of plain characters (Latin letters, digits, the usual punctuation and symbols) most patterns say the same in ``re``
once the classes of Unicode are spelled out, so such a line is asked there; ``regex`` keeps all other lines.  Chinese
letters, marks and emoji are what few patterns name, so that one character of each kind may stand in for them all; the
patterns that do name one (those of Japanese sites) are ``regex``'s too.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections import Counter
from functools import cache, lru_cache
from typing import Final

__all__ = ["PLAIN", "STOOD_FOR", "in_plain", "is_plain", "plainly"]

PLAIN: Final = (
    "\x00-\x7f\xa0-\xb1\xb4\xb6-\xb8\xba\xbb\xbf-\u012f\u0132-\u0137\u0139-\u0148\u014a-\u017e\u01a0\u01a1\u01af\u01b0\u01bb\u0391-\u03a1\u03a4-\u03a9\u03b1-\u03c1\u03c4-\u03c9\u0410-\u044f\u1ea0-\u1ef9"
    "\u2010-\u2027\u2030-\u203e\u2041-\u2053\u20a0-\u20bf\u2122\u2190-\u23ff\u2500-\u2775\u2794-\u27bf"
)
"""What both libraries see alike, as ranges: without µ, the dotless i, the long s, superscripts, fractions and the like."""
STOOD_FOR: Final = {
    "\u01bb": "\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3\u0904-\u0939\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9ffc\uac00-\ud7a3",
    "\u0663": "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19",
    "\u23db": "\xb2\xb3\xb9\xbc-\xbe\u2070\u2074-\u2079\u2080-\u2089\u2460-\u249b",
    "\u2460": "\u0300-\u0344\u0346-\u034e\u064b-\u0655\u093e-\u094d\ufe0e\ufe0f",
    "\u2461": "\u200c\u200d",
    "\u23da": (
        "\u060c\u061b\u061f\u200b\u2060\u2103\u27c0-\u27ff\u2b00-\u2b55\u3001-\u3003\u3008-\u3011\u3014-\u301b\u30fb\ue000-\uf8ff"
        "\uff01\uff08\uff09\uff0c\uff0e\uff1a\uff1b\uff1d\uff1f\uff5e\U0001f191-\U0001f19a\U0001f1e6-\U0001f1ff\U0001f300-\U0001f6d7\U0001f900-\U0001f9ff"
    ),
}
"""A stand-in, and the ranges for which it stands, in this order: letters without case (Hebrew to Hangul), digits, other
numbers, marks, joiners, and what is no part of a word.

``regex`` takes marks and joiners for parts of words, ``re`` does not; it takes numbers in circles so, which stand for them."""
_ALSO: Final = {"N": "\u0663\u23db", "Nd": "\u0663", "M": "\u2460"}
"""Stand-ins of a class that are not of it."""
_OTHER = re.compile(f"[^{PLAIN}]")
_STRANGE = re.compile(f"[^{PLAIN}{''.join(STOOD_FOR.values())}]")
_STOOD_FOR = tuple((re.compile(f"[{chars}]"), stand_in) for stand_in, chars in STOOD_FOR.items())
_NAMED = re.compile(rf"[{''.join(STOOD_FOR)}{''.join(STOOD_FOR.values())}]|\\[uUN1-9]|\(\?P=")
"""A pattern that names one of them, or refers back to a group, is left to ``regex``."""
_NOBODY: Final = "\U0010ffff"
"""Stands in a class that has no plain character."""
_CLASSES: Final = frozenset({"L", "Lu", "Ll", "M", "N", "Nd"})
_CASED: Final = frozenset({"Lu", "Ll"})
_SPACES: Final = r" \t\n\r\f\v\xa0"
_TOKEN = re.compile(
    r"""\[(?P<set>\^?\]?(?:\\.|[^\]\\])*)\]
        | (?P<escape>\\(?:[pP]\{[^}]*\}|.))
        | (?P<open>\((?:\?(?:<?[=!]|[:>|]|P?<\w+>|P=\w+|[a-z-]+:?)?)?)
        | (?P<close>\))""",
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(r"\(\?P?<(\w+)>")
_EACH = re.compile(r"\\(?:[pP]\{[^}]*\}|.)|.", re.DOTALL)
_MEMBER = re.compile(r"\\(?:[pP]\{[^}]*\}|.)|\[", re.DOTALL)


def is_plain(line: str, /) -> bool:
    """Whether a line holds plain characters alone.

    >>> is_plain("Read more: “Où?” – €5 ►"), is_plain("続き")
    (True, False)
    """
    return line.isascii() or _OTHER.search(line) is None


def plainly(line: str, /) -> str | None:
    """A line with stand-ins for what is not plain, of the same length; None where there are none.

    >>> plainly("Read more"), len(plainly("26 コメ 😀") or ""), plainly("ﬁne")
    ('Read more', 7, None)
    """
    if is_plain(line):
        return line
    if _STRANGE.search(line):
        return None
    for chars, stand_in in _STOOD_FOR:
        line = chars.sub(stand_in, line)
    return line


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
    if _NAMED.search(pattern):
        return None
    ignores = [True]
    """Whether case is ignored, in the group at hand and those around it."""
    names: Counter[str] = Counter()

    def told(token: re.Match[str]) -> str:
        if token["open"] is not None:
            ignores.append(_ignores_case(token["open"], outside=ignores[-1]))
            return _NAME.sub(lambda name: _numbered(name[1], names), token["open"])
        if token["close"] is not None:
            ignores.pop()
        elif token["escape"] is not None:
            made = _escaped(token["escape"], ignores[-1])
            return f"(?-i:{made})" if ignores[-1] and made[0] == "[" else made
        elif token["set"] is not None:
            made = f"[{_members(token['set'], ignores[-1])}]"
            return f"(?-i:{made})" if ignores[-1] and not _names_letters(token["set"]) else made
        return token.group()

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of what a later version of re will read otherwise
            return re.compile(_TOKEN.sub(told, pattern), re.IGNORECASE)
    except (re.error, Warning, _UntoldError):
        return None


def _numbered(name: str, names: Counter[str]) -> str:
    """The opening of a named group: in ``re`` a name may stand but once, so the second of its kind is ``NAME__1``."""
    names[name] += 1
    return f"(?P<{name}>" if names[name] == 1 else f"(?P<{name}__{names[name] - 1}>"


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


def _names_letters(inside: str) -> bool:
    """Whether a set names letters one by one; else what it holds it holds in both cases, and case need not be ignored:
    that takes ``re`` long, to compile and to match."""
    return any(len(one) == 1 and unicodedata.category(one) in _CASED for one in _EACH.findall(inside))


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
    made = "".join(f"{_quoted(a)}-{_quoted(b)}" for a, b in ranges)
    return made + "".join(_ALSO.get(name, "") for name in names) or _NOBODY


def _quoted(code: int) -> str:
    return re.escape(chr(code)) if code < 128 else chr(code)
