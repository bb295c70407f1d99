"""Context: each line of a text among the others - what the line model sees.

Shapes, words, neighbours and places, all in whole columns; then, once the trees have said what they make of each line,
what that makes of the text.  numpy is imported at the top, so this module is itself imported late.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors import lines as kinds
from newsclean.detectors.alike import middle
from newsclean.detectors.lines import GRAMS, Lines, grams, read
from newsclean.segment import segment
from newsclean.spans import Span

__all__ = ["Context", "columns", "facts", "logits", "look", "look_again", "ruled"]

Floats = NDArray[Any]
Ints = NDArray[np.int64]
Columns = dict[str, Floats]

LONG: Final = 10
"""Words from which a line that ends a sentence is prose; of 25 words any is."""
THIN: Final = 8
"""Words below which a line is short."""
TWIN: Final = 8
"""Lines within which a second copy is near."""
REACH: Final = 3
"""Lines above and below that a line is read beside; of most columns two."""
_BESIDE: Final = (
    "logit", "web", "units", "prose", "perstop", "stop", "last", "capsrest", "breaks", "digit", "small", "dup", "chars", "comma", "ruled",
    "photo", "signed",
)  # fmt: skip
_FAR: Final = ("units", "logit", "prose")
_SHIFTS: Final = tuple(
    (row, k)
    for row, name in enumerate(_BESIDE)
    for k in range(-REACH, REACH + 1)
    if k and (abs(k) < REACH or name in _FAR)
)
LEAD: Final = 4
"""Lines with which an article begins."""
DOUBTFUL: Final = 0.3
"""The probability of being the article's from which a line's words count as the article's, and as much."""
UNDIVIDED: Final = 1 / 3
"""Words that a character of a script without spaces counts for: so are headlines and paragraphs as long as elsewhere."""
USUAL: Final = 5
"""Letters of a word in them; a character is as wide as two."""
FAR: Final = 8.0
"""Log-odds beyond which more say nothing."""
_RULED: Final = {
    "chrome": ("navigation", "site_name", "cookie", "legal", "paywall", "newsletter", "donation", "ad", "ad_label", "markup"),
    "social": ("social", "comments", "counter"), "more": ("teaser", "other_headline", "tags", "embed", "repeat"),
    "signed": ("byline", "timestamp"), "photo": ("caption", "credit"),
}  # fmt: skip
"""What rules say of a line, as the line model reads it."""
_KIND: Final = {label: kind for kind, labels in _RULED.items() for label in labels}
WIDTHS: Final = (4, 10, 30)
"""Lines above and below that are summed up."""


@dataclass(frozen=True, slots=True)
class Context:
    """A text as numbers: columns of shape, words as indices and how rare each content word is in it (0 for the others),
    how often each line stands in it, and the whole of it."""

    lines: Lines
    shape: Columns
    units: Floats
    ids: Ints
    kinds: int
    rare: Floats
    copies: Ints
    mass: Floats
    document: dict[str, float]


def logits(lines: Lines, weights: NDArray[Any], /) -> Columns:
    """How each line by itself reads, (n,) each: logistic regressions over :func:`grams`, a row of ``weights`` each.

    ``logit`` is like an article's on a news site, ``web`` on other sites, ``site`` like the first more than the second.
    """
    bucket, line = grams(lines)
    norm = np.sqrt(2.0 * np.maximum(lines.word_count, 1) + 2.0)
    spoken = weights.T.take(bucket, axis=0).T  # what lies side by side is looked up once
    summed = (np.bincount(line, weights=row, minlength=lines.size) for row in spoken)
    return {name: total / norm for name, total in zip(("logit", "web", "site"), summed, strict=True)}


def ruled(spans: Sequence[Span | None], /) -> Columns:
    """How sure the rules are of each line, (n,) each: that it is furniture of a kind, and that it is any.

    What rules know of a language's widgets tells where an article begins and ends in languages of which the model has
    seen three pages.

    >>> {name: column.tolist() for name, column in ruled([None, Span(0, 4, "byline", "own/by", 0.5)]).items() if column.any()}
    {'signed': [0.0, 0.5], 'ruled': [0.0, 0.5]}
    """
    found = {name: np.zeros(len(spans)) for name in (*_RULED, "ruled")}
    for i, span in enumerate(spans):
        if span is not None:
            found["ruled"][i] = span.score
            if span.label in _KIND:
                found[_KIND[span.label]][i] = span.score
    return found


