from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from spacegov.errors import VocabularyError
from spacegov.model import Entry, Metadata, Stance, Vocabulary
from spacegov.namespaces import SG
from spacegov.rdf.writer import document_quads
from spacegov.stances import evidence_at, with_id

SOURCE = "Utopia supported the draft treaty of 2008. Erewhon opposed it."
PREFIXES = """
PREFIX sg: <https://w3id.org/spacegov/ontology#>
PREFIX id: <https://w3id.org/spacegov/id/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""


def entry(identifier: str, kind: str, type_: str, **more: Any) -> Entry:
    return Entry(id=identifier, kind=kind, type=type_, label=identifier.title(), **more)


ENTRIES = {
    "utopia": entry("utopia", "actor", "State"),
    "erewhon": entry("erewhon", "actor", "State"),
    "ppwt-2008": entry("ppwt-2008", "instrument", "DraftTreaty"),
    "paros": entry("paros", "topic", "Topic"),
    "cd": entry("cd", "forum", "Forum"),
    "cd-2008-1": entry("cd-2008-1", "meeting", "Meeting", forum="cd"),
    "arf": entry("arf", "actor", "Organisation"),
    "forum/arf": entry("arf", "forum", "Forum"),
    "li-song": entry("li-song", "person", "Person"),
}
VOCABULARY = Vocabulary(entries=ENTRIES, frames=(), hash="cd" * 32)
METADATA = Metadata(
    doc="utopia-2009",
    title="Statement by Utopia",
    date="2009-03",
    authors=("utopia",),
    speaker="li-song",
    forum="cd",
    kind="statement",
    symbol="CD/1",
    address="https://example.org/1",
    basis="prop-001",
)


def stance(**changes: Any) -> Stance:
    made = Stance(
        id="",
        evidence=evidence_at(SOURCE, 0, 42, doc="utopia-2009", sha256="ab" * 32),
        holders=("utopia",),
        act="supports",
        polarity="for",
        targets=("ppwt-2008",),
        confidence=0.8,
    )
    return with_id(replace(made, **changes))


def quads(*stances: Stance, metadata: Metadata = METADATA, include_text: bool = True) -> list[Quad]:
    return document_quads(metadata, stances, VOCABULARY, sha256="ab" * 32, version="0.1", include_text=include_text)


def ask(found: list[Quad], pattern: str) -> bool:
    store = Store()
    store.extend(found)
    return bool(store.query(f"{PREFIXES} ASK {{ GRAPH ?g {{ {pattern} }} }}"))


def test_a_stance_says_who_does_what_toward_what() -> None:
    found = quads(stance(addressees=("erewhon",), forum="cd-2008-1", on_behalf_of="arf"))
    assert ask(
        found,
        """?s a sg:Stance ; sg:isHeldBy <https://w3id.org/spacegov/id/actor/utopia> ;
        sg:hasAct <https://w3id.org/spacegov/id/act/supports> ; sg:hasPolarity sg:for ;
        sg:hasTarget <https://w3id.org/spacegov/id/instrument/ppwt-2008> ;
        sg:isAddressedTo <https://w3id.org/spacegov/id/actor/erewhon> ;
        sg:isMadeIn <https://w3id.org/spacegov/id/meeting/cd-2008-1> ;
        sg:onBehalfOf <https://w3id.org/spacegov/id/actor/arf> ;
        sg:hasConfidence 0.8 ; sg:hasReviewStatus sg:unreviewed""",
    )


def test_everything_stands_in_the_graph_of_the_document() -> None:
    assert {str(quad.graph_name) for quad in quads(stance())} == {
        "<https://w3id.org/spacegov/graph/document/utopia-2009>"
    }


def test_evidence_has_offsets_words_and_hash() -> None:
    assert ask(
        quads(stance()),
        f"""?s sg:isEvidencedBy ?e . ?e a sg:Evidence ; oa:start 0 ; oa:end 42 ;
        oa:exact "Utopia supported the draft treaty of 2008." ; oa:suffix " Erewhon opposed it." ;
        sg:sourceHash "{"ab" * 32}" ; sg:isFoundIn <https://w3id.org/spacegov/id/document/utopia-2009>""",
    )


def test_released_positions_keep_offsets_but_not_one_word_of_the_source() -> None:
    found = quads(stance(condition="only if verifiable"), include_text=False)
    assert ask(found, "?e oa:start 0 ; oa:end 42 ; sg:sourceHash ?hash")
    values = " ".join(quad.object.value for quad in found if isinstance(quad.object, Literal))
    assert "draft treaty" not in values
    assert "verifiable" not in values


def test_two_stances_on_the_same_words_share_their_passage() -> None:
    found = quads(stance(), stance(act="commits"))
    passages = {q.object for q in found if q.predicate == NamedNode(SG + "isEvidencedBy")}
    assert len(passages) == 1


def test_a_partial_date_stands_as_said_beside_its_first_and_last_day() -> None:
    found = quads(stance(date="2008"))
    assert ask(
        found,
        """?s a sg:Stance ; sg:onDate "2008"^^xsd:gYear ;
        sg:earliest "2008-01-01"^^xsd:date ; sg:latest "2008-12-31"^^xsd:date""",
    )
    assert ask(found, '?d a sg:Document ; sg:onDate "2009-03"^^xsd:gYearMonth')


