"""Read act and polarity off a clause by rule: frames first, then modality, then what kind of sentence it is.

Each rule names itself, so that `spacegov explain` can say why. The order is the guidelines' order:
where two acts fit, the text's own verb wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Clause, FrameHit, Scope
from spacegov.model import Act, Polarity

_SELF: Final = {"first", "author"}
_ASKING: Final = {"should", "must", "ought", "need", "shall"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Act and polarity with the rule that gave them."""

    act: Act
    polarity: Polarity
    rule: str
    strength: float
    """0 to 1: an explicit verb of position is near 1, a guess from the kind of sentence near 0."""
    hit: FrameHit | None = None


def decide(clause: Clause, scope: Scope, subject: str, genre: str, space: bool) -> Decision:
    """The rules' reading of a clause; always gives one, with its strength."""
    flips = _flips(clause)
    if genre == "norm" and _declares(clause, scope):
        return Decision(act="supports", polarity="for", rule=DECLARED, strength=0.9)
    hit = _governing_frame(clause, subject)
    if clause.kind == "nominal":
        return _nominal(clause, flips)
    if _item_of_proposals(clause):
        return Decision(act="proposes", polarity="for", rule="item of a list of proposals", strength=0.9)
    if hit is not None and hit.frame.role in {"act", "evaluation"} and hit.frame.act:
        decision = _from_frame(hit, scope, subject, flips)
        if decision is not None:
            return decision
    if scope.modal in _ASKING:
        polarity: Polarity = "against" if scope.negated != flips else "for"
        if subject in _SELF and scope.modal == "shall":
            return Decision(act="commits", polarity=polarity, rule="we shall", strength=0.7)
        return Decision(act="calls-for", polarity=polarity, rule=f"modal {scope.modal}", strength=0.75)
    if scope.imperative and clause.kind in {"root", "conj"}:
        return Decision(act="calls-for", polarity="against" if flips else "for", rule="imperative", strength=0.5)
    if subject in _SELF and (scope.modal == "will" or scope.future):
        return Decision(act="commits", polarity="against" if flips else "for", rule="we will", strength=0.7)
    if subject == "actor" and (scope.past or scope.perfect):
        return Decision(act="reports", polarity="against" if flips else "for", rule="deed of an actor", strength=0.4)
    if subject == "actor" and scope.modal == "will":
        return Decision(act="commits", polarity="against" if flips else "for", rule="an actor will", strength=0.5)
    modal = next(
        (
            h
            for h in clause.frames
            if h.frame.role == "modal" and h.frame.act and _subject_fits(h.frame.subject, subject)
        ),
        None,
    )
    if modal is not None and modal.frame.act:
        return Decision(
            act=modal.frame.act,
            polarity="against" if flips else "for",
            rule=f"frame {modal.frame.id}",
            strength=0.6,
            hit=modal,
        )
    if genre == "norm":
        return Decision(
            act="supports",
            polarity="against" if scope.negated != flips else "for",
            rule="declaratory present",
            strength=0.3,
        )
    return Decision(act="supports", polarity="against" if flips else "for", rule="affirms", strength=0.2)


DECLARED: Final = "right or duty declared"
"""What a treaty or resolution declares in the present upholds it, and asks nothing (guideline 19)."""
_DECLARED_OF: Final = frozenset(
    ("responsibility", "liability", "jurisdiction", "ownership", "sovereignty", "right", "freedom")
)
_DECLARED_AS: Final = frozenset(("free", "liable", "responsible", "entitled", "province"))


def _declares(clause: Clause, scope: Scope) -> bool:
    """'States bear responsibility', 'outer space is free for use', 'the launching State is liable'."""
    if clause.kind not in {"root", "conj"} or scope.modal is not None or scope.negated or scope.passive:
        return False
    if scope.past or scope.perfect or scope.condition is not None:
        return False
    said = {(c.dep_, lemma_of(c)) for c in clause.head.children}
    if lemma_of(clause.head) == "be":
        return any(dep in {"acomp", "attr"} and word in _DECLARED_AS for dep, word in said)
    return lemma_of(clause.head) in {"bear", "retain", "have", "enjoy"} and any(
        dep == "dobj" and word in _DECLARED_OF for dep, word in said
    )


_ORDINAL: Final = re.compile(
    r"(?:the )?(?:first|second|third|fourth|fifth)(?:ly)?(?: one| proposal)?(?: is|,)? (?:to )?", re.IGNORECASE
)
_PROPOSALS: Final = re.compile(
    r"\b(?:raise|make|put forward|present|advance|submit|propose)\w*\b[^.;:]{0,40}"
    r"\b(?:proposals|suggestions)\b[^.:]{0,60}:",
    re.IGNORECASE,
)  # fmt: skip


def _item_of_proposals(clause: Clause) -> bool:
    """'first, to …; second, …' under a clause that announces proposals: the item's own clause only."""
    sentence = clause.sentence
    if not _ORDINAL.match(sentence.text) or clause.kind != "root":
        return False
    return _PROPOSALS.search(sentence.doc.text[: sentence.start_char]) is not None


