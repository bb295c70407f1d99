"""Dates: a day is read where its form has one meaning, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.dates import iso_date

many = settings(max_examples=200, deadline=None, derandomize=True)
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "2024-03-03", "Updated 2024-03-03", "March 3, 2024", "March 3 2024", "Mar. 3, 2024", "MAR 3, 2024",
        "march 3rd, 2024", "3 March 2024", "3rd March, 2024", "3. March 2024", "03 mar 2024", "Sunday, March 3, 2024 at 9:10 a.m.",
        "9:10 a.m. EST, 3 March 2024", "（3 March 2024）", "\u200b3 March 2024",
    ],
)  # fmt: skip
def test_a_day_with_one_meaning_is_read(line: str) -> None:
    assert iso_date(line) == "2024-03-03"


@pytest.mark.parametrize(
    "line",
    [
        "", "x", "3", "03/04/2024", "3.4.2024", "March 2024", "March 3", "24-03-03", "2024-3-3", "2024-13-01", "2024-00-10",
        "2024-02-30", "February 29, 2023", "April 31, 2024", "0 March 2024", "0000-01-01", "12024-03-03", "2024-03-031",
        "xMarch 3, 2024", "March 3, 20245", "3 Mond 2024", "\ud800", "İ 3, 2024",
    ],
)  # fmt: skip
def test_what_is_no_day_or_ambiguous_is_not_read(line: str) -> None:
    assert iso_date(line) is None


@many
@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    month = MONTHS[day.month - 1]
    forms = (
        day.isoformat(), f"{month} {day.day}, {day.year}", f"{month[:3]}. {day.day}, {day.year}", f"{day.day} {month} {day.year}",
        f"{month.upper()} {day.day:02}, {day.year}",
    )  # fmt: skip
    assert {iso_date(form) for form in forms} == {day.isoformat()}


@many
@given(st.text("0123456789-/., JanFebMarMaySepKİıst\u0301\ud800", max_size=30))
def test_whatever_is_read_is_a_day(line: str) -> None:
    read = iso_date(line)
    assert read is None or date.fromisoformat(read).isoformat() == read


@many
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
def test_no_line_is_an_error(line: str) -> None:
    read = iso_date(line)
    assert read is None or date.fromisoformat(read)


def test_an_impossible_day_does_not_hide_a_possible_one() -> None:
    assert iso_date("February 30, 2024, corrected March 1, 2024") == "2024-03-01"


def test_of_two_days_in_one_form_the_first_is_read() -> None:
    assert iso_date("March 3, 2024, updated March 5, 2024") == "2024-03-03"


@pytest.mark.parametrize("line", ["March 3, 2024, updated 2024-03-05", "3 March 2024, updated April 5, 2024"])
def test_of_two_days_in_two_forms_the_first_is_read(line: str) -> None:
    assert iso_date(line) == "2024-03-03"


@pytest.mark.parametrize("line", ["ſep 3, 2024", "3 ſept 2024"])
def test_a_long_s_is_no_error(line: str) -> None:
    read = iso_date(line)
    assert read is None or date.fromisoformat(read)


@pytest.mark.parametrize("line", ["Mark 3, 2024", "Mary 12, 2024", "Market 4, 2024", "4 Junta 2024", "Jane 9, 2024"])
def test_a_word_that_only_begins_like_a_month_is_no_month(line: str) -> None:
    assert iso_date(line) is None


@pytest.mark.parametrize("line", ["2024-03-03T09:10:00Z", "Published 2024-03-03T09:10:00+01:00"])
def test_the_day_of_an_iso_timestamp_is_read(line: str) -> None:
    assert iso_date(line) == "2024-03-03"


@pytest.mark.parametrize("year", ["٢٠٢٤", "２０２４"])
def test_digits_of_another_script_are_digits(year: str) -> None:
    assert iso_date(f"March 3, {year}") == "2024-03-03"
