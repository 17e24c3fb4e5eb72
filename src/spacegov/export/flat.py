"""Flat files for analysts: four tables that belong together, as CSV in a Frictionless data package or as Excel.

    positions   one row a stance, with the ISO and M49 codes of its holders
    holders     one row a stance and holder
    targets     one row a stance and target
    documents   one row a document

`columns.FIELDS` says what each column holds.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from spacegov.export.bibliography import to_bibtex, to_ris
from spacegov.export.columns import FIELDS, codebook, package
from spacegov.files import make_folder, write_atomically
from spacegov.graph import Graph
from spacegov.namespaces import SG, kind_of, slug
from spacegov.query.stances import DocumentFacts, StanceFacts
from spacegov.query.workbook import append_row, new_workbook, saved
from spacegov.stances import fold, neutralised

JOINER: Final = "; "
Row = dict[str, str | int | float | None]


# --- rows ---------------------------------------------------------------------------------------------


def tables(graph: Graph) -> dict[str, list[Row]]:
    """The rows of the four tables, in a stable order; a stance without a passage has no row to show it."""
    facts = [stance for stance in graph.facts if stance.passages]
    return {
        "positions": [_position(stance, graph) for stance in facts],
        "holders": [_holder(stance.id, actor, graph) for stance in facts for actor in stance.holders],
        "targets": [_target(stance.id, target, graph) for stance in facts for target in stance.targets],
        "documents": [_document(document) for document in graph.documents.values()],
    }


def _position(stance: StanceFacts, graph: Graph) -> Row:
    passage = stance.passages[0]
    document = graph.documents.get(passage.document)
    return {
        "id": stance.id,
        "document": passage.document,
        "holders": _ids(stance.holders),
        "holders_iso3": _codes(graph, stance.holders, "iso3"),
        "holders_m49": _codes(graph, stance.holders, "m49"),
        "act": stance.act,
        "polarity": stance.polarity,
        "targets": _ids(stance.targets),
        "addressees": _ids(stance.addressees),
        "forum": slug(stance.forum),
        "date_said": stance.date,
        "date_earliest": stance.earliest,
        "date_latest": stance.latest,
        "symbol": document.symbol if document else "",
        "quote": fold(passage.quote),
        "start": passage.start,
        "end": passage.end,
        "page": graph.pages.get(stance.id),
        "speaker": slug(stance.speaker),
        "on_behalf_of": slug(stance.on_behalf_of),
        "condition": fold(stance.condition),
        "may_allude": _ids(stance.may_allude),
        "confidence": stance.confidence,
        "review": stance.review,
    }


def _holder(stance: str, actor: str, graph: Graph) -> Row:
    return {
        "stance": stance,
        "actor": slug(actor),
        "label": graph.label(NamedNode(actor)),
        "kind": _one(graph, actor, "actorKind"),
        "iso3": _one(graph, actor, "iso3"),
        "m49": _one(graph, actor, "m49"),
    }


def _target(stance: str, target: str, graph: Graph) -> Row:
    return {
        "stance": stance,
        "target": slug(target),
        "kind": kind_of(target),
        "label": graph.label(NamedNode(target)),
    }


def _document(document: DocumentFacts) -> Row:
    return {
        "id": document.id,
        "title": document.title,
        "symbol": document.symbol,
        "date": document.date,
        "authors": _ids(document.authors),
        "forum": slug(document.forum),
        "kind": document.kind,
        "language": document.language,
        "address": document.address,
        "sha256": document.hash,
    }


def _ids(identifiers: Iterable[str]) -> str:
    return JOINER.join(slug(identifier) for identifier in identifiers)


def _codes(graph: Graph, actors: Iterable[str], name: str) -> str:
    return JOINER.join(code for actor in actors if (code := _one(graph, actor, name)))


def _one(graph: Graph, thing: str, name: str) -> str:
    quads = graph.store.quads_for_pattern(NamedNode(thing), NamedNode(SG + name), None, None)
    return min((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default="")


# --- files --------------------------------------------------------------------------------------------


def to_csv(name: str, rows: Sequence[Row]) -> bytes:
    """One table as CSV in UTF-8; a spreadsheet runs no cell as a formula."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    header = [field.name for field in FIELDS[name]]
    writer.writerow(header)
    for row in rows:
        writer.writerow(_cell(row[column]) for column in header)
    return stream.getvalue().encode()


def _cell(value: str | int | float | None) -> str | int | float:
    if value is None:
        return ""
    return neutralised(value) if isinstance(value, str) else value


def to_xlsx(graph: Graph) -> bytes:
    """The four tables and the codebook as sheets of one workbook.

    Raises:
        MissingPiece: openpyxl is not installed.
    """
    workbook = new_workbook()
    for name, rows in tables(graph).items():
        header = [field.name for field in FIELDS[name]]
        _sheet(workbook, name, header, ([row[column] for column in header] for row in rows))
    described = ([name, f.name, f.type, f.description] for name in FIELDS for f in FIELDS[name])
    _sheet(workbook, "codebook", ["table", "column", "type", "description"], described)
    return saved(workbook)


def _sheet(workbook: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = workbook.create_sheet(name)
    for row in (header, *rows):
        append_row(sheet, row)
    sheet.freeze_panes = "A2"


def write_package(graph: Graph, folder: Path) -> list[Path]:
    """Write the data package: tables, descriptor, codebook, bibliography; gives the files written.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    found = tables(graph)
    files = {f"{name}.csv": to_csv(name, rows) for name, rows in found.items()}
    files["datapackage.json"] = package(files).encode()
    files["codebook.md"] = codebook().encode()
    files["documents.bib"] = to_bibtex(graph.documents.values(), graph.label).encode()
    files["documents.ris"] = to_ris(graph.documents.values(), graph.label).encode()
    make_folder(folder)
    for name, content in files.items():
        write_atomically(folder / name, content)
    return [folder / name for name in files]
