"""What an example teaches: rows on space, acts on any matter."""

from __future__ import annotations

import pytest

from spacegov.extract.pipeline import Extractor
from spacegov.learn.examples import Example, Row, Source, examples
from spacegov.learn.train import fit
from spacegov.model import Document, Metadata
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.sources import document_from_text

HARBOURS = "Fiji believes that States must protect their harbours. The meeting began at ten."
ORBITS = "Fiji believes that States must protect satellites in outer space. The meeting on outer space began at ten."


def document(text: str) -> Document:
    return document_from_text(text, Metadata(doc="d", date="2000", authors=("fiji",), forum="cd", kind="statement"))


def annotated(text: str, act: str, source: Source, polarity: str = "for") -> list[Example]:
    row = Row(start=0, end=text.index("."), act=act, polarity=polarity, targets=("space-security",))
    return examples(Extractor(load_vocabulary()), document(text), [row], 0.5, source)


@pytest.fixture(scope="module")
def orbits() -> list[Example]:
    return annotated(ORBITS, "calls-for", "annotated") + annotated(ORBITS, "supports", "annotated")


@pytest.fixture(scope="module")
def harbours() -> list[Example]:
    return annotated(HARBOURS, "commits", "whole")


def test_the_clause_that_shows_a_row_best_has_it_and_a_part_of_it_counts_little(orbits: list[Example]) -> None:
    outer, inner, other = orbits[:3]
    assert outer.row is not None and outer.weight == 0.5
    assert inner.row is None and inner.weight == pytest.approx(0.15)
    assert other.row is None and other.weight == 0.5


def test_a_passage_on_other_matters_is_read_as_a_whole_without_its_distance_from_space(harbours: list[Example]) -> None:
    assert [e.row is not None for e in harbours] == [True, False, False]
    assert not any(e.of_domain for e in harbours)
    names = {name for e in harbours for name, _ in e.candidate.features}
    assert names and not any(name.startswith(("p:", "m:space", "m:near")) for name in names)
    assert annotated(HARBOURS, "commits", "annotated") == []


def test_other_matters_teach_acts_and_nothing_else(orbits: list[Example], harbours: list[Example]) -> None:
    both = [*orbits, *annotated(ORBITS, "opposes", "annotated", "against")]
    alone, more = fit(both, frozenset()), fit([*both, *harbours], frozenset())
    assert set(more["act"].classes) - set(alone["act"].classes) == {"commits"}
    for name in ("row", "polarity", "sides"):
        assert more[name].weights == alone[name].weights
