"""The line model's lessons: pages whose text is known, and those of which newsclean reads the HTML."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from newsclean.training import texts
from newsclean.training.dumps import DUMPS, blocks, pages
from newsclean.training.texts import GUESS, Document, TextLines, documents

STORY = tuple(
    f"The harbour master of Elmouth said on Monday that pier {k} would stay shut until the last of its {k + 3} boats was home."
    for k in range(8)
)
MENU = ("Home", "Timetables", "Harbour shop", "Moorings and fees", "Write to the harbour office")
CUT = "that pier 5 would stay shut until the last"
NOTE = "Fees for moorings go up in May, and the office is open from nine to noon."


def page(**more: Any) -> dict[str, Any]:
    menu = "".join(f"<li><a href=/{i}>{item}</a>" for i, item in enumerate(MENU))
    body = "".join(f"<p>{p}</p>" for p in STORY)
    html = f"<html><body><nav><ul>{menu}</ul></nav><article><h1>Piers shut</h1>{body}</article><footer><p>{NOTE}</p></footer></body></html>"
    return {"id": "p", "site": "elmouth.example", "url": None, "lang": "en", "html": html, **more}


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "html").mkdir()
    rows = {
        "fundus": [page(gold_text="\n".join(STORY), with_strings=[NOTE])],
        "trafeval": [
            page(gold_text=None, with_strings=[STORY[1], NOTE[:30]], without_strings=[CUT]),
            page(gold_text=None, html="<p>Nothing here.", with_strings=[], without_strings=[]),
        ],
    }  # fmt: skip
    for corpus in ("fundus", "newspaper4k", "readability", "wcxb", "trafeval"):
        with gzip.open(tmp_path / "html" / f"{corpus}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows.get(corpus, ()))
    monkeypatch.setattr(texts, "convert", lambda html, by: blocks(html) if by in DUMPS else "\n".join(STORY))
    return tmp_path


def test_strings_are_read_only_where_there_is_no_text(corpora: Path) -> None:
    written = next(pages(corpora, names=("fundus",)))
    stated = next(pages(corpora, names=("trafeval",), without_text=True))
    assert (written.wanted, written.unwanted) == ((), ())
    assert stated.wanted == (STORY[1], NOTE[:30].strip())
    assert stated.unwanted == (CUT,)


def test_a_page_without_text_is_read_from_its_html_and_its_strings_have_the_last_word(corpora: Path) -> None:
    made = documents(corpora)
    assert {d.corpus for d in made if d.guessed} == {"trafeval"}
    assert all(d.dump for d in made if d.guessed)
    assert {d.by for d in made if not d.guessed} > {"gold", "inscriptis"}
    known, guessed = (
        next(d for d in made if d.by == "inscriptis" and d.guessed is is_guessed) for is_guessed in (False, True)
    )
    own = {line: (a, b) for line, a, b in zip(blocks(page()["html"]).split("\n"), known.own, guessed.own, strict=True)}
    assert own["Harbour shop"] == (False, False)
    assert own[STORY[1]] == (True, True)
    assert own[NOTE] == (False, True)
    assert own[STORY[5]] == (True, False)


def test_a_guess_counts_less() -> None:
    from newsclean.detectors.lines import read
    from newsclean.segment import segment

    docs = [
        Document(corpus, "p", "elmouth.example", "blocks", STORY[0], (True,), 20) for corpus in ("wcxb", "trafeval")
    ]
    lines = TextLines(docs, [read(d.text, segment(d.text)) for d in docs], 0)
    assert lines.guessed.tolist() == [False, True]
    assert lines.weight[1] == pytest.approx(GUESS * lines.weight[0])
