"""The sample corpus: articles written for newsclean, all invented, with gold lines and gold attributions.

>>> from newsclean.datasets import load_samples
>>> wire = load_samples("en")[-1]
>>> [line.label for line in wire.lines if not line.keep][-2:]
['tags', 'newsletter']
>>> word = wire.attributions[0]
>>> word.kind, [wire.text[a:b] for a, b in word.source]
('dateline', ['Reuters'])
"""

import re
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from newsclean.errors import InputError

__all__ = ["GoldAttribution", "GoldLine", "Sample", "load_samples"]

Offsets = tuple[tuple[int, int], ...]
VALUES = {
    "label": """content title ad ad_label counter donation newsletter paywall teaser other_headline comments
        social embed caption credit byline timestamp tags navigation cookie legal site_name repeat markup
        off_topic""",
    "kind": """statement report opinion denial no_comment interview dateline wire_credit republication
        social_post document poll disclosure anonymity no_source""",
    "type": """wire newspaper broadcaster magazine digital_outlet media_unspecified government
        intergovernmental politician_party security_law academic_expert ngo_advocacy business
        public_witness document_data social_media unknown""",
    "naming": "named institution collective anonymous none",
    "directness": "direct mixed indirect",
    "stance": "neutral asserts denies doubts distances",
}
# the keys that a table must have, and those that it may have
_HEAD = ("id language genre separator notes lines", "url site title byline date attributions")
_LINE = ("label text", "glue")
_MARK = ("line source cue content kind type naming stance", "name directness via")


@dataclass(frozen=True, slots=True)
class GoldLine:
    """One line of an article: `text[start:end]` of its sample, in code points, and what it is."""

    start: int
    end: int
    label: str

    @property
    def keep(self) -> bool:
        """Whether the line belongs to the article; every other label is to be stripped."""
        return self.label in ("content", "title")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One mark of whose word a passage is.

    `source`, `cue` and `content` hold (start, end) pairs, code points, half-open, into `Sample.text`; a part
    may be in several pieces, or empty. `name` is the canonical name of the source, `via` the outlet through
    which its word came; both, and `directness`, are None where they do not apply.
    """

    source: Offsets
    cue: Offsets
    content: Offsets
    name: str | None
    kind: str
    type: str
    naming: str
    directness: str | None
    stance: str
    via: str | None


@dataclass(frozen=True, slots=True)
class Sample:
    """One article as a scraper would hand it over, and what a reader says about it.

    `text` is the dirty source; `lines` cover it but for the line breaks between them. `url`, `site`, `title`,
    `byline` and `date` (ISO) are None where the text shows none. `notes` says what is hard about the article.
    """

    id: str
    language: str
    genre: str
    url: str | None
    site: str | None
    title: str | None
    byline: str | None
    date: str | None
    notes: str
    separator: str
    text: str
    lines: tuple[GoldLine, ...]
    attributions: tuple[GoldAttribution, ...]

    @property
    def clean(self) -> str:
        """The kept lines, joined by `separator`: what a perfect cleaner returns, up to white space."""
        return self.separator.join(self.text[line.start : line.end] for line in self.lines if line.keep)


def load_samples(language: str | None = None) -> tuple[Sample, ...]:
    """Read the corpus, sorted by id; all of it, or the articles of one `language` ("en", "de", "fr", "es").

    Raises `InputError` for a language that the corpus has not, and for a file that breaks the format, with
    the file, the row and what is wrong.

    >>> sorted({sample.language for sample in load_samples()})
    ['de', 'en', 'es', 'fr']
    """
    folder = resources.files("newsclean") / "samples"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    samples = sorted((_read(f.name, f.read_text(encoding="utf-8")) for f in files), key=lambda s: s.id)
    chosen = [sample for sample in samples if language in (None, sample.language)]
    if not chosen:
        raise InputError(f"no sample is in {language!r}, only in {sorted({s.language for s in samples})}")
    return tuple(chosen)


def _read(name: str, raw: str) -> Sample:
    """One file's content as a sample; `name` is the file's name, for messages and to compare the id with."""
    try:
        return _sample(name, raw, tomllib.loads(raw))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not TOML: {error}") from error
    except (TypeError, AttributeError) as error:
        raise InputError(f"{name}: a value is of the wrong type: {error}") from error


def _sample(name: str, raw: str, data: dict[str, Any]) -> Sample:
    _check_keys(name, data, _HEAD)
    if name != f"{data['id']}.toml":
        raise InputError(f"{name}: the id is {data['id']!r}, the file must be named after it")
    text, lines = _join(_places(name, raw, "lines", data["lines"]), data["lines"], data["separator"])
    titles = [text[line.start : line.end] for line in lines if line.label == "title"]
    if titles != ([data["title"]] if "title" in data else []):
        raise InputError(f"{name}: title is {data.get('title')!r}, the lines labelled so are {titles!r}")
    entries = data.get("attributions", [])
    places = _places(name, raw, "attributions", entries)
    marks = [_mark(where, entry, text, lines) for where, entry in zip(places, entries, strict=True)]
    made: dict[str, Any] = dict.fromkeys(_HEAD[1].split()) | data
    made |= {"text": text, "lines": lines, "attributions": tuple(marks)}
    return Sample(**made)


def _places(name: str, raw: str, table: str, entries: list[dict[str, Any]]) -> list[str]:
    """The place of each of the table's entries: tomllib keeps no positions, so the headers are counted."""
    rows: list[int | str] = [
        n for n, row in enumerate(raw.splitlines(), 1) if row.split("#")[0].strip() == f"[[{table}]]"
    ]
    rows += ["?"] * (len(entries) - len(rows))
    return [f"{name}, row {row}, {table}[{i}]" for i, row in zip(range(len(entries)), rows, strict=False)]


