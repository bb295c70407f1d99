"""``python -m newsclean.training``: makes a model that ships, from the corpora, in one command."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from newsclean.persist import models_dir
from newsclean.training import blocks
from newsclean.training.audit import suspects
from newsclean.training.measures import card
from newsclean.training.offtopic import documents, train


def main(arguments: list[str] | None = None) -> None:
    """Runs one of the commands; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m newsclean.training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    offtopic = commands.add_parser("offtopic", help="train the off-topic model and write it with its card")
    offtopic.add_argument("--every", type=int, default=1, help="take every n-th article only")
    offtopic.add_argument("--trees", type=int, default=200, help="boosting rounds of each look")
    offtopic.add_argument("--seed", type=int, default=0)
    html = commands.add_parser("blocks", help="train the block model for HTML and write it with its card")
    html.add_argument("--every", type=int, default=1, help="take every n-th page only")
    html.add_argument("--trees", type=int, default=100, help="boosting rounds of each look")
    html.add_argument("--seed", type=int, default=0)
    attribution = commands.add_parser("attribution", help="train the tagger of attributions and write it with its card")
    attribution.add_argument("--every", type=int, default=1, help="take every n-th article only")
    attribution.add_argument("--seed", type=int, default=0)
    audit = commands.add_parser("audit", help="list the clean paragraphs that look most foreign, for reading by eye")
    audit.add_argument("--many", type=int, default=1200)
    for command in (offtopic, html, attribution, audit):
        command.add_argument(
            "--corpora", type=Path, required=True, help="the folder with offtopic/, provenance/ and html/"
        )
        command.add_argument("--out", type=Path, help="where to write; default: models/COMMAND, suspects.jsonl")
    args = parser.parse_args(arguments)
    if args.command == "offtopic":
        made = documents(args.corpora, seed=args.seed, every=args.every)
        classifier = train(made, trees=args.trees, seed=args.seed)
        out = args.out or models_dir() / "offtopic"
        digest = classifier.save(out, card=card(made, classifier))
        print(f"{len(made)} documents, {out}.npz, SHA-256 {digest}")
    elif args.command == "blocks":
        pages = blocks.examples(args.corpora, every=args.every)
        trained = blocks.train(pages, trees=args.trees, seed=args.seed)
        out = args.out or models_dir() / "blocks"
        digest = trained.model.save(out, card=blocks.card(pages, trained))
        print(f"{len(pages)} pages, {out}.npz, SHA-256 {digest}")
    elif args.command == "attribution":
        from newsclean.training import attribution as tagging

        tagger = tagging.train(args.corpora, every=args.every, seed=args.seed)
        out = args.out or models_dir() / "attribution"
        digest = tagger.save(out, card=tagging.card(tagger, args.corpora))
        print(f"{out}.npz, SHA-256 {digest}")
    else:
        from newsclean.detectors.offtopic import default_model

        found = suspects(args.corpora, model=default_model(), many=args.many)
        out = args.out or Path("suspects.jsonl")
        out.write_text("".join(json.dumps(f, ensure_ascii=False) + "\n" for f in found), encoding="utf-8")
        print(f"{len(found)} paragraphs, {out}")


if __name__ == "__main__":
    main()
