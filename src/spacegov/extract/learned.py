"""The learnt component: four small linear models over named features, read from plain text files.

`data/weights/<model>.tsv` holds one line a feature and class with its weight, so that anybody can read
why a decision fell; `spacegov train` makes them again from the training rows (docs/extraction.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from spacegov.errors import VocabularyError

MODELS: Final = ("row", "act", "polarity", "target")
CONFIDENCE: Final = "confidence"
SIDES: Final = "sides"
FUSION: Final = "fusion"
FARTHEST: Final = 30.0
"""Log odds beyond which a chance is as good as certain."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of one model: classes in order, one vector a feature."""

    classes: tuple[str, ...]
    weights: Mapping[str, NDArray[np.float32]]

    def scores(self, features: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
        """Summed weights by class, before any squashing."""
        total = np.zeros(len(self.classes), dtype=np.float32)
        for name, value in features:
            vector = self.weights.get(name)
            if vector is not None:
                total += vector * np.float32(value)
        return total

    def reasons(self, features: Iterable[tuple[str, float]], label: str, most: int = 5) -> list[tuple[str, float]]:
        """The features that spoke most for a class, strongest first."""
        column = self.classes.index(label)
        parts = [(n, float(self.weights[n][column]) * v) for n, v in features if n in self.weights]
        return sorted(parts, key=lambda p: (-p[1], p[0]))[:most]


def sigmoid(score: float) -> float:
    """Logistic function, safe at both ends."""
    return 1.0 / (1.0 + math.exp(-max(-FARTHEST, min(FARTHEST, score))))


def chances(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The logistic function of many log odds at once."""
    shares: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(odds, -FARTHEST, FARTHEST)))
    return shares


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shares that sum to one."""
    shifted = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = shifted / shifted.sum()
    return shares


def log_softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of the shares."""
    shifted: NDArray[np.float32] = scores - scores.max()
    logs: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum())
    return logs


def load_model(path: Path) -> LinearModel:
    """One weight file: a header `feature<TAB>class…`, then a line a feature.

    Raises:
        VocabularyError: the file does not have that form.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    header = next((line for line in lines if not line.startswith("#")), "")
    classes = tuple(header.split("\t")[1:])
    if not classes:
        raise VocabularyError(f"{path}: no classes in the header; make the weights again with 'spacegov train'")
    weights: dict[str, NDArray[np.float32]] = {}
    body = [(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")][1:]
    for number, line in body:
        name, *cells = line.split("\t")
        vector = np.zeros(len(classes), dtype=np.float32)
        try:
            for cell in cells:
                column, weight = cell.split(":")
                vector[int(column)] = float(weight)
        except (ValueError, IndexError) as error:
            raise VocabularyError(f"{path}:{number}: not a weight line: {error}") from error
        weights[name] = vector
    return LinearModel(classes, weights)


def load_models(folder: Path) -> dict[str, LinearModel]:
    """The four models of a folder; an empty dict where it holds none (rules alone then decide).

    With them, where they are there, the calibration of the confidence, the sides of targets, and how much the
    reader counts.
    """
    if not all((folder / f"{name}.tsv").is_file() for name in MODELS):
        return {}
    here = [*MODELS, *(name for name in (CONFIDENCE, SIDES, FUSION) if (folder / f"{name}.tsv").is_file())]
    return {name: load_model(folder / f"{name}.tsv") for name in here}
