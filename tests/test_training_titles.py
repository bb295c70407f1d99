from __future__ import annotations

import tomllib

from newsclean.detectors.title import candidates
from newsclean.training.titles import Headed, same, train, written
from tests.detectors.builders import PROSE, document

TITLE = "Northern pilots go back to work after eleven days"


def page(site: str) -> Headed:
    lines = candidates(document("Home and garden tips for everybody", "Find a boat", TITLE, *PROSE), [])
    return Headed(site, tuple(lines), tuple(same(TITLE, c.paragraph.text) for c in lines))


def test_same_words_are_the_same_headline() -> None:
    assert same(TITLE, TITLE.upper())
    assert not same(TITLE, "Northern pilots")


def test_weights_are_learned_from_pages_of_several_sites_and_written_as_toml() -> None:
    pages = [page(f"site{k}.example") for k in range(12)]
    weights, counts = train(pages)
    assert counts == (12, 12, 0)
    assert weights["shared"] > 0 > weights["short"]
    assert tomllib.loads(written(weights, counts))["weights"] == weights
    assert written(*train(pages)) == written(weights, counts)
