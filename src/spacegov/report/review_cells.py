"""Cells and tables of the page for reviewers: labels, quotations and commands, none of which can steer the eye."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from spacegov.display import one_line
from spacegov.model import Stance, Vocabulary
from spacegov.report.content import ROWS_SHOWN, Cell, Table


class Labels:
    """Labels for the ids of a vocabulary; an id that it does not hold stands for itself."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._entries = vocabulary.entries

    def __call__(self, identifier: str) -> str:
        entry = self._entries.get(identifier)
        return entry.label if entry else identifier

    def all(self, identifiers: Iterable[str]) -> str:
        """Labels, parted by semicolons."""
        return "; ".join(map(self, identifiers))


def plain(text: str) -> Cell:
    """A text on one line, control characters and marks of writing direction written out."""
    return Cell(text=one_line(text))


def quoted(text: str) -> Cell:
    """A quotation with its white space folded."""
    return Cell(text=f"“{one_line(text)}”") if text else Cell(text="")


def act_cell(act: str, polarity: str | None) -> Cell:
    """An act with its polarity as a tag."""
    return Cell(text=one_line(act).replace("-", " "), mark=one_line(polarity or ""))


def explain(stance: Stance) -> Cell:
    """The command that shows how a stance was read; quoted, for an id is typed into a shell."""
    return command(stance.id)


def command(identifier: str) -> Cell:
    """The same for an id.

    >>> command("d-0123456789abcdef").code
    'spacegov explain d-0123456789abcdef'
    >>> command("d; rm x").code
    "spacegov explain 'd; rm x'"
    """
    return Cell(text="", code=f"spacegov explain {shlex.quote(one_line(identifier))}")


def stance_cells(stance: Stance, labels: Labels, *, act: bool = True) -> tuple[Cell, ...]:
    """Holder, act, target, words and document of a stance."""
    acts = (act_cell(stance.act, stance.polarity),) if act else ()
    return (
        plain(labels.all(stance.holders)),
        *acts,
        plain(labels.all(stance.targets)),
        quoted(stance.evidence.exact),
        plain(stance.evidence.doc),
    )


def cut(
    caption: str,
    header: tuple[str, ...],
    rows: Sequence[tuple[Cell, ...]],
    rest: str,
    *,
    most: int = ROWS_SHOWN,
) -> Table | None:
    """A table, cut where it is long; none without rows.

    Args:
        rest: where the rows are that were left out.
    """
    if not rows:
        return None
    shown = tuple(rows[:most])
    return Table(caption=caption, header=header, rows=shown, left_out=len(rows) - len(shown), rest=rest)
