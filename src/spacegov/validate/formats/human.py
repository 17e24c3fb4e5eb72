"""The report for people: each finding with its line, a caret, what is needed, why, and the mend."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from spacegov.validate.findings import SEVERITIES, Finding, counts
from spacegov.validate.report import Report
from spacegov.validate.wording import compact

_WIDTH: Final = 110
_TAB: Final = 4
_COLOURS: Final = {"violation": "\x1b[1;31m", "warning": "\x1b[1;33m", "info": "\x1b[1;36m"}
_RESET: Final = "\x1b[0m"


def render(report: Report, *, colour: bool = False) -> str:
    """The findings, then one line that sums up."""
    quiet = [f for f in report.findings if f.rule == "SHP-001" and not report.asked_for("SHP-001")]
    shown = [finding for finding in report.findings if finding not in set(quiet)]
    blocks = [_block(finding, colour) for finding in shown]
    if report.hidden:
        blocks.append(f"… and {report.hidden} more that --limit hides.")
    if quiet:
        names = ", ".join(finding.focus_label for finding in quiet[:4]) + (" …" if len(quiet) > 4 else "")
        blocks.append(
            f"{len(quiet)} of {report.shapes} shapes had no target here ({names}); --rule SHP-001 lists them."
        )
    return "\n".join([*blocks, summary(report)]) + "\n"


def summary(report: Report) -> str:
    """One line: how much was looked at, and what came out."""
    number = counts(report.all_findings)
    found = ", ".join(f"{number[level]} {_plural(level, number[level])}" for level in SEVERITIES if number[level])
    files = f"{len(report.files)} file" + ("s" if len(report.files) != 1 else "")
    known = f" ({report.known} known from the baseline)" if report.known else ""
    return (
        f"{files}, {report.statements:,} statements, {report.matched} of {report.shapes} shapes, "
        f"{report.checks} check queries: {found or 'nothing wrong'}{known}."
    )


def _plural(level: str, number: int) -> str:
    return level if number == 1 or level == "info" else level + "s"


def _block(finding: Finding, colour: bool) -> str:
    severity = finding.severity
    if colour:
        severity = f"{_COLOURS[finding.severity]}{severity}{_RESET}"  # type: ignore[assignment]
    lines = [f"{place(finding)}: {severity} {finding.rule}: {finding.message}"]
    lines += _excerpt(finding)
    lines += [f"    {name:<7} {words}" for name, words in _details(finding) if words]
    return "\n".join(lines) + "\n"


def place(finding: Finding) -> str:
    """file:line:column, as far as they are known."""
    parts = [finding.file or "(graph)", *(str(n) for n in (finding.line, finding.column) if n)]
    return ":".join(parts)


def _details(finding: Finding) -> list[tuple[str, str]]:
    focus = compact(finding.focus) if finding.focus else ""
    if focus and finding.focus_label and finding.focus_label not in focus:
        focus += f" ({finding.focus_label})"
    missing = finding.path is not None and (finding.component or "").endswith("#MinCountConstraintComponent")
    found = "nothing" if missing else _cut(compact(finding.value)) if finding.value is not None else ""
    return [
        ("about", focus),
        ("path", compact(finding.path) if finding.path else ""),
        ("found", found),
        ("needed", finding.needed),
        ("why", finding.why),
        ("fix", finding.fix),
        ("see", rule_page(finding.rule)),
    ]


def rule_page(rule: str) -> str:
    """Where the page of a rule is, in the repository; '' for rules of others."""
    safe = rule.replace(":", "-")
    return f"docs/rules/{safe}.md" if (rules_folder() / f"{safe}.md").is_file() else ""


@lru_cache(maxsize=1)
def rules_folder() -> Path:
    """docs/rules of the checkout (a place that does not exist, in an installed wheel)."""
    from spacegov.resources import repository_root

    return (repository_root() or Path("/nowhere")) / "docs" / "rules"


def _excerpt(finding: Finding) -> list[str]:
    """The source line with a caret under the place."""
    if finding.file is None or finding.line is None:
        return []
    line = source_line(finding.file, finding.line)
    if line is None:
        return []
    column = max((finding.column or 1) - 1, 0)
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    piece = line[start : start + _WIDTH]
    before = piece[: column - start].expandtabs(_TAB)
    number = str(finding.line)
    shown = ("…" if start else "") + piece.expandtabs(_TAB) + ("…" if start + _WIDTH < len(line) else "")
    caret = " " * (len(before) + bool(start)) + "^"
    return [f"  {number} | {shown}", f"  {' ' * len(number)} | {caret}"]


@lru_cache(maxsize=64)
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(Path(file).read_text(encoding="utf-8", errors="replace").split("\n"))
    except OSError:
        return ()


def source_line(file: str, line: int) -> str | None:
    """One line of a file, or None."""
    lines = _lines(file)
    return lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else None


def _cut(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
