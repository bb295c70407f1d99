"""The sample corpus keeps its own rules, and a file that breaks them is refused with a telling message."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from newsclean import datasets
from newsclean.datasets import VALUES, Sample, load_samples
from newsclean.errors import InputError

FOLDER = Path(datasets.__file__).parent / "samples"
ENGLISH_GENRES = {
    "wire story", "op-ed", "live blog", "film review", "deals article", "recipe", "earnings report",
    "funding round", "interview transcript", "listicle", "match report", "local news", "charity story",
    "casino licence story", "crypto crash story", "pay-day loan regulation story", "health advice",
    "product story", "obituary", "science story", "court report", "election night", "republished story",
}  # fmt: skip

GOOD = """
id = "en-test"
language = "en"
genre = "test"
title = "Ferry late"
separator = "\\n\\n"
notes = "made for the test"

[[lines]]
label = "navigation"
text = "Home"
glue = "\\n"

[[lines]]
label = "title"
text = "Ferry late"

[[lines]]
label = "content"
text = "She said the ferry, he said, was late: she said so again."

[[attributions]]
line = 2
source = ["She"]
cue = ["said#1"]
content = ["the ferry", "was late"]
kind = "statement"
type = "public_witness"
naming = "anonymous"
directness = "indirect"
stance = "neutral"
"""


@pytest.fixture(scope="module")
def samples() -> tuple[Sample, ...]:
    return load_samples()


def test_thirty_articles_in_four_languages_sorted_by_id(samples: tuple[Sample, ...]) -> None:
    assert len(samples) >= 30
    assert {sample.language for sample in samples} == {"de", "en", "es", "fr"}
    assert [sample.id for sample in samples] == sorted({sample.id for sample in samples})
    assert all(sample.id.startswith(f"{sample.language}-") for sample in samples)


def test_every_required_genre_is_there() -> None:
    assert {sample.genre for sample in load_samples("en")} >= ENGLISH_GENRES


def test_one_language_is_a_part_of_all(samples: tuple[Sample, ...]) -> None:
    assert load_samples("en") == tuple(sample for sample in samples if sample.language == "en")
    with pytest.raises(InputError, match=r"'it'.*'de'"):
        load_samples("it")


def test_every_value_is_from_the_fixed_lists(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        assert {line.label for line in sample.lines} <= set(VALUES["label"].split()), sample.id
        for key in VALUES.keys() - {"label"}:
            used = {getattr(mark, key) for mark in sample.attributions} - {None}
            assert used <= set(VALUES[key].split()), (sample.id, key)


def test_the_corpus_uses_every_label_and_every_kind(samples: tuple[Sample, ...]) -> None:
    assert {line.label for s in samples for line in s.lines} == set(VALUES["label"].split())
    assert {mark.kind for s in samples for mark in s.attributions} == set(VALUES["kind"].split())
    assert {s.separator for s in samples} == {"\n", "\n\n", "\r\n"}


def test_lines_slice_back_to_what_the_file_says(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        entries = _file(sample)["lines"]
        assert [sample.text[line.start : line.end] for line in sample.lines] == [e["text"] for e in entries]
        gaps = zip(sample.lines, sample.lines[1:], strict=False)
        assert all(not sample.text[a.end : b.start].strip() for a, b in gaps), sample.id
        assert (sample.lines[0].start, sample.lines[-1].end) == (0, len(sample.text))


def test_attributions_slice_back_to_what_the_file_says(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        entries = _file(sample).get("attributions", [])
        for mark, entry in zip(sample.attributions, entries, strict=True):
            for part in ("source", "cue", "content"):
                found = sorted(sample.text[start:end] for start, end in getattr(mark, part))
                assert found == sorted(_bare(string) for string in entry[part]), (sample.id, part)
            line = sample.lines[entry["line"]]
            assert all(line.start <= a < b <= line.end for a, b in mark.source + mark.cue + mark.content)


def test_attributions_stand_in_kept_lines_or_embeds(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        for entry in _file(sample).get("attributions", []):
            line = sample.lines[entry["line"]]
            assert line.keep or line.label in ("embed", "wire_credit", "credit", "byline"), (sample.id, entry)


def test_the_title_is_the_line_that_is_labelled_so(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        lines = [sample.text[line.start : line.end] for line in sample.lines if line.label == "title"]
        assert lines == ([] if sample.title is None else [sample.title]), sample.id
    assert any(sample.title is None for sample in samples)


def test_no_two_articles_share_a_paragraph(samples: tuple[Sample, ...]) -> None:
    texts = Counter(
        text
        for sample in samples
        for text in {sample.text[line.start : line.end] for line in sample.lines}
        if len(text.split()) >= 12
    )
    assert [text for text, n in texts.items() if n > 1] == []


def test_clean_keeps_all_content_and_nothing_else(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        kept = [sample.text[line.start : line.end] for line in sample.lines if line.keep]
        assert sample.clean == sample.separator.join(kept)
        assert sum(len(text) for text in kept) > len(sample.text) / 2, sample.id
        assert 250 <= len(sample.clean.split()) <= 900, sample.id
    assert any(all(line.keep for line in sample.lines) for sample in samples)


def test_hosts_are_reserved_ones(samples: tuple[Sample, ...]) -> None:
    for sample in samples:
        host = (sample.url or "https://none.example/").split("/")[2]
        assert host.endswith((".example", ".test")), sample.id


def test_a_good_file_is_read() -> None:
    sample = datasets._read("en-test.toml", GOOD)
    assert sample.text == "Home\nFerry late\n\nShe said the ferry, he said, was late: she said so again."
    assert sample.clean == "Ferry late\n\nShe said the ferry, he said, was late: she said so again."
    (mark,) = sample.attributions
    assert [sample.text[a:b] for a, b in mark.content] == ["the ferry", "was late"]
    assert (mark.name, mark.via, sample.url) == (None, None, None)


def test_a_file_without_a_headline_is_read() -> None:
    raw = GOOD.replace('title = "Ferry late"\n', "").replace('label = "title"', 'label = "repeat"')
    assert datasets._read("en-test.toml", raw).title is None


def test_the_ordinal_counts_from_one() -> None:
    sample = datasets._read("en-test.toml", GOOD.replace("said#1", "said#2"))
    ((start, _),) = sample.attributions[0].cue
    assert sample.text[start - 3 : start] == "he "


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('label = "navigation"', 'label = "menu"', r"row 9, lines\[0\]: unknown label 'menu'.*'navigation'"),
        (
            'source = ["She"]',
            'source = ["They"]',
            r"row 22, attributions\[0\], source: 'They' is not in the line",
        ),
        ("said#1", "said", r"row 22, attributions\[0\], cue: 'said' stands 3 times.*said#1"),
        ("said#1", "said#4", r"cue: 'said#4' is not in the line \(it has 'said' 3 times\)"),
        ('source = ["She"]', 'source = [""]', r"source: '' is not in the line"),
        ('glue = "\\n"', 'glu = "\\n"', r"row 9, lines\[0\]: unknown key 'glu'"),
        ('notes = "made', 'note = "made', r"en-test.toml: unknown key 'note'; known are: .*'notes'"),
        ('genre = "test"\n', "", r"en-test.toml: key 'genre' is missing"),
        ('stance = "neutral"', "", r"row 22, attributions\[0\]: key 'stance' is missing"),
        ('stance = "neutral"', 'stance = "calm"', r"unknown stance 'calm'; known are: .*'neutral'"),
        ('kind = "statement"', 'kind = "claim"', r"unknown kind 'claim'"),
        ("line = 2", "line = 3", r"line 3 is out of range, the article has 3 lines"),
        ("line = 2", "line = -1", r"line -1 is out of range"),
        ('text = "Home"', 'text = "Home\\nWorld"', r"lines\[0\]: text must be one line"),
        ('text = "Home"', 'text = " "', r"lines\[0\]: text must be one line that is not blank"),
        (
            'title = "Ferry late"',
            'title = "Late"',
            r"title is 'Late', the lines labelled so are \['Ferry late'\]",
        ),
        ('id = "en-test"', 'id = "en-other"', r"en-test.toml: the id is 'en-other'"),
        ('label = "title"', "label = title", r"en-test.toml: not TOML: .*line 15"),
    ],
)
def test_a_bad_file_says_where_and_what(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = tmp_path / "en-test.toml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        datasets._read(file.name, file.read_text(encoding="utf-8"))
    assert str(caught.value).startswith("en-test.toml")


def _file(sample: Sample) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{sample.id}.toml").read_text(encoding="utf-8"))


def _bare(string: str) -> str:
    head, mark, tail = string.rpartition("#")
    return head if mark and tail.isdecimal() else string
