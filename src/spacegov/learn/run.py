"""The whole training run: collect examples, fit, write, and report sizes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from spacegov.errors import InputError
from spacegov.extract.learned import FUSION
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import TARGETS, Reader, has_reader, load_reader
from spacegov.files import write_atomically
from spacegov.learn.examples import Example, clause_examples, examples
from spacegov.learn.fusion import fit_fusion
from spacegov.learn.sources import annotated_passages, gold_documents, labelled_clauses, written_passages
from spacegov.learn.subjects import fit_subjects
from spacegov.learn.train import fit, write_models
from spacegov.model import Vocabulary
from spacegov.rdf.vocabulary import load_vocabulary

ANNOTATION_WEIGHT: Final = 0.7
"""Our annotations were made in one pass; the training rows were checked once."""
CLAUSE_WEIGHT: Final = 0.35
"""Clauses on other matters; passages of our own making bring weights of their own."""
WHOLE_WEIGHT: Final = 0.05
"""Passages on other matters: together their rows count half as much as those on space. With 0.1 and 0.2 the linear
models alone did no better, and with the reader beside them a little worse."""


def collect(
    gold: Path, texts: Path, shared: Path, annotations: Path, vocabulary: Vocabulary | None = None, *,
    clauses: bool = False,
) -> list[Example]:  # fmt: skip
    """Examples of the gold folder and of our annotations (where the shared texts are at hand).

    `clauses`: with single clauses on other matters, which only the reader learns from.

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
    if not annotations.is_dir():
        return found
    for document, rows in annotated_passages(annotations, shared):
        found += examples(extractor, document, rows, ANNOTATION_WEIGHT, "annotated")
    for document, rows, weight in written_passages(annotations / "written"):
        found += examples(extractor, document, rows, weight, "written")
    for document, rows in annotated_passages(annotations / "whole", shared):
        found += examples(extractor, document, rows, WHOLE_WEIGHT, "whole")
    if clauses:
        for document, labels in labelled_clauses(annotations / "clauses", shared):
            found += clause_examples(extractor, document, labels, CLAUSE_WEIGHT)
    return found


def write(
    found: list[Example], folder: Path, vocabulary: Vocabulary | None = None, held_out: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Fit and write; gives a line a model for the reader of the screen.

    `held_out` are the documents that the neural reader of `folder` has not seen: how much it counts is fitted there.
    """
    known = frozenset((vocabulary or load_vocabulary()).entries)
    rows = sum(e.row is not None for e in found)
    yield f"{len({e.group for e in found})} documents and passages, {len(found)} clauses, {rows} rows"
    models = fit(found, known)
    reader = load_reader(folder / "reader")
    if reader is not None and held_out:
        blind = fit([e for e in found if e.group not in held_out], known)
        models[FUSION] = fit_fusion([e for e in found if e.group in held_out], blind, reader)
    for name, size in write_models(models, folder).items():
        yield f"{folder / (name + '.tsv')}: {size} features"


def hold_out(found: Sequence[Example]) -> frozenset[str]:
    """A third of the gold documents, for the reader not to see."""
    documents = sorted({e.group for e in found if e.source == "gold"})
    random.Random(1).shuffle(documents)
    return frozenset(documents[::3])


def write_new_reader(
    found: Sequence[Example], base: Path, folder: Path, say: Callable[[str], None], vocabulary: Vocabulary | None = None
) -> None:
    """Fit the reader to all but the held-out documents and write it below `folder` (about three hours on two cores).

    Raises:
        MissingPiece: torch or transformers is not installed.
    """
    from spacegov.learn.eight_bits import as_before, samples
    from spacegov.learn.reader import fit_reader
    from spacegov.learn.reader_files import write_reader

    held = hold_out(found)
    known = frozenset((vocabulary or load_vocabulary()).entries)
    seen = [e for e in found if e.group not in held and e.source != "whole"]
    network = fit_reader(seen, base, known, say)
    scales, others = samples(seen, base)
    write_reader(network, base, folder / "reader", scales)
    same = as_before(network, Reader(folder / "reader"), others)
    say(f"eight bits leave {same:.1%} of the acts as they were")
    write_atomically(folder / "reader" / "held-out.txt", ("\n".join(sorted(held)) + "\n").encode())
    write_new_subjects(found, folder, say, vocabulary)


def write_new_subjects(
    found: Sequence[Example], folder: Path, say: Callable[[str], None], vocabulary: Vocabulary | None = None
) -> None:
    """Fit what the reader of `folder` takes clauses to be about, to all but its held-out documents, and write it.

    Raises:
        InputError: there is no reader below `folder`.
        MissingPiece: scikit-learn is not installed.
    """
    place, held = reader_below(folder), held_out_of(folder)
    known = frozenset((vocabulary or load_vocabulary()).entries)
    subjects = fit_subjects([e for e in found if e.group not in held], Reader(place), known, say)
    subjects.write(place)
    say(f"{place / TARGETS}: {len(subjects.targets)} targets")


def reader_below(folder: Path) -> Path:
    """The folder of the reader below a folder of weights.

    Raises:
        InputError: there is none.
    """
    place = folder / "reader"
    if not has_reader(place):
        raise InputError(f"{place}: no reader here; 'make reader' fits one")
    return place


def held_out_of(folder: Path) -> frozenset[str]:
    """The documents that the reader of a folder of weights was not fitted to."""
    place = folder / "reader" / "held-out.txt"
    return frozenset(place.read_text(encoding="utf-8").split()) if place.is_file() else frozenset()
