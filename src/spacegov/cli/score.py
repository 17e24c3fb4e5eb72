"""The command `score`: how good the extraction is, against rows that people made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spacegov.cli.terminal import note, print_table, progress
from spacegov.display import one_line

if TYPE_CHECKING:
    from spacegov.score import Scores


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("score")(score)


def score(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="<doc>.gold.jsonl files or folders.")],
    predicted: Annotated[
        Path | None, typer.Option("--predicted", help="Rows to score; default: extract them now.")
    ] = None,
    texts: Annotated[Path | None, typer.Option("--texts", help="Folder of the texts; default: found.")] = None,
    errors: Annotated[int, typer.Option("--errors", min=0, help="Show this many errors.")] = 0,
    floor: Annotated[
        Path | None, typer.Option("--floor", help="JSON of lowest figures; below one, exit code 1.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="Another installed spaCy pipeline.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Compare rows with gold rows: precision, recall and F1 with intervals; by act, actor, genre, decade."""
    from spacegov.score.report import as_dict, below_floor, score_files, tables

    with progress("Reading") as tick:
        scores = score_files(gold, predicted=predicted, texts=texts, model=model, tick=tick)
    if as_json:
        print(json.dumps(as_dict(scores), indent=1))
    else:
        for table in tables(scores):
            print_table(table.title, table.columns, table.rows)
        _print_errors(scores, errors)
    low = below_floor(scores, floor) if floor is not None else []
    for complaint in low:
        note(complaint)
    if low:
        raise typer.Exit(1)


def _print_errors(scores: Scores, most: int) -> None:
    from spacegov.score.report import worst

    for line in worst(scores)[:most]:
        print(one_line(line))
