"""How evenly actors are split on a topic, year by year.

Polarisation is the variance of the actors' positions, coded +1 for, -1 against and 0 neutral: 0 when all say
the same, 1 when half are for and half against. Dispersion is the first of the four senses of polarisation
in P. DiMaggio, J. Evans, B. Bryson, 'Have Americans' social attitudes become more polarized?', American
Journal of Sociology 102, 1996. An actor counts once a year, with the sign of what it mostly said; below
`min_actors` no number is given, for two voices are no debate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from spacegov.query.stances import StanceFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """How the actors stood on a topic in a year."""

    topic: str
    year: int
    in_favour: int
    against: int
    neutral: int
    polarisation: float | None
    """None where fewer actors spoke than are needed."""

    @property
    def actors(self) -> int:
        """How many actors spoke."""
        return self.in_favour + self.against + self.neutral


def dispersion(in_favour: int, against: int, neutral: int) -> float:
    """Variance of positions coded +1, -1 and 0.

    >>> dispersion(5, 5, 0), dispersion(7, 0, 0), dispersion(1, 0, 1)
    (1.0, 0.0, 0.25)
    """
    actors = in_favour + against + neutral
    if not actors:
        return 0.0
    mean = (in_favour - against) / actors
    return (in_favour + against) / actors - mean * mean


def polarisation(
    stances: Iterable[StanceFacts], *, targets: Iterable[str] | None = None, min_actors: int = 3
) -> tuple[Split, ...]:
    """The split on each target in each year in which somebody spoke on it, by target, then year.

    Args:
        targets: only these (IRIs).
        min_actors: how many must have spoken for a number.
    """
    wanted = None if targets is None else set(targets)
    balance: defaultdict[tuple[str, int], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for stance in stances:
        if stance.year is None or stance.act == "reports":
            continue
        for target in stance.targets:
            if wanted is None or target in wanted:
                for holder in stance.holders:
                    balance[target, stance.year][holder] += stance.sign
    return tuple(_split(topic, year, of.values(), min_actors) for (topic, year), of in sorted(balance.items()))


def _split(topic: str, year: int, sums: Iterable[int], min_actors: int) -> Split:
    counted = list(sums)
    in_favour = sum(s > 0 for s in counted)
    against = sum(s < 0 for s in counted)
    neutral = len(counted) - in_favour - against
    enough = len(counted) >= min_actors
    return Split(
        topic=topic,
        year=year,
        in_favour=in_favour,
        against=against,
        neutral=neutral,
        polarisation=dispersion(in_favour, against, neutral) if enough else None,
    )
