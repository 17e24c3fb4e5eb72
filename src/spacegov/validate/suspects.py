"""Which nodes may break a shape: one question to the whole graph for each shape.

Asking about every focus node in turn is what makes SHACL slow. Nearly all nodes are in order, so each
shape is first turned into one SELECT for the nodes that *may* be wrong; only those are then judged by
`evaluate.py`, which alone decides. The question may therefore be too broad, never too narrow:

* a test that cannot be put in SPARQL exactly (a datatype's lexical form, an order of durations) is
  widened, in the worst case to `true`;
* an error in a test counts as suspicion (COALESCE(…, true)), since SPARQL drops such rows in silence;
* sh:not turns a test round, so its inside must be exact or is given up.

`tests/validate/test_engines.py` holds this against judging every node, and against pySHACL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from spacegov.validate.evaluate import compiled
from spacegov.validate.graph import RDF_TYPE, Graph, Term
from spacegov.validate.literals import XSD
from spacegov.validate.paths import SH, Path
from spacegov.validate.shapes import Constraint, Qualified, Shape, Shapes

_FREE_TEXT: Final = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", XSD + "anyURI"}
"""Datatypes of which every lexical form is valid."""
_CASTABLE: Final = {XSD + name for name in ("integer", "decimal", "boolean")}
"""Datatypes whose valid forms SPARQL's casts recognise."""
_NODE_KINDS: Final = {
    "IRI": "isIRI({v})",
    "BlankNode": "isBLANK({v})",
    "Literal": "isLITERAL({v})",
    "BlankNodeOrIRI": "(!isLITERAL({v}))",
    "BlankNodeOrLiteral": "(!isIRI({v}))",
    "IRIOrLiteral": "(!isBLANK({v}))",
}
_SURE: Final = ("integer", "decimal", "string", "boolean")
"""Datatypes that SPARQL orders exactly as `literals.py` does."""
_MAX_DEPTH: Final = 8


@dataclass(frozen=True, slots=True)
class Test:
    """A SPARQL expression that is true of a node which may break a constraint."""

    text: str
    exact: bool
    """True where it is true of exactly those that do."""


EVERYTHING: Final = Test("true", False)
NOTHING: Final = Test("false", True)


