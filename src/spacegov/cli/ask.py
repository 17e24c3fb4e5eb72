"""The commands `ask` and `query`: answers from a built graph."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from spacegov.cli.terminal import note, write_output
from spacegov.errors import InputError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from spacegov.query.run import Answer


class Format(StrEnum):
    """What `ask --format` takes."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"
    MARKDOWN = "markdown"
    TURTLE = "turtle"


_ENDINGS: Final = {
    ".csv": Format.CSV, ".xlsx": Format.XLSX, ".json": Format.JSON, ".md": Format.MARKDOWN,
    ".ttl": Format.TURTLE,
}  # fmt: skip


class ResultFormat(StrEnum):
    """What `query --format` takes."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"


Graph = Annotated[Path, typer.Option("--graph", help="Folder that 'spacegov build' made.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")]
Name = typer.Option(help="By label, alias, acronym or id.")
Date = typer.Option(help="Year, month or day: 2008, 2008-02, 2008-02-12.")


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("ask")(ask)
    app.command("query")(query)


def ask(
    question: Annotated[str | None, typer.Argument(help="Id of a question; without it, the list.")] = None,
    actor: Annotated[str | None, Name] = None,
    other: Annotated[str | None, Name] = None,
    group: Annotated[str | None, Name] = None,
    topic: Annotated[str | None, Name] = None,
    forum: Annotated[str | None, Name] = None,
    instrument: Annotated[str | None, Name] = None,
    document: Annotated[str | None, typer.Option(help="Id of a document.")] = None,
    stance: Annotated[str | None, typer.Option(help="Id of a stance.")] = None,
    since: Annotated[str | None, Date] = None,
    until: Annotated[str | None, Date] = None,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Default: a table, or what the output file's ending says."),
    ] = None,
    output: Output = None,
    graph: Graph = Path("build"),
) -> None:
    """Answer a question of the catalogue; without a question, list them (also as markdown or turtle).

    Names may be typed as people say them: 'PAROS', 'Conference on Disarmament', cd.
    """
    if question is None:
        _give_catalogue(form or _format_of(output), output)
        return
    from spacegov.query.run import find_question, nearby, run
    from spacegov.store import open_store

    find_question(question)
    form = form or _format_of(output)
    given = {
        "actor": actor, "other": other, "group": group, "topic": topic, "forum": forum, "since": since,
        "until": until, "instrument": instrument, "document": document, "stance": stance,
    }  # fmt: skip
    store = open_store(graph)
    answer = run(store, question, **{name: text for name, text in given.items() if text is not None})
    _give(answer, store, form, output)
    if not answer.rows:
        hints = nearby(store, answer)
        note("nothing found" + (f"; {', '.join(hints)}" if hints else ""))


def _give_catalogue(form: Format, output: Path | None) -> None:
    from spacegov.query.catalogue import catalogue
    from spacegov.query.catalogue_rdf import catalogue_page, catalogue_turtle

    questions = catalogue().values()
    if form is Format.MARKDOWN:
        write_output(catalogue_page(questions).encode(), output)
    elif form is Format.TURTLE:
        write_output(catalogue_turtle(questions), output)
    elif form is Format.TABLE:
        from spacegov.cli.answers import print_questions

        print_questions()
    else:
        raise InputError(f"--format {form.value}: the list of questions is a table, markdown or turtle")


def _format_of(output: Path | None) -> Format:
    if output is None:
        return Format.TABLE
    if output.suffix not in _ENDINGS:
        raise InputError(f"{output}: name a --format, or end the file in {', '.join(_ENDINGS)}")
    return _ENDINGS[output.suffix]


def _give(answer: Answer, store: Store, form: Format, output: Path | None) -> None:
    from spacegov.query import formats

    if form is Format.TABLE:
        if output is not None:
            raise InputError(f"{output}: a table is for the screen; choose another --format for a file")
        from spacegov.cli.answers import print_answer

        print_answer(answer)
        return
    if form is Format.XLSX and output is None and sys.stdout.isatty():
        raise InputError("a workbook is not for the screen: add -o answer.xlsx")
    if form is Format.TURTLE:
        content = formats.to_turtle(answer, store)
    elif form is Format.XLSX:
        content = formats.to_xlsx(answer)
    else:
        write = {
            Format.CSV: formats.to_csv,
            Format.JSON: formats.to_json,
            Format.MARKDOWN: formats.to_markdown,
        }
        content = write[form](answer).encode()
    write_output(content, output)


def query(
    text: Annotated[str | None, typer.Argument(help="SPARQL; '-' or nothing reads standard input.")] = None,
    file: Annotated[Path | None, typer.Option("-f", "--file", help="File that holds the query.")] = None,
    form: Annotated[ResultFormat | None, typer.Option("--format", help="Default: table, or Turtle.")] = None,
    output: Output = None,
    graph: Graph = Path("build"),
) -> None:
    """Run any SPARQL query that reads; SERVICE, updates and graphs of others are refused."""
    from pyoxigraph import QueryTriples

    from spacegov.query.results import give
    from spacegov.query.safe import query as run_query
    from spacegov.store import open_store

    store = open_store(graph)  # the result reads from it, row by row
    result = run_query(store, _sparql(text, file))
    triples = isinstance(result, QueryTriples)
    form = form or (ResultFormat.TURTLE if triples else ResultFormat.TABLE)
    if form is ResultFormat.TABLE and not isinstance(result, QueryTriples):
        from spacegov.cli.answers import print_result

        print_result(result)
        return
    write_output(give(result, form.value), output)


def _sparql(text: str | None, file: Path | None) -> str:
    if text is not None and file is not None:
        raise InputError("query: give a text or -f FILE, not both")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file}: cannot be read as UTF-8 text ({error})") from None
    return sys.stdin.read() if text in (None, "-") else str(text)
