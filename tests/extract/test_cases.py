"""Hand-made cases in the manner of many speakers, decades and genres: what is right, and how much of it is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

import pytest
from extract_cases import FLOOR, Case, case_of, read_cases, run_cases

from spacegov.extract import Extractor
from spacegov.model import ACTS, POLARITIES, Vocabulary

CASES = read_cases()
MUST = [case for case in CASES if case.must]


@pytest.fixture(scope="module")
def faults(extractor: Extractor) -> dict[str, list[str]]:
    """What is wrong with each case."""
    return run_cases(extractor, CASES)


@pytest.mark.parametrize("case", MUST, ids=lambda case: case.id)
def test_a_clear_cut_case_is_read_entirely_right(case: Case, faults: dict[str, list[str]]) -> None:
    assert not faults[case.id], "\n".join([case.passage, *faults[case.id]])


def test_the_share_of_cases_read_right_never_falls(faults: dict[str, list[str]]) -> None:
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))["cases"]
    failing = [case for case in CASES if faults[case.id]]
    for case in failing:
        print(f"{case.id}: {case.passage!r}", *faults[case.id], sep="\n    ")
    share = 1 - len(failing) / len(CASES)
    assert share >= floor, f"{share:.3f} of {len(CASES)} cases pass, the floor is {floor}"


def test_the_cases_are_many_and_many_of_them_hold_no_stance() -> None:
    assert len(CASES) >= 300
    assert sum(not case.expect for case in CASES) >= 60
    assert len(MUST) >= 150


def test_no_case_stands_there_twice() -> None:
    for counted in (Counter(c.id for c in CASES), Counter(c.passage for c in CASES)):
        assert max(counted.values()) == 1


def test_the_cases_cover_every_act_and_polarity() -> None:
    rows = [row for case in CASES for row in case.expect]
    assert {row.act for row in rows} == set(ACTS)
    assert {row.polarity for row in rows} == set(POLARITIES)


def test_every_id_in_a_case_is_known(vocabulary: Vocabulary) -> None:
    for case in CASES:
        ids = {*case.metadata.authors, *(i for row in case.expect for i in (*row.holders, *row.targets_any))}
        if case.metadata.forum:
            ids.add(case.metadata.forum)
        assert ids <= vocabulary.entries.keys(), case.id


# --- the judge itself ----------------------------------------------------------------------------------

PASSAGE = {
    "id": "x-1",
    "passage": "Brazil firmly supports the Outer Space Treaty.",
    "author": "brazil",
    "date": "2019-10-22",
}
RIGHT = {"act": "supports", "polarity": "for", "holders": ["brazil"], "targets_any": ["outer-space-treaty"]}


def judged(extractor: Extractor, *rows: Mapping[str, object]) -> list[str]:
    case = case_of({**PASSAGE, "expect": list(rows)})
    return case.faults(extractor.extract(case.document()))


def test_a_right_row_has_no_fault(extractor: Extractor) -> None:
    assert judged(extractor, RIGHT) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "opposes"},
        {"polarity": "against"},
        {"holders": ["chile"]},
        {"holders": ["brazil", "chile"]},
        {"targets_any": ["moon-agreement"]},
    ],
    ids=["act", "polarity", "holder", "one holder too few", "target"],
)
def test_a_row_that_differs_in_one_field_fails(extractor: Extractor, wrong: Mapping[str, object]) -> None:
    faults = judged(extractor, {**RIGHT, **wrong})
    assert [fault.split(":")[0] for fault in faults] == ["missing", "found instead"]


def test_a_row_too_many_fails(extractor: Extractor) -> None:
    assert len(judged(extractor)) == 1


def test_a_row_too_few_fails(extractor: Extractor) -> None:
    assert len(judged(extractor, RIGHT, RIGHT)) == 1
