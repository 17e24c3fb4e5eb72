"""Reading a shapes graph, once, into records; what makes a shape say less than it seems to is noted beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES, SG
from spacegov.validate.findings import Severity
from spacegov.validate.graph import RDF_TYPE, Graph, Term, text_of
from spacegov.validate.paths import SH, Path, PathError, read_path
from spacegov.validate.shapes import TARGETS, Constraint, Problem, Qualified, Shape, Shapes, references, sh

_IDENTIFIER: Final = ox.NamedNode(PREFIXES["dcterms"] + "identifier")
_WHY, _FIX = ox.NamedNode(SG + "why"), ox.NamedNode(SG + "fix")
_CLASSES: Final = (ox.NamedNode(PREFIXES["rdfs"] + "Class"), ox.NamedNode(PREFIXES["owl"] + "Class"))
_SEVERITIES: Final[dict[str, Severity]] = {"Violation": "violation", "Warning": "warning", "Info": "info"}

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
_PARAMETERS: Final = (*_TERMS, *_NUMBERS, *_LISTS, *_OTHERS)
_FOREIGN: Final = ("sparql", "js", "target", "expression", "values")
"""Features that are left to the reference engine."""


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
    for name in (*TARGETS, "target", "property", *_PARAMETERS):
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
    foreign = [name for name in _FOREIGN if graph.has(node, sh(name), None)]
    foreign += sorted(name for term, name in custom.items() if graph.has(node, term, None))
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
        deactivated=deactivated is not None and _is_true(deactivated),
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
    for name in _PARAMETERS:
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
                problems.append(Problem("SHP-004", node, f"{error}.", path=SH + name, value=text_of(value)))


def _constraint(graph: Graph, node: Term, name: str, value: Term) -> Iterable[Constraint]:
    if name in _TERMS:
        return [Constraint(_TERMS[name], value)]
    if name in _NUMBERS:
        return [Constraint(_NUMBERS[name], _whole(name, value))]
    if name in _LISTS:
        members = tuple(graph.items(value))
        if name == "languageIn":
            return [Constraint("LanguageIn", tuple(_literal_text(item) for item in members))]
        return [Constraint(_LISTS[name], members)]
    if name == "pattern":
        flags = graph.first(node, sh("flags"))
        return [Constraint("Pattern", (_literal_text(value), _literal_text(flags) if flags else ""))]
    if name == "uniqueLang":
        return [Constraint("UniqueLang", True)] if _is_true(value) else []
    if name == "closed":
        return [Constraint("Closed", _allowed(graph, node))] if _is_true(value) else []
    return _qualified(graph, node, value)


def _literal_text(term: Term) -> str:
    """The words of a literal.

    Raises:
        ValueError: the term is none.
    """
    if not isinstance(term, ox.Literal):
        raise ValueError(f"A literal is needed, not {text_of(term)}")
    return term.value


def _whole(name: str, value: Term) -> int:
    text = value.value if isinstance(value, ox.Literal) else ""
    if not re.fullmatch(r"\+?[0-9]+", text):
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
