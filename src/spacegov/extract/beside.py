"""Holders that stand beside the subject of a clause, or in its place.

The agent of a passive ('was proposed by Cuba'), those in whose eyes a thing stands ('enjoys the support of Peru'),
lists of those who did it, 'on behalf of', 'together with'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from spacegov.extract.actors import PRIVATE, Names, crowd_of, noun_actors, subject_actors
from spacegov.extract.clauses import SELF, is_first_person, subjects
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Clause, Context, Filler, Scope
from spacegov.model import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

MODALS: Final = {"should", "must", "ought", "need", "shall", "may", "can", "could", "would", "might"}
DEEDS: Final = frozenset[Act](["reports", "proposes", "supports", "opposes", "commits"])
_WON: Final = {"enjoy", "have", "meet", "receive", "win", "command", "find", "gain", "earn", "attract"}
_FAVOUR: Final = {
    "support", "approval", "agreement", "backing", "endorsement", "sympathy", "consent", "opposition", "favour",
    "understanding", "resistance", "acceptance", "assent",
}  # fmt: skip
_ACCEPTED: Final = {"acceptable", "unacceptable", "welcome", "unwelcome"}
_PARTNERS: Final = re.compile(r"\b(?:counterpart|partner|friend|colleague|ally|allies)s?\b")
_JOINTLY: Final = re.compile(
    r"\b(?:together|jointly|along|in (?:concert|partnership|co-?operation|association)) with\b", re.IGNORECASE
)
_LISTED: Final = {"signatory", "member", "party", "sponsor", "cosponsor", "co-sponsor", "participant", "founder"}
_WORKING: Final = {"work", "cooperate", "co-operate", "collaborate", "act", "join", "go", "stand"}
_HOLDING: Final = {"host", "co-host", "cohost", "organise", "organize", "co-organise", "convene", "sponsor", "hold"}
"""What those do whose event it is: 'a workshop hosted by Fiji and Peru was opened'."""


def beside_the_subject(clause: Clause, scope: Scope, act: Act, names: Names, context: Context) -> Filler | None:
    """Agents, those in whose eyes a thing stands, lists, 'on behalf of', 'together with'."""
    if scope.passive and act in DEEDS:
        agent = _agents(clause.head, names) or (_hosts(clause, names) if act == "reports" else ())
        if agent:
            return Filler(value=agent, source="agent of a passive")
    if act in {"supports", "opposes"}:
        backer = backers(clause, names)
        if backer:
            return Filler(value=backer, source="whose support it has")
    listed = _listed(clause, names)
    if listed and act == "reports":
        return Filler(value=listed, source="list of those who did it")
    if scope.modal in MODALS:
        return None
    behalf = _on_behalf(clause, names)
    if behalf:
        return Filler(value=behalf, source="on behalf of")
    sponsors = _co_sponsors(clause, names, context) if act == "proposes" else ()
    if sponsors:
        return Filler(value=sponsors, source="sponsors together")
    together = _together(clause, names)
    if together:
        return Filler(value=tuple(dict.fromkeys((*context.holders, *together))), source="together with")
    return None


def _agents(verb: Token, names: Names) -> tuple[str, ...]:
    return _first(beneath(child, names) for child in verb.children if child.dep_ == "agent")


def _first(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return next((actors for actors in found if actors), ())


def _hosts(clause: Clause, names: Names) -> tuple[str, ...]:
    """'A workshop hosted by Fiji and Peru was opened'."""
    verbs = (v for t in subjects(clause.head) for v in t.subtree if v.dep_ == "acl" and lemma_of(v) in _HOLDING)
    return _first(_agents(verb, names) for verb in verbs)


def beneath(preposition: Token, names: Names) -> tuple[str, ...]:
    """The actors under a preposition: named ones, else kinds of them, else states without names."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            nouns = [child, *child.conjuncts]
            found = [a for noun in nouns for a in noun_actors(noun, names)]
            named = tuple(dict.fromkeys(a for a in found if not names.is_generic(a) or a == PRIVATE))
            if named:
                return named
            if found:
                return tuple(dict.fromkeys(found))
            crowd = [c for noun in nouns for c in crowd_of(noun)]
            return tuple(crowd[:1]) or names.within(child.left_edge.idx, child.idx)
    return ()


def backers(clause: Clause, names: Names) -> tuple[str, ...]:
    """'enjoys the full support of Peru', 'is unacceptable to many countries'."""
    for token in clause.tokens:
        asked = {"to", "for"} if token.lower_ in _ACCEPTED else {"of", "from"}
        if token.lower_ in _ACCEPTED:
            fits = lemma_of(token.head) in {"be", "seem", "remain", "become", "prove"}
        else:
            fits = lemma_of(token) in _FAVOUR and any(lemma_of(a) in _WON for a in list(token.ancestors)[:2])
        if not fits:
            continue
        for child in token.children:
            if child.lower_ in asked:
                found = beneath(child, names)
                if found:
                    return found
    return ()


def _listed(clause: Clause, names: Names) -> tuple[str, ...]:
    """'The other signatories are Chad, Fiji and Peru'."""
    if not any(lemma_of(t) in _LISTED for t in subjects(clause.head)):
        return ()
    if lemma_of(clause.head) not in {"be", "include", "comprise"}:
        return ()
    low = clause.head.idx
    found = names.within(low, clause.end)
    return found if len(found) > 1 else ()


def _on_behalf(clause: Clause, names: Names) -> tuple[str, ...]:
    """'signed the Accords on behalf of Uruguay'."""
    text = clause.sentence.doc.text
    whole = clause.parent if clause.kind == "participle" and clause.parent else clause
    place = text.find("on behalf of", whole.start, whole.end)
    return names.within(place + 1, place + 41)[:1] if place >= 0 else ()


def _co_sponsors(clause: Clause, names: Names, context: Context) -> tuple[str, ...]:
    """'We submitted, jointly with Chad and Peru, a draft', 'Fiji tabled a draft together with Chad'."""
    text = clause.sentence.doc.text
    joined = _JOINTLY.search(text, clause.start, clause.end)
    if joined is None or clause.subject is None or not _hangs_on(clause, joined.end() - 1):
        return ()
    own = is_first_person(clause.subject)
    movers = context.holders if own else names.particular(subject_actors(clause.head, names))
    partners = names.in_one_breath(text, joined.end(), clause.end)
    return tuple(dict.fromkeys((*movers, *partners))) if movers and partners else ()


def _hangs_on(clause: Clause, place: int) -> bool:
    """Whether the word at an offset hangs on the clause's own verb, not on one below it."""
    word = next((t for t in clause.tokens if t.idx <= place < t.idx + len(t)), None)
    above = next((a for a in word.ancestors if a.pos_ in {"VERB", "AUX"}), None) if word is not None else None
    return above is not None and above.i == clause.head.i


def _together(clause: Clause, names: Names) -> tuple[str, ...]:
    """'Together with China, we call …', 'our ministers, together with their French counterparts, …'."""
    text = clause.sentence.doc.text
    place = text.lower().find("together with", clause.start, clause.end)
    if place < 0 or clause.subject is None:
        return ()
    if place < clause.subject.idx:
        own = clause.subject.lower_ in SELF or clause.subject.pos_ == "PROPN"
        return names.within(place, min(place + 60, clause.subject.idx)) if own else ()
    if not text[:place].rstrip().endswith(",") or lemma_of(clause.head) in _WORKING:
        return ()
    stop = text.find(",", place)
    high = min(place + 60, stop if stop > 0 else clause.end)
    partners = _PARTNERS.search(text, place, high)
    return names.within(place, high) if partners or place < clause.head.idx else ()
