"""Scoring: an article's signals as a scorecard.  A score is evidence about sourcing, never a verdict about truth.

The formula, all of it: each signal's value is put on a square-root scale, clipped to what is usual, and standardised; less
``slope * kind``, which is what to expect of an article of its kind (a report or an essay, by its plain verbs of speech);
``pull = weight * direction * that``; ``score = 1 / (1 + exp(-(base + sum of pulls)))``.  Weights are never negative, so a
signal never counts against its direction.  They were fitted on outlets, not articles: what a score can tell is how
an outlet's articles are sourced on the whole; of a single one it says little (figures in ``models/score.json``).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp, log, sqrt
from typing import Any, Final, Self

from newsclean.article import Article
from newsclean.errors import InputError, ModelError
from newsclean.evidence import Rated, Scorecard, Signal
from newsclean.persist import load, models_dir, save
from newsclean.ratings import Rating, Ratings, host
from newsclean.signals.catalogue import measure
from newsclean.signals.reading import Reading, read
from newsclean.sources import by_domain, lookup

__all__ = ["FEWEST", "ScoreModel", "default_model", "outlet_score", "scorecard"]

FEWEST: Final = 120
"""Words of prose below which there is no score: rates of so few words are chance."""
FARTHEST: Final = 3.0
"""Standard deviations at which a signal stops counting more."""
KIND: Final = "said"
"""The signal that tells the kind of an article; like is compared with like."""


@dataclass(frozen=True)
class ScoreModel:
    """Weights of signals and the scales they are read on; made by ``python -m newsclean.training score``.

    Parameters
    ----------
    weights : signal to weight, not negative, in log-odds for a standard deviation.
    scales : signal to (lowest, highest, mean, deviation) on the square-root scale and slope, in deviations for one of the kind.
    base : log-odds of the average article.
    gain : how many articles of one outlet halve the doubt; see :func:`outlet_score`.
    card : what it was made of and what it can do.
    """

    weights: Mapping[str, float]
    scales: Mapping[str, tuple[float, float, float, float, float]]
    base: float
    gain: float
    card: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def standard(self, name: str, value: float, kind: float = 0.0) -> float:
        """A signal's value in standard deviations from the average article of a kind; 0 for an unknown signal."""
        if name not in self.scales:
            return 0.0
        low, high, mean, deviation, slope = self.scales[name]
        root = sqrt(value) if value > 0 else 0.0
        z = ((low if root < low else high if root > high else root) - mean) / deviation
        return (-FARTHEST if z < -FARTHEST else FARTHEST if z > FARTHEST else z) - slope * kind

    def pulled(self, signals: Mapping[str, Signal]) -> dict[str, Signal]:
        """The signals with what each adds to the log-odds."""
        found = {}
        kind = self.standard(KIND, signals[KIND].value) if KIND in signals else 0.0
        for name, s in signals.items():
            weight = self.weights.get(name, 0.0) * s.direction
            pull = weight * self.standard(name, s.value, kind) if weight else 0.0
            found[name] = Signal(s.value, s.evidence, s.direction, s.note, pull) if weight else s
        return found

    def save(self, path: str | os.PathLike[str], card: Mapping[str, Any]) -> str:
        """Writes ``path.npz`` and its card; returns the digest."""
        import numpy as np

        names = sorted(self.scales)
        arrays = {
            "names": np.array(names),
            "weights": np.array([self.weights.get(n, 0.0) for n in names]),
            "scales": np.array([self.scales[n] for n in names]),
            "base": np.array([self.base, self.gain]),
        }
        return save(path, arrays, card)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """What :meth:`save` wrote; ModelError when the files are not whole or hold a weight that no score may have."""
        arrays, card = load(path)
        try:
            names = [str(name) for name in arrays["names"]]
            weights, scales, (base, gain) = (arrays[k].tolist() for k in ("weights", "scales", "base"))
            if not len(names) == len(weights) == len(scales) or min(weights) < 0 or min(s[3] for s in scales) <= 0:
                raise ValueError("weights and scales do not fit")
            held = {name: (s[0], s[1], s[2], s[3], s[4]) for name, s in zip(names, scales, strict=True)}
        except (KeyError, ValueError, TypeError, IndexError) as error:
            raise ModelError(f"not a model of scores: {error!r}") from error
        return cls(dict(zip(names, weights, strict=True)), held, base, gain, card)


