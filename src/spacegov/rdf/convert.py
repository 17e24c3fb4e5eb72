"""The one crossing between pyoxigraph's terms and rdflib's.

rdflib keeps `"x"` and `"x"^^xsd:string` apart and, unless told otherwise, rewrites lexical forms
(a zone is lost from a date); RDF 1.1 does neither, so neither does this crossing.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import rdflib

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def to_rdflib(term: OxTerm) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """The same term for rdflib; labels of blank nodes are kept.

    Raises:
        TypeError: the term is a triple, which rdflib does not know.

    >>> to_rdflib(ox.Literal("x"))
    rdflib.term.Literal('x')
    """
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise TypeError(f"rdflib has no triple terms: {term}")
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return rdflib.Literal(term.value)
    datatype = rdflib.URIRef(term.datatype.value)
    literal = rdflib.Literal(term.value, datatype=datatype, normalize=False)
    if str(literal) != term.value:
        # rdflib strips the white space of xsd:token even when told not to normalise
        literal = rdflib.Literal(term.value)
        literal._datatype = datatype
    return literal


def from_rdflib(term: rdflib.term.Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """The same term for pyoxigraph.

    Raises:
        TypeError: the term is no RDF term (a variable, a formula).
    """
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if not isinstance(term, rdflib.Literal):
        raise TypeError(f"not an RDF term: {term!r}")
    if term.language:
        return ox.Literal(str(term), language=term.language.lower())
    datatype = term.datatype
    if datatype is None or str(datatype) in (_STRING, _LANG_STRING):
        return ox.Literal(str(term))
    return ox.Literal(str(term), datatype=ox.NamedNode(str(datatype)))


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """One rdflib graph with the triples of all named graphs."""
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def from_graph(graph: rdflib.Graph) -> list[ox.Quad]:
    """The triples of an rdflib graph, in no named graph."""
    quads = []
    for subject, predicate, obj in graph:
        first, second = from_rdflib(subject), from_rdflib(predicate)
        if isinstance(first, ox.Literal) or not isinstance(second, ox.NamedNode):
            raise TypeError(f"not a triple that RDF allows: {subject!r} {predicate!r} {obj!r}")
        quads.append(ox.Quad(first, second, from_rdflib(obj)))
    return quads
