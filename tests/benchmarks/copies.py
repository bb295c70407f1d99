"""Copies: how many of them are found, whether those found are copies, and what a hundred thousand articles cost.

    python -m tests.benchmarks.copies [--stories 1000] [--seed 0]     pair F1 on made copies, beside two peers
    python -m tests.benchmarks.copies --polnear                       what PolNeAR's articles share, to read by eye
    python -m tests.benchmarks.copies --many 100000                   minutes and gigabytes of one process

The stories are news articles that share nothing by themselves; each has none to ten copies that lost paragraphs, their
order or their headline (``cut``), or that were edited as well: one word in twenty another (``edited``).  The peers are
datasketch's MinHash LSH (Jaccard) and LSH Ensemble (containment), where it is installed, and the exact Jaccard of all pairs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from time import perf_counter, process_time
from typing import Any

from newsclean.article import Article
from newsclean.copies import copies, find
from newsclean.tracing import trace
from tests.benchmarks.corpora import corpora, records

Story = tuple[str, list[str]]
Pairs = set[tuple[int, int]]
WORD = re.compile(r"\w+")


def grams(text: str) -> set[tuple[str, ...]]:
    """Six-word shingles as words: nothing of newsclean's."""
    words = WORD.findall(text.casefold())
    return set(zip(*(words[k:] for k in range(6)), strict=False))


def distinct(n: int) -> list[Story]:
    """So many articles of the news corpus, none of which shares ten shingles with another."""
    chosen: list[Story] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, record in enumerate(records("offtopic/news")):
        paragraphs = [p for p in record["paragraphs"] if len(p.split()) >= 8]
        if number % 3 or sum(len(p.split()) for p in paragraphs) < 150:
            continue
        mine = grams("\n".join(paragraphs))
        times: dict[int, int] = defaultdict(int)
        for gram in mine & seen.keys():
            times[seen[gram]] += 1
        if max(times.values(), default=0) >= 10:
            continue
        seen |= dict.fromkeys(mine, len(chosen))
        chosen.append((record["title"] or paragraphs[0], paragraphs))
        if len(chosen) == n:
            break
    return chosen


def altered(story: Story, rng: random.Random, headline: str, edited: bool) -> str:
    """A copy: some paragraphs, sometimes in another order, mostly under another headline."""
    title, paragraphs = story
    kept = list(paragraphs)
    if rng.random() < 0.7:
        n = max(2, round(len(kept) * rng.uniform(0.3, 0.95)))
        start = rng.choice([0, rng.randrange(len(kept) - n + 1)]) if n < len(kept) else 0
        kept = kept[start : start + n]
    if rng.random() < 0.4:
        rng.shuffle(kept)
    if edited:
        kept = [
            " ".join(rng.choice(title.split() or ["so"]) if rng.random() < 0.05 else w for w in p.split()) for p in kept
        ]
    return "\n\n".join([headline if rng.random() < 0.7 else title, *kept])


def made(n: int, seed: int, *, edited: bool) -> tuple[list[str], Pairs]:
    """The texts in a random order, and the pairs that are copies of one story."""
    rng = random.Random(seed)
    stories = distinct(n)
    texts: list[tuple[int, str]] = []
    for number, story in enumerate(stories):
        texts.append((number, "\n\n".join([story[0], *story[1]])))
        texts += [(number, altered(story, rng, rng.choice(stories)[0], edited)) for _ in range(rng.randint(0, 10))]
    rng.shuffle(texts)
    members = defaultdict(list)
    for i, (number, _) in enumerate(texts):
        members[number].append(i)
    return [text for _, text in texts], {p for group in members.values() for p in combinations(group, 2)}


def ours(texts: Sequence[str]) -> Pairs:
    return {pair for group in copies(texts) for pair in combinations(group, 2)}


def jaccard(texts: Sequence[str]) -> Pairs:
    """All pairs with a Jaccard of .5, counted exactly over the texts of each shingle, joined into groups."""
    sets = [grams(t) for t in texts]
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, mine in enumerate(sets):
        for gram in mine:
            where[gram].append(i)
    times = Counter(pair for holders in where.values() for pair in combinations(holders, 2))
    return joined(len(texts), [(i, j) for (i, j), n in times.items() if 3 * n >= len(sets[i]) + len(sets[j])])


def sketches(texts: Sequence[str]) -> list[tuple[int, Any, int]]:
    """datasketch's MinHash of each text's shingles, with 128 permutations, and how many shingles it has."""
    from datasketch import MinHash

    made = []
    for i, text in enumerate(texts):
        mine = [" ".join(g).encode() for g in grams(text)]
        sketch = MinHash(num_perm=128)
        sketch.update_batch(mine)
        made.append((i, sketch, len(mine)))
    return made


