"""Block model: features of blocks, what it says, and that it survives its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from lxml.html import document_fromstring

from newsclean.detectors.blockfeatures import FEATURES, dull, features, stacked
from newsclean.detectors.blocklabels import block_label
from newsclean.detectors.blocks import NEVER, BlockModel, default_blocks
from newsclean.detectors.blockwords import NAMES, WORDS, Tables, name_hashes, word_hashes
from newsclean.detectors.pagekind import PAGE, page_row
from newsclean.errors import ModelError
from newsclean.metadata import Metadata
from newsclean.page import Page, read_blocks
from newsclean.persist import load, save

EMPTY = Tables([0.0] * NAMES, [0.0] * NAMES, [0.0] * WORDS)
PROSE = "The number {} bus will keep running for two more years, the county council said on Monday evening."
HTML = (
    "<nav>" + "".join(f"<a href=/{i}><div>Menu {i}</div></a>" for i in range(9)) + "</nav><main><h1>Bus saved</h1>"
    + "".join(f"<p class=text>{PROSE.format(i)}</p>" for i in range(4)) + "<p class=text>Menu 3</p></main>"
)  # fmt: skip


def page(html: str = HTML) -> Page:
    return read_blocks(document_fromstring(html), most=1000)


def kept(p: Page) -> list[float]:
    return [float(b.text.startswith("The number")) for b in p.blocks]


def column(matrix: np.ndarray, name: str) -> list[float]:
    return [round(float(v), 3) for v in matrix[:, FEATURES.index(name)]]


def test_menus_far_from_the_text_are_not_looked_at() -> None:
    p = page()
    found = dull(p, kept(p))
    assert found[:7].all()
    assert not found[9:].any()


def test_features_are_finite_and_named() -> None:
    p = page()
    matrix = features(
        p, kept(p), Metadata(titles=("Bus saved",), description="The number 17 bus will keep running."), EMPTY
    )
    assert matrix.shape == (len(p.blocks), len(FEATURES))
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()
    assert column(matrix, "title_same")[9] == 1
    assert column(matrix, "kept") == kept(p)
    assert column(matrix, "heading")[9] == 1
    assert column(matrix, "copies")[-1] == column(matrix, "copy")[-1] == 2
    assert column(matrix, "core_in")[9:] == [1] * 6
    assert column(matrix, "since_kept")[13] == 1
    assert column(matrix, "after_kept")[14] == 1


def test_a_page_of_one_block_and_of_none() -> None:
    one = page("<p>x")
    assert features(one, [0.0], Metadata(), EMPTY).shape == (1, len(FEATURES))
    assert features(Page("", ()), [], Metadata(), EMPTY).shape == (0, len(FEATURES))


def test_a_body_in_json_ld_marks_its_blocks() -> None:
    p = page()
    matrix = features(p, kept(p), Metadata(body=PROSE.format(1) + " " + PROSE.format(2)), EMPTY)
    assert column(matrix, "has_body")[9:] == [1] * 6
    assert column(matrix, "body")[11:13] == [1, 1]


def test_names_and_words_enter_as_hashes() -> None:
    p = page()
    plain = features(p, kept(p), Metadata(), EMPTY)
    near = [0.0] * NAMES
    for h in name_hashes(p.blocks[10].node):
        near[h] = 1.0
    words = [0.0] * WORDS
    for h in word_hashes(["Bus", "saved"]):
        words[h] = 2.0
    told = features(p, kept(p), Metadata(), Tables(near, [0.0] * NAMES, words))
    assert column(told, "names_near")[10] > column(plain, "names_near")[10] == 0
    assert column(told, "said")[9] > 1


def test_the_second_look_sees_the_neighbours() -> None:
    p = page()
    matrix = features(p, kept(p), Metadata(), EMPTY)
    seen = stacked(matrix, np.arange(len(p.blocks), dtype=np.float32))
    assert seen.shape[1] > matrix.shape[1]
    assert seen[3, matrix.shape[1] : matrix.shape[1] + 3].tolist() == [3, -9, -9]


def test_the_model_that_ships_tells_text_from_menu() -> None:
    p = page()
    odds = default_blocks().log_odds(p, kept(p), Metadata(titles=("Bus saved",)))
    assert (odds[10:14] > 0).all()
    assert (odds[:7] == NEVER).all()


def test_the_model_survives_its_file(tmp_path: Path) -> None:
    model = default_blocks()
    model.save(tmp_path / "blocks", {"features": len(FEATURES), "page": len(PAGE)})
    again = BlockModel.load(tmp_path / "blocks")
    p = page()
    assert (again.log_odds(p, kept(p), Metadata()) == model.log_odds(p, kept(p), Metadata())).all()


def test_a_model_of_other_features_is_refused(tmp_path: Path) -> None:
    default_blocks().save(tmp_path / "blocks", {"features": 3, "page": len(PAGE)})
    with pytest.raises(ModelError, match="3 features"):
        BlockModel.load(tmp_path / "blocks")
    arrays, _ = load(tmp_path / "blocks")
    del arrays["gate_roots"], arrays["limits"]
    save(tmp_path / "other", arrays, {"features": len(FEATURES), "page": len(PAGE)})
    with pytest.raises(ModelError, match="no block model"):
        BlockModel.load(tmp_path / "other")


def test_the_numbers_of_a_page() -> None:
    p = page()
    odds = np.where(np.array(kept(p)) > 0, 3.0, -3.0)
    row = dict(zip(PAGE, page_row(p, kept(p), odds, Metadata(types=("https://schema.org/NewsArticle",))), strict=True))
    assert row["article"] == 1
    assert row["goods"] == 0
    assert row["prose_share"] == 1
    assert row["prose"] == pytest.approx(np.log1p(4))
    assert row["url_parts"] == -1
    shop = Metadata(url="https://shop.example/collections/tea-kettles-of-steel?page=2")
    row = dict(zip(PAGE, page_row(p, kept(p), odds, shop), strict=True))
    assert [row[f"url_{k}"] for k in ("parts", "words", "last", "query", "article", "other", "number", "host")] == [
        2, 3, 3, 1, 0, 1, 0, 1,
    ]  # fmt: skip
    assert page_row(Page("", ()), [], np.zeros(0), Metadata()) == [0.0] * len(PAGE)


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ("<div class=comment-list><p>x", "comments"), ("<div id=relatedStories><a href=/>x</a>", "teaser"),
        ("<aside class=newsletterSignup><p>x", "newsletter"), ("<figure><figcaption>x", "caption"),
        ("<footer><p>x", "legal"), ("<nav><p>x", "navigation"), ("<p>x", "navigation"), ("<span class=author>x", "byline"),
        (f"<p><a href=/>{PROSE}</a>", "teaser"),
    ],
)  # fmt: skip
def test_a_block_is_called_what_its_element_is(html: str, label: str) -> None:
    assert block_label(page(html).blocks[0], {}) == label
