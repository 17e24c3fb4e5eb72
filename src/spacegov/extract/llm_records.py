"""What passes between the optional extractor, the model that it asks and the checks on the answer."""

from __future__ import annotations

from dataclasses import dataclass

from spacegov.model import Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document that is shown to a model, with what the vocabulary finds in it."""

    start: int
    end: int
    """Offsets in the normalised text."""
    introduced_by: str = ""
    """The block that introduces a list item."""
    named: frozenset[str] = frozenset()
    """Ids that the passage, or what introduces it, names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """A row as the model gave it: well formed, and not yet believed."""

    quote: str
    act: str
    polarity: str
    holders: tuple[str, ...]
    targets: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    speaker: str | None = None
    forum: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a model said of one passage."""

    rows: tuple[RawRow, ...]
    malformed: tuple[str, ...] = ()
    """Why each row that does not fit the form was put aside."""
    tokens: int = 0
    """Tokens of question and answer; 0 where the answer was kept from an earlier run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A row, or a part of one, that was not believed."""

    doc: str
    start: int
    """Start of the passage in the source text."""
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmReading:
    """What a model read in one document, and what became of it."""

    stances: tuple[Stance, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    read: tuple[tuple[int, int], ...] = ()
    """Spans of the source text that the model read and answered on."""
    calls: int = 0
    kept: int = 0
    """Answers taken from the cache."""
    tokens: int = 0
    stopped: str | None = None
    """Why the rest of the document was not read: the budget."""
