"""Dates in running text, with the precision that they were said with."""

from __future__ import annotations

import pytest

from spacegov.extract.dates import find_dates


def values(text: str, day: str | None = None) -> list[str]:
    return [d.value for d in find_dates(text, day)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 6 May 2024", "2024-05-06"),
        ("on the 6th of May 2024", "2024-05-06"),
        ("on May 6, 2024", "2024-05-06"),
        ("on May 6th, 2024", "2024-05-06"),
        ("on Sept. 6, 2024", "2024-09-06"),
        ("on 2024-05-06", "2024-05-06"),
        ("in June 2014", "2014-06"),
        ("in June of 2014", "2014-06"),
        ("since June, 2014", "2014-06"),
        ("in 2008", "2008"),
        ("back in 1957", "1957"),
        ("ON 6 MAY 2024", "2024-05-06"),
    ],
)
def test_a_date_keeps_its_precision(text: str, value: str) -> None:
    assert values(text) == [value]


def test_several_dates_stand_in_reading_order() -> None:
    assert values("in 2008, on 10 June 2014 and in May 2015") == ["2008", "2014-06-10", "2015-05"]


def test_the_place_of_a_date_is_that_of_its_words() -> None:
    text = "It was tabled on 12 February 2008 in Geneva."
    (date,) = find_dates(text, None)
    assert text[date.start : date.end] == "12 February 2008"


@pytest.mark.parametrize("text", ["on 31 June 2014", "on February 30, 2008", "on 29 February 2023", "on 2024-13-01"])
def test_a_day_that_does_not_exist_is_no_day(text: str) -> None:
    assert not [v for v in values(text) if len(v) == 10]


def test_the_leap_day_exists_in_a_leap_year() -> None:
    assert values("on 29 February 2024") == ["2024-02-29"]


@pytest.mark.parametrize(
    "text",
    [
        "resolution 1962 was adopted",
        "resolutions 1962 and others",
        "paragraph no. 1962 of the list",
        "document A/1962 of the session",
        "resolution 1963 (XVIII)",
        "a budget of $2000",
        "the 1960th meeting",
        "19570 objects in orbit",
    ],
)
def test_a_number_that_counts_something_else_is_no_year(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["in 1804", "in 3008", "in 1939", "we may 2 times object"])
def test_what_lies_outside_the_space_age_is_no_date(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["States may not place weapons there.", "It may be said of may."])
def test_the_verb_may_is_no_month(text: str) -> None:
    assert values(text, "2024-05-06") == []


@pytest.mark.parametrize(
    ("text", "day", "value"),
    [
        ("signed this year", "2024-05-06", "2024"),
        ("signed earlier this year", "2024", "2024"),
        ("signed last year", "2024-05-06", "2023"),
        ("said today", "2024-05-06", "2024-05-06"),
        ("said yesterday", "2024-03-01", "2024-02-29"),
        ("said on Monday", "2024-05-08", "2024-05-06"),
        ("said on Wednesday", "2024-05-08", "2024-05-08"),
        ("said on Thursday", "2024-05-08", "2024-05-02"),
        ("signed on 3 April", "2024-05-06", "2024-04-03"),
        ("signed on April 3", "2024-05-06", "2024-04-03"),
    ],
)
def test_a_relative_date_is_reckoned_from_the_document(text: str, day: str, value: str) -> None:
    (date,) = find_dates(text, day)
    assert (date.value, date.relative) == (value, True)


@pytest.mark.parametrize("text", ["this year", "last year", "on Monday", "yesterday", "on 3 April"])
def test_a_relative_date_in_an_undated_document_is_none(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["on Monday", "today", "yesterday"])
def test_a_weekday_needs_a_document_dated_to_the_day(text: str) -> None:
    assert values(text, "2024-05") == []


def test_a_full_date_is_not_found_a_second_time_in_its_parts() -> None:
    assert values("on Monday, 6 May 2024", "2024-05-08") == ["2024-05-06", "2024-05-06"]
    assert values("6 May 2024", "2024-05-08") == ["2024-05-06"]


def test_no_text_has_no_dates() -> None:
    assert values("", "2024-05-06") == []
