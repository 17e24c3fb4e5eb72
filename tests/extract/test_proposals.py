"""Whose a proposal is that a clause tells of."""

from __future__ import annotations

import pytest
from test_slots import Reader, read  # noqa: F401 - a fixture

from spacegov.extract import Extractor
from spacegov.extract.actors import Names
from spacegov.extract.proposals import proposer, says_what, sponsors
from spacegov.extract.records import Filler
from spacegov.extract.targets import Target
from spacegov.model import Act, Metadata
from spacegov.sources.document import document_from_text


@pytest.mark.parametrize(
    ("sentence", "made_by"),
    [
        ("We welcome the Soviet proposal to ban weapons in outer space.", ("ussr",)),
        ("Brazil applauds the initiative of Peru to share satellite data from outer space.", ("peru",)),
        ("The Peruvian initiative for no first placement of weapons deserves support.", ("peru",)),
        ("We back the draft resolution submitted by Peru on space debris.", ("peru",)),
        ("We shall study the proposal submitted by Ghana and Fiji on space debris.", ("ghana", "fiji")),
        ("We fear the American plan to deploy weapons in outer space.", ()),
        # a mere mention
        ("We recall the earlier Soviet proposals.", ()),
        ("We heard this proposal of Peru on space debris.", ()),
        ("In orbit we heard of proposals put forward by Peru.", ("peru",)),
        # not about this domain
        ("In orbit we heard of the programme of nuclear disarmament put forward by Peru.", ()),
        ("In orbit we heard of the programme of tax reform put forward by Peru.", ()),
        ("We welcome the Soviet proposal to ban landmines.", ()),
        # the author's own
        ("Peru backs the Brazilian proposal to ban weapons in outer space.", ()),
        # nothing that can be made
        ("We share the Soviet concern about weapons in outer space.", ()),
    ],
)
def test_a_noun_tells_of_anothers_proposal(read: Reader, sentence: str, made_by: tuple[str, ...]) -> None:  # noqa: F811
    try:
        found = read(sentence, kind="nominal")
    except StopIteration:  # no noun of position at all
        found = read(sentence)
    names = Names.of(
        found.context.document.text, found.clause.sentence.doc.text, [*found.mentions, *found.near],
        found.vocabulary.entries, {},
    )  # fmt: skip
    assert proposer(found.clause, names, found.mentions, found.context) == made_by


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("Reference was made to the proposal of Peru on space debris.", {"peru"}),
        ("The suggestion of Ghana for a register of objects was mentioned.", {"ghana"}),
        ("I made a reference to the proposal of Peru on space debris.", {"brazil"}),
        ("Reference was made to the proposal on space debris.", {"brazil"}),
    ],
)
def test_a_proposal_told_of_is_its_makers(read: Reader, sentence: str, holders: set[str]) -> None:  # noqa: F811
    assert set(read(sentence).holders("proposes")) == holders


AUTHOR = Filler(value=("brazil",), source="author")
PPWT = Target(id="ppwt-2014", score=1.0, source="named: 'PPWT'")


@pytest.mark.parametrize(
    ("sentence", "act", "holder", "found"),
    [
        ("The Conference has before it the PPWT.", "proposes", AUTHOR, ("china", "russia")),
        ("The PPWT remains on the table.", "proposes", AUTHOR, ("china", "russia")),
        # not where it is only welcomed, where somebody is said to do it, or where the text is a means
        ("The Conference has before it the PPWT.", "supports", AUTHOR, ("brazil",)),
        ("The Conference has before it the PPWT.", "proposes", Filler(value=("peru",), source="subject"), ("peru",)),
        ("We have submitted the PPWT.", "proposes", AUTHOR, ("brazil",)),
        ("It is proposed to amend the PPWT.", "proposes", AUTHOR, ("brazil",)),
    ],
)
def test_a_text_before_a_body_is_its_sponsors(
    read: Reader,  # noqa: F811
    sentence: str,
    act: Act,
    holder: Filler,
    found: tuple[str, ...],
) -> None:
    clause = read(sentence)
    rest = (clause.mentions, clause.vocabulary.entries, clause.context)
    assert sponsors(clause.clause, act, holder, PPWT, *rest).value == found


def test_to_take_a_side_on_a_proposal_tells_that_it_was_made(extractor: Extractor) -> None:
    text = "Mongolia firmly supports the proposal submitted by the Soviet Union to prohibit weapons in outer space."
    document = document_from_text(
        text, Metadata(doc="mn-1982", kind="statement", date="1982-10-05", authors=("mongolia",))
    )
    found = {(s.act, s.holders) for s in extractor.extract(document)}
    assert found == {("supports", ("mongolia",)), ("proposes", ("ussr",))}


@pytest.mark.parametrize(
    ("sentence", "kind", "told"),
    [
        ("Peru submitted a paper on space debris.", "root", True),
        ("Peru submitted it in March.", "root", True),
        ("We welcome the proposal submitted by Peru.", "nominal", True),
        ("We welcome the proposal of Peru submitted by Ghana.", "nominal", True),
        ("In orbit we heard of the programme of tax reform put forward by Peru.", "nominal", False),
        ("The earlier Peruvian proposals are well known.", "root", False),
        ("Peru made a suggestion yesterday.", "root", False),
        ("We welcome this proposal submitted by Peru.", "nominal", False),
    ],
)
def test_a_proposal_tells_what_it_proposes(
    read: Reader, sentence: str, kind: str, told: bool  # noqa: F811
) -> None:  # fmt: skip
    found = read(sentence, kind=kind)
    assert says_what(found.clause, found.mentions, ()) is told
