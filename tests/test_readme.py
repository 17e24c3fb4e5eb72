"""The tour of the README runs as it is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def blocks(root: Path) -> list[str]:
    """The fenced shell commands of the README, in order."""
    text = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_tour_runs_as_it_is_written(root: Path, shipped_graph: Path, tmp_path: Path) -> None:
    shutil.copytree(shipped_graph, tmp_path / "build")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    script = "set -euo pipefail\n" + "\n".join(blocks(root))
    environment = os.environ | {"SPACEGOV_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opposed.csv").read_text(encoding="utf-8").count("\n") > 1
    assert (tmp_path / "mine" / "graph.ttl").stat().st_size > 1000
    assert '"holders": ["china"]' in done.stdout, "the note of the tour must give a stance of China"


def test_the_two_commands_are_those_of_the_makefile(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for target in ("graph", "test"):
        assert f"    make {target} " in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_what_the_readme_links_to_is_there(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", readme) if "://" not in link]
    assert links
    assert [link for link in links if not (root / link).exists()] == []
