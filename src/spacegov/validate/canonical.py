"""Literals that stores rewrite: what is not in canonical form comes out of a store otherwise than it went in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from spacegov.validate.findings import Finding
from spacegov.validate.graph import text_of
from spacegov.validate.literals import XSD, is_valid
from spacegov.validate.rules import BUILT_IN

_CANONICAL: Final = {
    XSD + name: re.compile(pattern)
    for name, pattern in {
        "integer": r"0|-?[1-9]\d*",
        "decimal": r"0|-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.\d*[1-9])",
        "boolean": r"true|false",
        "dateTime": r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d*[1-9])?Z?",
        "date": r"-?\d{4,}-\d\d-\d\d",
    }.items()
}


def rewritten(quads: Iterable[ox.Quad], findings: list[Finding]) -> Iterator[ox.Quad]:
    """The quads as they are; the first of each property that a store would rewrite is noted."""
    told: set[ox.NamedNode] = set()
    for quad in quads:
        value = quad.object
        if type(value) is ox.Literal and quad.predicate not in told:
            form = _CANONICAL.get(value.datatype.value)
            if form is not None and not form.fullmatch(value.value) and is_valid(value):
                told.add(quad.predicate)
                findings.append(_finding(quad, value))
        yield quad


def _finding(quad: ox.Quad, value: ox.Literal) -> Finding:
    card = BUILT_IN["REF-007"]
    return Finding(
        rule=card.id, severity=card.severity, focus=text_of(quad.subject), path=quad.predicate.value,
        value=text_of(value), message=f"Stores rewrite '{value.value}' (first of this property in this file).",
        why=card.why, fix=card.fix, stage=card.stage,
    )  # fmt: skip
