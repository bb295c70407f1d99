"""Copies: cut, reordered and re-headlined stories are found in any order; what only looks alike is not."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.copies import PASSAGE, Shared, copies, find

WORDS = [
    "harbour",
    "council",
    "ferry",
    "winter",
    "school",
    "teacher",
    "roof",
    "storm",
    "budget",
    "village",
    "engine",
    "driver",
    "market",
    "price",
    "winner",
    "river",
    "bridge",
    "doctor",
    "patient",
    "garden",
    "museum",
    "ticket",
    "song",
    "choir",
    "judge",
    "court",
    "letter",
    "island",
    "train",
    "signal",
    "harvest",
    "apple",
    "cider",
    "barrel",
]


def paragraph(rng: random.Random, words: int = 40) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def story(seed: int, paragraphs: int = 8) -> list[str]:
    rng = random.Random(seed)
    return [paragraph(rng) for _ in range(paragraphs)]


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


ORIGINAL = story(1)


@pytest.mark.parametrize(
    "copy",
    [
        text(*ORIGINAL),
        text("Quite another headline over it", *ORIGINAL),
        text(*ORIGINAL[:3]),
        text(*ORIGINAL[5:]),
        text(*reversed(ORIGINAL)),
        text("By Our Staff", *ORIGINAL[2:5], "Sign up for the morning letter."),
        text(*ORIGINAL).upper(),
        text(*(p.replace("ferry", "boat") for p in ORIGINAL)),
    ],
)
def test_a_copy_is_found(copy: str) -> None:
    assert copies([text(*story(2)), text(*ORIGINAL), copy, text(*story(3))]) == ((1, 2),)


@pytest.mark.parametrize(
    "other",
    [
        text(*story(2)),
        text(ORIGINAL[0], *story(2)),  # one paragraph of background
        text(*(x for n in range(4, 16) for x in story(n)), *ORIGINAL[:4]),  # an item of a long round-up
        "",
        "Short.",
    ],
)
def test_what_is_no_copy(other: str) -> None:
    assert copies([text(*ORIGINAL), other]) == ()


def test_what_somebody_said_makes_no_copy() -> None:
    speech = [f"“{p}”" for p in story(5, 4)]
    one, other = text(*speech, *story(6, 3)), text(*story(7, 3), *speech)
    assert copies([one, other]) == ()
    assert [(g.kind, g.texts) for g in find([one, other])] == [("quote", (0, 1))] * 4


def test_the_same_list_of_links_makes_no_copy() -> None:
    links = text(*(f"Link {n} to another story of ours here" for n in range(6)))
    assert copies([text(story(8, 1)[0], links), text(*story(9, 3), links)]) == ()


def test_two_paragraphs_are_a_passage() -> None:
    taken = story(10, 2)
    one, other = text(*story(11), *taken), text(taken[0], *story(12), taken[1])
    (group,) = find([one, other])
    assert (group.kind, group.texts) == ("passage", (0, 1))
    for whole, spans in zip((one, other), group.spans, strict=True):
        assert sum(len(whole[a:b].split()) for a, b in spans) >= PASSAGE
        assert all(whole[a:b].rstrip(".").split()[-1] in " ".join(taken) for a, b in spans)


def test_an_outlet_may_tell_its_background_again() -> None:
    taken = story(10, 2)
    texts = [text(*story(11), *taken), text(*taken, *story(12))]
    assert find(texts, publishers=["The Mill", "The Mill"]) == ()
    assert len(find(texts, publishers=["The Mill", None])) == 1


def test_boilerplate_of_many_stories_is_no_passage() -> None:
    about = story(13, 2)
    assert find([text(*story(20 + n), *about) for n in range(12)]) == ()


def test_a_passage_of_a_widespread_story_is_one() -> None:
    """Thirty papers carry a story whole, one prints two paragraphs of it: these are not boilerplate."""
    wire = story(14)
    texts = [text(f"Headline {n}", *wire) for n in range(30)] + [text(*story(15), *wire[2:4])]
    found = find(texts)
    assert [g.kind for g in found] == ["story", "passage"]
    assert found[1].texts[-1] == 30


def test_a_shared_quotation_may_be_cut() -> None:
    said = "nobody who has seen the river in May would build so much as a shed on that bank and I told them so twice"
    texts = [
        f"“{said},” she said.",
        f"She said: “… {' '.join(said.split()[4:18])} …”",
        f"“{' '.join(said.split()[:11])}.”",
    ]
    (group,) = find(texts)
    assert (group.kind, group.texts) == ("quote", (0, 1))
    assert texts[1][slice(*group.spans[1][0])].startswith("the river in May")


@pytest.mark.parametrize("texts", [[], [""], ["", ""], ["Rain.", "Rain."], [text(*ORIGINAL)]])
def test_nothing_to_find(texts: list[str]) -> None:
    assert find(texts) == ()
    assert copies(texts) == ()


def test_the_same_text_many_times_is_one_group() -> None:
    assert copies([text(*ORIGINAL)] * 200) == (tuple(range(200)),)


def test_a_crowd_hangs_together() -> None:
    """More copies than are compared with each other."""
    rng = random.Random(0)
    texts = [text(f"Headline {n}", *rng.sample(ORIGINAL, rng.randint(5, 8))) for n in range(120)]
    assert copies(texts) == (tuple(range(120)),)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(9)), st.integers(0, 5))
def test_any_order_gives_the_same(order: list[int], seed: int) -> None:
    rng = random.Random(seed)
    stories = [story(30 + n) for n in range(3)]
    texts = [text(*s) for s in stories] + [text("New", *rng.sample(s, 5)) for s in stories]
    texts += [text(*stories[0][:2], *story(40)), text(*story(41)), f"“{stories[2][0]}”"]

    def seen(found: tuple[Shared, ...], where: list[int]) -> set[tuple[str, frozenset[tuple[int, object]]]]:
        return {(g.kind, frozenset((where[i], s) for i, s in zip(g.texts, g.spans, strict=True))) for g in found}

    assert seen(find([texts[i] for i in order]), order) == seen(find(texts), list(range(9)))
    groups = {frozenset(order[i] for i in g) for g in copies([texts[i] for i in order])}
    assert {frozenset((n, n + 3)) for n in range(3)} <= groups


def test_no_pair_of_made_copies_is_missed_or_invented() -> None:
    rng = random.Random(7)
    texts: list[str] = []
    gold: set[tuple[int, int]] = set()
    for n in range(40):
        paragraphs = story(100 + n)
        first = len(texts)
        texts.append(text(*paragraphs))
        texts += [text(*rng.sample(paragraphs, rng.randint(3, 8))) for _ in range(rng.randint(0, 4))]
        gold |= set(combinations(range(first, len(texts)), 2))
    assert {pair for group in copies(texts) for pair in combinations(group, 2)} == gold
