"""What the learnt component sees of a clause: named features, each readable by a person.

Words come from the clause (`w:`), from its governing words (`head:`), from frames (`f:`), from scope
(`s:`), from what the clause names (`m:`) and from where it stands (`p:`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Clause, Mention, Scope
from spacegov.extract.speech import SPEECH_VERBS

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIRST: Final = {"we", "i", "us", "our", "my"}
_OTHERS: Final = {
    "state",
    "states",
    "country",
    "countries",
    "nation",
    "nations",
    "all",
    "everyone",
    "member",
    "party",
    "power",
    "community",
}
_STOP: Final = {
    "the",
    "a",
    "an",
    "of",
    "in",
    "and",
    "to",
    "for",
    "on",
    "by",
    "be",
    "with",
    "as",
    "at",
    "from",
    "or",
    ",",
    ".",
    "'s",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: how much of its surroundings is about space."""

    number: int
    about: bool
    before: bool
    after: bool
    share: float
    """Of the block's sentences, those that name the domain."""
    density: float
    """Words of the domain in the document for each 600 characters."""

    @classmethod
    def of(cls, number: int, about: Sequence[bool], density: float) -> Place:
        """The place of the sentence with that number in its block."""
        return cls(
            number, about[number], number > 0 and about[number - 1],
            number + 1 < len(about) and about[number + 1], sum(about) / len(about), density,
        )  # fmt: skip

    def names(self) -> Iterator[str]:
        """Features of the place."""
        yield f"p:about:{self.about}"
        yield f"p:around:{self.before}|{self.about}|{self.after}"
        yield f"p:share:{round(self.share * 4)}|{self.about}"
        yield f"p:density:{min(4, round(self.density))}|{self.about}"
        if self.number == 0:
            yield "p:first"


def subject_class(clause: Clause, mentions: Sequence[Mention], authors: Sequence[str]) -> str:
    """Who or what the subject is: first, author, actor, others, instrument, topic, pronoun, thing, none."""
    subject = clause.subject
    if subject is None:
        return "none"
    low = subject.lower_
    if low in _FIRST or any(t.lower_ in {"my", "our"} for t in subject.children):
        return "first"
    if low in {"delegation", "government"}:
        return "author"
    for mention in mentions:
        if mention.start <= subject.idx < mention.end:
            if mention.kind in {"actor", "person"}:
                if mention.id in authors:
                    return "author"
                return "actor"
            if mention.kind in {"instrument", "forum"}:
                return mention.kind
    if low in {"it", "this", "that", "these", "they", "which", "those", "he", "she"}:
        return f"pronoun-{low}"
    if subject.lemma_.lower() in _OTHERS:
        return "others"
    return "thing"


def clause_features(
    clause: Clause,
    scope: Scope,
    mentions: Sequence[Mention],
    near: Sequence[Mention],
    subject: str,
    kind: str | None,
    place: Place,
) -> Iterator[tuple[str, float]]:
    """Features of one clause: (name, value), each name at most once.

    `mentions` lie in the clause, `near` before it or in the rest of the block;
    `place` says how much around it is about space.
    """
    head = clause.head
    lemma = lemma_of(head)
    yield "bias", 1.0
    yield f"kind:{clause.kind}", 1.0
    yield f"head:{lemma}", 1.0
    yield f"tag:{head.tag_}", 1.0
    yield f"subj:{subject}", 1.0
    yield f"subj+head:{subject}|{lemma}", 1.0
    yield f"subj+kind:{subject}|{clause.kind}", 1.0
    yield f"doc:{genre_of(kind)}", 1.0
    yield f"doc+kind:{genre_of(kind)}|{clause.kind}", 1.0
    if scope.modal:
        yield f"s:modal:{scope.modal}", 1.0
        yield f"s:modal+subj:{scope.modal}|{subject}", 1.0
    for name in ("negated", "question", "future", "perfect", "past", "passive", "imperative", "progressive"):
        if getattr(scope, name):
            yield f"s:{name}", 1.0
            yield f"s:{name}+subj:{subject}", 1.0
    if scope.condition:
        yield "s:condition", 1.0
    if clause.parent is not None:
        yield f"parent:{lemma_of(clause.parent.head)}", 1.0
    yield from _frames(clause, subject)
    yield from _mentions(mentions, near, clause)
    yield from _words(clause.tokens)
    for name in place.names():
        yield name, 1.0
    yield from _speech(clause, genre_of(kind))
    length = len(clause.tokens)
    yield f"p:length:{min(length // 6, 6)}", 1.0
    share = length / max(1, len(clause.sentence))
    yield f"p:share:{round(share * 4)}", 1.0


