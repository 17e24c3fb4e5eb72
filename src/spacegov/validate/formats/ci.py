"""Formats of continuous integration: SARIF 2.1.0, JUnit XML, GitHub's workflow commands."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from spacegov import __version__
from spacegov.validate.findings import Finding, by_severity
from spacegov.validate.formats.human import place, summary
from spacegov.validate.report import Report
from spacegov.validate.wording import compact

_LEVELS: Final = {"violation": "error", "warning": "warning", "info": "note"}
_COMMANDS: Final = {"violation": "error", "warning": "warning", "info": "notice"}
SARIF_RESULTS: Final = 5000
"""Code scanning shows no more results of a run than this."""
ANNOTATIONS: Final = 10
"""GitHub shows no more annotations of a type and step than this."""
_TEXT: Final = 1000


def as_sarif(report: Report) -> str:
    """SARIF for code scanning: most severe first, fingerprints that survive moved lines."""
    findings = by_severity(report.findings)[:SARIF_RESULTS]
    rules = sorted({finding.rule for finding in findings})
    index = {rule: number for number, rule in enumerate(rules)}
    first = {finding.rule: finding for finding in reversed(findings)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "spacegov validate",
                "version": __version__,
                "informationUri": "https://w3id.org/spacegov/",
                "rules": [_sarif_rule(first[rule]) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(finding, index) for finding in findings],
    }
    if (lost := len(report.findings) - len(findings)) > 0:
        note = {"level": "warning", "message": {"text": f"{lost} less severe findings are left out."}}
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": [note]}]
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(finding: Finding) -> dict[str, Any]:
    why, fix = finding.why or finding.message, finding.fix or finding.message
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.message[:_TEXT]},
        "fullDescription": {"text": why[:_TEXT]},
        "help": {"text": fix[:_TEXT], "markdown": f"**Why:** {why}\n\n**Fix:** {fix}"[: 2 * _TEXT]},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
    }


def _sarif_result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": _said(finding)[:_TEXT]},
        "partialFingerprints": {"spacegov/v1": finding.fingerprint},
    }
    location: dict[str, Any] = {}
    if finding.file:
        region = {"startLine": finding.line or 1}
        if finding.column:
            region["startColumn"] = finding.column
        location["physicalLocation"] = {
            "artifactLocation": {"uri": _relative(finding.file, uri=True)},
            "region": region,
        }
    if finding.focus:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.focus, "kind": "resource"}]
    if location:
        result["locations"] = [location]
    return result


def _said(finding: Finding) -> str:
    parts = [finding.message, f"Needed: {finding.needed}." if finding.needed else "", finding.fix]
    return " ".join(part for part in parts if part)


def _relative(file: str, *, uri: bool = False) -> str:
    """The path as seen from here, where the repository's root is in CI."""
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    if not uri:
        return path.as_posix()
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def as_junit(report: Report) -> str:
    """JUnit XML: a suite for each file, a failed case for each violation; a clean file passes one case."""
    failed = [finding for finding in report.findings if finding.severity == "violation"]
    names = sorted({str(file.path) for file in report.files} | {finding.file or "(graph)" for finding in failed})
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    cases = {name: [finding for finding in failed if (finding.file or "(graph)") == name] for name in names}
    total = sum(max(1, len(mine)) for mine in cases.values())
    lines.append(f'<testsuites name="spacegov validate" tests="{total}" failures="{len(failed)}">')
    for name, mine in cases.items():
        head = f'tests="{max(1, len(mine))}" failures="{len(mine)}"'
        lines.append(f"  <testsuite name={_quoted(name)} {head}>")
        if not mine:
            lines.append(f'    <testcase classname={_quoted(name)} name="no violation"/>')
        for finding in mine:
            title = f"{finding.rule} {compact(finding.focus) if finding.focus else ''}".strip()
            lines.append(f"    <testcase classname={_quoted(name)} name={_quoted(title)}>")
            text = f"{place(finding)}\n{_said(finding)}\n{finding.why}"
            lines.append(
                f"      <failure type={_quoted(finding.rule)} message={_quoted(finding.message)}>"
                f"{_clean(escape(text))}</failure>"
            )
            lines.append("    </testcase>")
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return _clean(quoteattr(text))


def _clean(text: str) -> str:
    # XML 1.0 has no place for control characters, not even escaped
    return re.sub(r"[^\t\n\r\x20-\uFFFD\U00010000-\U0010FFFF]", "\ufffd", text)


def as_github(report: Report) -> str:
    """Workflow commands, the most severe first, no more of a type than are shown."""
    said: Counter[str] = Counter()
    lines = []
    for finding in by_severity(report.findings):
        command = _COMMANDS[finding.severity]
        said[command] += 1
        if said[command] <= ANNOTATIONS:
            lines.append(_command(command, finding))
    return "\n".join([*lines, summary(report)]) + "\n"


def _command(command: str, finding: Finding) -> str:
    fields = {"title": f"{finding.rule} {finding.focus_label}".strip()}
    if finding.file:
        fields |= {"file": _relative(finding.file), "line": str(finding.line or 1)}
        if finding.column:
            fields["col"] = str(finding.column)
    shown = ",".join(f"{name}={_escaped(value, field=True)}" for name, value in fields.items())
    return f"::{command} {shown}::{_escaped(_said(finding))}"


def _escaped(text: str, *, field: bool = False) -> str:
    # a finding quotes other people's data, which must not become a command of its own
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if field else text


def step_summary(report: Report) -> str:
    """Markdown for the step's summary: every finding in a table, as far as the page may be long."""
    lines = ["## spacegov validate", "", summary(report), ""]
    if report.findings:
        lines += [
            "| where | severity | rule | about | finding | fix |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += _rows(by_severity(report.findings))
    return "\n".join(lines) + "\n"


def _rows(findings: Iterable[Finding]) -> Iterable[str]:
    length = 0
    for number, finding in enumerate(findings):
        cells = (
            place(finding),
            finding.severity,
            finding.rule,
            finding.focus_label,
            finding.message,
            finding.fix,
        )
        row = "| " + " | ".join(_cell(cell) for cell in cells) + " |"
        length += len(row.encode())
        if length > 900_000:  # a summary holds one mebibyte
            yield f"| … | | | | {number} findings are shown, the rest is in the other reports | |"
            return
        yield row


def _cell(text: str) -> str:
    folded = " ".join(text.split())
    return "".join(f"\\{c}" if c in "|\\`*_[]<>" else c for c in folded)
