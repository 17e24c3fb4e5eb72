"""Whose a noun of position is: 'the Soviet proposal', 'a proposal by China and Russia', 'its refusal'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegov.extract.actors import Names, noun_actors, subject_actors
from spacegov.extract.beside import backers, beneath
from spacegov.extract.clauses import PROPOSING, THEIR, is_own
from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Clause, Filler
from spacegov.model import Act

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_noun(clause: Clause, act: Act, names: Names, last: tuple[str, ...]) -> Filler | None:
    """The holder of 'the Soviet proposal', 'a proposal by China and Russia', 'its refusal'."""
    head = clause.head
    if act in {"supports", "opposes", "criticises", "expresses-concern"} and lemma_of(head) in PROPOSING:
        backer = backers(clause, names)  # to praise a proposal is not to have made it
        return Filler(value=backer, source="whose support it has") if backer else None
    found = beside_noun(head, names)
    if found:
        return Filler(value=found, source="actor of the noun")
    if any(c.dep_ == "poss" and c.lower_ in THEIR for c in head.children):
        found = _of_governing_verb(head, names) or last
        if found:
            return Filler(value=found, source="actor whose noun it is")
    return None


def beside_noun(head: Token, names: Names) -> tuple[str, ...]:
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
    under = [a for preposition in prepositions for a in beneath(preposition, names)]
    return tuple(dict.fromkeys((*beside, *under)))


def _of_governing_verb(noun: Token, names: Names) -> tuple[str, ...]:
    """The subject of the verb that a noun hangs on: 'Cuba repeated its readiness', 'thanked Cuba for repeating it'.

    Where that is the author ('we share his view'), the noun is that of the actor named last before it.
    """
    for above in noun.ancestors:
        if above.dep_ == "pcomp":
            thanked = [c for c in above.head.head.children if c.dep_ == "dobj"]
            return noun_actors(thanked[0], names) if thanked else ()
        if above.pos_ in {"VERB", "AUX"}:
            own = is_own(above)
            return names.last_before(noun.left_edge.idx) if own else subject_actors(above, names)
    return ()
