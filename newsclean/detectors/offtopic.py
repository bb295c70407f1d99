"""Off-topic: prose that does not belong to its document - a pasted advert, a paragraph of another story.

The model compares; see :mod:`newsclean.detectors.features` for what.  This module decides what is a document that can
be judged at all, runs the model on it and says in words what moved it.  numpy is imported when the first document
is judged, scikit-learn never.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final, Self

import regex

from newsclean.detectors.shape import is_prose, spared, touched, word_count
from newsclean.errors import ModelError
from newsclean.evidence import Issue
from newsclean.language import guess_language
from newsclean.persist import Forest, load, models_dir, save
from newsclean.segment import Paragraph
from newsclean.spans import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from newsclean.detectors.features import Tables

__all__ = ["JUDGED", "RULE", "OffTopicModel", "default_model", "explain", "gather", "judge", "off_topic"]

RULE: Final = "model/offtopic"
FEWEST: Final = 5
"""Documents of fewer prose paragraphs have too little rest to compare one with."""
JUDGED: Final = 60
"""Shorter paragraphs are read as part of the document, never judged: short furniture is work for rules."""
MEMBER: Final = 25
"""Shorter lines are not read at all."""
LONGEST: Final = 400
"""A text of more paragraphs than this is a dump or a live blog, not one story."""
STRIPPED: Final = 0.8
"""Spans of this score or more were stripped by something else before; so was what the model scores so itself."""
FLAGGED: Final = 0.5
RESERVE: Final = 1.0
"""Log-odds by which a document that is no news is judged more leniently."""
SAMPLE: Final = 10
"""Paragraphs, at least, by which a document is told from news before the others are read."""
MOST: Final = 0.4
"""Where a larger share than this looks foreign, nobody knows what the document is about."""

_LIVE = regex.compile(
    r"\b(?:live ?-?blog|live (?:updates?|coverage|reporting)|as it happened|minute[ -]by[ -]minute)\b", regex.IGNORECASE
)
_ROUNDUP = regex.compile(
    r"\b(?:news in brief|in brief|round-?up|daily briefing|morning briefing|things (?:you need )?to know"
    r"|here'?s what (?:you need to know|happened)|this week in|week in review|today'?s (?:top )?(?:stories|headlines))\b",
    regex.IGNORECASE,
)
_FILLER = regex.compile(r"lorem ipsum", regex.IGNORECASE)
_CLOCK = regex.compile(
    r"\W{0,3}(?:[01]?\d|2[0-3])[:.][0-5]\d ?(?:[ap]\.?m\b|GMT|BST|E[SD]?T|P[SD]?T|CES?T|UTC|$|[-–—:|])",
    regex.IGNORECASE,
)


@dataclass(frozen=True)
class OffTopicModel:
    """The model at work: hashed tables, two looks of trees, calibration and thresholds.

    Fit one with :class:`newsclean.estimators.OffTopicClassifier`; this class only predicts, in numpy.

    Parameters
    ----------
    tables : what is known of words.
    first, second : trees; the second sees the first's log-odds of the neighbours.
    platt : slope and shift from the second's log-odds to calibrated ones.
    thresholds : the probabilities from which a paragraph is flagged and stripped: .25 % and .1 % of the content
        paragraphs of unseen outlets reach them.
    typical : (features,) the median content paragraph, against which a flag is explained.
    advert : the log-odds of promotional wording from which a foreign paragraph is an advert.
    news : the median log-odds of web wording from which a document is no news but a guide, a review or a shop's
        page; there every paragraph's log-odds are :data:`RESERVE` lower, as most of what stands out is its own.
    card : what the file's card said, empty for a model that was never saved.
    """

    tables: Tables
    first: Forest
    second: Forest
    platt: tuple[float, float]
    thresholds: tuple[float, float]
    typical: NDArray[np.float32]
    advert: float
    news: float
    card: Mapping[str, Any] = field(default_factory=dict)

    def probabilities(self, texts: Sequence[str], /, *, least: float = 0.0) -> NDArray[np.float64]:
        """(n,) how likely each paragraph is foreign to its document; 0 for those that are too short, or spared.

        Below ``least`` nobody asks whether a paragraph is spared.
        """
        import numpy as np

        judged = np.array([len(text) >= JUDGED for text in texts], dtype=np.bool_)
        found = np.zeros(len(texts))
        if judged.any():
            matrix = self.matrix(texts)[judged]
            found[judged] = self.calibrated(self.second.raw(matrix), matrix)
            found[[i for i, text in enumerate(texts) if found[i] >= least and spared(text)]] = 0.0
        return found

    def wording(self, texts: Sequence[str], /) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(n,) each: how much every paragraph by itself reads like other prose of the web than news, and like an advert."""
        from newsclean.detectors.features import logits, read

        return logits(read(texts), self.tables)

    def matrix(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """The columns of the second look, (n, features + 10)."""
        import numpy as np

        from newsclean.detectors.features import features, read, stacked

        matrix = features(read(texts), self.tables)
        judged = np.array([len(text) >= JUDGED for text in texts], dtype=np.bool_)
        scores = np.full(len(texts), -9.0)
        scores[judged] = self.first.raw(matrix[judged])
        return stacked(matrix, scores)

    def score(self, probability: float, /) -> float:
        """A probability as a span's score: .5 from the flagging threshold, .8 from the stripping one.

        Monotone and piecewise linear, so that thresholds of a Config mean the same for rules and model.
        """
        flag, strip = self.thresholds
        knots = ((0.0, 0.0), (flag, FLAGGED), (strip, STRIPPED), (1.0, 1.0))
        for (x0, y0), (x1, y1) in pairwise(knots):
            if probability < x1:
                return y0 + (y1 - y0) * (probability - x0) / (x1 - x0)
        return 1.0

    def calibrated(self, raw: NDArray[np.float64], matrix: NDArray[np.float32], /) -> NDArray[np.float64]:
        """Probabilities of the second look's log-odds, for the rows of ``matrix`` that they were made from."""
        import numpy as np

        from newsclean.detectors.features import FEATURES

        slope, shift = self.platt
        reserve = RESERVE * (matrix[:, FEATURES.index("logit_doc")] >= self.news)
        found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(reserve - slope * raw - shift))
        return found

    def save(self, path: str | os.PathLike[str], card: Mapping[str, Any] | None = None) -> str:
        """Writes ``path.npz`` and ``path.json``; returns the digest."""
        import numpy as np

        arrays = {
            **self.tables.packed(), **self.first.packed("first"), **self.second.packed("second"),
            "platt": np.array(self.platt), "thresholds": np.array(self.thresholds), "typical": self.typical,
            "advert": np.array([self.advert, self.news]),
        }  # fmt: skip
        return save(path, arrays, {"model": "offtopic", **(card or {})})

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """The model that :meth:`save` wrote; ModelError when it is missing, damaged or of other features."""
        from newsclean.detectors.features import FEATURES, Tables

        arrays, card = load(path)
        try:
            typical = arrays["typical"]
            (slope, shift), (flag, strip) = arrays["platt"].tolist(), arrays["thresholds"].tolist()
            (advert, news), tables = arrays["advert"].tolist(), Tables.unpacked(arrays)
        except (KeyError, ValueError) as error:
            raise ModelError(f"{path} is no off-topic model: {error}") from error
        if typical.shape != (len(FEATURES),):
            raise ModelError(f"{path} was made for {typical.shape} features, this newsclean has {len(FEATURES)}")
        first, second = Forest.unpacked("first", arrays), Forest.unpacked("second", arrays)
        return cls(tables, first, second, (slope, shift), (flag, strip), typical, advert, news, card)


