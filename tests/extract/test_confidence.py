"""Confidence from scores and checks, with and without calibration."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacegov import resources
from spacegov.extract.confidence import HIGHEST, LOWEST, confidence_features, confidence_of
from spacegov.extract.learned import LinearModel, load_models
from spacegov.model import Check

NAMED = (Check(name="target-named", passed=True),)


def model(**weights: float) -> LinearModel:
    names = {name.replace("_", ":", 1) if name.startswith("check") else name: w for name, w in weights.items()}
    return LinearModel(("right",), {n: np.array([w], dtype=np.float32) for n, w in names.items()})


def test_without_weights_it_is_the_plain_product() -> None:
    assert confidence_of(None, 0.5, 0.5, "supports", ()) == pytest.approx(0.35)


def test_with_weights_it_is_the_logistic_of_their_sum() -> None:
    assert confidence_of(model(bias=0.0), 0.9, 0.9, "supports", ()) == 0.5
    assert confidence_of(model(bias=0.0, row=1.0), 0.9, 0.5, "supports", ()) == 0.9


def test_it_never_says_certain_or_impossible() -> None:
    assert confidence_of(model(bias=50.0), 0.5, 0.5, "supports", ()) == HIGHEST
    assert confidence_of(model(bias=-50.0), 0.5, 0.5, "supports", ()) == LOWEST


def test_only_checks_that_passed_count() -> None:
    failed = (Check(name="target-named", passed=False),)
    assert ("check:target-named", 1.0) in set(confidence_features(0.5, 0.5, "supports", NAMED))
    assert "check:target-named" not in dict(confidence_features(0.5, 0.5, "supports", failed))


def test_a_higher_score_never_lowers_the_shipped_confidence() -> None:
    shipped = load_models(resources.folder("data") / "weights").get("confidence")
    assert shipped is not None
    found = [confidence_of(shipped, step / 10, step / 10, "supports", NAMED) for step in range(1, 10)]
    assert found == sorted(found)


def test_weights_without_a_calibration_can_be_used(tmp_path: Path) -> None:
    for name in ("row", "act", "polarity", "target"):
        (tmp_path / f"{name}.tsv").write_text("feature\tx\nbias\t0:0.1\n", encoding="utf-8")
    assert set(load_models(tmp_path)) == {"row", "act", "polarity", "target"}