def _speech(clause: Clause, genre: str) -> Iterator[tuple[str, float]]:
    """Reported speech: what the clause is the content of, and whether it reports a content itself."""
    head = clause.head
    top = head
    while top.dep_ in {"conj", "parataxis"} and top.head.i != top.i:
        top = top.head
    if top.dep_ == "ccomp" and top.head.i != top.i:
        above = lemma_of(top.head)
        yield f"v:in:{above}", 1.0
        yield f"v:in|{genre}|{above in SPEECH_VERBS}", 1.0
    elif top is not head:
        yield f"v:conj-of:{top.dep_}", 1.0
    if any(c.dep_ == "ccomp" for c in head.children):
        yield f"v:has-ccomp|{genre}|{lemma_of(head) in SPEECH_VERBS}", 1.0


def genre_of(kind: str | None) -> str:
    """Speech, norm, news or release: how a kind of document talks."""
    if kind in {"resolution", "treaty", "guidelines", "law"}:
        return "norm"
    if kind in {"news", "report", "press-release"}:
        return "news"
    if kind in {"fact-sheet", "press-briefing", "joint-statement", "readout"}:
        return "release"
    return "speech"


def _frames(clause: Clause, subject: str) -> Iterator[tuple[str, float]]:
    acts: dict[str, float] = {}
    seen: set[str] = set()
    for hit in clause.frames:
        frame = hit.frame
        if frame.id not in seen:
            yield f"f:{frame.id}", frame.weight
            seen.add(frame.id)
        near_head = abs(hit.anchor - clause.head.i) <= 2
        if frame.act:
            key = f"{frame.act}{'@head' if near_head else ''}"
            acts[key] = max(acts.get(key, 0.0), frame.weight)
        else:
            acts[f"role-{frame.role}"] = 1.0
    for act, weight in acts.items():
        yield f"fa:{act}", weight
        yield f"fa+subj:{act}|{subject}", weight


def _mentions(mentions: Sequence[Mention], near: Sequence[Mention], clause: Clause) -> Iterator[tuple[str, float]]:
    kinds = {m.kind for m in mentions if not m.cue}
    for kind in sorted(kinds):
        yield f"m:{kind}", 1.0
    ids = {m.id for m in mentions if m.kind in {"topic", "instrument"} and not m.cue}
    for hint in sorted({m.id for m in mentions if m.cue}):
        yield f"c:id:{hint}", 1.0
    yield f"m:targets:{min(len(ids), 3)}", 1.0
    for identifier in sorted(ids):
        yield f"m:id:{identifier}", 1.0
    if not ids:
        kinds_near = {m.kind for m in near if not m.cue}
        yield f"m:near:{'topic' in kinds_near}|{'instrument' in kinds_near}", 1.0
    text = clause.words.lower()
    spacey = any(
        k in text
        for k in (
            "space",
            "satellite",
            "orbit",
            "moon",
            "lunar",
            "astronaut",
            "artemis",
            "celestial",
            "cosmo",
        )
    )
    yield f"m:space:{spacey}", 1.0


def _words(tokens: Sequence[Token]) -> Iterator[tuple[str, float]]:
    seen: set[str] = set()
    before = "^"
    for token in tokens:
        if token.is_space or token.is_punct:
            continue
        lemma = lemma_of(token)
        if lemma not in _STOP:
            seen.add(f"w:{lemma}")
        seen.add(f"b:{before}_{lemma}")
        before = lemma
    for name in sorted(seen):
        yield name, 1.0 if name[0] == "w" else 0.6
