"""JSON and CSV: the findings with all their fields, for other programs."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any, Final

from spacegov.stances import neutralised
from spacegov.validate.findings import Finding, counts
from spacegov.validate.report import Report

COLUMNS: Final = (
    "file", "line", "column", "severity", "rule", "focus", "focus_label", "path", "value", "message",
    "needed", "why", "fix", "stage", "shape", "component", "graph", "fingerprint",
)  # fmt: skip


def as_dict(finding: Finding) -> dict[str, Any]:
    """A finding as plain data, columns in their order."""
    fields = asdict(finding) | {"fingerprint": finding.fingerprint}
    return {name: fields[name] for name in COLUMNS}


def as_json(report: Report) -> str:
    """One object: what was looked at, counts, findings."""
    document = {
        "files": [str(file.path) for file in report.files],
        "statements": report.statements,
        "shapes": report.shapes,
        "shapes_with_targets": report.matched,
        "check_queries": report.checks,
        "counts": counts(report.all_findings),
        "hidden": report.hidden,
        "known": report.known,
        "findings": [as_dict(finding) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(report: Report) -> str:
    """One row a finding; cells that a spreadsheet would run are neutralised."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        cells = as_dict(finding)
        writer.writerow(["" if cells[name] is None else neutralised(str(cells[name])) for name in COLUMNS])
    return stream.getvalue()
