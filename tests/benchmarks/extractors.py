"""HTML in, article out: newsclean beside its peers, quality and CPU time in one run.

    python -m tests.benchmarks.extractors [--every 4] [--odds FILE.npz] [--only fundus] [--worst 30]

newsclean is cross-validated by site: its block model is trained in five folds, and each page is read with what the
models of the other folds said of it (``--odds`` keeps that for the next run).  "newsclean, shipped" is the model that
ships, which has seen these pages.  CPU is process time a page, of the shipped model.  A peer that is not installed is
left out.
"""

from __future__ import annotations

import argparse
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from newsclean.config import Config
from newsclean.detectors.blocks import BlockModel, Judged, default_blocks
from newsclean.extraction import assembled, extracted
from newsclean.pipeline import Cleaner
from newsclean.training.blocks import examples, train
from tests.benchmarks.corpora import corpora, records
from tests.benchmarks.metrics import Match, interval, match, rouge_lsum, stated, summed

GOLD = ("fundus", "wcxb", "readability", "newspaper4k")
DEFAULTS = "… with comments"
Record = dict[str, Any]


@dataclass(frozen=True)
class Odds:
    """What models of other folds said: log-odds of a page's blocks and the page's probability, by id."""

    blocks: dict[str, Any]
    article: dict[str, float]
    least: float

    @classmethod
    def made(cls, folder: Path, file: Path | None, every: int) -> Odds:
        if file is None or not file.exists():
            pages = examples(folder, every=every)
            trained = train(pages)
            ids = [f"{p.corpus}/{p.id}" for p in pages]
            sizes = [len(o) for o in trained.odds]
            limits = np.array([trained.model.least])
            held = {"ids": np.array(ids), "sizes": np.array(sizes), "odds": np.concatenate(trained.odds)}
            held |= {"article": trained.article, "limits": limits}
            if file is not None:
                np.savez(file, **held)  # type: ignore[arg-type]
        else:
            held = dict(np.load(file, allow_pickle=False))
        parts = np.split(held["odds"], np.cumsum(held["sizes"])[:-1])
        ids = held["ids"].tolist()
        (least,) = held["limits"].tolist()
        return cls(dict(zip(ids, parts, strict=True)), dict(zip(ids, held["article"].tolist(), strict=True)), least)

    def model(self, name: str, shipped: BlockModel) -> BlockModel:
        """A model that says of one page what was said of it out of fold."""
        return _Said(
            **{**shipped.__dict__, "least": self.least},
            said=self.blocks[name],
            page=self.article[name],
        )


@dataclass(frozen=True)
class _Said(BlockModel):
    said: Any = None
    page: float = 1.0

    def judge(self, *_: Any) -> Judged:
        return Judged(1.0 / (1.0 + np.exp(-self.said)), self.page)


def peers() -> dict[str, Callable[[str], str]]:
    """The extractors that are installed, each from HTML to text."""
    import trafilatura

    def own(**options: Any) -> Callable[[str], str]:
        return lambda html: trafilatura.extract(html, include_comments=False, **options) or ""

    found = {
        "trafilatura": own(),
        DEFAULTS: lambda html: trafilatura.extract(html) or "",
        "… favor_precision": own(favor_precision=True),
        "… fast=True": own(fast=True),
    }
    for name, load in (
        ("newspaper4k", _newspaper), ("readability-lxml", _readability), ("Resiliparse", _resiliparse), ("jusText", _justext),
    ):  # fmt: skip
        try:
            found[name] = load()
        except ImportError as error:
            print(f"{name} is left out: {error}")
    return found


def _newspaper() -> Callable[[str], str]:
    from newspaper import Article  # type: ignore[import-not-found, import-untyped, unused-ignore]

    def read(html: str) -> str:
        article = Article("http://example.org/", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return read


def _readability() -> Callable[[str], str]:
    from lxml.html import fromstring
    from readability import Document  # type: ignore[import-not-found, import-untyped, unused-ignore]

    from newsclean.page import read_blocks

    return lambda html: read_blocks(fromstring(Document(html).summary()), most=100_000).source


def _resiliparse() -> Callable[[str], str]:
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found, import-untyped, unused-ignore]

    return lambda html: str(extract_plain_text(html, main_content=True))


def _justext() -> Callable[[str], str]:
    import justext  # type: ignore[import-untyped, import-not-found, import-untyped, unused-ignore]

    words = justext.get_stoplist("German") | justext.get_stoplist("English")
    return lambda html: "\n".join(p.text for p in justext.justext(html, words) if not p.is_boilerplate)


def read_out_of_fold(record: Record, name: str, odds: Odds, cleaner: Cleaner) -> str:
    """The text that newsclean gives for a page with a block model that has not seen its site."""
    page = extracted(record["html"], cleaner.config, url=record.get("url"), model=odds.model(name, default_blocks()))
    left = page.left
    inner = cleaner._stripped(left, url=record.get("url"), explained=False, page=True) if left.strip() else None
    return assembled(page, inner).text


Texts = dict[str, list[str]]


def run(rows: Sequence[Record], readers: dict[str, Callable[[Record], str]]) -> tuple[Texts, dict[str, float]]:
    """Each reader's texts and its CPU milliseconds a page; a peer that raises gives no text, newsclean ends the run."""
    texts: Texts = {}
    cost = {}
    for name, reader in readers.items():
        for record in rows[::8]:
            _tried(reader, record, name)  # what is loaded or compiled once is no cost of a page
        begin = time.process_time()
        texts[name] = [_tried(reader, record, name) for record in rows]
        cost[name] = 1000 * (time.process_time() - begin) / max(len(rows), 1)
    return texts, cost


