"""Rules and rule packs: what furniture looks like, as data that proves itself.

A rule is a table in a TOML file.  It names a whole line (``phrases``, or a ``pattern`` that must match the line
from end to end) or, with ``scope = "inline"``, a stretch inside a paragraph.  It does not load without at least
two examples that it must hit and two near misses that it must leave alone (the idea is gitleaks's), and without a
bound on how long the thing it names can be.  Every repetition in a pattern is bounded, which together with the
bound makes matching linear in the text; ``newsclean rules check`` measures that too (``newsclean.proof``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal, Self

import regex

from newsclean.errors import RuleError
from newsclean.spans import LABELS

__all__ = ["MAX_BOUND", "Rule", "RulePack", "compile_pattern"]

MAX_BOUND: Final = 2000
"""No rule may look at more code points than this at once."""

Scope = Literal["line", "inline"]

_TOKEN = regex.compile(
    r"""(?P<good> \\[pPN]\{[^}]{1,40}\}                # a property
          | \\.                                        # an escaped character, a reference back
          | \[ \^? \]? (?: \\. | [^\]\\] )* \]         # a character class
          | \{ \d{0,5} (?: , \d{1,5} )? \} [+?]?       # a bounded repetition
          | \? [+?]?                                   # perhaps
          | \(\? (?: [ais-]{1,6}[:)] | P?<\w+> | <?[=!] | [:>|] )   # a group
          | [^*+{\\\[?] )                              # anything that repeats nothing
      | (?P<bad> . )""",
    regex.VERBOSE | regex.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture.

    Parameters
    ----------
    id : ``"pack/name"``, unique in a pack.
    label : one of :data:`newsclean.LABELS`.
    examples, counter : at least two lines that it must hit and two near misses that it must not.
    phrases : whole lines, compared without case, edge punctuation and bullets.
    pattern : a ``regex`` pattern; the flags are IGNORECASE (``(?-i:…)`` switches it off).  The line is given
        without leading bullets and with curly apostrophes and no-break spaces as they stand.
    keyword : prefilter; one of these must stand in the line (compared case-folded, ``’`` as ``'``).  The
        special keyword ``"#"`` is "a digit"; a mark such as ``"©"`` is a keyword too, and a word of a script without
        spaces is found inside others.  Not needed with ``phrases``.
    bound : the longest line (``scope="line"``) or match (``"inline"``) in code points, at most 2,000.
    scope : ``"line"`` strips the whole line, ``"inline"`` only what the pattern matched.
    alone : false when the line means something only among others of its kind ("Subscribe", "26"): then it is
        stripped in a run of furniture and flagged elsewhere.
    takes : how many headline-like lines after it go with it ("More on the topic:" and its list).
    last : true when nothing of an article stands below it near a text's end ("About the author").
    deliberate : true for what an author says on purpose and whoever cleans a text may leave ("This post contains affiliate
        links"): it is stripped where other furniture shows that nobody has cleaned the text, and flagged where none does.
    page : set on the lines of a page that is no article: ``"cookie_wall"``, ``"error"`` or ``"login"``.
    lang : the language of the words, or None where they are used everywhere.  A text in another language than this
        and than English is not searched for it.
    sites : registered domains to which the rule is confined; empty for all.
    """

    id: str
    label: str
    examples: tuple[str, ...]
    counter: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    pattern: str | None = None
    keyword: tuple[str, ...] = ()
    bound: int = 80
    scope: Scope = "line"
    alone: bool = True
    takes: int = 0
    last: bool = False
    deliberate: bool = False
    page: str | None = None
    lang: str | None = None
    sites: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for complaint in _complaints(self):
            raise RuleError(f"rule {self.id}: {complaint}")

    @property
    def name(self) -> str:
        """The id without the pack."""
        return self.id.partition("/")[2]

    def applies_to(self, host: str | None) -> bool:
        """Whether the rule may speak about a page of this host (``www.example.org``; None when unknown)."""
        if not self.sites:
            return True
        return host is not None and any(host == s or host.endswith("." + s) for s in self.sites)


def _complaints(rule: Rule) -> Iterator[str]:
    if rule.label not in LABELS:
        yield f"unknown label {rule.label!r}"
    if len(rule.examples) < 2 or len(rule.counter) < 2:
        yield "needs two examples and two near-miss counter-examples"
    if bool(rule.phrases) == bool(rule.pattern):
        yield "needs either phrases or a pattern"
    if rule.scope not in ("line", "inline") or (rule.scope == "inline" and not rule.pattern):
        yield "scope is 'line' or 'inline', and an inline rule has a pattern"
    if not 1 <= rule.bound <= MAX_BOUND:
        yield f"bound lies between 1 and {MAX_BOUND}"
    if rule.takes < 0 or rule.page not in (None, "cookie_wall", "error", "login"):
        yield "takes is not negative, and page is cookie_wall, error or login"
    if rule.pattern:
        if not rule.keyword or not all(k.strip() for k in rule.keyword):
            yield "a pattern needs a keyword, and none of white space"
        yield from _unbounded(rule.pattern)


def _unbounded(pattern: str) -> Iterator[str]:
    """A complaint about the first thing in a pattern that might repeat or recurse without an end."""
    for m in _TOKEN.finditer(pattern):
        if m["bad"] or (m["good"] == "(" and pattern.startswith("(?", m.start())):
            try:
                regex.compile(pattern, regex.IGNORECASE)
            except regex.error as error:
                yield f"bad pattern: {error}"
                return
            piece = pattern[m.start() : m.start() + 6]
            yield f"unbounded repetition or recursion {piece!r} at {m.start()} of its pattern: write {{0,n}}"
            return


def compile_pattern(rule: Rule) -> regex.Pattern[str]:
    """A rule's pattern ready to match; RuleError when it is no pattern.

    Apart from building a Rule, because compiling the hundreds that ship takes longer than most texts; and once for
    all, because the sets of rules for each language share most of theirs.
    """
    try:
        return _compiled(rule.pattern or "")
    except regex.error as error:
        raise RuleError(f"rule {rule.id}: bad pattern: {error}") from error


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RulePack:
    """A set of rules; packs are joined with ``|`` and thinned with :meth:`without`.

    >>> pack = RulePack.builtin()
    >>> len(pack) > 200 and len(pack.without("newsletter")) < len(pack)
    True
    """

    name: str
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for rule in self.rules:
            if rule.id in seen:
                raise RuleError(f"pack {self.name}: two rules are called {rule.id}")
            seen.add(rule.id)

    @classmethod
    def load(cls, path: str | Path, /) -> Self:
        """Read a pack from a TOML file; RuleError names the file, the rule and what is missing.

        The file holds a ``[pack]`` table (``name``, optional ``lang`` for all its rules), an optional
        ``[define]`` table whose entries stand in patterns as ``<<name>>``, and one ``[[rule]]`` table a rule.
        """
        path = Path(path)
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise RuleError(f"{path}: {error}") from error
        try:
            pack = cls(*_parse(table))
            for rule in pack.rules:
                compile_pattern(rule)
        except RuleError as error:
            raise RuleError(f"{path.name}: {error}") from error
        return pack

    @classmethod
    def builtin(cls, *names: str) -> RulePack:
        """The packs that ship with newsclean, all of them or those named (``"comments"``, ``"cookie"``, …)."""
        packs = _builtin()
        unknown = [name for name in names if name not in packs]
        if unknown:
            raise RuleError(f"no built-in pack {unknown[0]!r}; there are {', '.join(packs)}")
        if not names:
            return _all_builtin()
        return RulePack("+".join(names), tuple(r for name in names for r in packs[name].rules))

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change when any rule does."""
        return sha256(repr(self.rules).encode("utf-8", "backslashreplace")).hexdigest()[:8]

    def __or__(self, other: RulePack) -> RulePack:
        """Both packs as one; where they share an id the right one's rule wins."""
        theirs = {r.id for r in other.rules}
        mine = tuple(r for r in self.rules if r.id not in theirs)
        return RulePack(f"{self.name}|{other.name}", mine + other.rules)

    def without(self, *ids_or_labels: str) -> RulePack:
        """The pack less the rules of these ids, labels or packs; RuleError when one of them names nothing."""
        for name in ids_or_labels:
            if not any(_named(rule, name) for rule in self.rules):
                raise RuleError(f"no rule, label or pack {name!r} in pack {self.name}")
        kept = tuple(r for r in self.rules if not any(_named(r, name) for name in ids_or_labels))
        return RulePack(self.name, kept)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule of that id; RuleError when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise RuleError(f"no rule {rule_id!r} in pack {self.name}")


def _named(rule: Rule, name: str) -> bool:
    return name in (rule.id, rule.label, rule.id.partition("/")[0])


@cache
def _builtin() -> Mapping[str, RulePack]:
    """The shipped packs by name: read once a process, never changed."""
    folder = resources.files("newsclean") / "packs"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    packs = (RulePack(*_parse(tomllib.loads(f.read_text(encoding="utf-8")))) for f in files)
    return {pack.name: pack for pack in packs}


@cache
def _all_builtin() -> RulePack:
    return RulePack("builtin", tuple(rule for pack in _builtin().values() for rule in pack.rules))


def _parse(table: Mapping[str, Any]) -> tuple[str, tuple[Rule, ...]]:
    head, entries, define = table.get("pack"), table.get("rule"), table.get("define", {})
    if not isinstance(head, dict) or not isinstance(head.get("name"), str) or not isinstance(head.get("lang", ""), str):
        raise RuleError("needs a [pack] with a name and, perhaps, a lang")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RuleError("needs [[rule]] tables")
    if not isinstance(define, dict):
        raise RuleError("[define] is a table of pieces of patterns")
    for key, value in define.items():
        if not isinstance(value, str):
            raise RuleError(f"[define] {key}: a piece of a pattern is a string, not {value!r}")
    return head["name"], tuple(_rule(entry, head["name"], head.get("lang"), define) for entry in entries)


def _rule(entry: Mapping[str, Any], pack: str, lang: str | None, define: Mapping[str, str]) -> Rule:
    _check_entry(entry)
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}
    values["id"] = f"{pack}/{entry['id']}"
    values.setdefault("lang", lang)
    if values.get("pattern"):
        values["pattern"] = _expand(values["pattern"], define, values["id"])
    return Rule(**values)


