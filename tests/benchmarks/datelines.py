"""Wire stories told by their datelines and credits: PolNeAR's training part, whose field ``wire`` says what they are.

Recall is over wire stories that show a dateline or a credit at all, as read off the text by a pattern that knows no
agency by name but those of the field; false are stories of the paper's own that are taken for wire.

python -m tests.benchmarks.datelines [--show]
"""

from __future__ import annotations

import argparse
from typing import Final

import regex

from newsclean.attribution.credits import wire_credits
from newsclean.attribution.markers import datelines
from newsclean.attribution.tokens import tokens
from newsclean.segment import segment
from tests.benchmarks.corpora import records

SHOWS: Final = regex.compile(
    r"\((?:AP|UPI|AFP|Reuters|REUTERS)\)|^\p{Lu}[\p{Lu} .,]{3,40}, [^\n]{0,30}\((?:UPI|AP|AFP|Reuters)\)"
    r"|(?:Associated Press|Reuters|AFP|UPI)[^\n]{0,80} contributed|\((?:Additional )?[Rr]eporting by|Copyright \d{4}",
    regex.MULTILINE,
)
OWN: Final = frozenset({"None", "NA"})


def told(text: str) -> bool:
    """Whether the text is taken for an agency's: a dateline signed by one, or a credit that names one."""
    paragraphs = segment(text)
    signed = any(a.type == "wire" for a in datelines(paragraphs))
    return signed or any(
        a.kind == "wire_credit" and a.type == "wire" and a.rule != "credit/photo"
        for a in wire_credits(paragraphs, tokens(paragraphs).fold)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the misses and the false ones")
    args = parser.parse_args()
    articles = [r for r in records("provenance/polnear_train") if r["primary"]]
    wire = [r for r in articles if r["wire"] not in OWN]
    shown = [r for r in wire if SHOWS.search(r["text"])]
    right = [r for r in shown if told(r["text"])]
    own = [r for r in articles if r["wire"] in OWN]
    false = [r for r in own if told(r["text"])]
    print(
        f"wire stories: {len(wire)}, that show it: {len(shown)}, told: {len(right)} ({len(right) / max(1, len(shown)):.3f})"
    )
    print(f"own stories: {len(own)}, taken for wire: {len(false)} ({len(false) / max(1, len(own)):.4f})")
    if args.show:
        for r in [r for r in shown if r not in right] + false:
            found = SHOWS.search(r["text"])
            print(
                r["wire"],
                "|",
                r["text"][:150].replace("\n", " / "),
                "|",
                found and r["text"][max(0, found.start() - 60) : found.end() + 60],
            )


if __name__ == "__main__":
    main()
