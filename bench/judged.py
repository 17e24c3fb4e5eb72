"""Rows and passages of texts that nobody tuned to, judged by hand: draw them, and print what came of it.

    python bench/judged.py draw FOLDER     rows.txt and passages.txt to read, and tables with empty verdicts
    python bench/judged.py                 precision of the judged rows and share of stances found, with intervals

The verdicts are in bench/judged/: offsets and labels, no words of the texts. Half of the rows are of the unlabelled
texts, half of general debates of which no passage on space was annotated.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from spacegov.analysis.alignment import wilson
from spacegov.build.documents import make_extractor
from spacegov.extract.gate import names_domain
from spacegov.model import Document, Metadata, Stance, Vocabulary
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.sources import document_from_text, read_document

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT / ".." / "shared"
JUDGED: Final = ROOT / "bench" / "judged"
SPEECHES: Final = 70
PIECE: Final = 100
ROWS: Final = 100
PASSAGES: Final = 40
SPEECH: Final = re.compile(r"[A-Z]{3}_\d+_\d{4}$")
ROW_COLUMNS: Final = ("number", "doc", "start", "end", "holders", "act", "polarity", "targets", "verdict", "cause")
PASSAGE_COLUMNS: Final = ("number", "doc", "start", "end", "stances", "found", "missed")

Found = tuple[Document, Stance]


def annotated() -> set[str]:
    """Documents with an annotated passage on space (the labelled clauses stand in paragraphs on other things)."""
    files = sorted((ROOT / "data" / "annotations").glob("*.jsonl"))
    return {json.loads(line)["doc"] for file in files for line in file.read_text(encoding="utf-8").splitlines()}


def unlabelled(vocabulary: Vocabulary, seen: set[str]) -> Iterator[Document]:
    """The unlabelled texts that nobody annotated."""
    for path in sorted((SHARED / "corpus" / "unlabelled").glob("*.txt")):
        if path.stem not in seen:
            yield read_document(path, vocabulary=vocabulary)


def speeches(seen: set[str], order: random.Random) -> list[Document]:
    """General debates that name space, of which no passage was annotated and no gold document was cut."""
    cut = [
        piece for p in sorted((SHARED / "corpus").rglob("*.txt")) for piece in _pieces(p.read_text(encoding="utf-8"))
    ]
    states = _states()
    found = []
    with tarfile.open(SHARED / "scale" / "general-debates.tar.xz") as archive:
        for member in archive:
            name = Path(member.name).stem
            stream = archive.extractfile(member) if SPEECH.match(name) and name not in seen else None
            text = stream.read().decode("utf-8", errors="replace") if stream else ""
            plain = _plain(text)
            if not names_domain(text) or any(piece in plain for piece in cut):
                continue
            code, _, year = name.split("_")
            authors = (states[code],) if code in states else ()
            meta = Metadata(doc=name, date=year, authors=authors, forum="unga", kind="statement")
            found.append(document_from_text(text, meta))
    order.shuffle(found)
    return found[:SPEECHES]


def _pieces(text: str) -> Iterator[str]:
    """Three stretches of a text, long enough to stand nowhere else by chance."""
    plain = _plain(text)
    yield from (piece for share in (0.2, 0.5, 0.8) if len(piece := plain[int(len(plain) * share) :][:PIECE]) == PIECE)


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower())


def _states() -> dict[str, str]:
    codes: dict[str, str] = {}
    for file, column in (("states.csv", "iso3"), ("historical_states.csv", "iso")):
        with (SHARED / "reference" / file).open(encoding="utf-8", newline="") as stream:
            codes |= {row[column]: row["id"] for row in csv.DictReader(stream)}
    return codes


def draw(folder: Path, seed: int = 2026) -> None:
    """Draw rows and passages at random and write them for a reader."""
    order, vocabulary, seen = random.Random(seed), load_vocabulary(), annotated()
    documents = [*unlabelled(vocabulary, seen), *speeches(seen, order)]
    extractor = make_extractor(vocabulary)
    rows: list[Found] = [(d, s) for d in documents for s in extractor.extract(d)]
    folder.mkdir(parents=True, exist_ok=True)
    _draw_rows(rows, folder, order)
    _draw_passages(documents, rows, folder, order)
    print(f"{len(documents)} documents, {len(rows)} rows; {ROWS} rows and {PASSAGES} passages are in {folder}")


def _draw_rows(rows: Sequence[Found], folder: Path, order: random.Random) -> None:
    own = [r for r in rows if not SPEECH.match(r[0].metadata.doc)]
    others = [r for r in rows if SPEECH.match(r[0].metadata.doc)]
    first = order.sample(own, min(ROWS // 2, len(own)))
    picked = [*first, *order.sample(others, ROWS - len(first))]
    order.shuffle(picked)
    (folder / "rows.txt").write_text("\n".join(map(_shown, range(ROWS), picked)), encoding="utf-8")
    _write(folder / "rows.tsv", ROW_COLUMNS, map(_row, range(ROWS), picked))


def _draw_passages(documents: Sequence[Document], rows: Sequence[Found], folder: Path, order: random.Random) -> None:
    places = [
        (d, d.offsets[b.start], d.offsets[b.end - 1] + 1)
        for d in documents for b in d.blocks if _is_full(d, b.start, b.end)
    ]  # fmt: skip
    order.shuffle(places)
    texts, table = [], []
    for number, (document, low, high) in enumerate(places[:PASSAGES]):
        mine = [s for d, s in rows if d is document and low <= s.evidence.start < high]
        found = "\n".join(f"- {_folded(s.evidence.exact)} | {_labels(s)}" for s in mine)
        head = f"#{number} {document.metadata.doc} {document.metadata.authors}"
        texts.append(f"{head}\n{document.source[low:high]}\n{found}\n")
        table.append((number, document.metadata.doc, low, high, "", "", ""))
    (folder / "passages.txt").write_text("\n".join(texts), encoding="utf-8")
    _write(folder / "passages.tsv", PASSAGE_COLUMNS, table)


def _is_full(document: Document, start: int, end: int) -> bool:
    return 200 < end - start < 1800 and names_domain(document.text[start:end])


def _folded(text: str) -> str:
    return " ".join(text.split())


def _labels(stance: Stance) -> str:
    return f"{'+'.join(stance.holders)} {stance.act} {stance.polarity} {'+'.join(stance.targets)}"


def _shown(number: int, found: Found) -> str:
    document, stance = found
    start, end = stance.evidence.start, stance.evidence.end
    before, after = document.source[max(0, start - 350) : start], document.source[end : end + 150]
    meta = document.metadata
    return (
        f"#{number} {meta.doc} ({meta.kind}, {meta.date}, {', '.join(meta.authors) or 'no author'})\n"
        f"… {_folded(before)} ⟦{_folded(stance.evidence.exact)}⟧ {_folded(after)} …\n"
        f"{_labels(stance)} forum={stance.forum} date={stance.date} confidence={stance.confidence}\n"
    )


def _row(number: int, found: Found) -> Sequence[object]:
    document, s = found
    return (
        number, document.metadata.doc, s.evidence.start, s.evidence.end, "+".join(s.holders), s.act, s.polarity,
        "+".join(s.targets), "", "",
    )  # fmt: skip


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def kept(name: str) -> list[dict[str, str]]:
    """The rows of one of the kept tables."""
    with (JUDGED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def figures() -> Iterator[str]:
    """Lines with the precision of the rows, the causes of the wrong ones, and the share of stances found."""
    rows = kept("rows.tsv")
    right = sum(r["verdict"] == "right" for r in rows)
    yield f"{right} of {len(rows)} rows right: {_share(right, len(rows))}"
    by_kind = Counter((bool(SPEECH.match(r["doc"])), r["verdict"] == "right") for r in rows)
    for speech, name in ((False, "unlabelled texts"), (True, "general debates")):
        yield f"  {name}: {by_kind[speech, True]} of {by_kind[speech, True] + by_kind[speech, False]}"
    causes = Counter(r["cause"] for r in rows if r["verdict"] != "right")
    for cause, number in sorted(causes.items(), key=lambda item: (-item[1], item[0])):
        yield f"  wrong, {cause}: {number}"
    passages = kept("passages.tsv")
    there, found = (sum(int(p[name]) for p in passages) for name in ("stances", "found"))
    yield f"{len(passages)} passages with {there} stances, {found} found: {_share(found, there)}"


def _share(hits: int, number: int) -> str:
    low, high = wilson(hits, number)
    return f"{hits / number:.2f} (95 % interval {low:.2f} to {high:.2f})"


if __name__ == "__main__":
    if sys.argv[1:2] == ["draw"] and len(sys.argv) == 3:
        draw(Path(sys.argv[2]))
    elif len(sys.argv) == 1:
        print("\n".join(figures()))
    else:
        sys.exit(__doc__)
