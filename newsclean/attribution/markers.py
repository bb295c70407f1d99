"""Markers that stand by themselves: post URLs on a line of their own, and datelines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

import regex

from newsclean.evidence import Attribution
from newsclean.segment import Paragraph
from newsclean.sources import dateline_forms
from newsclean.spans import Span

__all__ = ["datelines", "social_posts"]

_PLACE = r"\p{Lu}[\p{Lu}.'’/ -]{2,40}|\p{Lu}[\p{L}.'’-]{1,24}(?:[ /]\p{Lu}[\p{L}.'’-]{1,24}){0,3}"
LONGEST: Final = 240
"""The agency of a dateline stands before so many code points."""
_MONTH = r"\p{L}{3,9}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}\.? {_MONTH})(?:,? \d{{4}})?"
_BARE_DATELINE = regex.compile(
    rf"(?P<place>\p{{Lu}}[\p{{Lu}}.'’-]{{2,30}}(?: \p{{Lu}}[\p{{Lu}}.'’-]{{1,20}}){{0,3}})(?:, \p{{Lu}}[\p{{L}}. ]{{1,24}})?(?:, {_DAY})? ?[–—-]{{1,2}} (?=\S)"
)
_SIGNED = re.compile(r"[(/][^()/]{2,40}[)/]")
"""What every agency's signature looks like."""
_HANDLE = regex.compile(
    r"https?://(?:www\.|m\.|mobile\.)?(?:"
    r"(?:twitter|x)\.com/(?P<h>(?!i/)\w{1,20})/status|(?:tiktok\.com|threads\.(?:net|com))/@(?P<h>[\w.]{1,40})"
    r"|facebook\.com/(?P<h>[\w.-]{1,60})/(?:posts|videos|photos)|t\.me/(?P<h>\w{1,40})/\d"
    r"|instagram\.com/(?P<h>(?!p/|reel/|tv/)[\w.]{1,40})/(?:p|reel)/|bsky\.app/profile/(?P<h>[\w.-]{1,80})/post)",
    regex.IGNORECASE,
)


@cache
def _dateline() -> regex.Pattern[str]:
    """A dateline signed by an agency that the table of sources knows."""
    agency = "|".join(sorted(map(regex.escape, dateline_forms()), key=len, reverse=True))
    return regex.compile(
        rf"(?:(?P<place>{_PLACE})(?:, \p{{L}}[\p{{L}}. ]{{1,30}})?(?:, {_DAY})?|{_DAY}),? ?"
        rf"(?:\((?P<agency>{agency})\)|/(?P<agency2>{agency})/)\.? ?[-–—:_]{{1,2}} "
    )


def social_posts(source: str, spans: Iterable[Span]) -> Iterator[Attribution]:
    """An attribution of kind ``social_post`` for each post URL that stood alone: the cue is the URL, the source its handle.

    A URL that names no account (a shortened one, a video) has an empty source.
    """
    for span in spans:
        if span.label != "embed" or not span.rule.endswith("/post-url"):
            continue
        start = source.find("http", span.start, span.end)
        if start < 0:
            continue
        end = start + len(source[start : span.end].split(maxsplit=1)[0])
        m = _HANDLE.match(source, start, end)
        handle = m["h"] if m else None
        yield Attribution(
            source=(m.span("h"),) if m else (),
            cue=((start, end),),
            content=(),
            text=handle or "",
            name=handle,
            kind="social_post",
            type="social_media",
            naming="named" if handle else "none",
            directness=None,
            stance="neutral",
            via=None,
            rule=span.rule,
            score=1.0,
        )


def datelines(paragraphs: Iterable[Paragraph]) -> Iterator[Attribution]:
    """An attribution of kind ``dateline`` for each paragraph that opens with one; its source is the agency, if named,
    and its name the one the table of sources has for that form: "AP" is the Associated Press.

    Without an agency only a place in capitals counts ("PARIS — "), and only at the first paragraph given.
    """
    for number, p in enumerate(paragraphs):
        opening = p.text[:LONGEST]
        signed = _SIGNED.search(opening) and _dateline().match(p.line)
        m = signed or (_BARE_DATELINE.match(p.line) if number == 0 else None)
        if not m:
            continue
        agency = next((g for g in ("agency", "agency2") if m.groupdict().get(g)), None)
        where = tuple(p.start + at for at in m.span(agency)) if agency else ()
        known = dateline_forms()[m[agency]] if agency else None
        yield Attribution(
            source=((where[0], where[1]),) if where else (),
            cue=((p.start, p.start + len(m.group().rstrip())),),
            content=(),
            text=m[agency] if agency else "",
            name=known.name if known else None,
            kind="dateline",
            type="wire" if agency else "unknown",
            naming="institution" if agency else "none",
            directness=None,
            stance="neutral",
            via=None,
            rule="dateline",
            score=1.0,
        )
