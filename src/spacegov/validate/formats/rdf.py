"""The standard SHACL validation report in Turtle, each result under an IRI of its own."""

from __future__ import annotations

import pyoxigraph as ox

from spacegov.namespaces import BASE, PREFIXES
from spacegov.validate.findings import Finding
from spacegov.validate.graph import RDF_TYPE
from spacegov.validate.paths import SH
from spacegov.validate.report import Report
from spacegov.validate.shapes import sh

_REPORT = ox.NamedNode(BASE + "report")
_RESULT = BASE + "report/"
_SEVERITY = {"violation": "Violation", "warning": "Warning", "info": "Info"}


def as_turtle(report: Report) -> str:
    """sh:ValidationReport with a sh:result for each finding, without blank nodes and in order."""
    conforms = not any(finding.severity == "violation" for finding in report.findings)
    triples = {
        ox.Triple(_REPORT, RDF_TYPE, sh("ValidationReport")),
        ox.Triple(_REPORT, sh("conforms"), ox.Literal(conforms)),
    }
    for finding in report.findings:
        triples |= _result(finding)
    ordered = sorted(triples, key=str)
    prefixes = {name: PREFIXES[name] for name in ("sh", "sg", "sgsh", "xsd", "dcterms", "rdfs")}
    data = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    return data.decode() if data is not None else ""


def _result(finding: Finding) -> set[ox.Triple]:
    node = ox.NamedNode(_RESULT + finding.fingerprint)
    said: list[tuple[str, ox.NamedNode | ox.Literal | ox.BlankNode]] = [
        ("resultSeverity", sh(_SEVERITY[finding.severity])),
        ("resultMessage", ox.Literal(finding.message, language="en")),
        ("sourceConstraintComponent", _component(finding)),
    ]
    focus = _term(finding.focus)
    said.append(("focusNode", focus if focus is not None else ox.Literal(finding.file or "")))
    path = _term(finding.path)
    if isinstance(path, ox.NamedNode):
        said.append(("resultPath", path))
    value = _term(finding.value)
    if value is not None:
        said.append(("value", value))
    if finding.shape:
        said.append(("sourceShape", ox.NamedNode(finding.shape)))
    triples = {ox.Triple(node, sh(name), term) for name, term in said}
    triples.add(ox.Triple(_REPORT, sh("result"), node))
    triples.add(ox.Triple(node, RDF_TYPE, sh("ValidationResult")))
    triples.add(ox.Triple(node, ox.NamedNode(PREFIXES["dcterms"] + "identifier"), ox.Literal(finding.rule)))
    if finding.file:
        place = f"{finding.file}:{finding.line or 1}:{finding.column or 1}"
        triples.add(ox.Triple(node, ox.NamedNode(PREFIXES["dcterms"] + "source"), ox.Literal(place)))
    return triples


def _component(finding: Finding) -> ox.NamedNode:
    return ox.NamedNode(finding.component or f"{SH}SPARQLConstraintComponent")


def _term(text: str | None) -> ox.NamedNode | ox.Literal | None:
    """The term that a finding wrote; blank nodes, which mean nothing outside their file, become words."""
    if not text:
        return None
    if text.startswith('"'):
        return _literal(text)
    try:
        return ox.NamedNode(text)
    except ValueError:
        return ox.Literal(text)


def _literal(text: str) -> ox.Literal:
    try:
        line = f"<x:s> <x:p> {text} ."
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_TRIPLES)
    except (SyntaxError, ValueError):
        return ox.Literal(text)
    return quad.object if isinstance(quad.object, ox.Literal) else ox.Literal(text)
