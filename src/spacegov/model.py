"""The records that the parts of spacegov hand to each other: small, frozen, free of RDF.

Texts give `Document`; the reference data give a `Vocabulary`; extraction turns the two into
`Stance` records, and only `rdf/writer.py` turns a `Stance` into triples.
All offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from unicodedata import combining

Act = Literal[
    "proposes", "supports", "opposes", "calls-for", "criticises", "expresses-concern", "commits", "reports",
]  # fmt: skip
Polarity = Literal["for", "against", "neutral"]
Review = Literal["unreviewed", "accepted", "rejected", "corrected"]

ACTS: tuple[Act, ...] = (
    "proposes", "supports", "opposes", "calls-for", "criticises", "expresses-concern", "commits", "reports",
)  # fmt: skip
POLARITIES: tuple[Polarity, ...] = ("for", "against", "neutral")


# --- vocabulary: what the reference data know, read once from Turtle --------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way in which texts name a thing."""

    text: str
    language: str = "en"
    preferred: bool = False
    acronym: bool = False
    """Acronyms match with their capitals only: 'US' never matches the pronoun 'us'."""
    cue: bool = False
    """No name, only a word that hints at a topic ('debris field'): weighed, never shown as a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """A role held for a time: a person's post, or a member's place in a group."""

    of: str
    """Person or member (id)."""
    at: str
    """Actor represented, or group (id)."""
    role: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing of the reference data that a text may name."""

    id: str
    kind: str
    """One of `namespaces.KINDS`: actor, person, forum, meeting, instrument, topic, programme."""
    type: str
    """Local name of its most specific class: State, Bloc, Treaty, DraftResolution, Topic …"""
    label: str
    names: tuple[Name, ...] = ()
    broader: tuple[str, ...] = ()
    """Ids of the next broader things: skos:broader of a topic, sg:isPartOf of a forum or actor."""
    since: str | None = None
    """Founded, established, adopted or submitted: partial ISO date."""
    until: str | None = None
    symbol: str | None = None
    supersedes: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """Topics of an instrument, where the data say so."""
    forum: str | None = None
    """Forum of a meeting, or where an instrument was adopted or submitted."""
    sponsors: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    """Names of its seat of government, which news takes for the state ('Ottawa will …')."""
    successors: tuple[str, ...] = ()
    """For a historical state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One entry of the stance lexicon (see docs/lexicon.md for how each field is used)."""

    id: str
    form: str
    """Lemmas in reading order, '…' for a gap: 'attach … importance to', 'be … cornerstone of'."""
    pos: Literal["verb", "noun", "adjective", "adverb", "construction"]
    role: Literal["act", "modal", "reporting", "shifter", "hedge", "condition", "evaluation"]
    act: Act | None
    """The act that the frame performs with the holder as subject; None for shifters, hedges …"""
    effect: Literal["for", "against", "keep", "flip"]
    """Polarity toward the target: fixed, kept as the target's own, or flipped ('ban on')."""
    subject: Literal["holder", "other", "thing", "any"] = "any"
    """Who or what must be the subject for the act to hold: 'X should' asks others, 'we shall' commits."""
    weight: float = 1.0
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything that extraction knows about the world: entries by id, frames, tenures."""

    entries: Mapping[str, Entry]
    frames: tuple[Frame, ...]
    posts: tuple[Tenure, ...] = ()
    memberships: tuple[Tenure, ...] = ()
    hash: str = ""
    """SHA-256 over the files that it was read from: part of every run's identity."""
    historical_states: tuple[Entry, ...] = field(init=False, repr=False, compare=False)
    """Those of the entries, in their order: asked for with each stance."""

    def __post_init__(self) -> None:
        states = tuple(e for e in self.entries.values() if e.type == "HistoricalState")
        object.__setattr__(self, "historical_states", states)

    def kind(self, identifier: str) -> str | None:
        """Kind of an id, or None if the vocabulary does not hold it."""
        entry = self.entries.get(identifier)
        return entry.kind if entry else None


# --- documents ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document as a whole; every field may be missing."""

    doc: str
    title: str | None = None
    date: str | None = None
    """Partial ISO date: '1963', '2014-06', '2024-05-06'."""
    authors: tuple[str, ...] = ()
    speaker: str | None = None
    forum: str | None = None
    kind: str | None = None
    language: str = "en"
    symbol: str | None = None
    address: str | None = None
    basis: str | None = None
    """For a position note: the real text or fact rows on which it rests."""
    origin: Mapping[str, str] = field(default_factory=dict)
    """Where each field came from: 'sidecar', 'front matter', 'found: dateline' …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, list item or heading of the normalised text."""

    start: int
    end: int
    """Offsets in `Document.text`."""
    kind: Literal["paragraph", "item", "heading", "label"]
    label: str | None = None
    """Enumerator that was split off: '12.', '(a)', '•'."""
    head: int | None = None
    """Index of the block that introduces this list item."""
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text with the exact way back to its source."""

    metadata: Metadata
    source: str
    """The source text, letter by letter (what evidence offsets count in)."""
    sha256: str
    """Of the source text in UTF-8."""
    text: str
    """The normalised text that is parsed."""
    offsets: tuple[int, ...]
    """offsets[i] is the place in `source` of text[i]; one more entry than `text` has characters."""
    blocks: tuple[Block, ...]
    path: str | None = None
    pages: tuple[int, ...] = ()
    """Start in `source` of each page, where the source has pages."""
    remarks: tuple[str, ...] = ()
    """What its keeper should know, a line each: the text was read all the same."""

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Span of `source` that the normalised span came from (end exclusive)."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        last = self.offsets[end - 1] + 1
        while last < len(self.source) and combining(self.source[last]):
            last += 1  # an accent written behind its letter belongs to it
        return self.offsets[start], last

    def page_of(self, place: int) -> int | None:
        """Page, from 1, on which a place in `source` lies; None where the source has no pages."""
        return bisect_right(self.pages, place) or None


# --- stances -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The passage that shows a stance, as found in the source text."""

    doc: str
    start: int
    end: int
    exact: str
    """source[start:end], letter by letter."""
    prefix: str
    suffix: str
    sha256: str
    page: int | None = None
    """Page on which it begins, from 1, where the source has pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One named check behind a confidence: what was looked at, and how it came out."""

    name: str
    passed: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """The position that one or more actors take toward one or more targets, shown by a passage."""

    id: str
    evidence: Evidence
    holders: tuple[str, ...]
    act: Act
    polarity: Polarity
    targets: tuple[str, ...]
    """Ids of instruments, topics, actors or forums; 'new:<slug>' for a candidate topic."""
    addressees: tuple[str, ...] = ()
    speaker: str | None = None
    forum: str | None = None
    """Id of a forum or a meeting."""
    date: str | None = None
    """Partial ISO date as said."""
    on_behalf_of: str | None = None
    condition: str | None = None
    """The words of a condition ('only if it is verifiable'), where the clause has one."""
    may_allude: tuple[tuple[str, float], ...] = ()
    """(actor id, confidence) for an unnamed culprit."""
    confidence: float = 0.5
    checks: tuple[Check, ...] = ()
    review: Review = "unreviewed"
    extractor: str = "frames"
