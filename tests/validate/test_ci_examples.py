"""What other people's CI takes from here: the action, the hooks and the script, tried in a throw-away repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import WORLD

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "docs" / "ci-examples" / "validate.sh"


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def run(place: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The script that all examples share, with the small world's shapes."""
    program = Path(sys.executable).with_name("spacegov")
    if not program.is_file():
        pytest.skip("the command is not installed beside this Python")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
        "SPACEGOV": str(program), "ONLY_PACKS": "true", "PATHS": "data",
        "SHAPES": str(WORLD / "shapes.ttl"), **settings,
    }  # fmt: skip
    return subprocess.run(
        ["bash", str(SCRIPT)], cwd=place, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def seeded(tmp_path: Path, good: str) -> Path:
    """A repository whose data lack a holder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "d.ttl").write_text(good.replace("    sg:isHeldBy actor:utopia ;\n", ""))
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@e", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_a_seeded_error_fails_the_job_and_is_told_with_its_place(seeded: Path) -> None:
    done = run(seeded)
    assert done.returncode == 1
    assert "data/d.ttl:16:1: violation ST-001" in done.stdout


def test_on_github_it_becomes_an_annotation_and_a_summary(seeded: Path) -> None:
    summary = seeded / "summary.md"
    done = run(seeded, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary), SARIF="o.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("::error title=ST-001 one,file=data/d.ttl,line=16,col=1::")
    assert "ST-001" in summary.read_text()
    assert (seeded / "o.sarif").is_file()


def test_a_mended_repository_passes(seeded: Path, good: str) -> None:
    (seeded / "data" / "d.ttl").write_text(good)
    assert run(seeded, JUNIT="o.xml").returncode == 0
    assert (seeded / "o.xml").is_file()


def test_paths_with_spaces_are_one_path(seeded: Path) -> None:
    (seeded / "data").rename(seeded / "my data")
    assert run(seeded, PATHS="my data\n").returncode == 1


def test_a_path_that_looks_like_an_option_is_a_path(seeded: Path) -> None:
    done = run(seeded, PATHS="--fail-on=never")
    assert done.returncode == 2
    assert "no such file" in done.stderr


def steps() -> list[Mapping[str, Any]]:
    found = list(read("action.yml")["runs"]["steps"])
    for job in read("docs/ci-examples/github.yml")["jobs"].values():
        found += [step for step in job["steps"] if "OWNER/" not in step.get("uses", "")]
    return found


def test_every_action_that_is_used_is_pinned_by_hash() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert len(used) == 3
    assert [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name)] == []


def test_no_input_is_pasted_into_a_script() -> None:
    scripts = [step["run"] for step in steps() if "run" in step]
    assert scripts
    assert [script for script in scripts if re.search(r"\$\{\{\s*(inputs|github\.(event|head))", script)] == []


def test_the_example_asks_for_no_more_than_it_needs() -> None:
    example = read("docs/ci-examples/github.yml")
    assert example["permissions"] == {"contents": "read"}
    assert example["jobs"]["rdf"]["permissions"] == {"contents": "read", "security-events": "write"}


def test_the_hooks_take_the_files_that_validate_reads() -> None:
    from spacegov.validate.inputs import FORMATS

    first = read(".pre-commit-hooks.yaml")[0]
    assert [ending for ending in FORMATS if not re.search(first["files"], f"a{ending}")] == []
    assert not re.search(first["files"], "a.py")


def test_the_other_examples_are_well_formed() -> None:
    for name in ("gitlab.yml", "pre-commit.yaml"):
        assert read(f"docs/ci-examples/{name}")
    subprocess.run(["bash", "-n", str(ROOT / "docs" / "ci-examples" / "plain.sh")], check=True)
