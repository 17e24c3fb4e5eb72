"""Holder, addressee, forum and date of a clause.

They are slots of the clause, not of the nearest noun: 'in 2008 and its updated text in 2014' hangs on
the verb. Each filler comes with the source that it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacegov.extract.allusions import BLAMING
from spacegov.extract.clauses import subjects
from spacegov.extract.discourse import state_of
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Clause, Context, DateMention, Mention, Scope
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPEAKING: Final = {"State", "HistoricalState", "Organisation", "Bloc", "StateAgency"}
_COUNTED: Final = {"country", "nation", "state", "states", "signatory", "member", "power", "delegation", "government"}
"""'States' with a capital is a proper noun to the parser, which has no singular."""
_QUANTITY: Final = {
    "many",
    "several",
    "some",
    "other",
    "more",
    "most",
    "few",
    "number",
    "majority",
    "various",
}
_OFFICES: Final = {
    "delegation",
    "government",
    "side",
    "union",
    "administration",
    "president",
    "minister",
    "representative",
    "leader",
}
BLAMED: Final = 2
"""Actors that a criticism may name as targets beside what they did."""
_UN_BODIES: Final = {"assembly", "committee", "council", "subcommittee", "conference", "commission"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """What fills a slot, and why."""

    value: tuple[str, ...]
    source: str


def holders(
    clause: Clause,
    scope: Scope,
    act: Act,
    mentions: Sequence[Mention],
    context: Context,
    entries: Mapping[str, Entry],
    *,
    last_actor: tuple[str, ...] = (),
) -> Filler:
    """Whose position the clause is (guidelines 2, 3, 15, 22).

    `last_actor` is whom a pronoun as subject ('it has proposed') stands for.
    """
    own = Filler(
        value=context.holders,
        source="speaker of the passage" if context.speaker else "author of the document",
    )
    if clause.kind == "nominal":
        found = _actors_of_noun(clause, mentions, entries)
        if found:
            return Filler(value=found, source="actor of the noun")
    if scope.passive and act in {"reports", "proposes", "supports", "opposes", "commits"}:
        agent = _agents(clause, mentions, entries)
        if agent:
            return Filler(value=agent, source="agent of a passive")
    if scope.modal in _MODALS:
        return own
    behalf = _on_behalf(clause, mentions, entries)
    if behalf:
        return Filler(value=behalf, source="on behalf of")
    if scope.passive:
        return own
    named = _actors_of_subject(clause, mentions, entries)
    together = _together(clause, mentions, entries)
    if together and not named:
        return Filler(value=tuple(dict.fromkeys((*context.holders, *together))), source="together with")
    if named and not set(named) & set(context.holders):
        if act in {"criticises", "expresses-concern"} and not _holds_itself(clause):
            return own  # what a rival does is the author's blame, not the rival's position
        return Filler(value=named, source="subject")
    if len(named) > 1 or (named and len(context.holders) > 1):
        return Filler(value=named, source="subject")
    crowd = _crowd(clause, scope)
    if crowd and act in {"reports", "supports", "opposes", "proposes", "commits"} and not named:
        return Filler(value=crowd, source="unnamed states as subject")
    if _un_body(clause, mentions) and (scope.past or scope.perfect) and act != "criticises":
        return Filler(value=("un",), source="body of the United Nations as subject")
    if last_actor and clause.subject is not None and clause.subject.lower_ in {"it", "they", "he", "she"}:
        return Filler(value=last_actor, source="pronoun for the actor of the sentence before")
    return own


_MODALS: Final = {"should", "must", "ought", "need", "shall", "may", "can", "could", "would", "might"}


def actor_of(
    clause: Clause,
    mentions: Sequence[Mention],
    entries: Mapping[str, Entry],
    context: Context,
    last: tuple[str, ...],
) -> tuple[str, ...]:
    """Other actor that a sentence is about, for the pronoun in the next one."""
    named = _actors_of_subject(clause, mentions, entries)
    if named and not set(named) & set(context.holders):
        return named
    if clause.subject is not None and clause.subject.lower_ in {"it", "they", "he", "she"}:
        return last
    return ()


def blamed(
    act: Act, mentions: Sequence[Mention], holder: Sequence[str], entries: Mapping[str, Entry]
) -> tuple[str, ...]:
    """Whose conduct a criticism is about: the states, blocs and organisations named in it, its holders apart."""
    if act != "criticises":
        return ()
    named = (
        state_of(m.id, entries)
        for m in mentions
        if m.kind == "actor" and (entries[m.id].type in _SPEAKING or m.id == "unnamed-states")
    )
    return tuple(dict.fromkeys(a for a in named if a not in holder))[:BLAMED]


def _holds_itself(clause: Clause) -> bool:
    """Whether the governing word is a verb of blame or worry whose subject holds it ('Cuba condemned …')."""
    return any(
        h.frame.subject == "holder"
        and h.frame.act in BLAMING
        and h.anchor <= clause.head.i <= h.last
        and h.frame.role == "act"
        for h in clause.frames
    )


def _on_behalf(clause: Clause, mentions: Sequence[Mention], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """'signed the Accords on behalf of Uruguay'."""
    text = clause.sentence.doc.text
    place = text.find("on behalf of", clause.start, clause.end)
    if place < 0:
        return ()
    for mention in mentions:
        if mention.kind == "actor" and place < mention.start <= place + 40 and entries[mention.id].type in _SPEAKING:
            return (state_of(mention.id, entries),)
    return ()


def _together(clause: Clause, mentions: Sequence[Mention], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """'Together with China, we call …'."""
    text = clause.sentence.doc.text[clause.start : clause.end].lower()
    place = text.find("together with")
    if place < 0 or clause.subject is None or clause.subject.lower_ not in {"we", "i"}:
        return ()
    low = clause.start + place
    return tuple(
        state_of(m.id, entries)
        for m in mentions
        if m.kind == "actor" and low < m.start < min(low + 60, clause.subject.idx) and entries[m.id].type in _SPEAKING
    )


def _span_of(token_left: int, token_right: int, mentions: Sequence[Mention]) -> list[Mention]:
    return [m for m in mentions if token_left <= m.start < token_right]


def _actors_of_subject(clause: Clause, mentions: Sequence[Mention], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    found: list[str] = []
    for token in subjects(clause.head):
        if clause.head.dep_ in {"relcl"} and token.i > clause.head.i:
            continue
        for mention in mentions:
            if mention.kind != "actor" or mention.adjective or entries[mention.id].type not in _SPEAKING:
                continue
            if mention.start <= token.idx < mention.end:
                found.append(state_of(mention.id, entries))
        if not found and (token.lower_ in _OFFICES or token.pos_ == "PROPN"):
            found.extend(
                state_of(m.id, entries)
                for m in mentions
                if m.kind == "actor"
                and token.left_edge.idx <= m.start <= token.right_edge.idx
                and entries[m.id].type in _SPEAKING
            )
    return tuple(dict.fromkeys(found))


def _agents(clause: Clause, mentions: Sequence[Mention], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    for child in clause.head.children:
        if child.dep_ == "agent":
            low, high = child.idx, child.right_edge.idx + 1
            found = [
                state_of(m.id, entries)
                for m in _span_of(low, high, mentions)
                if m.kind == "actor" and entries[m.id].type in _SPEAKING
            ]
            if found:
                return tuple(dict.fromkeys(found))
            if any(t.pos_ == "NUM" or t.lower_ in _QUANTITY for t in child.subtree) and any(
                lemma_of(t) in _COUNTED for t in child.subtree
            ):
                return ("unnamed-states",)
    return ()


def _actors_of_noun(clause: Clause, mentions: Sequence[Mention], entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Actors beside a noun of position: 'the Soviet proposal', 'a proposal by China and Russia'."""
    head = clause.head
    places: list[tuple[int, int]] = []
    for child in head.children:
        if child.dep_ in {"poss", "amod", "nmod", "compound"}:
            places.append((child.left_edge.idx, child.right_edge.idx + 1))
        elif child.text in {"of", "by"}:
            places.extend(_objects(child))
        elif child.dep_ in {"acl", "relcl"}:
            for agent in child.children:
                if agent.dep_ == "agent" or agent.lower_ == "by":
                    places.extend(_objects(agent))
    found = [
        state_of(m.id, entries)
        for low, high in places
        for m in _span_of(low, high, mentions)
        if m.kind == "actor" and entries[m.id].type in _SPEAKING
    ]
    return tuple(dict.fromkeys(found))


