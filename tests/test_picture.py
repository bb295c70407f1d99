"""Pictures: well-formed, escaped, bounded, and nothing in them that runs or fetches."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.picture import MOST, Box, Line, drawn


@given(
    st.lists(
        st.tuples(st.sampled_from(["article", "relay", "origin"]), st.text(max_size=60), st.text(max_size=20)),
        max_size=8,
    )
)
def test_any_name_makes_a_well_formed_picture(given_boxes: list[tuple[str, str, str]]) -> None:
    boxes = [Box(str(n), *box) for n, box in enumerate(given_boxes)]
    lines = [Line(str(a), str(b), "cites") for a in range(len(boxes)) for b in range(len(boxes)) if a != b]
    root = ElementTree.fromstring(drawn(boxes, lines))
    assert len(root.findall("{http://www.w3.org/2000/svg}path")) == len(lines)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x>', "&amp;", "\ud800\x00"])
def test_names_are_escaped(name: str) -> None:
    svg = drawn([Box("a", "article", name)], [])
    assert "<script" not in svg
    assert "<img" not in svg
    svg.encode("utf-8")


def test_nothing_is_fetched() -> None:
    svg = drawn([Box("a", "article", "A"), Box("b", "origin", "B")], [Line("a", "b", "cites")])
    assert not any(
        word in svg.replace("http://www.w3.org/2000/svg", "") for word in ("http", "href", "url(", "@import", "<script")
    )


def test_a_thousand_boxes_are_counted_not_drawn() -> None:
    boxes = [Box(str(n), "article", f"Article {n}") for n in range(1000)]
    svg = drawn(boxes, [Line("0", "999", "cites")])
    assert svg.count("<g ") == MOST
    assert f"… {1000 - MOST} more" in svg
    assert "<path" not in svg


def test_a_picture_of_nothing() -> None:
    assert drawn([], []).startswith("<svg")
