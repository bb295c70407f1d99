"""Ratings: any table with a domain and a rating, domains resolved offline, and errors that say what to do."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import InputError, load_ratings
from newsclean.ratings import Ratings, host
from tests.benchmarks.corpora import corpora

TABLE = "domain,rating\nexample.co.uk,0.9\nexample.org,0.2\nexample.org/sport,0.4\nnews.example.org,0.7\nwordpress.com,0.5\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mine.csv"


def loaded(file: Path, text: str, **columns: str) -> Ratings:
    file.write_text(text, encoding="utf-8", newline="")
    return load_ratings(file, **columns)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        ("example.org", "example.org"),
        ("www.Example.ORG", "example.org"),
        ("https://www.example.org:443/politics/a.html?b=c#d", "example.org"),
        ("http://live.blog.example.org/", "example.org"),
        ("https://news.example.org/sport", "news.example.org"),
        ("https://example.org/sport/cup/final", "example.org/sport"),
        ("https://www.example.org/SPORT", "example.org/sport"),
        ("example.org/sports", "example.org"),
        ("https://m.example.co.uk/a", "example.co.uk"),
        ("wordpress.com", "wordpress.com"),
        ("//example.org/a", "example.org"),
    ],
)
def test_the_longest_entry_applies(file: Path, asked: str, entry: str) -> None:
    rating = loaded(file, TABLE).of(asked)
    assert rating is not None
    assert rating.domain == entry


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "example",
        "co.uk",
        "other.co.uk",
        "example.com",
        "notexample.org",
        "blog.wordpress.com",
        "http://[::1",
        "org",
        "not a domain",
    ],
)
def test_no_entry_applies(file: Path, asked: str) -> None:
    assert loaded(file, TABLE).of(asked) is None


def test_a_suffix_in_the_table_rates_nobody(file: Path) -> None:
    assert loaded(file, "domain,rating\nco.uk,1\n").of("example.co.uk") is None


@given(st.text(max_size=80))
def test_any_text_may_be_asked_for(text: str) -> None:
    name = host(text)
    assert name is None or "." in name


def test_only_text_may_be_asked_for(file: Path) -> None:
    with pytest.raises(InputError, match="URL or domain"):
        loaded(file, TABLE).of(None)  # type: ignore[arg-type]


def test_values_are_kept_as_given(file: Path) -> None:
    numbers, labels = loaded(file, TABLE), loaded(file, "site;label;note\na.org;mixed;x\nb.org;high;\n")
    assert numbers.scale == (0.2, 0.9)
    found = labels.of("a.org")
    assert found is not None
    assert (found.value, found.scale, dict(found.row)) == (
        "mixed",
        ("high", "mixed"),
        {"site": "a.org", "label": "mixed", "note": "x"},
    )


def test_one_label_makes_a_table_of_labels(file: Path) -> None:
    ratings = loaded(file, "domain,score\na.org,1\nb.org,n/a\n")
    assert ratings.scale == ("1", "n/a")


@pytest.mark.parametrize(
    "text",
    [
        "domain,pc1\na.org,1\n",
        "Domain,Reliability\r\na.org,1\r\n",
        '"URL";"score"\n"https://www.a.org/";"1"\n',
        "website\tquality\tn\n\na.org\t1\t3\n",
        "domain,category,credibility_score,score_cat\na.org,mixed,1,0.2\n",
        "\ufeffdomain,rating\na.org,1\n",
        'domain,rating,note\na.org,1,"a, ""quoted""\nnote"\n',
        "host,whatever\na.org,1\n",
    ],
)
def test_headers_are_guessed(file: Path, text: str) -> None:
    rating = loaded(file, text).of("a.org")
    assert rating is not None
    assert rating.value == 1.0


def test_utf_16_is_read(file: Path) -> None:
    file.write_text("domain,rating\nä.org,1\n", encoding="utf-16")
    assert load_ratings(file).of("www.Ä.org") is not None


def test_other_encodings_are_asked_for(file: Path) -> None:
    file.write_text("domain,rating\nä.org,1\n", encoding="latin-1")
    with pytest.raises(InputError, match=r"mine\.csv: not utf-8 .* say encoding"):
        load_ratings(file)
    assert load_ratings(file, encoding="latin-1").of("ä.org") is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("domain\na.org\n", "one column"),
        ("domain,rating\n", "no row"),
        ("domain,rating\n,1\n", "no row"),
        ("name,rank,note\na,b,c\n", "which column is the domain.*name, rank, note"),
        ("domain,rank,note\na.org,b,c\n", "which column is the rating.*rank, note"),
        ("domain,url,rating\na.org,b.org,1\n", "is the rating|domain or url"),
        ("domain,rating,score\na.org,1,2\n", "rating or score"),
        ("domain,rating,rating\na.org,1,2\n", "twice"),
        ("domain,rating\na.org,1\na.org,2\n", "a.org is 1 in line 2 and 2 in line 3"),
        ('domain,rating\na.org,"1\n', "line"),
    ],
)
def test_a_table_that_cannot_be_read(file: Path, text: str, message: str) -> None:
    if "domain,url" in text:
        assert loaded(file, text).of("a.org") is not None  # the surer header
        return
    with pytest.raises(InputError, match=message):
        loaded(file, text)


@pytest.mark.parametrize(
    ("columns", "message"), [({"domain": "x"}, "no column 'x'"), ({"rating": "x"}, "no column 'x'")]
)
def test_a_column_that_is_not_there(file: Path, columns: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        loaded(file, TABLE, **columns)


def test_a_column_of_your_choice(file: Path) -> None:
    rating = loaded(file, "domain,rating,score\na.org,1,2\n", rating="score").of("a.org")
    assert rating is not None
    assert rating.value == 2.0


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        load_ratings(tmp_path / name)


def test_rows_passed_over_are_named(file: Path) -> None:
    ratings = loaded(
        file,
        "domain,rating\na.org,1\n,2\nb.org,\nspaced out.org,3\nc.org\nwww.a.org,4\nwww.d.org,5\nd.org,6\na.org,1\n",
    )
    assert [(i.code, i.detail.split(",")[1].split(":")[0].strip()) for i in ratings.issues] == [
        ("bad_row", "line 3"), ("bad_row", "line 4"), ("bad_row", "line 5"), ("bad_row", "line 6"), ("duplicate", "line 7"), ("duplicate", "line 9"),
    ]  # fmt: skip
    assert [r and r.value for r in (ratings.of("a.org"), ratings.of("d.org"))] == [1.0, 6.0]


def test_ratings_travel(file: Path) -> None:
    ratings = loaded(file, TABLE)
    again = pickle.loads(pickle.dumps(ratings))
    assert again.of("m.example.org") == ratings.of("m.example.org")
    assert len(again) == len(ratings) == 5


@pytest.mark.parametrize(
    ("name", "column", "size", "asked"),
    [
        ("lin2023_domain_pc1", "pc1", 11_519, "https://www.reuters.com/a"),
        ("cred1", "credibility_score", 2_671, "https://de.rt.com/a"),
    ],
)
def test_the_published_tables_load(name: str, column: str, size: int, asked: str) -> None:
    folder = corpora()
    if folder is None:
        pytest.skip("no corpora")
    ratings = load_ratings(folder / "ratings" / f"{name}.csv")
    assert (ratings.column, len(ratings)) == (column, size)
    rating = ratings.of(asked)
    assert rating is not None
    assert isinstance(rating.value, float)