def _check_keys(where: str, table: dict[str, Any], keys: tuple[str, str]) -> None:
    needed, free = (set(names.split()) for names in keys)
    if unknown := sorted(table.keys() - needed - free):
        raise InputError(f"{where}: unknown key {unknown[0]!r}; known are: {sorted(needed | free)}")
    if missing := sorted(needed - table.keys()):
        raise InputError(f"{where}: key {missing[0]!r} is missing")
    for key in sorted(VALUES.keys() & table.keys()):
        if table[key] not in VALUES[key].split():
            raise InputError(f"{where}: unknown {key} {table[key]!r}; known are: {VALUES[key].split()}")


def _join(rows: list[str], entries: list[dict[str, Any]], separator: str) -> tuple[str, tuple[GoldLine, ...]]:
    pieces: list[str] = []
    lines, start = list[GoldLine](), 0
    for where, entry in zip(rows, entries, strict=True):
        _check_keys(where, entry, _LINE)
        if len(entry["text"].splitlines()) != 1 or not entry["text"].strip():
            raise InputError(f"{where}: text must be one line that is not blank, is {entry['text']!r}")
        end = start + len(entry["text"])
        lines.append(GoldLine(start, end, entry["label"]))
        pieces += entry["text"], entry.get("glue", separator)
        start = end + len(pieces[-1])
    return "".join(pieces[:-1]), tuple(lines)  # nothing follows the last line


def _mark(where: str, entry: dict[str, Any], text: str, lines: tuple[GoldLine, ...]) -> GoldAttribution:
    _check_keys(where, entry, _MARK)
    if not 0 <= entry["line"] < len(lines):
        raise InputError(f"{where}: line {entry['line']} is out of range, the article has {len(lines)} lines")
    line = lines[entry["line"]]
    made: dict[str, Any] = dict.fromkeys(_MARK[1].split()) | {k: v for k, v in entry.items() if k != "line"}
    for part in ("source", "cue", "content"):
        made[part] = tuple(sorted(_offset(f"{where}, {part}", x, text, line) for x in entry[part]))
    return GoldAttribution(**made)


def _offset(where: str, string: str, text: str, line: GoldLine) -> tuple[int, int]:
    """Where `string` stands in the line; "said#2" is the second "said", counted from one."""
    bare, number = string, 0
    if ordinal := re.search(r"#([1-9]\d{0,2})$", string):
        bare, number = string[: ordinal.start()], int(ordinal[1])
    found = [m.start() for m in re.finditer(re.escape(bare), text[line.start : line.end]) if bare]
    if not found or number > len(found):
        raise InputError(f"{where}: {string!r} is not in the line (it has {bare!r} {len(found)} times)")
    if len(found) > 1 and not number:
        raise InputError(f"{where}: {bare!r} stands {len(found)} times in the line; write '{bare}#1'")
    start = line.start + found[max(number, 1) - 1]
    return start, start + len(bare)
