"""The packs that ship prove themselves: examples hit, near misses do not, and no line takes a pattern long."""

from __future__ import annotations

from importlib import resources

import pytest

from newsclean.proof import prove
from newsclean.rules import RulePack

PACKS = sorted(
    f.name.removesuffix(".toml") for f in (resources.files("newsclean") / "packs").iterdir() if f.name.endswith(".toml")
)


def test_there_are_packs() -> None:
    assert {"comments", "teaser", "de", "ja"} < set(PACKS)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_proves_itself(name: str) -> None:
    assert prove(RulePack.builtin(name)) == ()
