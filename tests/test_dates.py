from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegov.dates import date_range


def test_a_year_covers_all_its_days() -> None:
    found = date_range("1963")
    assert (found.earliest, found.latest, found.datatype) == ("1963-01-01", "1963-12-31", "gYear")


def test_february_of_a_leap_year_ends_on_the_29th() -> None:
    found = date_range("2024-02")
    assert (found.earliest, found.latest, found.datatype) == ("2024-02-01", "2024-02-29", "gYearMonth")


def test_a_day_covers_itself() -> None:
    found = date_range("2024-05-06")
    assert (found.earliest, found.latest, found.datatype) == ("2024-05-06", "2024-05-06", "date")


@pytest.mark.parametrize(
    "wrong", ["", "63", "2024-13", "2024-02-30", "2024-5-6", "May 2024", "2024-05-06T10:00", "0000", "٢٠٢٤"]
)
def test_what_is_no_partial_date_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"date|calendar"):
        date_range(wrong)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_lies_in_its_month_and_the_month_in_its_year(day: date) -> None:
    said = day.isoformat()
    month, year = date_range(said[:7]), date_range(said[:4])
    assert year.earliest <= month.earliest <= said <= month.latest <= year.latest