def look(lines: Lines, read: Columns, /) -> tuple[NDArray[np.float32], Context]:
    """The (n, columns) numbers that trees and network read, and what they were made of.

    ``read`` is what :func:`logits` and :func:`ruled` gave.
    """
    context = _context(lines, read)
    rows = [_stacked(list(context.shape.values())), _beside(context.shape), _around(context), _places(context)]
    rows.append(np.repeat(np.array(list(context.document.values()))[:, None], lines.size, axis=1))
    return np.concatenate(rows, dtype=np.float32, casting="unsafe").T.copy(), context


def look_again(matrix: Floats, context: Context, by_trees: Floats, /) -> NDArray[np.float32]:
    """The (n, columns + 5) numbers that the network reads: those of the trees, and what the trees made of the text.

    To the log-odds of each line they add the cosine of its content words to all that they keep and to its first lines,
    the line itself left out, the share that both have, and how much is the line's alone (after Hearst 1997: one text
    speaks in the same words).
    """
    line, n = context.lines.line, context.lines.size
    odds = np.clip(by_trees, -FAR, FAR)
    p = 1.0 / (1.0 + np.exp(-odds))
    kept, first = p * (p > DOUBTFUL), np.zeros(n)
    first[np.flatnonzero(p > 0.5)[:LEAD]] = 1.0
    value = context.rare
    square = np.bincount(line, weights=value * value, minlength=n)
    near = [_cosine(context, square, weight) for weight in (kept, first)]
    there = np.bincount(context.ids, weights=kept[line] > 0, minlength=context.kinds)[context.ids]
    both = np.bincount(line, weights=value * (there - (kept > 0)[line] > 0.5), minlength=n)
    mass = np.bincount(line, weights=value, minlength=n)
    columns = np.column_stack([odds, *near, both / (mass + 1e-6), np.log1p(mass - both)])
    return np.concatenate([matrix, columns], axis=1, dtype=np.float32, casting="unsafe")


@cache
def columns() -> int:
    """How many numbers the network reads of a line."""
    line = read("-", segment("-"))
    matrix, context = look(line, logits(line, np.zeros((3, GRAMS), dtype=np.float32)) | ruled([None]))
    return int(look_again(matrix, context, np.zeros(1)).shape[1])


def _cosine(context: Context, square: Floats, weight: Floats) -> Floats:
    """The cosine of each line's words to those of the weighted lines, less its own part in them."""
    line, value = context.lines.line, context.rare
    sums = np.bincount(context.ids, weights=value * weight[line], minlength=context.kinds)
    dot = np.bincount(line, weights=value * sums[context.ids], minlength=context.lines.size)
    others = np.maximum((sums * sums).sum() - 2.0 * weight * dot + weight * weight * square, 0.0)
    found: Floats = (dot - weight * square) / (np.sqrt(square + 1e-9) * np.sqrt(others) + 1e-6)
    return found


