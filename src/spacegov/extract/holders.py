"""Whose position a clause is.

The author's, unless the clause says otherwise: its subject, the agent of a passive, the actor of a noun of
position ('the Soviet proposal'), who says or thinks it ('Cuba said that …'), in whose eyes it stands ('enjoys the
support of Peru'). What another actor *does* is its own deed; what it is blamed for or asked to do is the author's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacegov.extract.actors import CROWD, ONE, PRIVATE, Names, crowd_of, noun_actors, subject_actors
from spacegov.extract.allusions import BLAMING
from spacegov.extract.clauses import PROPOSING, subjects
from spacegov.extract.features import SPEECH_VERBS
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Clause, Context, Mention, Scope
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_UN_BODIES: Final = {"assembly", "committee", "council", "subcommittee", "conference", "commission"}
_MODALS: Final = {"should", "must", "ought", "need", "shall", "may", "can", "could", "would", "might"}
_ABLE: Final = {"can", "could", "would", "may", "might"}
"""'Cuba cannot accept' is Cuba's; 'Cuba could do more' is the author's."""
_DEEDS: Final = frozenset[Act](["reports", "proposes", "supports", "opposes", "commits"])
_THIRD: Final = {"it", "they", "he", "she"}
_THEIR: Final = {"its", "their", "his", "her"}
_SELF: Final = {"we", "i"}
_PAIR: Final = {"country", "nation", "side", "leader", "government", "president", "party", "state", "power"}
_WISHING: Final = {"hope", "expect", "trust", "wish", "want", "look"}
_BELIEVING: Final = {"believe", "think", "consider", "be", "feel", "convince"}
_SAYING: Final = SPEECH_VERBS | {
    "consider", "think", "feel", "hold", "agree", "insist", "propose", "suggest", "recommend", "decide", "claim",
    "contend", "urge", "demand", "request", "ask", "report", "express", "fear", "find", "admit", "confirm", "concede",
    "reaffirm", "pledge", "promise", "vow",
}  # fmt: skip
_WON: Final = {"enjoy", "have", "meet", "receive", "win", "command", "find", "gain", "earn", "attract"}
_FAVOUR: Final = {
    "support", "approval", "agreement", "backing", "endorsement", "sympathy", "consent", "opposition", "favour",
    "understanding", "resistance", "acceptance", "assent",
}  # fmt: skip
_ACCEPTED: Final = {"acceptable", "unacceptable", "welcome", "unwelcome"}
_PARTNERS: Final = re.compile(r"\b(?:counterpart|partner|friend|colleague|ally|allies)s?\b")
_LISTED: Final = {"signatory", "member", "party", "sponsor", "cosponsor", "co-sponsor", "participant", "founder"}
_WORKING: Final = {"work", "cooperate", "co-operate", "collaborate", "act", "join", "go", "stand"}


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
    near: Sequence[Mention] = (),
    posts: Mapping[str, str] | None = None,
) -> Filler:
    """Whose position the clause is (guidelines 2, 3, 15, 21 to 23, 25).

    `last_actor` is whom a pronoun as subject ('it has proposed') stands for. `near` are names around the clause,
    for a subject that stands outside it; `posts` the actors that persons speak for.
    """
    names = Names.of(context.document.text, clause.sentence.doc.text, [*mentions, *near], entries, posts)
    own = Filler(
        value=context.holders,
        source="speaker of the passage" if context.speaker else "author of the document",
    )
    if clause.kind == "nominal":
        return _of_noun(clause, act, names, last_actor) or own
    return (
        _beside_the_subject(clause, scope, act, names, context)
        or _who_says(clause, scope, act, names, context, last_actor)
        or _of_subject(clause, scope, act, names, context, last_actor)
        or own
    )


def actor_of(
    clause: Clause,
    mentions: Sequence[Mention],
    entries: Mapping[str, Entry],
    context: Context,
    last: tuple[str, ...],
    posts: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Other actor that a sentence is about, for the pronoun in the next one."""
    names = Names.of(context.document.text, clause.sentence.doc.text, mentions, entries, posts)
    named = tuple(a for a in subject_actors(clause.head, names) if not names.is_generic(a) or a == PRIVATE)
    if named and not set(named) & set(context.holders):
        return named
    if clause.subject is not None and clause.subject.lower_ in _THIRD:
        return last
    return ()


# --- beside the subject ---------------------------------------------------------------------------------


