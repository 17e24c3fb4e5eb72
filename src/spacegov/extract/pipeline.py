"""From a document to its stances: the components in order, and nothing else.

finding → judgement → holders, addressees, forum, date, targets → evidence, checks, confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacegov.extract import slots, targets
from spacegov.extract.allusions import UNNAMED, allusions, culprits, passage
from spacegov.extract.candidate import Candidate
from spacegov.extract.confidence import confidence_of
from spacegov.extract.finding import Finder
from spacegov.extract.judge import TRUST, Judge
from spacegov.extract.language_model import DEFAULT_MODEL
from spacegov.extract.learned import LinearModel
from spacegov.extract.proposals import says_what, sponsors
from spacegov.extract.reader import Reader
from spacegov.extract.sides import reconcile
from spacegov.extract.whose import historical
from spacegov.model import Act, Check, Document, Evidence, Stance, Vocabulary
from spacegov.stances import stance_id

CONTEXT_LENGTH: Final = 40
"""Characters of prefix and suffix kept with a quote (W3C Web Annotation text quote)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A stance with all that led to it: what `spacegov explain` shows."""

    stance: Stance
    candidate: Candidate
    sureness: float
    """Share of the act among the eight."""
    holders: slots.Filler
    addressees: slots.Filler
    forum: slots.Filler
    date: slots.Filler
    targets: tuple[targets.Target, ...]


class Extractor:
    """Stances of documents, by frames and (where weights are given) the learnt component.

    `models` are those of `learned.load_models`; an empty mapping leaves the rules alone. `reader` is a second voice
    beside the named features; it is heard where `models` say how much it counts (`fusion`).
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        *,
        models: Mapping[str, LinearModel] | None = None,
        reader: Reader | None = None,
        language_model: str = DEFAULT_MODEL,
        row_threshold: float = 0.36,
        trust: float = TRUST,
    ) -> None:
        self._vocabulary = vocabulary
        self._models = models or {}
        self._finder = Finder(vocabulary, language_model)
        self.judge = Judge(self._models, reader, row_threshold=row_threshold, trust=trust)

    def extract(self, document: Document) -> list[Stance]:
        """Stances in reading order; every quote stands letter by letter at its offsets."""
        return [outcome.stance for outcome in self.explain(document)]

    def explain(self, document: Document) -> list[Outcome]:
        """The stances of `extract` in the same order, each with what led to it."""
        candidates = self.heard(document)
        chosen = self.judge.select(candidates)
        outcomes = [self._outcome(self._finder.part(candidate, chosen), document) for candidate in chosen]
        found = {o.stance.id: o for o in outcomes if o is not None}
        told = self._alluding(_once(list(found.values())), candidates, document)
        return sorted(told, key=lambda o: (o.stance.evidence.start, o.stance.evidence.end, o.stance.id))

    def heard(self, document: Document) -> list[Candidate]:
        """The candidates with what the reader makes of them."""
        candidates = list(self.candidates(document))
        self.judge.hear(candidates, document)
        return candidates

    def candidates(self, document: Document, *, gated: bool = True) -> Iterator[Candidate]:
        """Every clause of the gated passages with its features; of the whole document where `gated` is False."""
        return self._finder.candidates(document, gated=gated)

    # --- deciding -----------------------------------------------------------------------------------

    def _outcome(self, candidate: Candidate, document: Document) -> Outcome | None:
        entries = self._vocabulary.entries
        clause, context = candidate.clause, candidate.context
        act, polarity, sureness = self.judge.act(candidate)
        if act == "proposes" and not says_what(clause, candidate.mentions, candidate.referring):
            return None
        holder = slots.holders(
            clause,
            candidate.scope,
            act,
            candidate.mentions,
            context,
            entries,
            last_actor=candidate.last_actor,
            near=candidate.near,
            posts=self._finder.posts,
        )
        of_the_day = tuple(historical(h, context.date, self._vocabulary) for h in holder.value)
        holder = replace(holder, value=tuple(dict.fromkeys(of_the_day)))
        if not holder.value:
            return None
        when = slots.date(clause, candidate.scope, act, candidate.dates, context)
        day = when.value
        chosen = targets.choose(
            clause, act, self.judge.targets(candidate), candidate.mentions, candidate.near, entries,
            date=context.date, holders=holder.value, said=day[0] if day else None,
            referring=candidate.referring,
        )  # fmt: skip
        if not chosen:
            return None
        holder = sponsors(clause, act, holder, chosen[0], candidate.mentions, entries, context)
        block = document.blocks[clause.block]
        evidence = _evidence(document, block.start + clause.start, block.start + clause.end)
        ids = tuple(t.id for t in chosen if t.id not in holder.value) or (chosen[0].id,)
        polarity, ids = reconcile(act, polarity, ids, self._models.get("sides"))
        ids = culprits(ids, act, holder.value, candidate.mentions)
        ids = tuple(dict.fromkeys((*ids, *slots.blamed(act, candidate.mentions, holder.value, entries))))[
            : targets.MOST
        ]
        where = slots.forum(clause, act, candidate.mentions, candidate.near, context, entries)
        place = where.value
        asked = slots.addressees(clause, candidate.scope, act, candidate.mentions)
        checks = _checks(candidate, act, sureness, holder.source, chosen)
        confidence = confidence_of(self._models.get("confidence"), candidate.row_score, sureness, act, checks)
        stance = Stance(
            id=stance_id(
                doc=document.metadata.doc, start=evidence.start, end=evidence.end, holders=holder.value,
                act=act, polarity=polarity, targets=ids,
            ),
            evidence=evidence, holders=holder.value, act=act, polarity=polarity, targets=ids, addressees=asked.value,
            speaker=context.speaker, forum=place[0] if place else None, date=day[0] if day else None,
            on_behalf_of=context.on_behalf_of, condition=candidate.scope.condition, confidence=confidence,
            checks=checks, extractor=self.judge.name,
        )  # fmt: skip
        return Outcome(
            stance=stance, candidate=candidate, sureness=sureness, holders=holder, addressees=asked, forum=where,
            date=when, targets=tuple(chosen),
        )  # fmt: skip

    def _alluding(
        self, outcomes: list[Outcome], candidates: Sequence[Candidate], document: Document
    ) -> Iterator[Outcome]:
        """The same outcomes; where one has an unnamed culprit, with whom it may mean."""
        if not any(UNNAMED in {*o.stance.holders, *o.stance.targets} for o in outcomes):
            yield from outcomes
            return
        entries = self._vocabulary.entries
        passages = {}
        for candidate in candidates:
            clause = candidate.clause
            place = document.blocks[clause.block].start + clause.sentence.start_char
            if place not in passages:
                low, high = clause.sentence.start_char, clause.sentence.end_char
                inside = [m for m in (*candidate.mentions, *candidate.near) if low <= m.start < high]
                passages[place] = passage(clause.sentence, inside, entries, document.offsets[place])
        for outcome in outcomes:
            stance, clause = outcome.stance, outcome.candidate.clause
            if UNNAMED not in {*stance.holders, *stance.targets}:
                yield outcome
                continue
            here = passages[document.blocks[clause.block].start + clause.sentence.start_char]
            excluded = (*stance.holders, *stance.targets, *outcome.candidate.context.holders)
            found = allusions(here, list(passages.values()), excluded)
            checks = tuple(Check(name="may-allude", passed=True, note=a.reason) for a in found)
            stance = replace(
                stance, may_allude=tuple((a.actor, a.confidence) for a in found), checks=(*stance.checks, *checks)
            )
            yield replace(outcome, stance=stance)


