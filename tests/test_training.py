"""Training: one command, the same bytes twice, and synthetic documents that are what their labels say."""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newsclean.errors import InputError
from newsclean.persist import read_card
from newsclean.training import __main__ as command
from newsclean.training import audit
from newsclean.training.measures import figures
from newsclean.training.offtopic import GROUPS, Made, documents, fold_of, train
from tests.test_estimators import BRANDS, DID, OFFERS, WHAT, WHO, WHOM

EVERY = [" ".join((*parts, "The talks go on in the town hall.")) for parts in itertools.product(WHO, DID, WHAT, WHOM)]


def write(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    file.parent.mkdir(exist_ok=True)
    with gzip.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Corpora of the real ones' shape, all invented."""
    folder, rng = tmp_path_factory.mktemp("corpora"), random.Random(0)
    news = [
        {
            "id": f"n{i}", "outlet": f"outlet{i % 11}.example", "topic": f"topic{i % 3}",
            "paragraphs": [*rng.sample(EVERY, 7), "READ MORE: Ferry ends its last season"],
        }
        for i in range(60)
    ]  # fmt: skip
    advert = "{} Ask your friends about {} and {} number {}."
    injected = [
        {
            "text": advert.format(rng.choice(OFFERS).format(rng.choice(BRANDS)), category, rng.choice(BRANDS), i),
            "category": category, "source_repo": f"repo{i % 2}",
        }
        for category in itertools.chain(*GROUPS) for i in range(24)
    ]  # fmt: skip
    page = {"lang": "en", "site": "guide.example", "page_type": "article", "gold_text": ""}
    pages = [{**page, "id": f"g{i}", "gold_paragraphs": rng.sample(EVERY, 6)} for i in range(3)]
    write(folder / "offtopic" / "news.jsonl.gz", news)
    write(folder / "offtopic" / "injected.jsonl.gz", injected)
    write(folder / "offtopic" / "hard_negatives.jsonl.gz", [{"text": news[0]["paragraphs"][0]}])
    write(folder / "html" / "wcxb.jsonl.gz", pages)
    write(folder / "html" / "not_articles.jsonl.gz", [])
    return folder


def test_one_command_the_same_bytes_twice(corpora: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        command.main(["offtopic", "--corpora", str(corpora), "--out", str(tmp_path / name), "--trees", "4"])
    for suffix in (".npz", ".json"):
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    card = read_card(tmp_path / "one")
    for key in ("data", "documents", "kinds", "out_of_fold", "thresholds", "score", "reliability", "digest", "folds"):
        assert card[key], key
    assert {"0.1%", "0.25%", "0.5%", "1%", "paragraphs"} == card["out_of_fold"]["promotion"].keys()
    assert not [t for t in EVERY if t in (tmp_path / "one.json").read_text()]


def test_made_documents_are_what_their_labels_say(corpora: Path) -> None:
    made = documents(corpora)
    own = {t for r in audit.records(corpora, "offtopic/news") for t in r["paragraphs"]}
    adverts = {r["text"]: r["category"] for r in audit.records(corpora, "offtopic/injected")}
    kinds = {k for doc in made for k in doc.kinds}
    assert {"clean", "guide", "other topic", "same topic"} <= kinds
    for doc in made:
        assert len(doc.texts) == len(doc.labels) == len(doc.kinds)
        for text, label, kind in zip(doc.texts, doc.labels, doc.kinds, strict=True):
            assert (label == 2) == (kind in adverts.values())
            assert (kind in ("clean", "hard")) <= (text in own)
            if label == 2:
                assert kind in GROUPS[doc.fold], "an advert of a category that belongs to another fold"
    assert not [t for doc in made for t in doc.texts if t.startswith("READ MORE")], "a rule strips it"


def test_an_outlet_has_one_fold(corpora: Path) -> None:
    for doc in documents(corpora):
        if not any(k.startswith(("whole", "list")) for k in doc.kinds):
            assert doc.fold == fold_of(doc.outlet)


def test_seeds_and_every_choose(corpora: Path) -> None:
    assert documents(corpora) == documents(corpora)
    assert documents(corpora) != documents(corpora, seed=1)
    assert len([d for d in documents(corpora, every=4) if d.outlet.startswith("outlet")]) == 15


def test_a_torn_advert_leaves_its_brand_behind(corpora: Path) -> None:
    from newsclean.training.offtopic import _Maker

    text = (
        "Snapcart is a free platform for building an online store in a few easy minutes. You add products with a click. "
        "Snapcart lets you share the store with a single link and take cards everywhere."
    )
    for seed in range(8):
        parts = _Maker(random.Random(seed), {}, [], [], [])._torn(text)
        assert len(parts) in (1, 2)
        if len(parts) == 2:
            assert "Snapcart" in parts[0]
            assert "Snapcart" not in parts[1]


def test_figures_know_a_perfect_score_and_a_useless_one() -> None:
    rng = np.random.default_rng(0)
    clean = tuple("A clean paragraph of the article, long enough to be judged by all of them." for _ in range(50))
    advert = "An advert that is long enough to count as prose, as it has many more than eighty code points."
    made = [
        Made(i % 4, f"o{i}", (*clean, advert), (*[0] * 50, 2), (*["clean"] * 50, GROUPS[i % 4][0])) for i in range(80)
    ]
    labels = np.array([v for doc in made for v in doc.labels], dtype=float)
    perfect = figures(made, labels + rng.uniform(0, 0.1, len(labels)), resamples=5)
    assert perfect["promotion"]["0.1%"] == [1, 1, 1]
    useless = figures(made, rng.uniform(0, 1, len(labels)), resamples=5)
    assert useless["promotion"]["1%"][0] < 0.1
    assert useless["clean"]["1%"][0] == pytest.approx(0.01, abs=0.003)


def test_promotion_in_news_is_told_from_promotion_among_its_like() -> None:
    text = "A paragraph that is long enough to count as prose, as it has many more than eighty code points in it."
    category = GROUPS[0][0]
    news = Made(0, "news", (text, text), (0, 2), ("clean", category))
    guide = Made(0, "guide", (text, text), (3, 2), ("guide", category))
    goods = Made(0, "goods", (text, text), (3, 2), ("list app_store", category))
    found = figures([news, guide, goods], np.array([0.1, 0.9, 0.0, 0.05, 0.0, 0.9]), resamples=0)
    assert {k: v["paragraphs"] for k, v in found.items() if k.startswith("promotion")} == {
        "promotion": 1, "promotion elsewhere": 1, "promotion everywhere": 2,
    }  # fmt: skip
    assert found["promotion"]["0.5%"][0] == 1.0
    assert found["promotion elsewhere"]["0.5%"][0] == 0.0
    assert found[category]["paragraphs"] == 1


def test_judgements_are_digests_and_labels() -> None:
    known = audit.judgements()
    assert len(known) >= 1000
    assert all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in known)
    assert "content" in known.values()
    assert all(" " not in label for label in known.values())


def test_judged_furniture_and_ruled_lines_are_no_clean_text(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["Rain  fell on\tLeeds.", "Subscribe to nobody in particular.", "READ MORE: Ferry ends its last season"]
    judged = {audit.digest(lines[1]): "newsletter"}
    monkeypatch.setattr(audit, "judgements", lambda: judged)
    assert audit.clean(lines) == ["Rain fell on Leeds."]
    judged[audit.digest(lines[2])] = "content"
    assert audit.clean(lines) == ["Rain fell on Leeds.", lines[2]], "a judgement outweighs a rule"


def test_suspects_are_worst_first_and_unjudged(corpora: Path) -> None:
    made = documents(corpora)
    model = train(made, trees=3).model_
    found = audit.suspects(corpora, model=model, many=5)
    assert [f["score"] for f in found] == sorted((f["score"] for f in found), reverse=True)
    for f in found:
        assert f["sha256"] == audit.digest(f["text"])
        assert set(f) == {"sha256", "outlet", "score", "before", "text", "after"}


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no corpus offtopic/news"):
        documents(tmp_path)
