"""HTML: any bytes to a tree or a clear issue, in bounded time; trafilatura behind a fence."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.errors import InputError
from newsclean.html import Read, main_text, parse

MOST = 1_000_000
ROWS = [
    f"<p>Row {i} of the tide table was read at {i + 3} in the morning by the harbour master himself.</p>"
    for i in range(6)
]
STORY = "<p>Tromsø’s café—open “again”, said Zoë Łukasz, on Monday evening.</p>"


def text(read: Read) -> str:
    return "" if read.tree is None else " ".join(read.tree.text_content().split())


def codes(read: Read) -> list[str]:
    return [issue.code for issue in read.issues]


PLAIN = text(parse(STORY, max_chars=MOST))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (STORY.encode(), []),
        (b"\xef\xbb\xbf" + STORY.encode(), []),
        (STORY.encode("utf-16"), []),
        (gzip.compress(STORY.encode()), []),
        (gzip.compress(STORY.encode()) + gzip.compress(b"<p>"), []),
        (b"<meta charset=utf-8>" + STORY.encode(), []),
        (b"<meta charset=iso-8859-1>" + STORY.encode(), ["encoding"]),
    ],
    ids=["utf-8", "mark", "utf-16", "gzip", "two members", "declared", "declared wrongly"],
)
def test_bytes_are_read_as_they_are(data: bytes, expected: list[str]) -> None:
    read = parse(data, max_chars=MOST)
    assert text(read) == PLAIN
    assert codes(read) == expected


@pytest.mark.parametrize(
    ("name", "declared"),
    [("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"), ("cp1250", "windows-1250"), ("gb18030", "gb2312"), ("cp932", "Shift_JIS")],
)  # fmt: skip
def test_a_declared_encoding_is_read_as_browsers_read_it(name: str, declared: str) -> None:
    word = {"gb18030": "新华社北京", "cp932": "日本語", "cp1250": "Łódź"}.get(name, "café “x”")
    read = parse(f"<meta charset={declared}><p>{word}".encode(name), max_chars=MOST)
    assert (text(read), codes(read)) == (word, [])


def test_an_undeclared_encoding_is_guessed_and_told() -> None:
    read = parse(("<p>" + "Der Bürgermeister würdigte die Fußgänger von Köln. " * 9).encode("cp1252"), max_chars=MOST)
    assert "Bürgermeister würdigte die Fußgänger" in text(read)
    assert codes(read) == ["encoding"]


def test_a_broken_byte_does_not_cost_the_encoding() -> None:
    read = parse((STORY * 20).encode()[:-30] + b"\xc3", max_chars=MOST)
    assert text(read).startswith("Tromsø’s café")
    assert codes(read) == ["encoding"]


def test_half_a_gzip_file_is_read_as_far_as_it_goes() -> None:
    rows = "".join(f"<p>Row {i * 7919 % 1000} of the tide table</p>" for i in range(2000))
    assert "tide table" in text(parse(gzip.compress(rows.encode())[:-200], max_chars=MOST))


def test_a_gzip_bomb_is_not_unpacked() -> None:
    read = parse(gzip.compress(b"a" * 5_000_000), max_chars=MOST)
    assert (read.tree, codes(read)) == (None, ["bad_input"])


def test_damaged_gzip_data_is_told() -> None:
    assert codes(parse(b"\x1f\x8b\x08garbage", max_chars=MOST)) == ["bad_input"]


@pytest.mark.parametrize("nothing", ["", b"", " \n", b"\x00\x00"])
def test_nothing_is_told(nothing: str | bytes) -> None:
    read = parse(nothing, max_chars=MOST)
    assert read.tree is None or text(read) == ""


def test_what_is_too_long_is_not_parsed() -> None:
    read = parse("<p>" + "x" * 100, max_chars=50)
    assert (read.tree, codes(read)) == (None, ["too_long"])


def test_what_is_no_html_is_an_error() -> None:
    with pytest.raises(InputError, match="takes HTML"):
        parse(17, max_chars=MOST)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a fragment", "a fragment"),
        ("plain text", "plain text"),
        (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>x</p></body></html>',
            "x",
        ),
        ('<?xml version="1.0"?><html><head><script src="a.js"/></head><body><p>after</p></body></html>', "after"),
        ("<html ⚡><body><amp-img src=x></amp-img><p>amp</p></body></html>", "amp"),
        ("<p>a\x00b\x08c", "abc"),
        ("<p>a\ud800b", "a\ufffdb"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><p>&f;', "&f;"),
    ],
)
def test_odd_pages_are_read(html: str, expected: str) -> None:
    assert expected in text(parse(html, max_chars=MOST))


def test_trafilatura_leaves_the_tree_alone_and_says_the_same_twice() -> None:
    page = "<html><body><nav><a href=/>Home</a></nav><article>" + "".join(ROWS) + "</article></body></html>"
    tree = parse(page, max_chars=MOST).tree
    assert tree is not None
    before = tree.text_content()
    first = main_text(tree)
    assert first == main_text(tree)
    assert "Home" not in first[0]
    assert first[0].count("tide") == 6
    assert tree.text_content() == before


def test_a_page_nested_without_end_is_answered() -> None:
    begin = time.process_time()
    tree = parse("<div>" * 100_000 + "deep", max_chars=MOST).tree
    assert tree is not None
    main_text(tree)
    assert time.process_time() - begin < 20


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    read = parse(data, max_chars=MOST)
    assert (read.tree is None) <= bool(read.issues)


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"%PDF-1.7\n1 0 obj", "a PDF"), (b"PK\x03\x04\x14\x00", "ZIP"), (b"\x89PNG\r\n\x1a\n", "picture")],
)
def test_what_is_no_html_is_named(data: bytes, what: str) -> None:
    read = parse(data, max_chars=MOST)
    assert (read.tree, codes(read)) == (None, ["bad_input"])
    assert what in read.issues[0].detail
