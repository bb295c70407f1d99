"""What several test modules share."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

# Small matrices: threads that wait for each other cost many times what they save.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A machine that does something else meanwhile is no fault of a test.
settings.register_profile("newsclean", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("newsclean")

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of ``tests/cases/NAME.json``."""
    loaded: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return loaded
