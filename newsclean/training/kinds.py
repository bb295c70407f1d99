"""Kinds: which label a line of furniture gets, learned from the lines that rules label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.linear_model import SGDClassifier  # type: ignore[import-untyped]

from newsclean.detectors.labels import KINDS, marks
from newsclean.detectors.lines import Lines
from newsclean.detectors.shape import touched
from newsclean.detectors.strip import Rules
from newsclean.matching import compile_rules
from newsclean.rules import RulePack
from newsclean.segment import segment

__all__ = ["kinds_of"]

SHAPED: Final = 0.2
"""What a line counts whose label is only guessed from its shape and place."""
EVERY: Final = 3
"""Of so many lines of a guessed label one teaches."""


def kinds_of(
    texts: Sequence[str], reads: Sequence[Lines], furniture: Sequence[NDArray[Any]], folds: Sequence[int]
) -> tuple[NDArray[np.float32], tuple[str, ...], dict[str, Any]]:
    """The table of weights, its labels, and how often it names a rule's label on sites it has not seen.

    Texts that are empty teach nothing.  Where no rule speaks, long lines around the article count as teasers and
    short ones as navigation, for little.
    """
    matcher = compile_rules(RulePack.builtin().rules)
    parts: list[Any] = []
    names: list[str] = []
    weight: list[float] = []
    fold: list[int] = []
    for text, lines, chance, k in zip(texts, reads, furniture, folds, strict=True):
        if not text:
            continue
        paragraphs = segment(text)
        known = [s.label if s else None for s in touched(paragraphs, Rules(matcher)(paragraphs), least=0.8)]
        rows = [i for i, c in enumerate(chance) if c >= 0.5 and (known[i] or i % EVERY == 0)]
        bucket, line = marks(lines, chance, known)
        counts = csr_matrix((np.ones(len(line)), (line, bucket)), shape=(lines.size, KINDS))
        parts.append(counts[rows])
        names += [known[i] or ("teaser" if lines.word_count[i] >= 5 else "navigation") for i in rows]
        weight += [1.0 if known[i] else SHAPED for i in rows]
        fold += [k] * len(rows)
    return _learned(parts, np.array(names), np.array(weight), np.array(fold))


def _learned(
    parts: Sequence[Any], names: NDArray[Any], weight: NDArray[Any], fold: NDArray[Any]
) -> tuple[NDArray[np.float32], tuple[str, ...], dict[str, Any]]:
    from scipy.sparse import vstack

    matrix = vstack(parts).tocsr()
    labels = tuple(sorted(set(names.tolist())))
    if len(labels) < 3:
        return np.zeros((KINDS, len(labels) or 1), dtype=np.float32), labels or ("navigation",), {}
    right = np.zeros(len(names), dtype=np.bool_)
    for k in np.unique(fold):
        table = _table(matrix[fold != k], names[fold != k], weight[fold != k], labels)
        chosen = np.argmax(matrix[fold == k] @ table, axis=1)
        right[fold == k] = np.array(labels)[chosen] == names[fold == k]
    ruled = weight == 1.0
    accuracy = {"rules' lines": int(ruled.sum()), "accuracy": round(float(right[ruled].mean()), 4)}
    return _table(matrix, names, weight, labels), labels, accuracy


def _table(matrix: Any, names: NDArray[Any], weight: NDArray[Any], labels: tuple[str, ...]) -> NDArray[np.float32]:
    model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=12, tol=None, random_state=0)
    model.fit(matrix, names, sample_weight=weight)
    table = np.full((len(labels), KINDS), -1.0)
    for name, row in zip(model.classes_, model.coef_, strict=True):
        table[labels.index(name)] = row + model.intercept_[list(model.classes_).index(name)] * 0.0
    return table.T.astype(np.float16).astype(np.float32)
