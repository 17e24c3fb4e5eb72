"""Documents that gave unusually few or many stances for their length.

A document of w words is expected to give w times what the build as a whole gives for each word. How far the
count lies from that is taken on the scale of M. F. Freeman, J. W. Tukey, 'Transformations related to the
angular and the square root', Annals of Mathematical Statistics 21, 1950, on which a Poisson count has a
deviation of about 1 whether it is small or large. Documents differ by more than chance (a resolution is denser
than a speech), so deviations are divided by their own spread, the median one times 1.4826, where that is more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Final

UNUSUAL: Final = 2.5
"""Deviations from what is expected: about one document of eighty, were all alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Density:
    """A document with its count of stances and what its length leads one to expect."""

    document: str
    words: int
    stances: int
    expected: float
    deviation: float
    """Below 0: fewer than expected; above: more."""

    @property
    def per_thousand(self) -> float:
        """Stances for each 1000 words."""
        return 1000 * self.stances / self.words


def unusual(counted: Iterable[tuple[str, int, int]], *, least: float = UNUSUAL) -> tuple[Density, ...]:
    """The documents that stand out, the oddest first.

    Args:
        counted: document, words and stances of each; one without words is passed over.
        least: deviations from which a document is unusual.

    >>> [d.document for d in unusual([("a", 900, 9), ("b", 1000, 10), ("c", 1100, 11), ("d", 2000, 0)])]
    ['d']
    """
    known = [(doc, words, stances) for doc, words, stances in counted if words > 0]
    if not known:
        return ()
    rate = sum(stances for _, _, stances in known) / sum(words for _, words, _ in known)
    raw = [_deviation(stances, rate * words) for _, words, stances in known]
    spread = max(1.0, 1.4826 * median(map(abs, raw)))
    found = [
        Density(document=doc, words=words, stances=stances, expected=rate * words, deviation=deviation / spread)
        for (doc, words, stances), deviation in zip(known, raw, strict=True)
        if abs(deviation) / spread >= least
    ]
    return tuple(sorted(found, key=lambda d: (-abs(d.deviation), d.document)))


def _deviation(count: int, expected: float) -> float:
    return sqrt(count) + sqrt(count + 1) - sqrt(4 * expected + 1)