def _governing_frame(clause: Clause, subject: str) -> FrameHit | None:
    """The act frame nearest to the governing word whose subject restriction holds."""
    best: tuple[float, FrameHit] | None = None
    for hit in clause.frames:
        frame = hit.frame
        if frame.role not in {"act", "evaluation"} or not frame.act or not _subject_fits(frame.subject, subject):
            continue
        inside = hit.covers(clause.head.i)
        # 'cannot support' covers 'support' and must win over it
        distance = 0 if inside else abs(hit.anchor - clause.head.i)
        score = frame.weight + (1.0 if inside else 0.0) - 0.12 * distance + 0.1 * (hit.last - hit.anchor)
        if frame.pos == "noun" and hit.anchor < clause.head.i:
            score -= 0.5
        if best is None or score > best[0]:
            best = (score, hit)
    return best[1] if best and best[0] > 0.1 else None


def _subject_fits(wanted: str, subject: str) -> bool:
    if wanted == "any":
        return True
    if wanted == "holder":
        return subject in {"first", "author", "actor", "none", "others"} or subject.startswith("pronoun")
    if wanted == "other":
        return subject not in {"first"}
    return subject not in {"first", "author"}


def _from_frame(hit: FrameHit, scope: Scope, subject: str, flips: bool) -> Decision | None:
    act = hit.frame.act
    assert act is not None
    strength = min(1.0, 0.4 + 0.5 * hit.frame.weight)
    against = flips
    if hit.frame.effect == "against":
        against = True
    elif hit.frame.effect == "for":
        against = False
    elif hit.frame.effect == "flip":
        against = not flips
    if scope.modal in _ASKING and act in {"supports", "opposes", "commits", "reports", "proposes"}:
        act = "calls-for"
        against = against != scope.negated
        return _decision("calls-for", against, hit, f"'{scope.modal}' over frame {hit.frame.id}", strength)
    if scope.negated and act == "supports":
        return _decision("opposes", True, hit, f"negated frame {hit.frame.id}", strength)
    if scope.negated and act == "opposes":
        return _decision("supports", False, hit, f"negated frame {hit.frame.id}", strength)
    if scope.negated and act in {"calls-for", "commits"}:
        against = not against
    if scope.future and act == "reports":
        act = "commits" if subject in _SELF | {"actor"} else "supports"
    return _decision(act, against, hit, f"frame {hit.frame.id}", strength)


def _decision(act: Act, against: bool, hit: FrameHit, rule: str, strength: float) -> Decision:
    return Decision(act=act, polarity="against" if against else "for", rule=rule, strength=strength, hit=hit)


_NOUN_ACTS: Final[dict[str, Act]] = {
    "proposal": "proposes", "initiative": "proposes", "suggestion": "proposes", "idea": "proposes", "draft": "proposes",
    "plan": "proposes", "offer": "proposes", "call": "calls-for", "appeal": "calls-for", "demand": "calls-for",
    "insistence": "calls-for", "recommendation": "calls-for", "request": "calls-for", "decision": "reports",
    "agreement": "reports", "announcement": "reports", "statement": "reports", "declaration": "supports",
    "support": "supports", "commitment": "commits", "pledge": "commits", "readiness": "commits",
    "willingness": "commits",
    "intention": "commits", "resolve": "commits", "moratorium": "commits", "refusal": "opposes",
    "opposition": "opposes",
    "objection": "opposes", "rejection": "opposes",
}  # fmt: skip


def _nominal(clause: Clause, flips: bool) -> Decision:
    noun = lemma_of(clause.head)
    act = _NOUN_ACTS.get(noun, "supports")
    against = True if act == "opposes" else flips
    return Decision(act=act, polarity="against" if against else "for", rule=f"noun '{noun}'", strength=0.6)


def _flips(clause: Clause) -> bool:
    """Parity of the polarity shifters between the governing word and its target.

    Only shifters that flip count, each place once; and one that only says what a treaty, talks or an
    initiative is for ('a treaty banning X') does not turn the stance toward the treaty.
    """
    places: set[int] = set()
    for hit in clause.frames:
        if hit.frame.role == "shifter" and hit.frame.effect == "flip" and not _after_instrument(clause, hit.anchor):
            places.add(hit.anchor)
    return len(places) % 2 == 1


_EFFORTS: Final = {
    "treaty", "agreement", "convention", "instrument", "talk", "negotiation", "proposal", "resolution", "conference",
    "commitment", "pledge", "draft", "initiative", "measure", "protocol", "code", "committee", "group",
}  # fmt: skip


def _after_instrument(clause: Clause, anchor: int) -> bool:
    """Whether the word hangs on a noun that names an instrument or effort."""
    token = clause.sentence.doc[anchor]
    for above in token.ancestors:
        if above.i == clause.head.i or (above.pos_ in {"VERB", "AUX"} and above.dep_ not in {"acl", "relcl"}):
            return False
        if above.pos_ in {"NOUN", "PROPN"} and lemma_of(above) in _EFFORTS:
            return True
    return False
