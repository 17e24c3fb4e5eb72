"""Where annotated texts come from: gold rows, passages and clauses that we annotated, passages that we wrote.

- gold rows: `<doc>.gold.jsonl` with quotes, beside their texts;
- `data/annotations/*.jsonl`: offsets and labels of passages in texts that are not shipped;
- `data/annotations/whole/*.jsonl`: the same on other matters than space, without targets;
- `data/annotations/clauses/*.jsonl`: act and side of single clauses in such texts, on any matter;
- `data/annotations/written/*.jsonl`: made-up passages of our own, with their words.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from spacegov.errors import InputError
from spacegov.learn.examples import Row
from spacegov.model import Document, Metadata
from spacegov.sources import document_from_text, read_document


def gold_documents(gold: Iterable[Path], texts: Path) -> Iterator[tuple[Document, list[Row]]]:
    """Documents of gold files with their rows, found by their quotes.

    Raises:
        InputError: a gold file names a text that is not below `texts`.
    """
    places = {p.stem: p for p in texts.rglob("*.txt")}
    for path in sorted(gold):
        name = path.name.removesuffix(".jsonl").removesuffix(".gold")
        if name not in places:
            raise InputError(f"{path}: no text {name}.txt below {texts}; give --texts the folder of the corpus")
        document = read_document(places[name])
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        yield document, [r for row in rows if (r := _located(row, document.source)) is not None]


def _located(row: Mapping[str, object], source: str) -> Row | None:
    """A gold row at the place of its quote (white space and quotation marks folded)."""
    folded, places = fold(source)
    quote, _ = fold(str(row["quote"]))
    at = folded.find(quote.strip())
    if at < 0:
        return None
    return Row(
        start=places[at], end=places[at + len(quote.strip()) - 1] + 1, act=str(row["act"]),
        polarity=str(row["polarity"]), targets=_ids(row.get("targets")), also_right=_ids(row.get("also_right")),
    )  # fmt: skip


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


_FOLDS = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def fold(text: str) -> tuple[str, list[int]]:
    """Text with white space and quotation marks folded and lower case, and where each character came from."""
    out: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character == "\u00ad":
            continue
        folded = " " if character.isspace() else character.translate(_FOLDS)
        if folded == " " and (not out or out[-1] == " "):
            continue
        out.append(folded.lower()[:1])
        places.append(place)
    return "".join(out), places


# --- annotations of our own -----------------------------------------------------------------------------


def annotated_passages(folder: Path, shared: Path) -> Iterator[tuple[Document, list[Row]]]:
    """Passages of the texts beside the checkout with our annotations, checked by hash.

    Raises:
        InputError: a text differs from the one that was annotated.
    """
    for entry, text in _passages(folder, shared):
        low, high = entry["passage"]
        rows = [
            Row(
                start=r["start"] - low, end=r["end"] - low, act=r["act"], polarity=r["polarity"],
                targets=tuple(r.get("targets", ())), also_right=tuple(r.get("also_right", ())),
            )
            for r in entry["rows"]
        ]  # fmt: skip
        yield document_from_text(text[low:high], _metadata(entry, f"{entry['doc']}@{low}")), rows


def labelled_clauses(folder: Path, shared: Path) -> Iterator[tuple[Document, dict[tuple[int, int], Row | None]]]:
    """Passages on any matter with labels of single clauses, by their offsets in the passage.

    Raises:
        InputError: a text differs from the one that was annotated.
    """
    for entry, text in _passages(folder, shared):
        low, high = entry["passage"]
        labels = {
            (c["start"] - low, c["end"] - low): Row(
                start=c["start"] - low, end=c["end"] - low, act=c["act"], polarity=c["polarity"], targets=()
            )
            if "act" in c
            else None
            for c in entry["clauses"]
        }
        yield document_from_text(text[low:high], _metadata(entry, f"{entry['doc']}@{low}")), labels


def written_passages(folder: Path) -> Iterator[tuple[Document, list[Row], float]]:
    """Passages of our own making, with their words, and how much each counts.

    Raises:
        InputError: a quote does not stand in its passage.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            entry = json.loads(line)
            rows = [_written(row, entry["text"], f"{path}:{number}") for row in entry["rows"]]
            yield document_from_text(entry["text"], _metadata(entry, entry["id"])), rows, float(entry["weight"])


def _written(row: Mapping[str, Any], text: str, where: str) -> Row:
    at = text.find(row["quote"])
    if at < 0:
        raise InputError(f"{where}: the passage does not hold the quote {row['quote'][:40]!r}")
    return Row(
        start=at, end=at + len(row["quote"]), act=row["act"], polarity=row["polarity"],
        targets=_ids(row["targets"]), also_right=_ids(row.get("also_right")),
    )  # fmt: skip


def _metadata(entry: Mapping[str, Any], doc: str) -> Metadata:
    return Metadata(
        doc=doc, date=entry.get("date"), authors=tuple(entry.get("authors", ())), forum=entry.get("forum"),
        kind=entry.get("kind"),
    )  # fmt: skip


def _passages(folder: Path, shared: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            text = _text_of(entry["doc"], shared)
            if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
                raise InputError(f"{path}: {entry['doc']} is not the text that was annotated (another hash)")
            yield entry, text


def _text_of(doc: str, shared: Path) -> str:
    plain = shared / "corpus" / "unlabelled" / f"{doc}.txt"
    return plain.read_text(encoding="utf-8") if plain.is_file() else _speeches(shared)[doc]


@lru_cache(maxsize=1)
def _speeches(shared: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    with tarfile.open(shared / "scale" / "general-debates.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                found[Path(member.name).stem] = stream.read().decode("utf-8", errors="replace")
    return found
