"""The command line: ``clean`` and ``score`` for texts, ``extract`` for HTML, ``trace`` for what several stand on, ``rules``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import get_args

from newsclean.article import Article
from newsclean.config import Config, Profile
from newsclean.datasets import load_samples
from newsclean.errors import InputError, NewscleanError
from newsclean.pipeline import Cleaner
from newsclean.proof import prove
from newsclean.ratings import load_ratings
from newsclean.rules import Rule, RulePack
from newsclean.scoring import scorecard
from newsclean.sourcegraph import SourceGraph
from newsclean.spans import LABELS
from newsclean.tracing import trace
from newsclean.version import __version__

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0, 1 when something could not be done, 2 for wrong usage.

    >>> main(["rules", "check", "tags"])
    tags: 7 rules, 0 problems
    0
    """
    args = _parser().parse_args(argv)
    try:
        status: int = args.run(args)
    except NewscleanError as error:
        print(f"newsclean: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone (| head): say nothing more
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsclean", description="Strip spam and site chrome from news text, with evidence."
    )
    parser.add_argument("--version", action="version", version=f"newsclean {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    clean = commands.add_parser("clean", help="clean files or standard input")
    clean.add_argument("files", nargs="*", metavar="FILE", help="UTF-8 text; - or nothing is standard input")
    _options(clean)
    clean.set_defaults(run=_clean, html=False)
    extract = commands.add_parser("extract", help="the article of pages of HTML")
    extract.add_argument(
        "files", nargs="*", metavar="FILE", help="HTML in any encoding, gzip'd or not; - or nothing is standard input"
    )
    _options(extract)
    extract.set_defaults(run=_clean, html=True)
    score = commands.add_parser("score", help="the scorecard of each text: signals, places and a score of the sourcing")
    score.add_argument("files", nargs="*", metavar="FILE", help="UTF-8 text; - or nothing is standard input")
    score.add_argument("--json", action="store_true", help="a scorecard a line, with the places of the evidence")
    score.add_argument("--ratings", metavar="TABLE.csv", help="a table of (domain, rating) to stand beside the signals")
    score.add_argument("--url", help="where the text came from (never opened)")
    score.set_defaults(run=_score)
    trace = commands.add_parser(
        "trace", help="what articles have in common, whom they cite, how many origins they have"
    )
    trace.add_argument(
        "files", nargs="+", metavar="FILE", help="UTF-8 text, an article each; or the lines of clean --json"
    )
    form = trace.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="the whole graph")
    form.add_argument("--svg", action="store_true", help="a picture of it")
    trace.set_defaults(run=_trace)
    samples = commands.add_parser("samples", help="the articles that ship with newsclean: a list, or one's dirty text")
    samples.add_argument("id", nargs="?", metavar="ID")
    samples.set_defaults(run=_samples)
    rules = commands.add_parser("rules", help="list, show and prove rules").add_subparsers(
        required=True, metavar="VERB"
    )
    listing = rules.add_parser("list", help="a line a rule")
    listing.add_argument("packs", nargs="*", metavar="PACK", help="a built-in pack or a TOML file")
    listing.add_argument("--label", choices=LABELS)
    listing.set_defaults(run=_list)
    show = rules.add_parser("show", help="all of one rule")
    show.add_argument("id", metavar="PACK/RULE")
    show.add_argument("--pack", action="append", default=[], metavar="PACK.toml")
    show.set_defaults(run=_show)
    check = rules.add_parser("check", help="prove a pack: examples, counter-examples, bounds, linear time")
    check.add_argument("packs", nargs="+", metavar="PACK", help="a built-in pack or a TOML file")
    check.set_defaults(run=_check)
    return parser


def _options(parser: argparse.ArgumentParser) -> None:
    """What cleaning text and pages have in common."""
    parser.add_argument("--json", action="store_true", help="an Article a line instead of its text")
    parser.add_argument("--explain", action="store_true", help="what went and why, line by line, instead of the text")
    parser.add_argument("--rules-only", action="store_true", help="without the models")
    parser.add_argument("--profile", choices=get_args(Profile), default="balanced")
    parser.add_argument(
        "--title",
        choices=("auto", "keep", "drop"),
        default="auto",
        help="whether the headline stays; auto: not from HTML",
    )
    parser.add_argument(
        "--keep", action="append", choices=LABELS, default=[], metavar="LABEL", help="leave this in the text"
    )
    parser.add_argument(
        "--pack", action="append", default=[], metavar="PACK.toml", help="rules of your own beside the built-in ones"
    )
    parser.add_argument("--url", help="where the text came from (never opened)")


