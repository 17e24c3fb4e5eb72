"""What a stance is about: instruments first, then topics, then actors whose conduct it is.

Evidence for a target is added up: its names in the clause, names in the rest of the sentence, names
that a pronoun or 'this Treaty' points back to, and the words of the clause as the learnt model weighs
them. What nothing fits becomes a candidate topic with its phrase; it is never dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacegov.extract.dates import FULL_DAY
from spacegov.extract.records import Clause, Mention
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANAPHORA: Final = {
    "it",
    "this",
    "that",
    "these",
    "those",
    "such",
    "they",
    "latter",
    "former",
    "which",
    "same",
}
NAME_BONUS: Final = 0.25
"""What its name in the clause adds to a topic's score …"""
INSTRUMENT_BONUS: Final = 0.4
"""… and to that of an instrument; texts name instruments in passing less often than topics."""
CUE_BONUS: Final = 0.1
"""What a cue adds."""
REFERENCE_BONUS: Final = 0.45
"""What a short reference ('the Accords') adds to the score of what it stands for."""
BREATH: Final = 8
"""Characters between two names in one breath: 'China and Russia'."""
LEAST_CHANCE: Final = 0.08
"""Chance by the models below which a target is not thought of."""
USUAL: Final = 3
"""Targets of a row by score; further instruments that the clause names are added."""
LEAST_SCORE: Final = 0.1
"""Score that a target beside the best one needs at least …"""
BESIDE: Final = 0.45
"""… and the share of the best score, where the clause does not name it."""
INTERNATIONAL: Final = "international-cooperation"
BILATERAL: Final = "bilateral-cooperation"
"""What two states do together is that of the two (guideline 23)."""
MOST: Final = 4
"""Targets a row may have (guideline 14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One candidate with what speaks for it."""

    id: str
    score: float
    source: str


def target_features(
    tokens: Sequence[Token],
    inside: Sequence[Mention],
    near: Sequence[Mention],
    words: Sequence[tuple[str, float]],
) -> list[tuple[str, float]]:
    """Features of the target model: words of the clause, names in it (`m:`), names around it (`n:`)."""
    features = [("bias", 1.0), *((n, v) for n, v in words if n[:2] in {"w:", "b:"})]
    features += [(f"m:{i}", 1.0) for i in sorted({m.id for m in inside if not m.cue})]
    features += [(f"c:{i}", 1.0) for i in sorted({m.id for m in inside if m.cue})]
    features += [(f"n:{i}", 1.0) for i in sorted({m.id for m in near if not m.cue})]
    return features


def choose(
    clause: Clause,
    act: Act,
    learnt: Mapping[str, float],
    inside: Sequence[Mention],
    near: Sequence[Mention],
    entries: Mapping[str, Entry],
    *,
    date: str | None,
    holders: Sequence[str] = (),
    said: str | None = None,
    referring: Sequence[Mention] = (),
) -> list[Target]:
    """Targets of a clause, best first; at least one.

    `learnt` is the chance of each that the models give, `referring` are short references in the clause.
    """
    scores = {
        label: chance for label, chance in learnt.items()
        if chance > LEAST_CHANCE and label in entries and _may_be_meant(entries[label], date)
    }  # fmt: skip
    sources = dict.fromkeys(scores, "words of the clause")
    for mention in inside:
        if mention.kind not in {"topic", "instrument"}:
            continue
        if mention.cue:
            scores[mention.id] = scores.get(mention.id, 0.03) + CUE_BONUS
            sources.setdefault(mention.id, f"hinted at: '{mention.text}'")
            continue
        bonus = INSTRUMENT_BONUS if mention.kind == "instrument" else NAME_BONUS
        scores[mention.id] = max(scores.get(mention.id, 0.05) + bonus, scores.get(mention.id, 0.0))
        sources[mention.id] = f"named: '{mention.text}'"
    named_instruments = list(dict.fromkeys(m.id for m in inside if m.kind == "instrument" and not m.cue))
    text = described(clause, act, holders, said, date, inside, near, entries)
    if text is not None:
        scores[text] = scores.get(text, 0.05) + 0.7
        sources[text] = "described: a draft by its sponsors and date"
    for mention in referring:
        scores[mention.id] = scores.get(mention.id, 0.05) + REFERENCE_BONUS
        sources.setdefault(mention.id, f"refers back: '{mention.text}'")
    if _points_back(clause) and not referring and not any(m.kind == "instrument" for m in inside):
        for mention in reversed(near):
            if mention.kind in {"instrument", "topic"} and not mention.cue:
                scores[mention.id] = scores.get(mention.id, 0.05) + (0.4 if mention.kind == "instrument" else 0.2)
                sources.setdefault(mention.id, f"pointed back to: '{mention.text}'")
                break
    if _are_two_states(holders, entries) and INTERNATIONAL in scores and BILATERAL in entries:
        sources.setdefault(BILATERAL, sources[INTERNATIONAL])
        scores[BILATERAL] = max(scores.get(BILATERAL, 0.0), scores.pop(INTERNATIONAL))
    ranked = sorted(scores, key=lambda i: (-scores[i], i))
    least = max(LEAST_SCORE, BESIDE * scores[ranked[0]]) if ranked else LEAST_SCORE
    fitting = [i for i in ranked if scores[i] >= (LEAST_SCORE if sources[i].startswith("named") else least)]
    chosen = fitting[:USUAL] or ranked[:1]
    chosen += [i for i in named_instruments if i not in chosen][: MOST - len(chosen)]
    if not chosen:
        phrase = candidate_phrase(clause)
        return [Target(id=f"new:{phrase}", score=0.1, source="nothing in the vocabulary fits")] if phrase else []
    return [Target(id=i, score=round(scores[i], 3), source=sources[i]) for i in chosen]


