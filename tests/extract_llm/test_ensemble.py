"""The rules stay in charge: a model confirms their rows, or its own go to a reader."""

from __future__ import annotations

from typing import Any

from spacegov.extract.ensemble import Ensemble, agree, combine
from spacegov.extract.llm_records import LlmReading
from spacegov.model import Check, Document, Stance
from spacegov.stances import evidence_at, with_id

SOURCE = "China supports the draft treaty, and Russia tabled it in Geneva."


def stance(start: int = 0, end: int = 31, **changes: Any) -> Stance:
    content: dict[str, Any] = {
        "holders": ("china",), "act": "supports", "polarity": "for", "targets": ("ppwt",), "confidence": 0.6,
    }  # fmt: skip
    return with_id(Stance(id="", evidence=evidence_at(SOURCE, start, end, doc="d", sha256="0"), **content | changes))


def by_model(*args: int, **changes: Any) -> Stance:
    return stance(*args, extractor="llm:m@0", **changes)


def reading(*stances: Stance, read: tuple[tuple[int, int], ...] = ((0, 64),)) -> LlmReading:
    return LlmReading(stances=stances, read=read)


def check(row: Stance, name: str = "llm-agrees") -> Check | None:
    return next((c for c in row.checks if c.name == name), None)


def test_agreement_raises_confidence_and_adds_no_row() -> None:
    (row,) = combine([stance()], reading(by_model(6, 31)))
    assert (row.confidence, row.extractor, row.id) == (0.72, "frames", stance().id)
    assert check(row) == Check(name="llm-agrees", passed=True)


def test_agreement_on_other_targets_says_so() -> None:
    (row,) = combine([stance()], reading(by_model(targets=("paros",))))
    assert check(row) == Check(name="llm-agrees", passed=True, note="but names other targets")


def test_agreement_never_lowers_confidence() -> None:
    (row,) = combine([stance(confidence=1.0)], reading(by_model()))
    assert row.confidence == 1.0


def test_disagreement_keeps_the_rules_row_and_gives_the_models_to_review() -> None:
    ours, theirs = combine([stance()], reading(by_model(1, 31, act="opposes", polarity="against")))
    assert (ours.act, ours.confidence) == ("supports", 0.6)
    assert check(ours) == Check(name="llm-agrees", passed=False, note="the model reads china opposes (against)")
    assert (theirs.act, theirs.confidence, theirs.review) == ("opposes", 0.2, "unreviewed")
    found = check(theirs, "frames-agree")
    assert found is not None and not found.passed


def test_a_model_that_reads_nothing_here_disagrees() -> None:
    (row,) = combine([stance()], reading())
    assert check(row) == Check(name="llm-agrees", passed=False, note="the model reads no stance here")


def test_what_the_model_did_not_read_is_left_as_it_was() -> None:
    assert combine([stance()], reading(read=((40, 64),))) == [stance()]


def test_a_row_that_only_the_model_has_is_a_candidate() -> None:
    (row,) = combine([], reading(by_model(confidence=0.9)))
    assert (row.confidence, row.review, row.extractor) == (0.2, "unreviewed", "llm:m@0")


def test_one_row_of_the_model_may_second_two_of_the_rules() -> None:
    rows = combine([stance(0, 14), stance(15, 31)], reading(by_model(0, 31)))
    assert [r.extractor for r in rows] == ["frames", "frames"]
    assert all((c := check(r)) and c.passed for r in rows)


def test_agreement_needs_words_act_polarity_and_holders() -> None:
    assert agree(stance(), by_model(10, 31, targets=("paros",)))
    assert not agree(stance(), by_model(32, 64))
    assert not agree(stance(), by_model(act="commits"))
    assert not agree(stance(), by_model(polarity="neutral"))
    assert not agree(stance(), by_model(holders=("china", "russia")))


def test_the_ensemble_is_an_extractor(document: Any) -> None:
    class Rules:
        def extract(self, document: Document) -> list[Stance]:
            return [stance()]

    class Model:
        def read(self, document: Document) -> LlmReading:
            return reading(by_model(), by_model(37, 64, holders=("russia",), act="proposes"))

    rows = Ensemble(Rules(), Model()).extract(document(SOURCE))
    assert [(r.extractor, r.confidence) for r in rows] == [("frames", 0.72), ("llm:m@0", 0.2)]
