"""What a clause is about, in the eyes of the reader: a logistic regression a target over what its encoder gives.

They are fitted after the encoder, to the vectors of the reader as it was written (in eight bits, lower layers too):
while the encoder learns acts and sides, its own heads of the targets lag behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from spacegov.extract.judge import reading_of
from spacegov.extract.reader import LAYERS, TARGETS, Reader
from spacegov.extras import needed
from spacegov.files import write_atomically
from spacegov.learn.examples import Example
from spacegov.learn.reader import LEAST_ROWS
from spacegov.learn.reader_files import heads_table
from spacegov.learn.shares import answers, share_of, target_labels

GOLD: Final = 2.0
"""How much a gold row counts more than its weight says."""
STRENGTH: Final = 0.1
"""Inverse regularisation (scikit-learn's C), over dimensions of like spread."""
SPREAD: Final = 0.3
"""Standard deviation that each dimension is brought to."""
STEPS: Final = 60
"""Steps of the solver (L-BFGS) at most."""
WORKERS: Final = 2
TELL: Final = 2000
"""Clauses between two lines that say how far the reading is."""


@dataclass(frozen=True, slots=True)
class Subjects:
    """Heads of the targets: their ids, weights (dimensions x targets) and bias."""

    targets: tuple[str, ...]
    weights: Any
    bias: Any

    def write(self, folder: Path) -> None:
        """Write `targets.tsv` into the folder of a reader."""
        width = len(self.weights) // (1 + len(LAYERS))
        names = [f"{part}:{n}" for part in ("all", *LAYERS) for n in range(width)]
        write_atomically(folder / TARGETS, heads_table(self.targets, names, self.weights, self.bias).encode())


def fit_subjects(
    examples: Sequence[Example], reader: Reader, known: frozenset[str], say: Callable[[str], None]
) -> Subjects:
    """Heads of all targets with enough rows; `known` are the ids that a target may have.

    Raises:
        MissingPiece: scikit-learn is not installed (extra `learn`).
    """
    logistic = needed("sklearn.linear_model", extra="learn").LogisticRegression  # said before minutes of reading
    taught = [e for e in examples if e.of_domain and e.row is not None and e.row.targets]
    vectors = np.array(list(_read(taught, reader, say)), dtype=np.float32)
    mean, spread = vectors.mean(0), (vectors.std(0) + 1e-3) / SPREAD
    even = (vectors - mean) / spread
    rows = [e.row for e in taught if e.row is not None]
    weights = np.array([e.weight * (GOLD if e.source == "gold" else 1.0) for e in taught], dtype=np.float32)
    targets = target_labels(taught, known, LEAST_ROWS)

    def fit(target: str) -> tuple[Any, float]:
        stands, truth, part = answers(np.array([share_of(target, row) for row in rows]))
        model = logistic(C=STRENGTH, max_iter=STEPS, tol=1e-3)
        model.fit(even[stands], truth, sample_weight=weights[stands] * part)
        return model.coef_[0], float(model.intercept_[0])

    with ThreadPoolExecutor(WORKERS) as pool:
        found = list(pool.map(fit, targets))
    inner = np.array([w for w, _ in found]).T / spread[:, None]
    return Subjects(targets, inner, np.array([b for _, b in found]) - mean @ inner)


def _read(taught: Sequence[Example], reader: Reader, say: Callable[[str], None]) -> Iterator[Any]:
    readings = (reading_of([e.candidate], e.document) for e in taught)
    with ThreadPoolExecutor(WORKERS) as pool:
        done = 0
        while block := list(islice(readings, TELL)):
            yield from pool.map(reader.subject_of, block)
            done += len(block)
            say(f"{done} of {len(taught)} clauses read")
