"""Rules and a language model together: agreement is worth something, disagreement goes to a reader.

The rules stay in charge. A row of the model never replaces one of theirs; it confirms it, or it is kept beside
it with low confidence, to be accepted or rejected in review.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, Protocol

from spacegov.extract.llm_records import LlmReading
from spacegov.model import Check, Document, Stance
from spacegov.stances import in_order

CANDIDATE_CONFIDENCE: Final = 0.2
"""At most, for a row that only the model found."""
AGREEMENT: Final = 0.3
"""Share of the doubt that an agreeing second reader takes away; chosen, not calibrated."""


class Reads(Protocol):
    """An extractor that gives stances."""

    def extract(self, document: Document) -> list[Stance]: ...


class ReadsAndTells(Protocol):
    """An extractor that also says what it read."""

    def read(self, document: Document) -> LlmReading: ...


class Ensemble:
    """The rules' stances, weighed by what a model reads in the same passages."""

    def __init__(self, frames: Reads, llm: ReadsAndTells) -> None:
        self._frames = frames
        self._llm = llm

    def extract(self, document: Document) -> list[Stance]:
        """Stances in reading order."""
        return combine(self._frames.extract(document), self._llm.read(document))


def combine(rules: Sequence[Stance], reading: LlmReading) -> list[Stance]:
    """The rules' rows with the check `llm-agrees`, and the model's other rows as candidates for review.

    A row of the rules in a passage that the model did not read is left as it is.
    """
    weighed = [_weighed(stance, reading) for stance in rules]
    seconded = {b.id for a in rules for b in reading.stances if agree(a, b)}
    present = {stance.id for stance in rules}
    extra = [_candidate(s) for s in reading.stances if s.id not in seconded | present]
    return in_order([*weighed, *extra])


def agree(a: Stance, b: Stance) -> bool:
    """The same words in the main, the same act, polarity and holders."""
    same = a.act == b.act and a.polarity == b.polarity and set(a.holders) == set(b.holders)
    return same and overlaps(a, b)


def overlaps(a: Stance, b: Stance) -> bool:
    """At least half of the shorter quotation lies in the other one."""
    one, two = a.evidence, b.evidence
    shared = min(one.end, two.end) - max(one.start, two.start)
    return one.doc == two.doc and shared > 0 and 2 * shared >= min(one.end - one.start, two.end - two.start)


def _weighed(stance: Stance, reading: LlmReading) -> Stance:
    if not any(low <= stance.evidence.start and stance.evidence.end <= high for low, high in reading.read):
        return stance
    beside = [s for s in reading.stances if overlaps(stance, s)]
    if any(agree(stance, s) for s in beside):
        surer = round(min(0.99, stance.confidence + AGREEMENT * (1 - stance.confidence)), 2)
        check = Check(name="llm-agrees", passed=True, note=_targets_note(stance, beside))
        return replace(stance, confidence=max(stance.confidence, surer), checks=(*stance.checks, check))
    check = Check(name="llm-agrees", passed=False, note=_difference(beside))
    return replace(stance, checks=(*stance.checks, check))


def _targets_note(stance: Stance, beside: Iterable[Stance]) -> str:
    same = any(agree(stance, s) and set(s.targets) & set(stance.targets) for s in beside)
    return "" if same else "but names other targets"


def _difference(beside: Sequence[Stance]) -> str:
    if not beside:
        return "the model reads no stance here"
    other = beside[0]
    return f"the model reads {', '.join(other.holders)} {other.act} ({other.polarity})"


def _candidate(stance: Stance) -> Stance:
    check = Check(name="frames-agree", passed=False, note="only the model reads this stance here")
    return replace(
        stance, confidence=min(CANDIDATE_CONFIDENCE, stance.confidence), review="unreviewed",
        checks=(*stance.checks, check),
    )  # fmt: skip
