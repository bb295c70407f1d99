from __future__ import annotations

import pytest

from newsclean import Cleaner, Config
from newsclean.detectors.genre import ITEMS, announced, is_broken, is_entry, is_reference, listings
from newsclean.segment import segment
from tests.detectors.builders import PROSE, document

LISTING = (
    "package tides",
    'import "fmt"',
    "func Next(now int) (int, error) {",
    "if now < 0 {",
    "return 0, errNegative",
    "}",
    'fmt.Println("tide", now)',
    "return now + 6, nil",
    "}",
)


def coded(*lines: str) -> list[str]:
    text = "\n".join(lines)
    paragraphs = segment(text)
    return [paragraphs[i].text for i in sorted(listings(text, paragraphs))]


def test_a_listing_is_its_lines_and_the_scraps_between_them() -> None:
    assert coded(*PROSE[:2], *LISTING, *PROSE[2:]) == list(LISTING[2:])


@pytest.mark.parametrize(
    "lines",
    [
        ("Tides; a history", "Ports (north)", "Docks {old}"),
        ("$12", "$14", "(new)", "Ferries & boats", "A > B", "Required (*)"),
        ("<br>", "</p>", '<div class="tide">', "<img src=x>"),
        ("We sailed; they stayed.", "Rain fell; it stopped.", "If not, call (555) 0101."),
    ],
)
def test_prices_headings_and_stray_tags_are_no_listing(lines: tuple[str, ...]) -> None:
    assert coded(*PROSE, *lines) == []


def test_a_tag_that_is_announced_is_shown() -> None:
    shown = '<script src="tide.js"></script>'
    assert coded(*PROSE, "Put this line above all others:", shown, PROSE[0]) == [shown]
    assert coded(*PROSE, shown, PROSE[0]) == []


def test_the_tags_of_a_page_shown_are_a_listing_and_stay() -> None:
    shown = ("<!DOCTYPE html>", "<html>", "<head>", '<link rel="tide">', "</head>", "<body>", "</body>", "</html>")
    text = "\n".join((*PROSE[:2], *shown, *PROSE[2:]))
    assert Cleaner(Config(models="off"))(text).text == text
    stray = "\n".join((*PROSE[:2], '<div id="tide">', *PROSE[2:]))
    assert "<div" not in Cleaner(Config(models="off"))(stray).text


def test_rows_and_notes_are_entries_and_menus_are_not() -> None:
    assert all(map(is_entry, ("| Port | 1904 |", "|  | 7 May |", "^ Lee, A. Tides.", "12. ^ a b Lee, A. Tides.")))
    assert not any(map(is_entry, ("|---|---|", "|  |  |", "Home | News", "| Share", "Lee, A. Tides.")))


def test_a_text_broken_at_a_width_is_told_by_the_lines_that_go_on() -> None:
    lines = [
        "the pilots of the northern port went back to work",
        "after eleven days on shore, and the tugs that had",
        "waited for them outside the breakwater cast off at",
        "seven in the morning with nobody watching them go.",
    ]
    assert is_broken(document("Tides", *lines * 3))
    assert not is_broken(document(*PROSE))
    assert not is_broken(document(*[f"o a long list of tides and of ports along the bay, {year}" for year in range(9)]))


def test_a_reference_work_cites_in_three_paragraphs_of_ten() -> None:
    cited = [f"The port was widened for the {n}th time, and the board paid for all of it.[{n}]" for n in range(8)]
    assert is_reference(document(*cited, *PROSE * 4))
    assert not is_reference(document(*cited[:7]))
    assert not is_reference(document(*cited, *PROSE * 5))


def test_code_in_an_article_stays_whatever_the_line_model_thinks() -> None:
    text = "\n".join((*PROSE, *LISTING, *PROSE, *LISTING, *PROSE, *LISTING))
    assert Cleaner()(text).text == text


def _announced(*lines: tuple[str, bool]) -> list[str]:
    paragraphs = segment("\n\n".join(text for text, _ in lines))
    found = announced(paragraphs, [kept for _, kept in lines])
    return [paragraphs[i].text for i in sorted(found)]


ABOVE = ("The ferry company said on Monday that boats would call at fewer piers from the first of May.", True)


def test_a_list_that_the_article_announces_is_its_own() -> None:
    stops = (("Elmouth, pier 2", False), ("Saltby", False))
    menu = ("Write to the harbour office if you have lost something on board, and say on which boat.", False)
    said = ("The stops are the following:", True)
    assert _announced(ABOVE, said, *stops, menu, ("Timetables", False)) == [said[0], "Elmouth, pier 2", "Saltby"]
    japanese = (
        ("フェリー会社は月曜日、五月一日から寄港する桟橋を減らすと発表した。", True),
        ("寄港地は次のとおり。", False),
    )
    assert _announced(*japanese, *stops, menu) == ["寄港地は次のとおり。", "Elmouth, pier 2", "Saltby"]


def test_what_a_page_announces_is_not() -> None:
    offer = ("You may also be interested in the following piers:", False)
    assert _announced(ABOVE, offer, ("Elmouth, pier 2", False)) == []
    assert _announced(ABOVE, ("The stops, the following day", True), ("Home", False)) == []
    assert _announced(("ホーム", True), ("人気の記事は次のとおり。", False), ("港", False)) == []
    assert _announced(("The stops are as follows:", True)) == []


def test_an_announced_list_has_an_end() -> None:
    assert (
        len(_announced(ABOVE, ("They are as follows:", True), *((f"Pier {k}", False) for k in range(90)))) == ITEMS + 1
    )