def facts(context: Context, log_odds: Floats, /) -> Floats:
    """What tells a whole page from an article that somebody has cleaned, (facts,): the text, and what was made of it.

    ``log_odds`` are the lines' of being the article's, read as the lines of a page.
    """
    p, weight = 1.0 / (1.0 + np.exp(-np.clip(log_odds, -FAR, FAR))), context.units + 0.1
    ends = [float(np.mean(part)) for k in (5, 15) for part in (p[:k], p[-k:])]
    made = [
        _mean(p, weight),
        np.mean(p > 0.5),
        np.log1p(np.sum(weight * p)),
        np.mean(p < 0.1),
        np.log1p(np.sum(p < 0.1)),
    ]
    sure = [_mean(p < 0.1, weight), np.mean((p < 0.1) | (p > 0.9)), np.log1p(context.copies.max() - 1.0)]
    sure.append(_mean(context.shape["site"], weight * p + 1e-9))
    return np.array([*context.document.values(), *made, *sure, *ends])


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
    units = lines.word_count - (1.0 - UNDIVIDED) * counts[:, kinds.SPACELESS]
    shape = _shape(lines, counts, units) | read
    near = np.zeros(n)
    for k in range(1, min(TWIN, n - 1) + 1):
        equal = (key[k:] == key[:-k]) & (copies[k:] > 1)
        near[k:] += equal
        near[:-k] += equal
    shape |= {"dup": np.minimum(copies, 6.0), "dup_near": np.minimum(near, 6.0)}
    mass = units * shape["prose"]
    whole = _document(lines, shape, units, mass)
    return Context(lines, shape, units, ids, len(distinct), _rarity(lines, ids), copies, mass, whole)


def _shape(lines: Lines, counts: Floats, units: Floats) -> Columns:
    """What each line looks like: lengths, shares of code points and of words, its ends, its spacing."""
    n = lines.size
    length, words = np.maximum(lines.length, 1), np.maximum(lines.word_count, 1)
    letters = np.maximum(counts[:, [kinds.UPPER, kinds.LOWER, kinds.LETTER, kinds.SPACELESS]].sum(axis=1), 1)
    opens = np.concatenate([[True], lines.line[1:] != lines.line[:-1]])[: len(lines.line)]
    number, free = lines.kind == kinds.DIGIT, lines.kind == kinds.SPACELESS
    letters_of = np.where(free, USUAL, lines.letters)
    small = (lines.letters <= 3) & ~lines.capital & ~number & ~free

    def per_line(values: NDArray[Any]) -> Floats:
        return np.bincount(lines.line, weights=values, minlength=n)

    longest = np.zeros(n)
    longest[lines.line[opens]] = np.maximum.reduceat(letters_of, np.flatnonzero(opens)) if len(opens) else 0.0
    closed = ((lines.last[:, 0] == kinds.QUOTE) | (lines.last[:, 0] == kinds.BRACKET)) & (
        lines.last[:, 1] == kinds.STOP
    )
    ends = (lines.last[:, 0] == kinds.STOP) | closed
    few = {
        "quote": kinds.QUOTE,
        "colon": kinds.COLON,
        "dash": kinds.DASH,
        "bullet": kinds.BULLET,
        "symbol": kinds.SYMBOL,
    }
    return {
        "chars": np.log1p(lines.length + counts[:, kinds.SPACELESS]), "units": np.log1p(units),
        "upper": counts[:, kinds.UPPER] / letters, "lower": counts[:, kinds.LOWER] / letters, "digit": counts[:, kinds.DIGIT] / length,
        "spaceless": counts[:, kinds.SPACELESS] / length, "comma": counts[:, kinds.COMMA] / words,
        "stop": np.minimum(counts[:, kinds.STOP], 9), **{name: np.minimum(counts[:, kind], 5) for name, kind in few.items()},
        "first": lines.first * 1.0, "last": lines.last[:, 0] * 1.0, "last_but_one": lines.last[:, 1] * 1.0,
        "caps": per_line(lines.capital) / words, "capsrest": per_line(lines.capital & ~opens) / np.maximum(words - 1, 1),
        "numeric": per_line(number) / words, "small": per_line(small) / words,
        "long": per_line((lines.letters >= 7) & ~lines.capital) / words, "word_length": per_line(letters_of) / words, "longest": longest,
        "breaks": np.minimum(lines.breaks, 6.0), "after": np.minimum(np.append(lines.breaks[1:], 6), 6.0), "indent": np.minimum(lines.indent, 12.0),
        "perstop": units / (counts[:, kinds.STOP] + 1), "prose": (((units >= LONG) & ends) | (units >= 25)) * 1.0,
    }  # fmt: skip


