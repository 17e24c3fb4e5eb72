"""Cut parsed sentences into the clauses that an analyst would quote.

A clause is what hangs on one governing word: the sentence's root, a coordinate verb, a complement of
a speech verb, a relative or adverbial clause, or a noun of position with its actor ('the proposal of
the Soviet Union to …'). Which of them hold a stance is decided later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from spacegov.extract.records import Clause

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_VERBAL: Final = {"VERB", "AUX"}
_SUBJECTS: Final = {"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"}
_LEADING: Final = {
    "and",
    "but",
    "or",
    ",",
    ";",
    ":",
    "-",
    "–",
    "—",
    "nor",
    "yet",
    ".",
    "•",
    "*",
    "“",
    '"',
    "'",
    "’",
    ")",
}
_TRAILING: Final = {",", ";", ":", ".", "-", "–", "—", "and", "or", "but", "“", "”", '"', "!", "?", "(", "["}
POSITION_NOUNS: Final = frozenset(
    [
        "proposal",
        "initiative",
        "suggestion",
        "call",
        "appeal",
        "offer",
        "idea",
        "draft",
        "plan",
        "decision",
        "commitment",
        "pledge",
        "refusal",
        "insistence",
        "opposition",
        "support",
        "statement",
        "declaration",
        "announcement",
        "request",
        "recommendation",
        "agreement",
        "moratorium",
        "demand",
        "objection",
        "rejection",
        "readiness",
        "willingness",
        "intention",
        "resolve",
        "concern",
        "view",
        "conviction",
        "desire",
        "determination",
        "reluctance",
        "approval",
        "condemnation",
        "warning",
        "criticism",
    ]
)
POSITION_FORMS: Final = POSITION_NOUNS | {f"{noun}s" for noun in POSITION_NOUNS}
"""Lower case only: the Strategic Defense Initiative is a name, not an initiative of anybody."""

_CONTENT: Final = {"to", "for", "that", "over", "about", "against"}
"""What begins the words that say what a position is."""
_WORRY: Final = {"over", "about"}
"""Often hung on the actor's name instead of the noun."""
SELF: Final = {"we", "i"}
THEIR: Final = {"its", "their", "his", "her"}
_PUT: Final = {"proposal", "initiative", "suggestion", "idea"}
LEAST_TOLD: Final = 4
"""Words behind a noun that name its actor and tell something of it ('of China now before us')."""
PROPOSING: Final = frozenset(
    [
        "proposal", "initiative", "suggestion", "offer", "idea", "draft", "plan", "recommendation", "treaty",
        "resolution", "text", "paper", "item", "convention", "programme", "program", "bill", "amendment",
    ]
)  # fmt: skip
"""What somebody puts forward, and others then support or oppose."""

EDGE: Final = 3
"""Characters within which a clause ends at the edge of another."""
_TEXTS: Final = {
    "treaty",
    "treaties",
    "resolution",
    "resolutions",
    "text",
    "texts",
    "paper",
    "item",
    "convention",
    "programme",
    "program",
    "bill",
    "amendment",
}
_PUTTING: Final = {
    "submit",
    "propose",
    "table",
    "introduce",
    "take",
    "make",
    "sponsor",
    "present",
    "put",
    "advance",
    "launch",
    "offer",
    "initiate",
}


def find_clauses(sentence: Span, block: int) -> list[Clause]:
    """Clauses of one sentence, the outermost first, in reading order."""
    root = sentence.root
    clauses = [_clause(sentence, root, "root", block, None)]
    by_head = {root.i: clauses[0]}
    for token in sentence:
        kind = _kind(token)
        if kind is None or token.i in by_head:
            continue
        parent = next((by_head[a.i] for a in token.ancestors if a.i in by_head), clauses[0])
        clause = _clause(sentence, token, kind, block, parent)
        if clause.end > clause.start and len(clause.tokens) >= 2:
            clauses.append(clause)
            by_head[token.i] = clause
    return clauses


def _kind(token: Token) -> str | None:
    """Why a token governs a clause of its own, or None."""
    if token.pos_ in _VERBAL or token.tag_.startswith("VB"):
        if token.dep_ == "conj":
            return "conj" if token.head.pos_ in _VERBAL or token.head.dep_ == "ROOT" else None
        if token.dep_ == "ccomp" and token.i != token.head.i:
            return "ccomp"
        if token.dep_ == "parataxis":
            return "conj"
        if token.dep_ == "relcl":
            return "relcl"
        if token.dep_ == "advcl" and any(c.dep_ in _SUBJECTS for c in token.children):
            return "advcl"
        if token.dep_ == "advcl":
            return "participle"
        return None
    if (token.text in POSITION_FORMS or token.text in _TEXTS) and any(put_forward(c) for c in token.children):
        return "nominal"
    if token.text in POSITION_FORMS and token.dep_ not in {"compound", "ROOT"}:
        if any(c.dep_ in {"poss", "amod", "nmod", "compound"} and c.text[:1].isupper() for c in token.children):
            return "nominal"
        told = any(c.dep_ in {"acl", "relcl"} or c.text in _CONTENT for c in token.children)
        told = told or any(t.text in _WORRY for t in token.subtree)
        if told and (any(c.text in {"of", "by"} for c in token.children) or _is_theirs(token)):
            return "nominal"
        if token.lemma_ in _PUT and any(_is_named(c) for c in token.children):
            return "nominal"
    return None


