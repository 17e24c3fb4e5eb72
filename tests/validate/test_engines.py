"""The three engines agree: suspects then judge, every node judged, and pySHACL."""

# ruff: noqa: E501 (a table of graphs reads best with one in a line)

from __future__ import annotations

import logging
import re
from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from spacegov.errors import InputError
from spacegov.validate.evaluate import Result
from spacegov.validate.graph import Graph, store_of, text_of
from spacegov.validate.shacl import ENGINES, judge
from spacegov.validate.shape_reader import read_shapes

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://e/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
XSD = "http://www.w3.org/2001/XMLSchema#"
Row = tuple[str, str, str, str, str]


def graph(text: str) -> Graph:
    return Graph(store_of(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE)))


def rows(results: list[Result]) -> set[Row]:
    return {
        (
            text_of(result.focus),
            result.path or "",
            text_of(result.value) if result.value is not None else "",
            result.constraint.component,
            result.shape.iri or "",
        )
        for result in results
    }


def verdicts(data: Graph, shapes: Graph) -> dict[str, set[Row]]:
    read = read_shapes(shapes)
    return {engine: rows(judge(data, read, engine=engine).results) for engine in ENGINES}


def agreed(data: str, shapes: str) -> set[Row]:
    """What all three engines find."""
    found = verdicts(graph(data), graph(shapes))
    assert found["fast"] == found["every-node"], "the suspects left one out"
    assert found["fast"] == found["pyshacl"], "our engine and pySHACL differ"
    return found["fast"]


