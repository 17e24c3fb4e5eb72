"""The hand-made cases of `cases/*.jsonl`: read, run, and judged by what is right.

A case is one passage with its author, date and (where it matters) forum and kind, and the rows that the
annotation guidelines would give it: act, polarity, holders, and the targets of which one must be found.
No row at all is an answer like any other: an empty `expect`. Cases say what is right, not what is found.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacegov.extract import Extractor
from spacegov.model import Document, Metadata, Stance
from spacegov.sources.document import document_from_text

FOLDER = Path(__file__).with_name("cases")
FLOOR = Path(__file__).with_name("floor.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One row that a passage has."""

    act: str
    polarity: str
    holders: frozenset[str]
    targets_any: frozenset[str]

    def fits(self, stance: Stance) -> bool:
        """Whether a stance is this row: act, polarity and holders as they are, and one right target."""
        return (
            stance.act == self.act
            and stance.polarity == self.polarity
            and (not self.holders or set(stance.holders) == self.holders)
            and bool(self.targets_any & set(stance.targets))
        )

    def __str__(self) -> str:
        return f"{self.act}/{self.polarity} {sorted(self.holders)} -> any of {sorted(self.targets_any)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One passage and what is right for it."""

    id: str
    passage: str
    metadata: Metadata
    expect: tuple[Expected, ...]
    must: bool

    def document(self) -> Document:
        """The passage as a document of its own."""
        return document_from_text(self.passage, self.metadata)

    def faults(self, found: Sequence[Stance]) -> list[str]:
        """What is wrong with the stances found, one line each; none where the case passes entirely."""
        left = list(found)
        faults = []
        for expected in self.expect:
            match = next((s for s in left if expected.fits(s)), None)
            if match is None:
                faults.append(f"missing: {expected}")
            else:
                left.remove(match)
        faults += [f"found instead: {told(s)}" for s in left]
        return faults


def told(stance: Stance) -> str:
    """A stance in one line."""
    targets, holders = sorted(stance.targets), sorted(stance.holders)
    return f"{stance.act}/{stance.polarity} {holders} -> {targets} in {stance.evidence.exact!r}"


def read_cases(folder: Path = FOLDER) -> list[Case]:
    """All cases, by file and line."""
    return [
        case_of(json.loads(line))
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def case_of(row: dict[str, Any]) -> Case:
    """A case from its line."""
    author = row["author"]
    return Case(
        id=row["id"],
        passage=row["passage"],
        metadata=Metadata(
            doc=f"case-{row['id']}",
            date=row["date"],
            authors=(author,) if isinstance(author, str) else tuple(author),
            forum=row.get("forum"),
            kind=row.get("kind"),
        ),
        expect=tuple(
            Expected(
                act=e["act"],
                polarity=e["polarity"],
                holders=frozenset(e.get("holders", ())),
                targets_any=frozenset(e["targets_any"]),
            )
            for e in row["expect"]
        ),
        must=row.get("must", False),
    )


def run_cases(extractor: Extractor, cases: Sequence[Case]) -> dict[str, list[str]]:
    """Faults by case id, for every case."""
    return {case.id: case.faults(extractor.extract(case.document())) for case in cases}