def _is_theirs(noun: Token) -> bool:
    """'We regret its refusal to …': the position of who was named before, not of the verb's own subject."""
    if not any(c.dep_ == "poss" and c.lower_ in THEIR for c in noun.children):
        return False
    if noun.dep_ in {"nsubj", "nsubjpass"} or any(
        c.dep_ == "poss" and c.lower_ in {"his", "her"} for c in noun.children
    ):
        return True
    return noun.dep_ == "dobj" and any(c.dep_ == "nsubj" and is_first_person(c) for c in noun.head.children)


def is_first_person(noun: Token) -> bool:
    """'We', 'my delegation', 'our Government'."""
    return noun.lower_ in SELF or any(c.lower_ in {"my", "our"} for c in noun.children)


def is_own(verb: Token) -> bool:
    """Whether the author is the subject of a verb: 'we submit', 'my delegation has proposed'."""
    return any(is_first_person(t) for t in subjects(verb))


def _is_named(preposition: Token) -> bool:
    """'of the Soviet Union' after a noun: whose it is, by name, with more words behind."""
    if preposition.text not in {"of", "by"} or preposition.head.right_edge.i - preposition.head.i < LEAST_TOLD:
        return False
    return any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in preposition.children)


def put_forward(token: Token) -> bool:
    """'… submitted by the Soviet Union' after a noun."""
    return (
        token.dep_ in {"acl", "relcl"}
        and token.lemma_ in _PUTTING
        and any(c.dep_ == "agent" or c.lower_ == "by" for c in token.children)
    )


def _clause(sentence: Span, head: Token, kind: str, block: int, parent: Clause | None) -> Clause:
    left_out: set[int] = set()
    for token in head.subtree:
        if token.i != head.i and _kind(token) == "conj" and _governor(token) == head:
            left_out.update(t.i for t in token.subtree)
    tokens = [t for t in head.subtree if t.i not in left_out]
    if kind == "conj":
        tokens = [t for t in tokens if t.i >= head.left_edge.i]
    tokens = _contiguous(tokens, head)
    tokens = _trim(tokens)
    start = tokens[0].idx if tokens else head.idx
    end = tokens[-1].idx + len(tokens[-1].text) if tokens else head.idx
    return Clause(
        sentence=sentence, head=head, kind=kind, start=start, end=end, tokens=tuple(tokens),
        subject=subject_of(head), parent=parent, block=block,
    )  # fmt: skip


def without(clause: Clause, inner: Clause) -> Clause:
    """A clause less the words at its edge that are another row; the clause itself where they stand in its middle."""
    if inner.start - clause.start > EDGE and clause.end - inner.end > EDGE:
        return clause
    left = [t for t in clause.tokens if not inner.start <= t.idx < inner.end]
    tokens = _trim(_contiguous(left, clause.head))
    end = tokens[-1].idx + len(tokens[-1].text)
    return replace(clause, tokens=tuple(tokens), start=tokens[0].idx, end=end)


def _governor(token: Token) -> Token:
    """The first word of a chain of coordinate verbs."""
    while token.dep_ in {"conj", "parataxis"}:
        token = token.head
    return token


def _contiguous(tokens: list[Token], head: Token) -> list[Token]:
    """The run of tokens around the head that has no hole where a coordinate clause was cut out."""
    places = {t.i for t in tokens}
    first = last = head.i
    while first - 1 in places:
        first -= 1
    while last + 1 in places:
        last += 1
    return [t for t in tokens if first <= t.i <= last]


def _trim(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].lower_ in _LEADING or tokens[0].is_space):
        tokens = tokens[1:]
    while tokens and (tokens[-1].lower_ in _TRAILING or tokens[-1].is_space):
        tokens = tokens[:-1]
    return tokens


def subject_of(head: Token) -> Token | None:
    """The subject of a verb, that of the verb it is coordinated with, or the noun a relative clause hangs on."""
    for child in head.children:
        if child.dep_ in _SUBJECTS:
            if head.dep_ == "relcl" and child.lower_ in {"which", "that", "who"}:
                return head.head
            return child
    if head.dep_ in {"conj", "xcomp", "advcl", "parataxis"} and head.head.i != head.i:
        return subject_of(head.head)
    if head.dep_ in {"relcl", "acl"}:
        return head.head
    return None


def subjects(head: Token) -> Iterator[Token]:
    """The subject with its conjuncts ('China and Russia submitted')."""
    subject = subject_of(head)
    if subject is not None:
        yield subject
        yield from subject.conjuncts
