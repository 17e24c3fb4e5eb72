"""SHACL Core, one focus node at a time: the exact answer to what is wrong with a node.

The functions follow section 4 of the specification in its order. `suspects.py` says which nodes are
worth asking about; nothing here depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from spacegov.validate.graph import RDF_TYPE, Graph, Term
from spacegov.validate.literals import is_valid, less_or_equal, less_than
from spacegov.validate.paths import SH, follow
from spacegov.validate.shapes import Constraint, Qualified, Shape, Shapes


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result, as the SHACL report knows it."""

    focus: Term
    shape: Shape
    constraint: Constraint
    path: str | None
    value: Term | None


class Evaluator:
    """Answers about one data graph and one set of shapes."""

    def __init__(self, data: Graph, shapes: Shapes) -> None:
        self.data = data
        self.shapes = shapes.shapes
        self._asking: set[tuple[Term, Term]] = set()
        self._known: dict[tuple[Term, Term], bool] = {}

    def targets(self, shape: Shape) -> list[Term]:
        """The focus nodes of a shape, in a stable order."""
        found: set[Term] = set()
        for kind, term in shape.targets:
            if kind == "targetNode":
                found.add(term)
            elif kind == "targetClass":
                for cls in self.data.subclasses(term):
                    found |= set(self.data.subjects(RDF_TYPE, cls))
            elif isinstance(term, ox.NamedNode):
                quads = self.data.store.quads_for_pattern(None, term, None, None)
                found |= {quad.subject if kind == "targetSubjectsOf" else quad.object for quad in quads}
        return sorted(found, key=str)

    def is_target(self, shape: Shape, node: Term) -> bool:
        """Whether a node is a focus node of a shape."""
        for kind, term in shape.targets:
            if kind == "targetNode":
                found = node == term
            elif kind == "targetClass":
                found = self.data.is_instance(node, term)
            elif kind == "targetSubjectsOf":
                found = isinstance(term, ox.NamedNode) and self.data.has(node, term, None)
            else:
                found = isinstance(term, ox.NamedNode) and self.data.subjects_exist(term, node)
            if found:
                return True
        return False

    def results(self, shape: Shape, focus: Term) -> Iterator[Result]:
        """What is wrong with a node in the eyes of a shape."""
        if shape.deactivated:
            return
        values = [focus] if shape.path is None else follow(self.data, shape.path, focus)
        for constraint in shape.constraints:
            yield from self._apply(shape, constraint, focus, values)

    def conforms(self, node: Term, to: Term) -> bool:
        """Whether a node has nothing wrong in the eyes of the shape at `to`.

        A shape that leads back to itself at the same node is taken to hold there (SHACL leaves it open).
        """
        key = (node, to)
        if key in self._known:
            return self._known[key]
        shape = self.shapes.get(to)
        if shape is None or key in self._asking:
            return True
        self._asking.add(key)
        try:
            answer = next(self.results(shape, node), None) is None
        finally:
            self._asking.discard(key)
        if not self._asking and len(self._known) < 200_000:
            self._known[key] = answer
        return answer

    def _apply(self, shape: Shape, constraint: Constraint, focus: Term, values: list[Term]) -> Iterator[Result]:
        argument = constraint.argument
        path = shape.path.text() if shape.path is not None else None

        def result(value: Term | None, *, at: str | None = path) -> Result:
            return Result(focus, shape, constraint, at, value)

        if constraint.component in _PER_VALUE:
            holds = _PER_VALUE[constraint.component]
            for value in values:
                if not holds(self, value, argument):
                    yield result(value)
        elif constraint.component == "Property":
            if (inner := self.shapes.get(argument)) is not None:
                for value in values:
                    yield from self.results(inner, value)
        elif constraint.component == "Closed":
            for value in values:
                for predicate, obj in self.data.predicates_and_objects(value):
                    if predicate not in argument:
                        yield result(obj, at=predicate.value)
        else:
            for value in _PER_SET[constraint.component](self, focus, values, argument):
                yield result(value)


# --- 4.1 to 4.4 and 4.6: constraints on one value ----------------------------------------------------

_KINDS: Final[dict[str, tuple[type, ...]]] = {
    "IRI": (ox.NamedNode,),
    "BlankNode": (ox.BlankNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.NamedNode, ox.BlankNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}


def _datatype(_: Evaluator, value: Term, datatype: ox.NamedNode) -> bool:
    return isinstance(value, ox.Literal) and value.datatype == datatype and is_valid(value)


def _compared(
    test: Callable[[ox.Literal, ox.Literal], bool | None],
) -> Callable[[Evaluator, Term, Any], bool]:
    def holds(_: Evaluator, value: Term, limit: Term) -> bool:
        return isinstance(value, ox.Literal) and isinstance(limit, ox.Literal) and test(value, limit) is True

    return holds


def _length(value: Term) -> int | None:
    return len(value.value) if isinstance(value, ox.Literal | ox.NamedNode) else None


def _min_length(_: Evaluator, value: Term, least: int) -> bool:
    return (length := _length(value)) is not None and length >= least


def _max_length(_: Evaluator, value: Term, most: int) -> bool:
    return (length := _length(value)) is not None and length <= most


@cache
def compiled(pattern: str, flags: str) -> re.Pattern[str]:
    """A SPARQL regular expression in Python's notation (flags i, s, m, x and q)."""
    known = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE}
    mask = re.RegexFlag(0)
    for letter in flags:
        mask |= known.get(letter, re.RegexFlag(0))
    return re.compile(re.escape(pattern) if "q" in flags else pattern, mask)


