"""Rows of stances under validation: each line on its own, and what they say as quads."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox

from spacegov.errors import RowError, VocabularyError
from spacegov.model import Metadata, Stance, Vocabulary
from spacegov.namespaces import ID
from spacegov.stances import from_row, with_id
from spacegov.validate.findings import Finding
from spacegov.validate.inputs import SourceFile
from spacegov.validate.rules import BUILT_IN

PLACEHOLDER = "0" * 64
"""Hash of a source that a row does not tell."""
CHECKED = (f"{ID}stance/", f"{ID}evidence/")
"""A row describes stances and their evidence; its document is only named, so nothing is asked of it."""


def read_rows(file: SourceFile, vocabulary: Vocabulary, findings: list[Finding]) -> Iterator[ox.Quad]:
    """The stances of a file as quads; each line that is no stance is a finding."""
    from spacegov.rdf.writer import Kinds, document_quads

    kinds = Kinds(vocabulary)
    for line, stance in _stances(file, findings):
        if with_id(stance).id != stance.id:
            message = f"The id {stance.id} does not follow from what the row says ({with_id(stance).id} does)."
            findings.append(_finding(file, "SYN-004", message, line))
        metadata = Metadata(doc=stance.evidence.doc)
        try:
            quads = document_quads(metadata, [stance], vocabulary, sha256=PLACEHOLDER, version="row", kinds=kinds)
        except VocabularyError as error:
            findings.append(_finding(file, "REF-003", f"{error}.", line))
            continue
        file.statements += len(quads)
        yield from quads


def _stances(file: SourceFile, findings: list[Finding]) -> Iterator[tuple[int, Stance]]:
    """Line number and stance, line by line, so that one bad line hides no other."""
    try:
        lines = file.path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        file.broken = True
        findings.append(_finding(file, "SYN-005", f"Byte {error.start} is not UTF-8.", None))
        return
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _stance(line)
        except RowError as error:
            file.broken = True
            findings.append(_finding(file, "SYN-004", _plain(str(error)), number))


def _stance(line: str) -> Stance:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise RowError(f"row: not JSON ({error})") from None
    if not isinstance(row, dict):
        raise RowError("row: a row is a JSON object")
    return from_row(row)


def _plain(message: str) -> str:
    words = message.removeprefix("row: ")
    return words[:1].upper() + words[1:] + "."


def _finding(file: SourceFile, rule: str, message: str, line: int | None) -> Finding:
    card = BUILT_IN[rule]
    return Finding(
        rule=rule, severity=card.severity, focus="", message=message, why=card.why, fix=card.fix,
        file=str(file.path), line=line, column=1 if line else None, stage=card.stage,
    )  # fmt: skip