def _clean(args: argparse.Namespace) -> int:
    own = tuple(RulePack.load(path) for path in args.pack)
    config = Config(profile=args.profile, title=args.title, packs=(RulePack.builtin(), *own) if own else None)
    config = config.replace(models="off" if args.rules_only else "on")
    cleaner = Cleaner(config.replace(drop=config.drop - set(args.keep)))
    status = 0
    for name in args.files or ["-"]:
        try:
            article = cleaner.extract(_bytes(name), url=args.url) if args.html else cleaner(_read(name), url=args.url)
        except OSError as error:
            print(f"newsclean: {name}: {error.strerror}", file=sys.stderr)
            status = 1
            continue
        for issue in article.issues:
            if issue.code != "abstained" or args.explain:
                print(f"newsclean: {name}: {issue.code}: {issue.detail}", file=sys.stderr)
        _write(article, args)
    return status


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _read(name: str) -> str:
    """A file's text: UTF-8 with or without a mark, else what Windows western would make of the bytes."""
    data = _bytes(name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        print(f"newsclean: {name}: not UTF-8 ({error.reason} at byte {error.start}); read as cp1252", file=sys.stderr)
        return data.decode("cp1252", "replace")


def _write(article: Article, args: argparse.Namespace) -> None:
    if args.json:
        out = json.dumps(article.to_dict(), ensure_ascii=False)
    else:
        out = "\n".join(_explained(article)) if args.explain else article.text
    if out and not out.endswith("\n"):
        out += "\n"
    sys.stdout.write(out.encode("utf-8", "backslashreplace").decode("utf-8"))  # a lone surrogate has no UTF-8


def _score(args: argparse.Namespace) -> int:
    cleaner = Cleaner()
    ratings = load_ratings(args.ratings) if args.ratings else None
    status = 0
    for name in args.files or ["-"]:
        try:
            text = _read(name)
        except OSError as error:
            print(f"newsclean: {name}: {error.strerror}", file=sys.stderr)
            status = 1
            continue
        card = scorecard(cleaner(text, url=args.url), ratings=ratings)
        print(json.dumps(card.to_dict(), ensure_ascii=True) if args.json else f"{name}: {card}")
    return status


def _explained(article: Article) -> Iterator[str]:
    """A line a finding: what was done, label, rule, score, place and the words."""
    for span in article.spans:
        words = shorten(article.source[span.start : span.end], 60, placeholder="…") or "…"
        action = "-" if span.removes else " "
        yield f"{action} {span.label:14} {span.rule:28} {span.score:.2f} {span.start:>6}:{span.end:<6} {words}"
        yield from (f"    because {sentence}" for sentence in span.why)
    gone = sum(s.end - s.start for s in article.removed())
    yield f"{gone} of {len(article.source)} characters removed in {sum(1 for _ in article.removed())} spans"


def _trace(args: argparse.Namespace) -> int:
    names: list[str] = []
    articles: list[Article | str] = []
    for name in args.files:
        try:
            found = list(_articles(_read(name)))
        except OSError as error:
            raise InputError(f"{name}: {error.strerror}") from error
        articles += found
        names += [name if len(found) == 1 else f"{name}:{n}" for n in range(1, len(found) + 1)]
    graph = trace(articles)
    if args.json:
        print(json.dumps(graph.to_dict()))
    else:
        print(graph.to_svg() if args.svg else "\n".join(_traced(graph, names)))
    return 0


def _articles(text: str) -> Iterator[Article | str]:
    """A text, or the articles that ``clean --json`` wrote."""
    if not text.startswith('{"text": '):
        yield text
        return
    for line in filter(str.strip, text.split("\n")):  # not splitlines: U+2028 stands in texts
        try:
            yield Article.from_dict(json.loads(line))
        except json.JSONDecodeError as error:
            raise InputError(f"neither a text nor lines of clean --json: {error}") from error


def _traced(graph: SourceGraph, names: Sequence[str]) -> Iterator[str]:
    """Origins with their articles, then copies, then loops."""
    origins = graph.origins()
    yield f"articles: {graph.size}, independent origins: {len(origins)}"
    for origin in origins:
        kind = " ".join(dict.fromkeys((origin.node.kind, origin.node.type))).strip()
        yield f"{origin.node.name or 'untitled'} ({kind}): {', '.join(names[i] for i in origin.articles)}"
    yield from (f"one text: {', '.join(names[i] for i in group)}" for group in graph.copies())
    yield from (f"loop: {' <- '.join(n.name for n in (*loop.nodes, loop.nodes[0]))}" for loop in graph.circular())


def _samples(args: argparse.Namespace) -> int:
    samples = {s.id: s for s in load_samples()}
    if args.id is None:
        for sample in samples.values():
            print(f"{sample.id:26} {sample.language}  {sample.genre}")
    elif args.id in samples:
        sys.stdout.write(samples[args.id].text.rstrip("\r\n") + "\n")
    else:
        raise InputError(f"no sample {args.id!r}; `newsclean samples` lists them")
    return 0


def _packs(names: Sequence[str]) -> list[RulePack]:
    if not names:
        return [RulePack.builtin()]
    return [RulePack.load(n) if n.endswith(".toml") else RulePack.builtin(n) for n in names]


def _list(args: argparse.Namespace) -> int:
    for pack in _packs(args.packs):
        for rule in pack:
            if args.label in (None, rule.label):
                print(
                    f"{rule.id:36} {rule.label:14} {'alone' if rule.alone else 'run':6} {rule.lang or '-':3} {rule.examples[0][:60]}"
                )
    return 0


def _show(args: argparse.Namespace) -> int:
    pack = RulePack.builtin()
    for path in args.pack:
        pack = pack | RulePack.load(path)
    print("\n".join(_shown(pack[args.id])))
    return 0


def _shown(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {rule.label}, {'decides alone' if rule.alone else 'needs company'}, {rule.scope}"
    for phrase in rule.phrases:
        yield f"  phrase   {phrase}"
    if rule.pattern:
        yield f"  pattern  {rule.pattern}"
        yield f"  keyword  {', '.join(rule.keyword)}"
        yield f"  bound    {rule.bound}"
    if rule.takes:
        yield f"  takes    {rule.takes} headlines after it"
    if rule.last:
        yield "  last     nothing of the article stands below it"
    if rule.deliberate:
        yield "  stays    where nothing else in the text is furniture"
    yield from (f"  hits     {example}" for example in rule.examples)
    yield from (f"  spares   {near_miss}" for near_miss in rule.counter)


def _check(args: argparse.Namespace) -> int:
    problems = 0
    for pack in _packs(args.packs):
        found = prove(pack)
        problems += len(found)
        for problem in found:
            print(problem)
        print(f"{pack.name}: {len(pack)} rules, {len(found)} problems")
    return 1 if problems else 0
