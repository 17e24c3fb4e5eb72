"""The command `explain`: why a stance was read, step by step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spacegov.display import visible


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command()(explain)


def explain(
    stance: Annotated[str | None, typer.Argument(help="Id of a stance of the built graph.")] = None,
    graph: Annotated[Path, typer.Option("--graph", help="The built folder.")] = Path("build"),
    texts: Annotated[
        list[Path] | None, typer.Option("--texts", help="File or folder of the texts; default: the shipped ones.")
    ] = None,
    text: Annotated[Path | None, typer.Option("--text", help="A text, instead of a stance (with --at).")] = None,
    at: Annotated[int | None, typer.Option("--at", min=0, help="Offset in the source text (characters).")] = None,
    model: Annotated[str | None, typer.Option("--model", help="Another installed spaCy pipeline.")] = None,
) -> None:
    """Show passage, parse, frames, scope, rule, learnt reasons, slots, targets and checks of a stance."""
    from spacegov import resources
    from spacegov.build.documents import load_vocabulary, make_extractor
    from spacegov.errors import InputError
    from spacegov.explain import document_of, explain_place, explain_stance, text_of
    from spacegov.sources import read_document

    if (stance is None) == (text is None or at is None):
        raise InputError("name a stance, or a place: spacegov explain STANCE, or --text FILE --at OFFSET")
    vocabulary = load_vocabulary()
    extractor = make_extractor(vocabulary, model)
    if text is not None and at is not None:
        sections = explain_place(read_document(text, vocabulary=vocabulary), at, extractor)
    else:
        assert stance is not None
        doc = document_of(stance, graph / "stances.jsonl")
        folders = texts or [resources.folder("data") / "corpus"]
        sections = explain_stance(text_of(doc, folders, vocabulary), stance, extractor)
    for section in sections:
        print(section.title)
        for line in section.lines:
            print(f"    {visible(line)}")
        print()
