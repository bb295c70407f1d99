"""Typing: what kind of source speaks, whether it is named, and how directly.

The words of the phrase decide (``cues/types.toml``), its head first; what is known by name (``sources``) goes before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Final

from newsclean.attribution.clauses import Range
from newsclean.attribution.tokens import INSIDE, OUTSIDE, Tokens

__all__ = ["Types", "anonymous_name", "directness", "fits", "head", "masthead_type", "naming", "source_type", "types"]

_CUT: Final = frozenset(["of", "for", "from", "in", "at", "on", "to", "who", "which", "that", "with", "whose", "whom", "near", "by", "and", "as", "about", "under", "against", "de", "für", "von", "der", "des", "du", "del", "da", "di", "dell", "della", "dello", "degli", "delle", "do", "dos", "das"]) | {
    ",", ";", "(", ":", "–", "—"}  # fmt: skip
_ORDER: Final = (
    "document_data", "newspaper", "magazine", "broadcaster", "digital_outlet", "wire", "social_media", "intergovernmental",
    "government", "politician_party", "security_law", "academic_expert", "ngo_advocacy", "business", "public_witness",
    "media_unspecified",
)  # fmt: skip
_VOICES: Final = frozenset(
    [
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "spokespeople",
        "spokesmen",
        "aide",
        "aides",
        "adviser",
        "advisor",
        "advisers",
        "advisors",
        "lawyer",
        "staffer",
        "member",
        "members",
        "leader",
        "leaders",
        "chief",
        "head",
        "director",
        "chair",
        "chairman",
        "chairwoman",
        "source",
        "sources",
        "insider",
        "employee",
        "sprecher",
        "sprecherin",
        "porte-parole",
        "portavoz",
    ]
)
_ROMANCE: Final = frozenset(
    [
        "un",
        "une",
        "le",
        "les",
        "l",
        "el",
        "los",
        "las",
        "una",
        "um",
        "uma",
        "os",
        "il",
        "lo",
        "gli",
        "uno",
        "su",
        "sus",
        "sa",
        "ses",
        "seu",
        "sua",
        "suo",
        "della",
        "dell",
    ]
)
_HEADS: Final = frozenset(
    [
        "president",
        "secretary",
        "minister-president",
        "presidente",
        "presidenta",
        "présidente",
        "président",
        "präsident",
        "präsidentin",
        "secrétaire",
        "secretaria",
        "secretario",
        "secretário",
        "secretária",
        "segretario",
        "segretaria",
    ]
)
_LED: Final = frozenset(["ngo_advocacy", "business", "academic_expert"])
"""What a president or a secretary of it is not of the government."""
_NUMBERS: Final[Mapping[str, int]] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "both": 2, "another": 1, "eleven": 11, "twelve": 12, "dozen": 12, "zwei": 2, "deux": 2, "dos": 2, "drei": 3, "trois": 3, "tres": 3,
}  # fmt: skip
_CALL_LETTERS: Final = re.compile(r"[KW][A-Z]{3}")
_NUMBER: Final = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Types:
    """The lexicon: word to types as a person's, a body's and an outlet's word, and the sets that decide about naming."""

    person: Mapping[str, str]
    body: Mapping[str, str]
    anonymous: frozenset[str]
    collective: frozenset[str]
    places: frozenset[str]
    masthead: Mapping[str, str]

    def says(self, word: str) -> bool:
        """Whether a word tells of itself what a source is."""
        return word in self.person or word in self.body or word in self.anonymous or word in self.collective

    @cached_property
    def never_in_names(self) -> frozenset[str]:
        """Words that no person's name holds."""
        return self.places.union(self.body)


