"""Mark the cases that must pass: those that still pass when the extractor is shaken.

A case that passes by a hair says nothing when the weights are trained anew. So each case is run with
the shipped weights, with the threshold for rows moved down and up by `SHIFT`, and `FOLDS` times with
another share of the learnt features left out (which ones, a hash of their names says: the same
every time). A case that passes in all of these runs gets `"must": true`, every other loses it.
The floor of `floor.json` rises to the share that passes now; it is never lowered.

Run after new weights:  python tests/extract/choose_must.py [--dry-run]
"""

from __future__ import annotations

import argparse
import json
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence

from extract_cases import FLOOR, FOLDER, Case, read_cases, run_cases

from spacegov import resources
from spacegov.build.documents import load_vocabulary
from spacegov.extract import Extractor
from spacegov.extract.learned import FUSION, LinearModel, load_models
from spacegov.extract.reader import load_reader
from spacegov.files import write_atomically
from spacegov.model import Vocabulary

SHIFT = 0.05
"""How far the threshold for rows is moved."""
FOLDS = 20
"""Runs with features left out: each leaves out another twentieth."""


def without(model: LinearModel, fold: int) -> LinearModel:
    """The model without the features of one fold."""
    kept = {n: w for n, w in model.weights.items() if zlib.crc32(n.encode()) % FOLDS != fold or n == "bias"}
    return LinearModel(model.classes, kept)


def shaken(vocabulary: Vocabulary, models: Mapping[str, LinearModel]) -> Iterator[Extractor]:
    """The extractor as it is, then the shaken ones."""
    reader = load_reader(resources.folder("data") / "weights" / "reader")
    plain = Extractor(vocabulary, models=models, reader=reader)
    yield plain
    for shift in (-SHIFT, SHIFT):
        yield Extractor(vocabulary, models=models, reader=reader, row_threshold=plain.judge.threshold + shift)
    for fold in range(FOLDS):
        fewer = {name: model if name == FUSION else without(model, fold) for name, model in models.items()}
        yield Extractor(vocabulary, models=fewer, reader=reader)


def steady(cases: Sequence[Case]) -> tuple[set[str], float]:
    """Ids of the cases that pass however shaken, and the share that passes unshaken."""
    vocabulary = load_vocabulary()
    models = load_models(resources.folder("data") / "weights")
    left, share = list(cases), math.nan
    for extractor in shaken(vocabulary, models):
        faults = run_cases(extractor, left)
        left = [case for case in left if not faults[case.id]]
        if math.isnan(share):
            share = len(left) / len(cases)
    return {case.id for case in left}, share


def mark(must: set[str]) -> None:
    """Write `must` into the case files."""
    for path in sorted(FOLDER.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            row.pop("must", None)
            if row["id"] in must:
                row["must"] = True
        write_atomically(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def raise_floor(share: float) -> float:
    """The floor after a run: two points below what passes now, and never lower than before."""
    before = json.loads(FLOOR.read_text(encoding="utf-8"))["cases"] if FLOOR.is_file() else 0.0
    floor = max(float(before), math.floor(share * 100 - 2) / 100)
    write_atomically(FLOOR, json.dumps({"cases": floor}) + "\n")
    return floor


def main() -> None:
    """Choose, tell, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--dry-run", action="store_true", help="only tell")
    arguments = parser.parse_args()
    cases = read_cases()
    must, share = steady(cases)
    lost = sorted(case.id for case in cases if case.must and case.id not in must)
    print(f"{len(cases)} cases, {share:.1%} pass, {len(must)} steadily; no longer: {', '.join(lost) or 'none'}")
    if not arguments.dry_run:
        mark(must)
        print(f"floor {raise_floor(share)}")


if __name__ == "__main__":
    main()
