"""From a row that a model gave to a stance, or to the reason why it is none.

The model is not trusted with anything that can be looked up: words must stand in the text, ids in the
vocabulary, and nobody gets a position who is neither the document's author nor named in the passage. That
last rule is what a text cannot talk a model out of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from spacegov.dates import date_range
from spacegov.extract.evidence_check import NotLocated, evidence_of, locate, stands
from spacegov.extract.llm_records import Passage, RawRow
from spacegov.model import ACTS, POLARITIES, Check, Document, Entry, Stance, Vocabulary
from spacegov.stances import stance_id

MOST_TARGETS: Final = 4
"""As the annotation guidelines have it."""
_TARGET_KINDS: Final = {"instrument", "topic", "actor", "forum"}
_CANDIDATE: Final = re.compile(r"new:[a-z0-9]+(?:-[a-z0-9]+)*")
_CANDIDATE_LENGTH: Final = 64
_UNNAMED: Final = {"GenericActor", "UnnamedActor"}


class RowCheck:
    """Checks of the rows of one document.

    `named` are the ids that the document names anywhere.
    """

    def __init__(self, document: Document, vocabulary: Vocabulary, named: Iterable[str], extractor: str) -> None:
        self._document = document
        self._entries: Mapping[str, Entry] = vocabulary.entries
        self._represents = {p.of: p.at for p in vocabulary.posts}
        self._named = frozenset(named)
        self._extractor = extractor

    def stance(self, row: RawRow, passage: Passage) -> tuple[Stance | None, list[str]]:
        """The stance of a row, or None; and the reasons for all that was left out."""
        reasons: list[str] = []
        place = locate(self._document.text, row.quote, start=passage.start, end=passage.end)
        if isinstance(place, NotLocated):
            return None, [place.reason]
        if row.act not in ACTS or row.polarity not in POLARITIES:
            return None, [f"{row.act!r} and {row.polarity!r} are no act and polarity"]
        holders = self._holders(row.holders, passage, reasons)
        if len(holders) < len(set(row.holders)) or not holders:
            return None, reasons or ["the row names no holder"]
        targets = tuple(t for t in self._targets(row.targets, reasons) if t not in holders)[:MOST_TARGETS]
        if not targets:
            return None, [*reasons, "no target is left"]
        evidence = evidence_of(self._document, place)
        if not stands(self._document, evidence):
            return None, ["the quotation does not stand letter by letter in the source text"]
        checks = self._checks(place.how, holders, targets, passage)
        stance = Stance(
            id=stance_id(
                doc=evidence.doc, start=evidence.start, end=evidence.end, holders=holders,
                act=row.act, polarity=row.polarity, targets=targets,
            ),
            evidence=evidence, holders=holders, act=row.act, polarity=row.polarity,
            targets=targets, addressees=self._addressees(row.addressees, reasons),
            speaker=self._speaker(row.speaker, passage, reasons), forum=self._forum(row.forum, passage, reasons),
            date=self._date(row.date, passage, reasons),
            # a share of checks passed, not a probability: nothing was calibrated for models of other people
            confidence=round(0.2 + 0.4 * sum(c.passed for c in checks) / len(checks), 2),
            checks=checks, extractor=self._extractor,
        )  # fmt: skip
        return stance, reasons

    # --- slots ----------------------------------------------------------------------------------------

    def _kind(self, identifier: str) -> str | None:
        entry = self._entries.get(identifier)
        return entry.kind if entry else None

    def _holders(self, given: Iterable[str], passage: Passage, reasons: list[str]) -> tuple[str, ...]:
        allowed = {*self._document.metadata.authors, *passage.named}
        allowed |= {self._represents[p] for p in passage.named if p in self._represents}
        kept: list[str] = []
        for holder in dict.fromkeys(given):
            if self._kind(holder) != "actor":
                reasons.append(f"holder {_short(holder)} is no actor of the vocabulary")
            elif holder not in allowed:
                reasons.append(f"holder {holder} is neither the author nor named in the passage")
            else:
                kept.append(holder)
        return tuple(kept)

    def _targets(self, given: Iterable[str], reasons: list[str]) -> list[str]:
        kept: list[str] = []
        for target in dict.fromkeys(given):
            plain = target.removeprefix("new:")
            if self._kind(plain) in _TARGET_KINDS:
                if self._may_be_meant(plain):
                    kept.append(plain)
                else:
                    reasons.append(f"target {plain} is named nowhere in the document")
            elif plain != target and _CANDIDATE.fullmatch(target) and len(target) <= _CANDIDATE_LENGTH:
                kept.append(target)
            else:
                reasons.append(f"target {_short(target)} is not in the vocabulary")
        return kept

    def _addressees(self, given: Iterable[str], reasons: list[str]) -> tuple[str, ...]:
        kept: list[str] = []
        for asked in dict.fromkeys(given):
            if self._kind(asked) in {"actor", "forum"} and self._may_be_meant(asked):
                kept.append(asked)
            else:
                reasons.append(f"addressee {_short(asked)} is not in the vocabulary or named nowhere in the document")
        return tuple(kept)

    def _may_be_meant(self, identifier: str) -> bool:
        """Topics and instruments are often described; an actor or a forum must be named, or have no name."""
        entry = self._entries[identifier]
        if entry.kind not in {"actor", "forum"} or entry.type in _UNNAMED:
            return True
        metadata = self._document.metadata
        return identifier in self._named or identifier in {*metadata.authors, metadata.forum}

    def _speaker(self, given: str | None, passage: Passage, reasons: list[str]) -> str | None:
        speaker = self._document.metadata.speaker
        if given is None or given == speaker or (self._kind(given) == "person" and given in passage.named):
            return given
        reasons.append(f"speaker {_short(given)} is neither the document's nor named in the passage")
        return None

    def _forum(self, given: str | None, passage: Passage, reasons: list[str]) -> str | None:
        forum = self._document.metadata.forum
        if given is None or given == forum or (self._kind(given) in {"forum", "meeting"} and given in passage.named):
            return given
        reasons.append(f"forum {_short(given)} is neither the document's nor named in the passage")
        return None

    def _date(self, given: str | None, passage: Passage, reasons: list[str]) -> str | None:
        if given is None:
            return None
        try:
            date_range(given)
        except ValueError:
            reasons.append(f"date {_short(given)} is no date")
            return None
        said = f"{passage.introduced_by} {self._document.text[passage.start : passage.end]}"
        if given[:4] in said or given[:4] == (self._document.metadata.date or "")[:4]:
            return given
        reasons.append(f"date {given} is neither the document's year nor in the passage")
        return None

    def _checks(
        self, how: str, holders: tuple[str, ...], targets: tuple[str, ...], passage: Passage
    ) -> tuple[Check, ...]:
        return (
            Check(name="quote-exact", passed=how == "exact", note=how),
            Check(name="holder-named", passed=set(holders) <= passage.named, note="named or author"),
            Check(name="target-named", passed=bool(passage.named & set(targets)), note=targets[0]),
            Check(name="target-known", passed=not any(t.startswith("new:") for t in targets)),
        )


def _short(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:39] + "…")
