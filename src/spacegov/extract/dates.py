"""Dates in running text, with the precision that they were said with.

A grammar of our own: the libraries of that field were measured and guess wrong days in silence
('On May 6, the 78th' became 1978-05-06). Relative dates are reckoned from the document's date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from spacegov.extract.records import DateMention

FULL_DAY: Final = len("2024-05-06")
"""Characters of a date that names its day."""
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:19[4-9]\d|20[0-4]\d)"
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_FULL: Final = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_MONTH})\.?,? (?P<y1>{_YEAR})"
    rf"|(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>{_YEAR})"
    rf"|(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|(?P<m4>{_MONTH})\.?,? (?:of )?(?P<y4>{_YEAR})"
    rf"|(?P<d5>\d{{1,2}})(?:st|nd|rd|th)? (?P<m5>{_MONTH})\b"
    rf"|(?P<m6>{_MONTH})\.? (?P<d6>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)"
    rf"|(?:in|since|of|last|this) (?P<m7>{_MONTH})\b(?!\.?,? (?:of )?{_YEAR})(?P<same>(?: of)? this year)?"
    rf"|\b(?P<y8>{_YEAR})\b)",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(
    rf"\b(?:(?P<this>this year|earlier this year|the current year)|(?P<last>last year|the past year)"
    rf"|(?:on |last |this past )(?P<day>{'|'.join(_DAYS)})"
    rf"|(?P<today>today|this morning|this afternoon)|(?P<yesterday>yesterday))\b",
    re.IGNORECASE,
)


def find_dates(text: str, document_date: str | None) -> list[DateMention]:
    """Dates in reading order; days that do not exist are left out.

    >>> [d.value for d in find_dates("in 2008 and its updated text in June 2014", None)]
    ['2008', '2014-06']
    """
    found = [*_absolute(text, document_date), *_relative(text, document_date)]
    found.sort(key=lambda d: (d.start, -(d.end - d.start)))
    kept: list[DateMention] = []
    for date in found:
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept


def _absolute(text: str, document_date: str | None) -> Iterator[DateMention]:
    for match in _FULL.finditer(text):
        parts = {k: v for k, v in match.groupdict().items() if v}
        year = next((parts[k] for k in parts if k[0] == "y"), None)
        month_word = next((parts[k] for k in parts if k[0] == "m"), None)
        day = next((parts[k] for k in parts if k[0] == "d"), None)
        relative = year is None
        if year is None:
            year = document_date[:4] if document_date else None
            if year is None:
                continue
        if month_word and month_word.lower() == "may" and day is None and not month_word[0].isupper():
            continue
        value = _iso(year, month_word, day)
        if value is None:
            continue
        if not (month_word or day) and _no_year(text, match.start(), match.end()):
            continue
        yield DateMention(start=match.start(), end=match.end(), value=value, relative=relative)


def _no_year(text: str, start: int, end: int) -> bool:
    """Four digits that count something else: a paragraph, a symbol, 'resolution 1962'."""
    before, after = text[max(0, start - 12) : start].lower(), text[end : end + 3]
    return before.endswith(("resolution ", "resolutions ", "no. ", "/", "para. ", "-", "$")) or (
        after.startswith(("/", " (", "-", "th")) and not after.startswith("-")
    )


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    if day is None:
        return f"{year}-{number:02d}"
    try:
        return dt.date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def _relative(text: str, document_date: str | None) -> Iterator[DateMention]:
    if not document_date:
        return
    for match in _RELATIVE.finditer(text):
        value: str | None = None
        if match["this"]:
            value = document_date[:4]
        elif match["last"]:
            value = str(int(document_date[:4]) - 1)
        elif len(document_date) == 10:
            day = dt.date.fromisoformat(document_date)
            if match["today"]:
                value = document_date
            elif match["yesterday"]:
                value = (day - dt.timedelta(days=1)).isoformat()
            elif match["day"]:
                back = (day.weekday() - _DAYS.index(match["day"].lower())) % 7
                value = (day - dt.timedelta(days=back)).isoformat()
        if value:
            yield DateMention(start=match.start(), end=match.end(), value=value, relative=True)
