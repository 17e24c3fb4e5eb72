"""A small graph that the tests of this folder ask."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Store

TRIG = """
@prefix act: <https://w3id.org/spacegov/id/act/> .
@prefix actor: <https://w3id.org/spacegov/id/actor/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/spacegov/id/document/> .
@prefix ev: <https://w3id.org/spacegov/id/evidence/> .
@prefix forum: <https://w3id.org/spacegov/id/forum/> .
@prefix instrument: <https://w3id.org/spacegov/id/instrument/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix sg: <https://w3id.org/spacegov/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://w3id.org/spacegov/id/stance/> .
@prefix topic: <https://w3id.org/spacegov/id/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/spacegov/graph/reference> {
  actor:china a sg:State ; skos:prefLabel "China"@en ; skos:altLabel "People's Republic of China"@en ;
    sg:iso3 "CHN" ; sg:m49 "156" .
  actor:united-states a sg:State ; skos:prefLabel "United States"@en ; sg:acronym "US" , "USA" ; sg:iso3 "USA" .
  actor:russia a sg:State ; skos:prefLabel "Russian Federation"@en , "Fédération de Russie"@fr .
  forum:cd a sg:Forum ; skos:prefLabel "Conference on Disarmament"@en ; sg:acronym "CD" .
  forum:gge-1 a sg:Forum ; skos:prefLabel "Group of experts (first)"@en ; sg:acronym "GGE" .
  forum:gge-2 a sg:Forum ; skos:prefLabel "Group of experts (second)"@en ; sg:acronym "GGE" .
  topic:weaponization a sg:Topic ; skos:prefLabel "Weaponization of outer space"@en .
  instrument:ppwt a sg:DraftTreaty ; skos:prefLabel "Draft treaty [on weapons]"@en ; sg:symbol "CD/1839" .
}
<https://w3id.org/spacegov/graph/document/d1> {
  doc:d1 a sg:Document ; dcterms:title "=Letter | of 2008" ; sg:symbol "CD/1839" ; sg:hasAuthor actor:china ;
    sg:isDeliveredIn forum:cd ; sg:onDate "2008-02-12"^^xsd:date ; sg:earliest "2008-02-12"^^xsd:date ;
    sg:latest "2008-02-12"^^xsd:date ; sg:sourceHash "00" ; sg:documentKind "working-paper" ;
    sg:address "https://example.org/cd1839"^^xsd:anyURI .
  stance:s1 a sg:Stance ; sg:isHeldBy actor:russia , actor:china ; sg:hasAct act:proposes ;
    sg:hasPolarity sg:for ; sg:hasTarget instrument:ppwt , topic:weaponization ; sg:isMadeIn forum:cd ;
    sg:onDate "2008-02"^^xsd:gYearMonth ; sg:earliest "2008-02-01"^^xsd:date ;
    sg:latest "2008-02-29"^^xsd:date ; sg:hasConfidence 0.75 ; sg:hasReviewStatus sg:unreviewed ;
    sg:isEvidencedBy ev:s1 .
  ev:s1 a sg:Evidence ; sg:isFoundIn doc:d1 ; oa:start 10 ; oa:end 40 ; sg:sourceHash "00" ;
    oa:exact "=we table   a draft" .
}
"""


@pytest.fixture
def store() -> Store:
    """Three states, three forums, one document with one stance."""
    store = Store()
    store.load(TRIG.encode(), format=RdfFormat.TRIG)
    return store
