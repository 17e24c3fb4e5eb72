"""Running a command as a user does, in the same process."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from spacegov.cli import main

sys.path.insert(0, str(Path(__file__).parent))

from commands import Outcome, Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `spacegov` with arguments; the folder of the test is the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPACEGOV_CACHE", str(tmp_path / ".kept"))

    def command(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return command
