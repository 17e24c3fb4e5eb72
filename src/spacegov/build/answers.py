"""The answers that a build ends with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from spacegov.query.run import Answer, Row, run
from spacegov.store import open_store

_COLUMNS: Final = ("who", "what", "where", "when", "words")
_QUESTIONS: Final = {
    "who-proposed": ("holders", "instrument", "forum", "date", "quote"),
    "who-opposes": ("holders", "targets", "forum", "date", "quote"),
    "who-calls-for": ("holders", "targets", "forum", "date", "quote"),
}
"""Questions that need no parameter, with their columns in the order of _COLUMNS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A question with the first rows of its answer, as labels."""

    name: str
    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int
    """Rows that are not shown."""


def three_answers(out: Path, *, most: int) -> list[Sample]:
    """Who proposed what, who speaks against what, and who calls for what, in the texts of a built folder."""
    store = open_store(out)
    return [_sample(run(store, name), columns, most) for name, columns in _QUESTIONS.items()]


def _sample(answer: Answer, columns: tuple[str, ...], most: int) -> Sample:
    rows = [row for row in answer.rows if _from_a_text(row)]
    return Sample(
        name=answer.question.id,
        question=answer.question.question,
        columns=_COLUMNS,
        rows=tuple(
            tuple(", ".join(answer.label(term) for term in row.terms[column]) for column in columns)
            for row in rows[:most]
        ),
        more=max(0, len(rows) - most),
    )


def _from_a_text(row: Row) -> bool:
    # the fact tables know of proposals too; the end of a build shows what the texts gave
    return bool(row.terms.get("quote"))
