"""What each column of the flat files holds; the schema of the data package and its codebook are made of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from spacegov import __version__


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


def codebook() -> str:
    """What each column holds, in Markdown."""
    lines = ["# Codebook", "", "Data CC BY 4.0; quotations belong to their sources. Absent is empty.", ""]
    for name, fields in FIELDS.items():
        lines += [f"## {name}.csv", "", "| column | type | what it holds |", "| --- | --- | --- |"]
        lines += [f"| {f.name} | {f.type} | {f.description.replace('|', '/')} |" for f in fields] + [""]
    return "\n".join(lines)


def package(files: Mapping[str, bytes]) -> str:
    """The descriptor of the data package (Frictionless, tabular data package 1.0)."""
    descriptor = {
        "profile": "tabular-data-package",
        "name": "spacegov-positions",
        "title": "Positions on outer-space governance",
        "description": "Who holds which position on what, shown by which words of which document.",
        "version": __version__,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [_resource(name, files[f"{name}.csv"]) for name in FIELDS],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _resource(name: str, content: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(name),
    }


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [{"name": f.name, "type": f.type, "description": f.description} for f in FIELDS[name]],
        "primaryKey": list(_KEYS[name]),
        "missingValues": [""],
    }
    if name in _REFERENCES:
        column, other = _REFERENCES[name]
        schema["foreignKeys"] = [{"fields": [column], "reference": {"resource": other, "fields": ["id"]}}]
    return schema
