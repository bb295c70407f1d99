"""What repeats over the pages of a site."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from newsclean.detectors import sites as module
from newsclean.detectors.sites import Sites
from newsclean.errors import ModelError
from newsclean.segment import segment

MENU = "Harbour Courier\nFind a boat\nTides"
STORIES = tuple(
    f"{who} said on {day} that the {what} would stay where it had been for the last forty years.\n"
    f"The {what} was built when {who} was a child, and nobody had asked for it to be moved before {day}."
    for who, day, what in (("Dana Wirth", "Monday", "pier"), ("Ann Lee", "Tuesday", "crane"), ("Olaf Bern", "Friday", "light"))
)  # fmt: skip


def learned(*texts: str, site: str | None = "courier.example") -> Sites:
    sites = Sites()
    for text in texts:
        sites.learn(text, site)
    return sites


def seen(sites: Sites, text: str, site: str | None = "courier.example") -> list[bool]:
    return [many > 0 for many in sites.seen(segment(text), site)]


def test_three_pages_tell_the_menu_from_the_story() -> None:
    sites = learned(*(f"{MENU}\n{story}" for story in STORIES))
    assert seen(sites, f"{MENU}\n{STORIES[0]}") == [True, True, True, False, False]


def test_two_pages_say_nothing() -> None:
    assert not any(seen(learned(*(f"{MENU}\n{story}" for story in STORIES[:2])), MENU))


def test_the_same_article_again_is_no_other_page() -> None:
    again = [f"{MENU}\n{STORIES[0]}\n{teaser}" for teaser in ("A teaser", "Another", "A third", "A fourth")]
    assert not any(seen(learned(*again), f"{MENU}\n{STORIES[0]}"))
    with_others = learned(*again, *(f"{MENU}\n{story}" for story in STORIES[1:]))
    assert seen(with_others, f"{MENU}\n{STORIES[0]}") == [True, True, True, False, False]


def test_a_paragraph_of_background_on_two_pages_is_the_articles() -> None:
    background = "The harbour board took the pier over in 1984, when the last of the herring fleets was sold to Norway."
    pages = [f"{MENU}\n{story}\n{background}" for story in STORIES[:2]] + [f"{MENU}\n{STORIES[2]}"]
    assert seen(learned(*pages), background) == [False]


def test_a_site_knows_only_its_own_pages() -> None:
    sites = learned(*(f"{MENU}\n{story}" for story in STORIES))
    assert not any(seen(sites, MENU, "other.example"))
    assert not any(seen(sites, MENU, None))


def test_two_halves_make_one() -> None:
    pages = [f"{MENU}\n{story}" for story in STORIES]
    joined = learned(*pages[:2]) | learned(*pages[1:])
    assert seen(joined, pages[0]) == seen(learned(*pages), pages[0])
    assert joined.seen(segment(MENU), "courier.example") == learned(*pages).seen(segment(MENU), "courier.example")


def test_what_was_learned_is_saved_without_its_text(tmp_path: Path) -> None:
    sites = learned(*(f"{MENU}\n{story}" for story in STORIES))
    sites.save(tmp_path / "sites")
    assert Sites.load(tmp_path / "sites") == sites
    assert pickle.loads(pickle.dumps(sites)) == sites
    assert b"Find a boat" not in (tmp_path / "sites.npz").read_bytes()
    Sites().save(tmp_path / "none")
    assert not Sites.load(tmp_path / "none")
    with pytest.raises(ModelError, match="no card"):
        Sites.load(tmp_path / "missing")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINES", 40)
    monkeypatch.setattr(module, "PAGES", 4)
    sites = learned(*(f"{MENU}\n{story}\nTeaser {i}\nNumber {i} of many" for i in range(50) for story in STORIES))
    site = sites._sites["courier.example"]
    assert len(site.lines) <= 40
    assert len(site.pages) <= 4
    assert seen(sites, MENU) == [True, True, True]
