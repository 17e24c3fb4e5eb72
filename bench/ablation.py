"""What each component of the extraction is worth: scores on gold rows with one switched off at a time.

python bench/ablation.py [GOLD folder]    default: ../shared/gold/dev, its texts in ../shared/corpus

The weights stay as they are: they were fitted with every component on, so a row says how much the shipped
extractor leans on a component, not how well one without it could be made. The second table says what the stance figure
would be if the rows that were found had a decision right: where work would pay. The last lines are the speed on one
core (time of the process, language model and vocabulary loaded).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import numpy as np

from spacegov.build.documents import load_vocabulary
from spacegov.extract import pipeline, targets
from spacegov.extract.discourse import Discourse
from spacegov.extract.learned import FUSION, LinearModel, load_models
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import Reader, load_reader
from spacegov.model import Block, Document, Vocabulary
from spacegov.resources import folder
from spacegov.score import GoldRow, Scores, load_gold, score, texts_folder
from spacegov.score.pairing import same_act, same_holders, shared_target
from spacegov.score.rows import as_row, document_of, find_texts, fold, gold_files
from spacegov.sources import read_document
from spacegov.stances import to_row

DECISIONS: Final = (("act",), ("holder",), ("target",), ("holder", "target"), ("act", "holder"), ("act", "target"))
"""Which are taken for right in the second table."""
MEASURES: Final = ("span", "act", "holder", "stance", "targets")
DEFAULT: Final = Path(__file__).resolve().parent.parent / ".." / "shared" / "gold" / "dev"
Models = Mapping[str, LinearModel]


@dataclass(frozen=True, kw_only=True)
class Ablation:
    """A component, and how the extractor is made without it."""

    name: str
    vocabulary: Callable[[Vocabulary], Vocabulary] = lambda whole: whole
    models: Callable[[Models], Models] = lambda whole: whole
    settings: Mapping[str, Any] | None = None
    around: Callable[[], AbstractContextManager[Any]] = nullcontext
    document: Callable[[Document], Document] = lambda read: read
    reader: bool = True


def reader_alone(models: Models) -> Models:
    """The named features count nothing wherever the reader has spoken."""
    if FUSION not in models:
        return models
    fusion = models[FUSION]
    silent = {**fusion.weights, "linear": np.zeros(len(fusion.classes), dtype=np.float32)}
    return {**models, FUSION: LinearModel(fusion.classes, silent)}


def without_cues(whole: Vocabulary) -> Vocabulary:
    """The vocabulary without the words that only hint at a topic."""
    entries = {i: replace(e, names=tuple(n for n in e.names if not n.cue)) for i, e in whole.entries.items()}
    return replace(whole, entries=entries)


def one_paragraph(document: Document) -> Document:
    """The source text as it is, in one block."""
    whole = Block(start=0, end=len(document.source), kind="paragraph")
    places = tuple(range(len(document.source) + 1))
    return replace(document, text=document.source, offsets=places, blocks=(whole,))


def one_voice() -> AbstractContextManager[Any]:
    """Every sentence is the document's own."""
    return patch.object(Discourse, "of_sentence", lambda self, sentence, block, mentions: self.base)


def nothing_described() -> AbstractContextManager[Any]:
    """No instrument is known by its sponsors and date."""
    return patch.object(targets, "described", lambda *args, **kwargs: None)


def no_culprit() -> AbstractContextManager[Any]:
    """No unnamed state as a target."""
    return patch.object(pipeline, "culprits", lambda ids, *rest: ids)