def _document(lines: Lines, shape: Columns, units: Floats, mass: Floats) -> dict[str, float]:
    """What the whole text is like, the same for all its lines."""
    weight, prose = units + 0.1, mass + 0.1
    logit = shape["logit"]
    return {
        "lines": float(np.log1p(len(units))), "size": float(np.log1p(units.sum())), "prose": float(mass.sum() / max(units.sum(), 1.0)),
        "thin": float((units < 5).mean()), "logit": _mean(logit, weight), "median": float(middle(np.sort(units))),
        "blank": float((lines.breaks > 1).mean()), "stops": _mean(shape["stop"] > 0, weight),
        "leaning": float((logit > 0).mean()), "web": _mean(shape["web"], weight),
        "site": _mean(shape["site"], prose),
        "spaceless": _mean(shape["spaceless"], weight),
    }  # fmt: skip


def _mean(values: Floats, weight: Floats) -> float:
    return float(np.multiply(values, weight).sum() / weight.sum())


def _beside(shape: Columns) -> Floats:
    """What the lines above and below have, (columns, n); -1 beyond the ends."""
    n = len(shape["logit"])
    padded = np.full((len(_BESIDE), n + 2 * REACH), -1.0)
    padded[:, REACH : REACH + n] = [shape[name] for name in _BESIDE]
    return _stacked([padded[row, REACH + k : REACH + k + n] for row, k in _SHIFTS])


def _stacked(columns: Sequence[Floats]) -> Floats:
    """Columns as the rows of a matrix, in half the time of ``numpy.stack``."""
    return np.concatenate(columns).reshape(len(columns), -1)


def _around(context: Context) -> Floats:
    """Sums over the lines above and below each line, the line itself left out, (columns, n)."""
    units, n = context.units, context.lines.size
    values = np.stack([context.mass, units < THIN, np.clip(context.shape["logit"], -6, 6), units])
    total, at = np.zeros((len(values), n + 1)), np.arange(n)
    np.cumsum(values, axis=1, out=total[:, 1:])
    made = []
    for width in WIDTHS:
        made += [
            total[:, :-1] - total[:, np.maximum(at - width, 0)],
            total[:, np.minimum(at + 1 + width, n)] - total[:, 1:],
        ]
    sums = np.stack(made, axis=1)
    sums[[0, 3]] = np.log1p(sums[[0, 3]])
    return sums.reshape(-1, n)


def _places(context: Context) -> Floats:
    """Where each line stands: in the text, from the prose around it, in the runs of it; and what it shares with it."""
    prose, mass, units, n = context.shape["prose"], context.mass, context.units, context.lines.size
    before, after = _distances(prose > 0)
    run = _best_run(units * (2 * prose - 1) - 3)
    strict = _best_run(np.where(prose > 0, units, -12.0))
    at, whole = np.arange(n), max(float(mass.sum()), 1.0)
    shared, many = _cover(context, prose)
    return _stacked([
        before, after, (np.cumsum(mass) - mass) / whole, at / max(1, n - 1), np.minimum(at, 60.0), np.minimum(n - 1.0 - at, 60.0),
        _inside(at, run), np.clip(at - run[0], -40.0, 40.0), np.clip(run[1] - at, -40.0, 40.0), _inside(at, strict), shared,
        np.minimum(many, 12.0),
    ])  # fmt: skip


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


def _rarity(lines: Lines, ids: Ints) -> Floats:
    """How much each word tells of what the text is about: less the oftener it stands in it, nothing if it has no content."""
    often = np.bincount(ids)[ids]
    content = (lines.letters >= 4) | lines.capital | (lines.kind == kinds.SPACELESS)
    found: Floats = content / np.sqrt(np.maximum(often, 1))
    return found


def _cover(context: Context, core: Floats) -> tuple[Floats, Floats]:
    """The share of a line's content words, rare ones first, that other lines of the core have too; and their number."""
    lines, rare = context.lines, context.rare
    weight = core[lines.line]
    there = np.bincount(context.ids, weights=weight, minlength=context.kinds)[context.ids] - weight > 0.5
    content = (lines.letters >= 4) | lines.capital
    whole, shared, many = (
        np.bincount(lines.line, weights=v, minlength=lines.size) for v in (rare, rare * there, content & there)
    )
    return shared / np.maximum(whole, 1e-6), many
