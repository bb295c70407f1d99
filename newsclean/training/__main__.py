"""``python -m newsclean.training``: makes a model that ships, from the corpora, in one command."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newsclean.detectors import title
from newsclean.detectors.furniture import FurnitureModel
from newsclean.persist import models_dir
from newsclean.training import blocks, measures, offtopic, score, scorecard, titles
from newsclean.training.audit import suspects


def main(arguments: list[str] | None = None) -> None:
    """Runs one of the commands; see ``--help``."""
    args = _parser().parse_args(arguments)
    other = {"audit": Path("suspects.jsonl"), "title": Path(title.__file__).with_suffix(".toml")}
    args.out = args.out or other.get(args.command, models_dir() / args.command)
    print(_COMMANDS[args.command](args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m newsclean.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    audit = commands.add_parser("audit", help="list the clean paragraphs that look most foreign, for reading by eye")
    audit.add_argument("--many", type=int, default=1200)
    for name, trees, what in (
        ("offtopic", 200, "train the off-topic model"),
        ("furniture", 100, "train the line model"),
        ("blocks", 150, "train the block model for HTML"),
        ("attribution", 0, "train the tagger of attributions"),
        ("score", 0, "fit the weights of the score"),
        ("title", 0, "fit the weights by which a headline is told"),
    ):
        command = commands.add_parser(name, help=f"{what} and write it with its card")
        command.add_argument("--every", type=int, default=1, help="take every n-th article or page only")
        command.add_argument("--seed", type=int, default=0)
        if trees:
            command.add_argument("--trees", type=int, default=trees, help="boosting rounds of each look")
        if name in ("furniture", "title"):
            command.add_argument(
                "--folds", type=Path, help="the folder of the line models that never saw one fold's sites"
            )
    for command in commands.choices.values():
        command.add_argument(
            "--corpora", type=Path, required=True, help="the folder that holds offtopic/ and the others"
        )
        command.add_argument("--out", type=Path, help="where to write; default: models/COMMAND, suspects.jsonl")
    return parser


def _offtopic(args: argparse.Namespace) -> str:
    made = offtopic.documents(args.corpora, seed=args.seed, every=args.every)
    classifier = offtopic.train(made, trees=args.trees, seed=args.seed)
    digest = classifier.save(args.out, card=measures.card(made, classifier))
    return f"{len(made)} documents, {args.out}.npz, SHA-256 {digest}"


def _blocks(args: argparse.Namespace) -> str:
    pages = blocks.examples(args.corpora, every=args.every)
    trained = blocks.train(pages, trees=args.trees, seed=args.seed)
    digest = trained.model.save(args.out, card=blocks.card(pages, trained))
    return f"{len(pages)} pages, {args.out}.npz, SHA-256 {digest}"


def _attribution(args: argparse.Namespace) -> str:
    from newsclean.training import attribution  # needs scipy's sparse matrices at once

    tagger = attribution.train(args.corpora, every=args.every, seed=args.seed)
    digest = tagger.save(args.out, card=attribution.card(tagger, args.corpora))
    return f"{args.out}.npz, SHA-256 {digest}"


def _score(args: argparse.Namespace) -> str:
    articles = score.table(args.corpora, every=args.every)
    model = score.fit(articles)
    digest = model.save(args.out, scorecard.card(articles, model))
    return f"{len(articles.outlet)} articles, {args.out}.npz, SHA-256 {digest}"


def _title(args: argparse.Namespace) -> str:
    folds = [FurnitureModel.load(args.folds / f"fold{k}") for k in range(titles.FOLDS)] if args.folds else []
    pages = list(titles.headed(args.corpora, folds, every=args.every))
    args.out.write_text(titles.written(*titles.train(pages)), encoding="utf-8")
    return f"{len(pages)} texts, {args.out}"


def _audit(args: argparse.Namespace) -> str:
    from newsclean.detectors.offtopic import default_model

    found = suspects(args.corpora, model=default_model(), many=args.many)
    args.out.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in found), encoding="utf-8")
    return f"{len(found)} paragraphs, {args.out}"


def _furniture(args: argparse.Namespace) -> str:
    from newsclean.training import furniture, texts  # need scipy's sparse matrices at once

    args.out.parent.mkdir(parents=True, exist_ok=True)
    made = texts.documents(args.corpora, every=args.every)
    trained = furniture.train(made, trees=args.trees, seed=args.seed)
    digest = trained.model.save(args.out, card=furniture.card(made, trained))
    if args.folds:
        args.folds.mkdir(parents=True, exist_ok=True)
        for k, model in enumerate(trained.folds):
            model.save(args.folds / f"fold{k}", card={"fold": k})
    return f"{len(made)} texts, {args.out}.npz, SHA-256 {digest}"


_COMMANDS = {
    "offtopic": _offtopic,
    "furniture": _furniture,
    "blocks": _blocks,
    "attribution": _attribution,
    "score": _score,
    "title": _title,
    "audit": _audit,
}


if __name__ == "__main__":
    main()
