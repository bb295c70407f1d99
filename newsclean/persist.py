"""Persist: models as arrays and cards, never as code.

A model is two files: ``NAME.npz``, arrays only and loaded with ``allow_pickle=False``, and ``NAME.json``, its card:
what it was made of, what it can do, the SHA-256 of the arrays.  A pickle runs what it holds and breaks with the
library that wrote it; arrays do neither.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from newsclean.errors import ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["FORMAT", "Forest", "load", "models_dir", "read_card", "save"]

FORMAT: Final = 1
"""The version of the layout of artefacts; a card of a higher one is refused."""

BATCH: Final = 256
"""Rows that go through the trees at once: what they touch stays in the processor's cache, which is three times as fast."""

_STAMP: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees as arrays: what ``HistGradientBoostingClassifier`` learned, without the class.

    A node's children lie side by side: ``child`` is the left one's index, the right one follows; a leaf is its own
    child and its ``limit`` is infinite.  :meth:`raw` gives the log-odds that scikit-learn gives, to the last bits
    of a float64 sum, for float32 input without NaN.
    """

    roots: NDArray[Any]
    feature: NDArray[Any]
    limit: NDArray[Any]
    child: NDArray[Any]
    value: NDArray[Any]
    base: float
    depth: int

    @classmethod
    def of(cls, classifier: Any, /) -> Self:
        """The trees of a fitted binary ``HistGradientBoostingClassifier`` without categorical features."""
        import numpy as np

        feature: list[int] = []
        limit: list[float] = []
        child: list[int] = []
        value: list[float] = []
        roots: list[int] = []
        depth = 0
        for (predictor,) in classifier._predictors:
            nodes = predictor.nodes
            roots.append(len(feature))
            queue = [0]
            at = 0
            while at < len(queue):
                node = nodes[queue[at]]
                leaf = bool(node["is_leaf"])
                feature.append(0 if leaf else int(node["feature_idx"]))
                limit.append(np.inf if leaf else float(node["num_threshold"]))
                child.append(roots[-1] + (at if leaf else len(queue)))
                value.append(float(node["value"]) if leaf else 0.0)
                depth = max(depth, int(node["depth"]))
                if not leaf:
                    queue += [int(node["left"]), int(node["right"])]
                at += 1
        exact = np.array(limit)
        near = exact.astype(np.float32)
        below = np.where(near > exact, np.nextafter(near, np.float32(-np.inf)), near)
        base = float(np.ravel(classifier._baseline_prediction)[0])
        whole = (np.array(roots), np.array(feature), below.astype(np.float32), np.array(child), np.array(value))
        return cls(*whole, base, depth)

    def raw(self, matrix: NDArray[Any], /) -> NDArray[Any]:
        """The log-odds of each row of a (n, features) float32 matrix, (n,) float64."""
        import numpy as np

        whole = np.ascontiguousarray(matrix, dtype=np.float32)
        summed = np.empty(len(whole))
        for start in range(0, len(whole), BATCH):
            part = whole[start : start + BATCH]
            rows = np.repeat(np.arange(0, part.size, part.shape[1]), len(self.roots)).reshape(len(part), -1)
            flat = part.ravel()
            at = self.child[self.roots] + (part.take(self.feature[self.roots], axis=1) > self.limit[self.roots])
            place, right = np.empty_like(at), np.empty(at.shape, dtype=np.bool_)
            value, limit = np.empty(at.shape, dtype=np.float32), np.empty(at.shape, dtype=self.limit.dtype)
            for _ in range(self.depth - 1):  # into arrays that are there, and unchecked: a fifth of the time is that
                self.feature.take(at, out=place, mode="clip")
                flat.take(np.add(place, rows, out=place), out=value, mode="clip")
                np.greater(value, self.limit.take(at, out=limit, mode="clip"), out=right)
                np.add(self.child.take(at, out=place, mode="clip"), right, out=at)
            summed[start : start + BATCH] = self.value.take(at).sum(axis=1) + self.base
        return summed

    def packed(self, name: str, /) -> dict[str, NDArray[Any]]:
        """The arrays for :func:`save`, each named ``NAME_…``."""
        import numpy as np

        return {
            f"{name}_roots": self.roots.astype(np.int32),
            f"{name}_feature": self.feature.astype(np.uint8),
            f"{name}_limit": self.limit,
            f"{name}_child": self.child.astype(np.int32),
            f"{name}_value": self.value,
            f"{name}_base": np.array([self.base, self.depth]),
        }

    @classmethod
    def unpacked(cls, name: str, arrays: Mapping[str, NDArray[Any]], /) -> Self:
        """The trees that :meth:`packed` wrote; ModelError when an array is missing or points outside."""
        import numpy as np

        try:
            roots, feature, child = (arrays[f"{name}_{part}"].astype(np.intp) for part in ("roots", "feature", "child"))
            limit, value, (base, depth) = (arrays[f"{name}_{part}"] for part in ("limit", "value", "base"))
        except (KeyError, ValueError) as error:
            raise ModelError(f"the trees {name!r} are not whole: {error}") from error
        size = len(feature)
        inside = all(len(a) == size for a in (limit, child, value)) and size > child.max(initial=0) >= 0
        if not inside or not 0 <= roots.min(initial=0) <= roots.max(initial=0) < size or child.min(initial=0) < 0:
            raise ModelError(f"the trees {name!r} are damaged: a node points outside")
        return cls(roots, feature, limit, child, value, float(base), int(depth))


def models_dir() -> Path:
    """Where the models that ship are: ``newsclean/models`` of an installed wheel, ``models`` beside a checkout.

    Raises ModelError when neither is there.

    >>> models_dir().name
    'models'
    """
    package = Path(__file__).parent
    for folder in (package / "models", package.parent / "models"):
        if folder.is_dir():
            return folder
    raise ModelError(f"no folder of models: neither {package / 'models'} nor {package.parent / 'models'} exists")


def save(path: str | os.PathLike[str], arrays: Mapping[str, NDArray[Any]], card: Mapping[str, Any]) -> str:
    """Writes ``path.npz`` and ``path.json`` and returns the digest that the card got.

    The same arrays and card give the same bytes: names sorted, no time stamps.  ``card`` is JSON; its ``format`` and
    ``digest`` are set here.  The arrays are written first and the card last, each whole and then renamed, so
    that an interrupted save is noticed on load.

    Raises
    ------
    ModelError : an array holds objects (they would need pickle), or the card is not JSON.

    >>> import tempfile, numpy as np
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     digest = save(f"{folder}/half", {"weights": np.arange(3)}, {"data": "none"})
    ...     arrays, card = load(f"{folder}/half")
    >>> arrays["weights"].tolist(), card["data"], card["digest"] == digest
    ([0, 1, 2], 'none', True)
    """
    base = Path(path)
    blob = _packed(arrays)
    digest = hashlib.sha256(blob).hexdigest()
    try:
        text = json.dumps({**card, "format": FORMAT, "digest": digest}, indent=1, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ModelError(f"the card of {base.name} is not JSON: {error}") from error
    _write(_with(base, ".npz"), blob)
    _write(_with(base, ".json"), (text + "\n").encode())
    return digest


def load(path: str | os.PathLike[str]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays and the card of a model, after its digest was checked.  Nothing in the files is run.

    Raises
    ------
    ModelError : a file is missing or damaged, the digest is not the card's, the format is newer than this newsclean.
    """
    import numpy as np

    base = Path(path)
    card = read_card(base)
    try:
        blob = _with(base, ".npz").read_bytes()
    except OSError as error:
        raise ModelError(f"no arrays of the model {base.name}: {error}") from error
    digest = hashlib.sha256(blob).hexdigest()
    if digest != card["digest"]:
        raise ModelError(
            f"the arrays of {base.name} are not those of its card: {digest[:12]}, not {card['digest'][:12]}"
        )
    try:
        with np.load(io.BytesIO(blob), allow_pickle=False) as held:
            return {name: held[name] for name in held.files}, card
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"the arrays of {base.name} cannot be read: {error}") from error