class Suspects:
    """Questions for the shapes of one set, put to one graph."""

    def __init__(self, data: Graph, shapes: Shapes) -> None:
        self.data = data
        self.shapes = shapes
        self._count = 0

    def find(self, shape: Shape, targets: Callable[[Shape], list[Term]]) -> list[Term]:
        """The targets of a shape that may break it."""
        found: set[Term] = set()
        for kind, term in shape.targets:
            if kind == "targetNode":
                found.add(term)
                continue
            query = self.question(shape, kind, term)
            if query is None:
                return targets(shape)
            rows = self.data.store.query(query, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions)
            found |= {row["f"] for row in rows}
        return sorted(found, key=str)

    def question(self, shape: Shape, kind: str, term: Term) -> str | None:
        """The SELECT for one target, or None where every target is a suspect anyway."""
        self._count = 0
        test = self.test(shape.node, "?f", 0)
        if test.text == "true" or not isinstance(term, ox.NamedNode):
            return None
        if kind == "targetClass":
            classes = sorted(cls.value for cls in self.data.subclasses(term) if isinstance(cls, ox.NamedNode))
            if len(classes) < len(self.data.subclasses(term)):
                return None
            target = f"VALUES ?c {{ {' '.join(f'<{cls}>' for cls in classes)} }} ?f {RDF_TYPE} ?c ."
        elif kind == "targetSubjectsOf":
            target = f"?f {term} ?any ."
        else:
            target = f"?any {term} ?f ."
        return f"SELECT DISTINCT ?f WHERE {{ {target} FILTER({test.text}) }}"

    def test(self, node: Term, focus: str, depth: int) -> Test:
        """Whether the node in the variable `focus` may break the shape at `node`."""
        shape = self.shapes.shapes.get(node)
        if shape is None or shape.deactivated:
            return NOTHING
        if depth > _MAX_DEPTH or shape.foreign:
            return EVERYTHING
        return _any([self._constraint(shape, constraint, focus, depth) for constraint in shape.constraints])

    def _constraint(self, shape: Shape, constraint: Constraint, focus: str, depth: int) -> Test:
        if constraint.component in _PER_SET:
            return self._on_set(shape, constraint, focus, depth)
        if shape.path is None:
            return self._on_value(constraint, focus, depth)
        value = self._fresh()
        inner = self._on_value(constraint, value, depth)
        return _exists(f"{focus} {shape.path.sparql()} {value} . FILTER({inner.text})", inner.exact)

    def _fresh(self) -> str:
        self._count += 1
        return f"?v{self._count}"

    # --- one value ---------------------------------------------------------------------------------

    def _on_value(self, constraint: Constraint, value: str, depth: int) -> Test:
        """Whether one value may break a constraint."""
        argument = constraint.argument
        component = constraint.component
        if component in ("Property", "Node"):
            return self.test(argument, value, depth + 1)
        if component == "And":
            return _any([self.test(shape, value, depth + 1) for shape in argument])
        if component == "Or":
            return _all([self.test(shape, value, depth + 1) for shape in argument])
        if component == "Not":
            return _not(self.test(argument, value, depth + 1))
        if component == "Class":
            return self._class(argument, value)
        if component == "Closed":
            kind = self._fresh()
            listed = ", ".join(sorted(str(each) for each in argument))
            other = f" . FILTER({kind} NOT IN ({listed}))" if listed else ""
            return _exists(f"{value} {kind} {self._fresh()}{other}", True)
        simple = _SIMPLE.get(component)
        return simple(argument, value) if simple else EVERYTHING

    def _class(self, cls: Term, value: str) -> Test:
        classes = self.data.subclasses(cls)
        if not all(isinstance(each, ox.NamedNode) for each in classes):
            return EVERYTHING
        kind = self._fresh()
        if len(classes) == 1:
            return _not(_exists(f"{value} {RDF_TYPE} {cls}", True))
        listed = ", ".join(sorted(str(each) for each in classes))
        return _not(_exists(f"{value} {RDF_TYPE} {kind} FILTER({kind} IN ({listed}))", True))

    # --- all values ----------------------------------------------------------------------------------

    def _on_set(self, shape: Shape, constraint: Constraint, focus: str, depth: int) -> Test:
        """Whether the values taken together may break a constraint."""
        argument = constraint.argument
        if shape.path is None:
            # equals, disjoint and hasValue of a node shape: rare, and cheap to judge
            return EVERYTHING
        path = shape.path.sparql()
        if constraint.component == "MinCount":
            return self._fewer(focus, shape.path, argument)
        if constraint.component == "MaxCount":
            return self._more(focus, shape.path, argument)
        if constraint.component == "HasValue":
            return _not(_exists(f"{focus} {path} {argument}", True)) if _is_plain(argument) else EVERYTHING
        if constraint.component == "Disjoint":
            value = self._fresh()
            return _exists(f"{focus} {path} {value} . {focus} {argument} {value}", True)
        if constraint.component == "UniqueLang":
            one, two = self._fresh(), self._fresh()
            same = f"LCASE(LANG({one})) = LCASE(LANG({two})) && LANG({one}) != '' && !sameTerm({one}, {two})"
            return _exists(f"{focus} {path} {one}, {two} . FILTER({_safe(same)})", False)
        if constraint.component in ("LessThan", "LessThanOrEquals"):
            sign = "<" if constraint.component == "LessThan" else "<="
            one, two = self._fresh(), self._fresh()
            order = f"!COALESCE({one} {sign} {two}, false) || {_unsure(one)} || {_unsure(two)}"
            return _exists(f"{focus} {path} {one} . {focus} {argument} {two} . FILTER({order})", False)
        if isinstance(argument, Qualified):
            return self._qualified(shape.path, constraint.component, argument, focus, depth)
        return EVERYTHING

    def _qualified(self, path: Path, component: str, demand: Qualified, focus: str, depth: int) -> Test:
        """Whether too few values surely fit a shape, or too many may."""
        if component == "QualifiedMaxCount":
            return self._more(focus, path, demand.count)
        if demand.count == 0:
            return NOTHING
        if demand.siblings or demand.count > 3:
            return EVERYTHING

        # a value that is no suspect fits for sure; with too few of those, the node is a suspect
        def fits(value: str) -> Test:
            return self.test(demand.shape, value, depth + 1)

        enough = self._at_least(focus, path, demand.count, fits=fits)
        return Test(f"(!{enough.text})", False)

    def _fewer(self, focus: str, path: Path, least: int) -> Test:
        if least == 0:
            return NOTHING
        return _not(self._at_least(focus, path, least))

    def _more(self, focus: str, path: Path, most: int) -> Test:
        return self._at_least(focus, path, most + 1)

    def _at_least(self, focus: str, path: Path, count: int, *, fits: Callable[[str], Test] | None = None) -> Test:
        """Whether a path leads to so many different values (that fit); exact up to three."""
        names = [self._fresh() for _ in range(min(count, 3))]
        steps = " ".join(f"{focus} {path.sparql()} {name} ." for name in names)
        tests = [f"!sameTerm({one}, {two})" for i, one in enumerate(names) for two in names[:i]]
        tests += [f"!{fits(name).text}" for name in names] if fits else []
        return _exists(steps + (f" FILTER({' && '.join(tests)})" if tests else ""), count <= 3)


