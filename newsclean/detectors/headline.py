"""Headlines of others: what follows a "related" heading, and another story's in the middle of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import regex

from newsclean.detectors.shape import content_words, is_headline_like, is_prose, stem, touched, word_count
from newsclean.detectors.strip import STRONG
from newsclean.matching import core, fold
from newsclean.rules import Rule
from newsclean.segment import Paragraph
from newsclean.spans import Span

__all__ = ["followers", "other_headlines", "site_names"]

LONG_HEADLINE: Final = 7
"""Words from which a line under "Related" is more likely a headline than the article's next heading."""

CARDS: Final = 3
"""How often "Read more" stands in a text at least when it is a link under each card and heads no list."""

FOLLOWER: Final = 0.9
OTHER: Final = 0.85
SITE: Final = 0.9


def followers(
    paragraphs: Sequence[Paragraph],
    found: Sequence[Span],
    rules: Mapping[str, Rule],
    *,
    title: Paragraph | None = None,
) -> list[Span]:
    """The headline-like lines that stand under a heading such as "More on the topic:" and go with it.

    A list ends at the first prose, at the title, or after as many lines as the heading's rule takes.  The line just
    before prose may be the article's own next heading, so it goes only when it is as long as headlines are.  What
    stands there three times heads no list: it is the link under each card of one, and what follows it is the next card.
    """
    spans: list[Span] = []
    if not any(rules[rule].takes for rule in {span.rule for span in found} & rules.keys()):
        return spans
    covering = touched(paragraphs, found, least=STRONG)
    times = Counter(core(p.text) for p, heading in zip(paragraphs, covering, strict=True) if heading is not None)
    for i, heading in enumerate(covering):
        takes = rules[heading.rule].takes if heading is not None and heading.rule in rules else 0
        if takes and times[core(paragraphs[i].text)] >= CARDS:
            continue
        assert heading is not None or not takes
        for j in range(i + 1, min(i + 1 + takes, len(paragraphs))):
            p = paragraphs[j]
            if p is title or (covering[j] is None and not is_headline_like(p.text)) or is_prose(p.text):
                break
            if covering[j] is None and _opens_section(paragraphs, j):
                break
            if covering[j] is None and heading is not None:
                spans.append(Span(p.start, p.end, heading.label, heading.rule, FOLLOWER))
    return spans


_OPEN_END: Final = ".!?…:;,"
_NO_HEADLINE = regex.compile(
    r"https?:|www\.|pic\.twitter|[@#|]\w|[—–] \p{Lu}|\d{1,2}:\d{2}|/\p{Lu}|^[\W\d]|^\p{Ll}|^[^\p{Ll}]{1,200}$"
)
_FUNCTION_WORDS: Final = frozenset(
    # What English headlines leave out (articles, auxiliaries, pronouns), and the articles of five neighbours, so that
    # a section heading written as a sentence is never taken for one.
    [
        "the",
        "a",
        "an",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "will",
        "would",
        "it",
        "its",
        "that",
        "this",
        "these",
        "we",
        "i",
        "you",
        "they",
        "he",
        "she",
        "who",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einen",
        "einem",
        "ist",
        "sind",
        "war",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "du",
        "est",
        "sont",
        "el",
        "los",
        "las",
        "una",
        "es",
        "son",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "il",
        "lo",
        "gli",
        "i",
        "het",
        "een",
        "de",
    ]
)


def _opens_section(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a line could be a heading of the text that follows it: short or numbered, and prose behind it."""
    text = paragraphs[i].text
    before_prose = i + 1 < len(paragraphs) and is_prose(paragraphs[i + 1].text)
    return before_prose and (word_count(text) < LONG_HEADLINE or text[:1].isdigit())


def other_headlines(
    paragraphs: Sequence[Paragraph], found: Sequence[Span], *, title: Paragraph | None = None
) -> list[Span]:
    """Another story's headline standing alone between two paragraphs of prose, never a heading of the article itself.

    What tells them apart: a section heading is short, comes in several and is taken up by what follows; a stray
    headline is a sentence in headlinese (no article, no auxiliary), the only bare line of its article, and retells
    what stood *before* it: scrapers leave the teaser under the paragraph that mentions the other story.  Strange
    headlines of a quite other topic are not for rules: the off-topic model reads those.
    """
    gone = touched(paragraphs, found, least=STRONG)
    bare = [i for i, p in enumerate(paragraphs) if p is not title and _stands_bare(paragraphs, gone, i)]
    if len(bare) != 1 or not _retells(paragraphs, bare[0]):
        return []
    p = paragraphs[bare[0]]
    return [Span(p.start, p.end, "other_headline", "headline", OTHER)]


def _stands_bare(paragraphs: Sequence[Paragraph], gone: Sequence[Span | None], i: int) -> bool:
    """A short line without a sentence's end between two paragraphs of prose."""
    text = paragraphs[i].text
    if gone[i] is not None or not 0 < i < len(paragraphs) - 1 or len(text) > 180 or text[-1] in _OPEN_END:
        return False
    around = (i - 1, i + 1)
    return not is_prose(text) and all(gone[j] is None and is_prose(paragraphs[j].text) for j in around)


def _retells(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a bare line is in headlinese and says again what the paragraph before it says, and not the next one."""
    text = paragraphs[i].text
    words = content_words(text)
    if word_count(text) < 8 or len(words) < 5 or _NO_HEADLINE.search(text):
        return False
    if not _FUNCTION_WORDS.isdisjoint(fold(text).split()):
        return False
    before, after = (_share(words, paragraphs[j].text) for j in (i - 1, i + 1))
    return before >= 0.6 and before - after >= 0.25


def _share(words: frozenset[str], text: str) -> float:
    """The share of these words that a text takes up, whatever their endings."""
    there = {stem(w) for w in content_words(text)}
    return sum(stem(w) in there for w in words) / len(words)


def site_names(paragraphs: Sequence[Paragraph], found: Sequence[Span], names: Sequence[str]) -> Iterator[Span]:
    """Lines that are nothing but the name of the site, once stripped lines have told it."""
    cores = {core(name) for name in names} - {""}
    if not cores:
        return
    gone = touched(paragraphs, found, least=STRONG)
    for i, p in enumerate(paragraphs):
        if gone[i] is None and len(p.text) <= 60 and core(p.text) in cores:
            yield Span(p.start, p.end, "site_name", "site", SITE)
