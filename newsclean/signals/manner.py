"""Manner: how an article speaks - style, headline - and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from newsclean.evidence import Signal
from newsclean.signals.lexicon import folded
from newsclean.signals.reading import Reading, merged, rate

__all__ = ["HEADLINE", "STYLE", "TRANSPARENCY"]

_CAPITALS: Final = re.compile(r" ([A-Z]{2,20}(?:[ ,]{1,2}[A-Z]{2,20}){0,8})(?![a-z])")
_DATELINE: Final = 40
"""Code points of a paragraph in which capitals are a place or an agency."""
_SHOUTED: Final = frozenset(
    ["NOT", "NEVER", "ALL", "ONLY", "VERY", "NO", "YES", "IS", "ARE", "WAS", "WERE", "AND", "REALLY", "EVERY", "EVERYONE", "THIS",
     "THAT", "MUST", "WILL", "NOW", "STOP", "WHY", "WHAT", "HOW", "ANY", "HAVE"]
)  # fmt: skip
_NAME: Final = re.compile(r"[^\W\d_]{4,40}")
_QUOTING: Final = re.compile(r"[“„«]|\"(?=\w)|(?<!\w)[‘'](?=[^\W\d_])")
_LISTED: Final = re.compile(
    r"^(?:the )?(?:\d{1,2}|five|six|seven|eight|nine|ten) (?:\w{1,20} ){0,3}(?:things|ways|reasons|times|facts|moments|signs|tips|takeaways)\b",
    re.IGNORECASE,
)


def _counted(r: Reading, category: str, direction: int, what: str) -> Signal | None:
    """The words of a category in 1,000 words outside quotations; None in a language without a lexicon."""
    if not r.told:
        return None
    found = r.hits.get(category, ())
    value = rate(len(found), r.outside)
    return Signal(value, tuple(found), direction, f"{len(found)} {what}, {value:.1f} in 1,000 words outside quotations")


# Style.


def hedges(r: Reading) -> Signal | None:
    """Words that leave room for doubt.  Zhang et al. 2018 (acknowledges uncertainty); tentative words of Horne and Adalı 2017."""
    if not r.told:
        return None
    found = r.hits.get("hedge", ())
    value = rate(len(found), r.words)
    return Signal(value, tuple(found), 1, f"{len(found)} words that leave room for doubt, {value:.1f} in 1,000 words")


def qualifiers(r: Reading) -> Signal | None:
    """Words that say how far a statement reaches ("often", "some").  Zhang et al. 2018 (acknowledges uncertainty); tentative words of Horne and Adalı 2017."""
    return _counted(r, "qualifier", 1, "words that say how far a statement reaches")


def examples(r: Reading) -> Signal | None:
    """Examples given ("such as", "including", "for instance").  Ours: an assertion that is shown on something."""
    return _counted(r, "example", 1, "examples given")


def absolutes(r: Reading) -> Signal | None:
    """Absolutes and intensifiers.  Zhang et al. 2018 (overconfidence); certainty words of Horne and Adalı 2017."""
    return _counted(r, "boost", -1, "absolutes and intensifiers")


def judging_verbs(r: Reading) -> Signal | None:
    """Verbs of speech that judge ("claimed", "slammed").  Zhang et al. 2018 (inference, tone); ours in form."""
    return _counted(r, "claimed", -1, "verbs that judge what is said")


def loaded_words(r: Reading) -> Signal | None:
    """Words that carry a judgement.  Zhang et al. 2018 (emotionally charged tone); NELA's bias and emotion counts."""
    return _counted(r, "loaded", -1, "loaded words")


def loaded_quotes(r: Reading) -> Signal | None:
    """Loaded words and labels of camps inside quotations: what to quote is a choice too.  Ours, after Zhang et al. 2018 (tone)."""
    if not r.told:
        return None
    found = merged([*r.inside.get("loaded", ()), *r.inside.get("label", ()), *r.inside.get("boost", ())])
    value = rate(len(found), r.words)
    return Signal(value, tuple(found), -1, f"{len(found)} loaded words in quotations, {value:.1f} in 1,000 words")


def opinion(r: Reading) -> Signal | None:
    """What ought to be done, in the writer's voice.  Trust Project, "type of work": opinion apart from news."""
    return _counted(r, "should", -1, "times it says what ought to be done")


def asides(r: Reading) -> Signal | None:
    """Turns of an argument ("but", "of course", "why").  Ours, after the function words of Horne and Adalı 2017."""
    return _counted(r, "aside", -1, "turns of an argument")


