"""Credits: lines that say where a whole text comes from - wire credits, republication notes, corrections, photo credits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import regex

from newsclean.evidence import Attribution
from newsclean.segment import Paragraph
from newsclean.sources import Source, dateline_forms, lookup

__all__ = ["wire_credits"]

LONGEST: Final = 700
"""No credit or note stands in a longer paragraph."""

_OUTLET: Final = r"\p{Lu}[\p{L}\p{M}.&'’-]{0,24}(?: (?:\p{Lu}[\p{L}\p{M}.&'’-]{0,24}|of|the|and|de|la|le|der)){0,5}"
_PERSON: Final = r"\p{Lu}[\p{L}.'’-]{0,24}(?: (?:\p{Lu}[\p{L}.'’-]{0,24}|de|van|von|al|bin|la|el)){0,4}"
_PEOPLE: Final = rf"{_PERSON}(?:(?:, and | and | & |, ){_PERSON}){{0,9}}"

_PATTERNS: Final[tuple[tuple[str, str, tuple[str, ...], regex.Pattern[str]], ...]] = (
    (
        "wire_credit",
        "reporting-by",
        ("eporting", "riting", "diting", "ompiled", "eported", "ritten", "dited"),
        regex.compile(
            rf"\(?(?:(?:Additional|Further|Extra) )?(?:Reporting|Writing|Editing|Compiled|Reported|Written|Edited)(?: and (?:writing|editing|reporting))? by (?P<who>{_PEOPLE})"
        ),
    ),
    (
        "wire_credit",
        "writers-contributed",
        ("contributed",),
        regex.compile(
            rf"(?:The )?(?P<outlet>{_OUTLET}) (?:staff )?(?:writers?|reporters?|correspondents?|journalists?|researchers?|reporter) (?:{_PEOPLE}(?:,? in [\p{{Lu}}][\p{{L}} .,]{{1,60}})?,? )(?:also )?contributed"
        ),
    ),
    (
        "wire_credit",
        "contributed",
        ("contributed",),
        regex.compile(
            rf"(?P<outlet>{_OUTLET}) (?:also )?contributed (?:reporting )?(?:to|reporting)\b|[Tt]he (?P<outlet>{_OUTLET}) contributed"
        ),
    ),
    (
        "wire_credit",
        "with-agencies",
        ("ith ", "By ", "by ", "it ", "vec ", "on ", "Com "),
        regex.compile(
            r"[(\[—–-] ?(?:With|with|By|Mit Material von|mit Material der|Avec|avec|Con|con|Com) (?:reporting (?:by|from) |files from |material (?:from|by|von|der) |informations? (?:from|de) |información de |informações d[aeo] |l['’])?(?P<outlet>AFP|AP|dpa|Reuters|EFE|ANSA|Lusa|KNA|epd|SID|APA|AAP|PA|PTI|ANI|agencies|Agenturen|agences|agencias|agências|agenzie)\b"
        ),
    ),
    (
        "republication",
        "originally-published",
        ("ublished", "rinted", "appeared", "produced", "reported", "posted"),
        regex.compile(
            rf"(?:[Tt]his|[Tt]he) (?:article|story|piece|post|essay|op-ed|column|interview|report|version)(?: of this (?:article|story))? (?:was |has been |is )?(?:first |originally |initially |previously )?(?:(?:re)?published|(?:re)?printed|appeared|produced|reported|posted|reproduced)(?: first| originally)? (?:in collaboration with |in partnership with |with permission from |with the permission of |courtesy of |in|on|by|at|from) (?P<outlet>(?:the |The )?{_OUTLET})"
        ),
    ),
    (
        "republication",
        "republished-from",
        ("ublished", "eprinted", "eproduced", "yndicated", "appeared"),
        regex.compile(
            rf"(?:[Rr]epublished|[Rr]eprinted|[Rr]eproduced|[Ss]yndicated|[Ff]irst published|[Oo]riginally published|[Oo]riginally appeared)(?: here)?(?: with (?:kind |the )?permission)? (?:from|of|in|on|by|at|courtesy of) (?P<outlet>(?:the |The )?{_OUTLET})"
        ),
    ),
    (
        "disclosure",
        "correction",
        (
            "orrection",
            "ORRECTION",
            "larification",
            "LARIFICATION",
            "note",
            "NOTE",
            "Berichtigung",
            "Korrektur",
            "orrectif",
            "ectificatif",
            "orrección",
            "errores",
            "Errata",
            "orreção",
            "orrezione",
        ),
        regex.compile(
            r"(?:\W{0,2})(?:Correction|CORRECTION|Corrections|Clarification|CLARIFICATION|Editor['’]s note|EDITOR['’]S NOTE|Berichtigung|Korrektur|Correctif|Rectificatif|Corrección|Fe de errores|Errata corrige|Errata|Correção|Correzione)(?: \([^)]{1,40}\)| of [\p{L}\d ,]{3,30}| appended)? ?[:.—–-]"
        ),
    ),
    (
        "disclosure",
        "corrected",
        ("earlier version", "updated", "corrected", "amended", "clarified", "revised"),
        regex.compile(
            r"(?:[Aa]n earlier version of (?:this|the)|[Tt]his (?:story|article|post|piece|report|version) (?:has been|was) (?:updated|corrected|amended|clarified|revised))\b"
        ),
    ),
    (
        "wire_credit",
        "photo",
        ("hoto", "PHOTO", "Image", "Picture", "Foto", "Credit", "Bild", "©"),
        regex.compile(
            rf"(?:\(?(?:Photo|PHOTO|Image|Picture|Foto|Photograph|Photos|Crédit photo|Credit|Bild|Fotos)(?: by| credit| courtesy(?: of)?)?(?: ?: ?| by )|© ?)(?P<outlet>{_OUTLET}(?:/{_OUTLET})?)"
        ),
    ),
)
"""Kind, rule, parts of words one of which it holds, and the pattern."""
_KEYWORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "reporting": ("eporting by",), "reported": ("eported by",), "writing": ("riting by",), "written": ("ritten by",),
    "editing": ("diting by",), "edited": ("dited by",), "compiled": ("ompiled by",), "contributed": ("contributed",),
    "published": ("ublished",), "republished": ("ublished",), "reprinted": ("eprinted",), "reproduced": ("eproduced",),
    "syndicated": ("yndicated",), "appeared": ("appeared",), "correction": ("orrection", "CORRECTION"), "corrections": ("orrection",),
    "clarification": ("larification", "CLARIFICATION"), "editor": ("ditor", "EDITOR"), "earlier": ("earlier version",),
    "updated": ("updated",), "corrected": ("corrected",), "amended": ("amended",), "berichtigung": ("Berichtigung",),
    "korrektur": ("Korrektur",), "rectificatif": ("ectificatif",), "correctif": ("Correctif",), "corrección": ("Corrección",),
    "fe": ("Fe de err",), "errata": ("Errata",), "correção": ("Correção",), "correzione": ("Correzione",),
    "photo": ("hoto", "PHOTO"), "photos": ("hoto",), "photograph": ("hoto",), "image": ("Image",), "picture": ("Picture",),
    "foto": ("Foto",), "fotos": ("Foto",), "bild": ("Bild",), "credit": ("Credit",), "crédit": ("Crédit",), "©": ("©",),
    **dict.fromkeys(
        ["afp", "ap", "dpa", "reuters", "efe", "ansa", "lusa", "kna", "epd", "sid", "apa", "aap", "pa", "pti", "ani", "agencies", "agenturen", "agences", "agencias", "agências", "agenzie"],
        ("(With ", "(with ", "(By", "(Mit ", "(mit ", "(Avec ", "(avec ", "(Con ", "(con ", "(Com "),
    ),
}  # fmt: skip
"""Folded words without which there is no credit, and what a paragraph holds that has one."""
_WORDS: Final = frozenset(_KEYWORDS)


def wire_credits(paragraphs: Sequence[Paragraph], words: Iterable[str]) -> Iterator[Attribution]:
    """An attribution for each credit, republication note and correction; ``words`` are all folded words of the paragraphs.

    Its cue is the credit's fixed words with the names, its source the outlet, or the people where no outlet is named.
    Kinds: ``wire_credit`` (also for photographs), ``republication``, ``disclosure`` for corrections.

    >>> from newsclean.segment import segment
    >>> from newsclean.attribution.tokens import tokens
    >>> paragraphs = segment("(Reporting by Dana Wirth; Editing by Alan Prewitt)")
    >>> (found,) = wire_credits(paragraphs, tokens(paragraphs).fold)
    >>> found.kind, found.text
    ('wire_credit', 'Dana Wirth')
    """
    keys = {key for word in _WORDS.intersection(words) for key in _KEYWORDS[word]}
    for p in paragraphs if keys else ():
        if len(p.text) > LONGEST or not any(key in p.text for key in keys):
            continue
        taken = -1
        for kind, rule, parts, pattern in _PATTERNS:
            for m in pattern.finditer(p.line) if any(part in p.text for part in parts) else ():
                if m.start() < taken or not _stands(rule, p.line, m.start()):
                    continue
                taken = m.end()
                yield _credit(p, m, kind, rule)
                break


def _stands(rule: str, line: str, at: int) -> bool:
    """Whether a credit stands where credits do: at the start of its line, in brackets, or behind a full stop."""
    if rule in {"photo", "correction", "reporting-by"}:
        before = line[:at].rstrip(" (|[*_—–-")
        return not before or before[-1] in '.!?)]”"' or (rule == "reporting-by" and before[-1] in ";,")
    return True


def _known(outlet: str) -> Source | None:
    """Whom a credit means; agencies sign credits with the forms of their datelines, which elsewhere mean more than one thing."""
    form = outlet.removeprefix("the ").rstrip(".").split("/")[-1]
    return dateline_forms().get(form) or lookup(form, ambiguous=True)


def _credit(p: Paragraph, m: regex.Match[str], kind: str, rule: str) -> Attribution:
    groups = m.groupdict()
    group = "outlet" if groups.get("outlet") else "who" if groups.get("who") else None
    known = _known(m[group]) if group == "outlet" else None
    return Attribution(
        source=((p.start + m.start(group), p.start + m.end(group)),) if group else (),
        cue=((p.start + m.start(), p.start + m.end()),),
        content=(),
        text=m[group] if group else "",
        name=(known.name if known else m[group]) if group else None,
        kind=kind,
        type=known.type if known else "media_unspecified" if group else "unknown",
        naming="none" if group is None else "named" if group == "who" else "institution",
        directness=None,
        stance="neutral",
        via=None,
        rule=f"credit/{rule}",
        score=0.95,
    )
