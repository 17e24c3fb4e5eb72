"""The stages in their order, over a graph in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.namespaces import ONTOLOGY_GRAPH
from spacegov.resources import folder
from spacegov.validate.checks import load_checks, run_checks
from spacegov.validate.findings import Finding, sort_findings
from spacegov.validate.graph import Graph, store_of
from spacegov.validate.references import check_references, dangling, undescribed
from spacegov.validate.shacl import findings_of, judge, shape_findings
from spacegov.validate.shape_reader import read_shapes
from spacegov.validate.terms import Terms, unknown_terms


def check(
    quads: Iterable[ox.Quad],
    *,
    shapes: Path | None = None,
    ontology: Path | None = None,
    checks: Path | None = None,
    sources: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Everything that is wrong with asserted quads: terms, shapes, check queries, references.

    The folders default to the shipped ones. `sources` gives the source text of documents by slug;
    where it is given, each quotation must stand at its offsets there.
    Give asserted statements only: inference makes a wrong type right.
    """
    vocabulary = Graph(store_of(read_folder(ontology or folder("ontology"))))
    data = Graph(store_of(quads))
    findings = list(unknown_terms(data, Terms(vocabulary)))
    # the shapes see the ontology too: class membership follows its subclasses, and no other inference
    add_graph(data.store, vocabulary.store, ONTOLOGY_GRAPH)
    read = read_shapes(Graph(store_of(read_folder(shapes or folder("shapes")))))
    findings += shape_findings(read, vocabulary, data)
    findings += findings_of(judge(data, read), data, read)
    findings += run_checks(data, load_checks(checks or folder("queries") / "checks"))
    findings += check_references(data, sources)
    findings += dangling(undescribed(data), data)
    return sort_findings(findings)


def read_folder(place: Path) -> list[ox.Quad]:
    """The triples of every Turtle file in a folder.

    Raises:
        InputError: a file is not well-formed.
    """
    quads: list[ox.Quad] = []
    for path in sorted(place.glob("**/*.ttl")):
        try:
            quads += ox.parse(path=path)
        except SyntaxError as error:
            raise InputError(f"{path}:{error.lineno or 1}: not Turtle: {error.msg}") from None
    return quads


def add_graph(store: ox.Store, more: ox.Store, name: str) -> None:
    """Put the triples of one store into a named graph of another, but those that it has already."""
    graph = ox.NamedNode(name)
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        for quad in more
        if next(iter(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)), None) is None
    )
