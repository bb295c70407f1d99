"""The table of sources: every form with its owners, every domain, every agency's signature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Final

from newsclean.who.names import Names, Source, listed, plain_name, read_toml

__all__ = ["FILES", "Table", "whole_table"]

FILES: Final = ("wires", "outlets", "institutions")


@dataclass(frozen=True, slots=True)
class Table:
    sources: tuple[Source, ...]
    owners: Mapping[str, tuple[Source, ...]]
    unsure: frozenset[str]
    domains: Mapping[str, Source]
    datelines: Mapping[str, Source]
    names: Names
    folded: Mapping[str, str] = field(repr=False)

    def form(self, alias: str) -> str | None:
        """The form of the table that ``alias`` is a way to write."""
        plain = plain_name(alias)
        bare = plain[4:] if plain.startswith(("the ", "The ", "THE ")) else plain
        # "the Hill" is the Capitol as often as the paper, so what has no capital article is looked up without it first.
        titled = (bare, f"The {bare}") if plain.startswith("the ") else (f"The {bare}", bare)
        for form in (plain, *titled) if bare != plain else (plain,):
            if form in self.owners:
                return form
        return self.folded.get(plain.casefold()) if plain.isupper() else None


@cache
def whole_table() -> Table:
    """The whole table, read once.  The first owner of a form is the one whose name it is, then as in the files."""
    everyone = tuple(_read())
    owners: dict[str, tuple[Source, ...]] = {}
    unsure: set[str] = set()
    for source in everyone:
        unsure.update(source.ambiguous)
        for form in (source.name, *source.aliases):
            named = source.name in (f"The {form}", form)
            owners[form] = (source, *owners.get(form, ())) if named else (*owners.get(form, ()), source)
    _drop_articles(owners, unsure)
    return Table(
        sources=everyone,
        owners=owners,
        unsure=frozenset(unsure),
        domains={domain: source for source in everyone for domain in source.domains},
        datelines={form: source for source in reversed(everyone) for form in source.datelines},
        names=Names(owners),
        folded={form.casefold(): form for form in owners if form not in unsure and (" " in form or len(form) > 5)},
    )


def _drop_articles(owners: dict[str, tuple[Source, ...]], unsure: set[str]) -> None:
    """Let "X" stand for "The X" too: surely if it has two words and nobody else claims it ("Irish Times", not "Sun")."""
    for form in [form for form in owners if form.startswith("The ")]:
        bare, mine = form[4:], owners[form]
        others = tuple(source for source in owners.get(bare, ()) if source not in mine)
        if form in unsure or others or (bare not in owners and " " not in bare):
            unsure.add(bare)
        owners[bare] = tuple(sorted((*mine, *others), key=partial(_is_other, bare)))


def _is_other(bare: str, source: Source) -> bool:
    return source.name not in (bare, f"The {bare}")


def _read() -> Iterator[Source]:
    for file in FILES:
        for kind, countries in read_toml(file).items():
            for country, block in countries.items():
                for line in block.strip().splitlines():
                    yield _source(line, kind, country)


def _source(line: str, kind: str, country: str) -> Source:
    """One line of a table: ``name | domains | aliases | datelines``, the last ones may be missing."""
    cells = [cell.strip() for cell in line.split("|")]
    name, domains, aliases, signed = (*cells, "", "", "")[:4]
    signs = listed(signed)
    marked = [name, *listed(aliases), *signs]
    forms = dict.fromkeys(form.removeprefix("?") for form in marked)
    return Source(
        name=name.removeprefix("?"),
        type=kind,
        country=country,
        domains=tuple(domains.split()),
        aliases=tuple(forms)[1:],
        ambiguous=tuple(form for form in forms if f"?{form}" in marked) if "?" in line else (),
        datelines=tuple(sign.removeprefix("?") for sign in signs),
    )