def _tried(reader: Callable[[Record], str], record: Record, name: str) -> str:
    try:
        return reader(record)
    except Exception:
        if name.startswith("newsclean"):
            raise
        return ""


def table(corpus: str, rows: Sequence[Record], texts: Texts, cost: dict[str, float]) -> None:
    print(f"\n{corpus}: {len(rows)} pages\n{'':22} F1 (P/R)           exact  ROUGE-LSum  CPU ms")
    matches = {name: [match(t, r["gold_text"]) for t, r in zip(own, rows, strict=True)] for name, own in texts.items()}
    for name, own in texts.items():
        s = summed(matches[name])
        rouge = (
            sum(rouge_lsum(t, r["gold_text"]) for t, r in zip(own, rows, strict=True)) / len(rows)
            if corpus == "fundus"
            else 0.0
        )
        print(
            f"{name:22} {s.f1:.4f} ({s.precision:.4f}/{s.recall:.4f}) {s.exact:.3f}  {100 * rouge:5.1f}       {cost[name]:6.1f}",
            flush=True,
        )
    low, high = interval(matches["newsclean"], matches["trafilatura"])
    print(f"newsclean against trafilatura: 95 % of {len(rows)} pages' resamples {low:+.4f} … {high:+.4f}")
    by_language(rows, matches)


def by_language(rows: Sequence[Record], matches: dict[str, list[Match]]) -> None:
    groups: dict[str, list[int]] = defaultdict(list)
    for i, record in enumerate(rows):
        groups[(record["lang"] or "?")[:2]].append(i)
    for language, at in sorted(groups.items(), key=lambda g: -len(g[1])):
        ours, theirs = (summed([matches[n][i] for i in at]) for n in ("newsclean", "trafilatura"))
        print(f"  {language} {len(at):4} pages: {ours.f1:.4f} (trafilatura {theirs.f1:.4f})")


def worst(rows: Sequence[Record], texts: Texts, many: int) -> None:
    """The pages where newsclean is furthest from the gold, for reading by eye."""
    scored = []
    for record, text, other in zip(rows, texts["newsclean"], texts["trafilatura"], strict=True):
        ours, theirs = match(text, record["gold_text"]), match(other, record["gold_text"])
        scored.append((ours.tp / max(ours.tp + 0.5 * (ours.fp + ours.fn), 1), ours, theirs, record["id"]))
    for f1, ours, theirs, name in sorted(scored, key=lambda s: s[0])[:many]:
        print(f"  {f1:.3f} {name}: {ours}; trafilatura {theirs}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="every n-th page")
    parser.add_argument("--odds", type=Path, help="keep what was said out of fold here, or take it from here")
    parser.add_argument("--only", action="append", choices=(*GOLD, "trafeval", "not_articles"), help="these corpora")
    parser.add_argument("--worst", type=int, default=0, help="list so many of the worst pages")
    parser.add_argument("--no-peers", action="store_true", help="trafilatura and newsclean alone")
    args = parser.parse_args()
    folder = corpora()
    if folder is None:
        raise SystemExit("no corpora: set NEWSCLEAN_CORPORA")
    logging.disable(logging.CRITICAL)
    odds = Odds.made(folder, args.odds, args.every)
    bare = Cleaner(Config(attribution="off"))
    others = {n: f for n, f in peers().items() if not args.no_peers or n in ("trafilatura", DEFAULTS)}
    spent: dict[str, float] = defaultdict(float)
    for corpus in args.only or (*GOLD, "trafeval", "not_articles"):
        rows = [
            {**r, "name": f"{corpus}/{r['id']}"} for i, r in enumerate(records(f"html/{corpus}")) if i % args.every == 0
        ]
        if corpus == "not_articles":
            gate(rows, odds)
            continue
        rows = [r for r in rows if r["name"] in odds.blocks and (corpus == "trafeval" or r["gold_text"])]
        readers: dict[str, Callable[[Record], str]] = {n: (lambda r, f=f: f(r["html"])) for n, f in others.items()}  # type: ignore[misc]
        readers["newsclean"] = lambda r: read_out_of_fold(r, r["name"], odds, bare)
        readers["newsclean, shipped"] = lambda r: bare.extract(r["html"], url=r["url"]).text
        texts, cost = run(rows, readers)
        cost["newsclean"] = cost["newsclean, shipped"]
        for name, ms in cost.items():
            spent[name] += ms * len(rows)
        if corpus == "trafeval":
            print(f"\ntrafeval: {len(rows)} pages")
            for name, own in texts.items():
                s = stated(zip(own, rows, strict=True))
                print(f"{name:22} {s.f1:.4f} ({s.precision:.4f}/{s.recall:.4f})  {cost[name]:6.1f}", flush=True)
        else:
            table(corpus, rows, texts, cost)
            worst(rows, texts, args.worst)
    if spent[DEFAULTS]:
        times = spent["newsclean"] / spent[DEFAULTS]
        print(f"\nCPU over all these pages: newsclean takes {times:.2f} times what trafilatura takes with its defaults")


def gate(rows: Sequence[Record], odds: Odds) -> None:
    """How many pages of each corpus are called no article, out of fold."""
    print("\ncalled no article, out of fold:")
    for corpus in (*GOLD, "trafeval", "not_articles"):
        own = [p for name, p in odds.article.items() if name.startswith(f"{corpus}/")]
        if own:
            print(f"  {corpus:14} {sum(p < odds.least for p in own) / len(own):.4f} of {len(own)}")


if __name__ == "__main__":
    main()
