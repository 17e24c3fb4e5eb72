"""What a stance row must hold, and the complaint where it does not.

Rows come from hands and other programs: whatever stands in one, the answer is a `RowError` that names the
column, so that a bad line is told and never ends the reading of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from spacegov.dates import date_range
from spacegov.errors import RowError
from spacegov.model import ACTS, POLARITIES, Review

COLUMNS: Final = (
    "id", "doc", "start", "end", "quote", "holders", "speaker", "act", "polarity", "targets", "addressees",
    "forum", "date", "on_behalf_of", "confidence", "review", "extractor", "condition", "may_allude", "checks",
    "page",
)  # fmt: skip
"""Those of the row format (DESIGN, section 5) in its order, and what else a stance holds."""

_REVIEWS: Final[tuple[str, ...]] = get_args(Review)
_REQUIRED: Final = ("doc", "start", "end", "quote", "holders", "act", "polarity", "targets")
_LISTS: Final = ("holders", "targets", "addressees")
_RECORDS: Final = ("may_allude", "checks")
_WORDS: Final = ("id", "speaker", "forum", "date", "on_behalf_of", "extractor", "condition")


def check_row(row: Mapping[str, Any], where: str) -> None:
    """Refuse what would otherwise be lost or end as a wrong triple.

    Raises:
        RowError: a column is missing, unknown or holds what it cannot hold; the line says which.
    """
    missing = [column for column in _REQUIRED if column not in row]
    if missing:
        raise RowError(f"{where}: no {', '.join(missing)}: a stance row needs {', '.join(_REQUIRED)}")
    unknown = sorted(set(row) - set(COLUMNS))
    if unknown:
        raise RowError(f"{where}: unknown column {unknown[0]!r}: known are {', '.join(COLUMNS)}")
    for column in _LISTS:
        value = row.get(column)
        if not isinstance(value or [], list) or not all(isinstance(v, str) and v for v in value or []):
            raise RowError(f"{where}: {column} is {value!r}: write a list of ids")
    for column in _WORDS:
        if not isinstance(row.get(column), str | None):
            raise RowError(f"{where}: {column} is {row[column]!r}: write a string or null")
    if not isinstance(row["doc"], str) or not row["doc"] or not isinstance(row["quote"], str):
        said = f"doc is {row['doc']!r}, quote is {str(row['quote'])[:40]!r}"
        raise RowError(f"{where}: {said}: write two strings, doc not empty")
    if not row["holders"] or not row["targets"]:
        raise RowError(f"{where}: a stance has at least one holder and one target")
    _check_choice(row["act"], ACTS, "act", where)
    _check_choice(row["polarity"], POLARITIES, "polarity", where)
    _check_choice(row.get("review") or "unreviewed", _REVIEWS, "review", where)
    _check_numbers(row, where)
    _check_extras(row, where)
    if row.get("date") is not None:
        try:
            date_range(row["date"])
        except ValueError as error:
            raise RowError(f"{where}: {error}") from None


def _check_choice(value: object, choices: tuple[str, ...], column: str, where: str) -> None:
    if value not in choices:
        raise RowError(f"{where}: {column} is {value!r}: one of {', '.join(choices)}")


def _check_numbers(row: Mapping[str, Any], where: str) -> None:
    start, end, confidence = row["start"], row["end"], row.get("confidence", 0.5)
    whole = all(isinstance(number, int) and not isinstance(number, bool) for number in (start, end))
    if not whole or not 0 <= start < end:
        raise RowError(f"{where}: start {start!r}, end {end!r}: whole numbers with 0 <= start < end")
    page = row.get("page")
    if page is not None and (isinstance(page, bool) or not isinstance(page, int) or page < 1):
        raise RowError(f"{where}: page is {page!r}: a whole number from 1, or null")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise RowError(f"{where}: confidence is {confidence!r}: a number from 0 to 1")


def _check_extras(row: Mapping[str, Any], where: str) -> None:
    for column in _RECORDS:
        if not isinstance(row.get(column) or [], list):
            raise RowError(f"{where}: {column} is {row[column]!r}: write a list, or null")
    for item in row.get("may_allude") or []:
        if not (isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)) or not (
            isinstance(item[1], int | float) and 0 <= item[1] <= 1
        ):
            raise RowError(f"{where}: may_allude holds {item!r}: write [actor id, confidence]")
    for check in row.get("checks") or []:
        if not isinstance(check, dict) or not {"name", "passed"} <= set(check) <= {"name", "passed", "note"}:
            raise RowError(f"{where}: checks holds {check!r}: write name, passed and note")
