"""A clause with everything that was found about it, before it is decided whether it is a stance."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacegov.extract.decide import Decision
from spacegov.extract.features import Place
from spacegov.extract.reader import Judgement
from spacegov.extract.records import Clause, Context, DateMention, Mention, Scope
from spacegov.model import Check


@dataclass(kw_only=True, eq=False)
class Candidate:
    """A clause with everything that was found about it, before it is decided whether it is a stance."""

    clause: Clause
    scope: Scope
    context: Context
    mentions: tuple[Mention, ...]
    near: tuple[Mention, ...]
    referring: tuple[Mention, ...]
    """Short references in the clause ('the Accords'), as mentions of what they stand for."""
    dates: tuple[DateMention, ...]
    subject: str
    decision: Decision
    features: list[tuple[str, float]]
    target_features: list[tuple[str, float]]
    place: Place
    last_actor: tuple[str, ...] = ()
    """Actor of the sentence before, for a pronoun as subject."""
    proposer: tuple[str, ...] = ()
    """Another actor whose proposal the noun names."""
    judgement: Judgement | None = None
    """What the reader makes of it; None without a reader, or where its sentence was not worth reading."""
    row_score: float = 0.0
    checks: list[Check] = field(default_factory=list)
