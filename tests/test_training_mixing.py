"""Mixed pages are made of real lines, keep every word with its line, and know what is the article's."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.detectors.lines import read
from newsclean.segment import segment
from newsclean.training.mixing import LEAST, Flat, mixed

NAMES = ("harbour", "orchard", "viaduct", "brewery", "lighthouse")


def page(name: str, many: int = 12) -> Flat:
    """A page whose every line is different from all others, with an article of some lines in the middle."""
    menu = [f"{name} menu {i}" for i in range(many)]
    story = [f"The {name} opened for the {i}th time, and nobody came to see its {i} doors." for i in range(many)]
    box = [f"More about the {name}, part {i}" for i in range(many)]
    text = "\n".join((*menu, *story, *box))
    own = np.repeat([0, 1, 0], many)
    return Flat(read(text, segment(text)), {"logit": np.arange(3.0 * many)}, own)


PAGES = [page(name) for name in NAMES]


def lines_of(flat: Flat) -> list[tuple[int, ...]]:
    """The words of each line, as hashes."""
    return [tuple(flat.lines.words[flat.lines.line == i].tolist()) for i in range(flat.lines.size)]


KNOWN = {words: own for flat in PAGES for words, own in zip(lines_of(flat), flat.own.tolist(), strict=True)}


@given(seed=st.integers(0, 10_000))
def test_lines_are_those_of_the_pages(seed: int) -> None:
    made = mixed(PAGES[seed % len(PAGES)], PAGES, np.random.default_rng(seed))
    assert made is not None
    assert made.lines.size == len(made.own) == len(made.read["logit"]) >= LEAST
    found = lines_of(made)
    assert [len(words) for words in found] == made.lines.word_count.tolist()
    assert set(found) <= set(KNOWN)
    assert all(KNOWN[words] for words, own in zip(found, made.own.tolist(), strict=True) if own)
    assert made.own.any()


def test_of_two_stories_one_is_the_article() -> None:
    """Lines of an article become furniture now and then: another story's, never all."""
    foreign = Counter[bool]()
    for seed in range(200):
        made = mixed(PAGES[0], PAGES, np.random.default_rng(seed))
        assert made is not None
        told = {words for words, own in zip(lines_of(made), made.own.tolist(), strict=True) if KNOWN[words] and not own}
        foreign[bool(told)] += 1
    assert 20 < foreign[True] < 100


def test_a_seed_gives_one_page() -> None:
    one, two = (mixed(PAGES[1], PAGES, np.random.default_rng(5)) for _ in range(2))
    assert one is not None
    assert two is not None
    assert lines_of(one) == lines_of(two)
    assert one.own.tolist() == two.own.tolist()


@pytest.mark.parametrize("flat", [Flat(PAGES[0].lines, PAGES[0].read, np.zeros(36, dtype=np.int64)), page("pond", 1)])
def test_without_article_or_lines_there_is_nothing_to_mix(flat: Flat) -> None:
    assert mixed(flat, [flat], np.random.default_rng(0)) is None
