"""owlrl as the oracle of the compiled rules: the same small ontology through both."""

from __future__ import annotations

import owlrl
import rdflib
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from spacegov.namespaces import ONTOLOGY_GRAPH
from spacegov.reason import Closure, infer

EX = "https://example.org/"
PREFIXES = f"""
@prefix : <{EX}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SAME = "http://www.w3.org/2002/07/owl#sameAs"

Fact = tuple[str, str, str]


def store_of(ontology: str, data: str) -> Store:
    store = Store()
    for text, graph in ((ontology, ONTOLOGY_GRAPH), (data, EX + "graph/data")):
        for triple in parse(PREFIXES + text, format=RdfFormat.TURTLE):
            store.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph)))
    return store


def ours(ontology: str, data: str) -> tuple[set[Fact], Closure]:
    """Facts about named things, asserted and inferred, by the compiled rules."""
    store = store_of(ontology, data)
    closure = infer(store)
    store.extend(closure.quads)
    facts = {
        (str(q.subject), q.predicate.value, str(q.object))
        for q in store
        if isinstance(q.subject, NamedNode)
        and isinstance(q.object, NamedNode)
        and _about_things(q.subject.value, q.predicate.value, q.object.value)
    }
    return facts, closure


def theirs(ontology: str, data: str) -> tuple[set[Fact], set[str]]:
    """The same facts by owlrl, and the errors that it wrote into the graph."""
    graph = rdflib.Graph()
    graph.parse(data=PREFIXES + ontology + data, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    facts = {
        (f"<{s}>", str(p), f"<{o}>")
        for s, p, o in graph
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef) and _about_things(str(s), str(p), str(o))
    }
    errors = {str(o) for o in graph.objects(None, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"))}
    return facts, errors


def _about_things(subject: str, predicate: str, value: str) -> bool:
    """Leaves out what owlrl adds to everything: x sameAs x, owl:Thing, and schema about the schema."""
    if not subject.startswith(EX) or not subject[len(EX)].islower():
        return False
    if predicate == _TYPE:
        return value.startswith(EX)
    if predicate == _SAME:
        return subject != value
    return predicate.startswith(EX)
