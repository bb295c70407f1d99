from __future__ import annotations

import pytest

from newsclean.attribution.markers import datelines, social_posts
from newsclean.segment import segment
from newsclean.spans import Span


@pytest.mark.parametrize(
    ("text", "cue", "agency", "name"),
    [
        (
            "PORT ELLERY, March 14 (Reuters) - Pilots went back.",
            "PORT ELLERY, March 14 (Reuters) -",
            "Reuters",
            "Reuters",
        ),
        ("PORT ELLERY, Norland (AP) — Pilots went back.", "PORT ELLERY, Norland (AP) —", "AP", "Associated Press"),
        ("Port Ellery, 14 mars 2024 (AFP) - Les pilotes", "Port Ellery, 14 mars 2024 (AFP) -", "AFP", "AFP"),
        ("Wendhafen (dpa) – Die Lotsen kehrten zurück.", "Wendhafen (dpa) –", "dpa", "dpa"),
        ("Puerto Lucena, 3 mar (EFE).- Los prácticos", "Puerto Lucena, 3 mar (EFE).-", "EFE", "EFE"),
        ("PORT ELLERY — Pilots went back.", "PORT ELLERY —", None, None),
    ],
)
def test_datelines(text: str, cue: str, agency: str | None, name: str | None) -> None:
    (found,) = datelines(segment(text))
    assert (text[slice(*found.cue[0])], found.name) == (cue, name)
    assert [text[a:b] for a, b in found.source] == ([agency] if agency else [])


@pytest.mark.parametrize(
    "text",
    [
        "The pilots (AP style calls them so) went back.",
        "Dana Wirth (Reuters) said nothing.",
        "NATO said on Monday - after a pause - that pilots fly.",
        "“Port Ellery (AP) -” was all the slip said.",
        "Reuters - the agency - was told.",
    ],
)
def test_no_datelines(text: str) -> None:
    assert list(datelines(segment(text))) == []


@pytest.mark.parametrize(
    ("url", "handle"),
    [
        ("https://twitter.com/NorthPilots/status/1234567890", "NorthPilots"),
        ("https://x.com/NorthPilots/status/1234567890?s=20", "NorthPilots"),
        ("https://www.instagram.com/p/Cabc123/", None),
        ("https://www.tiktok.com/@north.pilots/video/7123", "north.pilots"),
        ("https://t.me/northpilots/55", "northpilots"),
        ("https://bsky.app/profile/pilots.example/post/3k", "pilots.example"),
        ("https://www.facebook.com/northpilots/posts/99", "northpilots"),
        ("https://youtu.be/abc", None),
    ],
)
def test_post_urls_name_their_handle(url: str, handle: str | None) -> None:
    source = f"One.\n\n{url}\n\nTwo."
    (post,) = social_posts(source, [Span(6, 6 + len(url) + 2, "embed", "player/post-url")])
    assert (post.name, source[slice(*post.cue[0])]) == (handle, url)
    assert [source[a:b] for a, b in post.source] == ([handle] if handle else [])


def test_other_spans_are_no_posts() -> None:
    source = "Play video\nhttps://youtu.be/abc"
    assert (
        list(social_posts(source, [Span(0, 10, "embed", "player/play"), Span(0, 10, "embed", "player/post-url")])) == []
    )
