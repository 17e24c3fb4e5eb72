"""Shapes as records, in the order of the SHACL specification; `shape_reader` makes them of a shapes graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from spacegov.validate.findings import Severity
from spacegov.validate.graph import Graph, Term
from spacegov.validate.paths import SH, Path


def sh(name: str) -> ox.NamedNode:
    """A term of SHACL."""
    return ox.NamedNode(SH + name)


TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint: the name of its component and what it demands."""

    component: str
    """'MinCount' for sh:MinCountConstraintComponent."""
    argument: Any

    @property
    def iri(self) -> str:
        """IRI of the constraint component."""
        return f"{SH}{self.component}ConstraintComponent"


@dataclass(frozen=True, slots=True)
class Qualified:
    """The demand of a qualified value shape."""

    shape: Term
    count: int
    siblings: tuple[Term, ...] = ()
    """Shapes that a value must not conform to as well (sh:qualifiedValueShapesDisjoint)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A node shape or (with a path) a property shape."""

    node: Term
    path: Path | None = None
    targets: tuple[tuple[str, Term], ...] = ()
    """(kind, term): kind is one of TARGETS."""
    constraints: tuple[Constraint, ...] = ()
    severity: Severity = "violation"
    """A severity that SHACL does not name counts as a violation."""
    severity_iri: str = SH + "Violation"
    message: str = ""
    name: str = ""
    identifier: str = ""
    why: str = ""
    fix: str = ""
    deactivated: bool = False
    foreign: tuple[str, ...] = ()
    """What it uses that only the reference engine has."""

    @property
    def iri(self) -> str | None:
        """IRI, or None for an anonymous shape."""
        return self.node.value if isinstance(self.node, ox.NamedNode) else None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that makes a shape say less than its author thinks."""

    rule: str
    shape: Term
    message: str
    path: str | None = None
    value: str | None = None


@dataclass(slots=True)
class Shapes:
    """All shapes of a graph, by node, with what is wrong with them."""

    graph: Graph
    shapes: dict[Term, Shape] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def roots(self) -> list[Shape]:
        """The shapes that have targets, in a stable order."""
        found = [shape for shape in self.shapes.values() if shape.targets or "target" in shape.foreign]
        return sorted((shape for shape in found if not shape.deactivated), key=lambda shape: str(shape.node))

    def below(self, root: Shape) -> list[Shape]:
        """The shape and all that it leads to."""
        found: dict[Term, Shape] = {}
        waiting = [root.node]
        while waiting:
            shape = self.shapes.get(waiting.pop())
            if shape is not None and shape.node not in found:
                found[shape.node] = shape
                waiting += references(shape)
        return list(found.values())


def references(shape: Shape) -> Iterator[Term]:
    """The shapes that a shape names."""
    for constraint in shape.constraints:
        argument = constraint.argument
        if constraint.component in ("Not", "Node", "Property"):
            yield argument
        elif constraint.component in ("And", "Or", "Xone"):
            yield from argument
        elif isinstance(argument, Qualified):
            yield argument.shape
            yield from argument.siblings
