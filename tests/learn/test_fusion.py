"""How much each voice counts, and what fitting the reader needs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from spacegov import resources
from spacegov.errors import MissingPiece
from spacegov.extract.learned import load_models
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import load_reader
from spacegov.learn.examples import Example, Row, clause_examples, examples
from spacegov.learn.fusion import fit_fusion
from spacegov.learn.reader import target_labels
from spacegov.learn.run import held_out_of, hold_out
from spacegov.model import Document, Metadata
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.sources import document_from_text

WEIGHTS = resources.folder("data") / "weights"
SAID = (
    ("We support the Outer Space Treaty.", "supports", "for"),
    ("We oppose the testing of anti-satellite weapons in space.", "opposes", "against"),
    ("States must prevent an arms race in outer space.", "calls-for", "against"),
    ("The meeting on outer space began at ten.", "", ""),
)


def document(name: str, text: str) -> Document:
    return document_from_text(text, Metadata(doc=name, date="2000", authors=("fiji",), forum="cd", kind="statement"))


@pytest.fixture(scope="module")
def some() -> list[Example]:
    extractor, found = Extractor(load_vocabulary()), []
    for number, (text, act, side) in enumerate(SAID * 3):
        rows = [Row(start=0, end=len(text) - 1, act=act, polarity=side, targets=("space-security",))] if act else []
        found += examples(extractor, document(f"d{number}", text), rows, 1.0)
    return found


def test_a_reader_that_is_right_is_heard(some: list[Example]) -> None:
    reader = load_reader(WEIGHTS / "reader")
    assert reader is not None
    fusion = fit_fusion(some, load_models(WEIGHTS), reader)
    assert fusion.classes == ("row", "act", "polarity", "target")
    assert fusion.weights["reader"][0] > 0
    assert fusion.weights["reader"][1] + fusion.weights["linear"][1] > 0
    assert fusion.weights["reader"][2] > 0
    assert fusion.weights["reader"][3] > 0


def test_a_target_is_learnt_where_enough_rows_have_it(some: list[Example]) -> None:
    known = frozenset({"space-security"})
    assert target_labels(some, known, 9) == ("space-security",)
    assert target_labels(some, known, 10) == ()
    assert target_labels(some, frozenset(), 1) == ()


def test_a_third_of_the_gold_documents_is_held_out_the_same_each_time(some: list[Example]) -> None:
    assert len(hold_out(some)) == 4
    assert hold_out(some) == hold_out(list(reversed(some)))


def test_the_documents_held_out_are_kept_beside_the_reader(tmp_path: Path) -> None:
    assert held_out_of(tmp_path) == frozenset()
    assert len(held_out_of(WEIGHTS)) > 20


def test_a_labelled_clause_teaches_no_row(tmp_path: Path) -> None:
    text = "We reject the use of force."
    (one,) = clause_examples(Extractor(load_vocabulary()), document("d", text), {(0, 26): None}, 0.5)
    assert (one.of_domain, one.row, one.weight) == (False, None, 0.5)
    assert not any(name.startswith(("p:", "m:space")) for name, _ in one.candidate.features)


def test_fitting_the_reader_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from spacegov.learn.reader import fit_reader

    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingPiece, match="run 'make reader'"):
        fit_reader([], tmp_path, frozenset(), print)
