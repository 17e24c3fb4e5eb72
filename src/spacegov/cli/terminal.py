"""What people see: tables, notes, a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from spacegov.display import one_line, visible

__all__ = ["Ticker", "note", "one_line", "print_table", "progress", "visible", "write_output"]

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table for people; in a pipe it has no colours and a fixed width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120, highlight=False)
    table = Table(title=visible(title), title_justify="left", box=box.SIMPLE_HEAD, title_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        # Text, not str: a quotation with [brackets] is no markup
        table.add_row(*(Text(one_line(cell)) for cell in row))
    console.print(table)


class Ticker(Protocol):
    """Something that is told of each step."""

    def __call__(self, done: int, total: int, label: str) -> None: ...


@contextmanager
def progress(title: str) -> Iterator[Ticker]:
    """A progress bar on standard error where that is a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[at]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, at="")
        yield _Bar(bar, task)


def _silent(done: int, total: int, label: str) -> None:
    """A pipe is told nothing."""


class _Bar:
    def __init__(self, bar: Progress, task: TaskID) -> None:
        self.bar, self.task = bar, task

    def __call__(self, done: int, total: int, label: str) -> None:
        from rich.markup import escape

        self.bar.update(self.task, completed=done, total=total, at=escape(one_line(label))[:40])


def note(message: str) -> None:
    """One line on standard error."""
    print(f"spacegov: {one_line(message)}", file=sys.stderr)


def write_output(content: bytes, file: Path | None) -> None:
    """Content to a file, whole or not at all, or to standard output.

    Raises:
        OutputError: the file cannot be written.
    """
    if file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from spacegov.files import write_atomically

    write_atomically(file, content)
