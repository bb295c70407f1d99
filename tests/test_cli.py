from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from newsclean import Article, Attribution, __version__
from newsclean.cli import main

TEXT = "Pilots at the northern port went back to work on Monday after eleven days.\nAdvertisement\nThe board was relieved.\n"
CLEAN = "Pilots at the northern port went back to work on Monday after eleven days.\nThe board was relieved.\n"

Out = pytest.CaptureFixture[str]


def run(*args: str) -> int:
    return main(list(args))


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8", newline="")
    return str(path)


def test_a_file_comes_out_clean(article: str, capsys: Out) -> None:
    assert run("clean", article) == 0
    assert capsys.readouterr().out == CLEAN


def test_standard_input_too(monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    for args in (["clean"], ["clean", "-"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
        assert main(args) == 0
        assert capsys.readouterr().out == CLEAN


def test_json_is_an_article_a_line(article: str, capsys: Out) -> None:
    assert run("clean", "--json", article, article) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [Article.from_dict(json.loads(line)).text for line in lines] == [CLEAN, CLEAN]


def test_explain_says_what_went_and_why(article: str, capsys: Out) -> None:
    assert run("clean", "--explain", article) == 0
    out = capsys.readouterr().out
    assert "ad_label" in out
    assert "Advertisement" in out
    assert "in 1 spans" in out


def test_a_label_can_be_kept(article: str, capsys: Out) -> None:
    assert run("clean", "--keep", "ad_label", article) == 0
    assert capsys.readouterr().out == TEXT


def test_a_pack_of_ones_own(article: str, tmp_path: Path, capsys: Out) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        '[pack]\nname = "own"\n[[rule]]\nid = "relief"\nlabel = "legal"\nphrases = ["The board was relieved."]\n'
        'examples = ["The board was relieved.", "The board was relieved"]\ncounter = ["The board was", "Relieved"]\n',
        encoding="utf-8",
    )
    assert run("clean", "--pack", str(pack), article) == 0
    assert "relieved" not in capsys.readouterr().out
    assert run("rules", "check", str(pack)) == 0
    assert "1 rules, 0 problems" in capsys.readouterr().out
    assert run("rules", "show", "own/relief", "--pack", str(pack)) == 0
    assert "hits     The board was relieved." in capsys.readouterr().out


def test_a_pack_that_is_wrong_is_named(tmp_path: Path, capsys: Out) -> None:
    pack = tmp_path / "bad.toml"
    pack.write_text(
        '[pack]\nname = "bad"\n[[rule]]\nid = "x"\nlabel = "ad"\nexamples = []\ncounter = []\n', encoding="utf-8"
    )
    assert run("rules", "check", str(pack)) == 1
    assert "bad.toml" in capsys.readouterr().err


def test_a_pack_that_does_not_hold_is_reported(tmp_path: Path, capsys: Out) -> None:
    pack = tmp_path / "own.toml"
    pack.write_text(
        '[pack]\nname = "own"\n[[rule]]\nid = "x"\nlabel = "ad"\nphrases = ["Buy"]\nexamples = ["Buy", "Buy now"]\ncounter = ["buy", "no"]\n',
        encoding="utf-8",
    )
    assert run("rules", "check", str(pack)) == 1
    out = capsys.readouterr().out
    assert "example not hit: 'Buy now'" in out
    assert "counter-example hit: 'buy'" in out


def test_a_missing_file_does_not_stop_the_others(article: str, tmp_path: Path, capsys: Out) -> None:
    assert run("clean", str(tmp_path / "none.txt"), article) == 1
    captured = capsys.readouterr()
    assert captured.out == CLEAN
    assert "none.txt" in captured.err


def test_bytes_that_are_not_utf8_are_read_and_reported(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Die Böen ließen nach, sagte die Behörde am Montag.\n".encode("cp1252"))
    assert run("clean", str(path)) == 0
    captured = capsys.readouterr()
    assert "Böen" in captured.out
    assert "not UTF-8" in captured.err


def test_issues_go_to_standard_error(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    assert run("clean", str(path)) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "empty" in captured.err


def test_samples_ship_with_it(capsys: Out) -> None:
    assert run("samples") == 0
    first = capsys.readouterr().out.split()[0]
    assert run("samples", first) == 0
    assert len(capsys.readouterr().out) > 1000
    assert run("samples", "none") == 1


def test_rules_are_listed_by_label(capsys: Out) -> None:
    assert run("rules", "list", "--label", "cookie") == 0
    out = capsys.readouterr().out
    assert "cookie/" in out
    assert "comments/" not in out
    assert run("rules", "show", "none/such") == 1


def test_a_rule_says_when_it_stays(capsys: Out) -> None:
    assert run("rules", "show", "ads/affiliate") == 0
    assert "stays    where nothing else in the text is furniture" in capsys.readouterr().out
    assert run("rules", "show", "cookie/buttons") == 0
    assert "stays" not in capsys.readouterr().out


def test_wrong_usage_is_two(capsys: Out) -> None:
    with pytest.raises(SystemExit) as stop:
        run("clean", "--profile", "wild")
    assert stop.value.code == 2
    with pytest.raises(SystemExit) as stop:
        run("--version")
    assert stop.value.code == 0
    assert __version__ in capsys.readouterr().out


WIRE = "OSLO, May 2 (Reuters) - The storm took the roof of the old school and left nine villages without light for the night.\n"


@pytest.fixture
def wire(tmp_path: Path) -> list[str]:
    """A wire story and a copy of it."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    paths[0].write_text(WIRE, encoding="utf-8")
    paths[1].write_text(f"Nine villages dark\u2028\n\n{WIRE}", encoding="utf-8")
    return [str(path) for path in paths]


def test_trace_counts_a_wire_story_once(wire: list[str], capsys: Out) -> None:
    assert run("trace", *wire) == 0
    first, origin, copies = capsys.readouterr().out.splitlines()
    assert first == "articles: 2, independent origins: 1"
    assert origin == f"Reuters (outlet wire): {', '.join(wire)}"
    assert copies == f"one text: {', '.join(wire)}"


def test_trace_reads_what_clean_wrote(wire: list[str], tmp_path: Path, capsys: Out) -> None:
    assert run("clean", "--json", *wire) == 0
    lines = tmp_path / "articles.jsonl"
    lines.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run("trace", "--json", str(lines)) == 0
    graph = json.loads(capsys.readouterr().out)
    assert (graph["size"], graph["origins"]) == (2, ["outlet:reuters"])


def test_trace_draws(wire: list[str], capsys: Out) -> None:
    assert run("trace", "--svg", *wire) == 0
    assert capsys.readouterr().out.startswith("<svg")


@pytest.mark.parametrize("text", [None, '{"text": "cut off'])
def test_trace_says_what_it_cannot_read(tmp_path: Path, capsys: Out, text: str | None) -> None:
    path = tmp_path / "c.txt"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert run("trace", str(path)) == 1
    assert "newsclean: " in capsys.readouterr().err


def test_trace_names_a_loop(tmp_path: Path, capsys: Out) -> None:
    def citing(name: str, other: str) -> Article:
        cited = Attribution(
            ((0, 4),), (), (), other, other, "report", "newspaper", "named", None, "neutral", None, "test", 1.0
        )
        return Article(f"Only words of {name}.", site=name, attributions=(cited,))

    lines = tmp_path / "articles.jsonl"
    made = [citing("The Mill", "The Bay"), citing("The Bay", "The Mill")]
    lines.write_text("\n".join(json.dumps(a.to_dict()) for a in made), encoding="utf-8")
    assert run("trace", str(lines)) == 0
    assert "loop: The Bay <- The Mill <- The Bay" in capsys.readouterr().out


def test_a_page_gives_its_article(tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "page.html"
    rows = "".join(
        f"<p>Row {i} of the tide table was read at {i + 3} in the morning by the harbour master.</p>" for i in range(6)
    )
    path.write_bytes(
        f"<html><body><nav><a href=/>Home</a></nav><h1>Tides</h1><article>{rows}</article></body></html>".encode()
    )
    assert run("extract", str(path)) == 0
    out = capsys.readouterr().out
    assert "Row 3" in out
    assert "Home" not in out
    assert run("extract", "--json", str(path)) == 0
    assert Article.from_dict(json.loads(capsys.readouterr().out)).title == "Tides"
