"""`spacegov train`: make the weights of the learnt component again, and say what they are worth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(train)


def train(
    gold: Annotated[Path, typer.Argument(help="Folder of training rows (*.gold.jsonl).")] = Path(
        "../shared/gold/train"
    ),
    texts: Annotated[Path, typer.Option(help="Folder with the texts of the rows.")] = Path("../shared/corpus"),
    shared: Annotated[Path, typer.Option(help="Folder that holds corpus/unlabelled and scale.")] = Path("../shared"),
    annotations: Annotated[Path | None, typer.Option(help="Our own annotations (default: data/annotations).")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Default: data/weights.")] = None,
    reader: Annotated[
        Path | None,
        typer.Option(help="Fit the neural reader too, from this folder of all-mpnet-base-v2 ('make reader')."),
    ] = None,
    subjects: Annotated[
        bool, typer.Option("--subjects", help="Fit anew what the shipped reader takes clauses to be about.")
    ] = False,
) -> None:
    """Fit the weights from the training rows and our annotations (needs the extra 'learn')."""
    from spacegov.learn.run import (
        collect,
        held_out_of,
        reader_below,
        write,
        write_new_reader,
        write_new_subjects,
    )
    from spacegov.resources import folder

    data = folder("data")
    weights = output or data / "weights"
    if subjects and reader is None:
        reader_below(weights)  # said before minutes of reading
    found = collect(gold, texts, shared, annotations or data / "annotations", clauses=reader is not None)
    if reader is not None:
        write_new_reader(found, reader, weights, print)
    elif subjects:
        write_new_subjects(found, weights, print)
    for line in write(found, weights, held_out=held_out_of(weights)):
        print(line)
