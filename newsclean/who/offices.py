"""Offices that every country has, put together from a country and an office: "Iran's Foreign Ministry"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from newsclean.who.names import Names, Source, listed, read_toml

__all__ = ["all_offices", "office_at", "office_named"]


@dataclass(frozen=True, slots=True)
class Offices:
    countries: Mapping[str, tuple[str, str]]  # "Iran", "Iranian" -> code, name
    offices: Mapping[str, tuple[str, str]]  # "Foreign Ministry" -> canonical office, type
    lands: Names
    rooms: Names


@cache
def all_offices() -> Offices:
    table = read_toml("offices")
    countries: dict[str, tuple[str, str]] = {}
    for code, line in table["countries"].items():
        name, adjectives = (cell.strip() for cell in line.split("|"))
        forms = (name.removeprefix("the "), *listed(adjectives))
        countries.update((form, (code[:2], name.removeprefix("?"))) for form in forms if not form.startswith("?"))
    offices = {
        form: (name.strip(), kind)
        for kind, block in table["offices"].items()
        for name, forms in (line.split("|") for line in block.strip().splitlines())
        for form in (name.strip(), *listed(forms))
    }
    return Offices(countries, offices, Names(countries), Names(offices))


def office_named(alias: str) -> Source | None:
    """The office that a whole name stands for."""
    bare = alias[4:] if alias.startswith(("the ", "The ")) else alias
    form, office = office_at(bare, 0)
    return office if form == bare else None


def office_at(text: str, at: int) -> tuple[str, Source | None]:
    """The office that begins here, as written, and whose it is: "Iranian X", "Iran's X", "X of Iran", or any land's "X"."""
    known = all_offices()
    land = known.lands.at(text, at)
    if land:
        joint = next((j for j in ("'s ", " ") if text.startswith(j, at + len(land))), "")
        room = known.rooms.at(text, at + len(land + joint)) if joint else None
        return (land + joint + room, _office_of(room, land)) if room else ("", None)
    room = known.rooms.at(text, at)
    if not room:
        return "", None
    joint = next((j for j in (" of the ", " of ") if text.startswith(j, at + len(room))), "")
    land = known.lands.at(text, at + len(room + joint)) if joint else None
    return (room + joint + land, _office_of(room, land)) if land else (room, _office_of(room, None))


@lru_cache(maxsize=1024)
def _office_of(room: str, land: str | None) -> Source:
    known = all_offices()
    office, kind = known.offices[room]
    if land is None:
        return Source(office, kind, None, ambiguous=(office,))
    code, country = known.countries[land]
    return Source(f"{office} of {country}", kind, code)
