"""Findings: one record for everything that any stage has to say, and their order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["violation", "warning", "info"]
Stage = Literal["syntax", "terms", "shapes", "checks", "references"]

SEVERITIES: Final[tuple[Severity, ...]] = ("violation", "warning", "info")
"""Most severe first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, or worth knowing, with its place and its mend."""

    rule: str
    """Id of the rule: 'EV-001'."""
    severity: Severity
    focus: str
    """IRI of the thing that the finding is about; '' for a file as a whole."""
    message: str
    """What was found and what is needed, for a reader who knows no RDF."""
    focus_label: str = ""
    path: str | None = None
    """The property, as an IRI or a SHACL path in SPARQL's notation."""
    value: str | None = None
    """The value that was found, in N-Triples notation; None where it is missing."""
    needed: str = ""
    why: str = ""
    fix: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    graph: str | None = None
    stage: Stage = "shapes"
    shape: str | None = None
    """IRI of the shape, where a shape found it and has one."""
    component: str | None = None
    """IRI of the SHACL constraint component, where a shape found it."""

    @property
    def fingerprint(self) -> str:
        """32 hex digits that stay the same when lines move or messages are reworded."""
        if self.stage == "syntax":
            # a syntax finding has no focus: its words and its file are all that tells it from another
            parts = [self.rule, self.file or "", self.message]
        else:
            place = self.focus or self.file or ""
            parts = [self.rule, place, self.path or "", self.value or "", self.component or ""]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without repetition, in the order of every report: syntax first, since what cannot be read

    makes the rest doubtful; then by place, severity and rule.
    """
    return sorted(set(findings), key=_order)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """The same, most severe first (where only the first few are shown)."""
    return sorted(set(findings), key=lambda f: (SEVERITIES.index(f.severity), _order(f)))


def at_or_above(findings: Iterable[Finding], level: Severity) -> list[Finding]:
    """The findings that are as severe as `level` or more so.

    >>> mild = Finding(rule="X", severity="info", focus="a", message="m")
    >>> at_or_above([mild], "warning")
    []
    """
    allowed = SEVERITIES[: SEVERITIES.index(level) + 1]
    return [finding for finding in findings if finding.severity in allowed]


def counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    result: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        result[finding.severity] += 1
    return result


def _order(finding: Finding) -> tuple[bool, str, int, int, int, str, str, str, str, str]:
    return (
        finding.stage != "syntax",
        finding.file or "￿",
        finding.line or 0,
        finding.column or 0,
        SEVERITIES.index(finding.severity),
        finding.rule,
        finding.focus,
        finding.path or "",
        finding.value or "",
        finding.message + (finding.component or "") + (finding.shape or "") + (finding.graph or ""),
    )
