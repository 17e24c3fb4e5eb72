"""How often two actors take the same side, with the counts and an interval.

The share of agreement is `agree / shared` over the targets on which both took a side (`sides`); it is the
simple matching of dichotomous votes known as the index of agreement (A. Lijphart, 'The analysis of bloc
voting in the General Assembly', American Political Science Review 57, 1963). With few shared targets a
share says little, so it never comes without Wilson's score interval (E. B. Wilson, 'Probable inference,
the law of succession, and statistical inference', Journal of the American Statistical Association 22,
1927), which keeps to [0, 1] and behaves at small counts. Targets are treated as independent, which
neighbouring topics are not: the interval is the least that one should doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from spacegov.analysis.sides import Sides

_Z95: Final = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two actors and how often they took the same side."""

    actor: str
    other: str
    shared: int
    agree: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Share of shared targets on which they agree."""
        return self.agree / self.shared


def wilson(successes: int, trials: int, z: float = _Z95) -> tuple[float, float]:
    """Wilson's score interval for a proportion.

    >>> [round(bound, 3) for bound in wilson(8, 10)]
    [0.49, 0.943]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not trials:
        return 0.0, 1.0
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def alignment(taken: Sides, *, min_shared: int = 3) -> tuple[Agreement, ...]:
    """Each pair of actors with enough shared targets, in the order of their names, each pair once."""
    actors = list(taken)
    shared, agree = _counts(taken, actors)
    pairs = []
    for i, actor in enumerate(actors):
        for j in range(i + 1, len(actors)):
            if shared[i, j] >= min_shared:
                low, high = wilson(int(agree[i, j]), int(shared[i, j]))
                pairs.append(
                    Agreement(
                        actor=actor,
                        other=actors[j],
                        shared=int(shared[i, j]),
                        agree=int(agree[i, j]),
                        low=low,
                        high=high,
                    )
                )
    return tuple(pairs)


def _counts(
    taken: Sides, actors: Sequence[str]
) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int64]], np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
    """Shared and agreed targets of every pair, as two matrix products: no pair is walked target by target."""
    targets = {target: n for n, target in enumerate(sorted({t for side in taken.values() for t in side}))}
    matrix = np.zeros((len(actors), max(1, len(targets))), dtype=np.int64)
    for row, actor in enumerate(actors):
        for target, side in taken[actor].items():
            matrix[row, targets[target]] = side
    shared = np.abs(matrix) @ np.abs(matrix).T
    agree = (shared + matrix @ matrix.T) // 2
    return shared, agree
