"""The command: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacegov.cli import main

from .conftest import WORLD


@pytest.fixture
def data(tmp_path: Path, good: str) -> Path:
    """Data with one violation (no holder) and one warning (confidence)."""
    path = tmp_path / "data.ttl"
    path.write_text(good.replace("    sg:isHeldBy actor:utopia ;\n", "").replace("0.9", "1.9"))
    return path


def run(*arguments: str | Path) -> int:
    """The command with the shapes of the small world only."""
    fixed = [
        "validate",
        "--alone",
        "--only-packs",
        "--shapes",
        str(WORLD / "shapes.ttl"),
        "--shapes",
        str(WORLD / "checks"),
    ]
    return main([*fixed, *map(str, arguments)])


def test_findings_end_with_one(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data) == 1
    assert "ST-001" in capsys.readouterr().out


def test_good_data_end_with_zero(tmp_path: Path, good: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "good.ttl").write_text(good)
    assert run(tmp_path / "good.ttl") == 0
    assert "nothing wrong" in capsys.readouterr().out


@pytest.mark.parametrize(("level", "code"), [("violation", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_level_decides_whether_a_warning_fails(tmp_path: Path, good: str, level: str, code: int) -> None:
    (tmp_path / "warned.ttl").write_text(good.replace("0.9", "1.9"))
    assert run(tmp_path / "warned.ttl", "--fail-on", level) == code


@pytest.mark.parametrize(
    "arguments",
    [["nowhere.ttl"], ["--engine", "magic"], ["--fail-on", "often"], ["--format", "pdf"],
     ["--format", "json", "--format", "csv"], ["--baseline", "nowhere.json"]],
)  # fmt: skip
def test_what_cannot_run_ends_with_two_and_one_line(
    data: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, *arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith("spacegov: ")
    assert error.count("\n") == 1


def test_nothing_loaded_ends_with_two(tmp_path: Path) -> None:
    assert run(tmp_path) == 2


def test_several_formats_are_written_at_once(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(
        data,
        "--format",
        "human",
        "--format",
        f"json={tmp_path / 'o.json'}",
        "--format",
        f"sarif={tmp_path / 'o.sarif'}",
    )
    assert code == 1
    assert "1 violation, 1 warning" in capsys.readouterr().out
    assert len(json.loads((tmp_path / "o.json").read_text())["findings"]) == 2
    assert len(json.loads((tmp_path / "o.sarif").read_text())["runs"][0]["results"]) == 2


def test_a_limit_does_not_change_how_a_run_ends(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--limit", "0") == 1
    assert "2 more that --limit hides" in capsys.readouterr().out


def test_only_one_rule_or_thing_can_be_asked_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(data, "--rule", "ST-003") == 0
    assert "ST-001" not in capsys.readouterr().out
    assert run(data, "--focus", "one", "--rule", "ST") == 1
    assert run(data, "--focus", "another") == 0


def test_a_baseline_lets_pass_what_is_known_and_nothing_else(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "known.json"
    assert run(data, "--write-baseline", baseline) == 0
    assert run(data, "--baseline", baseline, "--fail-on", "info") == 0
    data.write_text("# a line that moves all others\n" + data.read_text() + "\nstance:two a sg:Stance .")
    capsys.readouterr()
    assert run(data, "--baseline", baseline) == 1
    out = capsys.readouterr().out
    assert "stance/two" in out
    assert "2 known from the baseline" in out


def test_a_shape_that_matched_nothing_is_told_in_one_line_and_listed_on_request(
    tmp_path: Path, good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.ttl").write_text(good[: good.index("stance:one")])
    run(tmp_path / "good.ttl")
    assert "1 of 2 shapes had no target here (sgsh:Stance)" in capsys.readouterr().out
    run(tmp_path / "good.ttl", "--rule", "SHP-001")
    assert "info SHP-001" in capsys.readouterr().out


def test_the_github_format_fills_the_step_summary(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(data, "--format", "github")
    assert capsys.readouterr().out.startswith("::error title=ST-001")
    assert summary.read_text().count("| violation |") == 1


@pytest.mark.parametrize("engine", ["fast", "every-node", "pyshacl"])
def test_every_engine_finds_the_same(data: Path, engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(data, "--engine", engine, "--format", "json")
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [(f["rule"], f["line"]) for f in findings] == [("ST-001", 16), ("ST-003", 19)]


def test_control_characters_of_data_do_not_reach_the_terminal(
    tmp_path: Path, good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.ttl").write_text(good.replace("0.9", '"\\u001b[31mred"'))
    run(tmp_path / "d.ttl")
    assert "\x1b" not in capsys.readouterr().out


def test_good_and_bad_pairs_of_anybody_are_run(tmp_path: Path, good: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "invalid").mkdir()
    bad = good.replace("    sg:isHeldBy actor:utopia ;\n", "")
    expected = "# expect: stance:one sgsh:Stance-isHeldBy sh:MinCountConstraintComponent sh:Violation\n"
    (tmp_path / "good.ttl").write_text(good)
    (tmp_path / "invalid" / "bad.ttl").write_text(expected + bad)
    assert run("--test", tmp_path) == 0
    assert capsys.readouterr().out == "2 of 2 files gave what they should.\n"


def test_a_pair_that_fails_for_another_reason_fails(
    tmp_path: Path, good: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.ttl").write_text("# expect: stance:one ST-001\n" + good.replace("0.9", "1.9"))
    assert run("--test", tmp_path) == 1
    out = capsys.readouterr().out
    assert "expected and not found: stance:one ST-001" in out
    assert "found and not expected: https://w3id.org/spacegov/id/stance/one sgsh:Stance-hasConfidence" in out


def test_a_good_file_that_no_shape_looks_at_fails(tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("<http://a/s> <http://a/p> 1 .")
    assert run("--test", tmp_path) == 1


def test_a_page_is_written_for_each_rule(tmp_path: Path) -> None:
    pages = tmp_path / "rules"
    assert run("--rules-doc", pages) == 0
    page = (pages / "ST-001.md").read_text()
    for words in (
        "A stance is held by at least one actor.",
        "**Why it matters.**",
        "`sg:isHeldBy`",
        "at least 1 value",
    ):
        assert words in page
    check = (pages / "LOG-001.md").read_text()
    assert "SELECT ?focus" in check
    index = (pages / "README.md").read_text()
    assert all(f"[{path.stem}]({path.name})" in index for path in pages.glob("*-*.md"))


def test_pages_of_rules_that_are_gone_are_removed_and_others_are_left(tmp_path: Path) -> None:
    run("--rules-doc", tmp_path)
    (tmp_path / "ST-001.md").rename(tmp_path / "ST-999.md")
    (tmp_path / "notes.md").write_text("mine")
    run("--rules-doc", tmp_path)
    assert not (tmp_path / "ST-999.md").exists()
    assert (tmp_path / "ST-001.md").exists()
    assert (tmp_path / "notes.md").exists()
