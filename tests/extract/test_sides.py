"""Polarity and targets of one row are on one side."""

from __future__ import annotations

import numpy as np

from spacegov.extract.learned import LinearModel
from spacegov.extract.sides import reconcile

SIDES = LinearModel(
    ("against",),
    {
        "arms-race": np.array([1.0], dtype=np.float32),
        "peaceful-uses": np.array([-1.0], dtype=np.float32),
        "ptbt": np.array([-0.5], dtype=np.float32),
    },
)


def test_a_threat_alone_makes_the_stance_against() -> None:
    assert reconcile("supports", "for", ("arms-race",), SIDES) == ("against", ("arms-race",))


def test_a_deed_may_be_the_threat_itself() -> None:
    assert reconcile("reports", "for", ("arms-race",), SIDES) == ("for", ("arms-race",)), "it tested a weapon"
    assert reconcile("reports", "against", ("arms-race",), SIDES) == ("against", ("arms-race",)), "it ended a test"


def test_a_deed_keeps_what_it_did_beside_what_it_served() -> None:
    assert reconcile("reports", "for", ("arms-race", "ptbt"), SIDES) == ("for", ("arms-race", "ptbt"))


def test_a_good_alone_makes_the_stance_for() -> None:
    assert reconcile("calls-for", "against", ("peaceful-uses",), SIDES) == ("for", ("peaceful-uses",))


def test_a_threat_leaves_a_row_that_is_for_a_good() -> None:
    assert reconcile("supports", "for", ("peaceful-uses", "arms-race"), SIDES) == ("for", ("peaceful-uses",))


def test_a_target_with_no_clear_side_keeps_the_polarity() -> None:
    assert reconcile("opposes", "against", ("ptbt",), SIDES) == ("against", ("ptbt",))


def test_criticism_of_a_good_stays_criticism() -> None:
    assert reconcile("criticises", "against", ("peaceful-uses",), SIDES) == ("against", ("peaceful-uses",))


def test_without_counted_sides_nothing_changes() -> None:
    assert reconcile("supports", "for", ("arms-race",), None) == ("for", ("arms-race",))
