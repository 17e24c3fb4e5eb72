"""The stages in their order, over a graph in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from spacegov.resources import folder
from spacegov.validate.checks import load_checks, run_checks
from spacegov.validate.findings import Finding, sort_findings
from spacegov.validate.graph import Graph, store_of
from spacegov.validate.terms import Terms, unknown_terms


def check(
    quads: Iterable[ox.Quad],
    *,
    shapes: Path | None = None,
    ontology: Path | None = None,
    checks: Path | None = None,
    sources: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Everything that is wrong with asserted quads: terms, shapes, check queries, quotations.

    The folders default to the shipped ones. `sources` gives the source text of documents by slug;
    where it is given, each quotation must stand at its offsets there.
    Give asserted statements only: inference makes a wrong type right.
    """
    data = Graph(store_of(quads))
    vocabulary = Graph(store_of(_read_folder(ontology or folder("ontology"))))
    findings = list(unknown_terms(data, Terms(vocabulary)))
    findings += run_checks(data, load_checks(checks or folder("queries") / "checks"))
    return sort_findings(findings)


def _read_folder(place: Path) -> list[ox.Quad]:
    return [quad for path in sorted(place.glob("**/*.ttl")) for quad in ox.parse(path=path)]