# one shape for each constraint component, with a node that breaks it and one that does not
COMPONENTS = {
    "Class": ("sh:path ex:p ; sh:class ex:C", "ex:bad a ex:T ; ex:p ex:bad . ex:good a ex:T ; ex:p ex:c . ex:c a ex:D ."),
    "Datatype": (
        "sh:path ex:p ; sh:datatype xsd:date",
        'ex:bad a ex:T ; ex:p "2020-02-30"^^xsd:date . ex:good a ex:T ; ex:p "2020-02-29"^^xsd:date .',
    ),
    "NodeKind": ("sh:path ex:p ; sh:nodeKind sh:IRI", 'ex:bad a ex:T ; ex:p "x" . ex:good a ex:T ; ex:p ex:x .'),
    "MinCount": ("sh:path ex:p ; sh:minCount 2", "ex:bad a ex:T ; ex:p 1 . ex:good a ex:T ; ex:p 1 , 2 ."),
    "MaxCount": ("sh:path ex:p ; sh:maxCount 1", "ex:bad a ex:T ; ex:p 1 , 2 . ex:good a ex:T ; ex:p 1 ."),
    "MinExclusive": ("sh:path ex:p ; sh:minExclusive 1", "ex:bad a ex:T ; ex:p 1 . ex:good a ex:T ; ex:p 1.5 ."),
    "MinInclusive": ("sh:path ex:p ; sh:minInclusive 1", "ex:bad a ex:T ; ex:p 0.9 . ex:good a ex:T ; ex:p 1 ."),
    "MaxExclusive": ("sh:path ex:p ; sh:maxExclusive 1", "ex:bad a ex:T ; ex:p 1 . ex:good a ex:T ; ex:p 0.5 ."),
    "MaxInclusive": ("sh:path ex:p ; sh:maxInclusive 1", 'ex:bad a ex:T ; ex:p "x" . ex:good a ex:T ; ex:p 1 .'),
    "MinLength": ("sh:path ex:p ; sh:minLength 2", 'ex:bad a ex:T ; ex:p "é" . ex:good a ex:T ; ex:p "日本" .'),
    "MaxLength": ("sh:path ex:p ; sh:maxLength 2", 'ex:bad a ex:T ; ex:p "abc" . ex:good a ex:T ; ex:p "日本" .'),
    "Pattern": ("sh:path ex:p ; sh:pattern '^A/' ; sh:flags 'i'", 'ex:bad a ex:T ; ex:p "b/a/" . ex:good a ex:T ; ex:p "a/1" .'),
    "LanguageIn": ("sh:path ex:p ; sh:languageIn ('en')", 'ex:bad a ex:T ; ex:p "x"@fr . ex:good a ex:T ; ex:p "x"@en-gb .'),
    "UniqueLang": ("sh:path ex:p ; sh:uniqueLang true", 'ex:bad a ex:T ; ex:p "x"@en , "y"@en . ex:good a ex:T ; ex:p "x"@en , "x"@fr .'),
    "Equals": ("sh:path ex:p ; sh:equals ex:q", "ex:bad a ex:T ; ex:p 1 ; ex:q 2 . ex:good a ex:T ; ex:p 1 ; ex:q 1 ."),
    "Disjoint": ("sh:path ex:p ; sh:disjoint ex:q", "ex:bad a ex:T ; ex:p 1 ; ex:q 1 . ex:good a ex:T ; ex:p 1 ; ex:q 2 ."),
    "LessThan": ("sh:path ex:p ; sh:lessThan ex:q", "ex:bad a ex:T ; ex:p 2 ; ex:q 2 . ex:good a ex:T ; ex:p 1 ; ex:q 2 ."),
    "LessThanOrEquals": (
        "sh:path ex:p ; sh:lessThanOrEquals ex:q",
        'ex:bad a ex:T ; ex:p "2020-01-02"^^xsd:date ; ex:q "2020-01-01"^^xsd:date .'
        'ex:good a ex:T ; ex:p "2020-01-01"^^xsd:date ; ex:q "2020-01-01"^^xsd:date .',
    ),
    "Not": ("sh:path ex:p ; sh:not [ sh:class ex:C ]", "ex:bad a ex:T ; ex:p ex:c . ex:c a ex:D . ex:good a ex:T ; ex:p ex:x ."),
    "And": ("sh:path ex:p ; sh:and ( [ sh:class ex:C ] [ sh:class ex:E ] )", "ex:bad a ex:T ; ex:p ex:c . ex:c a ex:C . ex:good a ex:T ; ex:p ex:d . ex:d a ex:C , ex:E ."),
    "Or": ("sh:path ex:p ; sh:or ( [ sh:class ex:C ] [ sh:class ex:E ] )", "ex:bad a ex:T ; ex:p ex:x . ex:c a ex:C . ex:good a ex:T ; ex:p ex:c ."),
    "Xone": ("sh:path ex:p ; sh:xone ( [ sh:class ex:C ] [ sh:class ex:E ] )", "ex:bad a ex:T ; ex:p ex:d . ex:d a ex:C , ex:E . ex:good a ex:T ; ex:p ex:c . ex:c a ex:C ."),
    "Node": ("sh:path ex:p ; sh:node ex:Inner", "ex:bad a ex:T ; ex:p ex:x . ex:good a ex:T ; ex:p ex:y . ex:y ex:r 1 ."),
    "QualifiedMinCount": (
        "sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 1",
        "ex:bad a ex:T ; ex:p ex:x . ex:good a ex:T ; ex:p ex:c , ex:x . ex:c a ex:C .",
    ),
    "QualifiedMaxCount": (
        "sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMaxCount 1",
        "ex:bad a ex:T ; ex:p ex:c , ex:d . ex:c a ex:C . ex:d a ex:D . ex:good a ex:T ; ex:p ex:c , ex:x .",
    ),
    "HasValue": ("sh:path ex:p ; sh:hasValue 1", "ex:bad a ex:T ; ex:p 2 . ex:good a ex:T ; ex:p 1 , 2 ."),
    "In": ("sh:path ex:p ; sh:in ( 'a' ex:a )", 'ex:bad a ex:T ; ex:p "a"@en . ex:good a ex:T ; ex:p "a" , ex:a .'),
}  # fmt: skip
CLASSES = "ex:D rdfs:subClassOf ex:C . ex:C a owl:Class . "
INNER = "ex:Inner a sh:NodeShape ; sh:property [ sh:path ex:r ; sh:minCount 1 ] . "


@pytest.mark.parametrize("component", sorted(COMPONENTS))
def test_each_component_finds_the_bad_node_and_no_other(component: str) -> None:
    constraint, data = COMPONENTS[component]
    shapes = f"{INNER} ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:P . ex:P {constraint} ."
    found = agreed(CLASSES + data, shapes)
    assert {(focus, what) for focus, _, _, what, _ in found} == {("http://e/bad", component)}


def test_a_closed_shape_finds_the_property_too_many() -> None:
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:closed true ; sh:ignoredProperties ( ex:q ) ; "
        "sh:property [ sh:path ex:p ] ."
    )
    found = agreed("ex:bad ex:p 1 ; ex:r 2 . ex:good ex:p 1 ; ex:q 2 .", shapes)
    assert [(focus, path) for focus, path, *_ in found] == [("http://e/bad", "http://e/r")]


