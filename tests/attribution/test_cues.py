from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from newsclean.attribution.cues import LANGUAGES, VERBS, WORDS, lexicon, read
from newsclean.attribution.typing import types
from newsclean.datasets import VALUES
from newsclean.errors import RuleError

FOLDER = resources.files("newsclean.attribution") / "cues"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_is_folded_and_has_the_basics(language: str) -> None:
    lex = lexicon(language)
    words = {*lex.verbs, *lex.heads, *(w for kind in WORDS for w in getattr(lex, kind))}
    assert {w for w in words if w != w.casefold()} == set()
    assert any(v.strong for v in lex.verbs.values())
    kinds = {kind for seconds in lex.phrases.values() for found in seconds.values() for _, kind in found}
    assert {"according", "comment", "anonymity"} <= kinds
    assert {"denies", "distances"} <= {v.stance for v in lex.verbs.values()}
    assert lex.heads == set(lex.verbs) | set(lex.phrases) | lex.hedge | lex.papers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_phrase_is_tried_first(language: str) -> None:
    lex = lexicon(language)
    for first, seconds in lex.phrases.items():
        for second in seconds:
            sizes = [len(words) for words, _ in lex.phrases_at([first, second], 0)]
            assert sizes == sorted(sizes, reverse=True)
            assert sizes


def test_english_verbs_are_inflected() -> None:
    verbs = lexicon("en").verbs
    forms = [
        "say",
        "says",
        "said",
        "saying",
        "denies",
        "denying",
        "denied",
        "quipping",
        "admitting",
        "urging",
        "taught",
        "agreeing",
        "planned",
    ]
    assert [f for f in forms if f not in verbs] == ["taught"]
    assert verbs["says"].form == "third"
    assert verbs["criticized"].stance == "neutral"


def test_no_language_lists_a_class_that_does_not_exist() -> None:
    table = {"verbs": {"shout": {"stance": "neutral", "strength": "weak", "words": "shout"}}, "phrases": {}}
    with pytest.raises(RuleError, match="shout"):
        read("en", table)
    with pytest.raises(RuleError, match="stance"):
        read("en", {"verbs": {VERBS[0]: {"stance": "odd", "strength": "weak", "words": "say"}}, "phrases": {}})
    with pytest.raises(RuleError, match="colours"):
        read("en", {"verbs": {}, "phrases": {}, "words": {"colours": "red"}})
    with pytest.raises(RuleError, match="xx"):
        lexicon("xx")


def test_types_are_those_of_the_design() -> None:
    table = tomllib.loads((FOLDER / "types.toml").read_text(encoding="utf-8"))
    known = set(VALUES["type"].split())
    assert {*table["person"], *table["body"]} <= known
    assert types().person["spokeswoman"] if "spokeswoman" in types().person else types().anonymous >= {"spokeswoman"}
