"""Whole pages as flat text: what is left of them, against the article's text, on sites that the line model never saw.

``python -m tests.benchmarks.dumps --folds DIR`` reads the folds' models that ``python -m newsclean.training furniture
--folds DIR`` wrote, and judges each page by the one that was trained without its site.  ``--cache FILE`` keeps the
converted pages for the next run.  Shingle F1: bags of four-word shingles, precision and recall a page, F1 of the two means;
token F1: the same with single words (after scrapinghub's article-extraction-benchmark).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from newsclean import Cleaner, Config
from newsclean.detectors.furniture import FurnitureModel, default_model
from newsclean.detectors.shape import ends_sentence, is_prose, word_count
from newsclean.detectors.sites import FEW
from newsclean.detectors.sites import RULE as REPEATED
from newsclean.segment import segment
from newsclean.training.dumps import DUMPS, EXTRACTED, Page, convert, fold_of, pages
from newsclean.training.titles import same
from tests.benchmarks.corpora import corpora, records
from tests.benchmarks.metrics import stated

FOLDS = 4
WHERE = ("fundus", "wcxb", "readability")
SHOWN = DUMPS[:2]
LANGUAGES = ("de", "fr", "es", "ja")
SECTIONS = ("whole_pages", "strings", "languages", "headlines", "sites", "extracted", "clean_articles", "speed")

_TOKEN = re.compile(r"\w+")
Bag = Counter[tuple[str, ...]]


def bag(text: str, n: int) -> Bag:
    """The runs of ``n`` words of a text and how often each stands; a shorter text is one run."""
    words = _TOKEN.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1))) if words else Counter()


@dataclass
class Scores:
    """Precision and recall of each page by shingles and by tokens."""

    pairs: dict[int, list[tuple[float | None, float | None]]] = field(default_factory=lambda: {1: [], 4: []})

    def add(self, made: str, gold: str) -> None:
        for n, found in self.pairs.items():
            mine, theirs = bag(made, n), bag(gold, n)
            hit = sum((mine & theirs).values())
            found.append((hit / mine.total() if mine else None, hit / theirs.total() if theirs else None))

    def of(self, n: int) -> tuple[float, float, float]:
        """F1, precision and recall."""
        p, r = (_mean(pair[side] for pair in self.pairs[n]) for side in (0, 1))
        return 2 * p * r / (p + r) if p + r else 0.0, p, r

    def __str__(self) -> str:
        f, p, r = self.of(4)
        return f"{f:.3f} ({p:.3f}/{r:.3f})  {self.of(1)[0]:.3f}"


def _mean(values: Iterable[float | None]) -> float:
    there = [v for v in values if v is not None]
    return sum(there) / len(there) if there else 0.0


def c4(text: str) -> str:
    """The line rules of C4 (Raffel et al. 2020): five words and a sentence's end."""
    return "\n".join(p.text for p in segment(text) if word_count(p.text) >= 5 and ends_sentence(p.text))


def justext(text: str) -> str:
    """jusText's two passes (Pomikálek 2011) without stop lists: long lines, and those of middle length beside them."""
    lines = [p.line for p in segment(text)]
    good = [len(line) >= 200 or (len(line) >= 70 and ends_sentence(line)) for line in lines]
    near = [any(good[max(0, i - 1) : i + 2]) for i in range(len(lines))]
    return "\n".join(line for line, g, n in zip(lines, good, near, strict=True) if g or (n and len(line) >= 70))