@pytest.mark.parametrize("limit", range(6))
@pytest.mark.parametrize("parameter", ["sh:minCount", "sh:maxCount", "sh:qualifiedMinCount", "sh:qualifiedMaxCount"])
def test_every_count_is_counted(parameter: str, limit: int) -> None:
    data = " ".join(f"ex:n{n} a ex:T . " + "".join(f"ex:n{n} ex:p {v} . " for v in range(n)) for n in range(7))
    body = f"sh:path ex:p ; {parameter} {limit}"
    if "ualified" in parameter:
        body += " ; sh:qualifiedValueShape [ sh:datatype xsd:integer ]"
    found = agreed(data, f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:P . ex:P {body} .")
    wrong = [n for n in range(7) if (n < limit if "min" in parameter.lower() else n > limit)]
    assert sorted(row[0] for row in found) == [f"http://e/n{n}" for n in wrong]


@pytest.mark.parametrize(
    "target",
    [
        "sh:targetNode ex:bad",
        "sh:targetClass ex:T",
        "sh:targetSubjectsOf ex:p",
        "sh:targetObjectsOf ex:toward",
    ],
)
def test_every_kind_of_target_reaches_the_node(target: str) -> None:
    data = "ex:bad a ex:U ; ex:p 1 . ex:U rdfs:subClassOf ex:T . ex:other ex:toward ex:bad ."
    found = agreed(data, f"ex:S a sh:NodeShape ; {target} ; sh:property [ sh:path ex:missing ; sh:minCount 1 ] .")
    assert "http://e/bad" in {row[0] for row in found}


def test_a_shape_that_is_a_class_targets_its_instances() -> None:
    shapes = "ex:T a owl:Class , sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    assert {row[0] for row in agreed("ex:bad a ex:T .", shapes)} == {"http://e/bad"}


@pytest.mark.parametrize(
    "path",
    ["[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:alternativePath ( ex:p ex:q ) ]", "[ sh:zeroOrMorePath ex:p ]",
     "[ sh:oneOrMorePath ex:p ]", "[ sh:zeroOrOnePath ex:p ]", "( [ sh:inversePath ex:p ] ex:q )",
     "[ sh:inversePath ( ex:p ex:q ) ]", "[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]"],
)  # fmt: skip
def test_every_kind_of_path_is_followed_alike(path: str) -> None:
    data = "ex:a a ex:T ; ex:p ex:b ; ex:q ex:c . ex:b a ex:T ; ex:p ex:c ; ex:q ex:a . ex:c ex:p ex:a ; ex:q ex:b ."
    shapes = f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path {path} ; sh:in ( ex:none ) ] ."
    assert agreed(data, shapes)


def test_a_deactivated_shape_finds_nothing() -> None:
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:deactivated true ] ."
    assert agreed("ex:bad a ex:T .", shapes) == set()


def test_a_nested_failure_inside_or_and_qualified_shapes_is_seen() -> None:
    # pySHACL's own focus_nodes filter loses exactly these
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; "
        "sh:or ( [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] [ sh:datatype xsd:string ] ) ] ."
    )
    data = "ex:bad a ex:T ; ex:p ex:x . ex:good a ex:T ; ex:p ex:y . ex:y ex:q 1 ."
    assert {row[0] for row in agreed(data, shapes)} == {"http://e/bad"}


def test_a_shape_that_leads_back_to_itself_ends() -> None:
    shapes = graph(
        "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:node ex:S ; sh:minCount 1 ] ."
    )
    data = graph("ex:a a ex:T ; ex:p ex:b . ex:b a ex:T ; ex:p ex:a . ex:c a ex:T .")
    found = rows(judge(data, read_shapes(shapes)).results)
    assert {row[0] for row in found} == {"http://e/c"}


def test_a_sparql_constraint_is_left_to_pyshacl_and_that_is_told() -> None:
    shapes = graph(
        'ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select "SELECT $this WHERE { $this <http://e/p> 1 }" ] .'
        "ex:R a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:q ; sh:minCount 1 ] ."
    )
    verdict = judge(graph("ex:bad a ex:T ; ex:p 1 ."), read_shapes(shapes))
    assert [(str(shape.iri), features) for shape, features in verdict.delegated] == [("http://e/S", ("sparql",))]
    assert Counter(result.constraint.component for result in verdict.results) == {"SPARQL": 1, "MinCount": 1}