def first_person(r: Reading) -> Signal | None:
    """The writer's own person.  Horne and Adalı 2017."""
    return _counted(r, "first", -1, "words of the first person")


def second_person(r: Reading) -> Signal | None:
    """Words to the reader.  Horne and Adalı 2017."""
    return _counted(r, "second", -1, "words to the reader")


def informal(r: Reading) -> Signal | None:
    """Contractions and colloquial words.  Horne and Adalı 2017 (informal language, swear words)."""
    return _counted(r, "informal", -1, "contractions and colloquial words")


def _marked(r: Reading, marks: Iterable[str], what: str) -> Signal | None:
    if not r.outside:
        return None
    found = sorted(place for mark in marks for place in r.marks(mark))
    value = rate(len(found), r.outside)
    return Signal(value, tuple(found), -1, f"{len(found)} {what}, {value:.1f} in 1,000 words outside quotations")


def questions(r: Reading) -> Signal | None:
    """Question marks in news prose.  Horne and Adalı 2017."""
    return _marked(r, "?？؟", "question marks")


def exclamations(r: Reading) -> Signal | None:
    """Exclamation marks in news prose.  Horne and Adalı 2017; Zhang et al. 2018 (tone)."""
    return _marked(r, "!！", "exclamation marks")


def quoted_outcries(r: Reading) -> Signal | None:
    """Question and exclamation marks inside quotations: whose outcry is passed on.  Ours, after Horne and Adalı 2017 (punctuation)."""
    if not r.words:
        return None
    found = sorted(place for mark in "?!" for place in r.marks(mark, quoted=True))
    value = rate(len(found), r.words)
    return Signal(
        value, tuple(found), -1, f"{len(found)} questions and outcries in quotations, {value:.1f} in 1,000 words"
    )


def asides_in_brackets(r: Reading) -> Signal | None:
    """Brackets of an aside.  Horne and Adalı 2017 (punctuation)."""
    return _marked(r, ("(",), "brackets")


def trailing_dots(r: Reading) -> Signal | None:
    """Dots that trail off.  Horne and Adalı 2017 (punctuation)."""
    return _marked(r, ("…", "..."), "trailing dots")


def capitals(r: Reading) -> Signal | None:
    """Words in capitals for emphasis.  Horne and Adalı 2017; abbreviations and datelines are not counted."""
    if not r.outside:
        return None
    found = []
    for m in _CAPITALS.finditer(r.source):
        words = m[1].replace(",", " ").split()
        if _SHOUTED.isdisjoint(words) and sum(len(w) > 4 for w in words) < 2:
            continue
        at = m.start(1)
        around = r.prose.around(at)
        if around and at >= around[0] + _DATELINE and not r.quoted(at):
            found.append(m.span(1))
    return Signal(rate(len(found), r.outside), tuple(found), -1, f"{len(found)} times capitals for emphasis")


def labels(r: Reading) -> Signal | None:
    """People named by their camp ("leftwing", "populists").  Ours, after Zhang et al. 2018 (tone)."""
    return _counted(r, "label", -1, "labels of camps")


def moral_words(r: Reading) -> Signal | None:
    """Words of virtue and vice in the writer's voice.  NELA's counts of moral foundations (Horne et al. 2018); Zhang et al. 2018 (tone)."""
    return _counted(r, "moral", -1, "words of virtue and vice")


def press_talk(r: Reading) -> Signal | None:
    """The press as such ("the media", "mainstream media") in the writer's voice.  Ours: news cites an outlet, polemics name them all."""
    return _counted(r, "media", -1, "mentions of the press as such")


def contrast(r: Reading) -> Signal | None:
    """Turns to the other side of a matter ("although", "while").  Zhang et al. 2018 (acknowledges complexity)."""
    return _counted(r, "contrast", 1, "turns to the other side")


# Transparency.


def byline(r: Reading) -> Signal | None:
    """Whether it says who wrote it; absent where the text has no line that could.  Trust Project, "author expertise"."""
    where = tuple((s.start, s.end) for s in r.article.spans if s.label == "byline")
    if r.article.byline is None and not where:
        return None
    return Signal(1.0, where, 1, "it names its author")


def credits(r: Reading) -> Signal:
    """Datelines and credits of agencies.  Trust Project, "locally sourced"; JTI (CWA 17493), origin of content."""
    found = tuple(
        place for a in r.article.attributions if a.kind in ("dateline", "wire_credit", "republication") for place in a.cue
    )  # fmt: skip
    return Signal(float(min(2, len(found))), found, 1, f"{len(found)} datelines and credits")