ABLATIONS: Final = (
    Ablation(name="everything"),
    Ablation(name="no frames of the lexicon", vocabulary=lambda v: replace(v, frames=())),
    Ablation(name="no learnt component (rules only)", models=lambda m: {}),
    Ablation(name="no reader", reader=False),
    Ablation(name="no named features beside the reader", models=reader_alone),
    Ablation(name="no learnt targets", models=lambda m: {n: one for n, one in m.items() if n != "target"}),
    Ablation(name="no trust in the rules", settings={"trust": 0.0}),
    Ablation(name="no reported speech", around=one_voice),
    Ablation(name="no cues of topics", vocabulary=without_cues),
    Ablation(name="no described instruments", around=nothing_described),
    Ablation(name="no unnamed culprits", around=no_culprit),
    Ablation(name="no normaliser", document=one_paragraph),
)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Gold rows with their texts, read once."""

    gold: list[GoldRow]
    folded: dict[str, str]
    documents: list[Document]
    vocabulary: Vocabulary
    models: Models
    reader: Reader | None


def load(gold: Path) -> Bench:
    """The gold rows of a folder, their texts, the vocabulary and the weights."""
    files = gold_files([gold])
    paths = find_texts(texts_folder(files), map(document_of, files))
    folded = {doc: fold(path.read_text(encoding="utf-8")) for doc, path in paths.items()}
    vocabulary = load_vocabulary()
    documents = [read_document(path, vocabulary=vocabulary) for path in paths.values()]
    weights = folder("data") / "weights"
    return Bench(
        gold=load_gold(files, folded), folded=folded, documents=documents, vocabulary=vocabulary,
        models=load_models(weights), reader=load_reader(weights / "reader"),
    )  # fmt: skip


def run(ablation: Ablation, bench: Bench) -> Scores:
    """Scores without one component."""
    with ablation.around():
        extractor = Extractor(
            ablation.vocabulary(bench.vocabulary), models=ablation.models(bench.models),
            reader=bench.reader if ablation.reader else None, **(ablation.settings or {}),
        )  # fmt: skip
        rows = list(_rows(ablation, extractor, bench))
    return score(bench.gold, rows, bench.folded)


def _rows(ablation: Ablation, extractor: Extractor, bench: Bench) -> Iterator[GoldRow]:
    for document in bench.documents:
        for stance in extractor.extract(ablation.document(document)):
            yield as_row(to_row(stance), bench.folded[document.metadata.doc], stance.id)


def if_right(scores: Scores, given: Collection[str]) -> float:
    """Stance F1 of the same rows if some decisions were right in every pair."""
    right = {"act": same_act, "holder": same_holders, "target": shared_target}
    asked = [test for name, test in right.items() if name not in given]
    hit = sum(all(test(pair.gold, pair.found) for test in asked) for pair in scores.pairs)
    return replace(scores.ratio("stance"), hit=hit).f1


def speed(bench: Bench, reader: Reader | None, least: float = 10.0) -> tuple[int, int, float]:
    """Words, of which parsed, and seconds of the process for the texts again and again."""
    extractor = Extractor(bench.vocabulary, models=bench.models, reader=reader)
    extractor.extract(bench.documents[0])
    words = parsed = 0
    start = time.process_time()
    while time.process_time() - start < least:
        for document in bench.documents:
            extractor.extract(document)
            words += len(document.text.split())
    seconds = time.process_time() - start
    for document in bench.documents:
        blocks = {c.clause.block for c in extractor.candidates(document)}
        parsed += sum(len(document.text[document.blocks[b].start : document.blocks[b].end].split()) for b in blocks)
    share = parsed / sum(len(d.text.split()) for d in bench.documents)
    return words, round(words * share), seconds


def main(gold: Path) -> None:
    bench = load(gold)
    whole: Scores | None = None
    print(f"{len(bench.documents)} documents, {len(bench.gold)} gold rows; F1, and the change against everything\n")
    print("| switched off | rows | " + " | ".join(MEASURES) + " |")
    print("| --- | ---: |" + " ---: |" * len(MEASURES))
    for ablation in ABLATIONS:
        scores = run(ablation, bench)
        base = whole or scores
        cells = [_cell(scores.f1(m), None if whole is None else base.f1(m)) for m in MEASURES]
        print(f"| {ablation.name} | {scores.total['span found']} | " + " | ".join(cells) + " |", flush=True)
        whole = base
    print("\n| right in every row found | stance |\n| --- | ---: |")
    for given in DECISIONS:
        print(f"| {' and '.join(given)} | {if_right(base, given):.3f} |")
    for name, reader in (("with the reader", bench.reader), ("without it", None)):
        words, parsed, seconds = speed(bench, reader)
        per = f"{words / seconds:,.0f} words a second on one core, {parsed / seconds:,.0f} of them parsed"
        print(f"\n{name}: {per} ({seconds:.0f} s)")


def _cell(figure: float, before: float | None) -> str:
    return f"{figure:.3f}" if before is None else f"{figure:.3f} ({figure - before:+.3f})"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT)
