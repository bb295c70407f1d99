"""Sourcing: whose word an article is, how much of it, and whether the other side was asked.

Most of these read ``Article.attributions``; a few read plain phrases, for what is said without naming anybody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from newsclean.evidence import Attribution, Signal
from newsclean.signals.reading import SPEECH, Reading, merged, rate
from newsclean.spans import Offsets, Spans

__all__ = ["SHARE", "SOURCING"]

_BEING: Final = re.compile(r", (?:an?|the|who|which) (?=[a-z])")
OUTLETS: Final = frozenset(
    {"wire", "newspaper", "broadcaster", "magazine", "digital_outlet", "media_unspecified"}
)  # fmt: skip
CREDITS: Final = frozenset({"dateline", "wire_credit", "republication"})
PARTIES: Final = frozenset(
    [
        "government",
        "intergovernmental",
        "politician_party",
        "security_law",
        "academic_expert",
        "ngo_advocacy",
        "business",
        "public_witness",
    ]
)


def _where(found: Iterable[Attribution]) -> Spans:
    """The sources' places, or where none is written the cues'."""
    return tuple(merged([place for a in found for place in (a.source or a.cue)]))


def _length(disjoint: Iterable[Offsets]) -> int:
    return sum(b - a for a, b in disjoint)


def named_sources(r: Reading) -> Signal:
    """Distinct sources with a name.  Zhang et al. 2018 (source credibility); Trust Project, "citations and references"."""
    found = {a.name: a for a in reversed(r.speech) if a.name and a.naming in ("named", "institution")}
    return Signal(float(len(found)), _where(found.values()), 1, f"{len(found)} different sources are named")


def outlets_cited(r: Reading) -> Signal:
    """Distinct other outlets that are cited.  W3C credibility signals (cites its sources); it points neither way."""
    found = {
        a.via or a.name: a
        for a in reversed(r.article.attributions)
        if (a.via or a.type in OUTLETS) and a.kind in SPEECH
    }
    return Signal(float(len(found)), _where(found.values()), 0, f"{len(found)} other outlets are cited")


def second_hand(r: Reading) -> Signal | None:
    """Share of what is attributed that comes through or from another outlet.  JTI (CWA 17493), own against others' reporting."""
    all_of_it = r.speech
    if not all_of_it:
        return None
    found = [a for a in all_of_it if a.via or a.type in OUTLETS]
    share = len(found) / len(all_of_it)
    return Signal(share, _where(found), -1, f"{share:.0%} of what is attributed is another outlet's word")


def top_source(r: Reading) -> Signal | None:
    """Share of the attributed text that one source has.  Ours, after "diverse voices" of the Trust Project."""
    places: dict[str, list[Attribution]] = {}
    for a in r.speech:
        places.setdefault(a.name or a.text, []).append(a)
    if len(r.article.attributions) < 5:
        return None
    sizes = {who: _length(merged([p for a in found for p in a.content])) for who, found in places.items()}
    all_of_it = sum(sizes.values())
    if not all_of_it:
        return None
    who = max(sizes, key=sizes.__getitem__)
    share = sizes[who] / all_of_it
    return Signal(share, _where(places[who]), -1, f"{share:.0%} of the attributed text is the word of one source")


def anonymous(r: Reading) -> Signal | None:
    """Share of sources that stay unnamed.  JTI (CWA 17493), unnamed sources; exclusive reporting has them too, so it points neither way."""
    all_of_it = r.speech
    if not all_of_it:
        return None
    found = [a for a in all_of_it if a.naming in ("anonymous", "collective")]
    share = len(found) / len(all_of_it)
    return Signal(share, _where(found), 0, f"{share:.0%} of what is attributed has a source without a name")


def anonymity_explained(r: Reading) -> Signal | None:
    """Whether it says why a source is not named.  JTI (CWA 17493); absent where nobody asked for anonymity."""
    asked, why = r.hits.get("unnamed", ()), r.hits.get("reason", ())
    granted = [p for a in r.article.attributions if a.kind == "anonymity" for p in a.cue]
    if not asked and not granted and not why:
        return None
    reasons = len(why)
    return Signal(
        float(min(1, reasons)),
        tuple(merged([*asked, *why, *granted])),
        1,
        f"unnamed sources, and {reasons or 'no'} reasons given",
    )


def sides(r: Reading) -> Signal:
    """Kinds of parties that are heard (officials, politicians, experts, business, witnesses …), 0 to 8.  Trust Project, "diverse voices"."""
    found = {a.type: a for a in reversed(r.speech) if a.type in PARTIES}
    return Signal(float(len(found)), _where(found.values()), 1, f"{len(found)} kinds of parties are heard")


def right_of_reply(r: Reading) -> Signal | None:
    """Places where somebody was asked for a comment.  Trust Project, "methods"; JTI (CWA 17493), right of reply."""
    asked = [p for a in r.article.attributions if a.kind == "no_comment" for p in a.cue]
    if not r.told and not asked:
        return None
    found = merged([*r.hits.get("reply", ()), *asked])
    return Signal(rate(len(found), r.words), tuple(found), 1, f"{len(found)} times somebody was asked for a comment")


