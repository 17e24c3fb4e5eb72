from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer

from spacegov import __version__, cli, errors
from spacegov.cli import main, program


def one_command(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Give the program a single command that ends with an error."""

    def fail() -> None:
        raise error

    def build_program() -> typer.Typer:
        app = typer.Typer(pretty_exceptions_enable=False)
        app.callback(invoke_without_command=True)(fail)
        return app

    monkeypatch.setattr(cli, "program", build_program)


def command_names() -> list[str]:
    command = typer.main.get_command(program())
    return command.list_commands(typer.Context(command))  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UnreadableDocument("a.txt: empty"), 2),
        (errors.FindingsError("3 violations"), 1),
        (errors.MissingPiece("no model"), 3),
        (KeyboardInterrupt(), 130),
        (PermissionError(13, "Permission denied", "/x"), 2),
    ],
)
def test_each_error_is_one_line_with_its_exit_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one_command(monkeypatch, error)
    assert main([]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("spacegov: ")
    assert said.err.count("\n") == 1


def test_an_error_cannot_steer_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one_command(monkeypatch, errors.InputError("evil\x1b[2J\nname"))
    main([])
    assert capsys.readouterr().err == "spacegov: evil\\x1b[2J name\n"


def test_a_fault_of_ours_is_one_line_with_its_place_and_a_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one_command(monkeypatch, ZeroDivisionError("a bug"))
    assert main([]) == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ZeroDivisionError: a bug at test_main.py:" in said


def test_who_asks_for_it_sees_the_whole_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACEGOV_TRACEBACK", "1")
    one_command(monkeypatch, ZeroDivisionError("a bug"))
    with pytest.raises(ZeroDivisionError):
        main([])


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["build", "--jobs", "many"], ["extract"]])
def test_bad_usage_is_one_line_and_exit_code_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_without_a_command_the_help_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("build", "extract", "export", "score", "verify", "info"))
    assert "Exit codes: 0 done; 1 findings" in shown


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.strip() == __version__


def test_every_command_has_a_help_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    names = command_names()
    assert len(names) >= 9
    for name in names:
        assert main([name, "--help"]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 5


def test_every_command_stands_in_the_documentation(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    missing = [name for name in command_names() if f"## `spacegov {name}" not in page]
    assert missing == []


def test_a_reader_that_goes_away_is_no_error() -> None:
    code = "import sys; from spacegov.cli import main; sys.exit(main(['--help']))"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait() == 141
    assert process.stderr.read() == b""
