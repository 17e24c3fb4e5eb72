"""pySHACL's verdict, as the same results that our own engine gives.

Run on rdflib's memory store, where its answers are right (over Oxigraph-backed stores it reports values
of sh:in that are there), with inference off and the ontology already in the data.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph as ox
import rdflib

from spacegov.errors import InputError
from spacegov.namespaces import PREFIXES
from spacegov.rdf.convert import from_rdflib, to_graph
from spacegov.validate.evaluate import Result
from spacegov.validate.graph import Graph, Term, text_of
from spacegov.validate.paths import SH, PathError, read_path
from spacegov.validate.shapes import TARGETS, Constraint, Shape, Shapes

_SH = rdflib.Namespace(SH)
_SEVERITIES: dict[str, Any] = {"Violation": "violation", "Warning": "warning", "Info": "info"}


def reference_results(data: Graph, shapes: Shapes, *, only: set[Term] | None = None) -> Iterator[Result]:
    """What pySHACL finds, for all shapes or for some roots only.

    Raises:
        InputError: pySHACL cannot use the shapes.
    """
    import pyshacl  # half a second that the fast engine need not pay

    logging.getLogger("pyshacl").setLevel(logging.ERROR)
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    shapes_graph = to_graph(quad for quad in shapes.graph.store if _is_kept(quad, only))
    try:
        _, report, words = pyshacl.validate(
            to_graph(data.store), shacl_graph=shapes_graph, inference="none", advanced=True, inplace=True
        )
    except (pyshacl.errors.ReportableRuntimeError, NotImplementedError, RecursionError) as error:
        raise InputError(f"pySHACL cannot use the shapes: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise InputError(f"pySHACL cannot use the shapes: {report or words}")
    answer = Graph(_store(report))
    # sh:result only: the details of a result are results too, but not of the report
    for node in sorted(report.objects(None, _SH.result), key=str):
        yield _result(report, answer, node, shapes)


def _is_kept(quad: ox.Quad, only: set[Term] | None) -> bool:
    if only is None or quad.subject in only:
        return True
    name = quad.predicate.value
    if name.startswith(SH) and name.removeprefix(SH) in (*TARGETS, "target"):
        return False
    # without this an implicit class target would bring the other shapes back
    return not (
        name == PREFIXES["rdf"] + "type"
        and text_of(quad.object) in (PREFIXES["rdfs"] + "Class", PREFIXES["owl"] + "Class")
    )


def _store(graph: rdflib.Graph) -> ox.Store:
    store = ox.Store()
    for subject, predicate, obj in graph:
        first, second = from_rdflib(subject), from_rdflib(predicate)
        if not isinstance(first, ox.Literal) and isinstance(second, ox.NamedNode):
            store.add(ox.Quad(first, second, from_rdflib(obj)))
    return store


def _result(report: rdflib.Graph, answer: Graph, node: rdflib.term.Node, shapes: Shapes) -> Result:
    def part(name: str) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        value = report.value(node, _SH[name])
        return from_rdflib(value) if value is not None else None

    source, component, path = part("sourceShape"), part("sourceConstraintComponent"), part("resultPath")
    focus = part("focusNode")
    assert focus is not None, "a validation result always has a focus node"
    shape = shapes.shapes.get(source, Shape(node=source)) if source is not None else Shape(node=focus)
    severity, message = part("resultSeverity"), part("resultMessage")
    if severity is not None:
        level = _SEVERITIES.get(severity.value.removeprefix(SH), "violation")
        shape = replace(shape, severity=level, severity_iri=severity.value)
    name = text_of(component).removeprefix(SH).removesuffix("ConstraintComponent") if component else ""
    argument = None
    for known in shape.constraints:
        argument = known.argument if known.component == name else argument
    if name == "SPARQL" and isinstance(message, ox.Literal):
        shape = replace(shape, message=message.value)
    return Result(focus, shape, Constraint(name, argument), _path(answer, path, shape), part("value"))


def _path(answer: Graph, node: Term | None, shape: Shape) -> str | None:
    if node is None:
        return None
    try:
        return read_path(answer, node).text()
    except PathError:
        return shape.path.text() if shape.path else None
