"""How far a confidence can be believed, and the weights that make it so: `data/weights/confidence.tsv`.

python bench/calibration.py                    fit on the dev rows, tables by cross-validation, write the weights
python bench/calibration.py --check            only check the written weights on training documents held out of the fit

A point is an extracted row; it is right where the scorer gives it the level 'stance' (act, polarity, holders
and a target). The dev rows are never trained on, so the scores there are honest. A logistic regression (Platt
1999) over the two scores and the named checks is fitted with one document left out at a time; the tables show
only predictions for the document that was left out. Brier score: mean squared distance of confidence and truth.
`--check` fits the linear models anew without the documents that the reader has not seen (a third of the training
documents, `data/weights/reader/held-out.txt`), extracts those, and looks at the confidence that the written weights
give there (some eight minutes). The few weights of `fusion.tsv` were fitted on these documents.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spacegov.build.documents import load_vocabulary, make_extractor
from spacegov.extract.confidence import confidence_features, confidence_of
from spacegov.extract.learned import CONFIDENCE, LinearModel, load_model, load_models
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import load_reader
from spacegov.learn.run import collect, held_out_of
from spacegov.learn.train import fit, write_models
from spacegov.model import Document, Vocabulary
from spacegov.resources import folder
from spacegov.score import GoldRow, load_gold, score, texts_folder
from spacegov.score.pairing import Level
from spacegov.score.rows import as_row, document_of, find_texts, fold, gold_files
from spacegov.sources import read_document
from spacegov.stances import to_row

SHARED: Final = Path(__file__).resolve().parent.parent / ".." / "shared"
STRENGTH: Final = 0.5
"""Inverse regularisation (scikit-learn's C): seven weights from some 270 rows need holding back."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Point:
    """An extracted row: what the confidence is reckoned from, and whether it was right."""

    document: str
    features: dict[str, float]
    plain: float
    """The confidence without calibration."""
    right: bool


def points_of(
    extractor: Extractor, documents: Iterable[Document], gold: Sequence[GoldRow], folded: dict[str, str]
) -> list[Point]:
    """A point for each row that the extractor makes."""
    made: dict[str, tuple[str, dict[str, float], float]] = {}
    rows = []
    for document in documents:
        for outcome in extractor.explain(document):
            stance, row_score = outcome.stance, outcome.candidate.row_score
            known = (row_score, outcome.sureness, stance.act, stance.checks)
            features, plain = dict(confidence_features(*known)), confidence_of(None, *known)
            made[stance.id] = (document.metadata.doc, features, plain)
            rows.append(as_row(to_row(stance), folded[document.metadata.doc], stance.id))
    right = {pair.found.where for pair in score(gold, rows, folded).pairs if pair.level == Level.STANCE}
    return [
        Point(document=doc, features=features, plain=plain, right=i in right)
        for i, (doc, features, plain) in made.items()
    ]


def fitted(points: Sequence[Point]) -> LinearModel:
    """Logistic regression over the points."""
    from sklearn.linear_model import LogisticRegression

    names = sorted({n for p in points for n in p.features} - {"bias"})
    matrix = np.array([[p.features.get(n, 0.0) for n in names] for p in points])
    model: Any = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(matrix, np.array([p.right for p in points]))
    weights = {n: np.array([w], dtype=np.float32) for n, w in zip(names, model.coef_[0], strict=True)}
    return LinearModel(("right",), {"bias": np.array([model.intercept_[0]], dtype=np.float32), **weights})


def confidence(model: LinearModel, point: Point) -> float:
    total = float(model.scores(point.features.items())[0])
    return float(1 / (1 + np.exp(-total)))


def left_out(points: Sequence[Point]) -> Floats:
    """For each point the confidence by a model that never saw its document."""
    found = np.zeros(len(points))
    for document in sorted({p.document for p in points}):
        model = fitted([p for p in points if p.document != document])
        for place, point in enumerate(points):
            if point.document == document:
                found[place] = confidence(model, point)
    return found


def brier(chances: Floats, right: Floats) -> float:
    return float(np.mean((chances - right) ** 2))


def reliability(chances: Floats, right: Floats, bins: int) -> list[str]:
    """A line for each fifth or tenth of the scale: rows, mean confidence, share that was right."""
    lines = ["| confidence | rows | mean confidence | share right |", "| --- | ---: | ---: | ---: |"]
    for low in range(bins):
        inside = (np.minimum(bins - 1, np.floor(chances * bins)) == low).nonzero()[0]
        if len(inside):
            shown = f"{chances[inside].mean():.2f} | {right[inside].mean():.2f}"
            lines.append(f"| {low / bins:.1f} to {(low + 1) / bins:.1f} | {len(inside)} | {shown} |")
    return lines


def report(title: str, points: Sequence[Point], after: Floats) -> None:
    """Brier scores of the share of right rows, the plain formula and the calibrated confidence; two tables."""
    right = np.array([float(p.right) for p in points])
    plain = np.array([p.plain for p in points])
    print(f"{title}: {len(points)} rows of {len({p.document for p in points})} documents, {right.mean():.2f} right")
    print(
        f"Brier score: {brier(np.full(len(points), right.mean()), right):.3f} for one confidence for all, "
        f"{brier(plain, right):.3f} before, {brier(after, right):.3f} after calibration\n"
    )
    for name, chances, bins in (("before", plain, 5), ("after", after, 10), ("after", after, 5)):
        print("\n".join([f"{name}, {bins} bins", "", *reliability(chances, right, bins), ""]))


def gold_and_texts(place: Path, vocabulary: Vocabulary) -> tuple[list[GoldRow], dict[str, str], list[Document]]:
    files = gold_files([place])
    paths = find_texts(texts_folder(files), map(document_of, files))
    folded = {doc: fold(path.read_text(encoding="utf-8")) for doc, path in paths.items()}
    return load_gold(files, folded), folded, [read_document(p, vocabulary=vocabulary) for p in paths.values()]


def calibrate(vocabulary: Vocabulary, weights: Path) -> None:
    """Fit on the dev rows, show, write."""
    gold, folded, documents = gold_and_texts(SHARED / "gold" / "dev", vocabulary)
    points = points_of(make_extractor(vocabulary), documents, gold, folded)
    report("dev rows, each document left out once", points, left_out(points))
    model = fitted(points)
    write_models({CONFIDENCE: model}, weights)
    for name, weight in sorted(model.weights.items(), key=lambda item: -abs(item[1][0])):
        print(f"{weight[0]:+.3f} {name}")


def check(vocabulary: Vocabulary, weights: Path) -> None:
    """The written weights on training documents that the models did not see."""
    gold, folded, documents = gold_and_texts(SHARED / "gold" / "train", vocabulary)
    held = held_out_of(weights)
    found = collect(SHARED / "gold" / "train", SHARED / "corpus", SHARED, folder("data") / "annotations", vocabulary)
    blind = fit([e for e in found if e.group not in held], frozenset(vocabulary.entries))
    models = {**load_models(weights), **blind}
    kept = [d for d in documents if d.metadata.doc in held]
    points = points_of(
        Extractor(vocabulary, models=models, reader=load_reader(weights / "reader")), kept,
        [g for g in gold if g.doc in held], {doc: text for doc, text in folded.items() if doc in held},
    )  # fmt: skip
    model = load_model(weights / f"{CONFIDENCE}.tsv")
    found_right, wanted = sum(p.right for p in points), sum(g.doc in held for g in gold)
    print(f"stance: precision {found_right / len(points):.3f}, recall {found_right / wanted:.3f}, ", end="")
    print(f"F1 {2 * found_right / (len(points) + wanted):.3f} on documents that the models did not see")
    report("training rows left out of the fit", points, np.array([confidence(model, p) for p in points]))


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only look at training documents left out of the fit")
    chosen = parser.parse_args(arguments)
    vocabulary, weights = load_vocabulary(), folder("data") / "weights"
    if chosen.check:
        check(vocabulary, weights)
    else:
        calibrate(vocabulary, weights)


if __name__ == "__main__":
    main(sys.argv[1:])