def test_the_document_says_what_it_is_and_on_what_it_rests() -> None:
    assert ask(
        quads(),
        """?d a sg:Document ; dcterms:title "Statement by Utopia" ; sg:symbol "CD/1" ;
        sg:hasAuthor <https://w3id.org/spacegov/id/actor/utopia> ;
        sg:hasSpeaker <https://w3id.org/spacegov/id/person/li-song> ;
        sg:isDeliveredIn <https://w3id.org/spacegov/id/forum/cd> ; sg:documentKind "statement" ;
        dcterms:language "en" ; sg:address "https://example.org/1"^^xsd:anyURI ; sg:restsOn "prop-001" """,
    )


def test_a_document_of_a_meeting_is_delivered_in_the_meetings_forum() -> None:
    found = quads(metadata=replace(METADATA, forum="cd-2008-1"))
    assert ask(found, "?d sg:isDeliveredIn <https://w3id.org/spacegov/id/forum/cd>")


def test_the_run_names_extractor_version_and_vocabulary() -> None:
    assert ask(
        quads(stance(extractor="frames")),
        f"""?s prov:wasGeneratedBy ?r . ?r a sg:Run ; sg:extractorName "frames" ;
        sg:softwareVersion "0.1" ; sg:vocabularyHash "{"cd" * 32}" ;
        prov:used <https://w3id.org/spacegov/id/document/utopia-2009>""",
    )


def test_a_candidate_topic_is_typed_and_labelled_with_its_phrase() -> None:
    assert ask(
        quads(stance(targets=("new:lunar-time",))),
        """?s sg:hasTarget <https://w3id.org/spacegov/id/topic/new:lunar-time> .
        <https://w3id.org/spacegov/id/topic/new:lunar-time> a sg:CandidateTopic ;
        skos:prefLabel "lunar time"@en""",
    )


def test_a_name_of_an_actor_and_a_forum_is_taken_by_its_role() -> None:
    found = quads(stance(holders=("arf",), forum="arf"))
    assert ask(
        found,
        """?s sg:isHeldBy <https://w3id.org/spacegov/id/actor/arf> ;
        sg:isMadeIn <https://w3id.org/spacegov/id/forum/arf>""",
    )


def test_an_allusion_stays_apart_from_the_holders() -> None:
    found = quads(stance(may_allude=(("erewhon", 0.4),)))
    assert ask(found, "?s sg:mayAllude <https://w3id.org/spacegov/id/actor/erewhon> ; sg:allusionConfidence 0.4")
    assert not ask(found, "?s sg:isHeldBy <https://w3id.org/spacegov/id/actor/erewhon>")


def test_a_speaker_whom_only_the_text_names_becomes_a_person_with_a_label() -> None:
    found = quads(stance(speaker="jane-doe"))
    assert ask(
        found,
        """?s sg:isUtteredBy <https://w3id.org/spacegov/id/person/jane-doe> .
        <https://w3id.org/spacegov/id/person/jane-doe> a sg:Person ; skos:prefLabel "Jane Doe"@en""",
    )


def test_a_speaker_of_the_reference_data_is_not_described_again() -> None:
    found = quads(stance(speaker="li-song"))
    assert not ask(found, "?p a sg:Person")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"holders": ("utopya",)}, "unknown actor 'utopya' (did you mean 'utopia'?)"),
        ({"holders": ("cd",)}, "'cd' is known as forum; actor is needed"),
        ({"targets": ("ppwt",)}, "unknown instrument or topic"),
        ({"forum": "utopia"}, "'utopia' is known as actor; forum or meeting is needed"),
        ({"addressees": ("nobody",)}, "addressee of utopia-2009-"),
        ({"may_allude": (("nobody", 0.1),)}, "allusion of"),
        ({"on_behalf_of": "g99"}, "group of"),
    ],
)
def test_an_id_that_the_reference_data_do_not_hold_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        quads(stance(**changes))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("change", [{"authors": ("atlantis",)}, {"forum": "cdd"}])
def test_an_unknown_id_of_the_metadata_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(VocabularyError, match=f"unknown .* '{(change.get('authors') or [change['forum']])[0]}'"):
        quads(metadata=replace(METADATA, **change))


def test_the_quads_do_not_depend_on_the_order_of_the_stances() -> None:
    one, other = stance(), stance(act="opposes", polarity="against")
    assert quads(one, other) == quads(other, one)
    assert len(quads(one, other)) == len(set(quads(one, other)))


def test_no_blank_node_is_written_and_every_literal_is_canonical() -> None:
    """What a store gives back is what went in, letter by letter."""
    found = quads(stance(confidence=1.0, date="2008-02-12", targets=("paros", "new:é")), stance(confidence=0.25))
    assert not any("_:" in str(term) for quad in found for term in (quad.subject, quad.object))
    store = Store()
    store.extend(found)
    assert sorted(store, key=str) == found
    again = parse(serialize(found, format=RdfFormat.N_QUADS) or b"", format=RdfFormat.N_QUADS)
    assert sorted(again, key=str) == found
