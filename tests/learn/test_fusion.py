"""How much each voice counts, and what fitting the reader needs."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from spacegov import resources
from spacegov.errors import MissingPiece
from spacegov.extract.learned import load_models
from spacegov.extract.pipeline import Extractor
from spacegov.extract.reader import load_reader
from spacegov.learn import eight_bits
from spacegov.learn.examples import Example, Row, clause_examples, examples
from spacegov.learn.fusion import fit_fusion
from spacegov.learn.reader import Pass, chosen, mixed
from spacegov.learn.run import held_out_of, hold_out
from spacegov.learn.shares import target_labels
from spacegov.model import Document, Metadata
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.sources import document_from_text

WEIGHTS = resources.folder("data") / "weights"
SAID = (
    ("We support the Outer Space Treaty.", "supports", "for", "outer-space-treaty"),
    ("We oppose the testing of anti-satellite weapons in space.", "opposes", "against", "anti-satellite-weapons"),
    ("States must prevent an arms race in outer space.", "calls-for", "against", "arms-race-in-outer-space"),
    ("The meeting on outer space began at ten.", "", "", ""),
)
NEAR = "space-security"


def document(name: str, text: str) -> Document:
    return document_from_text(text, Metadata(doc=name, date="2000", authors=("fiji",), forum="cd", kind="statement"))


@pytest.fixture(scope="module")
def some() -> list[Example]:
    extractor, found = Extractor(load_vocabulary()), []
    for number, (text, act, side, target) in enumerate(SAID * 3):
        one = Row(start=0, end=len(text) - 1, act=act, polarity=side, targets=(target,), also_right=(NEAR,))
        rows = [one] if act else []
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
    known = frozenset({NEAR})
    assert target_labels(some, known, 9) == (NEAR,)
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


def test_a_pass_takes_the_shares_and_the_repetitions_of_its_sources(some: list[Example]) -> None:
    with_row = [e for e in some if e.row is not None]
    stage = Pass(rate=1e-5, kept={"gold": (1.0, 0.0)}, times={"gold": 2})
    assert chosen(some, stage, random.Random(0)) == [e for e in with_row for _ in range(2)]
    assert chosen(some, Pass(rate=1e-5), random.Random(0)) == some
    half = chosen(some * 50, Pass(rate=1e-5, kept={"gold": (0.5, 0.5)}), random.Random(0))
    assert 0.4 < len(half) / len(some * 50) < 0.6


def test_eight_bits_are_scaled_by_some_texts_on_space_and_judged_by_others(
    monkeypatch: pytest.MonkeyPatch, some: list[Example]
) -> None:
    text = "We reject the use of force."
    elsewhere = clause_examples(Extractor(load_vocabulary()), document("d", text), {(0, 26): None}, 0.5)
    monkeypatch.setattr(eight_bits, "SAMPLE", len(some) // 2)
    halves = eight_bits.samples([*elsewhere, *some], WEIGHTS / "reader")
    assert [len(half) for half in halves] == [len(some) // 2] * 2
    picked = [id(item.example) for half in halves for item in half]
    assert len(set(picked)) == len(picked) and set(picked) <= {id(e) for e in some}


@dataclass(frozen=True)
class Number:
    """Stands for a tensor: torch is not installed for the tests."""

    value: float
    whole: bool = False

    def is_floating_point(self) -> bool:
        return not self.whole

    def __mul__(self, by: float) -> Number:
        return Number(self.value * by)

    def __add__(self, other: Number) -> Number:
        return Number(self.value + other.value)


def test_the_weights_lie_between_two_passes() -> None:
    before, after = {"w": Number(1.0), "n": Number(3, whole=True)}, {"w": Number(2.0), "n": Number(5, whole=True)}
    assert mixed(before, after, 0.75) == {"w": Number(1.75), "n": Number(5, whole=True)}


def test_fitting_the_reader_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from spacegov.learn.reader import fit_reader

    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingPiece, match="run 'make reader'"):
        fit_reader([], tmp_path, frozenset(), print)