# --- tests of one value, by component -----------------------------------------------------------------


def _datatype(datatype: Term, value: str) -> Test:
    other = f"!(isLITERAL({value}) && DATATYPE({value}) = {datatype})"
    name = datatype.value if isinstance(datatype, ox.NamedNode) else ""
    if name in _FREE_TEXT or not name.startswith(XSD):
        return Test(_safe(other), True)
    if name in _CASTABLE:
        return Test(f"({_safe(other)} || !COALESCE(isLITERAL({datatype}(STR({value}))), false))", False)
    if name == XSD + "date":
        # the cast takes what our own check takes; years beyond its range are suspects
        return Test(f"({_safe(other)} || !COALESCE(isLITERAL({datatype}(STR({value}))), false))", False)
    if name in (XSD + "gYear", XSD + "gYearMonth"):
        form = "^-?[0-9]{4}$" if name.endswith("gYear") else "^[0-9]{4}-(0[1-9]|1[0-2])$"
        return Test(f"({_safe(other)} || !REGEX(STR({value}), '{form}'))", False)
    return EVERYTHING


def _node_kind(kind: Term, value: str) -> Test:
    template = _NODE_KINDS.get(kind.value.removeprefix(SH)) if isinstance(kind, ox.NamedNode) else None
    return Test(f"(!{template.format(v=value)})", True) if template else EVERYTHING


def _in(allowed: tuple[Term, ...], value: str) -> Test:
    if not allowed or not all(_is_plain(term) for term in allowed):
        return EVERYTHING
    return Test("(!(" + " || ".join(f"sameTerm({value}, {term})" for term in allowed) + "))", True)


def _pattern(argument: tuple[str, str], value: str) -> Test:
    text, flags = argument
    try:
        compiled(text, flags)
    except Exception:  # whatever makes it unusable here, the judge will say so
        return EVERYTHING
    words = f"{ox.Literal(text)}, {ox.Literal(flags)}"
    return Test(f"(isBLANK({value}) || !COALESCE(REGEX(STR({value}), {words}), false))", False)


def _min_length(least: int, value: str) -> Test:
    return Test(f"(isBLANK({value}) || STRLEN(STR({value})) < {least})", True)


def _max_length(most: int, value: str) -> Test:
    return Test(f"(isBLANK({value}) || STRLEN(STR({value})) > {most})", True)