_TYPES: Final[Mapping[str, type]] = {
    "id": str, "label": str, "examples": list, "counter": list, "phrases": list, "pattern": str, "keyword": list,
    "bound": int, "scope": str, "alone": bool, "takes": int, "last": bool, "deliberate": bool, "page": str, "lang": str, "sites": list,
}  # fmt: skip


def _check_entry(entry: Mapping[str, Any]) -> None:
    unknown = sorted(set(entry) - set(_TYPES))
    missing = sorted({"id", "label", "examples", "counter"} - set(entry))
    if unknown or missing:
        raise RuleError(f"rule {entry.get('id', '?')}: unknown {unknown}, missing {missing}")
    for key, value in entry.items():
        strings = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if type(value) is not _TYPES[key] or not strings:
            raise RuleError(f"rule {entry['id']}: {key} is a {_TYPES[key].__name__}, its items strings, not {value!r}")


def _expand(pattern: str, define: Mapping[str, str], rule_id: str, depth: int = 3) -> str:
    """A pattern with its ``<<names>>`` filled in, those within definitions too."""
    for key in regex.findall(r"<<([\w-]+)>>", pattern):
        if key not in define:
            raise RuleError(f"rule {rule_id}: <<{key}>> is not in [define]")
        pattern = pattern.replace(f"<<{key}>>", define[key])
    if not regex.search(r"<<[\w-]+>>", pattern):
        return pattern
    if not depth:
        raise RuleError(f"rule {rule_id}: definitions within definitions, more than three deep or without an end")
    return _expand(pattern, define, rule_id, depth - 1)
