"""From a document to its stances: the components in order, and nothing else.

gate → parse → mentions and dates → clauses → frames, scope, context → act, slots, targets → evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from spacegov.extract import decide as rules
from spacegov.extract import slots, targets
from spacegov.extract.actors import Names
from spacegov.extract.allusions import UNNAMED, allusions, culprits, passage
from spacegov.extract.candidate import Candidate
from spacegov.extract.clauses import find_clauses, without
from spacegov.extract.confidence import confidence_of
from spacegov.extract.dates import find_dates
from spacegov.extract.discourse import Discourse
from spacegov.extract.features import Place, clause_features, genre_of, subject_class
from spacegov.extract.frames import FrameMatcher
from spacegov.extract.gate import density, gated_blocks, names_domain, readable
from spacegov.extract.judge import OWN_KINDS, TRUST, Judge, is_inside
from spacegov.extract.language_model import DEFAULT_MODEL, load_model
from spacegov.extract.learned import LinearModel
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.proposals import proposer, sponsors
from spacegov.extract.reader import Reader
from spacegov.extract.records import Clause, Context, DateMention, Mention
from spacegov.extract.references import references
from spacegov.extract.scope import scope_of
from spacegov.extract.sides import reconcile
from spacegov.extract.whose import historical
from spacegov.model import Act, Block, Check, Document, Evidence, Stance, Vocabulary
from spacegov.stances import stance_id

if TYPE_CHECKING:
    from spacy.tokens import Doc

_Placed = TypeVar("_Placed", Mention, DateMention)
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
        row_threshold: float = 0.31,
        trust: float = TRUST,
    ) -> None:
        self._vocabulary = vocabulary
        self._posts = {post.of: post.at for post in vocabulary.posts}
        self._models = models or {}
        self.judge = Judge(self._models, reader, row_threshold=row_threshold, trust=trust)
        self._gazetteer = Gazetteer(vocabulary)
        self._matcher = FrameMatcher(vocabulary.frames)
        self._language_model = language_model
        self._density = 0.0

    def extract(self, document: Document) -> list[Stance]:
        """Stances in reading order; every quote stands letter by letter at its offsets."""
        return [outcome.stance for outcome in self.explain(document)]

    def explain(self, document: Document) -> list[Outcome]:
        """The stances of `extract` in the same order, each with what led to it."""
        candidates = self.heard(document)
        outcomes = [self._outcome(candidate, document) for candidate in self._parted(self.judge.select(candidates))]
        found = {o.stance.id: o for o in outcomes if o is not None}
        told = self._alluding(list(found.values()), candidates, document)
        return sorted(told, key=lambda o: (o.stance.evidence.start, o.stance.evidence.end, o.stance.id))

    def heard(self, document: Document) -> list[Candidate]:
        """The candidates with what the reader makes of them."""
        candidates = list(self.candidates(document))
        self.judge.hear(candidates, document)
        return candidates

    # --- finding ------------------------------------------------------------------------------------

    def candidates(self, document: Document, *, gated: bool = True) -> Iterator[Candidate]:
        """Every clause of the gated passages with its features; of the whole document where `gated` is False."""
        mentions = self._gazetteer.find(document.text)
        in_title = self._gazetteer.find(document.metadata.title or "")
        referring = references(document.text, mentions, self._vocabulary.entries, in_title=in_title)
        dates = find_dates(document.text, document.metadata.date)
        discourse = Discourse(document, self._vocabulary, mentions, self._gazetteer.find)
        nlp = load_model(self._language_model)
        blocks = gated_blocks(document, mentions) if gated else readable(document)
        self._density = density(document)
        texts = ((document.text[b.start : b.end], (n, b)) for n, b in blocks)
        for parsed, (number, block) in nlp.pipe(texts, as_tuples=True, batch_size=32):
            yield from self._of_block(parsed, number, block, document, mentions, referring, dates, discourse)

    def _of_block(
        self,
        parsed: Doc,
        number: int,
        block: Block,
        document: Document,
        mentions: Sequence[Mention],
        referring: Sequence[Mention],
        dates: Sequence[DateMention],
        discourse: Discourse,
    ) -> Iterator[Candidate]:
        shift = block.start
        local = [_shift(m, -shift) for m in mentions if block.start <= m.start and m.end <= block.end]
        local_references = [_shift(m, -shift) for m in referring if block.start <= m.start and m.end <= block.end]
        local_dates = [_shift(d, -shift) for d in dates if block.start <= d.start and d.end <= block.end]
        before = [m for m in mentions if not m.cue and block.start - 600 <= m.start < block.start][-8:]
        sentences = list(parsed.sents)
        about = [names_domain(s.text) for s in sentences]
        density = self._density
        last: tuple[str, ...] = ()
        for place, sentence in enumerate(sentences):
            here: tuple[str, ...] = ()
            context = discourse.of_sentence(sentence, number, local)
            for clause in find_clauses(sentence, number):
                clause.frames = self._matcher.match(clause.tokens)
                inside = _within(clause, local)
                near = (*before, *(m for m in local if m.start < clause.start or m.start >= clause.end))
                candidate = self._candidate(
                    clause, context, inside, near, _within(clause, local_references), tuple(local_dates),
                    Place.of(place, about, density),
                )  # fmt: skip
                candidate.last_actor = last
                if clause.kind == "root":
                    here = slots.actor_of(clause, inside, self._vocabulary.entries, context, last, self._posts)
                yield candidate
            last = here

    def _candidate(
        self,
        clause: Clause,
        context: Context,
        inside: tuple[Mention, ...],
        near: tuple[Mention, ...],
        referring: tuple[Mention, ...],
        dates: tuple[DateMention, ...],
        place: Place,
    ) -> Candidate:
        scope, genre = scope_of(clause), context.document.metadata.kind
        subject = subject_class(clause, inside, context.holders)
        features = list(clause_features(clause, scope, inside, near, subject, genre, place))
        space = ("m:space:True", 1.0) in features
        decision = rules.decide(clause, scope, subject, genre_of(genre), space)
        features += [
            (f"r:{decision.act}", decision.strength),
            (f"r:{decision.act}|{decision.polarity}", decision.strength),
            (f"r:rule:{decision.rule}", 1.0),
            (f"r:strong:{decision.strength >= 0.6}", 1.0),
        ]
        return Candidate(
            clause=clause, scope=scope, context=context, mentions=inside, near=near, referring=referring,
            dates=dates, subject=subject, proposer=self._proposer(clause, context, (*inside, *near)),
            decision=decision, features=features, place=place,
            target_features=targets.target_features(clause.tokens, inside, near, features),
        )  # fmt: skip

    def _proposer(self, clause: Clause, context: Context, known: Sequence[Mention]) -> tuple[str, ...]:
        if clause.kind != "nominal":
            return ()
        text, words = context.document.text, clause.sentence.doc.text
        return proposer(clause, Names.of(text, words, known, self._vocabulary.entries, self._posts), context)

    # --- deciding -----------------------------------------------------------------------------------

    def _parted(self, chosen: Sequence[Candidate]) -> Iterator[Candidate]:
        """The same rows, each without the words of another one inside it."""
        for outer in chosen:
            clause = outer.clause
            for inner in chosen:
                if inner.clause.kind in OWN_KINDS and is_inside(inner, outer):
                    clause = without(clause, inner.clause)
            yield outer if clause is outer.clause else self._cut(outer, clause)

    def _cut(self, whole: Candidate, clause: Clause) -> Candidate:
        """The candidate of a clause of which some words are another row's: names and features are those left."""
        inside = _within(clause, whole.mentions)
        near = (*whole.near, *(m for m in whole.mentions if m not in inside))
        clause.frames = self._matcher.match(clause.tokens)
        part = self._candidate(
            clause, whole.context, inside, near, _within(clause, whole.referring), whole.dates, whole.place
        )
        part.last_actor, part.judgement, part.row_score = whole.last_actor, whole.judgement, whole.row_score
        return part

    def _outcome(self, candidate: Candidate, document: Document) -> Outcome | None:
        entries = self._vocabulary.entries
        clause, context = candidate.clause, candidate.context
        act, polarity, sureness = self.judge.act(candidate)
        holder = slots.holders(
            clause,
            candidate.scope,
            act,
            candidate.mentions,
            context,
            entries,
            last_actor=candidate.last_actor,
            near=candidate.near,
            posts=self._posts,
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
        holder = sponsors(clause, act, holder, chosen[0], entries, context)
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


def _within(clause: Clause, found: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in found if clause.start <= m.start < clause.end)


def _shift(item: _Placed, by: int) -> _Placed:
    return replace(item, start=item.start + by, end=item.end + by)


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
