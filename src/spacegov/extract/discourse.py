"""Who is speaking: the context of each sentence of a document.

A statement's author speaks throughout. In news, records and briefings the speaker changes: a speech
verb with a subject ('Li pointed out that …', '“…”, said NASA Administrator Nelson'), a label
('MR. PRICE:') or a pronoun that carries the last speaker on. Where nobody is named, the document's
leading actor is taken and the context says that a narrator tells it. Quotations and the turns of a
record come from `voices`, whatever the kind of document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacegov.extract.actors import is_official
from spacegov.extract.dates import find_dates
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Context, Mention
from spacegov.extract.speech import TELLING
from spacegov.extract.voices import Voice, quotations, turns
from spacegov.extract.whose import (
    PAIR,
    SPEAKING,
    Finder,
    day_of_remarks,
    forum_of_group,
    forum_of_title,
    historical,
    leading_actors,
    partners_of,
    stands_for,
    state_of,
)
from spacegov.model import Document, Entry, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_TWO_SIDED: Final = {"fact-sheet", "joint-statement", "readout", "press-release"}
_OURS: Final = re.compile(
    r"\b(?:our|these|the) two (?:countries|nations|peoples|governments|sides|leaders|presidents|democracies)\b"
    r"|\bour (?:countries|nations|peoples|governments)\b"
    r"|\bboth (?:our )?(?:countries|nations|sides|governments|leaders)\b|\bboth of our\b|\btogether,? we\b"
    r"|\bthe (?:two )?sides\b|\bthe leaders\b"
    r"|\bthey (?:also |both |further )?(?:agreed|discussed|reaffirmed|decided)\b",
    re.IGNORECASE,
)
"""The plural self of two states."""
_OURS_OR_WE: Final = re.compile(rf"{_OURS.pattern}|\bwe\b", re.IGNORECASE)
"""The same, where the two have just been the subject together."""
_PERSON: Final = frozenset(("he", "she"))
_TO_WHOM: Final = re.compile(
    r"\b(?:to|in|at|before|told|visit(?:ing)? to|addressed|against)\s+(?:the )?$", re.IGNORECASE
)
_BEHALF: Final = re.compile(
    r"\b(?:speak(?:ing|s)?|deliver\w*|mak\w+|have the honou?r to \w+)\b[^.]{0,60}\bon behalf of\b", re.I
)


class Discourse:
    """Contexts of one document's sentences, in reading order."""

    def __init__(
        self,
        document: Document,
        vocabulary: Vocabulary,
        mentions: Sequence[Mention],
        find: Finder,
    ) -> None:
        self._entries: Mapping[str, Entry] = vocabulary.entries
        self._posts = {p.of: p.at for p in vocabulary.posts}
        meta = document.metadata
        authors = tuple(historical(state_of(a, self._entries), meta.date, vocabulary) for a in meta.authors)
        named = partners_of(document, mentions, vocabulary, find)
        groups = tuple(a for a in authors if (e := self._entries.get(a)) and e.type == "Bloc")
        if len(authors) == 1 and meta.kind in _TWO_SIDED:
            authors = tuple(dict.fromkeys((*authors, *named)))
        authors = groups or authors  # the actor of a group's statement is the group
        narrator = not authors and meta.kind in {"news", "report"}
        if not authors:
            authors = leading_actors(document, mentions, vocabulary, find)
        self._base = Context(
            document=document, holders=authors, speaker=meta.speaker,
            forum=meta.forum or forum_of_title(document, find) or forum_of_group(authors, vocabulary),
            date=day_of_remarks(document),
            narrator=narrator,
        )  # fmt: skip
        self._pair = tuple(dict.fromkeys((*authors, *named)))
        self._together = False
        self._mentions = mentions
        chair = (self._base.holders, None)
        self._passages = (
            *quotations(document, self._voice_between),
            *turns(document, self._voice_between, chair),
        )
        self._days = {
            p.told: said[-1].value
            for p in self._passages if (said := find_dates(document.text[slice(*p.told)], self._base.date))
        }  # fmt: skip
        self._said_for: dict[str, str] = {}
        """Actors of speakers without an entry, by surname: 'Borisov' after 'Roscosmos chief Yury Borisov said'."""
        self._persons = tuple(dict.fromkeys(m.id for m in mentions if m.kind == "person"))
        self._last: Context | None = None
        self._block = -1
        self._open_quote = False

    @property
    def base(self) -> Context:
        """The document's own voice."""
        return self._base

    def of_sentence(self, sentence: Span, block: int, mentions: Sequence[Mention]) -> Context:
        """The context of the next sentence; call in reading order."""
        text = sentence.text
        voice = self._voice_of(sentence, block)
        if voice is not None:
            return voice
        if _BEHALF.search(text):
            self._behalf(text, sentence, mentions)
        self._heed_subject(sentence, mentions)
        ours = _OURS if not self._together else _OURS_OR_WE
        if len(self._pair) == PAIR > len(self._base.holders) and ours.search(text):
            return replace(self._base, holders=self._pair)
        if not self._base.narrator and self._base.document.metadata.kind not in {
            "news",
            "press-release",
            "press-briefing",
        }:
            return self._base
        if self._last is not None and sentence.start and sentence.doc[sentence.start - 1].text in {";", ":"}:
            return self._last  # the next item of a list that somebody is quoted with
        speaker = self._speaker_in(sentence, mentions)
        if speaker is not None:
            self._last = speaker
            self._block = block
            return speaker
        doer = self._official_in(sentence, mentions)
        if doer is not None:  # 'the minister defended it. “…”, he said'
            self._last, self._block = doer, block
            return self._base
        quoted = text.lstrip().startswith(("“", '"')) or self._open_quote
        self._open_quote = (text.count("“") > text.count("”")) or (self._open_quote and "”" not in text)
        if self._last is not None and quoted and block - self._block <= 1:
            self._block = block
            return self._last
        return self._base

    def _heed_subject(self, sentence: Span, mentions: Sequence[Mention]) -> None:
        """'Chad and Peru will cooperate … We agreed …': who 'we' are, until one of the two acts alone again."""
        author = self._base.holders
        if self._base.document.metadata.kind not in _TWO_SIDED or len(author) != 1:
            return
        for token in sentence:
            if token.dep_ not in {"nsubj", "nsubjpass"}:
                continue
            low, high = token.left_edge.idx, token.right_edge.idx + len(token.right_edge.text)
            named = [m.id for m in mentions if m.kind in {"actor", "person"} and low <= m.start < high]
            actors = {a for i in named if (a := stands_for(i, self._entries, self._posts)) is not None}
            if author[0] in actors:
                self._together = len(actors) == PAIR
                self._pair = (*author, *(actors - {*author})) if self._together else self._pair

    def _voice_of(self, sentence: Span, block: int) -> Context | None:
        """The context of a sentence that stands in another's words."""
        blocks = self._base.document.blocks
        if not self._passages or block >= len(blocks):
            return None
        start = blocks[block].start + sentence.start_char
        end = start + len(sentence.text)
        passage = next((p for p in self._passages if p.holds(start, end)), None)
        if passage is None:
            return None
        actors, person = passage.voice
        day = self._days.get(passage.told, self._base.date)
        return replace(self._base, holders=actors, speaker=person, on_behalf_of=None, narrator=False, date=day)

    def _voice_between(self, start: int, end: int) -> Voice | None:
        """Whom the text names between two offsets as a speaker; nobody where a body only hears it."""
        text = self._base.document.text
        inside = [m for m in self._mentions if start <= m.start < end]
        for mention in inside:
            if mention.kind == "person" and mention.id in self._posts:
                return (state_of(self._posts[mention.id], self._entries),), mention.id
        for mention in inside:
            entry = self._entries.get(mention.id)
            if mention.kind != "actor" or entry is None or entry.type not in SPEAKING:
                continue
            if not _TO_WHOM.search(text[max(start, mention.start - 20) : mention.start]):
                return (state_of(mention.id, self._entries),), None
        return None

    def _behalf(self, text: str, sentence: Span, mentions: Sequence[Mention]) -> None:
        place = text.lower().find("on behalf of")
        start = sentence.start_char + place
        for mention in mentions:
            entry = self._entries.get(mention.id)
            if (
                mention.kind == "actor"
                and start < mention.start < start + 60
                and entry
                and entry.type in {"Bloc", "Organisation"}
            ):
                self._base = replace(self._base, holders=(mention.id,), on_behalf_of=mention.id)
                return

    def _speaker_in(self, sentence: Span, mentions: Sequence[Mention]) -> Context | None:
        for subject in _tellers(sentence):
            if subject.lower_ in _PERSON:
                return self._last
            voice = self._voice_for(subject, mentions)
            if voice is not None:
                return voice
            if any(c.lower_ in {"a", "an", "one"} for c in subject.children):
                self._last = None  # 'a manager said': somebody new
        doer = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
        return self._last if doer is not None and doer.lower_ in _PERSON else None

    def _official_in(self, sentence: Span, mentions: Sequence[Mention]) -> Context | None:
        """The voice of a person in office who does something in a sentence: whom 'he said' stands for later."""
        for subject in (c for c in sentence.root.children if c.dep_ == "nsubj"):
            is_actor = any(m.kind == "actor" and m.start <= subject.idx < m.end for m in mentions)
            if not is_actor and (subject.pos_ == "PROPN" or is_official(subject)):
                voice = self._voice_for(subject, mentions)
                if voice is not None:
                    return voice
        return None

    def _voice_for(self, subject: Token, mentions: Sequence[Mention]) -> Context | None:
        """The context of what a grammatical subject says."""
        found = self._represented(subject, mentions)
        return replace(self._base, holders=found[:1], speaker=found[1], narrator=False) if found else None

    def _represented(self, subject: Token, mentions: Sequence[Mention]) -> tuple[str, str | None] | None:
        """Actor that a grammatical subject speaks for, and the person where one is known."""
        low, high = subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge.text)
        inside = [m for m in mentions if low <= m.start < high]
        person = next((m for m in inside if m.kind == "person"), None)
        if person and person.id in self._posts:
            return self._posts[person.id], person.id
        actor = next((m for m in inside if m.kind == "actor"), None)
        if actor:
            of = state_of(actor.id, self._entries)
            if subject.pos_ == "PROPN" and not actor.start <= subject.idx < actor.end:
                self._said_for[subject.text] = of
            return of, None
        return self._by_surname(subject.text) if subject.pos_ == "PROPN" else None

    def _by_surname(self, name: str) -> tuple[str, str | None] | None:
        """A person of the document by one part of the name ('Li' after 'Li Song')."""
        for person in self._persons:
            if name in self._entries[person].label.split() and person in self._posts:
                return self._posts[person], person
        return (self._said_for[name], None) if name in self._said_for else None


def _tellers(sentence: Span) -> Iterator[Token]:
    """Who says something in a sentence, in reading order: subjects of verbs of telling, and 'according to …'."""
    for token in sentence:
        if token.lower_ == "according" and token.i + 1 < sentence.end and token.nbor().lower_ == "to":
            yield from (o for c in (token, token.nbor()) for o in c.children if o.dep_ == "pobj")
        elif lemma_of(token) in TELLING and token.pos_ == "VERB":
            yield from [c for c in token.children if c.dep_ == "nsubj"][:1]
