"""Layers: every module imports only what stands below it, and ``import newsclean`` stays light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import newsclean

FOLDER = Path(newsclean.__file__).parent
ROOT = "newsclean"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "version", "attribution", "detectors", "who", "signals"),  # the packages hold a docstring
    ("who.names", "cardview", "alignment", "pruning", "plain"),
    ("page",),
    ("spans", "who.offices", "who.table"),
    ("evidence", "segment", "dates", "language", "persist", "sources"),
    ("attribution.cues", "attribution.hashes", "picture", "shingles", "signals.lexicon"),
    ("attribution.tokens",),
    ("attribution.clauses", "attribution.encode", "attribution.german"),
    (
        "attribution.mark",
        "attribution.nouns",
        "attribution.said",
        "attribution.typing",
        "attribution.pairs",
        "signals.gate",
    ),
    ("attribution.phrases", "attribution.names", "attribution.known", "attribution.tagger"),
    ("attribution.foreign_nouns",),
    ("attribution.rules", "attribution.link", "attribution.foreign", "attribution.credits", "attribution.markers"),
    ("attribution.via",),
    ("attribution.assemble",),
    ("attribution.find",),
    ("rules", "ratings", "copies", "sourcegraph"),
    ("matching", "display"),
    (
        "proof",
        "config",
        "article",
        "detectors.alike",
        "detectors.words",
        "detectors.network",
        "metadata",
        "html",
        "detectors.blocklabels",
        "detectors.cuts",
    ),
    ("detectors.shape", "detectors.features", "detectors.blockwords", "detectors.blockcontext", "detectors.lines"),
    (
        "detectors.genre",
        "detectors.tail",
        "detectors.strip",
        "detectors.offtopic",
        "detectors.blockfeatures",
        "detectors.pagekind",
        "signals.reading",
    ),
    ("detectors.context", "detectors.labels", "detectors.sites"),
    ("detectors.furniture",),
    ("signals.frame", "signals.manner", "signals.sourcing"),
    ("signals.catalogue",),
    ("scoring", "detectors.blocks"),
    (
        "detectors.runs",
        "detectors.closing",
        "detectors.deliberate",
        "detectors.headline",
        "detectors.repeat",
        "detectors.margins",
        "detectors.title",
        "detectors.captions",
        "detectors.joins",
        "detectors.threads",
    ),
    (
        "decide",
        "training",
        "training.audit",
        "training.relations",
        "training.crf",
        "training.clusters",
        "training.align",
        "training.kinds",
        "training.network",
    ),
    ("training.dumps", "training.mixing"),
    ("detect", "drawing"),
    ("extraction", "training.titles"),
    ("pipeline",),
    ("datasets", "tracing", "training.score", "training.texts", "vectorizer"),
    ("estimators",),
    ("cli", "training.offtopic", "training.attribution", "training.scorecard", "training.blocks", "training.furniture"),
    ("", "training.measures"),
    ("__main__", "training.__main__"),
)
"""From the ground up; a module may import those of the layers before its own.  ``""`` is the package itself."""

HEAVY = ("joblib", "numpy", "pyarrow", "scipy", "sklearn", "trafilatura")


def _module(file: Path) -> str:
    parts = file.relative_to(FOLDER.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {_module(file): file for file in sorted(FOLDER.rglob("*.py"))}
HEIGHT = {f"{ROOT}.{name}".rstrip("."): height for height, layer in enumerate(LAYERS) for name in layer}


@cache
def imported(module: str) -> frozenset[str]:
    """The full names a module imports, at the top, late or only for types."""
    file = FILES[module]
    package = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    return frozenset(_names(ast.parse(file.read_text(encoding="utf-8")), package))


def _names(tree: ast.AST, package: list[str]) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                names.add(whole if whole in FILES or base not in FILES else base)
    return names


def ours(module: str) -> set[str]:
    return {name for name in imported(module) if name in FILES} - {module}


def outer(module: str) -> set[str]:
    return {name.partition(".")[0] for name in imported(module)}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import newsclean.spans as s", {"newsclean.spans"}),
        ("def f():\n    from newsclean.spans import cut", {"newsclean.spans"}),
        ("from newsclean import spans, clean", {"newsclean.spans", "newsclean"}),
        ("from . import strip", {"newsclean.detectors.strip"}),
        ("from ..spans import cut", {"newsclean.spans"}),
        ("if TYPE_CHECKING:\n    import joblib.parallel", {"joblib.parallel"}),
    ],
)
def test_every_way_to_import_is_read(code: str, names: set[str]) -> None:
    assert _names(ast.parse(code), ["newsclean", "detectors"]) == names


def test_every_module_has_its_layer() -> None:
    missing = sorted(FILES.keys() - HEIGHT.keys())
    assert not missing, (
        f"in no layer: {', '.join(missing)}; add them to LAYERS in {__file__}, above all that they import"
    )


def test_every_layer_holds_modules_that_exist() -> None:
    gone = sorted(HEIGHT.keys() - FILES.keys())
    assert not gone, f"LAYERS in {__file__} lists modules that are gone: {', '.join(gone)}"


@pytest.mark.parametrize("module", [name for name in FILES if name in HEIGHT])
def test_imports_point_down(module: str) -> None:
    wrong = sorted(name for name in ours(module) if HEIGHT.get(name, -1) >= HEIGHT[module])
    assert not wrong, f"{module} imports {', '.join(wrong)}, which stands beside or above it"


def test_no_module_imports_itself_in_a_circle() -> None:
    TopologicalSorter({module: ours(module) for module in FILES}).prepare()


def test_the_samples_need_nothing_but_the_errors() -> None:
    assert ours("newsclean.datasets") == {"newsclean.errors"}


def test_only_html_imports_trafilatura() -> None:
    assert [m for m in FILES if "trafilatura" in outer(m) and m != "newsclean.html"] == []


def test_importing_newsclean_loads_nothing_heavy() -> None:
    program = "import sys, newsclean; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(FOLDER.parent)}
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, env=environment)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "newsclean" in loaded
    assert not loaded & set(HEAVY)