def _once(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Without those that say again what the words around them say: 'declares its opposition to …' is one stance."""
    return [o for o in outcomes if not any(_says_again(o.stance, other.stance) for other in outcomes)]


def _says_again(inner: Stance, outer: Stance) -> bool:
    """Whether one of two stances of the same holders, act and side has its quotation inside the other's."""
    a, b = inner.evidence, outer.evidence
    same = (inner.act, inner.polarity, inner.holders) == (outer.act, outer.polarity, outer.holders)
    return same and b.start <= a.start and a.end <= b.end and (a.start, a.end) != (b.start, b.end)


def _evidence(document: Document, start: int, end: int) -> Evidence:
    low, high = document.source_span(start, end)
    return Evidence(
        doc=document.metadata.doc, start=low, end=high, exact=document.source[low:high],
        prefix=document.source[max(0, low - CONTEXT_LENGTH) : low],
        suffix=document.source[high : high + CONTEXT_LENGTH],
        sha256=document.sha256,
    )  # fmt: skip


def _checks(
    candidate: Candidate, act: Act, sureness: float, holder_source: str, chosen: Sequence[targets.Target]
) -> tuple[Check, ...]:
    """Named checks behind the confidence."""
    named = any(t.source.startswith("named") for t in chosen)
    return (
        Check(name="frame", passed=candidate.decision.hit is not None, note=candidate.decision.rule),
        Check(
            name="rules-agree",
            passed=candidate.decision.act == act,
            note=f"rules say {candidate.decision.act}",
        ),
        Check(name="sure-act", passed=sureness >= 0.6, note=f"{sureness:.2f}"),
        Check(name="holder-named", passed=holder_source == "subject", note=holder_source),
        Check(name="target-named", passed=named, note=chosen[0].source),
        Check(
            name="no-condition",
            passed=candidate.scope.condition is None,
            note=candidate.scope.condition or "",
        ),
    )
