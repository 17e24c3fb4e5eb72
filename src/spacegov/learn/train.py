"""Fit the linear models and write them as plain text, so that a person can read why a decision fell.

Logistic regression (scikit-learn), L2; the row model weighs near-duplicates of a row little, the target
models take an acceptable neighbour (`also_right`) for a target in part (`learn.shares`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spacegov.errors import MissingPiece
from spacegov.extract.judge import polarity_features
from spacegov.extract.learned import LinearModel
from spacegov.files import write_atomically
from spacegov.learn.examples import Example
from spacegov.learn.shares import answers, share_of, target_labels
from spacegov.model import Act

REAL: Final = frozenset(("gold", "annotated"))
"""Rows and sides are learnt from real texts on space, acts from real texts on any matter: with passages of our own
making, whose wordings are rarer, the linear models did no better on held-out documents (the reader does). Targets are
learnt from all that is on space."""
LEAST_FOR_SIDE: Final = 6
"""Rows that a target needs before it counts as having a side."""
LEAST_ROWS: Final = 3
"""Rows that a target needs before a model of its own is fitted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """Inverse regularisation of each model (scikit-learn's C); chosen by cross-validation by document."""

    row: float = 0.2
    act: float = 0.5
    polarity: float = 0.5
    target: float = 1.0


def fit(examples: Sequence[Example], known: frozenset[str], strength: Strength | None = None) -> dict[str, LinearModel]:
    """The four models `row`, `act`, `polarity`, `target`, and the `sides` of targets.

    `known` are the ids that a target may have.

    Raises:
        MissingPiece: scikit-learn is not installed (extra `learn`).
    """
    strength = strength or Strength()
    real = [e for e in examples if e.source in REAL]
    rows = _Matrix([e.candidate.features for e in real])
    acting = [e for e in examples if e.row is not None and e.source in REAL | {"whole"}]
    acts = _Matrix([e.candidate.features for e in acting])
    signed = [e for e in real if e.row is not None and e.row.polarity != "neutral"]
    signs = _Matrix([polarity_features(e.candidate, _act(e)) for e in signed])
    return {
        "row": rows.fit([e.row is not None for e in real], [e.weight for e in real], strength.row, ("row",)),
        "act": acts.fit([_act(e) for e in acting], [e.weight for e in acting], strength.act),
        "polarity": signs.fit(
            [e.row is not None and e.row.polarity == "against" for e in signed],
            [e.weight for e in signed], strength.polarity, ("against",),
        ),
        "target": _fit_targets([e for e in examples if e.row is not None and e.of_domain], known, strength.target),
        "sides": _count_sides(signed),
    }  # fmt: skip


def _count_sides(signed: Sequence[Example]) -> LinearModel:
    """For each target with enough rows, how far texts are against it (1) or for it (-1)."""
    counts: dict[str, list[int]] = {}
    for example in signed:
        assert example.row is not None
        for target in example.row.targets:
            counts.setdefault(target, [0, 0])[example.row.polarity == "against"] += 1
    weights = {
        t: np.array([(b - a) / (a + b)], dtype=np.float32) for t, (a, b) in counts.items() if a + b >= LEAST_FOR_SIDE
    }
    return LinearModel(("against",), weights)


def _act(example: Example) -> Act:
    assert example.row is not None
    return example.row.act  # type: ignore[return-value]


def _fit_targets(positive: Sequence[Example], known: frozenset[str], strength: float) -> LinearModel:
    matrix = _Matrix([e.candidate.target_features for e in positive])
    labels = target_labels(positive, known, LEAST_ROWS)
    weights = np.array([e.weight for e in positive])
    models = []
    for label in labels:
        shares = np.array([share_of(label, e.row) if e.row is not None else 0.0 for e in positive])
        models.append(matrix.fit_shares(shares, weights, strength, label))
    names = matrix.names
    return LinearModel(labels, {n: np.array([m.weights[n][0] for m in models], dtype=np.float32) for n in names})


class _Matrix:
    """Named features as a sparse matrix, fitted to one label after another."""

    def __init__(self, features: Sequence[Sequence[tuple[str, float]]]) -> None:
        try:
            from sklearn.feature_extraction import DictVectorizer
        except ImportError as error:
            raise MissingPiece("training needs scikit-learn: pip install 'spacegov[learn]'") from error
        self._vectorizer: Any = DictVectorizer()
        self._matrix: Any = self._vectorizer.fit_transform([dict(f) for f in features])
        self._matrix.indices = self._matrix.indices.astype("int32")
        self._matrix.indptr = self._matrix.indptr.astype("int32")
        self.names: list[str] = list(self._vectorizer.feature_names_)

    def fit(
        self,
        labels: Sequence[object],
        weights: Sequence[float],
        strength: float,
        classes: tuple[str, ...] | None = None,
    ) -> LinearModel:
        """A logistic regression; its intercept is added to the weight of `bias`."""
        return self._fit(self._matrix, np.array(labels), np.array(weights), strength, classes)

    def fit_shares(
        self, shares: NDArray[np.float64], weights: NDArray[np.float64], strength: float, label: str
    ) -> LinearModel:
        """The same for one label that examples may bear in part."""
        stands, truth, part = answers(shares)
        return self._fit(self._matrix[stands], truth, weights[stands] * part, strength, (label,))

    def _fit(
        self, matrix: Any, labels: Any, weights: Any, strength: float, classes: tuple[str, ...] | None
    ) -> LinearModel:
        from sklearn.linear_model import LogisticRegression

        binary = classes is not None
        model: Any = LogisticRegression(C=strength, max_iter=3000, solver="liblinear" if binary else "lbfgs")
        model.fit(matrix, labels, sample_weight=weights)
        names = classes or tuple(str(c) for c in model.classes_)
        vectors = {n: model.coef_[:, i].astype(np.float32) for i, n in enumerate(self.names)}
        vectors["bias"] = vectors["bias"] + model.intercept_.astype(np.float32)
        return LinearModel(names, vectors)


def write_models(models: dict[str, LinearModel], folder: Path, *, least: float = 0.04) -> dict[str, int]:
    """Write `<model>.tsv` files; weights smaller than `least` are left out. Gives the lines of each."""
    folder.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    for name, model in models.items():
        lines = ["\t".join(("feature", *model.classes))]
        for feature in sorted(model.weights):
            cells = [f"{i}:{w:.3f}" for i, w in enumerate(model.weights[feature]) if abs(w) >= least]
            if cells:
                lines.append("\t".join((feature, *cells)))
        write_atomically(folder / f"{name}.tsv", ("\n".join(lines) + "\n").encode())
        sizes[name] = len(lines) - 1
    return sizes
