"""Where the corpora are, for acceptance tests and benchmarks; absent on a newcomer's machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from newsclean.training import audit

ROOT: Final = Path(__file__).parents[2]


def corpora() -> Path | None:
    """The folder of the corpora (``NEWSCLEAN_CORPORA``, else ``../shared/corpora``), or None."""
    folder = Path(os.environ.get("NEWSCLEAN_CORPORA", ROOT.parent / "shared" / "corpora"))
    return folder if folder.is_dir() else None


def seeds() -> Path | None:
    """The folder of the five seed articles beside the corpora, or None."""
    folder = corpora()
    beside = folder.parent / "seeds" if folder else None
    return beside if beside and beside.is_dir() else None


def records(name: str) -> Iterator[dict[str, Any]]:
    """The records of ``offtopic/news`` and the like; FileNotFoundError where the corpora are absent."""
    folder = corpora()
    if folder is None:
        raise FileNotFoundError("no corpora: set NEWSCLEAN_CORPORA")
    return audit.records(folder, name)
