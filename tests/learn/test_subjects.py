"""The heads of the targets: what a neighbour counts, what they learn, and how they are kept."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from spacegov.errors import InputError, MissingPiece
from spacegov.extract.reader import LAYERS, TARGETS, Reading
from spacegov.learn.examples import Row
from spacegov.learn.run import write_new_subjects
from spacegov.learn.shares import NEIGHBOUR, answers, share_of
from spacegov.learn.subjects import Subjects, fit_subjects

WIDTH = 3
TIMES = 40


def row(*targets: str, near: tuple[str, ...] = ()) -> Row:
    return Row(start=0, end=1, act="supports", polarity="for", targets=targets, also_right=near)


def test_a_neighbour_is_a_target_in_part() -> None:
    said = row("debris", near=("space-law", "debris"))
    assert share_of("debris", said) == 1.0
    assert share_of("space-law", said) == NEIGHBOUR
    assert share_of("navigation", said) == 0.0


def test_who_is_a_target_in_part_answers_twice_and_counts_once() -> None:
    stands, truth, part = answers(np.array([1.0, 0.3, 0.0]))
    assert sorted(zip(stands.tolist(), truth.tolist(), strict=True)) == [(0, True), (1, False), (1, True), (2, False)]
    assert np.bincount(stands, part).tolist() == [1.0, 1.0, 1.0]
    assert part[(stands == 1) & truth].tolist() == [0.3]


class _Words:
    """A reader whose vectors tell which of two words a sentence has, on scales far apart."""

    def subject_of(self, said: Reading) -> Any:
        vector = np.zeros(WIDTH * (1 + len(LAYERS)), dtype=np.float32)
        vector[2], vector[7] = 100.0 * ("debris" in said.sentence), 5 + 0.01 * ("law" in said.sentence)
        return vector


def taught(monkeypatch: pytest.MonkeyPatch, *said: tuple[str, Row | None]) -> list[Any]:
    def of(group: Any, _: Any) -> Reading:
        return Reading(sentence=group[0], before="", genre="speech", clauses=((0, 1, 0),))

    monkeypatch.setattr("spacegov.learn.subjects.reading_of", of)
    return [
        SimpleNamespace(candidate=words, row=of_it, document=None, of_domain=True, weight=1.0, source="written")
        for words, of_it in said
    ]


def test_heads_learn_what_rows_are_about(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[str, Row | None]] = [
        ("debris", row("debris")),
        ("law", row("space-law")),
        ("it met", row("other")),
    ] * TIMES
    rows += [("debris", row("other", near=("space-law",))), ("it met", None), ("debris", row())]
    heard: list[str] = []
    known = frozenset(("debris", "space-law"))
    subjects = fit_subjects(taught(monkeypatch, *rows), _Words(), known, heard.append)  # type: ignore[arg-type]
    assert subjects.targets == ("debris", "space-law"), "what is not known, or too rare, has no head"
    assert heard == [f"{3 * TIMES + 1} of {3 * TIMES + 1} clauses read"], "no row, no target: not read"

    def odds(words: str) -> dict[str, float]:
        vector = _Words().subject_of(Reading(sentence=words, before="", genre="", clauses=()))
        return dict(zip(subjects.targets, vector @ subjects.weights + subjects.bias, strict=True))

    assert odds("debris")["debris"] > odds("law")["debris"] + 0.5, "the first scale"
    assert odds("law")["space-law"] > odds("it met")["space-law"] + 0.5, "and the second, four orders below it"
    assert all(abs(value) < 5 for value in odds("law").values()), "the means of both scales are taken off"


def test_a_table_of_heads_says_what_its_lines_are(tmp_path: Path) -> None:
    weights = np.arange(WIDTH * (1 + len(LAYERS)) * 2, dtype=np.float32).reshape(-1, 2) / 7
    Subjects(("a", "b"), weights, np.array([-1.0, 2.0])).write(tmp_path)
    lines = (tmp_path / TARGETS).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "dimension\ta\tb"
    assert [line.split("\t")[0] for line in lines[1::WIDTH]] == ["all:0", "top:0", "middle:0", "words:0", "bias"]
    assert lines[2] == "all:1\t0.2857\t0.4286" and lines[-1] == "bias\t-1.0000\t2.0000"


def test_heads_without_an_encoder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"reader: no reader here; 'make reader' fits one"):
        write_new_subjects([], tmp_path, print)


def test_what_is_missing_is_said_before_minutes_of_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    heard: list[str] = []
    some = taught(monkeypatch, ("debris", row("debris")))
    with pytest.raises(MissingPiece, match=r"pip install 'spacegov\[learn\]'"):
        fit_subjects(some, _Words(), frozenset({"debris"}), heard.append)  # type: ignore[arg-type]
    assert heard == []
