"""Targets as shares: an acceptable neighbour (`also_right`) is a target in part, and none for the rest.

A logistic regression takes yes or no; an example with a share between the two stands twice, once with each answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from spacegov.learn.examples import Example, Row

NEIGHBOUR: Final = 0.3
"""Share of a neighbour; chosen on held-out documents, where 0.3 gave better targets than 0, 0.45 and 0.6."""


def target_labels(examples: Sequence[Example], known: frozenset[str], least: int) -> tuple[str, ...]:
    """Targets with enough rows to be learnt, in the order of their ids; `known` are the ids that a target may have."""
    rows = [e.row for e in examples if e.row is not None and e.of_domain]
    counts = Counter(t for row in rows for t in {*row.targets, *row.also_right} if t in known)
    return tuple(sorted(t for t, n in counts.items() if n >= least))


def share_of(target: str, row: Row) -> float:
    """1 for a target of the row, less for an acceptable neighbour, 0 for any other."""
    return 1.0 if target in row.targets else NEIGHBOUR if target in row.also_right else 0.0


def answers(shares: NDArray[np.float64]) -> tuple[Any, NDArray[np.bool_], NDArray[np.float64]]:
    """Which example stands for each answer, the answer, and how much it counts: those with yes and no stand twice."""
    yes, no = np.flatnonzero(shares > 0), np.flatnonzero(shares < 1)
    truth = np.arange(len(yes) + len(no)) < len(yes)
    return np.concatenate([yes, no]), truth, np.concatenate([shares[yes], 1 - shares[no]])
