"""Answers on a terminal: the table of an answer, the list of questions, the result of a query."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryBoolean, QuerySolutions
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from spacegov.display import visible
from spacegov.query.catalogue import catalogue
from spacegov.query.formats import shown
from spacegov.query.results import short

if TYPE_CHECKING:
    from spacegov.query.run import Answer

_WIDTH: Final = 120
"""Of tables in a pipe."""
_WORDS: Final = ("quote", "title", "prefix", "suffix", "detail", "source")
"""Columns that take the room that the others leave."""


def print_answer(answer: Answer) -> None:
    """The rows with labels; facts first, then the words and the document with its symbol."""
    console = _console()
    console.print(Text(visible(answer.question.question), style="bold"))
    header, rows = shown(answer)
    if rows:
        console.print(_table(header, rows))
    console.print(Text(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim"))


def _table(header: list[str], rows: list[list[str]]) -> Table:
    wide = [name for name in header if name.rsplit(" ", 1)[-1] in _WORDS]
    facts = [name for name in header if name not in wide and name != "symbol"]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 1, 0), expand=True)
    for name in facts:
        table.add_column(name, overflow="fold", no_wrap=name.endswith(("date", "year")))
    for name in wide:
        title = "document" if name == "title" else name
        table.add_column(title, overflow="fold", ratio=5 if "quote" in name else 3, min_width=16)
    for row in rows:
        cells = dict(zip(header, row, strict=True))
        if cells.get("title") and cells.get("symbol"):
            cells["title"] += f" ({cells['symbol']})"
        table.add_row(*(Text(visible(cells[name])) for name in (*facts, *wide)))
    return table


def print_questions() -> None:
    """All questions of the catalogue with their parameters; optional ones in brackets."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("question", "what it answers", "parameters"):
        table.add_column(name, overflow="fold")
    for question in catalogue().values():
        params = " ".join(f"--{p.name}" if p.required else f"[--{p.name}]" for p in question.params)
        table.add_row(question.id, Text(question.question), Text(params))
    _console().print(table)


def print_result(result: QuerySolutions | QueryBoolean) -> None:
    """The rows of any query, IRIs shortened by our prefixes; 'yes' or 'no' for ASK."""
    if isinstance(result, QueryBoolean):
        print("yes" if result else "no")
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for variable in result.variables:
        table.add_column(variable.value, overflow="fold")
    for solution in result:
        table.add_row(*(Text(visible(short(term))) for term in solution))
    _console().print(table)


def _console() -> Console:
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else _WIDTH, highlight=False)
