"""Off-topic: synthetic documents from clean articles and foreign paragraphs, and the model made of them.

Each article gets none to three foreign blocks: adverts of one to three paragraphs (also one text torn in two, its
brand gone from the second half), paragraphs of guides and shops, of other stories, prose of the site.  Reviews, guides and promotional
text taken whole are documents too, and there nothing of theirs is foreign.  An article's outlet decides its fold, and
the fold which categories of adverts it may get: so out of fold means an outlet and a category never seen.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from newsclean.detectors.offtopic import JUDGED, MEMBER
from newsclean.estimators import OffTopicClassifier
from newsclean.training import FOLDS
from newsclean.training.audit import clean, flat, records

__all__ = ["GROUPS", "Made", "documents", "fold_of", "train"]

GROUPS: Final[tuple[tuple[str, ...], ...]] = (
    ("saas_tool", "software_blurb", "app_store"),
    ("facebook_ad", "sms_spam", "hotel_travel"),
    ("political_ad", "ecommerce_product", "loans_insurance"),
    ("affiliate_review", "forex_crypto", "health_supplement"),
)
"""The categories of promotional prose, by fold: all of software is in one, so that it is withheld as a whole."""
SITE: Final = frozenset(
    ("newsletter_cta", "donation_appeal", "legal_footer", "cookie_consent", "byline_credit", "social_app_cta", "comment_account")
)  # fmt: skip
"""The categories of prose of the site itself."""
WHOLE: Final = ("affiliate_review", "forex_crypto", "loans_insurance")
"""The categories whose rows, taken together, read like a review, a guide or a shop's page."""
LISTS: Final = ("saas_tool", "software_blurb", "app_store", "hotel_travel", "ecommerce_product", "health_supplement")
"""Those whose rows, taken together, read like a list of tools, of rooms or of goods: such pages exist, and only teach."""
PROMOTION: Final = 80
"""Shorter promotion is not prose."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_NAME = re.compile(
    r"(?:The )?([A-Z0-9][\w.&'’+-]*(?: [A-Z0-9][\w.&'’+-]*){0,3})(?=:| is | - | – | — | offers | provides | lets | helps | allows )"
)
_NAMELESS: Final = (
    "The platform", "The service", "The app", "The tool", "The product", "It", "The software", "The website",
    "The program", "This platform", "The company",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A synthetic document: per paragraph a text, a label (see ``OffTopicClassifier.fit``) and what kind it is."""

    fold: int
    outlet: str
    texts: tuple[str, ...]
    labels: tuple[int, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class _Story:
    id: str
    outlet: str
    topic: str
    texts: tuple[str, ...]


def fold_of(outlet: str) -> int:
    """The fold of an outlet: the same for all that it wrote."""
    return crc32(b"f1" + outlet.encode()) % FOLDS


def documents(corpora: Path, *, seed: int = 0, every: int = 1) -> list[Made]:
    """The documents to train on and to measure by; of the news articles only each ``every``-th.

    Paragraphs that a rule strips or that were judged no content are gone before anything is made.
    """
    rng = random.Random(seed)
    stories = list(_stories(corpora))
    hard = {flat(r["text"]) for r in records(corpora, "offtopic/hard_negatives")}
    pages = list(_pages(corpora))
    maker = _Maker(rng, _adverts(corpora), _site(corpora), _folds(stories), _folds([page for page, _ in pages]))
    made = [
        maker.inject(story, ["hard" if t in hard else "clean" for t in story.texts], often=0.75)
        for story in stories[::every]
    ]
    made += [maker.inject(page, [kind] * len(page.texts), often=0.3) for page, kind in pages]
    return made + maker.wholes(3.0 / every)


def _pages(corpora: Path) -> Iterator[tuple[_Story, str]]:
    """Pages that are no news: guides, reviews and blogs, and the pages of shops and services."""
    for record in (*records(corpora, "html/wcxb"), *records(corpora, "html/not_articles")):
        kind = {"article": "guide", "product": "shop", "service": "shop"}.get(record["page_type"])
        texts = _read(record.get("gold_paragraphs") or (record["gold_text"] or "").split("\n"))[:120]
        if kind and len(texts) >= 5 and (record["lang"] or "en").startswith("en"):
            yield _Story(record["id"], record["site"], "", tuple(texts)), kind


def _folds(stories: Sequence[_Story]) -> list[list[_Story]]:
    return [[s for s in stories if fold_of(s.outlet) == k] for k in range(FOLDS)]


def _stories(corpora: Path) -> list[_Story]:
    stories = []
    for record in records(corpora, "offtopic/news"):
        texts = _read(clean(record["paragraphs"]))
        if 5 <= len(texts) <= 120:
            stories.append(_Story(record["id"], record["outlet"], record["topic"], tuple(texts)))
    return stories


def _read(paragraphs: Sequence[str]) -> list[str]:
    """What the detector would read of a document."""
    return [t for t in map(flat, paragraphs) if len(t) >= MEMBER and len(t.split()) >= 4]


def _adverts(corpora: Path) -> dict[str, dict[str, list[str]]]:
    """Category to source to promotional prose, in the order of the source."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    seen = set()
    for record in records(corpora, "offtopic/injected"):
        text = flat(record["text"])
        letters = sum(c.isalpha() or c.isspace() for c in text)
        if PROMOTION <= len(text) < 1500 and letters > 0.8 * len(text) and text not in seen:
            seen.add(text)
            found[record["category"]][record["source_repo"]].append(text)
    return found


def _site(corpora: Path) -> list[list[str]]:
    """Prose of sites by fold, each source in one."""
    found: list[list[str]] = [[] for _ in range(FOLDS)]
    for record in records(corpora, "offtopic/injected"):
        if record["category"] in SITE and len(flat(record["text"])) >= JUDGED:
            found[crc32(record["source_repo"].encode()) % FOLDS].append(flat(record["text"]))
    return found


@dataclass(frozen=True)
class _Maker:
    rng: random.Random
    adverts: Mapping[str, Mapping[str, list[str]]]
    site: Sequence[Sequence[str]]
    others: Sequence[Sequence[_Story]]
    pages: Sequence[Sequence[_Story]]

    def inject(self, story: _Story, kinds: Sequence[str], *, often: float) -> Made:
        """The story with foreign blocks; ``often`` is how likely it gets any."""
        fold = fold_of(story.outlet)
        rows = [(t, 3 if k in ("guide", "shop") else 0, k) for t, k in zip(story.texts, kinds, strict=True)]
        blocks = self.rng.choices((1, 2, 3), (55, 30, 15))[0] if self.rng.random() < often else 0
        for _ in range(blocks):
            anywhere = self.rng.randrange(len(rows) + 1)
            at = self.rng.choices((anywhere, len(rows), 0), (78, 17, 5))[0]
            rows[at:at] = self._block(story, fold)
        return _made(fold, story.outlet, rows)

    def wholes(self, many: float) -> list[Made]:
        """Promotional sources taken whole, seven to seventeen rows a document; in some stands another's advert."""
        made = []
        for category in (*WHOLE, *LISTS):
            fold = next(k for k, group in enumerate(GROUPS) if category in group)
            for source, texts in self.adverts.get(category, {}).items():
                if len(texts) < 8:
                    continue
                documents = max(4, int(len(texts) * many / 5))
                for _ in range(documents if category in WHOLE else min(documents, int(20 * many))):
                    made.append(_made(fold, source, self._whole(category, texts, fold)))  # noqa: PERF401
        return made

    def _whole(self, category: str, texts: Sequence[str], fold: int) -> list[tuple[str, int, str]]:
        """A run of a source's rows, and in two of five another category's advert."""
        start, size = self.rng.randrange(len(texts)), self.rng.randrange(7, 18)
        run = [texts[(start + j) % len(texts)] for j in range(min(size, len(texts)))]
        rows = [(text, 3, f"{'whole' if category in WHOLE else 'list'} {category}") for text in run]
        if self.rng.random() < 0.4:
            at = self.rng.randrange(len(rows) + 1)
            rows[at:at] = self._advert(fold, unlike=category)
        return rows

    def _block(self, story: _Story, fold: int) -> list[tuple[str, int, str]]:
        chance = self.rng.random()
        if chance < 0.48 or (chance >= 0.91 and not self.site[fold]):
            return self._advert(fold)
        if chance < 0.63:
            return self._other(story, self.pages[fold], kind="advertorial")
        if chance < 0.91:
            return self._other(story, self.others[fold], kind="other topic" if chance < 0.85 else "same topic")
        return [(self.rng.choice(self.site[fold]), 1, "site")]

    def _advert(self, fold: int, *, unlike: str = "") -> list[tuple[str, int, str]]:
        category = self.rng.choice([c for c in GROUPS[fold] if c != unlike and c in self.adverts])
        sources = self.adverts[category]
        texts = sources[self.rng.choice([s for s in sources for _ in range(min(8, 1 + len(sources[s]) // 20))])]
        chance = self.rng.random()
        if chance < 0.55:
            block = [self.rng.choice(texts)]
        elif chance < 0.8:
            block = self._torn(self.rng.choice(texts))
        else:
            start = self.rng.randrange(len(texts))
            block = [texts[(start + j) % len(texts)] for j in range(self.rng.choice((2, 2, 3)))]
        return [(text, 2, category) for text in block]

    def _torn(self, text: str) -> list[str]:
        """An advert as two paragraphs; the second does not name the brand."""
        sentences = _SENTENCE.split(text)
        if len(sentences) < 2:
            return [text]
        at = self.rng.randrange(1, len(sentences))
        first, second = " ".join(sentences[:at]), " ".join(sentences[at:])
        name = _NAME.match(first)
        if name and len(name[1]) > 2:
            second = re.sub(rf"(?:The )?{re.escape(name[1])}\b", lambda _: self.rng.choice(_NAMELESS), second)
            second = second[0].upper() + second[1:]
        return [text] if min(len(first), len(second)) < JUDGED else [first, second]

    def _other(self, story: _Story, among: Sequence[_Story], *, kind: str) -> list[tuple[str, int, str]]:
        """One or two paragraphs of another article or page: of the same topic only if the kind says so."""
        for _ in range(50):
            other = self.rng.choice(among) if among else story
            if other.id != story.id and (other.topic == story.topic != "") == (kind == "same topic"):
                break
        else:
            return []
        start = self.rng.randrange(len(other.texts))
        block = other.texts[start : start + self.rng.choice((1, 1, 2))]
        return [(text, 1, kind) for text in block if len(text) >= PROMOTION]


def _made(fold: int, outlet: str, rows: Sequence[tuple[str, int, str]]) -> Made:
    texts, labels, kinds = zip(*rows, strict=True)
    return Made(fold, outlet, texts, labels, kinds)


WEIGHTS: Final = {"same topic": 0.3, "hard": 8.0}
"""What a paragraph of a kind weighs in training, where not 1; of a document taken whole or of a list: 5."""


def train(made: Sequence[Made], *, trees: int = 200, seed: int = 0) -> OffTopicClassifier:
    """The classifier of these documents."""
    weights = [[5.0 if k.startswith(("whole", "list")) else WEIGHTS.get(k, 1.0) for k in doc.kinds] for doc in made]
    classifier = OffTopicClassifier(trees=trees, random_state=seed)
    return classifier.fit(
        [doc.texts for doc in made],
        [doc.labels for doc in made],
        groups=[doc.fold for doc in made],
        sample_weight=weights,
    )
