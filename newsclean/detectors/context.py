"""Context: each line of a text among the others - what the line model sees.

Shapes, words, neighbours and places, all in whole columns; then, once the trees have said what they make of each line,
what that makes of the text.  numpy is imported at the top, so this module is itself imported late.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors import lines as kinds
from newsclean.detectors.lines import Lines, grams

__all__ = ["Context", "facts", "logits", "look"]

Floats = NDArray[Any]
Ints = NDArray[np.int64]
Columns = dict[str, Floats]

LONG: Final = 10
"""Words from which a line that ends a sentence is prose; of 25 words any is."""
THIN: Final = 8
"""Words below which a line is short."""
TWIN: Final = 8
"""Lines within which a second copy is near."""
_BESIDE: Final = "logit web units prose perstop stop last capsrest breaks digit small dup chars comma"
_FAR: Final = ("units", "logit", "prose")


@dataclass(frozen=True, slots=True)
class Context:
    """A text as numbers: columns of shape, words as indices, and how often each line stands in it."""

    lines: Lines
    shape: Columns
    units: Floats
    ids: Ints
    kinds: int
    copies: Ints


def logits(lines: Lines, weights: NDArray[Any], /) -> Columns:
    """How each line by itself reads, (n,) each: logistic regressions over :func:`grams`, a row of ``weights`` each.

    ``logit`` is like an article's on a news site, ``web`` on other sites, ``site`` like the first more than the second.
    """
    bucket, line = grams(lines)
    norm = np.sqrt(2.0 * np.maximum(lines.word_count, 1) + 2.0)
    summed = (np.bincount(line, weights=w[bucket].astype(np.float64), minlength=lines.size) for w in weights)
    return {name: total / norm for name, total in zip(("logit", "web", "site"), summed, strict=True)}


def look(lines: Lines, read: Columns, /) -> tuple[Columns, Context]:
    """The columns that the trees read, and what they were made of; ``read`` is what :func:`logits` gave."""
    logit = read["logit"]
    context = _context(lines, read)
    shape, units, n = context.shape, context.units, lines.size
    columns = dict(shape)
    for name in _BESIDE.split():
        for k in (-3, -2, -1, 1, 2, 3):
            if abs(k) < 3 or name in _FAR:
                columns[f"{name}{k:+d}"] = _shifted(shape[name], k, -1.0)
    mass = units * shape["prose"]
    sums = {"mass": mass, "thin": (units < THIN) * 1.0, "lean": np.clip(logit, -6, 6), "size": units}
    for name, values in sums.items():
        for side, total in _windows(values, (4, 10, 30)):
            columns[f"{name}{side}"] = np.log1p(total) if name in ("mass", "size") else total
    before, after = _distances(shape["prose"] > 0)
    run = _best_run(units * (2 * shape["prose"] - 1) - 3)
    strict = _best_run(np.where(shape["prose"] > 0, units, -12.0))
    at, whole = np.arange(n), max(float(mass.sum()), 1.0)
    shared, many = _cover(context, shape["prose"])
    columns |= {
        "prose_above": before, "prose_below": after, "mass_above": (np.cumsum(mass) - mass) / whole, "at": at / max(1, n - 1),
        "from_top": np.minimum(at, 60.0), "from_bottom": np.minimum(n - 1.0 - at, 60.0), "in_run": _inside(at, run),
        "run_start": np.clip(at - run[0], -40.0, 40.0), "run_end": np.clip(run[1] - at, -40.0, 40.0), "in_strict": _inside(at, strict),
        "cover": shared, "cover_many": np.minimum(many, 12.0),
    }  # fmt: skip
    for name, value in _document(context, mass).items():
        columns[f"doc_{name}"] = np.full(n, value)
    return columns, context


def facts(columns: Columns, context: Context, log_odds: Floats, /) -> Floats:
    """What tells a whole page from an article that somebody has cleaned, (facts,): the text, and what was made of it.

    ``log_odds`` are the lines' of being the article's, read as the lines of a page.
    """
    p, weight = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -8.0, 8.0))), context.units + 0.1
    ends = [float(np.mean(part)) for k in (5, 15) for part in (p[:k], p[-k:])]
    made = [
        np.average(p, weights=weight),
        np.mean(p > 0.5),
        np.log1p(np.sum(weight * p)),
        np.mean(p < 0.1),
        np.log1p(np.sum(p < 0.1)),
    ]
    sure = [np.average(p < 0.1, weights=weight), np.mean((p < 0.1) | (p > 0.9)), np.log1p(context.copies.max() - 1.0)]
    sure.append(np.average(columns["site"], weights=weight * p + 1e-9))
    return np.array([*(v[0] for name, v in columns.items() if name.startswith("doc_")), *made, *sure, *ends])


def _context(lines: Lines, read: Columns) -> Context:
    n = lines.size
    distinct, ids = np.unique(lines.words, return_inverse=True)
    start = np.concatenate([[0], np.cumsum(lines.word_count)])
    mixed = np.concatenate(
        [np.zeros(1, dtype=np.uint64), np.cumsum(lines.words * (lines.words | np.uint64(1)), dtype=np.uint64)]
    )
    _, key, times = np.unique(mixed[start[1:]] - mixed[start[:-1]], return_inverse=True, return_counts=True)
    copies = np.where(lines.word_count > 0, times[key], 1)
    counts = lines.counts.astype(np.float64)
    units = lines.word_count - 0.5 * counts[:, kinds.SPACELESS]
    shape = _shape(lines, counts, units) | read
    near = np.zeros(n)
    for k in range(1, min(TWIN, n - 1) + 1):
        equal = (key[k:] == key[:-k]) & (copies[k:] > 1)
        near[k:] += equal
        near[:-k] += equal
    shape |= {"dup": np.minimum(copies, 6.0), "dup_near": np.minimum(near, 6.0)}
    return Context(lines, shape, units, ids, len(distinct), copies)


def _shape(lines: Lines, counts: Floats, units: Floats) -> Columns:
    """What each line looks like: lengths, shares of code points and of words, its ends, its spacing."""
    n = lines.size
    length, words = np.maximum(lines.length, 1), np.maximum(lines.word_count, 1)
    letters = np.maximum(counts[:, [kinds.UPPER, kinds.LOWER, kinds.LETTER, kinds.SPACELESS]].sum(axis=1), 1)
    opens = np.concatenate([[True], lines.line[1:] != lines.line[:-1]])[: len(lines.line)]
    number = lines.kind == kinds.DIGIT
    small = (lines.letters <= 3) & ~lines.capital & ~number & (lines.kind != kinds.SPACELESS)

    def per_line(values: NDArray[Any]) -> Floats:
        return np.bincount(lines.line, weights=values, minlength=n)

    longest = np.zeros(n)
    np.maximum.at(longest, lines.line, lines.letters)
    closed = np.isin(lines.last[:, 0], (kinds.QUOTE, kinds.BRACKET)) & (lines.last[:, 1] == kinds.STOP)
    ends = (lines.last[:, 0] == kinds.STOP) | closed
    few = {
        "quote": kinds.QUOTE,
        "colon": kinds.COLON,
        "dash": kinds.DASH,
        "bullet": kinds.BULLET,
        "symbol": kinds.SYMBOL,
    }
    return {
        "chars": np.log1p(lines.length), "words": np.log1p(lines.word_count), "units": np.log1p(units),
        "upper": counts[:, kinds.UPPER] / letters, "lower": counts[:, kinds.LOWER] / letters, "digit": counts[:, kinds.DIGIT] / length,
        "spaceless": counts[:, kinds.SPACELESS] / length, "comma": counts[:, kinds.COMMA] / words,
        "stop": np.minimum(counts[:, kinds.STOP], 9), **{name: np.minimum(counts[:, kind], 5) for name, kind in few.items()},
        "first": lines.first * 1.0, "last": lines.last[:, 0] * 1.0, "last_but_one": lines.last[:, 1] * 1.0,
        "caps": per_line(lines.capital) / words, "capsrest": per_line(lines.capital & ~opens) / np.maximum(words - 1, 1),
        "numeric": per_line(number) / words, "small": per_line(small) / words,
        "long": per_line((lines.letters >= 7) & ~lines.capital) / words, "word_length": per_line(lines.letters) / words, "longest": longest,
        "breaks": np.minimum(lines.breaks, 6.0), "after": np.minimum(np.append(lines.breaks[1:], 6), 6.0), "indent": np.minimum(lines.indent, 12.0),
        "perstop": units / (counts[:, kinds.STOP] + 1), "prose": (((units >= LONG) & ends) | (units >= 25)) * 1.0,
    }  # fmt: skip


def _document(context: Context, mass: Floats) -> dict[str, float]:
    """What the whole text is like, the same for all its lines."""
    units, weight = context.units, context.units + 0.1
    logit, prose = context.shape["logit"], mass + 0.1
    return {
        "lines": float(np.log1p(len(units))), "size": float(np.log1p(units.sum())), "prose": float(mass.sum() / max(units.sum(), 1.0)),
        "thin": float((units < 5).mean()), "logit": float(np.average(logit, weights=weight)), "median": float(np.median(units)),
        "blank": float((context.lines.breaks > 1).mean()), "stops": float(np.average(context.shape["stop"] > 0, weights=weight)),
        "leaning": float((logit > 0).mean()), "web": float(np.average(context.shape["web"], weights=weight)),
        "site": float(np.average(context.shape["site"], weights=prose)),
        "spaceless": float(np.average(context.shape["spaceless"], weights=weight)),
    }  # fmt: skip


def _shifted(values: Floats, k: int, fill: float) -> Floats:
    """The value ``k`` lines further down, ``fill`` beyond the ends."""
    out = np.full(len(values), fill)
    if k > 0:
        out[:-k] = values[k:]
    elif k < 0:
        out[-k:] = values[:k]
    else:
        out[:] = values
    return out


def _windows(values: Floats, widths: Sequence[int]) -> Iterator[tuple[str, Floats]]:
    """Sums over so many lines above and below each line, the line itself left out."""
    n = len(values)
    total, at = np.concatenate([[0.0], np.cumsum(values)]), np.arange(n)
    for width in widths:
        yield f"_above_{width}", total[at] - total[np.maximum(at - width, 0)]
        yield f"_below_{width}", total[np.minimum(at + 1 + width, n)] - total[at + 1]


def _distances(mask: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Lines to the nearest marked one above and below, at most 60."""
    n = len(mask)
    at = np.arange(n)
    above = np.concatenate([[-n - 60], np.maximum.accumulate(np.where(mask, at, -n - 60))[:-1]])
    below = np.concatenate([np.minimum.accumulate(np.where(mask, at, 2 * n + 60)[::-1])[::-1][1:], [2 * n + 60]])
    return np.minimum(at - above, 60.0), np.minimum(below - at, 60.0)


