"""The weight files of the learnt component, and the scores that they give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from spacegov.errors import VocabularyError
from spacegov.extract.learned import MODELS, chances, load_model, load_models, sigmoid, softmax

GOOD = "# CC BY 4.0\nfeature\tfor\tagainst\nbias\t0:0.5\nw:ban\t0:-1.0\t1:2.0\n"


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "polarity.tsv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_scores_are_the_sums_of_the_weights_of_the_features(weights: Path) -> None:
    scores = load_model(weights).scores([("bias", 1.0), ("w:ban", 0.5), ("w:unheard-of", 9.0)])
    assert scores.tolist() == [0.0, 1.0]


def test_no_features_score_nothing(weights: Path) -> None:
    assert load_model(weights).scores([]).tolist() == [0.0, 0.0]


def test_the_reasons_for_a_class_are_told_strongest_first(weights: Path) -> None:
    reasons = load_model(weights).reasons([("w:ban", 1.0), ("bias", 1.0), ("w:new", 1.0)], "for")
    assert reasons == [("bias", 0.5), ("w:ban", -1.0)]


@pytest.mark.parametrize(
    "line", ["w:x\t0.5", "w:x\t0:much", "w:x\t7:0.5", "w:x\tfor:0.5", "w:x\t0:1:2"], ids=lambda line: line[4:]
)
def test_a_broken_line_is_told_with_file_and_line(weights: Path, line: str) -> None:
    weights.write_text(GOOD + line + "\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as error:
        load_model(weights)
    assert str(error.value).startswith(f"{weights}:5: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "# only a remark\n", "feature\n"])
def test_a_file_without_classes_is_told(weights: Path, text: str) -> None:
    weights.write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match="no classes in the header"):
        load_model(weights)


def test_a_folder_without_all_models_leaves_the_rules_alone(tmp_path: Path) -> None:
    for name in MODELS[:-1]:
        (tmp_path / f"{name}.tsv").write_text(GOOD, encoding="utf-8")
    assert load_models(tmp_path) == {}


def test_the_shipped_weights_load(root: Path) -> None:
    models = load_models(root / "data" / "weights")
    assert set(MODELS) <= models.keys()
    assert all(model.weights for model in models.values())


def test_the_logistic_function_is_safe_at_both_ends() -> None:
    assert sigmoid(0.0) == 0.5
    assert 0.0 <= sigmoid(-1e9) < 1e-9
    assert 1 - 1e-9 < sigmoid(1e9) <= 1.0


def test_shares_sum_to_one_and_keep_the_order() -> None:
    shares = softmax(np.array([1000.0, 1001.0, 0.0], dtype=np.float32))
    assert float(shares.sum()) == pytest.approx(1.0)
    assert shares.argmax() == 1


def test_many_chances_at_once_are_what_one_at_a_time_gives() -> None:
    odds = [-400.0, -2.5, 0.0, 0.7, 31.0]
    assert chances(np.array(odds)).tolist() == pytest.approx([sigmoid(o) for o in odds], abs=1e-15)
