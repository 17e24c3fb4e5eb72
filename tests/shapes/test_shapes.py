"""Every rule finds its bad file, for its own reason and no other, and leaves the good twin alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import rdflib
import shape_pairs as pairs
from mutation import survivors
from rdflib.namespace import DCTERMS, RDF, SH
from shape_pairs import QUERY, SGSH, Case, Expectation

from spacegov.validate.rule_pages import write_rule_pages

PARAMETERS = {
    SH[name]: f"sh:{name[0].upper()}{name[1:]}ConstraintComponent"
    for name in (
        "class", "datatype", "nodeKind", "minCount", "maxCount", "minInclusive", "maxInclusive", "minLength",
        "maxLength", "pattern", "languageIn", "uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals",
        "not", "and", "or", "xone", "node", "hasValue", "in", "closed", "qualifiedMinCount", "qualifiedMaxCount",
    )
}  # fmt: skip
"""What a shape may demand, and the component that reports it."""

OTHER_SHACL = {
    SH.NodeShape, SH.PropertyShape, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode,
    SH.path, SH.property, SH.name, SH.message, SH.severity, SH.qualifiedValueShape, SH.Violation, SH.Warning,
    SH.Info, SH.IRI,
}  # fmt: skip


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    return pairs.shapes_graph()


@pytest.fixture(scope="module")
def found(shapes: rdflib.Graph) -> dict[str, dict[str, set[Expectation]]]:
    """What pySHACL and the check queries find in each file, by kind and name."""
    ontology = pairs.ontology_classes()
    checker = pairs.Checker(pairs.checks())
    verdicts: dict[str, dict[str, set[Expectation]]] = {}
    for kind in ("valid", "invalid"):
        files = pairs.cases(kind)
        findings = pairs.shape_findings(pairs.merged(files), shapes, ontology)
        for case in files:
            own = findings.setdefault(case.name, set())
            if any(expectation.focus == "_:" for expectation in case.expected):
                own |= findings.pop("_:", set())  # one file only has a blank node in focus
            own |= checker.findings(case)
        verdicts[kind] = findings
    return verdicts


@pytest.mark.parametrize("case", pairs.cases("invalid"), ids=lambda case: case.name)
def test_a_bad_file_fails_for_its_own_reason_and_no_other(
    case: Case, found: dict[str, dict[str, set[Expectation]]]
) -> None:
    assert case.expected
    assert found["invalid"][case.name] == case.expected


def test_no_good_file_fails(found: dict[str, dict[str, set[Expectation]]]) -> None:
    assert {name: findings for name, findings in found["valid"].items() if findings} == {}


def test_every_bad_file_has_a_good_twin() -> None:
    good = {case.name for case in pairs.cases("valid")}
    lonely = {case.name for case in pairs.cases("invalid")} - good
    # where one good file serves several bad ones of its rule
    assert {name for name in lonely if not any(twin.startswith(name.split("--")[0]) for twin in good)} == set()


def test_a_good_file_expects_nothing() -> None:
    assert [case.name for case in pairs.cases("valid") if case.expected] == []


def test_every_constraint_of_every_shape_has_a_bad_file(shapes: rdflib.Graph) -> None:
    expected = {(e.rule, e.component) for case in pairs.cases("invalid") for e in case.expected}
    demanded = {
        ("sgsh:" + str(shape).removeprefix(str(SGSH)), component)
        for shape in shapes.subjects(DCTERMS.identifier)
        for parameter, component in PARAMETERS.items()
        if (shape, parameter, None) in shapes
    }
    assert demanded - expected == set()
    assert len(demanded) > 200


def test_every_check_query_has_a_bad_file() -> None:
    expected = {e.rule for case in pairs.cases("invalid") for e in case.expected if e.component == QUERY}
    assert {check.id for check in pairs.checks()} - expected == set()


def test_every_rule_says_what_why_and_how_to_mend(shapes: rdflib.Graph) -> None:
    sg = rdflib.Namespace(pairs.SG)
    for shape in shapes.subjects(DCTERMS.identifier):
        for predicate in (SH.message, SH.name, SH.severity, sg.why, sg.fix):
            values = list(shapes.objects(shape, predicate))
            assert len(values) == 1, f"{shape} {predicate}: {values}"
    for check in pairs.checks():
        assert set(check.card) == {"id", "title", "severity", "message", "why", "fix"}, check.path.name
        assert check.card["severity"] in {"violation", "warning", "info"}, check.path.name
        assert check.path.stem.startswith(check.id + "-")


def test_a_rule_id_is_used_once(shapes: rdflib.Graph) -> None:
    ids = [str(value) for value in shapes.objects(None, DCTERMS.identifier)]
    ids += [check.id for check in pairs.checks()]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert len(ids) >= 60


def test_every_property_shape_is_named_and_belongs_to_a_shape(shapes: rdflib.Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert isinstance(shape, rdflib.URIRef)
        assert (None, SH.property, shape) in shapes, shape
        assert (shape, DCTERMS.identifier, None) in shapes, shape


def test_shapes_use_only_shacl_terms_that_this_test_knows(shapes: rdflib.Graph) -> None:
    used = {
        term
        for triple in shapes
        for term in triple
        if isinstance(term, rdflib.URIRef) and str(term).startswith(str(SH))
    }
    assert used - set(PARAMETERS) - OTHER_SHACL == set()


def test_no_shape_holds_a_query(shapes: rdflib.Graph) -> None:
    # they cost 94 % of pySHACL's time; queries/checks/ runs each once over the whole graph
    assert (None, SH.sparql, None) not in shapes


def test_an_expectation_that_is_missing_is_an_error(tmp_path: Path) -> None:
    silent = tmp_path / "EV-001--silent.ttl"
    silent.write_text("@prefix ex: <https://example.org/x#> .\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no '# expect:' line"):
        pairs.read_case(silent)


def test_the_pages_of_rules_are_those_of_the_rules(tmp_path: Path) -> None:
    # mend: spacegov validate --rules-doc docs/rules
    write_rule_pages(tmp_path)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text(encoding="utf-8") for path in (pairs.ROOT / "docs" / "rules").iterdir()}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


@pytest.mark.slow
def test_a_rule_that_is_broken_is_noticed_by_some_file() -> None:
    # each third mutant here; `python tests/shapes/mutation.py` makes them all
    made, alive = survivors(every=3)
    assert made > 500
    assert alive == []
