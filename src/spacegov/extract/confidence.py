"""How sure a stance is: the chance that act, polarity, holders and a target are all right.

A logistic model over what the extractor knows of its own reading (Platt 1999), made by cross-validation
by document (`bench/calibration.py`) and kept as a weight file like the others, `data/weights/confidence.tsv`.
Without that file a plain product of the two scores is taken, which orders stances but is no chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from spacegov.extract.learned import LinearModel, sigmoid
from spacegov.model import Act, Check

LOWEST: Final = 0.05
HIGHEST: Final = 0.99
_TELLING: Final = ("rules-agree", "holder-named", "target-named")


def confidence_features(
    row_score: float, sureness: float, act: Act, checks: Sequence[Check]
) -> Iterator[tuple[str, float]]:
    """What the confidence is reckoned from: two scores as log odds, and the named checks."""
    yield "bias", 1.0
    yield "row", _log_odds(row_score)
    yield "act", _log_odds(sureness)
    for check in checks:
        if check.name in _TELLING and check.passed:
            yield f"check:{check.name}", 1.0
    if act in {"proposes", "reports"}:
        yield "told", 1.0


def confidence_of(
    model: LinearModel | None, row_score: float, sureness: float, act: Act, checks: Sequence[Check]
) -> float:
    """Confidence from 0.05 to 0.99."""
    if model is None:
        sure = row_score * (0.4 + 0.6 * sureness)
    else:
        sure = sigmoid(float(model.scores(confidence_features(row_score, sureness, act, checks))[0]))
    return round(min(HIGHEST, max(LOWEST, sure)), 2)


def _log_odds(share: float) -> float:
    kept = min(0.98, max(0.02, share))
    return math.log(kept / (1 - kept))