def minhash(texts: Sequence[str]) -> Pairs:
    """MinHash LSH at Jaccard .5 with its default weights."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    links = []
    for i, sketch, _ in sketches(texts):
        links += [(j, i) for j in index.query(sketch)]
        index.insert(i, sketch)
    return joined(len(texts), links)


def ensemble(texts: Sequence[str]) -> Pairs:
    """LSH Ensemble at containment .5 (Zhu et al., VLDB 2016): its candidates, not counted again."""
    from datasketch import MinHashLSHEnsemble

    made = [entry for entry in sketches(texts) if entry[2]]
    index = MinHashLSHEnsemble(threshold=0.5, num_perm=128, num_part=16)
    index.index(made)
    return joined(len(texts), [(i, j) for i, sketch, size in made for j in index.query(sketch, size) if i != j])


def joined(n: int, links: Sequence[tuple[int, int]]) -> Pairs:
    """The pairs of the groups that links hold together."""
    label = list(range(n))
    for i, j in links:
        if label[i] != label[j]:
            label = [label[i] if x == label[j] else x for x in label]
    groups = defaultdict(list)
    for i, x in enumerate(label):
        groups[x].append(i)
    return {p for group in groups.values() for p in combinations(group, 2)}


def report(name: str, run: Callable[[Sequence[str]], Pairs], texts: Sequence[str], gold: Pairs) -> None:
    started = process_time()
    try:
        found = run(texts)
    except ImportError as error:
        print(f"{name:34} skipped: {error}")
        return
    right = len(found & gold)
    p, r = right / max(1, len(found)), right / max(1, len(gold))
    f1 = 2 * p * r / max(1e-9, p + r)
    print(f"{name:34} F1 {f1:.4f}  precision {p:.4f}  recall {r:.4f}  {process_time() - started:7.1f} s of CPU")


def synthetic(stories: int, seed: int, peers: bool) -> None:
    for edited in (False, True):
        texts, gold = made(stories, seed, edited=edited)
        print(
            f"{'edited' if edited else 'cut, reordered, re-headlined'}: {stories} stories, {len(texts)} texts, {len(gold)} pairs"
        )
        report("newsclean", ours, texts, gold)
        if peers:
            report("datasketch MinHash LSH", minhash, texts, gold)
            report("datasketch LSH Ensemble", ensemble, texts, gold)
            report("Jaccard .5, exact", jaccard, texts, gold)


def polnear() -> None:
    """What different PolNeAR articles share; ``wire`` is the corpus's own note."""
    folder = corpora()
    if folder is None:
        raise FileNotFoundError("no corpora: set NEWSCLEAN_CORPORA")
    rows = []
    for name in ("train", "dev"):
        with gzip.open(folder / f"provenance/polnear_{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows += [r for r in map(json.loads, lines) if r["primary"]]
    print(f"{len(rows)} articles")
    for group in find([r["text"] for r in rows], publishers=[r["publisher"] for r in rows]):
        print(f"== {group.kind}")
        for i, spans in zip(group.texts, group.spans, strict=True):
            a, b = max(spans, key=lambda s: s[1] - s[0])
            size = sum(b - a for a, b in spans)
            print(
                f"   {rows[i]['doc_id'][:60]:60} wire={rows[i]['wire']} {size}/{len(rows[i]['text'])}: {rows[i]['text'][a:b][:160]!r}"
            )


def short(n: int, rng: random.Random) -> Iterator[str]:
    """So many short articles: stretches of the news corpus of about 150 words, four in ten a copy of one before."""
    pool: list[Story] = []
    count = 0
    while count < n:
        for record in records("offtopic/news"):
            words: list[str] = []
            for paragraph in record["paragraphs"]:
                words.append(
                    paragraph if count < 60_000 else " ".join(rng.sample(paragraph.split(), len(paragraph.split())))
                )
                if sum(len(w.split()) for w in words) >= 150:
                    pool.append((record["title"] or "", words))
                    yield "\n\n".join([record["title"] or "", *words])
                    count += 1
                    words = []
                    if rng.random() < 0.66 and len(pool) > 10:
                        yield altered(rng.choice(pool[-5000:]), rng, rng.choice(pool)[0], False)
                        count += 1
                if count >= n:
                    return


def many(n: int, seed: int) -> None:
    articles = [Article(text) for text in short(n, random.Random(seed))]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, cpu = perf_counter(), process_time()
    graph = trace(articles)
    seconds, cpu = perf_counter() - started, process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    words = sum(len(a.source.split()) for a in articles) / len(articles)
    print(
        f"{len(articles)} articles of {words:.0f} words: {seconds / 60:.2f} minutes ({cpu / 60:.2f} of CPU), {peak / 1e6:.2f} GB at most ({before / 1e6:.2f} before)"
    )
    print(f"{len(graph.copies())} stories with copies, {len(graph.nodes)} nodes, {len(graph.edges)} edges")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-peers", action="store_true", help="newsclean alone")
    parser.add_argument("--polnear", action="store_true")
    parser.add_argument("--many", type=int, default=0, metavar="N")
    args = parser.parse_args()
    if args.polnear:
        polnear()
    elif args.many:
        many(args.many, args.seed)
    else:
        synthetic(args.stories, args.seed, not args.no_peers)


if __name__ == "__main__":
    main()
