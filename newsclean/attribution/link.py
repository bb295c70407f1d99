"""Link: who a phrase means - the name given at first mention, the paper behind "the newspaper", the officials of before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from newsclean.attribution.clauses import Range
from newsclean.attribution.known import (
    NOBODY,
    NUMBERS,
    OUTLETS,
    Known,
    Who,
    capitalised,
    is_unnamed,
    office_type,
    part_of,
)
from newsclean.attribution.names import COURTESY, Person, Roll, capital_runs
from newsclean.attribution.tokens import Tokens
from newsclean.attribution.typing import anonymous_name, fits, head, masthead_type, naming, source_type, types
from newsclean.sources import Source

__all__ = ["Linker"]

_ONE: Final = frozenset(["he", "she", "him", "her", "himself", "herself", "er", "sie", "il", "elle", "él", "ella", "lui", "lei", "ele", "ela"])  # fmt: skip
_MANY: Final = frozenset(["they", "them", "themselves", "both", "some", "others", "all", "most", "ils", "elles", "ellos", "ellas", "eles", "elas", "loro", "many"])  # fmt: skip
_IT: Final = frozenset(["it", "es"])
_STAND_INS: Final = _ONE | _MANY | _IT | {"i", "we", "you", "my", "our", "who", "which"}
_MEDIA: Final = {
    "newspaper": "newspaper", "paper": "newspaper", "daily": "newspaper", "tabloid": "newspaper", "broadsheet": "newspaper",
    "magazine": "magazine", "weekly": "magazine", "network": "broadcaster", "broadcaster": "broadcaster", "channel": "broadcaster",
    "station": "broadcaster", "website": "digital_outlet", "site": "digital_outlet", "outlet": "", "agency": "wire", "publication": "",
    "zeitung": "newspaper", "blatt": "newspaper", "magazin": "magazine", "sender": "broadcaster", "journal": "newspaper", "quotidien": "newspaper",
    "diario": "newspaper", "periódico": "newspaper", "jornal": "newspaper", "quotidiano": "newspaper",
}  # fmt: skip
_BACK: Final = frozenset(["the", "that", "this", "same", "der", "die", "das", "dieser", "le", "la", "les", "el", "los", "las", "o", "os", "as", "il", "lo", "his", "her", "their", "its"])  # fmt: skip


_ARTICLES: Final = frozenset(["der", "die", "das", "la", "le", "les", "el", "los", "las", "il", "os", "as"])
_CAPITALS: Final = re.compile(r"[^\W\d_a-z][\w’'-]{1,25}(?: [^\W\d_a-z][\w’'-]{1,25}){1,3}")
_GROUPS: Final = {
    "administration": "government",
    "government": "government",
    "regime": "government",
    "campaign": "politician_party",
}


def _grouped(text: str) -> Iterator[tuple[int, str]]:
    """Where a name may end that has an administration or a campaign behind it, and the type that this gives."""
    for group, kind in _GROUPS.items():
        at = text.find(f" {group}")
        while at >= 0:
            yield at, kind
            if text.endswith(("'s", "’s"), 0, at):
                yield at - 2, kind
            at = text.find(f" {group}", at + 1)


@dataclass
class Linker:
    """Reads a text's sources in order and remembers them; made anew for each text."""

    t: Tokens
    known: Known
    roll: Roll
    past: list[tuple[int, Who]] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    offices: dict[int, str | None] = field(default_factory=dict)
    groups: list[tuple[int, str]] | None = None

    def who(self, found: Range | None) -> Who:
        """Who a phrase means; it is remembered for those that follow."""
        if found is None:
            return NOBODY
        made = self._who(found)
        self.past.append((found[0], made))
        if made.name is not None and made.type != "unknown":
            self.typed[made.name] = made.type
        return made

    def outlet(self, found: Range) -> Who | None:
        """The outlet that a phrase names, or None; nothing is remembered."""
        who = self._the_paper(self.t.fold[found[0] : found[1]], head(self.t, found) - found[0])
        if who is not None:
            return who
        whole = self.known.named(
            self.known.text[self.t.start[found[0]] : self.t.end[found[1] - 1]], self.t.start[found[0]]
        ) or self._body(found)
        if whole is not None:
            return Who(whole.name, whole.type, "institution") if whole.type in OUTLETS else None
        return self._by_masthead(found)

    def _by_masthead(self, found: Range) -> Who | None:
        """An outlet that the table does not know, by its name; "the Monitor" stands for the long form read before."""
        start, end = found
        if types().masthead.keys().isdisjoint(self.t.fold[start:end]) and not self.t.form[end - 1].isupper():
            return None
        forms = [f for f in self.t.form[start:end] if f not in ("'s", "’s")]
        if len(forms) == 2 and forms[0] in ("the", "The") and forms[1].casefold() in types().masthead:
            before = self.known.text[: self.t.start[found[0]]]
            forms = next((w.split() for w in _CAPITALS.findall(before) if w.endswith(f" {forms[1]}")), forms)
        kind = masthead_type(forms)
        bare = forms[1:] if forms[0] == "the" else forms
        return Who(" ".join(bare), kind, "institution", forms[-1].casefold()) if kind else None

    def _who(self, found: Range) -> Who:
        t = self.t
        start, end = found
        words, forms = t.fold[start:end], t.form[start:end]
        if end - start == 1 and words[0] in _STAND_INS:
            return self._stands_for(words[0], start)
        at = head(t, found) - start
        plain = self.roll.by_surname.get(forms[-1])
        if plain is not None and (len(forms) == 1 or " ".join(forms) == plain.name):
            return Who(plain.name, self._type_of_person(plain, words, found), "named", words[at])
        named = len(forms) < 9 and capitalised(forms)
        whole = (
            self.known.named(" ".join(forms).replace(" ’s", "’s").replace(" 's", "'s"), self.t.start[start])
            if named
            else None
        )
        if whole is None and named and words[0] in _ARTICLES and len(forms) > 1:
            whole = self.known.named(" ".join(forms[1:]), self.t.start[start])
        if whole is not None:
            return Who(whole.name, whole.type, "institution", words[at])
        person = self._person(found)
        if person is not None:
            return Who(person.name, self._type_of_person(person, words, found), "named", words[at])
        if "&" in words and forms[0][0].isupper() and forms[-1][0].isupper():
            return Who(" ".join(forms), "business", "institution", words[at])  # "Brook & Barley"
        media = self._the_paper(words, at) or self._by_masthead(found)
        if media is not None:
            return media
        body = self._body(found)
        again = self._again(words, forms, at, start)
        if again is not None:
            return again
        kind = source_type(words, at) or (body.type if body is not None else None)
        how = naming(words, forms, at, person=False, known=body is not None and not is_unnamed(words[at]))
        if how == "anonymous" and body is not None and words[at] not in types().person and not is_unnamed(words[at]):
            how = "institution"
        if how in {"anonymous", "collective"}:
            unnamed = anonymous_name(forms, at) if how == "anonymous" else None
            if kind in (None, "unknown") and body is not None:
                kind = body.type
            return Who(unnamed, kind or "unknown", how, words[at])
        if body is not None and (how != "institution" or kind not in ("document_data",)):
            return Who(body.name, body.type, "institution", words[at])
        name = self._proper(found) if how == "institution" else None
        return Who(name, kind or "unknown", how, words[at])

    def _stands_for(self, pronoun: str, at: int) -> Who:
        """Who a pronoun means."""
        if pronoun in _ONE:
            return self._person_before(at)
        if pronoun in _MANY:
            return self._many_before()
        if pronoun in _IT:
            return self._body_before()
        return Who(None, "unknown", "collective" if pronoun in {"we", "our"} else "none")

    def _person(self, found: Range) -> Person | None:
        """A person named in the phrase: in full, or by a surname that stands in full before or after."""
        t, end = self.t, found[1]
        for first, b in capital_runs(t, found[0], end):
            a = next((k for k in range(first, b) if t.fold[k] not in COURTESY and t.form[k] != "."), b)
            if a >= b:
                continue
            last = t.form[b - 1]
            person = self.roll.by_surname.get(last)
            possessive = b < len(t) and t.form[b] in {"'s", "’s"} and b + 1 < found[1]
            if possessive:
                continue
            words = [w for w in t.form[a:b] if w != "."]
            if person is not None and (len(words) == 1 or words[-2] in person.name or t.fold[b - 2] in types().person):
                return person
            if (
                len(words) == 1
                and found == (a, b)
                and t.fold[a] not in types().person
                and not is_unnamed(t.fold[a])
                and t.fold[a] not in types().places
                and t.fold[a] not in types().body
                and not last.isupper()
                and self.known.named(last, self.t.start[a]) is None
            ):
                return Person(last, a)
            if (
                len(words) == 1
                and a > 0
                and (t.fold[a - 1] in COURTESY or (t.form[a - 1] == "." and t.fold[a - 2] in COURTESY))
            ):
                return Person(last, a)
        return None

    def _type_of_person(self, person: Person, words: Sequence[str], found: Range) -> str:
        name = person.name.casefold().split()
        kind = office_type([w for w in words if w not in name]) or self._office(person) or self.typed.get(person.name)
        if kind is None:
            body = self._body(found)
            kind = body.type if body is not None else None
        return kind or self._followers(person.name.split()[-1]) or "unknown"

    def _office(self, person: Person) -> str | None:
        """The type that the office beside a person's full name gives; read once."""
        if person.run is None:
            return None
        if person.at not in self.offices:
            self.offices[person.at] = office_type(self.roll.office(person))
        return self.offices[person.at]

    def _followers(self, surname: str) -> str | None:
        """The type that "the Ellery administration" or "Ms. Ellery's government" gives to a surname."""
        if self.groups is None:
            self.groups = [*_grouped(self.known.text)]
        return next((kind for at, kind in self.groups if self.known.text.endswith(surname, 0, at)), None)

    def _person_before(self, token: int) -> Who:
        """For "he" and "she": the last named source, unless another person was named since."""
        last, pronoun = self.roll.last_before(token), self.t.fold[token]
        for at, who in reversed(self.past[-6:]):
            if who.naming == "named" or (
                who.naming == "anonymous" and who.head[-1:] != "s" and fits(pronoun, who.head)
            ):
                if (
                    last is None
                    or (self.roll.at and last.at <= at)
                    or self.t.paragraph[at] == self.t.paragraph[token]
                    or who.name == last.name
                ):
                    return who
                if self.t.paragraph[token] - self.t.paragraph[at] <= 2:
                    return who
                break
        if last is not None:
            return Who(last.name, self._type_of_person(last, (), (token, token)), "named")
        return Who(None, "unknown", "anonymous")

    def _many_before(self) -> Who:
        for _, who in reversed(self.past[-6:]):
            if who.naming in {"anonymous", "collective", "institution"} or who.type == "document_data":
                return who
        return Who(None, "unknown", "collective")

    def _body_before(self) -> Who:
        for _, who in reversed(self.past[-6:]):
            if who.naming == "institution":
                return who
        return Who(None, "unknown", "institution")

    def _the_paper(self, words: Sequence[str], at: int) -> Who | None:
        """ "The newspaper", "the agency": the last outlet of that type; a bare "the article" of an outlet is the outlet."""
        main = words[at]
        if main not in _MEDIA or words[0] not in _BACK or len(words) > 4:
            return None
        kind = _MEDIA[main]
        for _, who in reversed(self.past):
            if who.is_outlet and (not kind or who.type == kind or kind in ("newspaper", "digital_outlet")):
                return Who(who.name, who.type, "institution", main)
        place = self.t.start[self.past[-1][0]] if self.past else 0
        for at_, source in reversed(self.known.mentions()):
            if source.type in OUTLETS and (not kind or source.type == kind) and at_ >= place - 2000:
                return Who(source.name, source.type, "institution", main)
        return Who(None, kind, "institution", main) if kind and main not in {"agency", "site"} else None

    def _body(self, found: Range) -> Source | None:
        """A known source named inside the phrase: "newspaper El Tiempo", "a spokesman for the Pentagon"."""
        t = self.t
        for a, b in capital_runs(t, found[0], found[1]):
            for start in range(a, b if b - a < 6 else a + 6):
                text = self.known.text[t.start[start] : t.end[b - 1]]
                known = self.known.named(text, self.t.start[start])
                if known is not None:
                    return known
        return None

    def _again(self, words: Sequence[str], forms: Sequence[str], at: int, place: int) -> Who | None:
        """ "The official", "two of the officials", "the same diplomat", "the report": the one of before."""
        main = words[at]
        part = None
        if capitalised(forms[1:]):
            return None
        if (
            "of" in words
            and "the" in words[words.index("of") :]
            and main in {"two", "three", "four", "one", "some", "all", "both", "several", "most"}
        ):
            part, main = words[at], words[-1]
        elif words[0] in {"all", "both"} and len(words) <= 4:
            part = words[1] if len(words) == 3 else None
            for _, who in reversed(self.past):
                if part and who.name and f"({NUMBERS.get(part)}," in who.name:
                    return who
            part = None
        elif words[0] not in _BACK or len(words) > 6:
            return None
        stem = main.rstrip("s")
        if main in types().person and len(words) <= 3 and words[0] == "the":
            holder = next((p for p in reversed(self.roll.named) if p.at < place and main in self.roll.office(p)), None)
            if holder is not None:
                return Who(holder.name, self._type_of_person(holder, (), (place, place)), "named", main)
        for _, who in reversed(self.past):
            if who.head.rstrip("s") == stem and who.naming in {"anonymous", "collective", "institution"} and who.head:
                if part and who.name and "unnamed)" in who.name:
                    return Who(part_of(who.name, part), who.type, who.naming, main)
                return who
        if part:
            return Who(anonymous_name([main], 0), source_type([main]) or "unknown", "anonymous", main)
        return None

    def _proper(self, found: Range) -> str | None:
        """The longest run of capitals of a phrase that heads it, as written: the name of a body that no table knows."""
        runs = [
            self.known.text[self.t.start[a] : self.t.end[b - 1]]
            for a, b in capital_runs(self.t, *found)
            if b - a > 1 or self.t.fold[a] not in _ARTICLES
        ]
        return max(runs, key=len, default=None)