def _order(sign: str) -> Callable[[Term, str], Test]:
    def test(limit: Term, value: str) -> Test:
        if not _is_sure(limit):
            return EVERYTHING
        return Test(f"(!COALESCE({value} {sign} {limit}, false) || {_unsure(value)})", False)

    return test


def _language_in(ranges: tuple[str, ...], value: str) -> Test:
    wanted = " || ".join(f"LANGMATCHES(LANG({value}), {ox.Literal(each)})" for each in ranges) or "false"
    return Test(f"(!COALESCE(isLITERAL({value}) && ({wanted}), false))", False)


_SIMPLE: Final[dict[str, Callable[..., Test]]] = {
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "In": _in,
    "Pattern": _pattern,
    "MinLength": _min_length,
    "MaxLength": _max_length,
    "MinExclusive": _order(">"),
    "MinInclusive": _order(">="),
    "MaxExclusive": _order("<"),
    "MaxInclusive": _order("<="),
    "LanguageIn": _language_in,
}
_PER_SET: Final = frozenset(
    ("MinCount", "MaxCount", "UniqueLang", "Equals", "Disjoint", "LessThan", "LessThanOrEquals",
     "HasValue", "QualifiedMinCount", "QualifiedMaxCount")
)  # fmt: skip


# --- joining tests ------------------------------------------------------------------------------------


def _any(tests: list[Test]) -> Test:
    """The test that holds where one of these does."""
    kept = [test for test in tests if test.text != "false"]
    if not kept:
        return NOTHING
    if any(test.text == "true" for test in kept):
        return EVERYTHING
    return Test("(" + " || ".join(test.text for test in kept) + ")", all(test.exact for test in kept))


def _all(tests: list[Test]) -> Test:
    """The test that holds where all of these do."""
    if any(test.text == "false" for test in tests):
        return NOTHING
    kept = [test for test in tests if test.text != "true"]
    exact = len(kept) == len(tests) and all(test.exact for test in kept)
    return Test("(" + " && ".join(test.text for test in kept) + ")", exact) if kept else EVERYTHING


def _not(test: Test) -> Test:
    """The test turned round; an inexact one says nothing about its contrary."""
    if not test.exact:
        return EVERYTHING
    if test.text == "false":
        return Test("true", True)
    return Test(f"(!{test.text})", True)


def _exists(pattern: str, exact: bool) -> Test:
    if "FILTER(true)" in pattern and not exact:
        return Test(f"EXISTS {{ {pattern} }}", False)
    if pattern.endswith("FILTER(false)"):
        return NOTHING
    return Test(f"EXISTS {{ {pattern} }}", exact)


def _safe(expression: str) -> str:
    return f"COALESCE({expression}, true)"


def _unsure(value: str) -> str:
    """Whether SPARQL's order of this value may differ from ours: durations, times, zoned and odd types."""
    sure = ", ".join(f"<{XSD}{name}>" for name in _SURE)
    plain_date = f"(DATATYPE({value}) = <{XSD}date> && STRLEN(STR({value})) = 10)"
    return f"!COALESCE(DATATYPE({value}) IN ({sure}) || {plain_date}, false)"


def _is_sure(limit: object) -> bool:
    """The same of a limit that stands in a shape."""
    if not isinstance(limit, ox.Literal):
        return False
    name = limit.datatype.value.removeprefix(XSD)
    return name in _SURE or (name == "date" and len(limit.value) == 10)


def _is_plain(term: object) -> bool:
    return isinstance(term, ox.NamedNode | ox.Literal)


def questions(data: Graph, shapes: Shapes) -> Iterator[tuple[str, str]]:
    """(shape, SELECT) for every root and target: what `--engine fast` asks, for those who want to see."""
    suspects = Suspects(data, shapes)
    for shape in shapes.roots:
        for kind, term in shape.targets:
            if (query := suspects.question(shape, kind, term)) is not None:
                yield str(shape.node), query
