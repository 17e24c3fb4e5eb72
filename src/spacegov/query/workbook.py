"""Excel workbooks that hold texts and numbers, never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any, Final

from spacegov.extras import needed

_LONGEST: Final = 32_767
"""Characters that Excel takes in a cell."""
# XML 1.0, production 2 (Char); a form feed or U+FFFF of a PDF would stop the writing of the whole book
_UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def new_workbook() -> Any:
    """A workbook without a sheet, and without the time at which it was made: the same content, the same bytes.

    Raises:
        MissingPiece: openpyxl is not installed.
    """
    from datetime import datetime

    workbook = needed("openpyxl", extra="excel").Workbook()
    workbook.remove(workbook.active)
    workbook.properties.created = workbook.properties.modified = datetime(2000, 1, 1)
    return workbook


def append_row(sheet: Any, cells: Iterable[str | int | float | None]) -> None:
    """Add a row; what Excel cannot hold is left out of its texts."""
    sheet.append([_writable(cell) if isinstance(cell, str) else cell for cell in cells])
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula


def saved(workbook: Any) -> bytes:
    """The bytes of a workbook."""
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)[:_LONGEST]
