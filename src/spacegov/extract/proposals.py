"""Whose a proposal is that a clause tells of: 'we welcome the Soviet proposal to ban …', 'a draft is before us'.

To take a side on a proposal tells that it was made: that is a row of its own, of those who made it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from spacegov.extract.actors import Names
from spacegov.extract.clauses import is_first_person, subjects
from spacegov.extract.frames import lemma_of
from spacegov.extract.gate import names_domain
from spacegov.extract.nouns import beside_noun
from spacegov.extract.records import Clause, Context, Filler
from spacegov.extract.targets import Target
from spacegov.model import Act, Entry

_MADE: Final = frozenset(("proposal", "initiative", "suggestion", "idea", "plan", "draft"))
_POINTING: Final = frozenset(("this", "that", "these", "those"))


def proposer(clause: Clause, names: Names, context: Context) -> tuple[str, ...]:
    """The other actor whose proposal a noun of position names, with what it is for.

    A mere mention of one ('the earlier Soviet proposals', 'this proposal') tells nothing.
    """
    head = clause.head
    if clause.kind != "nominal" or lemma_of(head) not in _MADE:
        return ()
    if any(c.dep_ == "det" and c.lower_ in _POINTING for c in head.children):
        return ()
    told = names_domain(clause.sentence.doc.text[clause.start : clause.end]) or any(
        m.kind in {"topic", "instrument"} and not m.cue and clause.start <= m.start < clause.end for m in names.mentions
    )
    put = any(c.dep_ == "acl" and any(b.dep_ == "agent" for b in c.children) for c in head.children)
    if not (told or (put and names_domain(context.document.text))):
        return ()
    owners = tuple(a for a in beside_noun(head, names) if not names.is_generic(a))
    return () if set(owners) & set(context.holders) else owners


def who_proposed(clause: Clause, act: Act, names: Names, context: Context) -> Filler | None:
    """The actor of a proposal that stands beside the verb: 'reference was made to the proposal of Peru'."""
    if act != "proposes" or _is_own(clause):
        return None
    for token in clause.tokens:
        if lemma_of(token) in _MADE:
            owners = tuple(a for a in beside_noun(token, names) if not names.is_generic(a))
            if owners and not set(owners) & set(context.holders):
                return Filler(value=owners, source="actor of the proposal")
    return None


def sponsors(
    clause: Clause, act: Act, holder: Filler, target: Target, entries: Mapping[str, Entry], context: Context
) -> Filler:
    """The same holder; where nobody is said to propose a text that is named, those who are known to have done so."""
    text = entries.get(target.id)
    if act != "proposes" or holder.value != context.holders or text is None or not target.source.startswith("named"):
        return holder
    known = {*holder.value, *(s for h in holder.value if h in entries for s in entries[h].successors)}
    if not text.sponsors or _is_own(clause) or known & set(text.sponsors):
        return holder
    return Filler(value=text.sponsors, source="sponsors of the text that is named")


def _is_own(clause: Clause) -> bool:
    return any(is_first_person(t) for t in subjects(clause.head))
