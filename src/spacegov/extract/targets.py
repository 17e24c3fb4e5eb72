"""What a stance is about: instruments first, then topics, then actors whose conduct it is.

Evidence for a target is added up: its names in the clause, names in the rest of the sentence, names
that a pronoun or 'this Treaty' points back to, and the words of the clause as the learnt model weighs
them. What nothing fits becomes a candidate topic with its phrase; it is never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacegov.extract.learned import LinearModel, sigmoid
from spacegov.extract.records import Clause, Mention
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANAPHORA: Final = {"it", "this", "that", "these", "those", "such", "they", "latter", "former", "which", "same"}
MOST: Final = 4
"""Targets a row may have (guideline 14)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One candidate with what speaks for it."""

    id: str
    score: float
    source: str


def target_features(
    tokens: Sequence[Token], inside: Sequence[Mention], near: Sequence[Mention], words: Sequence[tuple[str, float]]
) -> list[tuple[str, float]]:
    """Features of the target model: words of the clause, names in it (`m:`), names around it (`n:`)."""
    features = [("bias", 1.0), *((n, v) for n, v in words if n[:2] in {"w:", "b:"})]
    features += [(f"m:{i}", 1.0) for i in sorted({m.id for m in inside})]
    features += [(f"n:{i}", 1.0) for i in sorted({m.id for m in near})]
    return features


def choose(
    clause: Clause,
    act: Act,
    features: Sequence[tuple[str, float]],
    inside: Sequence[Mention],
    near: Sequence[Mention],
    model: LinearModel | None,
    entries: Mapping[str, Entry],
    *,
    date: str | None,
    threshold: float = 0.25,
) -> list[Target]:
    """Targets of a clause, best first; at least one."""
    scores: dict[str, float] = {}
    sources: dict[str, str] = {}
    if model is not None:
        for label, score in zip(model.classes, model.scores(features), strict=True):
            probability = sigmoid(float(score))
            if probability > 0.08 and label in entries:
                scores[label] = probability
                sources[label] = "words of the clause"
    for mention in inside:
        if mention.kind not in {"topic", "instrument"}:
            continue
        bonus = 0.5 if mention.kind == "instrument" else 0.35
        scores[mention.id] = max(scores.get(mention.id, 0.05) + bonus, scores.get(mention.id, 0.0))
        sources[mention.id] = f"named: '{mention.text}'"
    if _points_back(clause) and not any(m.kind == "instrument" for m in inside):
        for mention in reversed(near):
            if mention.kind in {"instrument", "topic"}:
                scores[mention.id] = scores.get(mention.id, 0.05) + (0.4 if mention.kind == "instrument" else 0.2)
                sources.setdefault(mention.id, f"pointed back to: '{mention.text}'")
                break
    ranked = sorted(scores, key=lambda i: (-scores[i], i))
    chosen = [i for i in ranked if scores[i] >= threshold][:2] or ranked[:1]
    chosen = _without_parents(chosen, entries)
    if not chosen:
        phrase = candidate_phrase(clause)
        return [Target(id=f"new:{phrase}", score=0.1, source="nothing in the vocabulary fits")] if phrase else []
    return [Target(id=i, score=round(scores[i], 3), source=sources[i]) for i in chosen]


def _points_back(clause: Clause) -> bool:
    subject = clause.subject
    if subject is not None and (subject.lower_ in _ANAPHORA or any(t.lower_ in _ANAPHORA for t in subject.children)):
        return True
    return any(t.lower_ in {"this", "that", "such", "these", "those"} and t.dep_ == "det" for t in clause.tokens)


def _without_parents(chosen: list[str], entries: Mapping[str, Entry]) -> list[str]:
    return chosen[:MOST]


def candidate_phrase(clause: Clause) -> str:
    """A short kebab-case name for a target that no entry fits: the object's noun phrase."""
    for token in clause.tokens:
        if token.dep_ in {"dobj", "pobj", "nsubjpass", "attr"} and token.pos_ in {"NOUN", "PROPN"}:
            words = [t.lower_ for t in token.subtree if t.dep_ in {"amod", "compound", "ROOT"} or t.i == token.i]
            return re.sub(r"[^a-z0-9]+", "-", " ".join(words)).strip("-")[:60]
    words = [t.lower_ for t in clause.tokens if t.pos_ in {"NOUN", "PROPN"}][:3]
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words)).strip("-")[:60]
