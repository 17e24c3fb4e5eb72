"""A clause inside another one's words that is a row of its own."""

from __future__ import annotations

import pytest

from conftest import Clauses
from spacegov.extract import Extractor
from spacegov.extract.clauses import without
from spacegov.extract.judge import OWN_ROW
from spacegov.extract.records import Clause
from spacegov.model import Metadata, Vocabulary
from spacegov.sources import document_from_text


def by_head(found: list[Clause], head: str) -> Clause:
    return next(c for c in found if c.head.text == head)


@pytest.mark.parametrize(
    ("sentence", "outer", "inner", "left"),
    [
        (
            "Peru signed the Accords on Monday, while Fiji ratified the Moon Agreement.", "signed", "ratified",
            "Peru signed the Accords on Monday",
        ),
        (
            "Recognizing the danger of debris, Peru adopted new rules.", "adopted", "Recognizing",
            "Peru adopted new rules",
        ),
        (
            "The rules, which Peru rejects, bind all launching States.", "bind", "rejects",
            "The rules, which Peru rejects, bind all launching States",
        ),
    ],
)  # fmt: skip
def test_an_outer_clause_leaves_the_words_at_its_edge(
    clauses: Clauses, sentence: str, outer: str, inner: str, left: str
) -> None:
    found = clauses(sentence)
    assert without(by_head(found, outer), by_head(found, inner)).words.removesuffix(", while") == left


@pytest.mark.parametrize(("inner", "quotes"), [(OWN_ROW, 2), (OWN_ROW - 0.01, 1)])
def test_a_clause_inside_another_is_a_row_where_it_is_sure(
    monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary, inner: float, quotes: int
) -> None:
    text = "Peru signed the Artemis Accords at the ceremony, while Chile ratified the Moon Agreement in its capital."
    extractor = Extractor(vocabulary)
    scores = {"signed": 0.9, "ratified": inner}
    monkeypatch.setattr(extractor.judge, "row", lambda c: scores[c.clause.head.text])
    found = extractor.extract(document_from_text(text, Metadata(doc="x", date="2021-05-05", kind="news")))
    assert len(found) == quotes
    first = next(s for s in found if s.holders == ("peru",))
    assert ("Chile" in first.evidence.exact) == (quotes == 1)


def test_words_inside_a_stance_that_say_it_again_are_no_second_one(extractor: Extractor) -> None:
    said = "My country firmly declares its opposition to measures that bring weapons into outer space."
    metadata = Metadata(doc="d1", authors=("peru",), kind="statement", date="2020-01-01")
    (outcome,) = extractor.explain(document_from_text(said, metadata))
    assert (outcome.stance.act, outcome.stance.evidence.start) == ("opposes", 0)


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("We support the prevention of an arms race in outer space.", 1),
        ("I now turn to the prevention of an arms race in outer space.", 0),
        ("Peru proposed a treaty on space debris.", 1),
        ("Peru proposed much.", 0),
    ],
)
def test_words_that_only_announce_or_tell_no_content_are_no_row(
    monkeypatch: pytest.MonkeyPatch, vocabulary: Vocabulary, said: str, rows: int
) -> None:
    extractor = Extractor(vocabulary)
    monkeypatch.setattr(
        extractor.judge, "row", lambda c: float(c.clause.kind == "root" and c.clause.head.dep_ == "ROOT")
    )
    before = "Weapons in outer space are a danger. "
    metadata = Metadata(doc="x", authors=("fiji",), date="2021-05-05", kind="statement")
    found = extractor.extract(document_from_text(before + said, metadata))
    assert sum(s.evidence.start >= len(before) for s in found) == rows
