"""Partial dates: '1963', '2014-06' and '2024-05-06', and the days that each may mean."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """The first and the last day that a partial date may mean, with the XSD type of its form."""

    earliest: str
    latest: str
    datatype: Literal["gYear", "gYearMonth", "date"]


def date_range(said: str) -> DateRange:
    """The days that a partial date covers.

    Raises:
        ValueError: it is not a year, year-month or day of the calendar.

    >>> date_range("2014-06")
    DateRange(earliest='2014-06-01', latest='2014-06-30', datatype='gYearMonth')
    """
    match = _PARTIAL.fullmatch(said)
    if match is None:
        raise ValueError(f"not a date: {said!r} (write 1963, 2014-06 or 2024-05-06)")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        if month is None:
            date(year, 1, 1)
            return DateRange(earliest=f"{said}-01-01", latest=f"{said}-12-31", datatype="gYear")
        if day is None:
            date(year, month, 1)
            last = monthrange(year, month)[1]
            return DateRange(earliest=f"{said}-01", latest=f"{said}-{last:02}", datatype="gYearMonth")
        date(year, month, day)
    except ValueError:
        raise ValueError(f"no such day in the calendar: {said!r}") from None
    return DateRange(earliest=said, latest=said, datatype="date")