def _beside_the_subject(clause: Clause, scope: Scope, act: Act, names: Names, context: Context) -> Filler | None:
    """Agents, those in whose eyes a thing stands, lists, 'on behalf of', 'together with'."""
    if scope.passive and act in _DEEDS:
        agent = _agents(clause, names)
        if agent:
            return Filler(value=agent, source="agent of a passive")
    if act in {"supports", "opposes"}:
        backer = _backers(clause, names)
        if backer:
            return Filler(value=backer, source="whose support it has")
    listed = _listed(clause, names)
    if listed and act == "reports":
        return Filler(value=listed, source="list of those who did it")
    if scope.modal in _MODALS:
        return None
    behalf = _on_behalf(clause, names)
    if behalf:
        return Filler(value=behalf, source="on behalf of")
    together = _together(clause, names)
    if together:
        return Filler(value=tuple(dict.fromkeys((*context.holders, *together))), source="together with")
    return None


def _agents(clause: Clause, names: Names) -> tuple[str, ...]:
    for child in clause.head.children:
        if child.dep_ == "agent":
            found = _beneath(child, names)
            if found:
                return found
    return ()


def _beneath(preposition: Token, names: Names) -> tuple[str, ...]:
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


def _backers(clause: Clause, names: Names) -> tuple[str, ...]:
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
                found = _beneath(child, names)
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


def _together(clause: Clause, names: Names) -> tuple[str, ...]:
    """'Together with China, we call …', 'our ministers, together with their French counterparts, …'."""
    text = clause.sentence.doc.text
    place = text.lower().find("together with", clause.start, clause.end)
    if place < 0 or clause.subject is None:
        return ()
    if place < clause.subject.idx:
        own = clause.subject.lower_ in _SELF or clause.subject.pos_ == "PROPN"
        return names.within(place, min(place + 60, clause.subject.idx)) if own else ()
    if not text[:place].rstrip().endswith(",") or lemma_of(clause.head) in _WORKING:
        return ()
    stop = text.find(",", place)
    high = min(place + 60, stop if stop > 0 else clause.end)
    partners = _PARTNERS.search(text, place, high)
    return names.within(place, high) if partners or place < clause.head.idx else ()


# --- who says it ----------------------------------------------------------------------------------------


def _who_says(
    clause: Clause, scope: Scope, act: Act, names: Names, context: Context, last: tuple[str, ...]
) -> Filler | None:
    """The holder of a complement: who says it, or the author who hopes it."""
    verb = _above(clause.head)
    if verb is None:
        return None
    subject = next(iter(subjects(verb)), None)
    if subject is None:
        return None
    lemma = lemma_of(verb)
    named = subject_actors(verb, names)
    if (subject.lower_ in _SELF or set(named) & set(context.holders)) and lemma in _WISHING | _BELIEVING:
        if lemma in _WISHING or scope.future:
            return Filler(value=context.holders, source="author who hopes it")
        return None
    if lemma not in _SAYING:
        return None
    if named and not set(named) & set(context.holders):
        return Filler(value=named, source="who says it")
    crowd = crowd_of(subject) if not named else ()
    if crowd:
        return Filler(value=crowd, source="unnamed states that say it")
    if last and subject.lower_ in _THIRD - {"it"}:
        return Filler(value=last, source="pronoun for the actor of the sentence before")
    return None