class Converted:
    """Pages as text, kept in a file from one run to the next."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.texts: dict[str, str] = {}
        if file and file.is_file():
            with gzip.open(file, "rt", encoding="utf-8") as stream:
                self.texts = json.load(stream)

    def __call__(self, page: Page, by: str) -> str:
        key = f"{page.corpus}/{page.id}/{by}"
        if key not in self.texts:
            self.texts[key] = convert(page.html, by)
        return self.texts[key]

    def save(self) -> None:
        if self.file:
            with gzip.open(self.file, "wt", encoding="utf-8") as stream:
                json.dump(self.texts, stream)


@dataclass
class Bench:
    """The pages, their texts, and newsclean as it would be for each without having seen its site."""

    pages: Sequence[Page]
    text: Converted
    models: Sequence[FurnitureModel]
    others: Sequence[Page] = ()
    cleaner: Cleaner = field(default_factory=lambda: Cleaner(Config(title="drop", attribution="off")))
    rules: Cleaner = field(default_factory=lambda: Cleaner(Config(title="drop", attribution="off", models="off")))

    def ours(self, page: Page, text: str, cleaner: Cleaner | None = None) -> str:
        with self.unseen(page):
            return (cleaner or self.cleaner).strip(text, url=_url(page)).text

    def unseen(self, page: Page) -> Any:
        model = self.models[fold_of(page.group, FOLDS)]
        return patch("newsclean.detectors.furniture.default_model", lambda: model)

    def of(self, corpus: str) -> list[Page]:
        return [p for p in self.pages if p.corpus == corpus]

    def whole_pages(self) -> None:
        print("\n## Whole pages: shingle F1 (precision/recall), token F1")
        ways: Mapping[str, Callable[[Page, str], str]] = {
            "everything": lambda _, t: t, "C4 line rules": lambda _, t: c4(t), "jusText-like": lambda _, t: justext(t),
            "rules alone": lambda _, t: self.rules.strip(t).text, "newsclean": self.ours,
        }  # fmt: skip
        for corpus in WHERE:
            for by in SHOWN:
                print(f"{corpus}, {by} ({len(self.of(corpus))} pages)")
                for name, way in ways.items():
                    print(
                        f"  {name:14} {_scores((way(p, self.text(p, by)), p.gold) for p in self.of(corpus))}",
                        flush=True,
                    )

    def strings(self) -> None:
        print("\n## trafilatura's strings, by models that never saw the page's site: F1 (precision/recall)")
        wanted = {record["id"]: record for record in records("html/trafeval")}
        whole, rules = Cleaner(Config(attribution="off")), Cleaner(Config(attribution="off", models="off"))
        ways: Mapping[str, Callable[[Page, str], str]] = {
            "everything": lambda _, t: t, "C4 line rules": lambda _, t: c4(t), "jusText-like": lambda _, t: justext(t),
            "rules alone": lambda _, t: rules.strip(t).text, "newsclean": lambda p, t: self.ours(p, t, whole),
        }  # fmt: skip
        for by in SHOWN:
            print(f"{by} ({len(self.others)} pages)")
            for name, way in ways.items():
                s = stated((way(p, self.text(p, by)), wanted[p.id]) for p in self.others)
                print(f"  {name:14} {s.f1:.3f} ({s.precision:.3f}/{s.recall:.3f})", flush=True)

    def languages(self) -> None:
        print("\n## By language (fundus, inscriptis)")
        for language in LANGUAGES:
            chosen = [p for p in self.of("fundus") if (p.language or "").startswith(language)]
            both = (
                _scores((way(p), p.gold) for p in chosen) for way in (lambda p: self.text(p, "inscriptis"), self._dump)
            )
            print(f"{language} {len(chosen):3}  everything {next(both)}  newsclean {next(both)}")

    def _dump(self, page: Page) -> str:
        return self.ours(page, self.text(page, "inscriptis"))

    def headlines(self) -> None:
        print("\n## Headlines (inscriptis): pages with one among their lines, found, another line mistaken for it")
        for corpus in ("fundus", "wcxb"):
            there = found = wrong = 0
            for page in (p for p in self.of(corpus) if p.title):
                text, wanted = self.text(page, "inscriptis"), page.title or ""
                with self.unseen(page):
                    title = self.cleaner.strip(text).title
                there += any(same(wanted, p.text) for p in segment(text))
                found += title is not None and same(wanted, title)
                wrong += title is not None and not same(wanted, title)
            print(f"{corpus:12} {there:4} {found:4} {wrong:4}", flush=True)

    def sites(self) -> None:
        print("\n## Fitted on up to five other pages of the site (inscriptis), beside not fitted")
        by_site: dict[str, list[Page]] = {}
        for page in (*self.pages, *self.others):
            by_site.setdefault(page.group, []).append(page)
        rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
        lost: Counter[str] = Counter()
        for site in (group for group in by_site.values() if len(group) > FEW):
            for page in (p for p in site if p.gold):
                text = self.text(page, "inscriptis")
                others = [self.text(p, "inscriptis") for p in site if p is not page][:5]
                urls = [_url(page)] * len(others)
                rows["everything"].append((text, page.gold))
                for name, cleaner in (("newsclean", self.cleaner), ("rules alone", self.rules)):
                    rows[name].append((self.ours(page, text, cleaner), page.gold))
                    with self.unseen(page):
                        article = cleaner.fit(others, urls=urls).strip(text, url=_url(page))
                    rows[f"{name}, fitted"].append((article.text, page.gold))
                    said = (article.source[s.start : s.end] for s in article.removed() if s.rule == REPEATED)
                    lost[name] += sum(is_prose(line.strip()) and line.strip() in page.gold for line in said)
        for name, pairs in rows.items():
            print(f"  {name:20} {_scores(pairs)}  ({len(pairs)} pages)")
        print(f"  paragraphs of the articles that the sites' pages took: {dict(lost)}")

    def extracted(self) -> None:
        print("\n## What extractors returned, before and after: shingle F1 (precision/recall), token F1")
        for corpus in WHERE:
            for by in EXTRACTED:
                before = _scores((self.text(p, by), p.gold) for p in self.of(corpus))
                after = _scores((self.ours(p, self.text(p, by)), p.gold) for p in self.of(corpus))
                print(f"{corpus:12} {by:17} {before}  ->  {after}", flush=True)

    def clean_articles(self) -> None:
        cleaner = Cleaner(Config(attribution="off"))
        print("\n## Clean articles: tokens lost")
        for corpus in WHERE:
            lost: Counter[str] = Counter()
            total = 0
            for page in self.of(corpus):
                with self.unseen(page):
                    article = cleaner.strip(page.gold)
                total += len(_TOKEN.findall(page.gold))
                for span in article.removed():
                    lost[span.rule] += len(_TOKEN.findall(article.source[span.start : span.end]))
            print(f"{corpus:12} {lost.total() / max(1, total):.5f}  {lost.most_common(4)}")

    def speed(self) -> None:
        print("\n## Speed, one core: MB/s of dump text, patterns compiled on the way; and of other pages after them")
        read: list[tuple[float, float]] = []
        for by in SHOWN:
            texts = [self.text(p, by) for p in self.pages if p.corpus in WHERE]
            self.cleaner.strip(texts[0])
            parts = [self._pace(texts[::3]), self._pace(texts[1::3])]
            print(f"{by:12} " + " ".join(f"{size / seconds:.2f}" for size, seconds in parts), flush=True)
            read += parts
        print(f"{'together':12} {sum(size for size, _ in read) / sum(seconds for _, seconds in read):.2f}")
        for many in (12_500, 25_000, 50_000, 100_000):
            text = "\n".join(f"Item {i % 977} of {i % 31}" for i in range(many))
            start = time.process_time()
            self.cleaner.strip(text)
            print(f"{many:7} short lines: {time.process_time() - start:.2f} s")

    def _pace(self, texts: Sequence[str]) -> tuple[float, float]:
        """Megabytes of UTF-8, and the seconds of CPU that they took."""
        start = time.process_time()
        for text in texts:
            self.cleaner.strip(text)
        return sum(len(t.encode()) for t in texts) / 1e6, time.process_time() - start


def _scores(pairs: Iterable[tuple[str, str]]) -> Scores:
    scores = Scores()
    for made, gold in pairs:
        scores.add(made, gold)
    return scores


def _url(page: Page) -> str:
    return f"https://{page.group}/"


def _models(folder: Path | None) -> Iterator[FurnitureModel]:
    for k in range(FOLDS):
        yield FurnitureModel.load(folder / f"fold{k}") if folder else default_model()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folds", type=Path, help="the folds' models; without them the one that ships, which saw all pages"
    )
    parser.add_argument("--cache", type=Path, help="a file for the converted pages")
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    parser.add_argument("--only", nargs="*", choices=SECTIONS, help="these sections")
    args = parser.parse_args()
    folder = corpora()
    if folder is None:
        raise SystemExit("no corpora: set NEWSCLEAN_CORPORA")
    if args.folds is None:
        print("without --folds: these pages are training pages, and the figures too high")
    others = list(pages(folder, names=("trafeval",), without_text=True))
    bench = Bench(list(pages(folder))[:: args.every], Converted(args.cache), tuple(_models(args.folds)), others)
    for name in args.only or SECTIONS:
        getattr(bench, name)()
    bench.text.save()


if __name__ == "__main__":
    main()
