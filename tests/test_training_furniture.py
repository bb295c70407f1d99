"""The line model's training: deterministic, by site, and no word of a corpus in what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from newsclean.detectors.context import ruled
from newsclean.detectors.labels import KINDS
from newsclean.detectors.lines import read
from newsclean.errors import InputError
from newsclean.segment import segment
from newsclean.training.furniture import _by_rules, _forget, card, train
from newsclean.training.mixing import Flat
from newsclean.training.texts import FOLDS, Document

TOWNS = ("Northport", "Elmouth", "Saltby", "Drayhaven", "Osterwick", "Pellin")


def document(number: int) -> Document:
    town = TOWNS[number % len(TOWNS)]
    menu = ("Home", "News", "Sport", "© 2024 Harbour Courier. All rights reserved.", "Sign in", f"More from {town}")
    story = tuple(
        f"The council of {town} said on day {number} that pier {k} would stay open until the last of its {k + 3} boats had gone home."
        for k in range(6)
    )
    corpus = ("fundus", "wcxb")[number % 2]
    if number % 4 > 1:
        return Document(corpus, f"page{number}", f"site{number}.example", "gold", "\n".join(story), (True,) * 6, 140)
    lines, own = (*menu, *story, *menu), (*[False] * 6, *[True] * 6, *[False] * 6)
    return Document(corpus, f"page{number}", f"site{number}.example", "inscriptis", "\n".join(lines), own, 140)


DOCS = [document(i) for i in range(32)]


def test_the_same_pages_make_the_same_model(tmp_path: Path) -> None:
    for name in ("one", "two"):
        trained = train(DOCS, trees=3)
        trained.model.save(tmp_path / name, card=card(DOCS, trained))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    written = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert sum(source["pages"] for source in written["data"].values()) == len(DOCS)
    assert not any(town in (tmp_path / "one.json").read_text(encoding="utf-8") for town in TOWNS)


def test_a_fold_has_a_model_that_never_saw_it() -> None:
    trained = train(DOCS, trees=3)
    assert len(trained.folds) == FOLDS
    assert not all(np.array_equal(m.weights, trained.model.weights) for m in trained.folds)
    assert trained.model.kinds.shape == (KINDS, len(trained.model.labels))
    assert 0.96 <= trained.model.cuts[1] <= 1.0


def test_pages_alone_are_refused() -> None:
    with pytest.raises(InputError, match="whole pages and articles"):
        train([d for d in DOCS if d.dump], trees=2)


@pytest.mark.parametrize("by", ["inscriptis", "gold"])
def test_only_converters_make_dumps(by: str) -> None:
    assert Document("fundus", "a", "b", by, "x", (True,), 1).dump is (by == "inscriptis")


def test_a_mixed_page_forgets_a_third_of_what_rules_know_of_its_lines() -> None:
    text = "\n".join(f"Line {i}" for i in range(600))
    page = Flat(
        read(text, segment(text)), {name: np.ones(600) for name in (*ruled([]), "logit")}, np.zeros(600, dtype=np.int64)
    )
    _forget(page, np.random.default_rng(0))
    forgotten = page.read["ruled"] == 0.0
    assert 0.25 < forgotten.mean() < 0.45
    assert all(((page.read[name] == 0.0) == forgotten).all() for name in ruled([]))
    assert page.read["logit"].all()


def test_what_forms_tell_is_no_page_to_the_training_either() -> None:
    code = "\n".join(["for (;;) {", "  stop();", "}"] * 20)
    texts = [
        Document("wcxb", str(i), "site.example", "gold", t, (True,) * 60, 60)
        for i, t in enumerate((code, "\n".join(["Home"] * 60)))
    ]
    columns, other = zip(*_by_rules(texts), strict=True)
    assert other == (True, False)
    assert columns[0]["ruled"].sum() == 0.0 < columns[1]["ruled"].sum()
