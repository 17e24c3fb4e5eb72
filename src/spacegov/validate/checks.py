"""Check queries: each row that one gives is an error. Each runs once over the whole graph.

A check is a file `<name>.rq` whose first comment lines are its card:

    # id: LOG-001
    # severity: violation
    # message: {focus} vetoes, but is no permanent member of the Security Council.
    # why: …
    # fix: …

Of its columns, `focus` (or `this`, or else the first) is the thing that the finding is about; `path`,
`value`, `graph`, `message` and `fix` go into the finding; `{name}` in a message stands for any column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES
from spacegov.validate.findings import SEVERITIES, Finding
from spacegov.validate.graph import Graph, text_of
from spacegov.validate.rules import BUILT_IN, Rule

_HEADER: Final = re.compile(r"^#\s*([a-z-]+)\s*:\s*(.*)$")
_PLACE: Final = re.compile(r"\{[?$]?(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckQuery:
    """A check with its card."""

    rule: Rule
    text: str
    file: str


def load_checks(folder: Path) -> list[CheckQuery]:
    """The checks of a folder, by id."""
    found = [read_check(path) for path in sorted(folder.glob("**/*.rq"))] if folder.is_dir() else []
    return sorted(found, key=lambda check: check.rule.id)


def read_check(path: Path) -> CheckQuery:
    """One check; what its header does not say is taken from the file's name."""
    text = path.read_text(encoding="utf-8")
    card = read_header(text)
    severity = card.get("severity", "violation").lower()
    rule = Rule(
        id=card.get("id", path.stem),
        title=card.get("title") or card.get("name") or card.get("message", path.stem.replace("-", " ")),
        severity=severity if severity in SEVERITIES else "violation",
        stage="checks",
        message=card.get("message") or card.get("title", path.stem.replace("-", " ")),
        why=card.get("why", ""),
        fix=card.get("fix", ""),
        source=path.name,
        detail=text,
    )
    return CheckQuery(rule=rule, text=text, file=str(path))


def read_header(text: str) -> dict[str, str]:
    """The `# name: words` lines at the head of a file; an indented comment goes on with the line before."""
    card: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.match(line):
            last = match[1]
            card[last] = match[2].strip()
        elif last and (more := line.lstrip("#").strip()):
            card[last] = f"{card[last]} {more}".strip()
    return card


def run_checks(data: Graph, checks: list[CheckQuery]) -> Iterator[Finding]:
    """A finding for every row of every check; a check that cannot run is a finding itself."""
    for check in checks:
        try:
            rows = data.store.query(check.text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        except (SyntaxError, ValueError) as error:
            card = BUILT_IN["CHK-000"]
            yield Finding(
                rule=card.id, severity=card.severity, focus="", message=f"{check.rule.id}: {error}",
                why=card.why, fix=card.fix, file=check.file, stage="checks",
            )  # fmt: skip
            continue
        if isinstance(rows, ox.QuerySolutions):
            for row in rows:
                yield _finding(data, check, row, [variable.value for variable in rows.variables])
        elif isinstance(rows, ox.QueryBoolean) and rows:
            yield _finding(data, check, None, [])


def _finding(data: Graph, check: CheckQuery, row: ox.QuerySolution | None, names: list[str]) -> Finding:
    cells: dict[str, ox.NamedNode | ox.BlankNode | ox.Literal] = {}
    for name in names:
        value = row[name] if row is not None else None
        if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal):
            cells[name] = value
    subject = next((cells[name] for name in ("focus", "this", *names) if name in cells), None)
    rule = check.rule

    def words(column: str, otherwise: str) -> str:
        template = cells[column].value if column in cells else otherwise
        return _PLACE.sub(lambda match: data.label(cells[match[1]]) if match[1] in cells else match[0], template)

    return Finding(
        rule=rule.id,
        severity=rule.severity,
        focus=text_of(subject) if subject is not None else "",
        focus_label=data.label(subject) if subject is not None else "",
        path=cells["path"].value if "path" in cells else None,
        value=text_of(cells["value"]) if "value" in cells else None,
        message=words("message", rule.message),
        why=rule.why,
        fix=words("fix", rule.fix),
        graph=cells["graph"].value if "graph" in cells else None,
        stage="checks",
    )
