"""The command `export`: the built graph in formats of others."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from spacegov.cli.terminal import write_output


class Format(StrEnum):
    """What `--format` takes."""

    TURTLE = "turtle"
    TRIG = "trig"
    NQUADS = "nquads"
    JSONLD = "jsonld"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    DATAPACKAGE = "datapackage"
    BIBTEX = "bibtex"
    RIS = "ris"


class Part(StrEnum):
    """What `--part` takes."""

    ALL = "all"
    DOCUMENTS = "documents"
    REFERENCE = "reference"
    ONTOLOGY = "ontology"


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("export")(export)


def export(
    form: Annotated[Format, typer.Option("--format", help="Turtle has no named graphs.")] = Format.TURTLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")
    ] = None,
    graph: Annotated[Path, typer.Option("--graph", help="Folder that 'spacegov build' made.")] = Path("build"),
    part: Annotated[Part, typer.Option("--part", help="Which graphs.")] = Part.ALL,
    inferred: Annotated[bool, typer.Option("--inferred", help="Also what follows by reasoning.")] = False,
    words: Annotated[bool, typer.Option("--words/--no-words", help="Leave the sources' words out (RDF only).")] = True,
    split: Annotated[
        Path | None, typer.Option("--split", help="Folder for one Turtle file a document, without words.")
    ] = None,
) -> None:
    """Write the graph or its rows.

    Only what was asserted is written, unless --inferred is given; csv and jsonl hold the stance rows.
    xlsx and datapackage hold flat tables with ISO and M49 codes (a data package needs a folder as --output);
    bibtex and ris hold the documents for Zotero and its like.
    """
    from spacegov.errors import InputError
    from spacegov.export import ROW_FORMATS, export_rdf, export_rows, release
    from spacegov.namespaces import GRAPH, ONTOLOGY_GRAPH, REFERENCE_GRAPH

    if split is not None:
        print(f"{split}: {len(release(graph, split))} documents")
        return
    if form in (Format.XLSX, Format.DATAPACKAGE, Format.BIBTEX, Format.RIS):
        _flat(graph, form, output)
        return
    if form.value in ROW_FORMATS:
        if not words:
            raise InputError(f"--no-words: rows need their quotations; choose an RDF format, not {form.value}")
        write_output(export_rows(graph, form.value), output)
        return
    starts = {
        Part.DOCUMENTS: f"{GRAPH}document/",
        Part.REFERENCE: REFERENCE_GRAPH,
        Part.ONTOLOGY: ONTOLOGY_GRAPH,
    }
    write_output(export_rdf(graph, form.value, inferred=inferred, graphs=starts.get(part), words=words), output)


def _flat(graph: Path, form: Format, output: Path | None) -> None:
    """What analysts load: flat tables, and the documents as a bibliography."""
    from spacegov.errors import InputError
    from spacegov.export import bibliography, flat
    from spacegov.graph import Graph

    opened = Graph.open(graph)
    if form is Format.DATAPACKAGE:
        if output is None:
            raise InputError("--format datapackage: a package is a folder: add -o FOLDER")
        print(f"{output}: {len(flat.write_package(opened, output))} files")
        return
    if form is Format.XLSX:
        write_output(flat.to_xlsx(opened), output)
        return
    write = bibliography.to_bibtex if form is Format.BIBTEX else bibliography.to_ris
    write_output(write(opened.documents.values(), opened.label).encode(), output)
