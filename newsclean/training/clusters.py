"""Clusters: words that stand in the same company, from unlabelled news, as tables over hashed words.

In the place of Brown's clusters (Brown et al., Computational Linguistics 1992): a truncated SVD of how often a word has
another before or behind it (positive pointwise mutual information, as in Levy and Goldberg, NIPS 2014), then k-means.
No word is kept: a table has a small number for each bucket of hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags  # type: ignore[import-untyped]
from sklearn.cluster import MiniBatchKMeans  # type: ignore[import-untyped]
from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

from newsclean.attribution.encode import CLUSTERED
from newsclean.attribution.tokens import tokens
from newsclean.segment import Paragraph

__all__ = ["clusters"]

CONTEXTS: Final = 1 << 11
"""Buckets of the neighbours; frequent ones dominate theirs."""
RARE: Final = 5


def clusters(documents: Iterable[Sequence[str]], sizes: Sequence[int], *, seed: int = 0) -> list[NDArray[np.uint16]]:
    """One table (CLUSTERED,) for each size: the cluster of each bucket, 0 where a word was too rare to say.

    ``documents`` are lists of paragraphs.
    """
    rows, columns = [], []
    seen = np.zeros(CLUSTERED)
    for paragraphs in documents:
        words = _hashes(paragraphs)
        word, near = words & (CLUSTERED - 1), words % np.int64(CONTEXTS - 3)
        seen += np.bincount(word, minlength=CLUSTERED)
        for by, at in ((1, 0), (2, 2), (-1, 1), (-2, 3)):
            a, b = (word[by:], near[:-by]) if by > 0 else (word[:by], near[-by:])
            rows.append(a.astype(np.int32))
            columns.append((b + at * CONTEXTS).astype(np.int32))
    row, column = np.concatenate(rows), np.concatenate(columns)
    counts = csr_matrix((np.ones(len(row), dtype=np.float32), (row, column)), shape=(CLUSTERED, 4 * CONTEXTS))
    known = np.flatnonzero(seen >= RARE)
    vectors = _vectors(counts[known], seed)
    made = []
    for size in sizes:
        means = MiniBatchKMeans(size - 1, random_state=seed, batch_size=4096, n_init=3, max_iter=60)
        table = np.zeros(CLUSTERED, dtype=np.uint16)
        table[known] = 1 + means.fit(vectors, sample_weight=np.sqrt(seen[known])).labels_
        made.append(table)
    return made


def _vectors(counts: Any, seed: int) -> NDArray[np.float64]:
    """Unit vectors of 60 dimensions."""
    total = counts.sum()
    by_row = np.asarray(counts.sum(axis=1)).ravel()
    by_column = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    by_column *= total / by_column.sum()
    scaled = (diags(1.0 / np.maximum(by_row, 1.0)) @ counts @ diags(total / np.maximum(by_column, 1.0))).tocsr()
    scaled.data = np.log(np.maximum(scaled.data, 1.0))
    u, s, _ = randomized_svd(scaled, 60, n_iter=4, random_state=seed)
    vectors: NDArray[np.float64] = u * np.sqrt(s)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors


def _hashes(paragraphs: Sequence[str]) -> NDArray[np.int64]:
    made = tokens([Paragraph(text, 0, len(text)) for text in paragraphs])
    known: dict[str, int] = {}
    for w in made.fold:
        if w not in known:
            known[w] = crc32(w.encode("utf-8", "replace"))
    return np.array([known[w] for w in made.fold], dtype=np.int64)
