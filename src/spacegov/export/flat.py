"""Flat files for analysts: four tables that belong together, as CSV in a Frictionless data package or as Excel.

    positions   one row a stance, with the ISO and M49 codes of its holders
    holders     one row a stance and holder
    targets     one row a stance and target
    documents   one row a document

`FIELDS` is the one description of the columns: the schema of the package and its codebook are made of it.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from spacegov import __version__
from spacegov.errors import OutputError
from spacegov.export.bibliography import to_bibtex, to_ris
from spacegov.extras import needed
from spacegov.files import write_atomically
from spacegov.graph import Graph
from spacegov.namespaces import SG, kind_of, slug
from spacegov.query.stances import StanceFacts
from spacegov.stances import fold, neutralised

JOINER: Final = "; "
Row = dict[str, str | int | float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its Frictionless type and what it holds."""

    name: str
    type: str
    description: str


def _fields(*specs: tuple[str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(name=name, type=type_, description=text) for name, type_, text in specs)


FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "positions": _fields(
        ("id", "string", "Id of the stance."),
        ("document", "string", "Id of the document; see documents."),
        ("holders", "string", "Ids of the actors whose position it is, parted by '; '; see holders."),
        ("holders_iso3", "string", "Their ISO 3166 alpha-3 codes, where they have one."),
        ("holders_m49", "string", "Their UN M49 codes, where they have one."),
        ("act", "string", "proposes, supports, opposes, calls-for, criticises, expresses-concern, commits or reports."),
        ("polarity", "string", "What the holder wants for the target: for, against or neutral."),
        ("targets", "string", "Ids of what the stance is about, parted by '; '; see targets."),
        ("addressees", "string", "Ids of those who are asked to act."),
        ("forum", "string", "Id of the forum or meeting in which the act took place."),
        ("date_said", "string", "Date of the act as said: 2008, 2008-02 or 2008-02-12."),
        ("date_earliest", "date", "First day that the date may mean."),
        ("date_latest", "date", "Last day that the date may mean."),
        ("symbol", "string", "UN symbol of the document."),
        ("quote", "string", "The words that show the stance, white space folded."),
        ("start", "integer", "Place of the first character in the source text, from 0."),
        ("end", "integer", "Place after the last character."),
        ("page", "integer", "Page on which the passage begins, from 1, where the source has pages (PDF)."),
        ("speaker", "string", "Id of the person who utters it."),
        ("on_behalf_of", "string", "Id of the group for which it is said."),
        ("condition", "string", "The words of a condition on which it hangs."),
        ("may_allude", "string", "Ids of those whom an unnamed culprit may be."),
        ("confidence", "number", "How sure the extractor is, 0 to 1."),
        ("review", "string", "unreviewed, accepted or corrected; rejected stances are left out."),
    ),
    "holders": _fields(
        ("stance", "string", "Id of the stance; see positions."),
        ("actor", "string", "Id of the actor."),
        ("label", "string", "Its name."),
        ("kind", "string", "state, organisation, bloc …, in the words of the fact tables."),
        ("iso3", "string", "ISO 3166 alpha-3 code of a state."),
        ("m49", "string", "UN M49 code of a state."),
    ),
    "targets": _fields(
        ("stance", "string", "Id of the stance; see positions."),
        ("target", "string", "Id of the target."),
        ("kind", "string", "instrument, topic, actor, forum or programme."),
        ("label", "string", "Its name."),
    ),
    "documents": _fields(
        ("id", "string", "Id of the document."),
        ("title", "string", "Its title."),
        ("symbol", "string", "Its UN symbol."),
        ("date", "string", "Its date as known: 2008, 2008-02 or 2008-02-12."),
        ("authors", "string", "Ids of its authors, parted by '; '."),
        ("forum", "string", "Id of the forum in which it was delivered."),
        ("kind", "string", "statement, working-paper, resolution …"),
        ("language", "string", "Its language (BCP 47)."),
        ("address", "string", "Where it can be read."),
        ("sha256", "string", "SHA-256 of the source text in which the places count."),
    ),
}
_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "positions": ("id",),
    "holders": ("stance", "actor"),
    "targets": ("stance", "kind", "target"),
    "documents": ("id",),
}
_REFERENCES: Final[Mapping[str, tuple[str, str]]] = {
    "positions": ("document", "documents"),
    "holders": ("stance", "positions"),
    "targets": ("stance", "positions"),
}


