"""How much the reader counts beside the named features: a few weights, fitted on documents that neither has seen.

Rows and sides: logistic regression over the two log odds. Acts: the two weights, of a grid, under which the annotated
acts are likeliest when the log shares are added (a logarithmic opinion pool, Genest and Zidek 1986).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

import numpy as np

from spacegov.extract.judge import TRUST, Judge, shared_targets
from spacegov.extract.learned import FUSION, LinearModel, log_softmax
from spacegov.extract.reader import Reader
from spacegov.learn.examples import Example
from spacegov.learn.shares import answers, share_of

GRID: Final = (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0, 1.25, 1.5)
CLASSES: Final = ("row", "act", "polarity", "target")
_EMPTY: Final = LinearModel(CLASSES, {})


def fit_fusion(examples: Sequence[Example], models: Mapping[str, LinearModel], reader: Reader) -> LinearModel:
    """Weights of the voices, class by class, from examples that neither `models` nor `reader` was fitted to."""
    judge = Judge({**models, FUSION: _EMPTY}, reader, row_threshold=0.5, trust=TRUST)
    for group in _documents(examples):
        judge.hear([e.candidate for e in group], group[0].document)
    heard = [e for e in examples if e.candidate.judgement is not None]
    weights = {name: np.zeros(len(CLASSES), dtype=np.float32) for name in ("bias", "linear", "reader", "stance")}
    for name, value in _rows(heard, judge):
        weights[name][0] = value
    known = [e for e in heard if e.row is not None]
    weights["linear"][1], weights["reader"][1] = _acts(known, judge)
    weights["linear"][2], weights["reader"][2] = _sides(known, judge)
    for name, value in _targets(known, models["target"], reader):
        weights[name][3] = value
    return LinearModel(CLASSES, weights)


def _documents(examples: Sequence[Example]) -> Iterator[list[Example]]:
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(example.group, []).append(example)
    yield from groups.values()


def _rows(heard: Sequence[Example], judge: Judge) -> Iterator[tuple[str, float]]:
    table = []
    for example in heard:
        judgement = example.candidate.judgement
        assert judgement is not None
        table.append((judge.row_odds(example.candidate), judgement.row, judgement.stance))
    model = _logistic(np.array(table), [e.row is not None for e in heard], intercept=True)
    yield from zip(("linear", "reader", "stance"), map(float, model.coef_[0]), strict=True)
    yield "bias", float(model.intercept_[0])


def _acts(known: Sequence[Example], judge: Judge) -> tuple[float, float]:
    classes = judge.models["act"].classes
    linear = np.array([log_softmax(judge.named_acts(e.candidate)) for e in known])
    read = np.array([judge.read_acts(e.candidate) for e in known])
    truth = np.array([classes.index(e.row.act) for e in known if e.row is not None])

    def likelihood(pair: tuple[float, float]) -> float:
        scores = pair[0] * linear + pair[1] * read
        return float(sum(log_softmax(row)[t] for row, t in zip(scores, truth, strict=True)))

    return max(product(GRID, GRID), key=likelihood)


def _sides(known: Sequence[Example], judge: Judge) -> tuple[float, float]:
    table, truth = [], []
    for example in known:
        row, judgement = example.row, example.candidate.judgement
        if row is None or judgement is None or row.polarity == "neutral":
            continue
        pro, contra, _ = judgement.polarities
        table.append((judge.side_odds(example.candidate, row.act), contra - pro))  # type: ignore[arg-type]
        truth.append(row.polarity == "against")
    model = _logistic(np.array(table), truth, intercept=False)
    return float(model.coef_[0][0]), float(model.coef_[0][1])


def _targets(known: Sequence[Example], model: LinearModel, reader: Reader) -> Iterator[tuple[str, float]]:
    """One weight for all targets that both voices know; an acceptable neighbour counts in part."""
    mine, theirs = shared_targets(model, reader)
    if not mine:
        return
    both = [model.classes[n] for n in mine]
    table: list[tuple[float, float]] = []
    shares: list[float] = []
    for example in known:
        row, judgement = example.row, example.candidate.judgement
        assert row is not None and judgement is not None
        linear, read = model.scores(example.candidate.target_features)[mine], np.array(judgement.targets)[theirs]
        table += zip(map(float, linear), map(float, read), strict=True)
        shares += [share_of(t, row) for t in both]
    stands, truth, part = answers(np.array(shares))
    fitted = _logistic(np.array(table)[stands], truth, part, intercept=True)
    yield from zip(("linear", "reader"), map(float, fitted.coef_[0]), strict=True)
    yield "bias", float(fitted.intercept_[0])


def _logistic(table: Any, truth: Any, weights: Any = None, *, intercept: bool) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, fit_intercept=intercept, max_iter=2000)
    return model.fit(table, np.array(truth), sample_weight=weights)