@cache
def default_model() -> OffTopicModel:
    """The model that ships with newsclean, read once a process and never changed; ModelError without one."""
    return OffTopicModel.load(models_dir() / "offtopic")


def off_topic(
    paragraphs: Sequence[Paragraph],
    found: Sequence[Span],
    *,
    model: OffTopicModel | None = None,
    news_only: bool = False,
) -> tuple[list[Span], list[Issue]]:
    """Spans over whole paragraphs that do not belong to their document, and an issue where it abstains.

    Parameters
    ----------
    paragraphs : of one source, in order.
    found : the spans so far.  What they strip is not part of the document and is not judged; nor is the title.
    model : None is the one that ships.
    news_only : leave alone what is not worded like news, where hardly anything reaches a threshold.

    Returns
    -------
    spans : label ``ad`` for promotional prose, ``off_topic`` else, rule ``model/offtopic``.  A score of .8 or more
        is for stripping (one content paragraph in a thousand has it), from .5 on for flagging (one in 400).
    issues : ``abstained`` with the reason, for what is no English document, has fewer than five paragraphs of prose
        or more than 400, is a live blog or a round-up, or of which two fifths would be foreign.

    It will not judge paragraphs under 60 code points, and it will not find a paragraph of another story on the
    same topic: one in three of those at most.
    """
    members, issues = gather(paragraphs, found)
    return ([], issues) if issues else judge(members, model=model, news_only=news_only)


