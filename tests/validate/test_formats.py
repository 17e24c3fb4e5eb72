"""The report formats: complete, within the platforms' limits, and deaf to what data try to make them say."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from spacegov.namespaces import PREFIXES
from spacegov.validate.findings import Finding, Severity
from spacegov.validate.formats import FORMATS
from spacegov.validate.formats.ci import ANNOTATIONS, SARIF_RESULTS, step_summary
from spacegov.validate.inputs import SourceFile
from spacegov.validate.report import Report


def finding(
    number: int = 1, severity: Severity = "violation", *, message: str = "It is wrong.", **more: str | int | None
) -> Finding:
    given: dict[str, object] = {
        "focus": f"http://e/{number}", "focus_label": f"Thing {number}", "path": "http://e/p", "value": '"x"',
        "file": "data.ttl", "line": number, "column": 3, "why": "It matters.", "fix": "Mend it.",
        "component": "http://www.w3.org/ns/shacl#DatatypeConstraintComponent",
    }  # fmt: skip
    return Finding(rule="EX-001", severity=severity, message=message, **(given | more))  # type: ignore[arg-type]


def report(*findings: Finding) -> Report:
    files = [SourceFile(Path("data.ttl"), ".ttl", statements=9), SourceFile(Path("clean.ttl"), ".ttl")]
    return Report(findings=list(findings), files=files, statements=9, shapes=4, matched=3, checks=2)


def parsed_turtle(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def test_human_shows_line_caret_need_reason_and_mend(tmp_path: Path) -> None:
    path = tmp_path / "d.ttl"
    path.write_text("first\n\tex:p 'x' .\n")
    text = FORMATS["human"](report(finding(2, file=str(path), column=7, needed="a number")))
    assert f"{path}:2:7: violation EX-001: It is wrong." in text
    assert "  2 |     ex:p 'x' .\n    |          ^" in text
    for words in ("needed  a number", "why     It matters.", "fix     Mend it.", "about   http://e/2 (Thing 2)"):
        assert words in text


def test_human_ends_with_what_was_looked_at() -> None:
    text = FORMATS["human"](report(finding(), finding(2, "warning"), finding(3, "info")))
    expected = "2 files, 9 statements, 3 of 4 shapes, 2 check queries: 1 violation, 1 warning, 1 info."
    assert text.strip().split("\n")[-1] == expected


def test_human_cuts_long_lines_around_the_place(tmp_path: Path) -> None:
    path = tmp_path / "d.ttl"
    path.write_text("a" * 500 + "HERE" + "b" * 500)
    text = FORMATS["human"](report(finding(1, file=str(path), column=501)))
    line, caret = text.split("\n")[1:3]
    assert line[caret.index("^") :].startswith("HERE")


def test_a_limit_keeps_the_most_severe_and_says_how_many_it_hid() -> None:
    whole = report(finding(1, "info"), finding(2, "warning"), finding(3))
    limited = whole.limited(1)
    assert [f.severity for f in limited.findings] == ["violation"]
    assert "… and 2 more that --limit hides." in FORMATS["human"](limited)
    assert "1 violation, 1 warning, 1 info" in FORMATS["human"](limited)


def test_json_holds_every_field_and_the_counts() -> None:
    document = json.loads(FORMATS["json"](report(finding(), finding(2, "warning"))))
    assert document["counts"] == {"violation": 1, "warning": 1, "info": 0}
    first = document["findings"][0]
    assert (first["file"], first["line"], first["column"], first["rule"]) == ("data.ttl", 1, 3, "EX-001")
    assert len(first["fingerprint"]) == 32


def test_csv_has_a_row_for_each_finding_and_runs_no_formula() -> None:
    text = FORMATS["csv"](report(finding(message="=HYPERLINK(1)"), finding(2)))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2
    assert not rows[0]["message"].startswith("=")


def test_sarif_is_what_code_scanning_needs() -> None:
    document = json.loads(FORMATS["sarif"](report(finding(), finding(2, "info"))))
    run = document["runs"][0]
    assert document["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["EX-001"]
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "data.ttl"},
        "region": {"startLine": 1, "startColumn": 3},
    }
    assert run["results"][1]["level"] == "note"


def test_sarif_keeps_the_most_severe_within_the_limit_and_says_what_is_left_out() -> None:
    many = [finding(number, "info") for number in range(SARIF_RESULTS + 5)]
    run = json.loads(FORMATS["sarif"](report(*many, finding(1))))["runs"][0]
    assert len(run["results"]) == SARIF_RESULTS
    assert run["results"][0]["level"] == "error"
    note = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert note == "6 less severe findings are left out."


def test_a_fingerprint_survives_moved_lines_and_reworded_messages() -> None:
    assert finding(1, line=1).fingerprint == finding(1, line=99, message="Other words.").fingerprint
    assert finding(1).fingerprint != finding(1, value='"y"').fingerprint


def test_junit_is_well_formed_and_counts_failures_and_clean_files() -> None:
    odd = finding(message='a < b & \x00 "c"', focus="http://e/<x>")
    tree = ElementTree.fromstring(FORMATS["junit"](report(odd, finding(2, "warning"))))
    assert (tree.get("tests"), tree.get("failures")) == ("2", "1")
    assert [suite.get("name") for suite in tree] == ["clean.ttl", "data.ttl"]


def test_github_shows_no_more_of_a_type_than_the_platform_does_and_the_worst_first() -> None:
    many = [finding(number, "warning") for number in range(1, 30)] + [finding(99)]
    lines = FORMATS["github"](report(*many)).split("\n")
    assert lines[0].startswith("::error title=EX-001 Thing 99,file=data.ttl,line=99,col=3::")
    assert sum(line.startswith("::warning") for line in lines) == ANNOTATIONS


def test_github_takes_no_commands_from_data() -> None:
    text = FORMATS["github"](report(finding(message="x\n::set-env name=A::b", focus_label="a,b::c")))
    assert [line for line in text.split("\n") if line.startswith("::")] == [text.split("\n")[0]]
    assert "title=EX-001 a%2Cb%3A%3Ac," in text


def test_the_step_summary_holds_all_findings_and_no_markup_of_data() -> None:
    text = step_summary(report(*(finding(number, message="<b>|x|") for number in range(1, 30))))
    assert text.count("| data.ttl:") == 29
    assert "<b>" not in text.replace("\\<b\\>", "")


def test_turtle_is_a_validation_report_without_blank_nodes() -> None:
    triples = parsed_turtle(FORMATS["turtle"](report(finding(), finding(2, "warning"))))
    sh = PREFIXES["sh"]
    assert not any(isinstance(term, ox.BlankNode) for t in triples for term in (t.subject, t.object))
    assert sum(t.predicate.value == sh + "result" for t in triples) == 2
    assert {str(t.object) for t in triples if t.predicate.value == sh + "conforms"} == {
        '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    }


def test_turtle_conforms_when_only_warnings_are_left() -> None:
    assert "true" in FORMATS["turtle"](report(finding(2, "warning")))


def test_html_escapes_what_data_say_and_loads_nothing() -> None:
    page = FORMATS["html"](report(finding(message="<script>alert(1)</script>")))
    assert "<script" not in page
    assert "src=" not in page
    assert "http-equiv" not in page


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_the_same_each_time_and_bears_an_empty_report(name: str) -> None:
    assert FORMATS[name](report()) == FORMATS[name](report())
    full = [finding(3), finding(1, "info"), finding(2, file=None, line=None, column=None, value=None, path=None)]
    assert FORMATS[name](report(*full)) == FORMATS[name](report(*full))
