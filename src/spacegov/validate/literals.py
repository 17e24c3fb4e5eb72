"""Values of literals: whether a lexical form is valid for its datatype, and which of two is less.

After XML Schema 1.1 Part 2 (lexical spaces) and the SPARQL operator table (which types compare).
Partial dates compare with their own kind only: whether 2014 is before 2014-06 has no answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final, NamedTuple

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES

XSD: Final = PREFIXES["xsd"]
_ZONE: Final = r"(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?"
_YEAR: Final = r"(-?(?:[1-9]\d{3,}|0\d{3}))"
_TIME: Final = r"(?:([01]\d|2[0-3]):([0-5]\d):([0-5]\d(?:\.\d+)?)|(24):(00):(00(?:\.0+)?))"
_DATE_TIME: Final = re.compile(rf"{_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T{_TIME}{_ZONE}", re.ASCII)
_DATE: Final = re.compile(rf"{_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_ZONE}", re.ASCII)
_TIME_ONLY: Final = re.compile(_TIME + _ZONE, re.ASCII)
_G_YEAR: Final = re.compile(_YEAR + _ZONE, re.ASCII)
_G_YEAR_MONTH: Final = re.compile(rf"{_YEAR}-(0[1-9]|1[0-2]){_ZONE}", re.ASCII)
_G_MONTH_DAY: Final = re.compile(rf"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){_ZONE}", re.ASCII)
_DURATION: Final = re.compile(
    r"-?P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?", re.ASCII
)

_INTEGER_RANGES: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_PATTERNS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.ASCII)
    for name, pattern in {
        "boolean": r"true|false|1|0",
        "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
        "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
        "float": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
        "gMonth": rf"--(0[1-9]|1[0-2]){_ZONE}",
        "gDay": rf"---(0[1-9]|[12]\d|3[01]){_ZONE}",
        "hexBinary": r"(?:[0-9a-fA-F]{2})*",
        "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?",
        "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
        "yearMonthDuration": r"-?P(?=.)(?:\d+Y)?(?:\d+M)?",
        "dayTimeDuration": r"-?P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    }.items()
}


def is_valid(literal: ox.Literal) -> bool:
    """Whether the lexical form belongs to the datatype; datatypes that are not known here always do.

    >>> is_valid(ox.Literal("2020-02-30", datatype=ox.NamedNode(XSD + "date")))
    False
    """
    name = literal.datatype.value
    if not name.startswith(XSD):
        return True
    name = name.removeprefix(XSD)
    text = literal.value
    if name in _INTEGER_RANGES:
        return _is_integer(text, *_INTEGER_RANGES[name])
    if name in _PATTERNS:
        return _PATTERNS[name].fullmatch(text) is not None
    checker = _CALENDAR.get(name)
    return checker(text) if checker else True


def less_than(left: ox.Literal, right: ox.Literal) -> bool | None:
    """Whether one value is before another; None where the two cannot be compared.

    >>> less_than(ox.Literal(1), ox.Literal(2.5)), less_than(ox.Literal(1), ox.Literal("2"))
    (True, None)
    """
    one, two = _key(left), _key(right)
    if one is None or two is None or one.kind != two.kind or one.zoned != two.zoned:
        return None
    if one.value != one.value or two.value != two.value:  # NaN is before and after nothing
        return None
    return bool(one.value < two.value)


def less_or_equal(left: ox.Literal, right: ox.Literal) -> bool | None:
    """Whether one value is before another or the same; None where the two cannot be compared."""
    after = less_than(right, left)
    return None if after is None else not after


class _Comparable(NamedTuple):
    kind: str
    zoned: bool
    value: Any


def _key(literal: ox.Literal) -> _Comparable | None:
    name = literal.datatype.value.removeprefix(XSD)
    text = literal.value
    if literal.language or not is_valid(literal):
        return None
    if name == "string":
        return _Comparable("string", False, text)
    if name in _INTEGER_RANGES or name in ("decimal", "double", "float"):
        return _Comparable("number", False, _number(text))
    if name == "boolean":
        return _Comparable("boolean", False, text in ("true", "1"))
    for kind, pattern in (
        ("dateTime", _DATE_TIME),
        ("date", _DATE),
        ("gYear", _G_YEAR),
        ("gYearMonth", _G_YEAR_MONTH),
    ):
        if name == kind and (match := pattern.fullmatch(text)):
            return _Comparable(kind, match.groups()[-1] is not None, _instant(kind, match))
    return None


def _number(text: str) -> Decimal | float:
    if text.endswith(("INF", "NaN")):
        return math.nan if text == "NaN" else math.copysign(math.inf, -1 if text.startswith("-") else 1)
    return Decimal(text)


def _instant(kind: str, match: re.Match[str]) -> Decimal:
    """Seconds on a proleptic calendar, zone taken off."""
    groups = match.groups()
    year = int(groups[0])
    month = int(groups[1]) if kind != "gYear" else 1
    day = int(groups[2]) if kind in ("date", "dateTime") else 1
    seconds = Decimal(_days(year, month, day)) * 86400
    if kind == "dateTime":
        hour, minute, second = (part for part in groups[3:9] if part is not None)
        seconds += int(hour) * 3600 + int(minute) * 60 + Decimal(second)
    zone = groups[-1]
    if zone and zone != "Z":
        offset = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds -= offset if zone[0] == "+" else -offset
    return seconds


def _days(year: int, month: int, day: int) -> int:
    # days since 0000-03-01, the civil calendar counted in eras of 400 years
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def _is_integer(text: str, lowest: int | None, highest: int | None) -> bool:
    if not re.fullmatch(r"[+-]?\d+", text, re.ASCII):
        return False
    number = int(text)
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def _month_has_day(year: int, month: int, day: int) -> bool:
    if month == 2:
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return day <= (29 if leap else 28)
    return day <= (30 if month in (4, 6, 9, 11) else 31)


def _dated(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    def valid(text: str) -> bool:
        match = pattern.fullmatch(text)
        return match is not None and _month_has_day(int(match[1]), int(match[2]), int(match[3]))

    return valid


def _month_day(text: str) -> bool:
    match = _G_MONTH_DAY.fullmatch(text)
    return match is not None and _month_has_day(2000, int(match[1]), int(match[2]))


_CALENDAR: Final[dict[str, Callable[[str], bool]]] = {
    "date": _dated(_DATE),
    "dateTime": _dated(_DATE_TIME),
    "dateTimeStamp": lambda text: _dated(_DATE_TIME)(text) and re.search(r"(Z|[+-]\d\d:\d\d)$", text) is not None,
    "time": lambda text: _TIME_ONLY.fullmatch(text) is not None,
    "gYear": lambda text: _G_YEAR.fullmatch(text) is not None,
    "gYearMonth": lambda text: _G_YEAR_MONTH.fullmatch(text) is not None,
    "gMonthDay": _month_day,
    "duration": lambda text: _DURATION.fullmatch(text) is not None,
}
