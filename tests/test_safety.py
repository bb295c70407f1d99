"""Safety: the sources hold no way to run what comes from outside, to reach the network, or to mis-fold a letter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclean

FOLDER = Path(newsclean.__file__).parent
FILES = sorted(FOLDER.rglob("*.py"))

UNSAFE = ("pickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "joblib.load", "numpy.load", "yaml")
"""What runs code, or may, when it reads a file."""

NETWORK = (
    "urllib.request",
    "socket",
    "ssl",
    "http.client",
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "ftplib",
    "smtplib",
)

RUNNING = ("eval", "exec", "compile", "__import__")

CASE = ("lower", "upper")
"""They leave ſ, ß and final ς as they are, so text to be matched goes through ``casefold`` (``matching.fold``)."""

CASED = {
    "detectors/words.py": "hashes words for a model that was trained on words hashed alike",
    "training/offtopic.py": "writes a sentence's first letter large; matches nothing by it",
}
"""The modules that may change case all the same, and why."""

UNBOUNDED_DOT = re.compile(r"\.(?:[*+]|\{\d*,\})")


def name(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def forbidden(tree: ast.AST, names: tuple[str, ...]) -> list[str]:
    return [found for found in imports(tree) if any(f"{found}.".startswith(f"{unsafe}.") for unsafe in names)]


def called(tree: ast.AST) -> list[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [f"{f.id} in line {f.lineno}" for f in calls if isinstance(f, ast.Name) and f.id in RUNNING]


def unpickling(tree: ast.AST) -> list[str]:
    """Loaders that were told to trust a file, and ``joblib.load`` or the like by attribute."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    told = [f"line {n.lineno}" for n in nodes if any(k.arg == "allow_pickle" and _is_true(k.value) for k in n.keywords)]
    return told + [f"line {n.lineno}" for n in nodes if ast.unparse(n.func) in UNSAFE]


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)


def cased(tree: ast.AST) -> list[str]:
    return [f"line {n.lineno}" for n in ast.walk(tree) if isinstance(n, ast.Attribute) and n.attr in CASE]


def unbounded_dots(tree: ast.AST) -> list[str]:
    """Strings in a call of ``compile`` in which a dot is repeated without an end."""
    calls = (n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute))
    patterns = (arg for call in calls if call.func.attr == "compile" for arg in call.args[:1])  # type: ignore[attr-defined]
    strings = (node for pattern in patterns for node in ast.walk(pattern) if isinstance(node, ast.Constant))
    return [f"line {s.lineno}" for s in strings if UNBOUNDED_DOT.search(_without_classes(str(s.value)))]


def _without_classes(pattern: str) -> str:
    return re.sub(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", "x", pattern, flags=re.DOTALL)


@pytest.fixture(params=FILES, ids=name)
def tree(request: pytest.FixtureRequest) -> ast.AST:
    file: Path = request.param
    return ast.parse(file.read_text(encoding="utf-8"))


def test_no_module_unpickles(tree: ast.AST) -> None:
    assert forbidden(tree, UNSAFE) == []
    assert unpickling(tree) == []


def test_no_module_reaches_the_network(tree: ast.AST) -> None:
    assert forbidden(tree, NETWORK) == []


def test_no_module_runs_a_string(tree: ast.AST) -> None:
    assert called(tree) == []


def test_no_pattern_repeats_a_dot_without_an_end(tree: ast.AST) -> None:
    assert unbounded_dots(tree) == []


@pytest.mark.parametrize("file", [f for f in FILES if name(f) not in CASED], ids=name)
def test_text_is_folded_not_lowered(file: Path) -> None:
    assert cased(ast.parse(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "import os, pickle as p", "from marshal import loads", "def f():\n    import shelve", "from joblib import load",
        "import numpy.load", "from joblib import load as read",
    ],
)  # fmt: skip
def test_an_import_that_unpickles_is_seen(code: str) -> None:
    assert forbidden(ast.parse(code), UNSAFE)


@pytest.mark.parametrize("code", ["np.load(f, allow_pickle=True)", "joblib.load(f)"])
def test_a_call_that_unpickles_is_seen(code: str) -> None:
    assert unpickling(ast.parse(code))


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request",
        "from urllib import request",
        "import socket",
        "from http.client import HTTPConnection",
        "import requests.sessions",
    ],
)
def test_an_import_that_reaches_the_network_is_seen(code: str) -> None:
    assert forbidden(ast.parse(code), NETWORK)


@pytest.mark.parametrize(
    "code", ["from urllib.parse import urlsplit", "import joblib", "from http import HTTPStatus", "import pickletools"]
)
def test_a_harmless_neighbour_is_let_through(code: str) -> None:
    assert not forbidden(ast.parse(code), UNSAFE + NETWORK)


@pytest.mark.parametrize("code", ["eval('1')", "exec(code)", "x = [compile(s, '', 'eval')]", "__import__('os')"])
def test_a_call_that_runs_a_string_is_seen(code: str) -> None:
    assert called(ast.parse(code))


@pytest.mark.parametrize("code", ["line.lower()", "map(str.upper, lines)"])
def test_a_lowered_text_is_seen(code: str) -> None:
    assert cased(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["re.compile('a.*b')", "regex.compile(rf'{X} .+')", "regex.compile('x' r'.{2,}', regex.I)"]
)
def test_a_dot_without_an_end_is_seen(code: str) -> None:
    assert unbounded_dots(ast.parse(code))


@pytest.mark.parametrize("code", [r"re.compile(r'\.*[.*].{0,9}')", "print('a.*b')"])
def test_an_escaped_or_bounded_dot_is_let_through(code: str) -> None:
    assert not unbounded_dots(ast.parse(code))
