"""Trains the tagger of attributions: clusters from unlabelled news, both looks from PolNeAR's training part.

The second look learns from cues that the first look found in publishers it was not trained on, so that it meets in
training the mistakes it will meet in use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from newsclean.attribution.cues import lexicon
from newsclean.attribution.encode import Encoded
from newsclean.attribution.find import merged
from newsclean.attribution.hashes import rows
from newsclean.attribution.mark import Mark
from newsclean.attribution.pairs import Seen
from newsclean.attribution.rules import find_marks
from newsclean.attribution.tagger import (
    BEGIN,
    BIAS,
    CONTENT,
    CUE,
    END,
    INSIDE,
    SAID,
    SOURCE,
    WHOLE,
    Chainer,
    Tagger,
    firsts,
    own,
    runs,
    viterbi,
)
from newsclean.attribution.tokens import Tokens, tokens
from newsclean.segment import segment
from newsclean.training.audit import records
from newsclean.training.clusters import clusters
from newsclean.training.crf import Chain, Settings, fit
from newsclean.training.relations import METRICS, Counts, bootstrap, compare, relations, summed

__all__ = ["Document", "card", "counted", "documents", "found", "labelled", "train"]

CLUSTERS: Final = 256
LOOK: Final = Settings(1 << 18, 7, epochs=6, drop=0.3, rate=0.008)
PAIR: Final = Settings(1 << 17, 6, epochs=5, drop=0.3, rate=0.008)
UNLABELLED: Final = frozenset(("anonymity", "interview", "disclosure"))
"""Kinds that the product reports and PolNeAR has no labels for."""
SEEDS: Final = 3
"""Chains of so many seeds are averaged: as scores are sums of weights, that is a vote of so many taggers."""

Ints = NDArray[np.int64]
Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Document:
    """An article of a corpus: its text, its tokens, what the rules find, the gold attributions, its group."""

    text: str
    tokens: Tokens
    marks: list[Mark]
    gold: list[dict[str, Any]]
    group: str


def documents(corpora: Path, name: str) -> list[Document]:
    """The articles of ``provenance/NAME``, one annotator each."""
    made = []
    for record in records(corpora, f"provenance/{name}"):
        if record.get("primary", True):
            t = tokens(segment(record["text"]))
            marks = find_marks(t, lexicon("en"))
            made.append(Document(record["text"], t, marks, record["attributions"], record["publisher"]))
    return made


def train(corpora: Path, *, every: int = 1, seed: int = 0) -> Tagger:
    """The tagger, from ``provenance/polnear_train`` and the paragraphs of ``offtopic/news``, every n-th article of both.

    News that is also an article of ``polnear_dev``, by its headline, is left out of the clusters.
    """
    held = {str(r["title"]) for r in records(corpora, "provenance/polnear_dev")}
    news = [
        r["paragraphs"]
        for i, r in enumerate(records(corpora, "offtopic/news"))
        if i % every == 0 and r["title"] not in held
    ]
    (table,) = clusters(news, (CLUSTERS,), seed=seed)
    articles = documents(corpora, "polnear_train")[::every]
    blank = Tagger(_blank(LOOK), _blank(PAIR), table)
    coded = [_packed(blank.encoded(d.tokens, d.marks)) for d in articles]
    chains = [
        Chain(np.asarray(c.columns).T, labelled(d.tokens, d.gold), firsts(c.paragraph))
        for c, d in zip(coded, articles, strict=True)
    ]
    pairs: list[Chain] = []
    for inside, outside in _folds([d.group for d in articles]):
        look = _fitted([chains[i] for i in outside], LOOK, (seed,))
        half = Tagger(look, blank.pair, table)
        pairs += [_paired(half, articles[i], coded[i]) for i in inside]
    seeds = range(seed, seed + SEEDS)
    return Tagger(_fitted(chains, LOOK, seeds), _fitted([p for p in pairs if len(p.labels)], PAIR, seeds), table)


def _packed(coded: Encoded) -> Encoded:
    """The same with buckets in place of hashes, which take half the room."""
    return replace(coded, columns=list(rows(coded.columns, LOOK.buckets).T))


def _blank(settings: Settings) -> Chainer:
    shape = (settings.buckets, settings.labels)
    return Chainer(np.zeros(shape, dtype=np.float32), np.zeros((shape[1] + 1, shape[1]), dtype=np.float32))


def _folds(groups: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """For each group the numbers inside it and outside; a single group is parted by number."""
    names = list(groups) if len(set(groups)) > 1 else [str(i % 4) for i in range(len(groups))]
    for group in sorted(set(names)):
        yield [i for i, g in enumerate(names) if g == group], [i for i, g in enumerate(names) if g != group]


def _fitted(chains: Sequence[Chain], settings: Settings, seeds: Sequence[int]) -> Chainer:
    """The mean of the chains that some seeds give, as it will be read from its file."""
    made = [fit(chains, Settings(**{**settings.__dict__, "seed": s})) for s in seeds]
    mean = Chainer(np.mean([t for t, _ in made], axis=0), np.mean([m for _, m in made], axis=0))
    return Chainer.unpacked("x", mean.packed("x"))


def labelled(t: Tokens, gold: Sequence[Mapping[str, Any]]) -> Ints:
    """The first look's labels of gold attributions; where parts overlap a cue goes before a source, both before content."""
    labels = np.zeros(len(t), dtype=np.int64)
    for label, part in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for a, b in (_tokens_of(t, pair) for g in gold for pair in g[part]):
            labels[a:b] = label + 1
            labels[a : a + 1] = label
    return labels


