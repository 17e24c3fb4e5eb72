"""Which side an actor takes on a target.

An actor's side on a target is the sign of its stances for minus its stances against: what it mostly says.
Equal weights and neutral stances give no side. Deeds (`reports`) count no position unless asked for.
A stance counts for each of its holders, never for the members of a group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from spacegov.query.stances import StanceFacts

Sides = Mapping[str, Mapping[str, int]]
"""Actor -> target -> +1 (for) or -1 (against)."""


def sides(stances: Iterable[StanceFacts], *, deeds: bool = False) -> Sides:
    """The side of each actor on each target on which it takes one; actors and targets in order."""
    balance: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for stance in stances:
        if stance.act == "reports" and not deeds:
            continue
        for holder in stance.holders:
            for target in stance.targets:
                balance[holder][target] += stance.sign
    taken = {
        actor: {target: 1 if sum_ > 0 else -1 for target, sum_ in sorted(targets.items()) if sum_}
        for actor, targets in sorted(balance.items())
    }
    return {actor: targets for actor, targets in taken.items() if targets}
