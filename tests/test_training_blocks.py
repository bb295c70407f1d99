"""Training of the block model: labels from gold, folds by site, the same bytes twice, one command."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newsclean.detectors.blocks import BlockModel
from newsclean.errors import InputError
from newsclean.persist import read_card
from newsclean.training import __main__ as command
from newsclean.training.blocks import SETS, Example, card, examples, fold_of, train

SUBJECTS = (
    "The council",
    "A ferry pilot",
    "The school board",
    "Her neighbour",
    "The harbour master",
    "An old fisherman",
)
DEEDS = (
    "opened the long road to the mill",
    "counted every single passenger",
    "closed the gates at noon",
    "sold the last boat",
)
TIMES = ("on a wet Monday morning in spring", "after eleven days of quiet talks", "before the winter storms came in")


def page(rng: random.Random, site: int) -> dict[str, Any]:
    story = [
        f"{rng.choice(SUBJECTS)} {rng.choice(DEEDS)} {rng.choice(TIMES)}, case {rng.randrange(999)}." for _ in range(8)
    ]
    body = "".join(f'<p class="text s{site}">{p}</p>' for p in story)
    menu = "".join(f"<li><a href=/{i}>Section {i} of the paper</a>" for i in range(12))
    more = "".join(
        f'<div class="related box"><a href=/{i}>{rng.choice(SUBJECTS)} {rng.choice(DEEDS)}</a> read more now</div>'
        for i in range(5)
    )
    html = f"<html><body><nav><ul>{menu}</ul></nav><article><h1>News {site}</h1>{body}{more}</article></body></html>"
    return {
        "id": f"p{site}-{rng.randrange(10**6)}", "site": f"www.site{site}.example", "html": html, "lang": "en", "url": None,
        "gold_text": "\n".join(story), "gold_paragraphs": story, "with_strings": story[:2],
        "without_strings": ["Section 3 of the paper"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, rng = tmp_path_factory.mktemp("corpora") / "html", random.Random(0)
    folder.mkdir()
    for corpus in SETS:
        rows = [page(rng, site) for site in range(10)]
        for row in rows:
            if corpus == "trafeval":
                row["gold_text"] = None
            if corpus == "not_articles":
                row["html"] = "<ul>" + "".join(f"<li><a href=/{i}>Kettle {i}</a> £{i}" for i in range(40)) + "</ul>"
        with gzip.open(folder / f"{corpus}.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.writelines(json.dumps(row) + "\n" for row in rows)
    return folder.parent


@pytest.fixture(scope="module")
def pages(corpora: Path) -> list[Example]:
    return examples(corpora)


def test_gold_labels_its_blocks_and_strings_only_theirs(pages: list[Example]) -> None:
    by_corpus = {p.corpus: p for p in pages}
    gold = by_corpus["fundus"]
    texts = [b.text for b in gold.page.blocks]
    assert [t for t, label in zip(texts, gold.labels, strict=True) if label == 1] == [t for t in texts if ", case" in t]
    assert (gold.weights > 0).all()
    stated = by_corpus["trafeval"]
    assert sorted(stated.labels[stated.labels >= 0].tolist()) == [0, 1, 1]
    assert (by_corpus["not_articles"].labels == -1).all()


def test_a_site_is_in_one_fold_with_and_without_www(pages: list[Example]) -> None:
    assert fold_of("www.post.example") == fold_of("post.example")
    assert len({p.fold for p in pages}) > 1


def test_training_twice_gives_the_same_model_that_finds_the_text(pages: list[Example], tmp_path: Path) -> None:
    first, second = (train(pages, trees=4) for _ in range(2))
    one, two = (t.model.save(tmp_path / str(i), card(pages, t)) for i, t in enumerate((first, second)))
    assert one == two
    assert (tmp_path / "0.json").read_text(encoding="utf-8") == (tmp_path / "1.json").read_text(encoding="utf-8")
    said = card(pages, first)
    assert said["out_of_fold"]["fundus"]["recall of words"] > 0.9
    for p, odds in zip(pages, first.odds, strict=True):
        own = p.labels == 1
        if own.any():
            assert np.median(odds[own]) > np.median(odds[p.labels == 0])


def test_one_command_makes_the_model(corpora: Path, tmp_path: Path) -> None:
    command.main(["blocks", "--corpora", str(corpora), "--out", str(tmp_path / "blocks"), "--trees", "2"])
    model = BlockModel.load(tmp_path / "blocks")
    assert model.card["pages"] == 60
    assert read_card(tmp_path / "blocks")["folds"] == {"by": "site", "many": 5}


def test_missing_corpora_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no corpus html/fundus"):
        examples(tmp_path)