def judge(
    members: Sequence[Paragraph], *, model: OffTopicModel | None = None, news_only: bool = False
) -> tuple[list[Span], list[Issue]]:
    """The spans and issues of :func:`off_topic` for what :func:`gather` found fit to be judged."""
    model = model or default_model()
    texts = [p.line for p in members]
    if news_only and median(model.wording(texts[:: len(texts) // SAMPLE or 1])[0].tolist()) >= model.news:
        return [], [Issue("abstained", "it is worded like a guide, a review or a shop's page, not like news", RULE)]
    probabilities = model.probabilities(texts, least=model.thresholds[0])
    flagged = [i for i, p in enumerate(probabilities) if p >= model.thresholds[0]]
    if len(flagged) > MOST * len(members):
        detail = f"{len(flagged)} of {len(members)} paragraphs look foreign to the rest; there is no one topic to compare with"
        return [], [Issue("abstained", detail, RULE)]
    if not flagged:
        return [], []
    promotional = model.wording(texts)[1] >= model.advert
    return [
        Span(
            members[i].start, members[i].end, "ad" if promotional[i] else "off_topic", RULE,
            round(model.score(float(probabilities[i])), 4),
        )
        for i in flagged
    ], []  # fmt: skip


def gather(paragraphs: Sequence[Paragraph], found: Sequence[Span]) -> tuple[list[Paragraph], list[Issue]]:
    """What :func:`off_topic` reads of a document, and an issue where it cannot be judged."""
    members = _members(paragraphs, found)
    return members, [Issue("abstained", why, RULE) for why in [_unfit(paragraphs, members)] if why]


def _members(paragraphs: Sequence[Paragraph], found: Sequence[Span]) -> list[Paragraph]:
    """What is read: lines of four words or more that nothing has stripped, without the title."""
    gone = touched(paragraphs, found, least=STRIPPED)
    titles = {(s.start, s.end) for s in found if s.label == "title"}
    return [
        p
        for p, span in zip(paragraphs, gone, strict=True)
        if span is None
        and len(p.text) >= MEMBER
        and (p.start, p.end) not in titles
        and (len(p.text) >= 2 * JUDGED or word_count(p.text) >= 4)
    ]


def _unfit(paragraphs: Sequence[Paragraph], members: Sequence[Paragraph]) -> str | None:
    """Why a document cannot be judged, or None."""
    prose = sum(is_prose(p.text) and _FILLER.match(p.text) is None for p in members)
    if prose < FEWEST:
        return f"{prose} paragraphs of prose are too few to say what the document is about"
    if len(members) > LONGEST:
        return f"{len(members)} paragraphs are more than one story has"
    language = guess_language("\n".join(p.text for p in members[:6]))
    if language not in ("en", None):
        return f"the model reads English; this looks like {language!r}"
    head = [p.text for p in paragraphs[:4] if len(p.text) <= 160]
    if len([p for p in paragraphs if _tells_time(p.text)]) >= 4 or any(_LIVE.search(t) for t in head):
        return "a live blog has many topics"
    if any(_ROUNDUP.search(t) for t in head):
        return "a round-up has many topics"
    return None


def _tells_time(text: str) -> bool:
    """Whether a paragraph begins with a time of day; its colon is the sixth character at most."""
    return (":" in text[:6] or "." in text[:6]) and _CLOCK.match(text) is not None


def explain(
    paragraphs: Sequence[Paragraph], found: Sequence[Span], *, model: OffTopicModel | None = None
) -> dict[Span, tuple[str, ...]]:
    """For each span of the model among ``found``: at most three sentences on what moved it, the weightiest first.

    A group of features counts for as much as the log-odds fall when it is set to what is usual in a document's
    own paragraphs (occlusion, Zeiler and Fergus 2014).  ``found`` are all spans of the document, as the detector saw
    them and with what it found.
    """
    mine = [s for s in found if s.rule == RULE]
    if not mine:
        return {}
    model = model or default_model()
    members = _members(paragraphs, [s for s in found if s.rule != RULE])
    place = {(p.start, p.end): i for i, p in enumerate(members)}
    matrix = model.matrix([p.line for p in members])
    rows = {span: place[span.start, span.end] for span in mine if (span.start, span.end) in place}
    return {span: _sentences(model, matrix[i]) for span, i in rows.items()}


_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "it shares {cover:.0%} of its weighty words with the rest of the document, whose median is {cover_doc:.0%}": (
        "cos", "cos_far", "cos_pair", "cos_z", "cos_rank", "prev", "next", "near", "cover", "cover_far", "cover_z", "cover_rank",
    ),
    "its subject is not the document's (similarity {lsa:.2f}, median {lsa_doc:.2f})": (
        "lsa", "lsa_far", "lsa_pair", "lsa_z", "lsa_rank", "lsa_best", "lsa_top", "lsa_prev", "lsa_next", "three", "bridge",
        "bridge_pair", "known", "known_rel",
    ),
    "{caps_new:.0f} of its {caps:.0f} names stand nowhere else in the document": (
        "caps", "caps_shared", "caps_far", "caps_new", "caps_rate", "rare", "rare_shared", "rare_far", "rare_rate",
    ),
    "it is worded like promotion (log-odds {sale:+.1f}, document {sale_doc:+.1f})": ("logit", "logit_rel", "sale", "sale_rel"),
    "it addresses the reader or speaks for a seller, and the rest does not": (
        "you", "we", "order", "offer", "you_rel", "we_rel", "offer_rel",
    ),
    "it has the marks of an advert: a price, a web address, a brand that “is a …”, an exclamation": (
        "price", "domain", "brand", "exclaim", "colon", "percent", "open_end",
    ),
    "nobody speaks or is spoken of in it": ("said", "they", "i", "said_rel", "they_rel", "quote", "question"),
}  # fmt: skip
_BESIDE: Final = "the paragraph beside it looks foreign too"


def _sentences(model: OffTopicModel, row: NDArray[np.float32]) -> tuple[str, ...]:
    import numpy as np

    from newsclean.detectors.features import FEATURES

    width = len(FEATURES)
    values = dict(zip(FEATURES, row.tolist(), strict=False))
    masked = np.repeat(row[None, :width], len(_GROUPS) + 1, axis=0)
    for i, names in enumerate(_GROUPS.values()):
        columns = [FEATURES.index(name) for name in names]
        masked[i, columns] = model.typical[columns]
    scores = model.first.raw(masked)
    alone = row.copy()
    alone[width + 1 : width + 6] = -9.0
    fallen = {s.format(**values): float(scores[-1] - score) for s, score in zip(_GROUPS, scores, strict=False)}
    fallen[_BESIDE] = float(np.diff(model.second.raw(np.stack([alone, row])))[0])
    ranked = sorted(fallen, key=lambda s: -fallen[s])
    return tuple(s for s in ranked[:3] if fallen[s] > 0.2) or (ranked[0],)
