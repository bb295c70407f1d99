"""Block context: the heading above, and what a block has to do with the story."""

from __future__ import annotations

import numpy as np
import pytest
from lxml.html import document_fromstring

from newsclean.detectors.blockcontext import ABOVE, TOPIC, headed, topical
from newsclean.metadata import Metadata
from newsclean.page import Block, read_blocks

STORY = (
    "The ferry crossed Wexmoor harbour for the last time on Monday, with forty passengers aboard.",
    "Passengers crowded the ferry on Monday as it crossed the harbour, its captain said.",
)
OTHER = "Rhubarb growers expect record prices after frost destroyed orchards across neighbouring counties."


def looked(*texts: str) -> dict[int, Block]:
    html = "".join(f"<div><p>{text}</p></div>" for text in texts)
    return dict(enumerate(read_blocks(document_fromstring(f"<main>{html}</main>"), most=99).blocks))


def test_a_block_knows_the_last_heading_before_it() -> None:
    heading = np.array([False, True, False, True, False])
    found = headed(heading, [np.arange(5.0)] * (len(ABOVE) - 1))
    assert found.shape == (5, len(ABOVE))
    assert found[:, 0].tolist() == [99, 99, 1, 2, 1]
    assert found[:, 1].tolist() == [0, 0, 1, 1, 3]


def test_another_story_shares_no_words_with_headline_and_article() -> None:
    blocks = looked(*STORY, OTHER)
    table = topical(blocks, [1.0, 1.0, 0.0], Metadata(titles=("Ferry crosses harbour for the last time",)))
    assert table.shape == (3, len(TOPIC))
    assert (table[:2, [0, 3]] > 0).all()
    assert table[2, :6].tolist() == [0] * 6


def test_what_a_block_alone_says_tells_nothing_of_the_story() -> None:
    alone = topical(looked(STORY[0]), [1.0], Metadata())
    assert alone[0, TOPIC.index("story")] == 0


def test_a_block_without_long_words_has_no_share() -> None:
    assert topical(looked("It is so."), [0.0], Metadata())[0].tolist() == pytest.approx([-1, 0, -1, -1, 0, -1])


def test_chinese_is_read_by_its_characters() -> None:
    table = topical(looked("港口渡輪週一停航", "渡輪停航後港口冷清"), [1.0, 0.0], Metadata())
    assert table[1, TOPIC.index("story")] > 0.5
