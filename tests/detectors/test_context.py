"""Lines among the others: columns for every line, facts that tell a page."""

from __future__ import annotations

import numpy as np
import pytest

from newsclean.detectors.context import Context, facts, logits, look, look_again, ruled
from newsclean.detectors.lines import GRAMS, read
from newsclean.segment import segment

TEXT = "Home\nSport\nHome\nThe ferry left the northern pier at seven and came back at nine, as on every other day.\n© Courier"
NOTHING = np.zeros((3, GRAMS), dtype=np.float32)


def seen(text: str) -> tuple[np.ndarray, Context]:
    lines = read(text, segment(text))
    return look(lines, logits(lines, NOTHING) | ruled([None] * lines.size))


def test_every_line_has_a_finite_number_in_every_column() -> None:
    matrix, context = seen(TEXT)
    assert len(matrix) == 5
    assert matrix.dtype == np.float32
    assert np.isfinite(matrix).all()
    assert context.shape["dup"].tolist() == [2, 1, 2, 1, 1]
    assert context.shape["prose"].tolist() == [0, 0, 0, 1, 0]


def test_a_line_sees_its_neighbours_and_what_stands_around() -> None:
    matrix, context = seen(TEXT)
    columns = matrix.T.tolist()
    words = context.shape["units"].astype(np.float32).tolist()
    assert [*words[1:], -1.0] in columns  # the line below; nothing stands below the last
    assert [-1.0, -1.0, *words[:-2]] in columns  # two above
    above = [0.0, 1.0, 2.0, 3.0, 3.0]  # short lines among the four above
    assert above in columns


def test_the_document_stands_in_every_line() -> None:
    matrix, context = seen(TEXT)
    whole = np.array(list(context.document.values()), dtype=np.float32)
    assert (matrix[:, -len(whole) :] == whole).all()
    assert context.document["thin"] == pytest.approx(0.8)
    assert context.document["median"] == 1.0


@pytest.mark.parametrize("text", ["x", "!\n?", "\u6e2f\u306e\u6c34\n\u6e2f"])
def test_the_smallest_texts_have_columns_too(text: str) -> None:
    matrix, context = seen(text)
    assert np.isfinite(matrix).all()
    assert np.isfinite(facts(context, np.zeros(len(matrix)))).all()
    assert np.isfinite(look_again(matrix, context, np.zeros(len(matrix)))).all()


def test_looking_again_tells_whose_words_a_line_has() -> None:
    story = ("The ferry left Northport.", "Northport waited for the ferry.", "Nobody in Northport blamed the ferry.")
    matrix, context = seen("\n".join((*story, "The ferry is late, says Northport.", "Cheap flights to Saltby.")))
    again = look_again(matrix, context, np.array([9.0, 3.0, 3.0, -3.0, -3.0]))
    assert (again[:, :-5] == matrix).all()
    odds, kept, first, both, alone = again[:, -5:].T
    assert odds.tolist() == [8.0, 3.0, 3.0, -3.0, -3.0]
    assert min(kept[:4]) > 0.3 > kept[4] == 0.0
    assert min(first[:4]) > 0.3 > first[4] == 0.0
    assert min(both[:4]) > 0.3 > both[4] == 0.0
    assert alone[4] > max(alone[:4])


def test_a_line_is_not_its_own_company() -> None:
    matrix, context = seen("The ferry left Northport.\nCheap flights to Saltby.")
    again = look_again(matrix, context, np.array([3.0, 3.0]))
    assert again[:, -4:-1].tolist() == [[0.0] * 3] * 2
