"""The stance rows of a built folder as JSON Lines or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from spacegov.errors import InputError
from spacegov.stances import jsonl, read_jsonl, to_csv

ROW_FORMATS: Final = ("csv", "jsonl")


def export_rows(folder: Path, form: str) -> bytes:
    """The rows of a built folder.

    Raises:
        InputError: the folder holds no rows, or a line of them is no stance.
    """
    path = folder / "stances.jsonl"
    if not path.is_file():
        raise InputError(f"{folder}: no stances.jsonl here: run 'spacegov build --out {folder}' first")
    stances = read_jsonl(path)
    return (to_csv(stances) if form == "csv" else jsonl(stances)).encode()
