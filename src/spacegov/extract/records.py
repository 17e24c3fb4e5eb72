"""What the components of extraction add to a document: mentions, dates, clauses and their context.

Offsets count in `Document.text` (the normalised text); `pipeline.py` maps them back to the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegov.model import Document, Frame

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name of a known thing, as it stands in the text."""

    start: int
    end: int
    id: str
    kind: str
    text: str
    cue: bool = False
    """Only a hint at a topic, not a name of it."""
    adjective: bool = False
    """A demonym ('Soviet'), which names the actor only beside a noun of action or office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text with the precision that it was said with."""

    start: int
    end: int
    value: str
    """Partial ISO date: '2014', '2014-06', '2014-06-10'."""
    relative: bool = False
    """'this year', 'on Monday': reckoned from the document's date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameHit:
    """A lexicon entry found in a clause."""

    frame: Frame
    anchor: int
    """Token index of the first word of the match."""
    last: int
    """Token index of the last word of the match."""

    def covers(self, place: int) -> bool:
        """Whether the word with a token index is one of the match."""
        return self.anchor <= place <= self.last


@dataclass(slots=True, kw_only=True)
class Clause:
    """A stretch of a sentence with one governing word: what a stance is read from."""

    sentence: Span
    head: Token
    kind: str
    """root, conj, ccomp, relcl, advcl, item, nominal."""
    start: int
    end: int
    """Offsets in the normalised text of the quote that would show the stance."""
    tokens: tuple[Token, ...]
    """The clause's own tokens in reading order (without those of clauses inside it)."""
    subject: Token | None = None
    parent: Clause | None = None
    block: int = 0
    quoted: bool = False
    """Inside quotation marks of reported speech."""
    frames: tuple[FrameHit, ...] = ()
    reporter: Token | None = None
    """Subject of the speech verb above ('Li' in 'Li said that …'), if any."""

    @property
    def words(self) -> str:
        """The text between its offsets, as it stands in the normalised text."""
        return self.sentence.doc.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What surrounds the governing word: negation, modality, condition, time."""

    negated: bool = False
    modal: str | None = None
    """should, must, may, will, would, can, could, shall, need …"""
    condition: str | None = None
    question: bool = False
    future: bool = False
    perfect: bool = False
    past: bool = False
    passive: bool = False
    imperative: bool = False
    progressive: bool = False
    steps: tuple[str, ...] = ()
    """Each step in words, for `spacegov explain`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the running text says around a clause: who speaks, to whom, in which forum, when."""

    document: Document
    holders: tuple[str, ...]
    """The authors of the document, or of the speech that the clause stands in."""
    speaker: str | None = None
    forum: str | None = None
    date: str | None = None
    on_behalf_of: str | None = None
    narrator: bool = False
    """True where a reporter tells of others (news, records): 'we' is then nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """What fills a slot of a stance (holder, addressee, forum, date), and why."""

    value: tuple[str, ...]
    source: str
