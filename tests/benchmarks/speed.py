"""How fast the rules are, beside the floor and a peer, in one run on one core.

    python -m tests.benchmarks.speed [--every 1]

The floor is one ``\\w+`` pass over the same text; the peer is datatrove's C4 line filter (extra ``bench``).  Read
the ratios: machines differ.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from time import process_time

import regex

from newsclean import Cleaner, Config
from newsclean.language import guess_language
from newsclean.matching import Matcher, compile_rules
from newsclean.rules import RulePack
from newsclean.segment import segment
from tests.benchmarks.corpora import records

WORD = regex.compile(r"\w+")


def rules_alone(texts: Sequence[str]) -> None:
    """Segmentation, the guess of the language, and every rule of it and of English on every line."""
    matchers: dict[str | None, Matcher] = {}
    for text in texts:
        language = guess_language(text)
        if language not in matchers:
            spoken = (None, "en", language)
            matchers[language] = compile_rules(
                tuple(r for r in RulePack.builtin() if language is None or r.lang in spoken)
            )
        for paragraph in segment(text):
            for _ in matchers[language].hits(paragraph.line):
                pass


def floor(texts: Sequence[str]) -> None:
    for text in texts:
        WORD.findall(text)


def without_models(texts: Sequence[str]) -> None:
    cleaner = Cleaner(Config(models="off"))
    for text in texts:
        cleaner.strip(text)


def whole_clean(texts: Sequence[str]) -> None:
    cleaner = Cleaner()
    for text in texts:
        cleaner.strip(text)


def c4_lines(texts: Sequence[str]) -> None:
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    c4 = C4QualityFilter()
    for text in texts:
        c4.filter(Document(text=text, id=""))


def timed(run: Callable[[Sequence[str]], None], texts: Sequence[str], rounds: int) -> float:
    """The fastest of some rounds, in seconds of this process."""
    times = []
    for _ in range(rounds):
        started = process_time()
        run(texts)
        times.append(process_time() - started)
    return min(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=4, help="every n-th article of the news corpus")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    texts = ["\n".join(r["paragraphs"]) for n, r in enumerate(records("offtopic/news")) if n % args.every == 0]
    megabytes = sum(len(t.encode("utf-8", "surrogatepass")) for t in texts) / 1e6
    print(f"{len(texts)} articles, {megabytes:.1f} MB, best of {args.rounds} rounds, CPU of one process")
    base = 0.0
    for name, run in (
        ("one \\w+ pass (floor)", floor),
        ("newsclean, rules alone", rules_alone),
        ("newsclean, clean() without models", without_models),
        ("newsclean, clean()", whole_clean),
        ("datatrove C4 line rules", c4_lines),
    ):
        try:
            seconds = timed(run, texts, args.rounds)
        except ImportError as error:
            print(f"{name:34} skipped: {error}; pip install 'newsclean[bench]'")
            continue
        base = base or seconds
        print(f"{name:34} {megabytes / seconds:7.2f} MB/s   {seconds / base:6.2f} x the floor")


if __name__ == "__main__":
    main()
