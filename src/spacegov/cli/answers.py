"""Answers on a terminal: the table of an answer, the list of questions, the result of a query."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from pyoxigraph import QueryBoolean, QuerySolutions
from rich import box
from rich.console import Console
from rich.padding import Padding
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
_WORDS: Final = ("quote", "title", "prefix", "suffix")
"""Columns whose texts have lines of their own (the last word of their names)."""


def print_answer(answer: Answer) -> None:
    """The rows with labels: a block each where they quote texts, else a table."""
    console = _console()
    console.print(Text(visible(answer.question.question), style="bold"))
    header, rows = shown(answer)
    if any(_is_words(name) for name in header):
        for row in rows:
            _print_block(console, dict(zip(header, row, strict=True)))
    elif rows:
        console.print(_table(header, rows))
    console.print(Text(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim"))


def _is_words(name: str) -> bool:
    return name.rsplit(" ", 1)[-1] in _WORDS


def _print_block(console: Console, cells: dict[str, str]) -> None:
    """A row as a block: date and holder, the other facts, the words, and where they stand."""
    date = cells.pop("date", "") or cells.pop("year", "")
    who = cells.pop("holders", "") or cells.pop("actors", "") or cells.pop("actor", "")
    symbol = cells.pop("symbol", "")
    if symbol:
        cells["title"] = f"{cells.get('title', '')} ({symbol})".strip()
    facts = [(name, cell) for name, cell in cells.items() if cell and not _is_words(name)]
    words = [(name, cell) for name, cell in cells.items() if cell and _is_words(name)]
    console.print()
    if date or who:
        console.print(Text.assemble((visible(f"{date}  " if date else ""), "cyan"), (visible(who), "bold")))
    if facts:
        line = Text()
        for number, (name, cell) in enumerate(facts):
            line.append("   " if number else "").append(f"{name}: ", "dim").append(visible(cell))
        console.print(Padding(line, (0, 0, 0, 2)))
    for name, cell in words:
        text = f"“{cell}”" if name.endswith("quote") else cell
        label = "" if name in ("quote", "title") else f"{name}: "
        style = "dim" if name == "title" else ""
        console.print(Padding(Text.assemble((label, "dim"), (visible(text), style)), (0, 0, 0, 4)))


def _table(header: list[str], rows: list[list[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold", no_wrap=name in ("date", "year", "first", "last"))
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
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