@cache
def default_model() -> ScoreModel:
    """The model that ships with newsclean, read once a process; ModelError without one."""
    return ScoreModel.load(models_dir() / "score")


def scorecard(
    article: Article, /, *, url: str | None = None, ratings: Ratings | None = None, model: ScoreModel | None = None
) -> Scorecard:
    """The scorecard of an article from what is known of it; nothing is annotated again, nothing is fetched.

    Parameters
    ----------
    article : as :func:`newsclean.annotate` or ``extract`` made it; without attributions it is read as if it had no source.
    url : of the article, where it does not know its own; only for the publisher's rating.
    ratings : a table from :func:`newsclean.load_ratings` whose entries are to stand beside the signals.
    model : weights of your own.

    Returns
    -------
    A scorecard.  Its score is None for fewer than 120 words of prose, and for what is not in English: the note
    says which.  A signal that cannot be told is absent and counts as the average.
    """
    reading = read(article)
    beside = _rated(article, url or article.url, ratings) if ratings is not None else ()
    why = _unscored(reading)
    if why:
        return Scorecard(None, measure(reading), note=why, ratings=beside)
    model = model or default_model()
    signals = model.pulled(measure(reading))
    score = _logistic(model.base + sum(s.pull for s in signals.values()))
    digest = str(model.card.get("digest", ""))[:8]
    return Scorecard(score, signals, base=model.base, model=f"score={digest}", ratings=beside)


def outlet_score(cards: Iterable[Scorecard], /) -> float | None:
    """What several articles of one outlet say together, in [0, 1]; None when none of them has a score.

    One article says little, so its score stays near the average; the mean log-odds of many are let out further:
    ``base + mean(log-odds - base) * (1 + gain) * n / (n + gain)``.  Five articles are few, thirty are many.

    >>> card = Scorecard(0.8, {}, base=1.0)
    >>> outlet_score([card]) < outlet_score([card] * 30)
    True
    """
    odds = [(log(c.score / (1 - c.score)), c.base) for c in cards if c.score is not None and 0 < c.score < 1]
    if not odds:
        return None
    n, gain = len(odds), default_model().gain
    base = sum(b for _, b in odds) / n
    return _logistic(base + sum(o - b for o, b in odds) / n * (1 + gain) * n / (n + gain))


def _unscored(reading: Reading) -> str:
    """Why there is no score, or nothing."""
    if reading.words < FEWEST:
        return f"{reading.words} words of prose, fewer than {FEWEST}"
    if not reading.told:
        return f"the language is {reading.article.language or 'unknown'}; the weights were learned from English news"
    return ""


def _logistic(odds: float) -> float:
    return 1 / (1 + exp(-min(max(odds, -30.0), 30.0)))


def _rated(article: Article, url: str | None, ratings: Ratings) -> tuple[Rated, ...]:
    """The publisher's rating and that of each cited outlet, where the table has one."""
    if not isinstance(ratings, Ratings):
        raise InputError(f"ratings are a table from load_ratings, not {type(ratings).__name__}")
    found: list[Rated] = []
    if url and (own := ratings.of(url)):
        known = by_domain(url)
        found.append(_entry("publisher", known.name if known else host(url) or url, own, ratings))
    cited: dict[str, list[tuple[int, int]]] = {}
    for a in article.attributions:
        for name in {a.via, a.name} - {None}:
            cited.setdefault(str(name), []).extend(a.source or a.cue)
    for name, places in cited.items():
        source = lookup(name)
        hits = (ratings.of(domain) for domain in (source.domains if source else ()))
        if source and (rating := next(filter(None, hits), None)):
            found.append(_entry("cited", source.name, rating, ratings, tuple(sorted(set(places)))))
    return tuple(found)


def _entry(role: str, name: str, rating: Rating, ratings: Ratings, places: Sequence[tuple[int, int]] = ()) -> Rated:
    return Rated(role, name, rating.domain, rating.value, tuple(rating.scale), ratings.name, tuple(places))
