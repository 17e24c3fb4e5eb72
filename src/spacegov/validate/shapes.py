"""Shapes as records: what a shapes graph says, read once, in the order of the SHACL specification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES, SG
from spacegov.validate.findings import Severity
from spacegov.validate.graph import RDF_TYPE, Graph, Term, text_of
from spacegov.validate.paths import SH, Path, PathError, read_path


def sh(name: str) -> ox.NamedNode:
    """A term of SHACL."""
    return ox.NamedNode(SH + name)


_IDENTIFIER: Final = ox.NamedNode(PREFIXES["dcterms"] + "identifier")
_WHY, _FIX = ox.NamedNode(SG + "why"), ox.NamedNode(SG + "fix")
_CLASSES: Final = (ox.NamedNode(PREFIXES["rdfs"] + "Class"), ox.NamedNode(PREFIXES["owl"] + "Class"))
_SEVERITIES: Final[dict[str, Severity]] = {"Violation": "violation", "Warning": "warning", "Info": "info"}

TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_TERMS: Final = {
    "class": "Class", "datatype": "Datatype", "nodeKind": "NodeKind", "hasValue": "HasValue",
    "equals": "Equals", "disjoint": "Disjoint", "lessThan": "LessThan",
    "lessThanOrEquals": "LessThanOrEquals", "not": "Not", "node": "Node", "property": "Property",
    "minExclusive": "MinExclusive", "minInclusive": "MinInclusive", "maxExclusive": "MaxExclusive",
    "maxInclusive": "MaxInclusive",
}  # fmt: skip
_NUMBERS: Final = {
    "minCount": "MinCount", "maxCount": "MaxCount", "minLength": "MinLength", "maxLength": "MaxLength",
}  # fmt: skip
_LISTS: Final = {"in": "In", "languageIn": "LanguageIn", "and": "And", "or": "Or", "xone": "Xone"}
_OTHERS: Final = ("pattern", "uniqueLang", "closed", "qualifiedValueShape")
_REPEATABLE: Final = {
    "class", "hasValue", "equals", "disjoint", "lessThan", "lessThanOrEquals", "not", "node", "property",
    "and", "or", "xone",
}  # fmt: skip
PARAMETERS: Final = (*_TERMS, *_NUMBERS, *_LISTS, *_OTHERS)
FOREIGN: Final = ("sparql", "js", "target", "expression", "values")
"""Features that are left to the reference engine."""


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


def read_shapes(graph: Graph) -> Shapes:
    """Every shape of a shapes graph."""
    result = Shapes(graph)
    custom = _custom_parameters(graph)
    waiting = sorted(_declared(graph), key=str)
    while waiting:
        node = waiting.pop(0)
        if node in result.shapes:
            continue
        shape = _read(graph, node, custom, result.problems)
        result.shapes[node] = shape
        waiting += [other for other in references(shape) if other not in result.shapes]
    return result


def _declared(graph: Graph) -> set[Term]:
    found: set[Term] = set()
    for kind in ("NodeShape", "PropertyShape"):
        found |= set(graph.subjects(RDF_TYPE, sh(kind)))
    for name in (*TARGETS, "target", "property", *PARAMETERS):
        found |= {quad.subject for quad in graph.store.quads_for_pattern(None, sh(name), None, None)}
    return found


def _custom_parameters(graph: Graph) -> dict[ox.NamedNode, str]:
    """Parameters of constraint components that the shapes graph itself declares."""
    found: dict[ox.NamedNode, str] = {}
    for quad in graph.store.quads_for_pattern(None, sh("parameter"), None, None):
        path = graph.first(quad.object, sh("path"))
        if isinstance(path, ox.NamedNode) and not path.value.startswith(SH):
            found[path] = text_of(quad.subject)
    return found


def _read(graph: Graph, node: Term, custom: dict[ox.NamedNode, str], problems: list[Problem]) -> Shape:
    path = None
    if (at := graph.first(node, sh("path"))) is not None:
        try:
            path = read_path(graph, at)
        except PathError as error:
            problems.append(Problem("SHP-004", node, f"sh:path: {error}.", path=SH + "path"))
    deactivated = graph.first(node, sh("deactivated"))
    severity = graph.first(node, sh("severity"))
    foreign = [name for name in FOREIGN if graph.has(node, sh(name), None)]
    foreign += [name for term, name in custom.items() if graph.has(node, term, None)]
    return Shape(
        node=node,
        path=path,
        targets=tuple(_targets(graph, node)),
        constraints=tuple(_constraints(graph, node, path, problems)),
        severity=_SEVERITIES.get(text_of(severity).removeprefix(SH), "violation") if severity else "violation",
        severity_iri=text_of(severity) if severity else SH + "Violation",
        message=_words(graph, node, "message"),
        name=_words(graph, node, "name"),
        identifier=_text(graph, node, _IDENTIFIER),
        why=_text(graph, node, _WHY) or _words(graph, node, "description"),
        fix=_text(graph, node, _FIX),
        deactivated=isinstance(deactivated, ox.Literal) and deactivated.value in ("true", "1"),
        foreign=tuple(foreign),
    )


def _words(graph: Graph, node: Term, name: str) -> str:
    return _text(graph, node, sh(name))


def _text(graph: Graph, node: Term, predicate: ox.NamedNode) -> str:
    """The text of a property: English before any other language."""
    found = [value for value in graph.objects(node, predicate) if isinstance(value, ox.Literal)]
    return min(found, key=lambda v: (v.language not in ("en", None), v.value)).value if found else ""


def _targets(graph: Graph, node: Term) -> Iterator[tuple[str, Term]]:
    for kind in TARGETS:
        for term in sorted(graph.objects(node, sh(kind)), key=str):
            yield kind, term
    if any(graph.has(node, RDF_TYPE, cls) for cls in _CLASSES) and any(
        graph.has(node, RDF_TYPE, sh(kind)) for kind in ("NodeShape", "PropertyShape")
    ):
        yield "targetClass", node


def _constraints(graph: Graph, node: Term, path: Path | None, problems: list[Problem]) -> Iterator[Constraint]:
    for name in PARAMETERS:
        values = sorted(graph.objects(node, sh(name)), key=str)
        if not values:
            continue
        if len(values) > 1 and name not in _REPEATABLE:
            problems.append(Problem("SHP-004", node, f"sh:{name} stands {len(values)} times; SHACL allows one."))
        if path is None and name in ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"):
            problems.append(Problem("SHP-004", node, f"sh:{name} needs a sh:path beside it.", path=SH + name))
            continue
        for value in values:
            try:
                yield from _constraint(graph, node, name, value)
            except ValueError as error:
                problems.append(Problem("SHP-004", node, str(error), path=SH + name, value=text_of(value)))


def _constraint(graph: Graph, node: Term, name: str, value: Term) -> Iterable[Constraint]:
    if name in _TERMS:
        return [Constraint(_TERMS[name], value)]
    if name in _NUMBERS:
        return [Constraint(_NUMBERS[name], _whole(name, value))]
    if name in _LISTS:
        members = tuple(graph.items(value))
        if name == "languageIn":
            return [Constraint("LanguageIn", tuple(text_of_literal(item) for item in members))]
        return [Constraint(_LISTS[name], members)]
    if name == "pattern":
        flags = graph.first(node, sh("flags"))
        return [Constraint("Pattern", (text_of_literal(value), text_of_literal(flags) if flags else ""))]
    if name == "uniqueLang":
        return [Constraint("UniqueLang", True)] if _is_true(value) else []
    if name == "closed":
        return [Constraint("Closed", _allowed(graph, node))] if _is_true(value) else []
    return _qualified(graph, node, value)


def text_of_literal(term: Term) -> str:
    """The words of a literal.

    Raises:
        ValueError: the term is none.
    """
    if not isinstance(term, ox.Literal):
        raise ValueError(f"a literal is needed, not {text_of(term)}")
    return term.value


def _whole(name: str, value: Term) -> int:
    text = value.value if isinstance(value, ox.Literal) else ""
    if not text.lstrip("+").isdigit():
        raise ValueError(f"sh:{name} needs a whole number, not {text_of(value)}")
    return int(text)


def _is_true(value: Term) -> bool:
    return isinstance(value, ox.Literal) and value.value in ("true", "1")


def _allowed(graph: Graph, node: Term) -> frozenset[Term]:
    """The properties that a closed shape allows: those of its property shapes and the ignored ones."""
    own = {graph.first(shape, sh("path")) for shape in graph.objects(node, sh("property"))}
    ignored = [graph.items(head) for head in graph.objects(node, sh("ignoredProperties"))]
    extra = {item for items in ignored for item in items}
    return frozenset(term for term in own | extra if isinstance(term, ox.NamedNode))


def _qualified(graph: Graph, node: Term, value: Term) -> Iterable[Constraint]:
    siblings: set[Term] = set()
    flag = graph.first(node, sh("qualifiedValueShapesDisjoint"))
    if flag is not None and _is_true(flag):
        for parent in graph.subjects(sh("property"), node):
            for sister in graph.objects(parent, sh("property")):
                siblings |= set(graph.objects(sister, sh("qualifiedValueShape")))
    others = tuple(sorted(siblings - {value}, key=str))
    for name, component in (
        ("qualifiedMinCount", "QualifiedMinCount"),
        ("qualifiedMaxCount", "QualifiedMaxCount"),
    ):
        if (count := graph.first(node, sh(name))) is not None:
            yield Constraint(component, Qualified(value, _whole(name, count), others))