# --- rows ---------------------------------------------------------------------------------------------


def tables(graph: Graph) -> dict[str, list[Row]]:
    """The rows of the four tables, in a stable order."""
    facts = [stance for stance in graph.facts if stance.passages]
    return {
        "positions": [_position(stance, graph) for stance in facts],
        "holders": [_holder(stance.id, actor, graph) for stance in facts for actor in stance.holders],
        "targets": [
            {
                "stance": stance.id,
                "target": slug(target),
                "kind": kind_of(target),
                "label": graph.label(NamedNode(target)),
            }
            for stance in facts
            for target in stance.targets
        ],
        "documents": [
            {
                "id": d.id, "title": d.title, "symbol": d.symbol, "date": d.date, "authors": _ids(d.authors),
                "forum": slug(d.forum), "kind": d.kind, "language": d.language, "address": d.address,
                "sha256": d.hash,
            }
            for d in graph.documents.values()
        ],
    }  # fmt: skip


def _position(stance: StanceFacts, graph: Graph) -> Row:
    passage = stance.passages[0]
    document = graph.documents.get(passage.document)
    return {
        "id": stance.id,
        "document": passage.document,
        "holders": _ids(stance.holders),
        "holders_iso3": JOINER.join(filter(None, (_one(graph, a, "iso3") for a in stance.holders))),
        "holders_m49": JOINER.join(filter(None, (_one(graph, a, "m49") for a in stance.holders))),
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


def _ids(identifiers: Iterable[str]) -> str:
    return JOINER.join(slug(identifier) for identifier in identifiers)


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
    from datetime import datetime

    workbook = needed("openpyxl", extra="excel").Workbook()
    workbook.remove(workbook.active)
    workbook.properties.created = workbook.properties.modified = datetime(2000, 1, 1)
    for name, rows in tables(graph).items():
        header = [field.name for field in FIELDS[name]]
        _sheet(workbook, name, header, ([row[column] for column in header] for row in rows))
    described = ([name, f.name, f.type, f.description] for name in FIELDS for f in FIELDS[name])
    _sheet(workbook, "codebook", ["table", "column", "type", "description"], described)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _sheet(workbook: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = workbook.create_sheet(name)
    sheet.append(list(header))
    for row in rows:
        # XML 1.0 has no control characters; a cell holds at most 32,767 characters
        sheet.append(
            ["".join(c for c in v if c >= " " or c in "\t\n")[:32767] if isinstance(v, str) else v for v in row]
        )
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    sheet.freeze_panes = "A2"


def codebook() -> str:
    """What each column holds, in Markdown."""
    lines = ["# Codebook", "", "Data CC BY 4.0; quotations belong to their sources. Absent is empty.", ""]
    for name, fields in FIELDS.items():
        lines += [f"## {name}.csv", "", "| column | type | what it holds |", "| --- | --- | --- |"]
        lines += [f"| {f.name} | {f.type} | {f.description.replace('|', '/')} |" for f in fields] + [""]
    return "\n".join(lines)


def package(files: Mapping[str, bytes]) -> str:
    """The descriptor of the data package (Frictionless, tabular data package 1.0)."""
    resources = []
    for name, fields in FIELDS.items():
        content = files[f"{name}.csv"]
        schema: dict[str, Any] = {
            "fields": [{"name": f.name, "type": f.type, "description": f.description} for f in fields],
            "primaryKey": list(_KEYS[name]),
            "missingValues": [""],
        }
        if name in _REFERENCES:
            column, other = _REFERENCES[name]
            schema["foreignKeys"] = [{"fields": [column], "reference": {"resource": other, "fields": ["id"]}}]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": schema,
            }
        )
    descriptor = {
        "profile": "tabular-data-package",
        "name": "spacegov-positions",
        "title": "Positions on outer-space governance",
        "description": "Who holds which position on what, shown by which words of which document.",
        "version": __version__,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": resources,
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


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
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror})") from None
    for name, content in files.items():
        write_atomically(folder / name, content)
    return [folder / name for name in files]