@cache
def types() -> Types:
    """The lexicon of source types.  Read once, never changed."""
    text = (resources.files("newsclean.attribution") / "cues" / "types.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    maps: list[dict[str, str]] = []
    for part in ("person", "body"):
        found: dict[str, str] = {}
        for kind in _ORDER:
            for word in table[part].get(kind, "").split():
                found.setdefault(word, kind)
        for word in [w for w in found if part == "person" and not w.endswith("s")]:
            found.setdefault(f"{word}s", found[word])
        maps.append(found)
    sets = [frozenset(table[name]["words"].split()) for name in ("anonymous", "collective", "places")]
    masthead = {word: kind for kind, words in table["masthead"].items() for word in words.split()}
    return Types(maps[0], maps[1], sets[0], sets[1], sets[2], masthead)


def masthead_type(forms: Sequence[str]) -> str | None:
    """The type of an outlet that no table knows, by the first or last word of its name, or by its call letters.

    >>> masthead_type(["The", "Assize", "Post"]), masthead_type(["Radio", "Küste"]), masthead_type(["KTRN"]), masthead_type(["Post"])
    ('newspaper', 'broadcaster', 'broadcaster', None)
    """
    name = [f for f in forms if f.casefold() not in ("the", "el", "il", "o", "la", "le")]
    if len(name) == 1:
        return "broadcaster" if _CALL_LETTERS.fullmatch(name[0]) else None
    if not name or len(name) > 5 or not (name[0][0].isupper() and name[-1][0].isupper()):
        return None
    masthead = types().masthead
    return masthead.get(name[-1].casefold()) or masthead.get(name[0].casefold())


def head(t: Tokens, found: Range) -> int:
    """The token that heads a phrase: the last one before "of", "who", a comma or the like."""
    (start, end), fold = found, t.fold
    k = start + 1
    while k < end and fold[k] not in _CUT:
        k += 1
    while k - 1 > start and (
        fold[k - 1] in {"'s", "itself", "themselves", "himself", "herself"} or not t.form[k - 1][0].isalnum()
    ):
        k -= 1
    if fold[start] in _ROMANCE:  # "un sondage interne": the noun goes before what describes it
        return next((i for i in range(start + 1, k) if types().says(fold[i])), max(start, k - 1))
    return max(start, k - 1)


def source_type(words: Sequence[str], at: int = -1) -> str | None:
    """The type that the folded words of a phrase give away, the head at ``at`` first; None where none of them does.

    A spokesperson, aide or leader has the type of what they speak for.

    >>> source_type(["a", "spokesman", "for", "the", "hospital"], 1), source_type(["the", "poll"])
    ('academic_expert', 'document_data')
    """
    known = types()
    main = words[at] if words else ""
    others = [w for w in words if w != main]
    if main in known.body and known.body[main] in {
        "document_data",
        "newspaper",
        "magazine",
        "broadcaster",
        "digital_outlet",
    }:
        return known.body[main]
    if main in _HEADS and at >= 0:
        led = next((known.body[w] for w in words[at + 1 : at + 6] if known.body.get(w) in _LED), None)
        if led is not None:
            return led
    if main in _VOICES:
        for w in others:
            if w in known.body and known.body[w] != "document_data":
                return known.body[w]
        for w in others:
            if w in known.person and w not in _VOICES:
                return known.person[w]
    firm = known.person.get(main) in {"government", "media_unspecified", "public_witness"} or main not in known.body
    if main in known.person and firm:
        return known.person[main]
    if main in known.body:
        return known.body[main]
    for w in others:
        if w in known.person and w not in _VOICES:
            return known.person[w]
    for w in others:
        if w in known.body and known.body[w] not in {"document_data", "social_media", "newspaper"}:
            return known.body[w]
    if main in known.places:
        return "government"
    if main in _VOICES:
        return "business" if main in {"director", "chief", "employee"} else "unknown"
    return None


def naming(words: Sequence[str], forms: Sequence[str], at: int, *, person: bool, known: bool) -> str:
    """How a source is named: ``named``, ``institution``, ``collective``, ``anonymous`` or, without any word, ``none``.

    ``person`` says that a personal name stands in it or was found for it, ``known`` that it is a known body.
    A person by name is ``named``; a body that speaks as itself is an ``institution``, and so is a document; people who
    could be counted but have no name are ``anonymous``; a crowd is ``collective``.
    """
    if not words:
        return "none"
    if person:
        return "named"
    lexicon = types()
    main = words[at]
    counted = any(w in _NUMBERS or _NUMBER.fullmatch(w) for w in words[: at % len(words)])
    if main in lexicon.anonymous and (main not in lexicon.collective or counted or "several" in words):
        return "anonymous"
    if main in lexicon.collective:
        return "collective"
    if known or main in lexicon.body or main in lexicon.places:
        return "institution"
    if main in lexicon.person:
        return "collective" if main.endswith("s") and not main.endswith("ss") and not counted else "anonymous"
    if any(f[:1].isupper() for f in forms[1:]) or (forms[0][:1].isupper() and len(forms) == 1):
        return "institution"
    return "anonymous"


def anonymous_name(forms: Sequence[str], at: int) -> str | None:
    """A name for unnamed people: affiliation, office, how many: "U.S. officials (4, unnamed)".

    >>> anonymous_name(["four", "U.S.", "officials"], 2)
    'U.S. officials (4, unnamed)'
    """
    at %= max(1, len(forms))
    words = [f for f in forms[: at + 1] if f not in (",", "“", "”", '"')]
    number = next((_NUMBERS.get(w.casefold()) or (int(w) if _NUMBER.fullmatch(w) else None) for w in words), None)
    number = number or next((_NUMBERS[w.casefold()] for w in words if w.casefold() in _NUMBERS), None)
    kept = [
        w for w in words
        if w.casefold() not in _NUMBERS and not _NUMBER.fullmatch(w)
        and w.casefold() not in {"the", "all", "of", "some", "several", "many", "same", "his", "her", "their", "its", "anonymous", "other", "unnamed"}
    ]  # fmt: skip
    if not kept:
        return None
    behind = list(forms[at + 1 :])
    if behind[:1] in (["for"], ["from"], ["at"], ["in"], ["of"], ["with"]):
        stop = next((i for i, w in enumerate(behind[1:], 1) if w in (",", "who", "that", "(", ";")), len(behind))
        kept += behind[: min(stop, 8)]
    text = " ".join(kept).replace(" 's", "'s").replace(" ’s", "’s")
    return f"{text} ({number}, unnamed)" if number and number > 1 else f"{text} (unnamed)"


def fits(pronoun: str, head: str) -> bool:
    """Whether "he" or "she" can be whom a word names: no spokeswoman is a "he"."""
    female = head.endswith(("woman", "mother", "sister", "daughter"))
    male = not female and head.endswith(("man", "father", "brother", "son"))
    return not (female if pronoun in {"he", "him"} else male and pronoun in {"she", "her"})


def directness(t: Tokens, content: Sequence[Range]) -> str | None:
    """``direct`` when all words stand in quotation marks, ``mixed`` when some do, ``indirect`` when none; None without any."""
    states = [t.quote[a:b] for a, b in content]
    if not [part for part in states if INSIDE in part]:
        spoken = any(t.form[k][0].isalnum() and t.quote[k] == OUTSIDE for a, b in content for k in range(a, b))
        return "indirect" if spoken else None
    plain = _spoken(t, content, OUTSIDE) if [part for part in states if OUTSIDE in part] else 0
    if not plain:
        said = any(t.form[k][0].isalnum() and t.quote[k] == INSIDE for a, b in content for k in range(a, b))
        return "direct" if said else None
    quoted = _spoken(t, content, INSIDE)
    return "indirect" if not quoted else "direct" if plain * 12 <= quoted else "mixed"


def _spoken(t: Tokens, content: Sequence[Range], state: int) -> int:
    """The words of a content that stand outside of quotation marks, or inside."""
    form, quote = t.form, t.quote
    return sum([form[k][0].isalnum() for a, b in content for k in range(a, b) if quote[k] == state])
