"""Whose position a clause is.

The author's, unless the clause says otherwise: its subject, the agent of a passive, the actor of a noun of
position ('the Soviet proposal'), who says or thinks it ('Cuba said that …'), in whose eyes it stands ('enjoys the
support of Peru'). What another actor *does* is its own deed; what it is blamed for or asked to do is the author's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from spacegov.extract.actors import (
    CROWD,
    EVERY_STATE,
    ONE,
    PRIVATE,
    Names,
    bare_crowd,
    crowd_of,
    for_whom,
    is_official,
    subject_actors,
)
from spacegov.extract.allusions import BLAMING
from spacegov.extract.beside import DEEDS, MODALS, beside_the_subject
from spacegov.extract.clauses import SELF, is_first_person, subjects
from spacegov.extract.frames import lemma_of
from spacegov.extract.nouns import of_noun
from spacegov.extract.proposals import who_proposed
from spacegov.extract.records import Clause, Context, Filler, Mention, Scope
from spacegov.extract.speech import SAYING
from spacegov.extract.whose import PAIR
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_UN_BODIES: Final = {"assembly", "committee", "council", "subcommittee", "conference", "commission"}
_ABLE: Final = {"can", "could", "would", "may", "might"}
"""'Cuba cannot accept' is Cuba's; 'Cuba could do more' is the author's."""
_THIRD: Final = {"it", "they", "he", "she"}
_OF_ACTORS: Final = {
    "ready", "prepared", "willing", "committed", "determined", "able", "unable", "unwilling", "reluctant", "eager",
    "pleased", "proud", "concerned", "convinced", "confident", "aware", "grateful", "party", "member", "signatory",
    "sponsor", "co-sponsor", "cosponsor", "opposed", "interested", "bound", "keen", "free", "one", "country", "state",
    "power", "nation",
}  # fmt: skip
"""What only an actor is."""
_PAIR: Final = {"country", "nation", "side", "leader", "government", "president", "party", "state", "power"}
_WISHING: Final = {"hope", "expect", "trust", "wish", "want", "look"}
_BELIEVING: Final = {"believe", "think", "consider", "be", "feel", "convince"}
_KNOWING: Final = {"know", "note", "understand", "learn", "see", "hear", "recall", "observe", "notice"}
"""Verbs with which an author tells another's deed: 'we know that Cuba will join'."""
_DOING: Final = {"be", "have", "do", "make", "give", "become", "remain", "play", "prove", "serve", "lead", "show"}
"""What says nothing of what a subject wants."""
_CONDUCT: Final = {
    "launch", "test", "destroy", "deploy", "fire", "violate", "breach", "conduct", "jam", "shoot", "build", "threaten",
    "endanger", "undermine",
}  # fmt: skip
"""What somebody is blamed for, whoever tells it."""
_ACCOUNTS: Final = {"report", "press-release", "record", "news"}
"""Kinds of texts in which somebody tells what others said."""


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
    in_report = context.document.metadata.kind in _ACCOUNTS and not any(is_first_person(t) for t in clause.tokens)
    if in_report and _has_no_author(context, names):
        named = names.within(0, clause.start)
        if len(named) == 1:
            own = Filler(value=named, source="the only actor that the paragraph has named")
    if clause.kind == "nominal":
        return of_noun(clause, act, names, last_actor) or own
    return (
        beside_the_subject(clause, scope, act, names, context)
        or _who_says(clause, scope, act, names, context, last_actor)
        or _who_is_known(clause, act, names, context)
        or _of_subject(clause, scope, act, names, context, last_actor)
        or who_proposed(clause, act, names, context)
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
    if clause.subject is None:
        return ()
    if is_official(clause.subject):
        return for_whom(clause.head, names) or last
    return last if clause.subject.lower_ in _THIRD else ()


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
    said = _view(verb)
    if said:
        return Filler(value=said, source="unnamed states that say it")
    named = subject_actors(verb, names)
    if (subject.lower_ in SELF or set(named) & set(context.holders)) and lemma in _WISHING | _BELIEVING:
        if lemma in _WISHING or scope.future:
            return Filler(value=context.holders, source="author who hopes it")
        return None
    if lemma not in SAYING:
        return None
    if named and not set(named) & set(context.holders):
        return Filler(value=named, source="who says it")
    crowd = (crowd_of(subject) or bare_crowd(subject)) if not named else ()
    if crowd:
        return Filler(value=crowd, source="unnamed states that say it")
    if last and subject.lower_ in _THIRD - {"it"}:
        return Filler(value=last, source="pronoun for the actor of the sentence before")
    return None


def _who_is_known(clause: Clause, act: Act, names: Names, context: Context) -> Filler | None:
    """The holder of a deed that the author knows of."""
    if act not in {"reports", "proposes", "commits"} or lemma_of(clause.head) not in _KNOWING:
        return None
    deed = next((c for c in clause.head.children if c.dep_ == "ccomp"), None)
    if deed is None or not any(t.lower_ in SELF for t in subjects(clause.head)):
        return None
    named = tuple(a for a in names.particular(subject_actors(deed, names)) if a not in context.holders)
    return Filler(value=named, source="subject of what the author knows") if named else None


def _above(head: Token) -> Token | None:
    """The verb whose complement a verb is, or is coordinated with one that is."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head.head if head.dep_ == "ccomp" and head.head.i != head.i else None


# --- the subject ----------------------------------------------------------------------------------------


def _of_subject(
    clause: Clause, scope: Scope, act: Act, names: Names, context: Context, last: tuple[str, ...]
) -> Filler | None:
    """Who does it, where that is another actor than the author.

    Where nobody is the author, as in news, a reporter tells it: what a subject says or blames is the subject's own.
    """
    told = _is_told(context, names)
    if scope.modal in MODALS and not (scope.modal in _ABLE and (told or _holds_itself(clause))):
        return None
    if scope.passive:
        said = _view(clause.head)
        return Filler(value=said, source="unnamed states that say it") if said else None
    found = subject_actors(clause.head, names)
    named = names.particular(found)
    if act == "calls-for" and any(c.tag_ == "TO" for c in clause.head.children):
        named = ()  # 'to ensure that …' after another's deed is what the author asks
    blaming = act in {"criticises", "expresses-concern"}
    if PRIVATE in found and (named or (act in DEEDS and not blaming)):
        named = (*named, PRIVATE)
    if named and not set(named) & set(context.holders):
        blamed = blaming and not _holds_itself(clause, BLAMING)
        if blamed and (not told or lemma_of(clause.head) in _CONDUCT):
            return None  # what a rival does is the author's blame, not the rival's position
        if act == "supports" and not told and _is_praised(clause):
            return None
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
        named = names.within(0, clause.start)
        known = (context.holders, last, *((named,) if len(named) == PAIR else ()))
        both = next((p for p in known if len(p) > 1), ())
        if both:
            return Filler(value=both, source="the two that were named")
    crowd = tuple(dict.fromkeys(c for t in subjects(clause.head) for c in crowd_of(t)))
    blaming = act in {"criticises", "expresses-concern"}
    speaks = _holds_itself(clause, BLAMING if blaming else None) or lemma_of(clause.head) in SAYING
    if not crowd and speaks:
        crowd = tuple(dict.fromkeys(c for t in subjects(clause.head) for c in bare_crowd(t)))
    if crowd and (act in DEEDS or speaks):
        return Filler(value=crowd, source="unnamed states as subject")
    kinds = tuple(a for a in found if a not in {EVERY_STATE, PRIVATE})
    if kinds and not blaming and _holds_itself(clause, frozenset([act])):
        return Filler(value=kinds, source="kind of actors as subject")
    group = next((g for t in subjects(clause.head) for g in names.short(t)), None)
    if group and group not in context.holders and (speaks or not blaming):
        return Filler(value=(group,), source="group by its last word")
    if _un_body(clause, names) and (scope.past or scope.perfect) and act != "criticises":
        return Filler(value=("un",), source="body of the United Nations as subject")
    if last and clause.subject is not None:
        if clause.subject.lower_ in _THIRD and not _is_empty(clause.subject):
            return Filler(value=last, source="pronoun for the actor of the sentence before")
        if _is_told(context, names) and is_official(clause.subject) and not found:
            return Filler(value=last, source="office of the actor of the sentence before")
    return None


def _is_told(context: Context, names: Names) -> bool:
    """Whether a reporter tells it: nobody whom the vocabulary knows is the author, or a body reports on a meeting."""
    if context.holders == ("un",) and context.document.metadata.kind in _ACCOUNTS:
        return True
    return _has_no_author(context, names)


def _has_no_author(context: Context, names: Names) -> bool:
    return context.narrator or not any(h in names.entries for h in context.holders)


def _view(verb: Token) -> tuple[str, ...]:
    """'The view was expressed that …', as reports write where a delegation stays unnamed."""
    for token in subjects(verb):
        if lemma_of(verb) in {"express", "voice"} and lemma_of(token) in {"view", "opinion", "concern", "doubt"}:
            return (CROWD,) if token.tag_ == "NNS" else (ONE,)
    return ()


def _is_empty(subject: Token) -> bool:
    """'It is open to all', 'it is true that': nobody; 'it is ready to join' is somebody."""
    verb = subject.head
    if subject.lower_ != "it" or lemma_of(verb) != "be":
        return False
    said = [c for c in verb.children if c.dep_ in {"acomp", "attr"}]
    return bool(said) and not any(lemma_of(c) in _OF_ACTORS for c in said)


def _is_pair(token: Token) -> bool:
    """'the two sides', 'both countries', 'our countries'."""
    return lemma_of(token) in _PAIR and any(t.lower_ in {"two", "both", "our"} for t in token.children)


def _holds_itself(clause: Clause, acts: frozenset[Act] | None = None) -> bool:
    """Whether the governing word is one whose subject holds the position ('Cuba condemned …')."""
    return any(
        h.frame.subject == "holder"
        and (acts is None or h.frame.act in acts)
        and h.covers(clause.head.i)
        and h.frame.role == "act"
        for h in clause.frames
    )


def _is_praised(clause: Clause) -> bool:
    """Whether the governing word says what a subject does or is, not what it holds: 'Peru has shown the way'."""
    at_head = [h.frame for h in clause.frames if h.covers(clause.head.i)]
    if any(f.subject in {"holder", "any"} and f.act in {"supports", None} and f.role != "hedge" for f in at_head):
        return False
    return bool(at_head) or lemma_of(clause.head) in _DOING


def _un_body(clause: Clause, names: Names) -> bool:
    return any(token.lower_ in _UN_BODIES for token in subjects(clause.head))
