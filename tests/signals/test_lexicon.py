"""The table of words: sound entries, no word that says two opposite things, forms that can be found."""

from __future__ import annotations

import tomllib
from importlib import resources
from itertools import pairwise

import pytest

from newsclean.article import Article
from newsclean.signals.lexicon import LANGUAGES, folded, lexicon
from newsclean.signals.reading import quotations, read

GOOD = ("hedge", "qualifier", "example", "said", "reply", "expert", "contrast", "document", "disclosure", "correction")
BAD = ("boost", "loaded", "claimed", "passive", "label", "moral", "media")


def raw(language: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((resources.files("newsclean") / "signals" / f"{language}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_row_is_about_something_and_its_words_are_folded(language: str) -> None:
    for category, row in raw(language).items():
        assert set(row) <= {"about", "headline", "words", "phrases", "never"}, category
        assert row["about"]
        words = str(row.get("words", "")).split()
        for form in [*words, *row.get("phrases", ()), *row.get("never", ())]:  # type: ignore[misc]
            assert str(form).startswith("=") or form == folded(str(form)), form
            assert str(form).lstrip("=")[0].isalpha(), form


def test_no_form_counts_for_and_against() -> None:
    for head in lexicon("en").heads.values():
        for entry in head.entries:
            assert not (set(entry.categories) & set(GOOD) and set(entry.categories) & set(BAD)), entry


def test_longer_forms_are_tried_first() -> None:
    for word, head in lexicon("en").heads.items():
        for entries in (*head.after.values(), head.alone):
            assert all(len(a.form) >= len(b.form) for a, b in pairwise(entries)), word
            assert set(head.alone) <= set(entries), word


def test_every_form_of_the_table_can_be_found_in_prose() -> None:
    for head in lexicon("en").heads.values():
        for entry in head.entries:
            form = entry.exact or entry.form
            text = f"On this fine day the clerk wrote down {form} and then the clerk went home to the harbour for good."
            spans = [p for places in read(Article(text, language="en")).hits.values() for p in places]
            assert not entry.categories or form in [text[a:b] for a, b in spans], form


@pytest.mark.parametrize("text", ["Straße", "İstanbul’s", "ﬁne", "DON’T"])
def test_folding_keeps_offsets(text: str) -> None:
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("He said “no” twice.", ["“no”"]),
        ('He said "no" and "yes".', ['"no"', '"yes"']),
        ("«Non», dit-il.", ["«Non»"]),
        ("The mayor said ‘no more,’ and left.", ["‘no more,’"]),
        ("“We go on in the next paragraph.", ["“We go on in the next paragraph."]),
        ("The 6' pole isn't new.", []),
        ("The boys' boat is 'the town's pride', he said.", ["'the town's pride'"]),
        ("It was 'not easy,' she said, 'but we don't mind.'", ["'not easy,'", "'but we don't mind.'"]),
        ("It ended there.”", []),
    ],
)
def test_quotations(text: str, quotes: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text, 0, len(text))] == quotes


def test_prose_only_is_read() -> None:
    text = "Harbour bridge closed\n\nThe bridge over the harbour was closed on Monday, and “it may never open,” she said.\n\nShare"
    found = read(Article(text, language="en"))
    assert [p.text[:10] for p in found.body] == ["The bridge"]
    assert (found.words, found.outside) == (16, 12)
    assert [text[a:b] for a, b in found.quotes] == ["“it may never open,”"]
    assert "hedge" in found.hits  # a quoted doubt is passed on
    assert ("boost" in found.hits, "boost" in found.inside) == (False, True)
