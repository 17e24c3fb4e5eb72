"""The report of a run: what was looked at, what was found, and which part of it is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from spacegov.validate.findings import Finding, by_severity, sort_findings
from spacegov.validate.inputs import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run found, and what it looked at."""

    findings: list[Finding] = field(default_factory=list)
    """Those that are shown."""
    beyond: list[Finding] = field(default_factory=list)
    """Those that --limit leaves out."""
    files: list[SourceFile] = field(default_factory=list)
    statements: int = 0
    shapes: int = 0
    matched: int = 0
    """Shapes that had a target in the files."""
    checks: int = 0
    known: int = 0
    """Findings that the baseline holds, and that are not told again."""
    rules: frozenset[str] = frozenset()
    """The rules that were asked for; empty for all."""

    @property
    def all_findings(self) -> list[Finding]:
        """Shown or not: what decides the exit code."""
        return [*self.findings, *self.beyond]

    @property
    def hidden(self) -> int:
        """How many findings --limit leaves out."""
        return len(self.beyond)

    def asked_for(self, rule: str) -> bool:
        """Whether a rule was named on the command line."""
        return rule in self.rules

    def only(self, rules: Collection[str], focuses: Collection[str]) -> Report:
        """The findings of some rules and about some things; nothing named means all.

        A name fits a rule or a thing when it is its whole id, or its beginning or end at a border.
        """
        kept = [
            finding
            for finding in self.findings
            if (not rules or any(_fits(finding.rule, rule) for rule in rules))
            and (not focuses or any(_fits(finding.focus, focus) for focus in focuses))
        ]
        return replace(self, findings=kept, rules=frozenset(rules))

    def without(self, fingerprints: Collection[str]) -> Report:
        """The findings that a baseline does not hold."""
        kept = [finding for finding in self.findings if finding.fingerprint not in fingerprints]
        return replace(self, findings=kept, known=len(self.findings) - len(kept))

    def limited(self, limit: int | None) -> Report:
        """The most severe ones first, as many as are asked for; the rest counts but is not shown."""
        if limit is None or len(self.findings) <= limit:
            return self
        ranked = by_severity(self.findings)
        return replace(self, findings=sort_findings(ranked[:limit]), beyond=ranked[limit:])


def _fits(name: str, asked: str) -> bool:
    if name == asked:
        return True
    return any(name.startswith(asked + mark) for mark in "-/") or any(name.endswith(mark + asked) for mark in "/#:")
