"""Lexical forms and the order of values."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from spacegov.validate.literals import XSD, is_valid, less_or_equal, less_than


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("integer", ["0", "-7", "+01"], ["", "1.0", " 1", "1e2"]),
        ("nonNegativeInteger", ["0"], ["-1"]),
        ("positiveInteger", ["1"], ["0"]),
        ("byte", ["-128", "127"], ["128"]),
        ("decimal", ["1.", ".5", "-0.6"], ["1e2", "", "."]),
        ("double", ["1e2", "INF", "-INF", "NaN"], ["inf", "1e"]),
        ("boolean", ["true", "0"], ["True", "yes"]),
        ("date", ["2020-02-29", "-0044-03-15", "2020-01-01Z", "12020-01-01"], ["2019-02-29", "2020-1-1", "20-01-01"]),
        ("dateTime", ["2020-01-01T24:00:00", "2020-01-01T00:00:00.5+14:00"], ["2020-01-01", "2020-01-01T25:00:00"]),
        ("dateTimeStamp", ["2020-01-01T00:00:00Z"], ["2020-01-01T00:00:00"]),
        ("time", ["23:59:59"], ["24:00:01"]),
        ("gYear", ["2020", "-0044", "2020Z"], ["20", "2020-01"]),
        ("gYearMonth", ["2020-12"], ["2020-13"]),
        ("gMonthDay", ["--02-29"], ["--02-30"]),
        ("duration", ["P1Y", "PT0.5S", "-P1D"], ["P", "PT", "1Y"]),
        ("language", ["en", "zh-hans"], ["", "en_GB"]),
        ("hexBinary", ["", "0aFF"], ["0"]),
        ("anyURI", ["anything goes"], []),
    ],
)
def test_lexical_forms(name: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not is_valid(typed(text, name))] == []
    assert [text for text in bad if is_valid(typed(text, name))] == []


def test_a_datatype_of_others_is_taken_as_it_is() -> None:
    assert is_valid(ox.Literal("x", datatype=ox.NamedNode("http://e/own")))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (typed("1", "integer"), typed("1.5", "decimal")),
        (typed("-INF", "double"), typed("0", "integer")),
        (typed("2019-12-31", "date"), typed("2020-01-01", "date")),
        (typed("-0044-03-15", "date"), typed("0001-01-01", "date")),
        (typed("2020-01-01T12:00:00+02:00", "dateTime"), typed("2020-01-01T11:00:00Z", "dateTime")),
        (typed("2019", "gYear"), typed("2020", "gYear")),
        (ox.Literal("a"), ox.Literal("b")),
    ],
)
def test_order(less: ox.Literal, more: ox.Literal) -> None:
    assert less_than(less, more) is True
    assert less_than(more, less) is False
    assert less_or_equal(less, less) is True


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (typed("2014", "gYear"), typed("2014-06-01", "date")),
        (typed("2014-06-01", "date"), typed("2014-06-01Z", "date")),
        (typed("1", "integer"), ox.Literal("2")),
        (typed("NaN", "double"), typed("1", "integer")),
        (typed("2020-02-30", "date"), typed("2020-03-01", "date")),
        (ox.Literal("a", language="en"), ox.Literal("b", language="en")),
    ],
)
def test_what_cannot_be_compared_is_neither_before_nor_after(one: ox.Literal, two: ox.Literal) -> None:
    assert less_than(one, two) is None
    assert less_or_equal(one, two) is None