def _objects(preposition: Token) -> list[tuple[int, int]]:
    """Where the nouns under a preposition stand."""
    return [(n.left_edge.idx, n.right_edge.idx + 1) for n in preposition.children if n.dep_ == "pobj"]


def _crowd(clause: Clause, scope: Scope) -> tuple[str, ...]:
    """'36 other countries', 'many States' as doers."""
    for token in subjects(clause.head):
        if lemma_of(token) in _COUNTED and any(
            t.pos_ == "NUM" or t.lower_ in _QUANTITY for t in token.subtree if t.i <= token.i
        ):
            return ("unnamed-states",)
    return ()


def _un_body(clause: Clause, mentions: Sequence[Mention]) -> bool:
    for token in subjects(clause.head):
        if token.lower_ in _UN_BODIES:
            return True
        if any(m.kind == "forum" and m.start <= token.idx < m.end for m in mentions):
            return True
    return False


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
            found.append("all-states")
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
                found.append("all-states")
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
            if other.kind == "forum" and other.id != forum_id and names & {n.text.lower() for n in other.names}:
                return other.id
    return forum_id


def date(clause: Clause, scope: Scope, act: Act, dates: Sequence[DateMention], context: Context) -> Filler:
    """When the act took place: said with a past deed, else the day of the document."""
    inside = [d for d in dates if clause.start <= d.start < clause.end]
    told = scope.past or scope.perfect or clause.kind == "nominal"
    if inside and (act in {"reports", "proposes"} or (told and act in {"commits", "opposes", "supports", "calls-for"})):
        earlier = [d for d in inside if not context.date or d.value[:4] <= context.date[:4]]
        if earlier:
            nearest = min(earlier, key=lambda d: abs(d.start - clause.head.idx))
            return Filler(value=(nearest.value,), source="said in the clause")
    return Filler(value=(context.date,) if context.date else (), source="date of the document")