def _are_two_states(holders: Sequence[str], entries: Mapping[str, Entry]) -> bool:
    types = [entries[h].type for h in holders if h in entries]
    return len(holders) == len(types) == 2 and set(types) <= {"State", "HistoricalState"}


_DRAFT: Final = re.compile(
    r"\bdraft (?:treaty|resolution|text|convention|agreement|principles)"
    r"|\b(?:new|its|this|that|their) draft(?: (?:treaty|resolution|text|convention|agreement|principles))?\b"
    r"|\bworking paper\b"
    r"|\bdraft\b[^.]{0,30}\btreaty\b", re.IGNORECASE,
)  # fmt: skip
_KINDS: Final = {
    "treaty": {"DraftTreaty"}, "convention": {"DraftTreaty"}, "agreement": {"DraftTreaty"},
    "resolution": {"DraftResolution"}, "paper": {"WorkingPaper"}, "principles": {"WorkingPaper", "DraftResolution"},
}  # fmt: skip


def described(
    clause: Clause,
    act: Act,
    holders: Sequence[str],
    said: str | None,
    date: str | None,
    inside: Sequence[Mention],
    near: Sequence[Mention],
    entries: Mapping[str, Entry],
) -> str | None:
    """The instrument meant by 'the draft treaty that China and Russia submitted in 2008'.

    Sponsors must be among the actors named or holding ('that draft': or named last before), the kind must fit, and
    it must be no later than the document; the one nearest to the date said is taken, else the newest. A draft
    resolution bears the day of its vote, so it may be up to a month younger than the text.
    """
    words = clause.words
    found = _DRAFT.search(words)
    if found is None:
        return None
    kinds = next((k for w, k in _KINDS.items() if w in found.group().lower()), {"DraftTreaty", "DraftResolution"})
    actors = {m.id for m in inside if m.kind == "actor"} | (set(holders) if act == "proposes" else set())
    if found.group().lower().startswith(("this ", "that ")):
        actors |= _named_last([m for m in near if m.kind == "actor" and m.start < clause.start])
    fitting = [
        e for e in entries.values()
        if e.type in kinds and e.sponsors and e.since and _known_by(e, date)
        and set(e.sponsors[:2]) <= actors | {_MODERN.get(a, a) for a in actors}
    ]  # fmt: skip
    if said and any((e.since or "")[:4] == said[:4] for e in fitting):
        fitting = [e for e in fitting if (e.since or "")[:4] == said[:4]]
    if not fitting:
        return None
    return max(fitting, key=lambda e: (e.since or "", e.id)).id


_MODERN: Final = {"ussr": "russia"}
_NEXT_MONTH: Final = dt.timedelta(days=31)


def _may_be_meant(entry: Entry, day: str | None) -> bool:
    """Whether a text of that day can be about something that it does not name: no instrument of a later day."""
    return entry.kind != "instrument" or _known_by(entry, day)


def _known_by(draft: Entry, day: str | None) -> bool:
    """Whether a text of that day can speak of a draft or another instrument."""
    since = draft.since or ""
    if day is None or since <= day + "~":
        return True
    if draft.type != "DraftResolution" or len(day) < FULL_DAY or len(since) < FULL_DAY:
        return False
    return dt.date.fromisoformat(since) - dt.date.fromisoformat(day) <= _NEXT_MONTH


def _named_last(before: Sequence[Mention]) -> set[str]:
    """The actor named last before a clause, with those named in one breath with it."""
    last = max(before, key=lambda m: m.start, default=None)
    return {m.id for m in before if last is not None and last.start - m.end <= BREATH}


def _points_back(clause: Clause) -> bool:
    subject = clause.subject
    if subject is not None and (subject.lower_ in _ANAPHORA or any(t.lower_ in _ANAPHORA for t in subject.children)):
        return True
    return any(t.lower_ in {"this", "that", "such", "these", "those"} and t.dep_ == "det" for t in clause.tokens)


def candidate_phrase(clause: Clause) -> str:
    """A short kebab-case name for a target that no entry fits: the object's noun phrase."""
    for token in clause.tokens:
        if token.dep_ in {"dobj", "pobj", "nsubjpass", "attr"} and token.pos_ in {"NOUN", "PROPN"}:
            words = [t.lower_ for t in token.subtree if t.dep_ in {"amod", "compound", "ROOT"} or t.i == token.i]
            return re.sub(r"[^a-z0-9]+", "-", " ".join(words)).strip("-")[:60]
    words = [t.lower_ for t in clause.tokens if t.pos_ in {"NOUN", "PROPN"}][:3]
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words)).strip("-")[:60]
