"""The README's promises: its two commands come first, its Python examples print what they say."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_first_two_bash_blocks_are_one_line_each_and_make_their_own_environment() -> None:
    main, test = blocks("bash")[:2]
    for command in (main, test):
        assert command.count("\n") == 1
        assert "-m venv" in command
    assert "newsclean clean" in main
    assert "pytest" in test


def test_the_python_examples_print_what_they_say() -> None:
    examples = blocks("python")
    assert len(examples) >= 4
    names: dict[str, object] = {}
    for number, example in enumerate(examples):
        test = doctest.DocTestParser().get_doctest(example, names, f"README {number}", "README.md", 0)
        result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test, clear_globs=False)
        assert result.failed == 0
        names.update(test.globs)


def test_links_to_files_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http|#)([^)#]+)", README):
        assert (ROOT / target).exists(), target