def _best_run(gain: Floats) -> tuple[int, int]:
    """First and last line of the run whose gains add up to most (Kadane's maximum segment, in two sweeps)."""
    total = np.concatenate([[0.0], np.cumsum(gain)])
    least = np.minimum.accumulate(total[:-1])
    last = int(np.argmax(total[1:] - least))
    return int(np.argmin(total[: last + 1])), last


def _inside(at: Ints, run: tuple[int, int]) -> Floats:
    return ((at >= run[0]) & (at <= run[1])) * 1.0


def _cover(context: Context, core: Floats) -> tuple[Floats, Floats]:
    """The share of a line's content words, rare ones first, that other lines of the core have too; and their number."""
    lines = context.lines
    weight = core[lines.line]
    there = np.bincount(context.ids, weights=weight, minlength=context.kinds)[context.ids] - weight > 0.5
    often = np.bincount(context.ids, minlength=context.kinds)[context.ids]
    content = (lines.letters >= 4) | lines.capital
    rare = (content | (lines.kind == kinds.SPACELESS)) / np.sqrt(np.maximum(often, 1))
    whole, shared, many = (
        np.bincount(lines.line, weights=v, minlength=lines.size) for v in (rare, rare * there, content & there)
    )
    return shared / np.maximum(whole, 1e-6), many
