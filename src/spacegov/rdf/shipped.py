"""The shipped ontology and reference data as quads, each in its graph, without blank nodes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, NamedNode, Quad

from spacegov.namespaces import BASE, ONTOLOGY_GRAPH, REFERENCE_GRAPH
from spacegov.rdf.turtle import parse_file

GENID: Final = BASE + ".well-known/genid/"


def ontology_quads(folder: Path) -> list[Quad]:
    """The ontology's modules in graph/ontology.

    Class expressions are blank nodes in the files that people write; here each gets an IRI that follows from
    its content (RDF 1.1, section 3.5), so that the same ontology gives the same bytes.
    """
    dataset = Dataset(_quads(sorted(folder.glob("*.ttl")), ONTOLOGY_GRAPH))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted({_named(quad) for quad in dataset}, key=str)


def reference_quads(folder: Path) -> list[Quad]:
    """The reference data in graph/reference."""
    return list(dict.fromkeys(_quads(sorted(folder.rglob("*.ttl")), REFERENCE_GRAPH)))


def _quads(files: Iterable[Path], graph: str) -> Iterable[Quad]:
    name = NamedNode(graph)
    for file in files:
        for quad in parse_file(file):
            yield Quad(quad.subject, quad.predicate, quad.object, name)


def _named(quad: Quad) -> Quad:
    subject = NamedNode(GENID + quad.subject.value) if isinstance(quad.subject, BlankNode) else quad.subject
    value = NamedNode(GENID + quad.object.value) if isinstance(quad.object, BlankNode) else quad.object
    return Quad(subject, quad.predicate, value, quad.graph_name)