def corrections(r: Reading) -> Signal | None:
    """Notes of correction or of an update.  Trust Project, "best practices"; JTI (CWA 17493), corrections."""
    return _noted(r, "correction", "notes of correction or of an update")


def disclosures(r: Reading) -> Signal | None:
    """Where it says how it knows, or that it does not.  Trust Project, "methods"; W3C credibility signals."""
    return _noted(r, "disclosure", "times it says how it knows, or that it does not")


def _noted(r: Reading, category: str, what: str) -> Signal | None:
    if not r.told:
        return None
    found = r.hits.get(category, ())
    return Signal(rate(len(found), r.words), tuple(found), 1, f"{len(found)} {what}")


def figures(r: Reading) -> Signal | None:
    """Numbers, measures and comparisons outside quotations.  Horne and Adalı 2017; Trust Project, "citations and references"."""
    if not r.outside:
        return None
    found = merged([*r.figures, *r.hits.get("measure", ())])
    value = rate(len(found), r.outside)
    return Signal(
        value, tuple(found), 1, f"{len(found)} figures and measures, {value:.1f} in 1,000 words outside quotations"
    )


def days(r: Reading) -> Signal | None:
    """Days of the week: news says when.  Ours, after the five questions of a news lead."""
    return _counted(r, "day", 1, "days named")


# The headline.


def _in_headline(r: Reading, categories: frozenset[str]) -> int:
    """How many forms of some categories stand in the headline."""
    return len({e.form for e in r.headline_words if not categories.isdisjoint(e.categories)})


def clickbait(r: Reading) -> Signal | None:
    """Forms of a headline that withhold, command or count.  Zhang et al. 2018 (clickbait title); Horne and Adalı 2017."""
    if not r.told or not r.headline:
        return None
    marks = ("?" in r.headline) + ("!" in r.headline)
    value = _in_headline(r, frozenset({"clickbait"})) + bool(_LISTED.search(r.headline)) + marks
    return Signal(float(min(3, value)), r.headline_at, -1, f"{value} forms of clickbait in the headline")


def headline_loaded(r: Reading) -> Signal | None:
    """Loaded words, verbs that judge, labels and absolutes in the headline.  Zhang et al. 2018 (clickbait title, tone)."""
    if not r.told or not r.headline:
        return None
    found = _in_headline(r, frozenset({"loaded", "claimed", "label", "boost"}))
    return Signal(float(min(3, found)), r.headline_at if found else (), -1, f"{found} loaded words in the headline")


def headline_quotes(r: Reading) -> Signal | None:
    """Whether the headline holds quotation marks: somebody's outcry for a title, or words at arm's length.  Ours, after Zhang et al. 2018 (clickbait title)."""
    if not r.headline:
        return None
    found = len(_QUOTING.findall(r.headline))
    return Signal(float(found > 0), r.headline_at if found else (), -1, f"{found} quotations in the headline")


def headline_capitals(r: Reading) -> Signal | None:
    """Words of the headline in capitals.  Horne and Adalı 2017 (titles of false news shout)."""
    words = _NAME.findall(r.headline)
    if len(words) < 3:
        return None
    shouted = sum(w.isupper() for w in words)
    share = 0.0 if shouted == len(words) else shouted / len(words)
    return Signal(share, r.headline_at if shouted else (), -1, f"{shouted} words of the headline in capitals")


def headline_unborne(r: Reading) -> Signal | None:
    """Share of the headline's words that the text never uses.  Zhang et al. 2018 (title representativeness)."""
    words = {w[:6] for w in _NAME.findall(folded(r.headline))}
    if len(words) < 3 or not r.body:
        return None
    text = r.text[r.body[0].start : r.body[-1].end]
    missing = sum(w not in text for w in words)
    share = missing / len(words)
    return Signal(
        share, r.headline_at if missing else (), -1, f"{share:.0%} of the headline's words are not in the text"
    )


Measure = Callable[[Reading], Signal | None]
STYLE: Final[tuple[Measure, ...]] = (
    hedges, qualifiers, examples, absolutes, judging_verbs, loaded_words, loaded_quotes, opinion, asides, first_person, second_person, informal, questions,
    exclamations, quoted_outcries, asides_in_brackets, trailing_dots, capitals, labels, moral_words, press_talk, contrast,
)  # fmt: skip
TRANSPARENCY: Final[tuple[Measure, ...]] = (byline, credits, corrections, disclosures, figures, days)
HEADLINE: Final[tuple[Measure, ...]] = (
    clickbait,
    headline_loaded,
    headline_quotes,
    headline_capitals,
    headline_unborne,
)
