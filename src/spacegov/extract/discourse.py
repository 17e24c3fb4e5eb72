"""Who is speaking: the context of each sentence of a document.

A statement's author speaks throughout. In news, records and briefings the speaker changes: a speech
verb with a subject ('Li pointed out that …', '“…”, said NASA Administrator Nelson'), a label
('MR. PRICE:') or a pronoun that carries the last speaker on. Where nobody is named, the document's
leading actor is taken and the context says that a narrator tells it. Quotations and the turns of a
record come from `voices`, whatever the kind of document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from spacegov.extract.dates import FULL_DAY, find_dates
from spacegov.extract.features import SPEECH_VERBS
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Context, Mention
from spacegov.extract.voices import Voice, quotations, turns
from spacegov.model import Document, Entry, Vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

SPEAKING: Final = {"State", "HistoricalState", "Organisation", "Bloc", "StateAgency"}
_NORMATIVE: Final = {"resolution", "treaty", "guidelines", "law"}
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
_TO_WHOM: Final = re.compile(
    r"\b(?:to|in|at|before|told|visit(?:ing)? to|addressed|against)\s+(?:the )?$", re.IGNORECASE
)
_BEHALF: Final = re.compile(
    r"\b(?:speak(?:ing|s)?|deliver\w*|mak\w+|have the honou?r to \w+)\b[^.]{0,60}\bon behalf of\b", re.I
)
_WITH: Final = re.compile(r"\b(?:Readout|Joint|(?:Meeting|Call|Engagement|Dialogue|Talks)s? with)\b")
PAIR: Final = 2
FIRST: Final = 400
"""Characters of a readout in which the other side is named."""
OPENING: Final = 1500
"""Characters of a report in which the day of the remarks is looked for."""
_JOINT: Final = re.compile(
    r"\b(?:joint|readout|meeting|dialogue|bilateral|call with|partnership|cooperation)\b|U\.S\.-", re.IGNORECASE
)
_US_OFFICES: Final = re.compile(
    r"\b(?:Office of the Spokesperson|Department of State|State Department|White House|NASA)\b", re.IGNORECASE
)


class Discourse:
    """Contexts of one document's sentences, in reading order."""

    def __init__(
        self,
        document: Document,
        vocabulary: Vocabulary,
        mentions: Sequence[Mention],
        find: Callable[[str], list[Mention]],
    ) -> None:
        self._gazetteer_find = find
        self._entries: Mapping[str, Entry] = vocabulary.entries
        self._posts = {p.of: p for p in vocabulary.posts}
        meta = document.metadata
        authors = tuple(historical(a, meta.date, vocabulary) for a in meta.authors)
        named = self._partners(document, mentions)
        groups = tuple(a for a in authors if (e := self._entries.get(a)) and e.type == "Bloc")
        if len(authors) == 1 and meta.kind in _TWO_SIDED:
            authors = tuple(dict.fromkeys((*authors, *named)))
        authors = groups or authors  # the actor of a group's statement is the group
        narrator = not authors and meta.kind in {"news", "report"}
        if not authors:
            authors = self._leading_actors(document, mentions)
        self._base = Context(
            document=document, holders=authors, speaker=meta.speaker,
            forum=meta.forum or self._forum_of_title(document),
            date=_day_of_remarks(document),
            narrator=narrator,
        )  # fmt: skip
        self._pair = tuple(dict.fromkeys((*authors, *named)))
        self._mentions = mentions
        chair = (self._base.holders, None)
        self._passages = (
            *quotations(document, self._voice_between),
            *turns(document, self._voice_between, chair),
        )
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
        if len(self._pair) == PAIR > len(self._base.holders) and _OURS.search(text):
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
        quoted = text.lstrip().startswith(("“", '"')) or self._open_quote
        self._open_quote = (text.count("“") > text.count("”")) or (self._open_quote and "”" not in text)
        if self._last is not None and quoted and block - self._block <= 1:
            self._block = block
            return self._last
        return self._base

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
        return replace(self._base, holders=actors, speaker=person, on_behalf_of=None, narrator=False)

    def _voice_between(self, start: int, end: int) -> Voice | None:
        """Whom the text names between two offsets as a speaker; nobody where a body only hears it."""
        text = self._base.document.text
        inside = [m for m in self._mentions if start <= m.start < end]
        for mention in inside:
            if mention.kind == "person" and mention.id in self._posts:
                return (state_of(self._posts[mention.id].at, self._entries),), mention.id
        for mention in inside:
            entry = self._entries.get(mention.id)
            if mention.kind != "actor" or entry is None or entry.type not in SPEAKING:
                continue
            if not _TO_WHOM.search(text[max(start, mention.start - 20) : mention.start]):
                return (state_of(mention.id, self._entries),), None
        return None

    def _forum_of_title(self, document: Document) -> str | None:
        """A summit or conference that the title names ('G7 Leaders' Communiqué')."""
        title = document.metadata.title or ""
        for mention in self._gazetteer_find(title):
            if mention.kind == "forum":
                return mention.id
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
        for token in sentence:
            if lemma_of(token) not in SPEECH_VERBS or token.pos_ != "VERB":
                continue
            subject = next((c for c in token.children if c.dep_ in {"nsubj"}), None)
            if subject is None:
                continue
            if subject.lower_ in {"he", "she"}:
                return self._last
            found = self._represented(subject, mentions)
            if found:
                actor, person = found
                return replace(self._base, holders=(actor,), speaker=person, narrator=False)
        return None

    def _represented(self, subject: Token, mentions: Sequence[Mention]) -> tuple[str, str | None] | None:
        """Actor that a grammatical subject speaks for, and the person where one is known."""
        low, high = subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge.text)
        inside = [m for m in mentions if low <= m.start < high]
        person = next((m for m in inside if m.kind == "person"), None)
        if person and person.id in self._posts:
            return self._posts[person.id].at, person.id
        actor = next((m for m in inside if m.kind == "actor"), None)
        if actor:
            return state_of(actor.id, self._entries), None
        return self._by_surname(subject.text) if subject.pos_ == "PROPN" else None

    def _by_surname(self, name: str) -> tuple[str, str | None] | None:
        """A person of the document by one part of the name ('Li' after 'Li Song')."""
        for person in self._persons:
            if name in self._entries[person].label.split() and person in self._posts:
                return self._posts[person].at, person
        return None

    def _partners(self, document: Document, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """The states in the title of a readout, dialogue or joint statement, or joined by a dash in any title.

        A readout without them ('Meeting with President Tuvuki') names the other one in its first sentences.
        """
        title = (document.metadata.title or "").replace("-", "–")  # a name begins behind a dash, not a hyphen
        found = [
            m for m in self._gazetteer_find(title)
            if m.kind == "actor" and self._entries[m.id].type in {"State", "Organisation", "HistoricalState"}
        ]  # fmt: skip
        named = tuple(dict.fromkeys(m.id for m in found))
        dashed = any(title[a.end : b.start].strip() in {"–", "and"} for a, b in pairwise(found))
        if not _JOINT.search(title) and not dashed:
            return ()
        if len(named) < PAIR and _WITH.search(title):
            first = {
                m.id for m in mentions
                if m.kind == "actor" and m.start < FIRST and self._entries[m.id].type == "State" and not m.adjective
            }  # fmt: skip
            both = {*document.metadata.authors, *named} | first
            named = tuple(sorted(both)) if len(both) == PAIR else named
        return named

    def _leading_actors(self, document: Document, mentions: Sequence[Mention]) -> tuple[str, ...]:
        """Whose document it is, where the metadata do not say."""
        meta = document.metadata
        if meta.kind == "record":
            return ("un",)
        if meta.kind in _NORMATIVE:
            return ("un",) if meta.forum is None or meta.forum.startswith(("un", "copuos")) else (meta.forum,)
        partners = self._partners(document, mentions)
        if _US_OFFICES.search(document.text[:400]) or "state.gov" in document.text[-600:]:
            return tuple(dict.fromkeys(("united-states", *partners)))
        counts: Counter[str] = Counter()
        for mention in mentions:
            entry = self._entries.get(mention.id)
            if mention.kind == "actor" and entry and entry.type in {"State", "StateAgency", "HistoricalState"}:
                counts[state_of(mention.id, self._entries)] += 3 if mention.start < 300 else 1
            elif mention.kind == "person" and mention.id in self._posts:
                counts[self._posts[mention.id].at] += 2
        if not counts:
            return ("un",) if meta.forum else ()
        best = max(counts.values())
        return (next(a for a, n in counts.items() if n == best),)


def _day_of_remarks(document: Document) -> str | None:
    """The day that a news report tells of ('on Monday'), else the document's own date."""
    meta = document.metadata
    if meta.kind == "news" and meta.date and len(meta.date) == FULL_DAY:
        days = (d.value for d in find_dates(document.text[:OPENING], meta.date) if d.relative)
        return next((d for d in days if len(d) == FULL_DAY), meta.date)
    return meta.date


def state_of(actor: str, entries: Mapping[str, Entry]) -> str:
    """A state's agency counts as the state (guideline 22); any other actor as itself."""
    entry = entries.get(actor)
    if entry and entry.type == "StateAgency":
        for broader in entry.broader:
            above = entries.get(broader)
            if above and above.type in {"State", "HistoricalState"}:
                return broader
    return actor


def historical(actor: str, date: str | None, vocabulary: Vocabulary) -> str:
    """The historical state that sat in a state's seat at a date (the Soviet Union in 1984).

    Where several fit (two German states before 1990), the one that bears the state's name is taken,
    else the state itself.
    """
    if not date:
        return actor
    modern = vocabulary.entries.get(actor)
    fitting = [
        e for e in vocabulary.entries.values()
        if e.type == "HistoricalState" and e.successors[:1] == (actor,) and e.until and date[:4] < e.until[:4]
        and (not e.since or date[:4] >= e.since[:4])
    ]  # fmt: skip
    if len(fitting) == 1:
        return fitting[0].id
    named = [e for e in fitting if modern and e.id.startswith((actor, f"{actor}-"))]
    return named[0].id if len(named) == 1 else actor
