"""What leaves as JSON-LD can be read as plain JSON, and comes back quad by quad."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from spacegov.namespaces import ID, PREFIXES, SG, iri
from spacegov.rdf.json_ld import CONTEXT, to_json_ld
from spacegov.rdf.shipped import ontology_quads
from spacegov.validate.json_ld import with_contexts

GRAPH = NamedNode("https://w3id.org/spacegov/graph/document/d")
STANCE = NamedNode(iri("stance", "d-1"))
XSD = PREFIXES["xsd"]
IS_A = NamedNode(PREFIXES["rdf"] + "type")


def sg(name: str) -> NamedNode:
    return NamedNode(SG + name)


def typed(text: str, kind: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + kind))


def quads(*facts: tuple[NamedNode, Any]) -> list[Quad]:
    return [Quad(STANCE, predicate, value, GRAPH) for predicate, value in facts]


def node(*facts: tuple[NamedNode, Any]) -> dict[str, Any]:
    """The node of the stance, as whoever reads JSON sees it."""
    (graph,) = json.loads(to_json_ld(quads(*facts)))["@graph"]
    (found,) = graph["@graph"]
    return found  # type: ignore[no-any-return]


def test_a_stance_reads_like_a_record() -> None:
    found = node(
        (IS_A, sg("Stance")),
        (sg("isHeldBy"), NamedNode(iri("actor", "china"))),
        (sg("isHeldBy"), NamedNode(iri("actor", "russia"))),
        (sg("hasAct"), NamedNode(iri("act", "proposes"))),
        (sg("hasConfidence"), typed("0.75", "decimal")),
        (sg("earliest"), typed("2008-02-12", "date")),
        (sg("condition"), Literal("if it is verifiable")),
        (NamedNode(PREFIXES["oa"] + "start"), typed("12", "integer")),
        (NamedNode(PREFIXES["skos"] + "prefLabel"), Literal("a stance", language="en")),
    )
    assert list(found)[:2] == ["@id", "@type"]
    assert found == {
        "@id": "stance:d-1",
        "@type": "sg:Stance",
        "isHeldBy": ["actor:china", "actor:russia"],
        "hasAct": "act:proposes",
        "hasConfidence": "0.75",
        "earliest": "2008-02-12",
        "condition": "if it is verifiable",
        "start": 12,
        "prefLabel": "a stance",
    }


def test_a_date_keeps_the_type_that_says_how_exact_it_is() -> None:
    assert node((sg("onDate"), typed("2008", "gYear")))["onDate"] == {"@value": "2008", "@type": "xsd:gYear"}


def test_what_the_context_does_not_name_is_written_with_its_prefix() -> None:
    assert node((sg("iso3"), Literal("CHN")))["sg:iso3"] == "CHN"


def test_facts_of_no_graph_stand_outside_of_the_graphs() -> None:
    fact = Quad(STANCE, sg("iso3"), Literal("CHN"), DefaultGraph())
    assert json.loads(to_json_ld([fact]))["@graph"] == [{"@id": "stance:d-1", "sg:iso3": "CHN"}]


def test_every_term_of_ours_in_the_context_is_defined(root: Path) -> None:
    defined = {quad.subject.value for quad in ontology_quads(root / "ontology")}
    named = {term["@id"] if isinstance(term, dict) else term for term in CONTEXT.values()}
    ours = {SG + name.removeprefix("sg:") for name in named if name.startswith("sg:")}
    assert len(ours) > 20
    assert ours - defined == set()


def test_no_term_hides_a_prefix() -> None:
    assert {name: CONTEXT[name] for name in PREFIXES} == PREFIXES
    assert CONTEXT["forum"] == ID + "forum/"


def test_the_context_may_be_named_by_its_address_when_it_is_read_again() -> None:
    whole = json.loads(to_json_ld(quads((sg("isHeldBy"), NamedNode(iri("actor", "china"))))))
    whole["@context"] = "https://w3id.org/spacegov/context.jsonld"
    (fact,) = parse(with_contexts(json.dumps(whole)), format=RdfFormat.JSON_LD)
    assert fact.object == NamedNode(iri("actor", "china"))


# --- there and back --------------------------------------------------------------------------------------

# what the terms expect, and what they do not
predicates = st.sampled_from(
    [sg(n) for n in ("isHeldBy", "hasConfidence", "earliest", "onDate", "condition", "iso3", "start")]
    + [NamedNode(PREFIXES["oa"] + n) for n in ("start", "exact")]
    + [NamedNode(PREFIXES["skos"] + "prefLabel"), NamedNode(PREFIXES["skos"] + "altLabel"), IS_A]
    + [NamedNode("http://example.org/isHeldBy")]
)
addresses = st.sampled_from(
    [
        iri("actor", "china"), iri("topic", "new:moon-base"), ID + "actor/", ID + "actor//x", SG, SG + "a/b:c",
        ID + "unknown/x", "http://example.org/?a=b", "urn:isbn:1", "mailto:a@b.org", XSD + "date",
    ]
).map(NamedNode)  # fmt: skip
words = st.text(st.characters(codec="utf-8"), max_size=8)
numbers = st.sampled_from(["0", "-0", "7", "007", "+7", "-12", "1e3", "9" * 15, "9" * 16, "9" * 30, "٣", "1_0", ""])
kinds = st.sampled_from(["integer", "decimal", "date", "gYear", "double", "boolean", "anyURI"])
literals = (
    words.map(Literal)
    | st.builds(lambda text, tag: Literal(text, language=tag), words, st.sampled_from(["en", "fr", "zh-hans"]))
    | st.builds(typed, words | numbers, kinds)
)
blank = st.sampled_from("ab").map(BlankNode)


@st.composite
def statements(draw: st.DrawFn) -> Quad:
    predicate = draw(predicates)
    value = draw(addresses | blank if predicate == IS_A else addresses | blank | literals)
    graph = draw(st.sampled_from([GRAPH, NamedNode("http://example.org/g"), DefaultGraph()]))
    return Quad(draw(addresses | blank), predicate, value, graph)


@given(st.lists(statements(), max_size=8))
def test_every_quad_comes_back(given: list[Quad]) -> None:
    back, kept = Store(), Store()  # the store writes numbers anew ("00" becomes "0"), so both sides go through one
    back.extend(parse(to_json_ld(given), format=RdfFormat.JSON_LD))
    kept.extend(given)
    assert set(back) == set(kept)


@given(st.lists(statements(), max_size=8), st.randoms())
def test_the_order_of_quads_changes_no_byte(given: list[Quad], random: Any) -> None:
    mixed = [*given, *given]
    random.shuffle(mixed)
    assert to_json_ld(mixed) == to_json_ld(given)


@pytest.mark.filterwarnings("ignore")
def test_another_library_reads_the_same() -> None:
    made = quads(
        (sg("isHeldBy"), NamedNode(iri("actor", "china"))),
        (sg("hasConfidence"), typed("0.75", "decimal")),
        (sg("onDate"), typed("2008", "gYear")),
        (NamedNode(PREFIXES["oa"] + "start"), typed("12", "integer")),
        (NamedNode(PREFIXES["skos"] + "prefLabel"), Literal("a stance", language="en")),
        (IS_A, sg("Stance")),
    )
    theirs = rdflib.Dataset().parse(data=to_json_ld(made).decode(), format="json-ld")
    found = {(str(p), o.n3()) for _, p, o in theirs.graph(rdflib.URIRef(GRAPH.value))}
    assert found == {(quad.predicate.value, str(quad.object)) for quad in made}
