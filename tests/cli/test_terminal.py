from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from spacegov.cli.terminal import note, print_table, progress, write_output
from spacegov.errors import OutputError


class Screen(io.StringIO):
    """A terminal, as far as anybody asks."""

    def isatty(self) -> bool:
        return True


def test_in_a_pipe_progress_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Reading") as tick:
        tick(1, 2, "a.txt")
    assert capsys.readouterr() == ("", "")


def test_on_a_terminal_progress_shows_how_far_and_which(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with progress("Reading") as tick:
        tick(1, 2, "a\x1b[31m[bold].txt")
    shown = screen.getvalue()
    assert "Reading" in shown
    assert "1/2" in shown
    assert "a\\x1b[31m[bold].txt" in shown


def test_a_table_shows_brackets_and_control_characters_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("Who?", ("who", "words"), [("China", "[bold]we\x1b[2J support[/bold]")])
    shown = capsys.readouterr().out
    assert "[bold]we\\x1b[2J support[/bold]" in shown
    assert "\x1b" not in shown


def test_a_note_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    note("two\nlines")
    assert capsys.readouterr() == ("", "spacegov: two lines\n")


def test_output_goes_to_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    write_output(b"content", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"content"
    with pytest.raises(OutputError, match="cannot be written"):
        write_output(b"content", tmp_path / "file" / "below")
