"""The command `extract`: texts to stance rows, without RDF."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spacegov.cli.terminal import note, progress, write_output


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("extract")(extract)


def extract(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Texts or folders of texts.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", metavar="NAME", help="Whose texts they are, where they do not say (may be repeated)."),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Processes; 0: as many as are worth it.")] = 0,
    model: Annotated[str | None, typer.Option("--model", help="Another installed spaCy pipeline.")] = None,
    neural: Annotated[
        bool, typer.Option("--reader/--no-reader", help="Without the neural reader: faster, less often right.")
    ] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Extract anew; use nothing kept.")] = False,
    llm: Annotated[
        str | None, typer.Option("--llm", metavar="MODEL", help="A language model as second reader (extra [llm]).")
    ] = None,
    llm_url: Annotated[
        str | None, typer.Option("--llm-url", metavar="URL", help="Its OpenAI-compatible address.")
    ] = None,
    llm_budget: Annotated[
        int, typer.Option("--llm-budget", min=1, metavar="TOKENS", help="Tokens that it may take in all.")
    ] = 200_000,
) -> None:
    """Make stance rows (JSON Lines) from texts.

    A document that cannot be read is named on standard error, and the exit code is 2.
    """
    from spacegov.build import Broken, Settings, load_vocabulary, read_all
    from spacegov.build.cache import default_folder
    from spacegov.errors import InputError
    from spacegov.sources import actor_named, find_documents
    from spacegov.stances import jsonl

    if llm is None and llm_url is not None:
        raise InputError("--llm-url: name the model as well, with --llm MODEL")
    files = find_documents(list(paths))
    if not files:
        raise InputError(f"{', '.join(map(str, paths))}: no texts here (txt, md, html, pdf or docx)")
    vocabulary = load_vocabulary()
    authors = tuple(dict.fromkeys(actor_named(name, vocabulary) for name in author or ()))
    settings = Settings(language_model=model, neural=neural, authors=authors, cache=default_folder(), fresh=fresh)
    second = None
    if llm is not None:
        from spacegov.build import second_reader

        kept = default_folder() / "llm"
        second = second_reader.open_reader(vocabulary, llm, llm_url, budget_tokens=llm_budget, cache=kept)
    with progress("Reading") as tick:
        results = read_all(files, vocabulary, settings, jobs=jobs, tick=tick)
    if second is not None:
        with progress("Asking") as tick:
            results, readings = second_reader.read_again(results, vocabulary, second.read, tick=tick)
        for line in second_reader.account(readings):
            note(line)
    broken = [result for result in results if isinstance(result, Broken)]
    if len(broken) < len(results):
        stances = [s for result in results if not isinstance(result, Broken) for s in result.stances]
        write_output(jsonl(stances).encode(), output)
    for result in results:
        if not isinstance(result, Broken):
            for remark in result.remarks:
                note(f"{result.path}: {remark}")
    for item in broken:
        note(item.reason)
    if broken:
        raise typer.Exit(2)
