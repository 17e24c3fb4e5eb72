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
from typing import Final

import pyoxigraph as ox

from spacegov.validate.graph import RDF_TYPE, Graph, Term
from spacegov.validate.paths import Path
from spacegov.validate.shapes import Constraint, Qualified, Shape, Shapes
from spacegov.validate.suspicion import (
    EVERYTHING,
    NOTHING,
    OF_ALL_VALUES,
    OF_ONE_VALUE,
    Test,
    all_of,
    any_of,
    exists,
    is_plain,
    not_,
    safe,
    unsure,
)  # fmt: skip

_MAX_DEPTH: Final = 8


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
        return any_of([self._constraint(shape, constraint, focus, depth) for constraint in shape.constraints])

    def _constraint(self, shape: Shape, constraint: Constraint, focus: str, depth: int) -> Test:
        if constraint.component in OF_ALL_VALUES:
            return self._on_set(shape, constraint, focus, depth)
        if shape.path is None:
            return self._on_value(constraint, focus, depth)
        value = self._fresh()
        inner = self._on_value(constraint, value, depth)
        return exists(f"{focus} {shape.path.sparql()} {value} . FILTER({inner.text})", inner.exact)

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
            return any_of([self.test(shape, value, depth + 1) for shape in argument])
        if component == "Or":
            return all_of([self.test(shape, value, depth + 1) for shape in argument])
        if component == "Not":
            return not_(self.test(argument, value, depth + 1))
        if component == "Class":
            return self._class(argument, value)
        if component == "Closed":
            kind = self._fresh()
            listed = ", ".join(sorted(str(each) for each in argument))
            other = f" . FILTER({kind} NOT IN ({listed}))" if listed else ""
            return exists(f"{value} {kind} {self._fresh()}{other}", True)
        simple = OF_ONE_VALUE.get(component)
        return simple(argument, value) if simple else EVERYTHING

    def _class(self, cls: Term, value: str) -> Test:
        classes = self.data.subclasses(cls)
        if not all(isinstance(each, ox.NamedNode) for each in classes):
            return EVERYTHING
        kind = self._fresh()
        if len(classes) == 1:
            return not_(exists(f"{value} {RDF_TYPE} {cls}", True))
        listed = ", ".join(sorted(str(each) for each in classes))
        return not_(exists(f"{value} {RDF_TYPE} {kind} FILTER({kind} IN ({listed}))", True))

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
            return not_(exists(f"{focus} {path} {argument}", True)) if is_plain(argument) else EVERYTHING
        if constraint.component == "Disjoint":
            value = self._fresh()
            return exists(f"{focus} {path} {value} . {focus} {argument} {value}", True)
        if constraint.component == "UniqueLang":
            one, two = self._fresh(), self._fresh()
            same = f"LCASE(LANG({one})) = LCASE(LANG({two})) && LANG({one}) != '' && !sameTerm({one}, {two})"
            return exists(f"{focus} {path} {one}, {two} . FILTER({safe(same)})", False)
        if constraint.component in ("LessThan", "LessThanOrEquals"):
            sign = "<" if constraint.component == "LessThan" else "<="
            one, two = self._fresh(), self._fresh()
            order = f"!COALESCE({one} {sign} {two}, false) || {unsure(one)} || {unsure(two)}"
            return exists(f"{focus} {path} {one} . {focus} {argument} {two} . FILTER({order})", False)
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
        return not_(self._at_least(focus, path, least))

    def _more(self, focus: str, path: Path, most: int) -> Test:
        return self._at_least(focus, path, most + 1)

    def _at_least(self, focus: str, path: Path, count: int, *, fits: Callable[[str], Test] | None = None) -> Test:
        """Whether a path leads to so many different values (that fit); exact up to three."""
        names = [self._fresh() for _ in range(min(count, 3))]
        steps = " ".join(f"{focus} {path.sparql()} {name} ." for name in names)
        tests = [f"!sameTerm({one}, {two})" for i, one in enumerate(names) for two in names[:i]]
        tests += [f"!{fits(name).text}" for name in names] if fits else []
        return exists(steps + (f" FILTER({' && '.join(tests)})" if tests else ""), count <= 3)


def questions(data: Graph, shapes: Shapes) -> Iterator[tuple[str, str]]:
    """(shape, SELECT) for every root and target: what `--engine fast` asks, for those who want to see."""
    suspects = Suspects(data, shapes)
    for shape in shapes.roots:
        for kind, term in shape.targets:
            if (query := suspects.question(shape, kind, term)) is not None:
                yield str(shape.node), query
