"""From a document to its candidates: every clause of the passages about the domain, with all that is found on it.

gate → parse → mentions, references and dates → clauses → frames, scope, context.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from spacegov.extract import decide as rules
from spacegov.extract import targets
from spacegov.extract.actors import Names
from spacegov.extract.candidate import Candidate
from spacegov.extract.clauses import find_clauses, without
from spacegov.extract.dates import find_dates
from spacegov.extract.discourse import Discourse
from spacegov.extract.features import Place, clause_features, genre_of, subject_class
from spacegov.extract.frames import FrameMatcher
from spacegov.extract.gate import density, gated_blocks, names_domain, readable
from spacegov.extract.holders import actor_of
from spacegov.extract.judge import OWN_KINDS, is_inside
from spacegov.extract.language_model import load_model
from spacegov.extract.mentions import Gazetteer
from spacegov.extract.proposals import proposer
from spacegov.extract.records import Clause, Context, DateMention, Mention
from spacegov.extract.references import references
from spacegov.extract.scope import scope_of
from spacegov.model import Block, Document, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc

_Placed = TypeVar("_Placed", Mention, DateMention)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What is found in a whole document before it is parsed; in a block of it, with the block's own offsets."""

    document: Document
    mentions: tuple[Mention, ...]
    referring: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    discourse: Discourse
    density: float

    def of(self, block: Block) -> _Found:
        """The part that stands in a block."""
        return replace(
            self, mentions=_shifted(self.mentions, block), referring=_shifted(self.referring, block),
            dates=_shifted(self.dates, block),
        )  # fmt: skip


class Finder:
    """Finds the clauses of a document and what is known of each; decides nothing."""

    def __init__(self, vocabulary: Vocabulary, language_model: str) -> None:
        self._vocabulary = vocabulary
        self.posts = {post.of: post.at for post in vocabulary.posts}
        """The actors that persons speak for."""
        self._gazetteer = Gazetteer(vocabulary)
        self._matcher = FrameMatcher(vocabulary.frames)
        self._language_model = language_model

    def candidates(self, document: Document, *, gated: bool = True) -> Iterator[Candidate]:
        """Every clause of the gated passages with its features; of the whole document where `gated` is False."""
        found = self._read(document)
        nlp = load_model(self._language_model)
        blocks = gated_blocks(document, found.mentions) if gated else readable(document)
        texts = ((document.text[b.start : b.end], (n, b)) for n, b in blocks)
        for parsed, (number, block) in nlp.pipe(texts, as_tuples=True, batch_size=32):
            yield from self._of_block(parsed, number, block, found)

    def part(self, whole: Candidate, inner: Sequence[Candidate]) -> Candidate:
        """The candidate without the words of other rows inside it: its names and features are those left."""
        clause = whole.clause
        for other in inner:
            if other.clause.kind in OWN_KINDS and is_inside(other, whole):
                clause = without(clause, other.clause)
        if clause is whole.clause:
            return whole
        inside = _within(clause, whole.mentions)
        near = (*whole.near, *(m for m in whole.mentions if m not in inside))
        clause.frames = self._matcher.match(clause.tokens)
        referring = _within(clause, whole.referring)
        part = self._candidate(clause, whole.context, inside, near, referring, whole.dates, whole.place)
        part.last_actor, part.judgement, part.row_score = whole.last_actor, whole.judgement, whole.row_score
        part.proposer = whole.proposer
        return part

    def _read(self, document: Document) -> _Found:
        mentions = self._gazetteer.find(document.text)
        in_title = self._gazetteer.find(document.metadata.title or "")
        return _Found(
            document=document, mentions=tuple(mentions),
            referring=tuple(references(document.text, mentions, self._vocabulary.entries, in_title=in_title)),
            dates=tuple(find_dates(document.text, document.metadata.date)),
            discourse=Discourse(document, self._vocabulary, mentions, self._gazetteer.find),
            density=density(document),
        )  # fmt: skip

    def _of_block(self, parsed: Doc, number: int, block: Block, whole: _Found) -> Iterator[Candidate]:
        here = whole.of(block)
        before = [m for m in whole.mentions if not m.cue and block.start - 600 <= m.start < block.start][-8:]
        sentences = list(parsed.sents)
        about = [names_domain(s.text) for s in sentences]
        last: tuple[str, ...] = ()
        for place, sentence in enumerate(sentences):
            actor: tuple[str, ...] = ()
            context = whole.discourse.of_sentence(sentence, number, here.mentions)
            for clause in find_clauses(sentence, number):
                clause.frames = self._matcher.match(clause.tokens)
                inside = _within(clause, here.mentions)
                near = (*before, *(m for m in here.mentions if m.start < clause.start or m.start >= clause.end))
                candidate = self._candidate(
                    clause, context, inside, near, _within(clause, here.referring), here.dates,
                    Place.of(place, about, whole.density),
                )  # fmt: skip
                candidate.last_actor = last
                if clause.kind == "root":
                    actor = actor_of(clause, inside, self._vocabulary.entries, context, last, self.posts)
                yield candidate
            last = actor

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
            dates=dates, subject=subject, proposer=self._proposer(clause, context, inside, near),
            decision=decision, features=features, place=place,
            target_features=targets.target_features(clause.tokens, inside, near, features),
        )  # fmt: skip

    def _proposer(
        self, clause: Clause, context: Context, inside: Sequence[Mention], near: Sequence[Mention]
    ) -> tuple[str, ...]:
        if clause.kind != "nominal":
            return ()
        text, words = context.document.text, clause.sentence.doc.text
        names = Names.of(text, words, [*inside, *near], self._vocabulary.entries, self.posts)
        return proposer(clause, names, inside, context)


def _shifted(found: Sequence[_Placed], block: Block) -> tuple[_Placed, ...]:
    """Those that stand in a block, with offsets that count from its start."""
    return tuple(
        replace(item, start=item.start - block.start, end=item.end - block.start)
        for item in found
        if block.start <= item.start and item.end <= block.end
    )


def _within(clause: Clause, found: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(m for m in found if clause.start <= m.start < clause.end)
