"""The command `report`: one self-contained page on an actor or a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spacegov.cli.terminal import write_output
from spacegov.errors import InputError


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command("report")(report)


def report(
    actor: Annotated[str | None, typer.Option(help="By label, alias, acronym or id.")] = None,
    topic: Annotated[str | None, typer.Option(help="By label, alias, acronym or id.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")
    ] = None,
    graph: Annotated[Path, typer.Option("--graph", help="Folder that 'spacegov build' made.")] = Path("build"),
) -> None:
    """Make a page with pictures, the rows behind them, and every quotation in its place.

    The page needs no other file and asks nothing of any other host.
    """
    if (actor is None) == (topic is None):
        raise InputError("report: give --actor or --topic, and only one of them")
    from spacegov.graph import Graph
    from spacegov.report import actor_report, topic_report

    opened = Graph.open(graph)
    page = actor_report(opened, actor) if actor is not None else topic_report(opened, str(topic))
    write_output(page.encode(), output)
