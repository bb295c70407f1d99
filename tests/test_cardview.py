"""The card view escapes what came from outside and keeps a signal on its line."""

from __future__ import annotations

from newsclean.cardview import Row, card_html, card_text

ROW = Row("loaded<", 123.4, -1, -0.5, 2, "two\nlines <script>")


def test_a_signal_has_one_line() -> None:
    lines = card_text("head", [ROW, ROW], ["foot\nfoot"]).splitlines()
    assert len(lines) == 4
    assert "123" in lines[1]
    assert "-0.50" in lines[1]
    assert lines[3] == "foot foot"


def test_html_is_escaped() -> None:
    html = card_html("a & b", [ROW], ["<i>"])
    assert "<script>" not in html
    assert "<i>" not in html
    assert "a &amp; b" in html
    assert "loaded&lt;" in html


def test_a_pull_of_nothing_is_left_out() -> None:
    assert "+0.00" not in card_text("h", [Row("x", 0.0, 1, 0.001, 0, "")])
