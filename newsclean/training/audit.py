"""Audit: what counts as clean text, for training and for measuring.

News corpora hold furniture that their makers left in, so a "false positive" is as often right as wrong.  What was
read by eye is kept in ``audit/*.tsv`` as the SHA-256 of the paragraph and a label - ``content`` for the article's
own, else what it is - and never as its text.  ``python -m newsclean.training audit`` lists what is worth reading next.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from newsclean.errors import InputError
from newsclean.matching import Matcher, compile_rules
from newsclean.rules import RulePack

__all__ = ["clean", "digest", "flat", "judgements", "records", "ruled", "suspects"]


def records(corpora: Path, name: str) -> Iterator[dict[str, Any]]:
    """The records of ``offtopic/news`` and the like; InputError where there is no such corpus."""
    file = corpora / f"{name}.jsonl.gz"
    if not file.is_file():
        raise InputError(f"no corpus {name} in {corpora}: {file} is missing")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def flat(paragraph: str) -> str:
    """A paragraph with single spaces: what is digested, trained on and measured."""
    return " ".join(paragraph.split())


def digest(paragraph: str) -> str:
    """The name under which a judgement of a flat paragraph is kept.

    >>> digest("Rain.")[:12]
    '389be6297686'
    """
    return hashlib.sha256(paragraph.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def judgements() -> dict[str, str]:
    """Digest to label, from every ``audit/*.tsv``; the later file wins.  InputError for a line that is neither."""
    found: dict[str, str] = {}
    folder = resources.files("newsclean") / "training" / "audit"
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith(("#", "sha256\t")):
                continue
            key, _, label = line.partition("\t")
            if len(key) != 64 or not label:
                raise InputError(f"{file.name}, line {number}: not a SHA-256, a tab and a label")
            found[key] = label.split("\t")[0].strip()
    return found


@cache
def _matcher() -> Matcher:
    return compile_rules(RulePack.builtin().rules)


def ruled(paragraph: str) -> bool:
    """Whether a rule that decides alone strips the paragraph, or nine tenths of it."""
    try:
        hits = [h for h in _matcher().hits(paragraph) if h.rule.alone]
    except TimeoutError:
        return False
    return any(h.end - h.start >= 0.9 * len(paragraph) for h in hits)


def clean(paragraphs: Sequence[str]) -> list[str]:
    """The flat paragraphs of an article without what is known as furniture, by judgement or by rule."""
    known = judgements()
    kept = []
    for paragraph in map(flat, paragraphs):
        verdict = known.get(digest(paragraph))
        if paragraph and (verdict == "content" or (verdict is None and not ruled(paragraph))):
            kept.append(paragraph)
    return kept


def suspects(corpora: Path, *, model: Any, many: int = 1200) -> list[dict[str, Any]]:
    """The clean paragraphs that a model finds most foreign and nobody has judged, the worst first.

    Each with its digest, outlet, score, text and 120 code points of its neighbours: for reading, not for keeping.
    """
    known = judgements()
    found = []
    for record in records(corpora, "offtopic/news"):
        own = clean(record["paragraphs"])
        for i, score in enumerate(model.probabilities(own)):
            if score >= model.thresholds[0] and digest(own[i]) not in known:
                before, after = own[i - 1][-120:] if i else "", own[i + 1][:120] if i + 1 < len(own) else ""
                found.append(
                    {
                        "sha256": digest(own[i]), "outlet": record["outlet"], "score": round(float(score), 4),
                        "before": before, "text": own[i], "after": after,
                    }
                )  # fmt: skip
    found.sort(key=lambda f: (-f["score"], f["sha256"]))
    return found[:many]