def read_card(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The card alone, for those who want a model's metrics and not its arrays; ModelError when there is none."""
    file = _with(Path(path), ".json")
    try:
        card = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"no card of the model {file.stem}: {error}") from error
    if not isinstance(card, dict) or not isinstance(card.get("digest"), str):
        raise ModelError(f"{file.name} is no card: it has no digest")
    if card.get("format") != FORMAT:
        raise ModelError(f"{file.name} has format {card.get('format')!r}; this newsclean reads {FORMAT}")
    return card


def _packed(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An ``.npz`` whose bytes depend on the arrays alone (``numpy.savez`` stamps the time)."""
    import numpy as np

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            held: NDArray[np.generic] = np.ascontiguousarray(arrays[name])
            if held.dtype.hasobject:
                raise ModelError(f"the array {name!r} holds objects; only numbers and fixed-width text are kept")
            one = io.BytesIO()
            np.lib.format.write_array(one, held.reshape(np.shape(arrays[name])), version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, one.getvalue(), compresslevel=9)
    return buffer.getvalue()


def _with(base: Path, suffix: str) -> Path:
    return base.with_name(base.name.removesuffix(".npz").removesuffix(".json") + suffix)


def _write(file: Path, blob: bytes) -> None:
    draft = file.with_name(file.name + ".part")
    draft.write_bytes(blob)
    draft.replace(file)
