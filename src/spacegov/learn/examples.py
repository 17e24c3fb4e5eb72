"""Annotated passages as training examples: which clause of a text is which row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from spacegov.extract.candidate import Candidate
from spacegov.extract.pipeline import Extractor
from spacegov.model import Document

Source = Literal["gold", "annotated", "written", "whole", "clauses"]
"""Gold rows, our annotations of real passages, passages of our own making; on other matters than space, passages
annotated as a whole and clauses labelled one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One annotated stance; offsets are code points of the passage's source text."""

    start: int
    end: int
    act: str
    polarity: str
    targets: tuple[str, ...]
    also_right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A clause with its row (or none), and how much it counts."""

    group: str
    """Document that it comes from: cross-validation never splits one."""
    candidate: Candidate
    row: Row | None
    weight: float
    document: Document
    source: Source = "gold"

    @property
    def of_domain(self) -> bool:
        """False for a clause on another matter: it teaches acts (the reader sides too), neither rows nor targets."""
        return self.source not in {"whole", "clauses"}


def examples(
    extractor: Extractor, document: Document, rows: Sequence[Row], weight: float, source: Source = "gold"
) -> list[Example]:
    """Every clause of a document, paired one to one with the annotated rows that it overlaps best.

    A clause that overlaps a row which another clause shows better counts little as a negative. Of a document on other
    matters (`whole`) all clauses are given, without the features that tell how much of it is about space.
    """
    candidates = _on_any_matter(extractor, document) if source == "whole" else list(extractor.candidates(document))
    spans = [_span(c, document) for c in candidates]
    pairs = sorted(
        ((overlap((row.start, row.end), span), -i, -j) for i, row in enumerate(rows) for j, span in enumerate(spans)),
        reverse=True,
    )
    of_candidate: dict[int, Row] = {}
    used: set[int] = set()
    touched: set[int] = set()
    for share, i, j in pairs:
        if share <= 0:
            break
        touched.add(-j)
        if -i not in used and -j not in of_candidate:
            used.add(-i)
            of_candidate[-j] = rows[-i]
    return [
        Example(
            group=document.metadata.doc, candidate=c, row=of_candidate.get(j),
            weight=weight * (0.3 if j in touched and j not in of_candidate else 1.0), document=document,
            source=source,
        )
        for j, c in enumerate(candidates)
    ]  # fmt: skip


def _span(candidate: Candidate, document: Document) -> tuple[int, int]:
    block = document.blocks[candidate.clause.block]
    return document.source_span(block.start + candidate.clause.start, block.start + candidate.clause.end)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Shared part of the longer span; 0.0 where the two are no pair (the scorer's rule).

    They are a pair where they share at least half of the shorter and a fifth of the longer one.
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    short, long = sorted((a[1] - a[0], b[1] - b[0]))
    return shared / long if long and shared >= short / 2 and shared >= long / 5 else 0.0


_OF_DOMAIN: Final = ("p:", "m:space", "m:near", "m:targets", "c:")
"""Features that tell how much a passage is about space: they say nothing of an act."""


def _on_any_matter(extractor: Extractor, document: Document) -> list[Candidate]:
    """Every clause of a document, without the features that tell how much of it is about space."""
    candidates = list(extractor.candidates(document, gated=False))
    for candidate in candidates:
        candidate.features = [f for f in candidate.features if not f[0].startswith(_OF_DOMAIN)]
    return candidates


def clause_examples(
    extractor: Extractor, document: Document, labels: Mapping[tuple[int, int], Row | None], weight: float
) -> list[Example]:
    """The clauses of a passage on any matter that stand at labelled offsets, with their labels."""
    found = []
    for candidate in _on_any_matter(extractor, document):
        span = _span(candidate, document)
        if span in labels:
            found.append(
                Example(
                    group=document.metadata.doc, candidate=candidate, row=labels[span], weight=weight,
                    document=document, source="clauses",
                )
            )  # fmt: skip
    return found
