"""Lines among the others: columns for every line, facts that tell a page."""

from __future__ import annotations

import numpy as np
import pytest

from newsclean.detectors.context import facts, logits, look
from newsclean.detectors.lines import GRAMS, read
from newsclean.segment import segment

TEXT = "Home\nSport\nHome\nThe ferry left the northern pier at seven and came back at nine, as on every other day.\n© Courier"
NOTHING = np.zeros((3, GRAMS), dtype=np.float32)


def seen(text: str) -> tuple[dict[str, np.ndarray], object]:
    lines = read(text, segment(text))
    return look(lines, logits(lines, NOTHING))


def test_every_line_has_a_finite_number_in_every_column() -> None:
    columns, _ = seen(TEXT)
    assert {len(c) for c in columns.values()} == {5}
    assert all(np.isfinite(c).all() for c in columns.values())
    assert columns["dup"].tolist() == [2, 1, 2, 1, 1]
    assert columns["prose"].tolist() == [0, 0, 0, 1, 0]


@pytest.mark.parametrize("text", ["x", "!\n?", "\u6e2f\u306e\u6c34\n\u6e2f"])
def test_the_smallest_texts_have_columns_too(text: str) -> None:
    columns, context = seen(text)
    made = facts(columns, context, np.zeros(len(columns["dup"])))  # type: ignore[arg-type]
    assert np.isfinite(made).all()
