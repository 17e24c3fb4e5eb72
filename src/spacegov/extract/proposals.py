"""Whose a proposal is that a clause tells of: 'we welcome the Soviet proposal to ban …', 'the PPWT is before us'.

To take a side on a proposal tells that it was made: that is a row of its own, of those who made it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from spacegov.extract.actors import Names
from spacegov.extract.clauses import PROPOSING, is_own, put_forward
from spacegov.extract.frames import lemma_of
from spacegov.extract.gate import names_domain
from spacegov.extract.nouns import beside_noun
from spacegov.extract.records import Clause, Context, Filler, Mention
from spacegov.extract.targets import Target
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_MADE: Final = frozenset(("proposal", "initiative", "suggestion", "idea", "draft"))
"""What is a proposal by its own word; of other texts and plans only what is said to be put forward."""
_FOR: Final = frozenset(("of", "on", "for", "about", "concerning", "regarding"))
_POINTING: Final = frozenset(("this", "that", "these", "those"))


def proposer(clause: Clause, names: Names, inside: Sequence[Mention], context: Context) -> tuple[str, ...]:
    """The other actor whose proposal a noun of position names, with what it is for.

    A mere mention of one ('the earlier Soviet proposals', 'this proposal') tells nothing.
    """
    head = clause.head
    put = any(put_forward(c) for c in head.children)
    if clause.kind != "nominal" or not (lemma_of(head) in _MADE or (put and lemma_of(head) in PROPOSING)):
        return ()
    if _points(head):
        return ()
    if not (_names_content(clause, inside) or (_is_left_open(head, inside) and names_domain(context.document.text))):
        return ()
    return _others_behind(head, names, context)


def says_what(clause: Clause, inside: Sequence[Mention], referring: Sequence[Mention]) -> bool:
    """Whether the words of a proposal tell what is proposed, by name or by pointing back to it.

    'The earlier proposals are well known' tells nothing; 'Peru submitted it', 'a proposal put forward by Peru' may be
    understood from what stands before.
    """
    if referring or _names_content(clause, inside):
        return True
    head = clause.head
    if clause.kind == "nominal":
        return _is_left_open(head, inside) and not _points(head)
    return any(c.dep_ in {"dobj", "nsubjpass"} and c.pos_ == "PRON" for c in head.children)


def _names_content(clause: Clause, inside: Sequence[Mention]) -> bool:
    """Whether the words name what it is about; a single word that elsewhere only hints ('disarmament') does not."""
    hints = {(m.id, m.text) for m in inside if m.cue and " " not in m.text}
    named = [m for m in inside if m.kind in {"topic", "instrument"} and not m.cue]
    return names_domain(clause.words) or any((m.id, m.text) not in hints for m in named)


def _is_left_open(noun: Token, inside: Sequence[Mention]) -> bool:
    """Whether a noun is said to be put forward and not what for: 'a proposal put forward by Peru'."""
    return any(put_forward(c) for c in noun.children) and not _is_for_something(noun, inside)


def _is_for_something(noun: Token, inside: Sequence[Mention]) -> bool:
    """Whether a noun is said to be for a thing: 'the programme of nuclear disarmament', not 'the programme of Peru'."""
    objects = [o for c in noun.children if c.lower_ in _FOR for o in c.children if o.dep_ == "pobj"]
    actors = [(m.start, m.end) for m in inside if m.kind == "actor"]
    return any(not any(low <= o.idx < high for low, high in actors) for o in objects)


def _points(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in _POINTING for c in noun.children)


def who_proposed(clause: Clause, act: Act, names: Names, context: Context) -> Filler | None:
    """The actor of a proposal that stands beside the verb: 'reference was made to the proposal of Peru'."""
    if act != "proposes" or is_own(clause.head):
        return None
    for token in clause.tokens:
        if lemma_of(token) in _MADE:
            makers = _others_behind(token, names, context)
            if makers:
                return Filler(value=makers, source="actor of the proposal")
    return None


def _others_behind(noun: Token, names: Names, context: Context) -> tuple[str, ...]:
    """The actors beside a noun where the author is not among them."""
    makers = names.particular(beside_noun(noun, names))
    return () if set(makers) & set(context.holders) else makers


def sponsors(
    clause: Clause, act: Act, holder: Filler, target: Target, inside: Sequence[Mention], entries: Mapping[str, Entry],
    context: Context,
) -> Filler:  # fmt: skip
    """The same holder; where a text that is named is told to be proposed and nobody is said to do it, its sponsors."""
    text = entries.get(target.id)
    if act != "proposes" or holder.value != context.holders or text is None or not text.sponsors:
        return holder
    known = {*holder.value, *(s for h in holder.value if h in entries for s in entries[h].successors)}
    if is_own(clause.head) or known & set(text.sponsors) or not _is_told_of(clause, target, inside):
        return holder
    return Filler(value=text.sponsors, source="sponsors of the text that is named")


def _is_told_of(clause: Clause, target: Target, inside: Sequence[Mention]) -> bool:
    """Whether a text is named as subject or object of the verb, not deeper: 'to amend article II of the PPWT'."""
    places = [m.start for m in inside if m.id == target.id and not m.cue]
    parts = [c for c in clause.head.children if c.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"}]
    return any(c.left_edge.idx <= at <= c.right_edge.idx for c in parts for at in places)