def test_strings_of_a_list_are_found_among_plain_strings() -> None:
    # over Oxigraph-backed rdflib stores pySHACL says 'x' is not in ('x')
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:in ( 'x' ) ] ."
    assert agreed("ex:good a ex:T ; ex:p 'x' .", shapes) == set()


@pytest.mark.parametrize(
    ("value", "limit"),
    [
        ('"x"^^ex:own', "sh:maxExclusive 2.0"),
        ('"x"^^ex:own', "sh:maxInclusive 1"),
        ('"x"^^ex:own', "sh:lessThan ex:q"),
        ('"x"^^ex:own', "sh:lessThanOrEquals ex:q"),
        ("ex:bad", "sh:lessThan ex:r"),
        ('"x"@en', "sh:lessThan ex:r"),
    ],
)
def test_what_cannot_be_compared_is_reported_though_pyshacl_orders_it_as_rdflib_sorts(value: str, limit: str) -> None:
    """SHACL asks whether SPARQL's `<` is true: of an unknown datatype or of nodes it never is.

    rdflib sorts such values all the same, by the names of their datatypes, and pySHACL takes that order for `<`. (Of a
    number or a string and a year it is now this, now that: the random test leaves them out too.)
    """
    data = graph(f'ex:bad a ex:T ; ex:p {value} ; ex:q 3 ; ex:r "z" .')
    found = verdicts(
        data, graph(f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; {limit} ] .")
    )
    assert [row[0] for row in found["fast"]] == [row[0] for row in found["every-node"]] == ["http://e/bad"]
    assert found["pyshacl"] == set(), "mended in pySHACL: take the exception out of the random test and the docs"


# --- graphs and shapes made at random -----------------------------------------------------------------

NODES = ["ex:a", "ex:b", "ex:c", "_:d"]
VALUES = [
    *NODES, "1", "2", "3.5", "2e0", "true", '"x"', '"y"', '"xyz"', '"x"@en', '"y"@en', '"x"@fr', '"-1"',
    '"2020-01-01"^^xsd:date', '"2020-02-30"^^xsd:date', '"2021-01-01"^^xsd:date', '"2020"^^xsd:gYear',
    '"abc"^^xsd:integer', '"2020-01-01T00:00:00Z"^^xsd:dateTime', '"x"^^ex:own',
]  # fmt: skip
PROPERTIES = ["ex:p", "ex:q"]
TRIPLES = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from(["ex:T", "ex:C", "ex:D"])),
)
DATA = st.lists(TRIPLES, max_size=14).map(lambda triples: CLASSES + " ".join(f"{' '.join(t)} ." for t in triples))

ON_VALUES = st.sampled_from([
    "sh:class ex:C", "sh:class ex:D", "sh:datatype xsd:date", "sh:datatype xsd:integer", "sh:datatype xsd:string",
    "sh:datatype xsd:gYear", "sh:datatype xsd:boolean", "sh:datatype xsd:decimal", "sh:nodeKind sh:IRI",
    "sh:nodeKind sh:Literal", "sh:nodeKind sh:BlankNodeOrIRI", "sh:nodeKind sh:BlankNode", "sh:minExclusive 1",
    "sh:minInclusive 2", "sh:maxExclusive 2.0", "sh:maxInclusive 1", "sh:maxInclusive '2020-06-01'^^xsd:date",
    "sh:minInclusive '2020'^^xsd:gYear", "sh:minLength 2", "sh:maxLength 1", "sh:pattern '^x'",
    "sh:pattern 'Y' ; sh:flags 'i'", "sh:languageIn ('en')", "sh:in ( ex:a 1 'x' )", "sh:in ( ex:b 2.0 true )",
])  # fmt: skip
ON_PROPERTIES = st.one_of(
    ON_VALUES,
    st.sampled_from([
        "sh:minCount 1", "sh:minCount 2", "sh:minCount 0", "sh:maxCount 1", "sh:maxCount 0", "sh:maxCount 2",
        "sh:maxCount 3", "sh:minCount 4", "sh:uniqueLang true", "sh:equals ex:q", "sh:disjoint ex:q", "sh:lessThan ex:q",
        "sh:lessThanOrEquals ex:q", "sh:hasValue 1", "sh:hasValue ex:a", "sh:hasValue 'x'",
    ]),
)  # fmt: skip
PATHS = st.sampled_from([
    "ex:p", "ex:p", "ex:q", "[ sh:inversePath ex:p ]", "( ex:p ex:q )", "[ sh:alternativePath ( ex:p ex:q ) ]",
    "[ sh:oneOrMorePath ex:p ]", "[ sh:zeroOrOnePath ex:q ]",
])  # fmt: skip


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(PATHS, inner).map(lambda t: f"sh:property [ sh:path {t[0]} ; {t[1]} ]"),
        inner.map(lambda one: f"sh:not [ {one} ]"),
        inner.map(lambda one: f"sh:node [ {one} ]"),
        pair.map(lambda t: f"sh:or ( [ {t[0]} ] [ {t[1]} ] )"),
        pair.map(lambda t: f"sh:and ( [ {t[0]} ] [ {t[1]} ] )"),
        pair.map(lambda t: f"sh:xone ( [ {t[0]} ] [ {t[1]} ] )"),
    )


