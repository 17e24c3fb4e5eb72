"""The whole training run: collect examples, fit, write, and report sizes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spacegov.errors import InputError
from spacegov.extract.pipeline import Extractor
from spacegov.learn.examples import Example, clause_examples, examples
from spacegov.learn.sources import annotated_passages, gold_documents, labelled_clauses, written_passages
from spacegov.learn.train import fit, write_models
from spacegov.model import Vocabulary
from spacegov.rdf.vocabulary import load_vocabulary

ANNOTATION_WEIGHT: Final = 0.7
"""Our annotations were made in one pass; the training rows were checked once."""
WRITTEN_WEIGHT: Final = 0.3
"""Passages of our own making have rarer wordings than real texts."""
CLAUSE_WEIGHT: Final = 0.6


def collect(
    gold: Path, texts: Path, shared: Path, annotations: Path, vocabulary: Vocabulary | None = None
) -> list[Example]:
    """Examples of the gold folder and of our annotations (where the shared texts are at hand).

    Raises:
        InputError: the gold folder holds no rows.
    """
    extractor = Extractor(vocabulary or load_vocabulary())
    files = sorted(gold.glob("*.jsonl"))
    if not files:
        raise InputError(f"{gold}: no *.gold.jsonl here; name the folder of the training rows")
    found: list[Example] = []
    for document, rows in gold_documents(files, texts):
        found += examples(extractor, document, rows, 1.0)
    if annotations.is_dir():
        for document, rows in annotated_passages(annotations, shared):
            found += examples(extractor, document, rows, ANNOTATION_WEIGHT)
        for document, labels in labelled_clauses(annotations / "clauses", shared):
            found += clause_examples(extractor, document, labels, CLAUSE_WEIGHT)
        for document, rows in written_passages(annotations / "written"):
            found += examples(extractor, document, rows, WRITTEN_WEIGHT)
    return found


def write(found: list[Example], folder: Path, vocabulary: Vocabulary | None = None) -> Iterator[str]:
    """Fit and write; gives a line a model for the reader."""
    known = frozenset((vocabulary or load_vocabulary()).entries)
    rows = sum(e.row is not None for e in found)
    yield f"{len({e.group for e in found})} documents and passages, {len(found)} clauses, {rows} rows"
    for name, size in write_models(fit(found, known), folder).items():
        yield f"{folder / (name + '.tsv')}: {size} features"
