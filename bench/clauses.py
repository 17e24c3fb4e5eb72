"""What each voice makes of the clauses of gold rows, before slots and thresholds: which act, which side, is it a row.

    python bench/clauses.py [GOLD]     default: ../shared/gold/dev

A clause is paired with the row that it shares most words with, so the figures leave out what the cutting of clauses
loses. Average precision of *row* is over the clauses that the reader was given.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from spacegov.extract.candidate import Candidate
from spacegov.extract.judge import Judge
from spacegov.extract.learned import load_models
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import load_reader
from spacegov.learn.examples import Example, examples
from spacegov.learn.sources import gold_documents
from spacegov.model import Act
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.resources import folder

SHARED: Final = Path(__file__).resolve().parents[1] / ".." / "shared"
Voice = tuple[str, Callable[[Candidate], tuple[str, str]], Callable[[Candidate], float]]


def voices(judge: Judge) -> Iterator[Voice]:
    """The named features alone, the reader alone, and both as the extractor hears them."""
    reader, acts = judge.reader, judge.models["act"].classes
    assert reader is not None
    alone = Judge(judge.models, None, row_threshold=judge.threshold, trust=0.0)

    def named(candidate: Candidate) -> tuple[str, str]:
        unread = replace(candidate, judgement=None)
        act: Act = acts[int(alone.named_acts(unread).argmax())]  # type: ignore[assignment]
        return act, alone.side(unread, act)

    def read(candidate: Candidate) -> tuple[str, str]:
        told = candidate.judgement
        assert told is not None
        return reader.acts[int(np.argmax(told.acts))], reader.sides[int(np.argmax(told.polarities))]

    yield "named features", named, alone.linear_row
    yield "reader", read, lambda c: c.judgement.row if c.judgement else 0.0
    yield "both", lambda c: judge.act(c)[:2], judge.row


def figures(found: Sequence[Example], judge: Judge) -> Iterator[str]:
    """A table: shares of the rows with the right act, the right side and both, and average precision of *row*."""
    from sklearn.metrics import average_precision_score

    heard = [e for e in found if e.candidate.judgement is not None]
    rows = [(e.candidate, e.row) for e in heard if e.row is not None]
    yield f"{len(heard)} clauses read, {len(rows)} of them rows\n"
    yield "| voice | act | side | both | row (average precision) |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for name, decide, score in voices(judge):
        told = [(decide(c), r) for c, r in rows]
        act = np.array([t[0] == r.act for t, r in told])
        side = np.array([t[1] == r.polarity for t, r in told])
        precision = average_precision_score([e.row is not None for e in heard], [score(e.candidate) for e in heard])
        yield f"| {name} | {act.mean():.3f} | {side.mean():.3f} | {(act & side).mean():.3f} | {precision:.3f} |"


def main(gold: Path) -> None:
    """Print the table."""
    weights, vocabulary = folder("data") / "weights", load_vocabulary()
    extractor = Extractor(vocabulary, models=load_models(weights), reader=load_reader(weights / "reader"))
    found: list[Example] = []
    for document, rows in gold_documents(sorted(gold.glob("*.jsonl")), SHARED / "corpus"):
        here = examples(extractor, document, rows, 1.0)
        extractor.judge.hear([e.candidate for e in here], document)
        found += here
    print("\n".join(figures(found, extractor.judge)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "gold" / "dev")