def _tokens_of(t: Tokens, pair: Sequence[int]) -> tuple[int, int]:
    a, b = int(np.searchsorted(t.end, pair[0], side="right")), int(np.searchsorted(t.start, pair[1], side="left"))
    return a, max(a, b)


def _paired(tagger: Tagger, document: Document, coded: Encoded) -> Chain:
    """What the second look learns from a document: the cues found in it that overlap a gold one, and what is theirs."""
    t = document.tokens
    scores = tagger.look.scores(coded.columns)
    labels = viterbi(scores + BIAS, tagger.look.moves, firsts(coded.paragraph))
    gold = [{p: [_tokens_of(t, s) for s in g[p]] for p in ("source", "cue", "content")} for g in document.gold]
    found = [(cue, _nearest(cue, gold)) for cue in runs(labels, CUE)]
    known = [(cue, g) for cue, g in found if g is not None]
    cues = [cue for cue, _ in found]
    made = tagger.paired(t, coded, scores, Seen(labels, cues, own(cues, document.marks)))
    wanted = np.zeros(len(made.token), dtype=np.int64)
    kept: list[Ints] = []
    for number, (_, g) in enumerate(found):
        if g is None:
            continue
        here = np.arange(made.first[number], made.first[number + 1])
        kept.append(here)
        for a, b in g["content"]:
            wanted[here[(made.token[here] >= a) & (made.token[here] < b)]] = SAID
        spoken = np.zeros(len(here), dtype=np.bool_)
        for a, b in g["source"]:
            spoken |= (made.token[here] >= a) & (made.token[here] < b)
        wanted[here[spoken]] = bounded(spoken)[spoken]
    chosen = np.concatenate(kept) if known else np.zeros(0, dtype=np.int64)
    first = np.concatenate([[0], np.cumsum([len(r) for r in kept])]).astype(np.int64)
    return Chain(rows([c[chosen] for c in made.columns], PAIR.buckets), wanted[chosen], first)


def bounded(inside: NDArray[np.bool_]) -> Ints:
    """The labels of the stretches of a source's tokens: begin, inside, end, or the only one.

    >>> bounded(np.array([True, False, True, True, True]))
    array([4, 0, 1, 2, 3])
    """
    before, behind = np.append(False, inside[:-1]), np.append(inside[1:], False)
    label = np.where(before, np.where(behind, INSIDE, END), np.where(behind, BEGIN, WHOLE))
    return np.where(inside, label, 0).astype(np.int64)


def _nearest(
    cue: tuple[int, int], gold: Sequence[dict[str, list[tuple[int, int]]]]
) -> dict[str, list[tuple[int, int]]] | None:
    """The gold attribution whose cue shares most tokens with a found one."""

    def shared(g: dict[str, list[tuple[int, int]]]) -> int:
        return sum(max(0, min(cue[1], b) - max(cue[0], a)) for a, b in g["cue"])

    best = max(gold, key=shared, default=None)
    return best if best is not None and shared(best) else None


def found(d: Document, tagger: Tagger | None = None, *, beside: bool = True) -> list[Mark]:
    """What the rules or, with a tagger, it and the sure rules ``beside`` it find, but for what PolNeAR does not label."""
    marks = d.marks if tagger is None else tagger(d.tokens, d.marks)
    if tagger is not None and beside:
        marks = merged(d.marks, marks)
    return [m for m in marks if m.kind not in UNLABELLED or m.rule.startswith("tagger")]


def counted(d: Document, tagger: Tagger | None = None, *, beside: bool = True) -> Counts:
    """How what is found in a document agrees with its gold."""
    spans = [
        {p: [(d.tokens.start[a], d.tokens.end[b - 1]) for a, b in r] for p, r in _parts(m)}
        for m in found(d, tagger, beside=beside)
    ]
    return compare(relations(d.text, spans), relations(d.text, d.gold))


def _parts(mark: Mark) -> list[tuple[str, Spans]]:
    return [("source", mark.source), ("cue", (mark.cue,)), ("content", mark.content)]


def card(tagger: Tagger, corpora: Path) -> dict[str, Any]:
    """What the model was made of and what it can do: F1 (percent) on ``polnear_dev`` beside the rules that it builds on."""
    dev = documents(corpora, "polnear_dev")
    systems = {name: [counted(d, t) for d in dev] for name, t in (("full", tagger), ("rules", None))}
    train_ = [r for r in records(corpora, "provenance/polnear_train") if r.get("primary", True)]
    return {
        "name": "attribution",
        "data": [
            "PolNeAR, training part, primary annotators (Newell, Margolin and Ruths, LREC 2018)",
            "unlabelled English news, for the clusters of words; none that is also in PolNeAR's dev part",
        ],
        "counts": {
            "articles": len(train_),
            "attributions": sum(len(r["attributions"]) for r in train_),
            "publishers": len({r["publisher"] for r in train_}),
        },
        "language": "en",
        "looks": [{"buckets": s.buckets, "labels": s.labels, "epochs": s.epochs} for s in (LOOK, PAIR)],
        "seeds": SEEDS,
        "polnear_dev": {
            "articles": len(dev),
            "attributions": sum(len(d.gold) for d in dev),
            **{name: _percent(summed(counts)) for name, counts in systems.items()},
            "full_minus_rules_95": {
                name: [round(low, 1), round(high, 1)]
                for name, (low, high) in bootstrap(systems["full"], systems["rules"]).items()
            },
        },
    }


def _percent(counts: Counts) -> dict[str, float]:
    return {name: round(100 * counts.f1(name), 1) for name in METRICS}
