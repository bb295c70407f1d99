"""The wheel holds all that it needs, and works where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(target.glob("newsclean-*.whl"))


def test_packs_samples_models_and_types_are_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "newsclean/py.typed" in names
    for folder, inside in (("newsclean/packs", "packs"), ("newsclean/samples", "samples"), ("models", "models")):
        shipped = {f"newsclean/{inside}/{p.name}" for p in (ROOT / folder).iterdir() if p.is_file()}
        assert shipped
        assert shipped <= names
    assert not [n for n in names if n.startswith(("tests/", "notebooks/"))]


def test_it_cleans_an_article_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        "import newsclean as n, newsclean.datasets as d, pathlib; print(n.__file__);"
        "print(sum(len(n.clean(s.text)) < len(s.text) for s in d.load_samples()), len(n.RulePack.builtin()))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
    )
    where, counts = done.stdout.splitlines()
    assert Path(where).is_relative_to(tmp_path)
    cleaned, rules = map(int, counts.split())
    assert cleaned > 30
    assert rules > 200
