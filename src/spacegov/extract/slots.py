"""Addressee, forum and date of a clause; its holder comes from `holders`.

They are slots of the clause, not of the nearest noun: 'in 2008 and its updated text in 2014' hangs on
the verb. Each filler comes with the source that it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from spacegov.extract.actors import EVERY_STATE
from spacegov.extract.clauses import subjects
from spacegov.extract.frames import lemma_of
from spacegov.extract.holders import actor_of, holders
from spacegov.extract.records import Clause, Context, DateMention, Filler, Mention, Scope
from spacegov.extract.speech import SPEECH_VERBS
from spacegov.extract.whose import SPEAKING, state_of
from spacegov.model import Act, Entry

__all__ = ["Filler", "actor_of", "addressees", "at_date", "blamed", "date", "forum", "holders"]

BLAMED: Final = 2
"""Actors that a criticism may name as targets beside what they did."""


def blamed(
    act: Act, mentions: Sequence[Mention], holder: Sequence[str], entries: Mapping[str, Entry]
) -> tuple[str, ...]:
    """Whose conduct a criticism is about: the states, blocs and organisations named in it, its holders apart."""
    if act != "criticises":
        return ()
    named = (
        state_of(m.id, entries)
        for m in mentions
        if m.kind == "actor" and (entries[m.id].type in SPEAKING or m.id == "unnamed-states")
    )
    return tuple(dict.fromkeys(a for a in named if a not in holder))[:BLAMED]


def _span_of(token_left: int, token_right: int, mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if token_left <= m.start < token_right]


def addressees(clause: Clause, scope: Scope, act: Act, mentions: Sequence[Mention]) -> Filler:
    """Who is asked to act: the subject of 'should', the object of 'call upon'."""
    if act != "calls-for":
        return Filler(value=(), source="no demand")
    found: list[str] = []
    for token in subjects(clause.head):
        found.extend(
            m.id for m in mentions if m.kind in {"actor", "forum"} and m.start <= token.idx < m.end and not m.adjective
        )
        if (
            not found
            and lemma_of(token) in {"state", "country", "nation"}
            and any(t.lower_ in {"all", "every"} for t in token.subtree)
        ):
            found.append(EVERY_STATE)
    for child in clause.head.children:
        if child.dep_ in {"dobj", "prep"} and lemma_of(clause.head) in {
            "call",
            "urge",
            "ask",
            "invite",
            "request",
            "appeal",
            "encourage",
        }:
            low, high = child.left_edge.idx, child.right_edge.idx + 1
            found.extend(
                m.id for m in _span_of(low, high, mentions) if m.kind in {"actor", "forum"} and not m.adjective
            )
            if any(t.lower_ == "all" for t in child.subtree) and any(
                lemma_of(t) in {"state", "country", "nation"} for t in child.subtree
            ):
                found.append(EVERY_STATE)
    return Filler(value=tuple(dict.fromkeys(found))[:3], source="the one who is asked")


_PLACED: Final = re.compile(r"(?:^|\W)(?:to|in|at|before|(?:meeting|session)s? of)(?: the)?\s*$", re.IGNORECASE)
_SHORT_BODY: Final = re.compile(
    r"\b(?:to|in|at|before) (?:the|that) (Council|Committee|Assembly|Conference|Commission)\b"
)
"""A body by its last word: 'in the Council'."""


def forum(
    clause: Clause,
    act: Act,
    mentions: Sequence[Mention],
    near: Sequence[Mention],
    context: Context,
    entries: Mapping[str, Entry],
) -> Filler:
    """In which forum the act takes place: named after a verb of submission, else the document's."""
    if act in {"proposes", "reports", "opposes"}:
        text = clause.sentence.doc.text
        for mention in mentions:
            if mention.kind == "forum" and _PLACED.search(text[max(0, mention.start - 30) : mention.start]):
                return Filler(value=(at_date(mention.id, context.date, entries),), source="named in the clause")
        short = _SHORT_BODY.search(text[clause.start : clause.end])
        if short:
            word = short.group(1).lower()
            for mention in reversed(near):
                if mention.kind == "forum" and word in entries[mention.id].label.lower():
                    return Filler(value=(mention.id,), source=f"'the {short.group(1)}' points back")
    return Filler(value=(context.forum,) if context.forum else (), source="forum of the document")


def at_date(forum_id: str, date: str | None, entries: Mapping[str, Entry]) -> str:
    """The forum itself; a body that did not exist at the date gives its predecessor where one is named alike."""
    entry = entries.get(forum_id)
    if entry and date and entry.since and date[:4] < entry.since[:4]:
        names = {n.text.lower() for n in entry.names}
        for other in entries.values():
            there = (other.since or "")[:4] <= date[:4] <= (other.until or "9999")[:4]
            alike = names & {n.text.lower() for n in other.names}
            if other.kind == "forum" and other.id != forum_id and there and alike:
                return other.id
    return forum_id


_UNDATED: Final = frozenset[Act](["criticises", "expresses-concern"])
"""Acts whose clause dates what is blamed or feared; the act itself only where its verb is one of speech."""


def date(clause: Clause, scope: Scope, act: Act, dates: Sequence[DateMention], context: Context) -> Filler:
    """When the act took place: said with a past deed, else the day of the document."""
    inside = [d for d in dates if clause.start <= d.start < clause.end]
    told = scope.past or scope.perfect or clause.kind == "nominal"
    spoken = told and lemma_of(clause.head) in SPEECH_VERBS
    if inside and (act in {"reports", "proposes"} or (told and act not in _UNDATED) or spoken):
        earlier = [d for d in inside if not context.date or d.value[:4] <= context.date[:4]]
        if earlier:
            nearest = min(earlier, key=lambda d: abs(d.start - clause.head.idx))
            return Filler(value=(nearest.value,), source="said in the clause")
    return Filler(value=(context.date,) if context.date else (), source="date of the document")
