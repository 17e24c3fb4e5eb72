"""How well an annotator who saw the guidelines alone agrees with gold rows: what the labels leave to be reached.

    python bench/annotator.py

A language-model annotator read 12 of the documents that the reader never saw, without their gold rows, without this
program and its rows. `bench/judged/annotator.tsv` has its rows: offsets and labels, no words of the texts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Final

from judged import SHARED, kept

from spacegov.score import GoldRow, Scores, load_gold, score, texts_folder
from spacegov.score.rows import as_row, find_texts, fold

TABLE: Final = "annotator.tsv"
COLUMNS: Final = ("doc", "start", "end", "holders", "act", "polarity", "targets", "forum", "date")
LEVELS: Final = ("span", "act", "holder", "stance")


def annotated(texts: dict[str, str]) -> Iterator[GoldRow]:
    """The annotator's rows with their words cut out of the texts."""
    for row in kept(TABLE):
        text = texts[row["doc"]]
        said: dict[str, Any] = {k: row[k] or None for k in ("doc", "act", "polarity", "forum", "date")}
        said |= {k: row[k].split("+") if row[k] else [] for k in ("holders", "targets")}
        yield as_row({**said, "quote": text[int(row["start"]) : int(row["end"])]}, fold(text))


def compared() -> Scores:
    """The annotator's rows against the gold rows of the same documents."""
    documents = sorted({row["doc"] for row in kept(TABLE)})
    gold = [SHARED / "gold" / "train" / f"{d}.gold.jsonl" for d in documents]
    texts = {d: p.read_text(encoding="utf-8") for d, p in find_texts(texts_folder(gold), documents).items()}
    return score(load_gold(gold, {d: fold(t) for d, t in texts.items()}), list(annotated(texts)), documents)


def main() -> None:
    """Print precision, recall and F1 of each level."""
    if not SHARED.is_dir():
        sys.exit(f"{SHARED}: not here; the texts and gold rows are needed")
    scores = compared()
    gold, found = scores.total["span gold"], scores.total["span found"]
    print(f"{len(scores.by_document)} documents, {gold} gold rows, {found} of the annotator")
    for level in LEVELS:
        ratio, (low, high) = scores.ratio(level), scores.interval(level)
        print(
            f"{level}: F1 {ratio.f1:.3f} (95 % interval {low:.2f} to {high:.2f}), "
            f"precision {ratio.precision:.2f}, recall {ratio.recall:.2f}"
        )


if __name__ == "__main__":
    main()
