"""Negation, modality, condition, question and time around a governing word; polarity by parity.

All of it is worked out once per clause, here. Polarity of a stance toward its target is the product
of the signs on the way from the verb to the target: 'oppose' flips, 'ban on' flips, 'not' flips, and
two flips make none (tests/extract/test_scope.py holds the truth table).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from spacegov.extract.records import Clause, Scope
from spacegov.model import Polarity

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEGATIVE_WORDS: Final = {
    "not",
    "n't",
    "n’t",
    "never",
    "neither",
    "nor",
    "no",
    "cannot",
    "hardly",
    "none",
    "nobody",
}
_NEGATIVE_VERBS: Final = {"refuse", "fail", "decline", "cease", "refrain", "hesitate"}
_MODALS: Final = {
    "should",
    "must",
    "may",
    "might",
    "can",
    "could",
    "shall",
    "will",
    "would",
    "ought",
    "need",
    "'ll",
    "ca",
    "wo",
}
_SPELLED: Final = {"'ll": "will", "wo": "will", "ca": "can"}
_CONDITIONS: Final = {"if", "unless", "provided", "until"}


def scope_of(clause: Clause) -> Scope:
    """Everything that stands around the clause's governing word.

    >>> # see tests/extract/test_scope.py for the truth table
    """
    head = clause.head
    chain = _chain(head)
    # a 'not' inside a fixed form ('not in a position to') is the form's own
    inside = {i for h in clause.frames if h.frame.role != "modal" for i in range(h.anchor, h.last + 1)}
    steps: list[str] = []
    negated = False
    for token in chain:
        for child in token.children:
            if child.i in inside and _spelled_out(clause, child.i):
                continue
            if child.dep_ == "neg" or (child.lower_ in {"never", "not", "hardly"} and child.i < token.i):
                negated = not negated
                steps.append(f"'{child.text}' negates '{token.text}'")
            elif child.dep_ in {"nsubj", "nsubjpass"} and _has_no(child):
                negated = not negated
                steps.append(f"'no' in the subject negates '{token.text}'")
            elif child.dep_ == "preconj" and child.lower_ == "neither":
                negated = not negated
                steps.append("'neither' negates")
        if token.i != head.i and token.lemma_ in _NEGATIVE_VERBS:
            negated = not negated
            steps.append(f"'{token.lemma_}' negates")
    modal = next((m for m in (_modal_of(t) for t in chain) if m), None)
    if modal:
        steps.append(f"modal '{modal}'")
    condition = _condition(head, clause)
    if condition:
        steps.append("has a condition")
    finite = chain[0]
    return Scope(
        negated=negated,
        modal=modal,
        condition=condition,
        question=clause.sentence.text.rstrip().endswith("?"),
        future=modal in {"will", "shall"} or _going_to(head),
        perfect=any(c.lemma_ == "have" and c.dep_ == "aux" for c in head.children),
        past=finite.tag_ == "VBD" or any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in finite.children),
        passive=any(c.dep_ in {"auxpass", "nsubjpass"} for c in head.children),
        imperative=head.tag_ == "VB" and clause.subject is None and modal is None,
        progressive=head.tag_ == "VBG",
        steps=tuple(steps),
    )


_OWN_NEGATIONS: Final = {"not", "no", "neither", "never", "cannot"}


def _spelled_out(clause: Clause, place: int) -> bool:
    """Whether a matched form that covers the word has a negation of its own."""
    return any(h.covers(place) and _OWN_NEGATIONS & set(h.frame.form.split()) for h in clause.frames)


def _chain(head: Token) -> list[Token]:
    """The governing word, and the verb that it is a complement of or coordinated with under one modal."""
    chain = [head]
    token = head
    while token.dep_ in {"xcomp", "conj"} and token.head.pos_ in {"VERB", "AUX"} and token.head.i != token.i:
        if token.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass", "aux"} for c in token.children):
            break
        token = token.head
        chain.append(token)
    return chain


def _has_no(subject: Token) -> bool:
    return subject.lower_ in {"none", "nobody", "nothing"} or any(
        c.lower_ in {"no", "neither"} for c in subject.children
    )


def _modal_of(token: Token) -> str | None:
    for child in token.children:
        if child.dep_ in {"aux", "auxpass"} and child.lower_ in _MODALS:
            return _SPELLED.get(child.lower_, child.lower_)
    if token.lemma_ in {"have", "need", "ought"} and any(c.dep_ == "xcomp" for c in token.children):
        return "must"
    return None


def _going_to(head: Token) -> bool:
    return head.dep_ == "xcomp" and head.head.lower_ == "going"


def _condition(head: Token, clause: Clause) -> str | None:
    for child in head.children:
        if child.dep_ != "advcl":
            continue
        mark = next((c for c in child.children if c.dep_ == "mark" and c.lower_ in _CONDITIONS), None)
        if mark is not None or child.lower_ == "provided":
            words = list(child.subtree)
            return " ".join(t.text for t in words)
    return None


def parity(*flips: bool) -> Polarity:
    """'against' for an odd number of flips.

    >>> parity(True, True), parity(True)
    ('for', 'against')
    """
    return "against" if sum(flips) % 2 else "for"


def is_negative(word: str) -> bool:
    """A word that negates on its own."""
    return word.lower() in _NEGATIVE_WORDS