def _above(head: Token) -> Token | None:
    """The verb whose complement a verb is, or is coordinated with one that is."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head.head if head.dep_ == "ccomp" and head.head.i != head.i else None


# --- the subject ----------------------------------------------------------------------------------------


def _of_subject(
    clause: Clause, scope: Scope, act: Act, names: Names, context: Context, last: tuple[str, ...]
) -> Filler | None:
    """Who does it, where that is another actor than the author."""
    if scope.modal in _MODALS and not (scope.modal in _ABLE and _holds_itself(clause)):
        return None
    if scope.passive:
        said = _view(clause)
        return Filler(value=said, source="unnamed states that say it") if said else None
    found = subject_actors(clause.head, names)
    named = tuple(a for a in found if not names.is_generic(a))
    if act == "calls-for" and any(c.tag_ == "TO" for c in clause.head.children):
        named = ()  # 'to ensure that …' after another's deed is what the author asks
    blaming = act in {"criticises", "expresses-concern"}
    if PRIVATE in found and (named or (act in _DEEDS and not blaming)):
        named = (*named, PRIVATE)
    if named and not set(named) & set(context.holders):
        if blaming and not _holds_itself(clause, BLAMING):
            return None  # what a rival does is the author's blame, not the rival's position
        return Filler(value=named, source="subject")
    if len(named) > 1 or (named and len(context.holders) > 1):
        return Filler(value=named, source="subject")
    if named:
        return None
    return _of_nobody_named(clause, scope, act, found, names, context, last)


def _of_nobody_named(
    clause: Clause,
    scope: Scope,
    act: Act,
    found: tuple[str, ...],
    names: Names,
    context: Context,
    last: tuple[str, ...],
) -> Filler | None:
    """Subjects without a name: 'the two sides', 'many States', 'the Committee', 'developing countries', 'they'."""
    pair = next((t for t in subjects(clause.head) if _is_pair(t)), None)
    if pair is not None:
        both = next((p for p in (context.holders, last) if len(p) > 1), ())
        if both:
            return Filler(value=both, source="the two that were named")
    crowd = tuple(dict.fromkeys(c for t in subjects(clause.head) for c in crowd_of(t)))
    blaming = act in {"criticises", "expresses-concern"}
    speaks = _holds_itself(clause, BLAMING if blaming else None) or lemma_of(clause.head) in _SAYING
    if crowd and (act in _DEEDS or speaks):
        return Filler(value=crowd, source="unnamed states as subject")
    kinds = tuple(a for a in found if a not in {"all-states", PRIVATE})
    if kinds and not blaming and _holds_itself(clause, frozenset([act])):
        return Filler(value=kinds, source="kind of actors as subject")
    group = next((g for t in subjects(clause.head) for g in names.short(t)), None)
    if group and group not in context.holders and (speaks or not blaming):
        return Filler(value=(group,), source="group by its last word")
    if _un_body(clause, names) and (scope.past or scope.perfect) and act != "criticises":
        return Filler(value=("un",), source="body of the United Nations as subject")
    if last and clause.subject is not None and clause.subject.lower_ in _THIRD:
        return Filler(value=last, source="pronoun for the actor of the sentence before")
    return None


def _view(clause: Clause) -> tuple[str, ...]:
    """'The view was expressed that …', as reports write where a delegation stays unnamed."""
    for token in subjects(clause.head):
        if lemma_of(clause.head) in {"express", "voice"} and lemma_of(token) in {"view", "opinion", "concern", "doubt"}:
            return (CROWD,) if token.tag_ == "NNS" else (ONE,)
    return ()


def _is_pair(token: Token) -> bool:
    """'the two sides', 'both countries', 'our countries'."""
    return lemma_of(token) in _PAIR and any(t.lower_ in {"two", "both", "our"} for t in token.children)


def _holds_itself(clause: Clause, acts: frozenset[Act] | None = None) -> bool:
    """Whether the governing word is one whose subject holds the position ('Cuba condemned …')."""
    return any(
        h.frame.subject == "holder"
        and (acts is None or h.frame.act in acts)
        and h.anchor <= clause.head.i <= h.last
        and h.frame.role == "act"
        for h in clause.frames
    )


def _un_body(clause: Clause, names: Names) -> bool:
    return any(token.lower_ in _UN_BODIES for token in subjects(clause.head))


# --- a noun of position ---------------------------------------------------------------------------------


def _of_noun(clause: Clause, act: Act, names: Names, last: tuple[str, ...]) -> Filler | None:
    """The holder of 'the Soviet proposal', 'a proposal by China and Russia', 'its refusal'."""
    head = clause.head
    if act in {"supports", "opposes", "criticises", "expresses-concern"} and lemma_of(head) in PROPOSING:
        backer = _backers(clause, names)  # to praise a proposal is not to have made it
        return Filler(value=backer, source="whose support it has") if backer else None
    found = _beside_noun(head, names)
    if found:
        return Filler(value=found, source="actor of the noun")
    if any(c.dep_ == "poss" and c.lower_ in _THEIR for c in head.children):
        found = _of_governing_verb(head, names) or last
        if found:
            return Filler(value=found, source="actor whose noun it is")
    return None


def _beside_noun(head: Token, names: Names) -> tuple[str, ...]:
    prepositions: list[Token] = []
    places: list[tuple[int, int]] = []
    for child in head.children:
        if child.dep_ in {"poss", "amod", "nmod", "compound"}:
            places.append((child.left_edge.idx, child.right_edge.idx + 1))
        elif child.text in {"of", "by", "from", "between"}:
            prepositions.append(child)
        elif child.dep_ in {"acl", "relcl"}:
            prepositions.extend(c for c in child.children if c.dep_ == "agent" or c.lower_ == "by")
    beside = [a for low, high in places for a in names.within(low, high, generic=True)]
    beneath = [a for preposition in prepositions for a in _beneath(preposition, names)]
    return tuple(dict.fromkeys((*beside, *beneath)))


def _of_governing_verb(noun: Token, names: Names) -> tuple[str, ...]:
    """The subject of the verb that a noun hangs on: 'Cuba repeated its readiness', 'thanked Cuba for repeating it'."""
    for above in noun.ancestors:
        if above.dep_ == "pcomp":
            thanked = [c for c in above.head.head.children if c.dep_ == "dobj"]
            return noun_actors(thanked[0], names) if thanked else ()
        if above.pos_ in {"VERB", "AUX"}:
            return subject_actors(above, names)
    return ()
