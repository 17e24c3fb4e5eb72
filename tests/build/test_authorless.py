"""What is said in a text without an author, with the extractor that builds use."""

from __future__ import annotations

from pathlib import Path

import pytest

from spacegov.build.authorless import NOBODY, is_authorless, remark_on, with_stand_in
from spacegov.build.extractor import FairExtractor
from spacegov.model import Document, Metadata, Stance, Vocabulary
from spacegov.rdf.vocabulary import load_vocabulary
from spacegov.resources import folder
from spacegov.sources import document_from_text

SPEECH = (
    "The United States opposes the treaty on the prevention of an arms race in outer space. "
    "We condemn the weapons of the United States in outer space. We support the Outer Space Treaty. "
    "Brazil supports the Outer Space Treaty."
)


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    """The shipped vocabulary."""
    return load_vocabulary(folder("data"), folder("ontology"))


@pytest.fixture(scope="module")
def extractor(shipped: Vocabulary) -> FairExtractor:
    """The rules alone: no weights can change these tests."""
    return FairExtractor(shipped)


def speech(*authors: str, kind: str | None = "statement", text: str = SPEECH) -> Document:
    return document_from_text(text, Metadata(doc="d", authors=authors, kind=kind))


def held(stances: list[Stance]) -> set[tuple[str, str]]:
    return {(holder, s.evidence.exact.split()[0]) for s in stances for holder in s.holders}


def test_the_accused_state_does_not_hold_what_we_say(extractor: FairExtractor) -> None:
    stances = extractor.extract(speech())
    assert not any(word == "We" for _, word in held(stances))
    assert extractor.unheld >= 2


def test_named_actors_keep_their_rows(extractor: FairExtractor) -> None:
    assert ("brazil", "Brazil") in held(extractor.extract(speech()))


def test_an_author_holds_what_we_say_and_nothing_is_left_out(extractor: FairExtractor) -> None:
    assert ("cuba", "We") in held(extractor.extract(speech("cuba")))
    assert extractor.unheld == 0


def test_the_stand_in_is_in_no_row(extractor: FairExtractor, shipped: Vocabulary) -> None:
    assert NOBODY not in shipped.entries
    together = speech(text="Together with Brazil, we support the Outer Space Treaty.")
    for stance in (*extractor.extract(speech()), *extractor.extract(together)):
        assert NOBODY not in {*stance.holders, *stance.targets, *stance.addressees}


def test_the_only_one_who_speaks_in_a_report_holds_what_is_reported(shipped: Vocabulary) -> None:
    one = speech(kind="news", text="Brazil said that it was so. The United States has weapons.")
    two = speech(kind="report", text="Brazil said that it was so. The United States said that it was not.")
    assert with_stand_in(one, shipped).metadata.authors == ("brazil",)
    assert with_stand_in(two, shipped).metadata.authors == (NOBODY,)


def test_the_speaker_of_a_report_who_was_given_holds_what_is_reported(shipped: Vocabulary) -> None:
    report = document_from_text("He made three proposals.", Metadata(doc="d", kind="news", speaker="li-baodong"))
    assert with_stand_in(report, shipped).metadata.authors == ("china",)


@pytest.mark.parametrize("kind", ["resolution", "treaty", "guidelines"])
def test_a_norm_is_the_word_of_its_body(kind: str) -> None:
    assert not is_authorless(Metadata(doc="d", kind=kind))
    assert is_authorless(Metadata(doc="d", kind="law"))


@pytest.mark.parametrize(
    ("unheld", "rows", "said"),
    [(0, 0, 'clauses of "we" have'), (1, 4, '1 clause of "we" has'), (3, 0, '3 clauses of "we" have'), (0, 2, None)],
)
def test_what_was_lost_is_said(unheld: int, rows: int, said: str | None) -> None:
    remark = remark_on(Path("texts/a.txt"), unheld=unheld, rows=rows)
    where = "name it in a.meta.json or with extract --author"
    assert remark == (f"no author given or found; {said} no holder; {where}" if said else None)
