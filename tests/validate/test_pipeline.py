"""Files through all stages: what is found, where, and when a run may say that nothing is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from spacegov.errors import InputError
from spacegov.validate.context import Settings
from spacegov.validate.findings import Finding
from spacegov.validate.pipeline import validate_paths

from .conftest import WORLD, Found


def where(finding: Finding) -> tuple[str, int | None, int | None]:
    return finding.rule, finding.line, finding.column


def test_good_data_have_no_finding(found: Found, good: str) -> None:
    assert found(good) == []


def test_a_missing_value_is_told_at_its_node_with_reason_and_mend(found: Found, good: str) -> None:
    (finding,) = found(good.replace("    sg:isHeldBy actor:utopia ;\n", ""))
    assert where(finding) == ("ST-001", 16, 1)
    assert finding.message == "A stance is held by at least one actor."
    assert finding.needed == "at least 1 value"
    assert (finding.why, finding.fix) == ("A position without a holder belongs to nobody.", "Name the holder.")
    assert finding.focus_label == "one"


def test_a_wrong_value_is_told_at_the_value(found: Found, good: str) -> None:
    (finding,) = found(good.replace("hasConfidence 0.9", "hasConfidence 1.9"))
    assert where(finding) == ("ST-003", 20, 22)
    assert finding.severity == "warning"
    assert finding.value == '"1.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def test_one_value_too_many_is_told_at_the_last_property(found: Found, good: str) -> None:
    more = "    sg:isMadeIn forum:other ;\n    sg:onDate"
    text = good.replace("    sg:onDate", more) + "\nforum:other a sg:Forum ."
    (finding,) = found(text)
    assert where(finding) == ("ST-002", 19, 5)


def test_a_value_of_the_wrong_class_is_told_with_the_class_that_is_needed(found: Found, good: str) -> None:
    (finding,) = found(good.replace("isHeldBy actor:utopia", "isHeldBy forum:assembly"))
    assert where(finding) == ("ST-001", 17, 17)
    assert finding.needed == "a thing of the class actor (sg:Actor)"


def test_a_check_query_tells_labels_and_the_place_of_its_value(found: Found, good: str) -> None:
    (finding,) = found(good.replace("2020-05-06", "1940-05-06"))
    assert where(finding) == ("LOG-001", 19, 15)
    assert finding.message == "one is made in Assembly before it existed."
    assert finding.stage == "checks"


def test_an_unknown_term_is_told_with_what_may_be_meant(found: Found, good: str) -> None:
    findings = found(good.replace("sg:isMadeIn", "sg:isMadIn"))
    assert [where(finding) for finding in findings] == [("TRM-001", 18, 5)]
    assert findings[0].message.endswith("Did you mean sg:isMadeIn?")


def test_a_misspelt_class_is_told_at_the_class(found: Found, good: str) -> None:
    assert ("TRM-001", 9, 16) in [where(f) for f in found(good.replace("a sg:State", "a sg:Sttate"))]


def test_a_term_that_differs_in_case_only_is_found_out(found: Found, good: str) -> None:
    (finding,) = found(good.replace("sg:isMadeIn", "sg:IsMadeIn"))
    assert "Did you mean sg:isMadeIn?" in finding.message


def test_a_retired_term_names_the_one_that_replaces_it(found: Found, good: str) -> None:
    findings = found(good + "\nstance:one sg:heldBy actor:utopia .")
    assert [(f.rule, f.severity, f.fix) for f in findings] == [("TRM-002", "warning", "Write sg:isHeldBy.")]


def test_a_class_between_subject_and_object_is_no_property(found: Found, good: str) -> None:
    assert [f.rule for f in found(good + "\nstance:one sg:Forum actor:utopia .")] == ["TRM-003"]


def test_data_that_define_a_term_themselves_may_use_it(found: Found, good: str) -> None:
    more = "\nsg:mood a <http://www.w3.org/2002/07/owl#DatatypeProperty> . stance:one sg:mood 'glad' ."
    assert found(good + more) == []


def test_a_name_that_leads_nowhere_is_told_with_the_nearest_one(found: Found, good: str) -> None:
    findings = found(good.replace("isHeldBy actor:utopia", "isHeldBy actor:utopa"))
    assert [where(f) for f in findings] == [("REF-003", 17, 17), ("ST-001", 17, 17)]
    assert findings[0].message == "There is no actor 'utopa'. Did you mean actor/utopia?"


def test_every_stage_reports_even_when_an_earlier_one_found_something(found: Found, good: str) -> None:
    text = (
        good.replace("sg:isMadeIn", "sg:isMadIn")
        .replace("0.9", "7")
        .replace("assembly ;\n    sg:onD", "assembli ;\n    sg:onD")
    )
    assert {f.stage for f in found(text)} == {"terms", "shapes", "references"}


def test_the_same_files_give_the_same_findings_in_the_same_order(tmp_path: Path, world: Settings, good: str) -> None:
    (tmp_path / "a.ttl").write_text(good.replace("0.9", "9") + "[] a sg:State . [] a sg:Stance .")
    (tmp_path / "b.ttl").write_text(good.replace("stance:one", "stance:two").replace("0.9", "8"))
    first = validate_paths([tmp_path], world).findings
    assert len(first) == 6
    assert validate_paths([tmp_path / "b.ttl", tmp_path / "a.ttl"], world).findings == first


def test_nothing_to_read_is_not_nothing_wrong(tmp_path: Path, world: Settings) -> None:
    with pytest.raises(InputError, match="no statement"):
        validate_paths([tmp_path], world)


def test_an_empty_file_is_not_nothing_wrong(tmp_path: Path, world: Settings) -> None:
    (tmp_path / "empty.ttl").write_text("@prefix a: <http://a/> .\n")
    with pytest.raises(InputError, match="no statement"):
        validate_paths([tmp_path], world)


def test_data_that_no_shape_looks_at_are_not_right(tmp_path: Path, world: Settings) -> None:
    (tmp_path / "other.ttl").write_text("<http://a/s> <http://a/p> 1 .")
    with pytest.raises(InputError, match="none of 2 shapes has a target"):
        validate_paths([tmp_path], world)


def test_shapes_that_hold_no_shape_are_refused(tmp_path: Path, good: str) -> None:
    (tmp_path / "empty.ttl").write_text("")
    (tmp_path / "good.ttl").write_text(good)
    settings = Settings(packs=(tmp_path / "empty.ttl",), own_rules=False, background=False)
    with pytest.raises(InputError, match="nothing to check against"):
        validate_paths([tmp_path / "good.ttl"], settings)


def test_a_missing_path_is_told(world: Settings) -> None:
    with pytest.raises(InputError, match=r"nowhere\.ttl: no such file"):
        validate_paths([Path("nowhere.ttl")], world)


def test_what_is_missing_in_a_broken_file_is_not_held_against_it(found: Found, good: str) -> None:
    # the holder stands where the parser could not read
    findings = found(good.replace("sg:isHeldBy actor:utopia ;", "sg:isHeldBy 'actor ;"))
    assert {f.stage for f in findings} == {"syntax"}


def test_what_is_wrong_elsewhere_in_a_broken_file_is_told(found: Found, good: str) -> None:
    text = good.replace('"Utopia"@en .', '"Utopia"@en') + "\nstance:two a sg:Stance ; sg:hasConfidence 3 .\n"
    rules = [f.rule for f in found(text)]
    assert "SYN-001" in rules
    assert "ST-003" in rules


def test_a_pack_of_others_counts_beside_our_rules(tmp_path: Path, world: Settings, good: str) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "p.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sg: <https://w3id.org/spacegov/ontology#> ."
        "<http://pack/Forum> a sh:NodeShape ; sh:targetClass sg:Forum ;"
        " sh:property [ sh:path sg:symbol ; sh:minCount 1 ] ."
    )
    (pack / "named.rq").write_text("SELECT ?focus WHERE { ?focus a <https://w3id.org/spacegov/ontology#Forum> }")
    (tmp_path / "good.ttl").write_text(good)
    settings = Settings(
        packs=(pack,), shapes=world.shapes, ontology=world.ontology, checks=world.checks, background=False
    )
    rules = [f.rule for f in validate_paths([tmp_path / "good.ttl"], settings).findings]
    assert rules == ["http://pack/Forum", "named"]


def test_shipped_data_do_not_fill_the_gaps_of_another_version_of_them(tmp_path: Path) -> None:
    # a copy of the reference data from which a name was removed: the shipped file still has it
    source = Path(__file__).parents[2] / "data" / "reference" / "forums.ttl"
    if not source.is_file():
        pytest.skip("no reference data yet")
    lines = source.read_text(encoding="utf-8").split("\n")
    place = next(number for number, line in enumerate(lines) if "skos:prefLabel" in line)
    del lines[place]
    copy = tmp_path / "mine.ttl"
    copy.write_text("\n".join(lines), encoding="utf-8")
    findings = validate_paths([copy]).findings
    assert any(
        (f.component or "").endswith("MinCountConstraintComponent") and "prefLabel" in (f.path or "") for f in findings
    )


def test_a_file_that_only_adds_to_shipped_things_is_no_other_version_of_them() -> None:
    data = Path(__file__).parents[2] / "data"
    report = validate_paths([data / "lexicon" / "topic-cues.ttl", data / "reference" / "instruments.ttl"])
    assert [f for f in report.findings if f.severity == "violation"] == []


def test_a_file_may_name_what_the_shipped_data_describe(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(
        "@prefix sg: <https://w3id.org/spacegov/ontology#> . <https://w3id.org/spacegov/id/stance/x> a sg:Stance ;"
        " sg:isHeldBy <https://w3id.org/spacegov/id/actor/china> ."
    )
    findings = validate_paths([tmp_path]).findings
    assert not [f for f in findings if "actor/china" in (f.value or "")]


def test_the_world_of_these_tests_is_sound() -> None:
    assert (WORLD / "good.ttl").is_file()


def test_a_broken_ontology_is_told_and_terms_are_not_held_against_it(
    tmp_path: Path, world: Settings, good: str
) -> None:
    ontology = (WORLD / "ontology.ttl").read_text()
    (tmp_path / "ontology.ttl").write_text(
        ontology.replace("sg:isMadeIn a owl:ObjectProperty .", "sg:isMadeIn a owl: ;")
    )
    (tmp_path / "good.ttl").write_text(good)
    settings = replace(world, ontology=tmp_path / "ontology.ttl")
    findings = validate_paths([tmp_path / "good.ttl"], settings).findings
    assert [f.rule for f in findings] == ["SYN-001"]
