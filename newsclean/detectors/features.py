"""Features: each paragraph of a document measured against the rest of it.

What is foreign is not what looks odd but what the document does not speak of: the casino paragraph that is an advert
in a flood story is the story in a casino story.  So nearly every number here compares: words shared with the rest,
style against the rest's style, promotional wording against the rest's.  numpy is imported at the top, so this
module is itself imported late.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from newsclean.detectors.alike import cosines, middle, windows, within
from newsclean.detectors.words import Read, read

__all__ = ["FEATURES", "NGRAMS", "STEMS", "TOPICS", "Read", "Tables", "features", "logits", "ngrams", "read", "stacked"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NGRAMS: Final = 1 << 17
"""Buckets of hashed words and word pairs."""
STEMS: Final = 1 << 16
"""Buckets of hashed stems (a word's first six letters) for idf."""
TOPICS: Final = 1 << 15
"""Buckets of hashed stems for the LSA vectors."""
RARE: Final = 4.5
"""An idf from which a stem is rare: about one news paragraph in ninety has it."""

_PRICE = re.compile(r"[$£€\d](?:(?<=\d)\s?(?i:USD|EUR|GBP|%\s+off)\b|(?<!\d)\s?\d)")
_ENDINGS: Final = (
    "com", "org", "net", "io", "ai", "app", "co", "me", "tv", "info", "biz", "shop", "store", "online", "site", "dev", "red",
    "uk", "us", "eu", "de",
)  # fmt: skip
_DOMAIN = re.compile(rf"https?://|www\.|\b[a-zA-Z][\w-]{{1,30}}\.(?:{'|'.join(_ENDINGS)})\b")
_BRAND = re.compile(
    r"\W?(?:The )?[A-Z0-9][\w.&'’+-]{0,30}(?: [A-Z0-9&][\w.&'’+-]{0,30}){0,3}(?: is an?\b|: | – | — | - | is the\b| offers\b"
    r"| provides\b| lets\b| helps\b| allows\b| gives\b| makes\b| features\b| comes\b| enables\b| supports\b)"
)
_ORDERS: Final = (
    "(?:Get|Try|Buy|Click|Call|Join|Shop|Visit|Sign|Download|Order|Discover|Start|Enjoy|Save|Book|Learn|Find|Check"
    "|Take|Make|Use|Choose|Apply|Explore|Play|Win|Claim|Tell|Help|Stop|Add|Create|Connect|Stay|Don['’]t|Text|Reply|Send|Experience)"
)
_ORDER_FIRST, _ORDER = re.compile(rf"{_ORDERS}\b"), re.compile(rf"[.!?:] {_ORDERS}\b")
_LEXICON: Final[dict[str, str]] = {
    "you": "you your yours you're you’re you'll you’ll you've yourself u ur",
    "we": "we our ours us we're we’re we've we’ve we'll ourselves",
    "i": "i my me i'm i’m i've i’ve mine myself",
    "said": """said says told added according asked wrote argued noted reported announced testified called tweeted saying
        statement spokesman spokeswoman spokesperson adding insisted explained replied warned claimed acknowledged""",
    "they": "he she his her him they their them he's she's he’s she’s",
    "offer": """platform app software tool service website product products free features feature easy easily online best
        perfect design custom quality available users customers includes including shop order delivery discount""",
}

_NAMES: Final = """
length words cos cos_far cos_pair cos_z cos_rank cos_doc prev next near
cover cover_far cover_z cover_rank cover_doc caps caps_shared caps_far caps_new caps_rate rare rare_shared rare_far rare_rate
lsa lsa_far lsa_pair lsa_z lsa_rank lsa_best lsa_top lsa_prev lsa_next lsa_doc three bridge bridge_pair known known_rel
logit logit_rel logit_doc logit_prev logit_next sale sale_rel sale_doc
you we i said they offer you_rel we_rel said_rel offer_rel they_rel
price domain brand order exclaim question quote percent colon digits upper idf word_length open_end lower_start
at from_start from_end paragraphs doc_words short_doc
"""
FEATURES: Final[tuple[str, ...]] = tuple(_NAMES.split())
"""The columns of :func:`features`, in order.  A name with ``_far`` leaves the neighbours out of the rest, ``_pair`` is
of two neighbours together, one with ``_rel`` or ``_z`` is relative to the document's other paragraphs, one with ``_doc``
is the same for all of them."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What was learned about words; hashed, so that no word of a corpus stands in it.

    Parameters
    ----------
    idf : (STEMS,) log of one over the share of news paragraphs that have the stem.
    lsa : (TOPICS, k) vectors of stems; truncated SVD of tf-idf (latent semantic analysis, Deerwester et al. 1990).
    grams : (NGRAMS,) weights of words and pairs for the web's other prose (guides, shops, adverts) against news.
    sale : (NGRAMS,) the same for adverts alone against news.
    """

    idf: NDArray[np.float32]
    lsa: NDArray[np.float32]
    grams: NDArray[np.float32]
    sale: NDArray[np.float32]

    def packed(self) -> dict[str, NDArray[Any]]:
        """The tables in few bits, for a file: idf in sixteenths, vectors in 8 bits a number, weights in 16."""
        scale = np.maximum(np.abs(self.lsa).max(axis=0), 1e-9) / 127.0
        return {
            "idf": np.round(np.clip(self.idf, 0, 15.9) * 16).astype(np.uint8),
            "lsa": np.round(self.lsa / scale).astype(np.int8),
            "lsa_scale": scale.astype(np.float32),
            "grams": self.grams.astype(np.float16),
            "sale": self.sale.astype(np.float16),
        }

    @classmethod
    def unpacked(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The tables of :meth:`packed`; KeyError when one is missing."""
        return cls(
            arrays["idf"].astype(np.float32) / np.float32(16),
            (arrays["lsa"] * arrays["lsa_scale"]).astype(np.float32),
            arrays["grams"].astype(np.float32),
            arrays["sale"].astype(np.float32),
        )


def ngrams(doc: Read) -> tuple[Ints, Ints]:
    """Buckets of the running words and of the pairs inside a paragraph, and the paragraph of each."""
    h = doc.words[doc.tokens]
    pair = doc.par[1:] == doc.par[:-1]
    pairs = (h[:-1] * 0x9E3779B1 + h[1:] * 0x85EBCA6B) >> 7
    return np.concatenate([h, pairs[pair]]) & (NGRAMS - 1), np.concatenate([doc.par, doc.par[1:][pair]])


def logits(doc: Read, tables: Tables) -> tuple[Floats, Floats]:
    """How a paragraph reads by itself, (n,) each: like the web's other prose than news, and like an advert."""
    grams, par = ngrams(doc)
    web, sale = (_sums(par, w.take(grams), len(doc.size)) for w in (tables.grams, tables.sale))
    return web / np.sqrt(2.0 * doc.size), sale / np.sqrt(2.0 * doc.size)


def features(doc: Read, tables: Tables) -> NDArray[np.float32]:
    """The (n, len(FEATURES)) matrix of a document's paragraphs; finite everywhere, also for a single paragraph.

    It reads nothing outside the document.
    """
    n = len(doc.size)
    columns = _topic(doc, tables, n) | _reading(*logits(doc, tables)) | _style(doc, tables, n)
    at = np.arange(n, dtype=np.float64)
    columns["length"] = np.log1p([len(t) for t in doc.texts])
    columns["words"] = np.log1p(doc.size)
    columns["at"] = at / max(1, n - 1)
    columns["from_start"] = np.minimum(at, 12)
    columns["from_end"] = np.minimum(n - 1 - at, 12)
    columns["paragraphs"] = np.full(n, float(min(n, 60)))
    columns["doc_words"] = np.full(n, np.log1p(doc.size.sum()))
    columns["short_doc"] = np.full(n, float(np.mean(doc.size < 25)))
    return _side_by_side([columns[name] for name in FEATURES])


def stacked(matrix: NDArray[np.float32], scores: Floats) -> NDArray[np.float32]:
    """The second look's columns: those of :func:`features` and the first look's log-odds here, beside and around.

    So the second paragraph of an advert, which names no brand, is judged by the first.
    """
    n = len(scores)
    far = np.concatenate([[-9.0, -9.0], np.clip(scores, -12.0, 12.0), [-9.0, -9.0]])
    around = [far[2 : n + 2], far[1 : n + 1], far[3 : n + 3], far[:n], far[4 : n + 4]]
    around.append(np.maximum(around[1], around[2]))
    around += [
        np.full(n, v)
        for v in (scores.max(), scores.mean(), float((scores > -2.0).sum()), float((scores > -2.0).mean()))
    ]
    return np.concatenate([matrix, _side_by_side(around)], axis=1)


def _side_by_side(columns: Sequence[Floats]) -> NDArray[np.float32]:
    return np.concatenate(columns).reshape(len(columns), -1).T.astype(np.float32, order="C")


def _topic(doc: Read, tables: Tables, n: int) -> dict[str, Floats]:
    """What a paragraph shares with the rest: stems, names, rare words, directions of meaning."""
    local, term_of = np.unique(doc.stems & (STEMS - 1), return_inverse=True)
    size = len(local)
    keys, where, counts = np.unique(doc.par * size + term_of[doc.tokens], return_inverse=True, return_counts=True)
    par, term = keys // size, keys % size
    idf = tables.idf[local].astype(np.float64)[term]
    weight = (1.0 + np.log(counts)) * idf
    weight /= np.maximum(np.sqrt(_sums(par, weight * weight, n)), 1e-9)[par]
    after = np.minimum(np.searchsorted(keys, keys + size), len(keys) - 1)
    has_next = keys[after] == keys + size
    has_prev = np.zeros(len(keys), dtype=np.bool_)
    has_prev[after[has_next]] = True
    here = np.bincount(term, minlength=size)[term] - 1
    far = here - has_prev - has_next
    caps = (np.bincount(where, weights=doc.caps[doc.tokens], minlength=len(keys)) > 0) & (idf > 2.5)
    total = np.bincount(term, weights=weight, minlength=size)
    step = _sums(par, np.where(has_next, weight * weight[after], 0.0), n)
    columns = cosines(_sums(par, weight * total[term], n) - 1.0, step, float(total @ total), "cos")
    columns["near"] = np.maximum(columns["prev"], columns["next"])
    columns |= _cover(par, idf, here, far, n)
    columns |= _shared("caps", par, caps, (here, far), n)
    columns |= _shared("rare", par, idf > RARE, (here, far), n)
    weights = np.zeros((n, size), dtype=np.float32)
    weights[par, term] = weight
    return columns | _meaning(weights @ tables.lsa.take(local & (TOPICS - 1), axis=0))


def _cover(par: Ints, idf: Floats, here: Ints, far: Ints, n: int) -> dict[str, Floats]:
    """The share of a paragraph's stems, weighed by rarity, that the rest of the document has too."""
    content = np.where(idf > 1.5, idf, 0.0)
    whole = np.maximum(_sums(par, content, n), 1.0)
    cover = _sums(par, content * (here > 0), n) / whole
    return {"cover": cover, "cover_far": _sums(par, content * (far > 0), n) / whole, **within(cover, "cover")}


def _shared(name: str, par: Ints, chosen: NDArray[np.bool_], others: tuple[Ints, Ints], n: int) -> dict[str, Floats]:
    here, far = others
    count, shared, away = (_sums(par, (chosen & m).astype(np.float64), n) for m in (chosen, here > 0, far > 0))
    made = {name: count, f"{name}_shared": shared, f"{name}_far": away, f"{name}_new": count - shared}
    return made | {f"{name}_rate": (shared + 0.5) / (count + 1.0)}


def _meaning(vectors: NDArray[np.float32]) -> dict[str, Floats]:
    """The same in the space of latent semantic analysis, where "senator" and "vote" are near.

    ``known`` is how much of a paragraph lies in that space at all: words that news never uses have no place there.
    """
    norm = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    unit = vectors / np.maximum(norm, 1e-6)[:, None]
    total = unit.sum(axis=0)
    n = len(unit)
    step = np.zeros(n)
    step[: n - 1] = np.einsum("ij,ij->i", unit[:-1], unit[1:])
    made = cosines((unit @ total - 1.0).astype(np.float64), step, float(total @ total), "lsa")
    made["lsa_prev"], made["lsa_next"] = made.pop("prev"), made.pop("next")
    made |= windows(unit)
    alike = unit @ unit.T
    np.fill_diagonal(alike, -1.0)
    best = np.sort(alike, axis=1)[:, ::-1][:, :4] if n > 1 else np.zeros((n, 1))
    made["lsa_best"] = best[:, 0].astype(np.float64)
    made["lsa_top"] = best.mean(axis=1).astype(np.float64)
    made["known"] = norm.astype(np.float64)
    made["known_rel"] = made["known"] - middle(np.sort(norm))
    return made


def _reading(web: Floats, sale: Floats) -> dict[str, Floats]:
    """The two logits, each against the document's median and one beside its neighbours."""
    of_web, of_sale = middle(np.sort(web)), middle(np.sort(sale))
    return {
        "logit": web,
        "logit_rel": web - of_web,
        "logit_doc": np.full(len(web), of_web),
        "logit_prev": np.concatenate([web[:1], web[:-1]]),
        "logit_next": np.concatenate([web[1:], web[-1:]]),
        "sale": sale,
        "sale_rel": sale - of_sale,
        "sale_doc": np.full(len(sale), of_sale),
    }


def _style(doc: Read, tables: Tables, n: int) -> dict[str, Floats]:
    """How a paragraph speaks, and whether the others speak so too."""
    columns: dict[str, Floats] = {}
    words = (doc.words & (NGRAMS - 1)).take(doc.tokens)
    size = doc.size.astype(np.float64)
    root = np.sqrt(size)
    for name, bucket in _BUCKETS.items():
        rate = _sums(doc.par, bucket.take(words), n) / root
        columns[name] = rate
        if name != "i":
            columns[f"{name}_rel"] = rate - np.add.reduce(rate) / n
    texts = doc.texts
    columns["price"] = np.array([float(_PRICE.search(t) is not None) for t in texts])
    columns["domain"] = np.array([float(_may_link(t) and _DOMAIN.search(t) is not None) for t in texts])
    columns["brand"] = np.array([float(_BRAND.match(t) is not None) for t in texts])
    columns["order"] = np.array([float(min(3, bool(_ORDER_FIRST.match(t)) + len(_ORDER.findall(t)))) for t in texts])
    for name, mark in (("exclaim", "!"), ("question", "?"), ("percent", "%"), ("colon", ":")):
        columns[name] = np.minimum(np.array([t.count(mark) for t in texts]), 3.0)
    columns["quote"] = np.minimum(np.array([t.count('"') + t.count("“") + t.count("”") for t in texts]), 4.0)
    columns["open_end"] = np.array([float(t[-1:] not in ".!?\"”’')…:") for t in texts])
    columns["lower_start"] = np.array([float(t[:1].islower() or not t[:1].isalnum()) for t in texts])
    columns["upper"] = _sums(doc.par, doc.caps[doc.tokens].astype(np.float64), n) / size
    columns["digits"] = _sums(doc.par, doc.digit[doc.tokens], n) / size
    columns["idf"] = _sums(doc.par, tables.idf[doc.stems & (STEMS - 1)].astype(np.float64)[doc.tokens], n) / size
    columns["word_length"] = _sums(doc.par, doc.letters[doc.tokens], n) / size
    return columns


def _may_link(text: str) -> bool:
    """Whether what every web address holds stands in a text, which is told sooner than where."""
    return "://" in text or "www." in text or any(part.startswith(_ENDINGS) for part in text.split(".")[1:])


def _sums(par: Ints, values: NDArray[np.floating[Any]], n: int) -> Floats:
    return np.bincount(par, weights=values, minlength=n).astype(np.float64, copy=False)


def _bucket(words: str) -> Floats:
    marked = np.zeros(NGRAMS)
    marked[[crc32(w.replace("’", "'").encode()) & (NGRAMS - 1) for w in words.split()]] = 1.0
    return marked


_BUCKETS: Final = {name: _bucket(words) for name, words in _LEXICON.items()}
