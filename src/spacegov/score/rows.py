"""Rows as the scorer sees them: ids as sets, quotations as spans of the folded text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from spacegov.errors import InputError, RowError
from spacegov.namespaces import slug
from spacegov.stances import iter_jsonl

# typography is no difference: the same word with another apostrophe is the same word
_LIKE: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u00ad": ""})
_GOLD_SUFFIX: Final = ".gold"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """A row of either side."""

    doc: str
    span: tuple[int, int] | None
    """Start and end in the folded text; None where the quotation is not in the text."""
    act: str
    polarity: str | None
    holders: frozenset[str]
    targets: frozenset[str]
    also_right: frozenset[str]
    forum: str | None
    date: str | None
    quote: str
    where: str


def fold(text: str) -> str:
    """A text without differences of case, white space and typography.

    >>> fold("The  “Treaty”\\n")
    'the "treaty"'
    """
    return re.sub(r"\s+", " ", text.translate(_LIKE)).strip().lower()


def gold_files(paths: Iterable[Path]) -> list[Path]:
    """The gold files among paths; a folder gives all its `*.gold.jsonl`.

    Raises:
        InputError: there is none.
    """
    found = []
    for path in paths:
        found += sorted(path.glob("*.gold.jsonl")) if path.is_dir() else [path]
    if not found:
        raise InputError("no gold rows: name files like <doc>.gold.jsonl, or a folder of them")
    return found


def document_of(path: Path) -> str:
    """The document whose rows a gold file holds."""
    return path.name.removesuffix(".jsonl").removesuffix(_GOLD_SUFFIX)


def texts_folder(gold: Sequence[Path]) -> Path:
    """The folder of the texts: `corpus/` beside the gold folder or a folder above it.

    Raises:
        InputError: there is none.
    """
    for place in gold[0].resolve().parents:
        if (place / "corpus").is_dir():
            return place / "corpus"
    raise InputError(f"{gold[0]}: no folder corpus/ near the gold rows: name the texts with --texts")


def find_texts(folder: Path, documents: Iterable[str]) -> dict[str, Path]:
    """The text file of each document.

    Raises:
        InputError: a document has none.
    """
    names: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.txt")):
        names.setdefault(path.stem, path)
    wanted = list(documents)
    missing = [doc for doc in wanted if doc not in names]
    if missing:
        raise InputError(f"{folder}: no text {missing[0]}.txt")
    return {doc: names[doc] for doc in wanted}


def load_gold(files: Sequence[Path], texts: Mapping[str, str]) -> list[GoldRow]:
    """The gold rows of some files; `texts` holds the folded text of each document."""
    documents = {document_of(path) for path in files}
    rows = load_rows(files, texts)
    strays = sorted({row.doc for row in rows} - documents)
    if strays:
        raise InputError(f"gold rows of documents that no gold file is named after: {', '.join(strays)}")
    return rows


def load_rows(files: Iterable[Path], texts: Mapping[str, str]) -> list[GoldRow]:
    """The rows of some files that belong to the documents of `texts`."""
    return [
        as_row(row, texts[str(row["doc"])], where)
        for path in files
        for where, row in iter_jsonl(path)
        if _needed(row, where) in texts
    ]


def _needed(row: Mapping[str, Any], where: str) -> str:
    if not row.get("doc") or not row.get("act"):
        raise RowError(f"{where}: a row needs doc and act")
    return str(row["doc"])


def as_row(row: Mapping[str, Any], text: str, where: str = "") -> GoldRow:
    """One row with its quotation found in the folded text."""
    date = row.get("date")
    return GoldRow(
        doc=str(row["doc"]),
        span=_span(text, row.get("quote") or "", row.get("start")),
        act=row["act"],
        polarity=row.get("polarity"),
        holders=_ids(row.get("holders")),
        targets=_ids(row.get("targets")),
        also_right=_ids(row.get("also_right")),
        forum=_id(row.get("forum")),
        date=str(date) if date else None,
        quote=row.get("quote") or "",
        where=where,
    )


def _span(text: str, quote: str, near: object) -> tuple[int, int] | None:
    """Where the quotation stands; of several places the one nearest to the row's own start."""
    folded = fold(quote)
    if not folded:
        return None
    starts = [match.start() for match in re.finditer(re.escape(folded), text)]
    if not starts:
        return None
    start = min(starts, key=lambda at: abs(at - near)) if isinstance(near, int) else starts[0]
    return start, start + len(folded)


def _id(identifier: object) -> str | None:
    return slug(str(identifier)).lower() if identifier else None


def _ids(identifiers: Iterable[object] | None) -> frozenset[str]:
    return frozenset(found for found in map(_id, identifiers or ()) if found)
