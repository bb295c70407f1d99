"""Acceptance: the five articles the product was conceived from.  Skipped where the corpora are absent."""

from __future__ import annotations

import json

import pytest

from newsclean import Config, annotate, clean
from newsclean.spans import Spans
from tests.benchmarks.corpora import seeds

SEEDS = seeds()
pytestmark = pytest.mark.skipif(SEEDS is None, reason="no corpora beside this checkout")

# The two lines of advert prose name no furniture; they wait for the off-topic classifier.
ADVERT_PROSE = {("000_9c9c9ac992638792.txt", 7), ("000_9c9c9ac992638792.txt", 8)}


def gold() -> list[tuple[str, int, bool, str]]:
    """File, line, whether it stays, category: for every line that is not blank."""
    if SEEDS is None:
        return []
    table = json.loads((SEEDS / "lines.json").read_text(encoding="utf-8"))
    return [(f, r["line"], r["keep"], r["category"]) for f, rows in table.items() for r in rows if r["text"].strip()]


@pytest.mark.parametrize("name", sorted({f for f, *_ in gold()}))
def test_lines_marked_for_removal_go_and_no_other_is_touched(name: str) -> None:
    assert SEEDS is not None
    text = (SEEDS / name).read_text(encoding="utf-8")
    article = annotate(text)
    wrong, at = [], 0
    rows = {(f, n): keep for f, n, keep, _ in gold()}
    for number, line in enumerate(text.split("\n"), 1):
        start, end = at, at + len(line)
        at = end + 1
        if (name, number) not in rows or (name, number) in ADVERT_PROSE:
            continue
        visible = [start + i for i, c in enumerate(line) if not c.isspace()]
        gone = sum(any(s.start <= i < s.end for s in article.removed()) for i in visible)
        if gone != (0 if rows[name, number] else len(visible)):
            wrong.append((number, line[:60]))
    assert wrong == []
    assert clean(article.text) == article.text


def test_seed_004_knows_its_headline_its_publisher_and_its_posts() -> None:
    assert SEEDS is not None
    article = annotate((SEEDS / "004_82e4555801c7eeeb.txt").read_text(encoding="utf-8"))
    assert article.title is not None
    assert article.title.startswith("Possible US Military")
    assert article.site == "SouthFront"
    assert [a.name for a in article.attributions if a.kind == "social_post"] == [
        "MFAVenezuela",
        "GermanyDiplo",
        "AlemaniaVzla",
    ]
    reuters = annotate((SEEDS / "003_37f648695dc8ba9f.txt").read_text(encoding="utf-8"))
    assert next((a.kind, a.name) for a in reuters.attributions) == ("dateline", "Reuters")


@pytest.mark.parametrize("level", ["full", "rules"])
def test_the_seeds_markers_are_found_and_teasers_are_not(level: str) -> None:
    assert SEEDS is not None
    found, reports, anonymous = [], [], []
    for document in json.loads((SEEDS / "provenance.json").read_text(encoding="utf-8")):
        text = (SEEDS / f"{document['doc_id']}.txt").read_text(encoding="utf-8")
        attributions = annotate(text, config=Config(attribution=level)).attributions  # type: ignore[arg-type]
        for gold in document["attributions"]:
            here = [a for a in attributions if _meet(a.cue, gold["cue"])]
            if gold["kind"] == "teaser":
                assert here == []
                continue
            found.append(bool(here))
            right = [a for a in here if _meet(a.source, gold["source"]) or not gold["source"]]
            if gold["kind"] == "report":
                reports.append(any((a.kind, a.type) == ("report", gold["type"]) for a in right))
            if gold["naming"] == "anonymous":
                anonymous.append(any(a.naming == "anonymous" for a in right))
    assert len(found) == 116
    assert sum(found) >= 100
    assert all(reports)
    assert sum(anonymous) >= 19


def _meet(ours: Spans, theirs: list[list[int]]) -> bool:
    return any(a < d and c < b for a, b in ours for c, d in theirs)
