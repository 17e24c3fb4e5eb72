"""Which nodes a change can affect: a shape looks along its paths, so a change is followed back along them.

A result for a node depends on the statements that its shape reads: those on the paths that start at the node,
and the types, lists of properties and compared properties of what the paths lead to. Each is described by the
path before it (`Look.before`), its property, and the end at which the path arrives. A changed statement with
that property affects the nodes from which the path before it leads to that end. (Where that path has changed
too, the nearer change is a look of its own; so following the new graph is enough.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox

from spacegov.validate.graph import RDF_TYPE, SUBCLASS_OF, Graph, Term
from spacegov.validate.paths import Path, follow
from spacegov.validate.shapes import Constraint, Qualified, Shape, Shapes

_MAX_DEPTH: Final = 12
_COMPARED: Final = ("Equals", "Disjoint", "LessThan", "LessThanOrEquals")


class Unbounded(Exception):
    """A shape whose looks cannot be listed: it leads back to itself, or uses what only pySHACL has."""


@dataclass(frozen=True, slots=True)
class Look:
    """Statements that a shape reads."""

    before: tuple[Path, ...]
    predicate: ox.NamedNode | None
    """None for any."""
    end: Literal["subject", "object"]


def affected(data: Graph, shapes: Shapes, root: Shape, changes: Iterable[ox.Quad]) -> set[Term] | None:
    """The nodes for which a shape's answer may have changed; None for 'any'."""
    listed = list(changes)
    if any(quad.predicate == SUBCLASS_OF for quad in listed):
        return None
    try:
        looks = set(_targets(root)) | set(_looks(shapes, root, (), 0))
    except Unbounded:
        return None
    by_predicate: dict[ox.NamedNode, list[ox.Quad]] = {}
    for quad in listed:
        by_predicate.setdefault(quad.predicate, []).append(quad)
    found: set[Term] = set()
    for look in looks:
        quads = listed if look.predicate is None else by_predicate.get(look.predicate, [])
        ends: set[Term] = {quad.subject if look.end == "subject" else quad.object for quad in quads}
        found |= _back(data, look.before, ends)
    return found


def _targets(shape: Shape) -> Iterator[Look]:
    for kind, term in shape.targets:
        if kind == "targetClass":
            yield Look((), RDF_TYPE, "subject")
        elif kind != "targetNode" and isinstance(term, ox.NamedNode):
            yield Look((), term, "subject" if kind == "targetSubjectsOf" else "object")


def _looks(shapes: Shapes, shape: Shape, before: tuple[Path, ...], depth: int) -> Iterator[Look]:
    if depth > _MAX_DEPTH or shape.foreign:
        raise Unbounded
    here = before
    if shape.path is not None:
        yield from _along(shape.path, before)
        here = (*before, shape.path)
    for constraint in shape.constraints:
        yield from _read_by(shapes, constraint, before, here, depth)


def _read_by(
    shapes: Shapes, constraint: Constraint, focus: tuple[Path, ...], values: tuple[Path, ...], depth: int
) -> Iterator[Look]:
    argument = constraint.argument
    if constraint.component == "Class":
        yield Look(values, RDF_TYPE, "subject")
    elif constraint.component == "Closed":
        yield Look(values, None, "subject")
    elif constraint.component in _COMPARED:
        yield Look(focus, argument, "subject")
    else:
        for node in _inner(constraint):
            if (inner := shapes.shapes.get(node)) is not None:
                yield from _looks(shapes, inner, values, depth + 1)


def _inner(constraint: Constraint) -> tuple[Term, ...]:
    argument = constraint.argument
    if constraint.component in ("Not", "Node", "Property"):
        return (argument,)
    if constraint.component in ("And", "Or", "Xone"):
        return tuple(argument)
    return (argument.shape, *argument.siblings) if isinstance(argument, Qualified) else ()


def _along(path: Path, before: tuple[Path, ...]) -> Iterator[Look]:
    """The statements that a path itself reads."""
    if path.predicate is not None:
        yield Look(before, path.predicate, "subject")
    elif path.kind == "inverse":
        inner = path.parts[0]
        if inner.predicate is None:
            raise Unbounded  # an inverse of more than a property is rare, and twisted to follow back
        yield Look(before, inner.predicate, "object")
    elif path.kind == "sequence":
        for part in path.parts:
            yield from _along(part, before)
            before = (*before, part)
    elif path.kind == "alternative":
        for part in path.parts:
            yield from _along(part, before)
    else:
        yield from _along(path.parts[0], (*before, Path("*", parts=path.parts)))


def _back(data: Graph, before: tuple[Path, ...], ends: set[Term]) -> set[Term]:
    reached = ends
    for path in reversed(before):
        turned = Path("inverse", parts=(path,))
        reached = {start for node in reached for start in follow(data, turned, node)}
    return reached