def documents(r: Reading) -> Signal | None:
    """Papers, polls and data that can be looked up, in 1,000 words.  Trust Project, "citations and references"; W3C."""
    cited = [p for a in r.article.attributions if a.kind in ("document", "poll") for p in (a.source or a.cue)]
    if not r.told and not cited:
        return None
    found = merged([*r.hits.get("document", ()), *cited])
    return Signal(rate(len(found), r.words), tuple(found), 1, f"{len(found)} mentions of documents, polls or data")


def spokespeople(r: Reading) -> Signal | None:
    """Spokespeople, statements and interviews, in 1,000 words: word that somebody went to get.  Ours."""
    if not r.told:
        return None
    found = r.hits.get("spokes", ())
    return Signal(rate(len(found), r.words), tuple(found), 1, f"{len(found)} spokespeople, statements or interviews")


def attributed_share(r: Reading) -> Signal | None:
    """Share of the prose that is somebody's word.  Zhang et al. 2018 (attribution); Horne and Adalı 2017 count quotations."""
    if not r.size:
        return None
    found = merged([place for a in r.speech for place in (*a.source, *a.cue, *a.content)])
    share = min(1.0, _length(found) / r.size)
    return Signal(share, tuple(found), 1, f"{share:.0%} of the text is given as somebody's word")


def said(r: Reading) -> Signal | None:
    """Plain verbs of speech ("said", "told", "according to") in 1,000 words.  Horne and Adalı 2017, after reporters' handbooks; it tells a report from an essay, and neither is a merit."""
    if not r.told:
        return None
    found = r.hits.get("said", ())
    return Signal(rate(len(found), r.outside), tuple(found), 0, f"{len(found)} plain verbs of speech")


def quoted(r: Reading) -> Signal | None:
    """Share of the prose between quotation marks.  Horne and Adalı 2017; Zhang et al. 2018; interviews and rants quote alike: it points neither way."""
    if not r.size:
        return None
    share = _length(r.quotes) / r.size
    return Signal(share, r.quotes, 0, f"{share:.0%} of the text stands between quotation marks")


def scare_quotes(r: Reading) -> Signal | None:
    """Quotations of one or two words, in 1,000 words: words held at arm's length.  Ours."""
    if not r.words:
        return None
    found = tuple((a, b) for a, b in r.quotes if b - a <= 26 and len(r.source[a:b].split()) <= 2)
    return Signal(rate(len(found), r.words), found, -1, f"{len(found)} words in quotation marks of their own")


def unattributed(r: Reading) -> Signal | None:
    """Word without an owner ("it is believed", "critics say"), in 1,000 words.  Zhang et al. 2018 (vague attribution)."""
    nobody = [p for a in r.article.attributions if a.kind == "no_source" for p in a.cue]
    if not r.told and not nobody:
        return None
    found = merged([*r.hits.get("passive", ()), *nobody])
    return Signal(rate(len(found), r.words), tuple(found), -1, f"{len(found)} times word is given without saying whose")


def introductions(r: Reading) -> Signal | None:
    """People and bodies that are said to be something ("Ada Moss, a professor of …"), in 1,000 words.  Trust Project, "author expertise", of sources."""
    if not r.told:
        return None
    found = []
    for m in _BEING.finditer(r.source):
        name = r.source.rfind(" ", 0, m.start()) + 1
        if r.source[name].isupper() and r.prose.holds(name):
            found.append((name, m.end() - 1))
    return Signal(rate(len(found), r.words), tuple(found), 1, f"{len(found)} times it says who somebody is")


def posts(r: Reading) -> Signal | None:
    """Posts and clips of social media that stand for reporting, in 1,000 words.  Ours."""
    shown = [p for a in r.article.attributions if a.kind == "social_post" for p in a.cue]
    if not r.told and not shown:
        return None
    found = merged([*r.hits.get("post", ()), *shown])
    return Signal(rate(len(found), r.words), tuple(found), -1, f"{len(found)} mentions of posts or clips")


def experts(r: Reading) -> Signal | None:
    """People who study the matter, in 1,000 words.  Zhang et al. 2018 (quotes from outside experts)."""
    if not r.told:
        return None
    found = r.hits.get("expert", ())
    return Signal(rate(len(found), r.words), tuple(found), 1, f"{len(found)} mentions of people who study the matter")


def judged(r: Reading) -> Signal | None:
    """Share of attributions whose verb takes a stand (asserts, denies, doubts, distances).  Zhang et al. 2018 (inference)."""
    all_of_it = r.speech
    if not all_of_it:
        return None
    found = [a for a in all_of_it if a.stance in ("asserts", "doubts", "distances")]
    share = len(found) / len(all_of_it)
    return Signal(
        share,
        tuple(merged([p for a in found for p in a.cue])),
        -1,
        f"{share:.0%} of the attributions have a verb that takes a stand",
    )


SOURCING: Final[tuple[Callable[[Reading], Signal | None], ...]] = (
    named_sources, outlets_cited, second_hand, anonymous, anonymity_explained, sides, right_of_reply, documents, spokespeople,
    unattributed, posts, experts, introductions,
)  # fmt: skip
SHARE: Final[tuple[Callable[[Reading], Signal | None], ...]] = (
    attributed_share, top_source, said, judged, quoted, scare_quotes,
)  # fmt: skip
