"""Annotated passages as training examples: which clause of a text is which row.

Two sources: gold rows (`<doc>.gold.jsonl` with quotes, beside their texts) and annotations of our own
(`data/annotations/*.jsonl`: offsets and labels of passages in texts that are not shipped).
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacegov.errors import InputError
from spacegov.extract.pipeline import Candidate, Extractor
from spacegov.model import Document, Metadata
from spacegov.sources import document_from_text, read_document


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One annotated stance; offsets are code points of the passage's source text."""

    start: int
    end: int
    act: str
    polarity: str
    targets: tuple[str, ...]
    also_right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A clause with its row (or none), and how much it counts."""

    group: str
    """Document that it comes from: cross-validation never splits one."""
    candidate: Candidate
    row: Row | None
    weight: float


def examples(extractor: Extractor, document: Document, rows: Sequence[Row], weight: float) -> list[Example]:
    """Every clause of a document, paired one to one with the annotated rows that it overlaps best.

    A clause that overlaps a row which another clause shows better counts little as a negative.
    """
    candidates = list(extractor.candidates(document))
    spans = [_span(c, document) for c in candidates]
    pairs = sorted(
        ((overlap((row.start, row.end), span), -i, -j) for i, row in enumerate(rows) for j, span in enumerate(spans)),
        reverse=True,
    )
    of_candidate: dict[int, Row] = {}
    used: set[int] = set()
    touched: set[int] = set()
    for share, i, j in pairs:
        if share <= 0:
            break
        touched.add(-j)
        if -i not in used and -j not in of_candidate:
            used.add(-i)
            of_candidate[-j] = rows[-i]
    return [
        Example(
            group=document.metadata.doc, candidate=c, row=of_candidate.get(j),
            weight=weight * (0.3 if j in touched and j not in of_candidate else 1.0),
        )
        for j, c in enumerate(candidates)
    ]  # fmt: skip


def _span(candidate: Candidate, document: Document) -> tuple[int, int]:
    block = document.blocks[candidate.clause.block]
    return document.source_span(block.start + candidate.clause.start, block.start + candidate.clause.end)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared part of the longer span; 0.0 where the two are no pair (the scorer's rule).

    They are a pair where they share at least half of the shorter and a fifth of the longer one.
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    short, long = sorted((a[1] - a[0], b[1] - b[0]))
    return shared / long if long and shared >= short / 2 and shared >= long / 5 else 0.0


# --- gold rows ------------------------------------------------------------------------------------------


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
    speeches: dict[str, str] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            text = _text_of(entry["doc"], shared, speeches)
            if hashlib.sha256(text.encode()).hexdigest() != entry["sha256"]:
                raise InputError(f"{path}: {entry['doc']} is not the text that was annotated (another hash)")
            low, high = entry["passage"]
            meta = Metadata(
                doc=f"{entry['doc']}@{low}", date=entry.get("date"), authors=tuple(entry.get("authors", ())),
                forum=entry.get("forum"), kind=entry.get("kind"),
            )  # fmt: skip
            rows = [
                Row(
                    start=r["start"] - low, end=r["end"] - low, act=r["act"], polarity=r["polarity"],
                    targets=tuple(r["targets"]), also_right=tuple(r.get("also_right", ())),
                )
                for r in entry["rows"]
            ]  # fmt: skip
            yield document_from_text(text[low:high], meta), rows


def _text_of(doc: str, shared: Path, speeches: dict[str, str]) -> str:
    plain = shared / "corpus" / "unlabelled" / f"{doc}.txt"
    if plain.is_file():
        return plain.read_text(encoding="utf-8")
    if not speeches:
        with tarfile.open(shared / "scale" / "general-debates.tar.xz") as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isfile() else None
                if stream is not None:
                    speeches[Path(member.name).stem] = stream.read().decode("utf-8", errors="replace")
    return speeches[doc]