def _pattern(_: Evaluator, value: Term, argument: tuple[str, str]) -> bool:
    if not isinstance(value, ox.Literal | ox.NamedNode):
        return False
    return compiled(*argument).search(value.value) is not None


def _language_in(_: Evaluator, value: Term, ranges: tuple[str, ...]) -> bool:
    if not isinstance(value, ox.Literal) or not value.language:
        return False
    tag = value.language.lower()
    return any(tag == wanted.lower() or tag.startswith(wanted.lower() + "-") for wanted in ranges)


_PER_VALUE: Final[dict[str, Callable[[Evaluator, Term, Any], bool]]] = {
    "Class": lambda ev, value, cls: not isinstance(value, ox.Literal) and ev.data.is_instance(value, cls),
    "Datatype": _datatype,
    "NodeKind": lambda _, value, kind: isinstance(value, _KINDS.get(kind.value.removeprefix(SH), ())),
    "MinExclusive": _compared(lambda value, limit: less_than(limit, value)),
    "MinInclusive": _compared(lambda value, limit: less_or_equal(limit, value)),
    "MaxExclusive": _compared(lambda value, limit: less_than(value, limit)),
    "MaxInclusive": _compared(lambda value, limit: less_or_equal(value, limit)),
    "MinLength": _min_length,
    "MaxLength": _max_length,
    "Pattern": _pattern,
    "LanguageIn": _language_in,
    "In": lambda _, value, allowed: value in allowed,
    "Not": lambda ev, value, shape: not ev.conforms(value, shape),
    "And": lambda ev, value, shapes: all(ev.conforms(value, shape) for shape in shapes),
    "Or": lambda ev, value, shapes: any(ev.conforms(value, shape) for shape in shapes),
    "Xone": lambda ev, value, shapes: sum(ev.conforms(value, shape) for shape in shapes) == 1,
    "Node": lambda ev, value, shape: ev.conforms(value, shape),
}

# --- 4.2, 4.5, 4.7, 4.8: constraints on the values of a node taken together ----------------------------


def _unique_lang(_: Evaluator, __: Term, values: list[Term], ___: bool) -> Iterator[Term | None]:
    tags = [value.language.lower() for value in values if isinstance(value, ox.Literal) and value.language]
    for tag in sorted(set(tags)):
        if tags.count(tag) > 1:
            yield None


def _equals(ev: Evaluator, focus: Term, values: list[Term], other: ox.NamedNode) -> Iterator[Term | None]:
    yield from set(values) ^ set(ev.data.objects(focus, other))


def _disjoint(ev: Evaluator, focus: Term, values: list[Term], other: ox.NamedNode) -> Iterator[Term | None]:
    yield from set(values) & set(ev.data.objects(focus, other))


def _ordered(test: Callable[[ox.Literal, ox.Literal], bool | None]) -> Callable[..., Iterator[Term | None]]:
    def broken(ev: Evaluator, focus: Term, values: list[Term], other: ox.NamedNode) -> Iterator[Term | None]:
        for value in values:
            for limit in ev.data.objects(focus, other):
                literals = isinstance(value, ox.Literal) and isinstance(limit, ox.Literal)
                if not (literals and test(value, limit) is True):  # type: ignore[arg-type]
                    yield value

    return broken


def _qualified(ev: Evaluator, values: list[Term], demand: Qualified) -> int:
    return sum(
        ev.conforms(value, demand.shape) and not any(ev.conforms(value, other) for other in demand.siblings)
        for value in values
    )


def _one(broken: bool) -> list[Term | None]:
    return [None] if broken else []


_PER_SET: Final[dict[str, Callable[[Evaluator, Term, list[Term], Any], Any]]] = {
    "MinCount": lambda _, __, values, least: _one(len(values) < least),
    "MaxCount": lambda _, __, values, most: _one(len(values) > most),
    "UniqueLang": _unique_lang,
    "Equals": _equals,
    "Disjoint": _disjoint,
    "LessThan": _ordered(less_than),
    "LessThanOrEquals": _ordered(less_or_equal),
    "HasValue": lambda _, __, values, wanted: _one(wanted not in values),
    "QualifiedMinCount": lambda ev, _, values, demand: _one(_qualified(ev, values, demand) < demand.count),
    "QualifiedMaxCount": lambda ev, _, values, demand: _one(_qualified(ev, values, demand) > demand.count),
}
