"""The command `verify`: are quotations where the graph says?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spacegov.cli.terminal import note, write_output


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("verify")(verify)


def verify(
    texts: Annotated[
        list[Path] | None, typer.Argument(metavar="[TEXT]...", help="Local texts; default: the shipped ones.")
    ] = None,
    positions: Annotated[
        list[Path] | None,
        typer.Option("--positions", help="Turtle or TriG files; default: the released positions and the built graph."),
    ] = None,
    graph: Annotated[Path, typer.Option("--graph", help="Folder that 'spacegov build' made.")] = Path("build"),
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write the graph with its quotations restored (TriG)."),
    ] = None,
) -> None:
    """Check passages against local texts, and put the words back into released positions.

    A text counts only if its hash is the recorded one. Exit codes: 0 all that could be checked is right;
    1 a passage is not what the text has there; 2 no text of any passage is at hand.
    """
    from spacegov.rdf.turtle import serialize
    from spacegov.verify import local_documents, read_positions, restored_quads
    from spacegov.verify import verify as check

    store = read_positions(positions or _default_positions(graph))
    documents, unread = local_documents(texts or _default_texts())
    verdict = check(store, documents)
    for fault in verdict.faults:
        note(f"{fault.evidence}: {fault.fault}")
    for reason in unread:
        note(reason)
    print(
        f"{len(verdict.passages)} passages: {len(verdict.restored)} stand in a local text, "
        f"{len(verdict.faults)} do not, {len(verdict.absent)} documents are not at hand"
    )
    if output is not None:
        write_output(serialize(restored_quads(store, verdict), "trig"), output)
    if verdict.faults:
        raise typer.Exit(1)
    if not verdict.restored:
        raise typer.Exit(2)


def _default_texts() -> list[Path]:
    from spacegov import resources

    return [resources.folder("data") / "corpus"]


def _default_positions(graph: Path) -> list[Path]:
    from spacegov import resources
    from spacegov.store import GRAPH_FILE

    places = [resources.folder("data") / "positions"]
    return [*places, graph / GRAPH_FILE] if (graph / GRAPH_FILE).is_file() else places
