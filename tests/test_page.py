"""Pages: the visible text, block by block, and where each block stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring

from newsclean.page import FLAGS, Page, flag_bits, read_blocks


def read(html: str, most: int = 1000) -> Page:
    return read_blocks(document_fromstring(html), most=most)


def texts(html: str) -> list[str]:
    return [b.text for b in read(html).blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One<p>Two", ["One", "Two"]),
        ("<div>Lead <p>One</p> tail</div>", ["Lead", "One", "tail"]),
        ("<p>The <b>bold</b><i>est</i> <a href=/>link</a>.</p>", ["The boldest link."]),
        ("<p>A line<br>and the next", ["A line and the next"]),
        ("<p>One<br><br>Two<br> <br/>Three", ["One", "Two", "Three"]),
        ("<p>One<hr>Two", ["One", "Two"]),
        ("<p>tide&nbsp;\n table\t&amp; more&#8203;", ["tide table & more"]),
        ("<p>Ton\u00adband \ufeffx", ["Tonband x"]),
        ("<p>می\u200cخواهم", ["می\u200cخواهم"]),
        ("<p>x<script>var y</script><style>p{}</style><template>t</template><noscript>n</noscript>z", ["xz"]),
        ("<select><option>Choose</select><textarea>Type</textarea><p>Seen", ["Seen"]),
        ("<p>a<!-- not this -->b", ["ab"]),
        ("<x-card>One</x-card><x-card>Two</x-card>", ["One", "Two"]),
        ("<title>T</title><nav>Home</nav><article>Text</article>", ["Home", "Text"]),
        ("<svg><title>Icon</title><text>no</text></svg><p>Yes", ["Yes"]),
        ("<p> <p>\u200b<p>x", ["x"]),
        ("<ruby>漢<rp>(</rp><rt>kan</rt></ruby>", ["漢kan"]),
    ],
)
def test_a_page_falls_into_the_blocks_a_browser_would_set(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_blocks_lists_and_tables_are_joined_as_they_read() -> None:
    page = read("<p>A<ul><li>B<li>C</ul><p>D<table><tr><td>E<td>F<tr><td>G<td>H</table>")
    assert page.source == "A\n\nB\nC\n\nD\n\nE\tF\nG\tH"


def test_every_block_knows_its_place() -> None:
    page = read("<nav><a href=/>Home</a></nav><article><h1>Tide</h1><p>It <a href=/>rose</a> again.</article>")
    assert [page.source[b.start : b.end] for b in page.blocks] == [b.text for b in page.blocks]
    home, title, body = page.blocks
    assert home.has("nav")
    assert home.has("link")
    assert (home.linked, home.links) == (4, 1)
    assert title.has("heading")
    assert title.has("article")
    assert not title.has("nav")
    assert (body.linked, body.links, body.outer.tag) == (4, 1, "p")


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>x", "<p style='display: none'>x", "<div style='Visibility:hidden'><p>x</div>", "<p aria-hidden=true>x",
    ],
)  # fmt: skip
def test_what_is_hidden_is_marked(html: str) -> None:
    assert read(html).blocks[0].has("hidden")


def test_comments_and_instructions_hold_no_text_but_are_followed_by_some() -> None:
    page = read_blocks(
        document_fromstring("<p>Rain <!-- or -->fell<?x y?> all day.<br>It stopped.<br><br>It snowed."), most=9
    )
    assert [b.text for b in page.blocks] == ["Rain fell all day. It stopped.", "It snowed."]


def test_a_role_counts_as_its_element() -> None:
    assert read("<div role=navigation>x</div>").blocks[0].has("nav")
    assert read("<div itemprop=articleBody>x</div>").blocks[0].has("body")


def test_only_the_first_blocks_are_read() -> None:
    assert [b.text for b in read("<p>a<p>b<p>c", most=2).blocks] == ["a", "b"]


def test_a_page_without_text_has_no_block() -> None:
    page = read("<div><img src=x></div>")
    assert (page.source, page.blocks) == ("", ())


def test_a_deep_page_needs_no_deep_stack() -> None:
    from lxml.etree import fromstring
    from lxml.html import HTMLParser

    tree = fromstring("<div>" * 200 + "x", HTMLParser())
    leaf = tree
    while len(leaf):
        leaf = leaf[-1]
    for _ in range(5000):
        child = leaf.makeelement("div")
        leaf.append(child)
        leaf = child
    leaf.text = "deep"
    assert [b.text for b in read_blocks(tree, most=10).blocks] == ["x", "deep"]


def test_bits_are_of_flags() -> None:
    assert flag_bits("link", "nav") == 3
    assert flag_bits(*FLAGS) == 2 ** len(FLAGS) - 1


markup = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<br>",
                "<div>",
                "</div>",
                "<a>",
                "</a>",
                "<b>",
                "</b>",
                "<li>",
                "<ul>",
                "<td>",
                "<tr>",
                "<table>",
                "<script>",
                "<nav>",
            ]
        ),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(markup)
def test_source_and_blocks_agree_whatever_the_markup(html: str) -> None:
    page = read(f"<body>x{html.replace(chr(0), '')}".encode("utf-8", "replace").decode())
    at = 0
    for b in page.blocks:
        assert page.source[b.start : b.end] == b.text == b.text.strip()
        assert b.text
        assert page.source[at : b.start].isspace() or (at == 0 == b.start)
        assert 0 <= b.linked <= len(b.text)
        at = b.end
    assert at == len(page.source)
