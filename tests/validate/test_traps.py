"""The known traps of RDF and SHACL libraries, each with a case that it would spring on."""

# ruff: noqa: E501 (shapes read best in one line)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from spacegov.errors import InputError
from spacegov.validate import check
from spacegov.validate.context import Settings
from spacegov.validate.findings import Finding
from spacegov.validate.inputs import find_files, load
from spacegov.validate.pipeline import validate_paths

from .conftest import WORLD, Found

WithShapes = Callable[[str], list[Finding]]
HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sg: <https://w3id.org/spacegov/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <http://e/> .
"""


@pytest.fixture
def with_shapes(tmp_path: Path, world: Settings, good: str) -> WithShapes:
    """Adds shapes to those of the small world and gives what is said of shapes."""

    def run(shapes: str) -> list[Finding]:
        (tmp_path / "shapes").mkdir()
        (tmp_path / "shapes" / "more.ttl").write_text(HEAD + shapes)
        (tmp_path / "good.ttl").write_text(good)
        settings = Settings(
            packs=(tmp_path / "shapes",), shapes=world.shapes, ontology=world.ontology, checks=world.checks,
            background=False,
        )  # fmt: skip
        return validate_paths([tmp_path / "good.ttl"], settings).findings

    return run


# --- shapes that look like rules and check nothing ------------------------------------------------------


def test_a_typo_in_a_target_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stanse ; sh:property [ sh:path sg:onDate ; sh:minCount 1 ] ."
    )
    assert {f.rule: f.severity for f in findings} == {
        "SHP-005": "violation", "SHP-001": "info", "TRM-001": "violation",
    }  # fmt: skip
    assert "Did you mean sg:Stance?" in next(f.message for f in findings if f.rule == "SHP-005")


def test_a_typo_in_a_parameter_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property [ sh:path sg:onDate ; sh:minCnt 1 ; sh:maxCount 1 ] ."
    )
    assert [f.rule for f in findings] == ["SHP-002"]
    assert findings[0].message == "SHACL defines no term sh:minCnt. Did you mean sh:minCount?"


def test_a_typo_in_a_path_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property [ sh:path sg:isHeldBuy ; sh:maxCount 1 ] ."
    )
    assert [f.rule for f in findings] == ["TRM-001"]
    assert findings[0].file is not None
    assert findings[0].file.endswith("more.ttl")


def test_a_shape_without_a_constraint_is_found(with_shapes: WithShapes) -> None:
    assert [f.rule for f in with_shapes("ex:S a sh:NodeShape ; sh:targetClass sg:Stance .")] == ["SHP-003"]


def test_a_property_shape_without_a_constraint_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property ex:P . ex:P sh:path sg:onDate ."
    )
    assert [(f.rule, f.focus) for f in findings] == [("SHP-003", "http://e/P")]


def test_a_property_shape_that_only_opens_a_closed_shape_is_no_fault(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetNode sg:nothing ; sh:closed true ; sh:property [ sh:path sg:onDate ] ."
    )
    assert "SHP-003" not in {f.rule for f in findings}


@pytest.mark.parametrize("count", ["one", "²", "++1", "-1"])
def test_a_count_that_is_no_number_is_found(with_shapes: WithShapes, count: str) -> None:
    findings = with_shapes(
        f"ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property [ sh:path sg:onDate ; sh:minCount '{count}' ] ."
    )
    assert {f.rule for f in findings} == {"SHP-003", "SHP-004"}
    assert [f.message for f in findings if f.rule == "SHP-004"] == [f'sh:minCount needs a whole number, not "{count}".']


def test_a_count_on_a_node_shape_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes("ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:minCount 1 ; sh:nodeKind sh:IRI .")
    assert [f.rule for f in findings] == ["SHP-004"]


def test_a_pattern_that_is_no_regular_expression_is_found_and_not_run(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property [ sh:path sg:symbol ; sh:pattern '(' ] ."
    )
    assert [f.rule for f in findings] == ["SHP-004"]


def test_a_path_that_is_none_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property [ sh:path [ sh:inverse sg:onDate ] ; sh:maxCount 1 ] ."
    )
    assert {"SHP-002", "SHP-004"} <= {f.rule for f in findings}


def test_a_shape_that_is_named_and_nowhere_described_is_found(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property ex:Missing ; sh:nodeKind sh:IRI ."
    )
    assert "SHP-004" in {f.rule for f in findings}


def test_a_shape_that_matched_nothing_is_told(with_shapes: WithShapes) -> None:
    findings = with_shapes(
        "ex:S a sh:NodeShape ; sh:targetClass sg:Evidence ; sh:property [ sh:path sg:isFoundIn ; sh:minCount 1 ] ."
    )
    assert [(f.rule, f.severity, f.focus) for f in findings] == [("SHP-001", "info", "http://e/S")]


def test_shapes_that_are_not_well_formed_stop_the_run(with_shapes: WithShapes) -> None:
    with pytest.raises(InputError, match=r"more\.ttl:3: the shapes are not well-formed"):
        with_shapes("ex:S a sh:NodeShape ; sh:targetClass sg:Stance")


def test_a_check_that_cannot_run_is_a_finding(tmp_path: Path, world: Settings, good: str) -> None:
    (tmp_path / "good.ttl").write_text(good)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "broken.rq").write_text("# id: X-1\nSELECT ?focus WHERE { ?focus a }")
    settings = Settings(
        packs=(tmp_path / "pack",), shapes=world.shapes, ontology=world.ontology, checks=world.checks, background=False
    )
    findings = validate_paths([tmp_path / "good.ttl"], settings).findings
    assert [(f.rule, f.severity) for f in findings] == [("CHK-000", "violation")]


# --- inference, which would make wrong right ---------------------------------------------------------------


def test_the_range_of_a_property_does_not_make_a_wrong_holder_right(found: Found, good: str) -> None:
    range_of = "\nsg:isHeldBy <http://www.w3.org/2000/01/rdf-schema#range> sg:Actor ."
    findings = found(good.replace("isHeldBy actor:utopia", "isHeldBy forum:assembly") + range_of)
    assert [f.rule for f in findings] == ["ST-001"]


def test_a_subclass_in_the_ontology_counts(found: Found, good: str) -> None:
    assert "a sg:State" in good
    assert found(good) == []


# --- parsers ------------------------------------------------------------------------------------------------


def test_turtle_that_rdflib_lets_pass_is_refused(found: Found, good: str) -> None:
    # an underscore-led prefix and a bare string with a line break: rdflib reads both
    assert "SYN-001" in {f.rule for f in found(good + "\nstance:one sg:symbol 'a\nb' .")}


def test_the_default_graph_of_n_quads_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "d.nq"
    path.write_text("<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> <http://e/p> <http://e/c> <http://e/g> .\n")
    assert len(load(find_files([path])).store) == 2


def test_a_string_and_a_typed_string_are_one(found: Found, good: str) -> None:
    more = '\nactor:utopia skos:prefLabel "Utopie"@fr . forum:assembly sg:symbol "A" , "A"^^xsd:string .'
    assert found(good + more) == []


def test_an_entity_bomb_is_refused_before_it_is_parsed(found: Found) -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<r>&b;</r>'
    findings = found(bomb, name="bomb.rdf")
    assert [(f.rule, f.line, f.column) for f in findings] == [("SYN-002", 2, 1)]


def test_a_doctype_in_a_comment_is_no_doctype(found: Found) -> None:
    rdf = (
        '<?xml version="1.0"?><!-- no <!DOCTYPE here -->'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:sg="https://w3id.org/spacegov/ontology#">'
        '<sg:Stance rdf:about="http://e/s"/></rdf:RDF>'
    )
    assert [f.rule for f in found(rdf, name="fine.rdf")] == ["ST-001"]


def test_a_context_from_the_net_is_not_fetched(found: Found) -> None:
    findings = found('{\n "@context": "https://schema.org/",\n "@id": "http://e/a"}', name="d.jsonld")
    assert [(f.rule, f.line) for f in findings] == [("SYN-003", 2)]


def test_a_context_that_imports_another_is_not_fetched(found: Found) -> None:
    findings = found('{"@context": {"@import": "https://e/c"}, "@id": "http://e/a"}', name="d.jsonld")
    assert [f.rule for f in findings] == ["SYN-003"]


def test_the_bundled_context_may_be_named(found: Found) -> None:
    text = '{"@context": "https://w3id.org/spacegov/context.jsonld", "@id": "http://e/s", "@type": "sg:Stance"}'
    assert [f.rule for f in found(text, name="d.jsonld")] == ["ST-001"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [("2020-02-30", "D"), ("2020-2-3", "D"), ("2020-02-29", None), ("20-02-03", "D"), ("2021-02-29", "D")],
)
def test_a_day_that_does_not_exist_is_no_date(text: str, rule: str | None, tmp_path: Path) -> None:
    # pyrudof takes 2020-02-30 for a date
    shape = (
        "ex:S a sh:NodeShape ; sh:targetClass sg:Stance ; sh:property [ sh:path sg:onDate ; sh:datatype xsd:date ] ."
    )
    (tmp_path / "s.ttl").write_text(HEAD + shape)
    (tmp_path / "d.ttl").write_text(HEAD + f"ex:a a sg:Stance ; sg:onDate '{text}'^^xsd:date .")
    settings = Settings(packs=(tmp_path / "s.ttl",), own_rules=False, ontology=WORLD / "ontology.ttl", background=False)
    findings = validate_paths([tmp_path / "d.ttl"], settings).findings
    assert bool(findings) is (rule is not None)


# --- the graph in memory -------------------------------------------------------------------------------------


def test_check_finds_in_quads_what_validate_finds_in_files(good: str) -> None:
    quads = list(ox.parse(good.replace("0.9", "1.9").replace("2020-", "1940-"), format=ox.RdfFormat.TURTLE))
    findings = check(quads, shapes=WORLD, ontology=WORLD, checks=WORLD / "checks")
    assert {f.rule for f in findings} == {"LOG-001", "ST-003"}
    assert all(f.file is None for f in findings)


def test_check_compares_quotations_where_sources_are_given(good: str) -> None:
    more = """
    @prefix oa: <http://www.w3.org/ns/oa#> .
    <https://w3id.org/spacegov/id/evidence/d-0-5> a sg:Evidence ; oa:start 0 ; oa:end 5 ; oa:exact "Hello" ;
        sg:isFoundIn <https://w3id.org/spacegov/id/document/d> .
    <https://w3id.org/spacegov/id/document/d> sg:symbol "A/1" .
    """
    quads = list(ox.parse(good + more, format=ox.RdfFormat.TURTLE))
    folders = {"shapes": WORLD, "ontology": WORLD, "checks": WORLD / "checks"}
    assert check(quads, **folders, sources={"d": "Hello you"}) == []
    (finding,) = check(quads, **folders, sources={"d": "Oh, Hello you"})
    assert finding.rule == "REF-001"
    assert finding.fix == "Write oa:start 4 and oa:end 9."
