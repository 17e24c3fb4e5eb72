"""Gold rows against the stances of a build that is being made: its texts are at hand, nothing is read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacegov.model import Stance
from spacegov.score.measures import Scores, score
from spacegov.score.rows import as_row, document_of, fold, gold_files, load_gold
from spacegov.stances import to_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How a build does on the documents for which there are gold rows."""

    scores: Scores
    absent: tuple[str, ...] = ()
    """Documents with gold rows that the build does not hold."""


def checked_files(paths: Sequence[Path]) -> list[Path]:
    """The gold files at some places, read once, so that a fault in them is told before the work and not after.

    Raises:
        InputError: there are none, or one of them cannot be read or holds what is no gold row.
    """
    files = gold_files(paths)
    load_gold(files, {})
    return files


def compare(files: Sequence[Path], sources: Mapping[str, str], stances: Iterable[Stance]) -> Compared:
    """Stances against the gold rows of their documents.

    Args:
        sources: the source text of each document of the build.
    """
    wanted = sorted(set(map(document_of, files)))
    folded = {doc: fold(sources[doc]) for doc in wanted if doc in sources}
    found = [as_row(to_row(s), folded[s.evidence.doc], s.id) for s in stances if s.evidence.doc in folded]
    return Compared(
        scores=score(load_gold(files, folded), found, folded),
        absent=tuple(doc for doc in wanted if doc not in folded),
    )
