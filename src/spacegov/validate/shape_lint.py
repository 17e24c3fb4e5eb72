"""Faults of shapes that every SHACL engine passes over in silence.

pySHACL says `conforms` for sh:minCnt, for an empty shape, for a misspelt target class: each looks like a
rule and checks nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from spacegov.validate.evaluate import compiled
from spacegov.validate.graph import RDF_TYPE, Graph, Term, text_of
from spacegov.validate.paths import SH
from spacegov.validate.shapes import Problem, Shape, Shapes, references, sh
from spacegov.validate.terms import CLASS_KINDS
from spacegov.validate.wording import compact

_NAMES: Final = """
    AbstractResult AndConstraintComponent BlankNode BlankNodeOrIRI BlankNodeOrLiteral
    ClassConstraintComponent ClosedConstraintComponent ConstraintComponent DatatypeConstraintComponent
    DisjointConstraintComponent EqualsConstraintComponent ExpressionConstraintComponent Function
    HasValueConstraintComponent IRI IRIOrLiteral InConstraintComponent Info JSConstraint
    JSConstraintComponent JSExecutable JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator
    LanguageInConstraintComponent LessThanConstraintComponent LessThanOrEqualsConstraintComponent Literal
    MaxCountConstraintComponent MaxExclusiveConstraintComponent MaxInclusiveConstraintComponent
    MaxLengthConstraintComponent MinCountConstraintComponent MinExclusiveConstraintComponent
    MinInclusiveConstraintComponent MinLengthConstraintComponent NodeConstraintComponent NodeKind
    NodeKindConstraintComponent NodeShape NotConstraintComponent OrConstraintComponent Parameter
    Parameterizable PatternConstraintComponent PrefixDeclaration PropertyConstraintComponent PropertyGroup
    PropertyShape QualifiedMaxCountConstraintComponent QualifiedMinCountConstraintComponent ResultAnnotation
    Rule SPARQLAskExecutable SPARQLAskValidator SPARQLConstraint SPARQLConstraintComponent
    SPARQLConstructExecutable SPARQLExecutable SPARQLFunction SPARQLRule SPARQLSelectExecutable
    SPARQLSelectValidator SPARQLTarget SPARQLTargetType SPARQLUpdateExecutable Severity Shape Target
    TargetType TripleRule UniqueLangConstraintComponent ValidationReport ValidationResult Validator
    Violation Warning XoneConstraintComponent
    alternativePath and annotationProperty annotationValue annotationVarName ask class closed condition
    conforms construct datatype deactivated declare defaultValue description detail disjoint entailment
    equals expression filterShape flags focusNode group hasValue ignoredProperties in intersection
    inversePath js jsFunctionName jsLibrary jsLibraryURL labelTemplate languageIn lessThan
    lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount minExclusive
    minInclusive minLength name namespace node nodeKind nodeValidator nodes not object oneOrMorePath
    optional or order parameter path pattern predicate prefix prefixes property propertyValidator
    qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result
    resultAnnotation resultMessage resultPath resultSeverity returnType rule select severity
    shapesGraph shapesGraphWellFormed sourceConstraint sourceConstraintComponent sourceShape sparql
    subject suggestedShapesGraph target targetClass targetNode targetObjectsOf targetSubjectsOf this
    union uniqueLang update validator value xone zeroOrMorePath zeroOrOnePath
"""
KNOWN: Final = frozenset(_NAMES.split())
"""Every term that the SHACL namespace defines (Recommendation of 2017, with SHACL-AF and SHACL-JS)."""


def lint(shapes: Shapes, ontology: Graph, data: Graph) -> Iterator[Problem]:
    """Faults of the shapes of a graph."""
    yield from shapes.problems
    yield from _unknown_terms(shapes.graph)
    for shape in sorted(shapes.shapes.values(), key=lambda each: str(each.node)):
        yield from _empty(shapes, shape)
        yield from _arguments(shapes, shape)
        yield from _targets(shape, ontology, data)


def _unknown_terms(graph: Graph) -> Iterator[Problem]:
    for quad in sorted(graph.store, key=str):
        for term in (quad.predicate, quad.object):
            if not isinstance(term, ox.NamedNode) or not term.value.startswith(SH):
                continue
            name = term.value.removeprefix(SH)
            if name not in KNOWN:
                near = difflib.get_close_matches(name, sorted(KNOWN), n=1, cutoff=0.6)
                meant = f" Did you mean sh:{near[0]}?" if near else ""
                message = f"SHACL defines no term sh:{name}.{meant}"
                yield Problem("SHP-002", quad.subject, message, quad.predicate.value, text_of(quad.object))


def _empty(shapes: Shapes, shape: Shape) -> Iterator[Problem]:
    if shape.constraints or shape.foreign or shape.deactivated:
        return
    declared = any(shapes.graph.has(shape.node, RDF_TYPE, sh(kind)) for kind in ("NodeShape", "PropertyShape"))
    used = shapes.graph.subjects_exist(sh("property"), shape.node)
    if (declared or shape.targets or used) and not _serves_closed(shapes, shape):
        yield Problem("SHP-003", shape.node, "The shape states no constraint, so everything conforms to it.")


def _serves_closed(shapes: Shapes, shape: Shape) -> bool:
    """A property shape without a constraint still lists its property for sh:closed."""
    parents = shapes.graph.subjects(sh("property"), shape.node)
    return any(shapes.graph.has(parent, sh("closed"), None) for parent in parents)


def _arguments(shapes: Shapes, shape: Shape) -> Iterator[Problem]:
    for constraint in shape.constraints:
        if constraint.component == "Pattern":
            try:
                compiled(*constraint.argument)
            except Exception as error:
                yield Problem("SHP-004", shape.node, f"sh:pattern is no regular expression: {error}.", SH + "pattern")
        if constraint.component == "Property":
            inner = shapes.shapes.get(constraint.argument)
            if inner is None or inner.path is None:
                named = compact(constraint.argument)
                yield Problem(
                    "SHP-004",
                    shape.node,
                    f"sh:property leads to {named}, which has no path.",
                    SH + "property",
                )
    for node in references(shape):
        empty = shapes.shapes.get(node)
        if isinstance(node, ox.NamedNode) and empty is not None and not shapes.graph.has(node, None, None):
            message = f"The shape {compact(node)} is named, but nothing is said of it."
            yield Problem("SHP-004", shape.node, message, value=text_of(node))


def _targets(shape: Shape, ontology: Graph, data: Graph) -> Iterator[Problem]:
    for kind, term in shape.targets:
        if not isinstance(term, ox.NamedNode) or kind != "targetClass" or term == shape.node:
            continue
        if not (_is_class(ontology, term) or _is_class(data, term)):
            near = _nearest(term, ontology)
            message = f"No class {compact(term)} is defined, so the shape has no target." + near
            yield Problem("SHP-005", shape.node, message, SH + kind, text_of(term))


def _is_class(graph: Graph, term: ox.NamedNode) -> bool:
    kinds = {text_of(kind) for kind in graph.objects(term, RDF_TYPE)}
    return bool(kinds & CLASS_KINDS) or graph.subjects_exist(RDF_TYPE, term)


def _nearest(term: Term, ontology: Graph) -> str:
    classes = {
        text_of(quad.subject)
        for kind in CLASS_KINDS
        for quad in ontology.store.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(kind), None)
    }
    near = difflib.get_close_matches(text_of(term), sorted(classes), n=1, cutoff=0.8)
    return f" Did you mean {compact(near[0])}?" if near else ""
