"""SHACL over a whole graph: which engine judges what, and results as findings.

`fast` (the default) asks `suspects.py` which nodes may be wrong and lets `evaluate.py` judge them;
a shape that uses what only pySHACL has (SPARQL constraints, custom components) goes to pySHACL.
`every-node` judges all targets; `pyshacl` leaves everything to pySHACL. All three agree (tested).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import pyoxigraph as ox

from spacegov.validate.evaluate import Evaluator, Result
from spacegov.validate.findings import Finding
from spacegov.validate.graph import RDF_TYPE, Graph, Term, text_of
from spacegov.validate.reference_engine import reference_results
from spacegov.validate.rules import BUILT_IN
from spacegov.validate.shapes import Shape, Shapes
from spacegov.validate.suspects import Suspects
from spacegov.validate.terms import Terms, unknown_terms
from spacegov.validate.wording import compact, needed, wording

Engine = Literal["fast", "every-node", "pyshacl"]
ENGINES: Final = ("fast", "every-node", "pyshacl")


@dataclass(slots=True)
class Verdict:
    """What a run of all shapes gave."""

    results: list[Result] = field(default_factory=list)
    unmatched: list[Shape] = field(default_factory=list)
    """Roots of which the data hold no target."""
    delegated: list[tuple[Shape, tuple[str, ...]]] = field(default_factory=list)
    """Roots that pySHACL judged, with the features that made it."""
    matched: int = 0


def judge(data: Graph, shapes: Shapes, *, engine: Engine = "fast") -> Verdict:
    """All results of all shapes."""
    verdict = Verdict()
    evaluator, suspects = Evaluator(data, shapes), Suspects(data, shapes)
    for root in shapes.roots:
        if not has_target(data, root, data):
            verdict.unmatched.append(root)
            if all(kind != "targetNode" for kind, _ in root.targets):
                continue  # a node named by sh:targetNode is judged even if nothing is said of it
        else:
            verdict.matched += 1
        foreign = tuple(sorted({name for shape in shapes.below(root) for name in shape.foreign}))
        if foreign and engine != "pyshacl":
            verdict.delegated.append((root, foreign))
        elif engine != "pyshacl":
            every = engine == "every-node"
            nodes = evaluator.targets(root) if every else suspects.find(root, evaluator.targets)
            for node in nodes:
                verdict.results += evaluator.results(root, node)
    if engine == "pyshacl":
        verdict.results += reference_results(data, shapes)
    elif verdict.delegated:
        only = {root.node for root, _ in verdict.delegated}
        verdict.results += reference_results(data, shapes, only=only)
    return verdict


def fast_results(data: Graph, shapes: Shapes) -> list[Result]:
    """The results of the default engine alone."""
    return judge(data, shapes).results


def has_target(data: Graph, shape: Shape, classes: Graph) -> bool:
    """Whether any node is a target; a node named by sh:targetNode must occur in the data.

    `classes` is the graph that says which class is below which.
    """
    for kind, term in shape.targets:
        if kind == "targetNode":
            if data.has(term, None, None) or data.subjects_exist(None, term):
                return True
        elif kind == "targetClass":
            if any(data.subjects_exist(RDF_TYPE, cls) for cls in data.subclasses(term) | classes.subclasses(term)):
                return True
        elif isinstance(term, ox.NamedNode) and next(iter(data.store.quads_for_pattern(None, term, None, None)), None):
            return True
    return "target" in shape.foreign


# --- results as findings ------------------------------------------------------------------------------


class Cards:
    """The rule id, message, reason and mend of each shape; an anonymous one has those of its parent."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._parent: dict[Term, Shape] = {}
        for root in sorted(shapes.shapes.values(), key=lambda shape: (shape.iri is None, str(shape.node))):
            for below in shapes.below(root):
                if below.node != root.node and not (below.identifier or below.iri):
                    self._parent.setdefault(below.node, root)

    def rule(self, shape: Shape) -> str:
        """The id of a shape's rule."""
        if shape.identifier:
            return shape.identifier
        if shape.iri:
            return compact(shape.iri)
        parent = self._parent.get(shape.node)
        return self.rule(parent) if parent else "SHACL"

    def words(self, shape: Shape, name: str) -> str:
        """Its message, why or fix, or those of the shape around it."""
        own: str = getattr(shape, name)
        parent = self._parent.get(shape.node)
        return own or (self.words(parent, name) if parent and name != "message" else "")


def findings_of(verdict: Verdict, data: Graph, shapes: Shapes) -> Iterator[Finding]:
    """Results as findings, in plain words."""
    cards = Cards(shapes)
    for result in verdict.results:
        shape, constraint = result.shape, result.constraint
        yield Finding(
            rule=cards.rule(shape),
            severity=shape.severity,
            focus=text_of(result.focus),
            focus_label=data.label(result.focus),
            path=result.path,
            value=text_of(result.value) if result.value is not None else None,
            message=cards.words(shape, "message") or wording(result, data),
            needed=needed(constraint, data, shapes),
            why=cards.words(shape, "why"),
            fix=cards.words(shape, "fix"),
            stage="shapes",
            shape=shape.iri,
            component=constraint.iri,
        )


def shape_findings(shapes: Shapes, ontology: Graph, data: Graph) -> Iterator[Finding]:
    """What is wrong with the shapes themselves: the typos that SHACL engines pass over in silence."""
    from spacegov.validate.shape_lint import lint

    for finding in unknown_terms(shapes.graph, Terms(ontology)):
        yield replace(finding, stage="shapes")  # its place is in the shapes, not in the data
    for problem in lint(shapes, ontology, data):
        card = BUILT_IN[problem.rule]
        yield Finding(
            rule=card.id, severity=card.severity, focus=text_of(problem.shape),
            focus_label=compact(text_of(problem.shape)), path=problem.path, value=problem.value,
            message=problem.message, why=card.why, fix=card.fix, stage="shapes",
            shape=problem.shape.value if isinstance(problem.shape, ox.NamedNode) else None,
        )  # fmt: skip


def run_findings(verdict: Verdict) -> Iterator[Finding]:
    """What a run has to say of itself: shapes that matched nothing, shapes that pySHACL judged."""
    for shape in verdict.unmatched:
        card = BUILT_IN["SHP-001"]
        aims = ", ".join(f"sh:{kind} {compact(text_of(term))}" for kind, term in shape.targets)
        yield Finding(
            rule=card.id, severity=card.severity, focus=text_of(shape.node), stage="shapes", shape=shape.iri,
            focus_label=compact(text_of(shape.node)), message=f"Nothing in the data is a target ({aims}).",
            why=card.why, fix=card.fix,
        )  # fmt: skip
    for shape, features in verdict.delegated:
        card = BUILT_IN["SHP-006"]
        used = ", ".join(f"sh:{name}" if ":" not in name else compact(name) for name in features)
        yield Finding(
            rule=card.id, severity=card.severity, focus=text_of(shape.node), stage="shapes", shape=shape.iri,
            focus_label=compact(text_of(shape.node)), why=card.why,
            message=f"pySHACL judged this shape, since it uses {used}.", fix=card.fix,
        )  # fmt: skip
