from __future__ import annotations

import pytest
from pyoxigraph import Store

from spacegov.errors import InputError
from spacegov.query.run import nearby, run


def test_holders_and_targets_of_one_stance_are_one_row(store: Store) -> None:
    answer = run(store, "who-proposed", forum="Conference on Disarmament")
    assert len(answer) == 1
    row = answer.rows[0]
    assert row["holders"] == ("china", "russia")
    assert row["instrument"] == ("ppwt", "weaponization")
    assert (row["forum"], row["date"], row["document"]) == ("cd", "2008-02", "d1")


def test_numbers_come_typed_and_what_is_absent_is_none(store: Store) -> None:
    row = run(store, "evidence-for", stance="s1").rows[0]
    assert (row["start"], row["confidence"], row["prefix"]) == (10, 0.75, None)


def test_a_row_has_no_column_that_the_question_does_not_name(store: Store) -> None:
    with pytest.raises(KeyError):
        run(store, "who-proposed").rows[0]["the_actor"]


def test_an_empty_answer_says_what_to_leave_out(store: Store) -> None:
    answer = run(store, "who-proposed", actor="china", since="2015")
    assert len(answer) == 0
    assert nearby(store, answer) == ["without --since: 1 row"]


def test_an_unknown_question_is_answered_with_the_nearest_one(store: Store) -> None:
    with pytest.raises(InputError, match="did you mean who-proposed"):
        run(store, "who-propose")


def test_data_frames_hold_the_same_rows(store: Store) -> None:
    answer = run(store, "who-proposed")
    assert answer.to_polars().to_dicts()[0]["holders"] == ["china", "russia"]
    assert answer.to_pandas().iloc[0]["holders"] == ["china", "russia"]
    assert list(answer.to_pandas().columns) == list(answer.columns)


def test_an_empty_answer_is_a_data_frame_with_its_columns(store: Store) -> None:
    answer = run(store, "who-proposed", since="2020")
    assert answer.to_polars().columns == list(answer.columns)