NODE_CONSTRAINTS = st.recursive(ON_VALUES, nested, max_leaves=4)
PROPERTY_SHAPES = st.tuples(
    PATHS,
    st.lists(
        st.one_of(
            ON_PROPERTIES,
            nested(NODE_CONSTRAINTS),
            st.tuples(
                NODE_CONSTRAINTS,
                st.sampled_from(["sh:qualifiedMinCount 1", "sh:qualifiedMinCount 2", "sh:qualifiedMaxCount 1"]),
            ).map(lambda t: f"sh:qualifiedValueShape [ {t[0]} ] ; {t[1]}"),
        ),
        min_size=1,
        max_size=2,
        unique_by=lambda text: text.split()[0],
    ),
).map(lambda t: f"sh:path {t[0]} ; {' ; '.join(t[1])}")
TARGETS = st.sampled_from(["sh:targetClass ex:T", "sh:targetClass ex:C", "sh:targetSubjectsOf ex:p",
                           "sh:targetObjectsOf ex:q", "sh:targetNode ex:a"])  # fmt: skip
SHAPES = st.lists(st.tuples(TARGETS, PROPERTY_SHAPES), min_size=1, max_size=2).map(
    lambda shapes: " ".join(
        f"ex:S{number} a sh:NodeShape ; {target} ; sh:property ex:P{number} . ex:P{number} {body} ."
        for number, (target, body) in enumerate(shapes)
    )
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(DATA, SHAPES)
def test_no_suspect_is_left_out_whatever_the_graph_and_the_shapes(data: str, shapes: str) -> None:
    read = read_shapes(graph(shapes))
    facts = graph(data)
    assert rows(judge(facts, read).results) == rows(judge(facts, read, engine="every-node").results)


def ordered_otherwise(data: str, shapes: str) -> bool:
    """Whether pySHACL may order here what SHACL calls not comparable: as rdflib sorts, by names of datatypes."""
    ordered = any(word in shapes for word in ("clusive", "lessThan"))
    limited = any(word in shapes for word in ("sh:maxExclusive", "sh:maxInclusive", "sh:lessThan"))
    return (
        (ordered and ("true" in data or "xsd:" in data))  # a boolean among numbers, a year against a day
        or (limited and "^^ex:own" in data)  # ex:own comes before xsd:…
        or ("^^xsd:gYear" in shapes and re.search(r'"| [0-9]', data) is not None)  # now this, now that
    )


def compared_alike(results: set[Row], data: str) -> set[Row]:
    """Without those of `sh:lessThan` on nodes and tagged strings: SPARQL has no `<` for them, rdflib has."""
    return {row for row in results if not row[3].startswith("LessThan") or (row[2].startswith('"') and "@" not in data)}


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(DATA, SHAPES)
def test_the_judge_says_what_pyshacl_says(data: str, shapes: str) -> None:
    logging.disable(logging.CRITICAL)
    assume(not ordered_otherwise(data, shapes))
    try:
        found = verdicts(graph(data), graph(shapes))
    except InputError as error:
        # and it refuses to order a blank node, which SHACL calls not comparable
        assume("compare a BlankNode" not in str(error))
        raise
    assert compared_alike(found["every-node"], data) == compared_alike(found["pyshacl"], data)
