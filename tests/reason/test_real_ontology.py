"""The shipped ontology on real stances: the compiled rules give what owlrl gives."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from spacegov import resources
from spacegov.namespaces import GRAPH, ID, ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH
from spacegov.rdf.convert import to_rdflib
from spacegov.reason import infer

pytestmark = pytest.mark.slow

OWN = tuple(PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs"))
DOCUMENTS = 3


def axioms() -> list[Quad]:
    """The ontology without its labels, definitions and examples, which no rule reads."""
    graph = NamedNode(ONTOLOGY_GRAPH)
    triples = [
        t
        for path in sorted(resources.folder("ontology").glob("*.ttl"))
        for t in parse(path=str(path), format=RdfFormat.TURTLE)
    ]
    kept = [t for t in triples if t.predicate.value.startswith(OWN) and not isinstance(t.object, Literal)]
    broader = [t for t in triples if t.predicate.value == PREFIXES["skos"] + "broader"]
    return [Quad(t.subject, t.predicate, t.object, graph) for t in [*kept, *broader]]


def data(graph: Path) -> list[Quad]:
    """The graphs of a few documents, and what the reference data say of the things that they name."""
    quads = list(parse(path=str(graph / "graph.trig"), format=RdfFormat.TRIG))
    names = sorted({str(q.graph_name) for q in quads if str(q.graph_name).startswith(f"<{GRAPH}document/")})[:DOCUMENTS]
    documents = [q for q in quads if str(q.graph_name) in names]
    named = {q.object for q in documents}
    about = [q for q in quads if q.graph_name == NamedNode(REFERENCE_GRAPH) and q.subject in named]
    return [q for q in [*documents, *about] if not isinstance(q.object, Literal)]


def test_on_the_shipped_ontology_and_real_stances_both_infer_the_same(shipped_graph: Path) -> None:
    quads = [*axioms(), *data(shipped_graph)]
    store = Store()
    store.extend(quads)
    closure = infer(store)
    store.extend(closure.quads)
    ours = {
        (q.subject.value, q.predicate.value, q.object.value)
        for q in store
        if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode) and q.subject.value.startswith(ID)
    }
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    theirs = {
        (str(s), str(p), str(o))
        for s, p, o in graph
        if isinstance(s, rdflib.URIRef) and isinstance(o, rdflib.URIRef) and str(s).startswith(ID)
    }
    noise = {t for t in theirs if t[2] == PREFIXES["owl"] + "Thing" or (t[0] == t[2] and "sameAs" in t[1])}
    assert theirs - noise - ours == set()
    assert ours - theirs == set()
    assert closure.inconsistencies == ()
    assert closure.unsupported == ()
    assert len(closure.quads) > 20
