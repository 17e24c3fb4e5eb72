"""Keep the polarity of a stance and its targets on one side.

Most targets have a side of their own: texts are against an arms race and for peaceful uses, whatever the
verb. Targets of the other polarity are never in one row (guideline 13). The shares are counted over the
training rows and stand in `data/weights/sides.tsv`: 1 always against, -1 never.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from spacegov.extract.learned import LinearModel
from spacegov.model import Act, Polarity

AGAINST: Final = 0.6
"""From this balance on a target counts as one that texts are against (80 % of its rows)."""
FOR: Final = -0.84
"""Up to this balance it counts as one that texts are for (92 % of its rows)."""


def reconcile(
    act: Act, polarity: Polarity, targets: Sequence[str], sides: LinearModel | None
) -> tuple[Polarity, tuple[str, ...]]:
    """Polarity and targets that fit together: the targets decide where they are of one mind, else the misfits go."""
    if sides is None or polarity == "neutral" or not targets:
        return polarity, tuple(targets)
    balance = {t: float(sides.weights[t][0]) if t in sides.weights else 0.0 for t in targets}
    if act not in {"opposes", "criticises"}:
        if act != "reports" and all(balance[t] >= AGAINST for t in targets):
            polarity = "against"  # a report may tell of the deed itself: 'it tested such a weapon'
        elif all(balance[t] <= FOR for t in targets):
            polarity = "for"
    if polarity == "for":
        kept = tuple(t for t in targets if balance[t] < AGAINST)
    else:
        kept = tuple(t for t in targets if balance[t] > FOR)
    if act in {"criticises", "reports"} or not kept:
        return polarity, tuple(targets)  # blame and deeds may have both: 'it tested such a weapon under the moratorium'
    return polarity, kept
