"""Whom an unnamed culprit may be: a guess kept apart from what the text says.

'A certain country' stays `unnamed-state`. Where the same document elsewhere blames a named state in
the same rare words, that state is given as somebody whom the passage may allude to, with the words as
the reason and a confidence below one half. Words are weighed by how few passages of the document have
them (inverse document frequency, Spärck Jones 1972), so that what a text on space says everywhere
('space', 'peaceful') tells nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from spacegov.extract.frames import lemma_of
from spacegov.extract.records import Mention
from spacegov.model import Act, Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

UNNAMED: Final = "unnamed-state"
CEILING: Final = 0.45
"""Surest that a guess may be."""
LEAST_SHARED: Final = 2
"""Rare words that two passages must share."""
LEAST_SHARE: Final = 0.15
"""Of the weight of the unnamed passage's words, what must be shared."""
MOST: Final = 2
"""Actors given for one passage."""
BLAMING: Final[frozenset[Act]] = frozenset({"criticises", "expresses-concern", "opposes"})
_STATES: Final = {"State", "HistoricalState"}
_CONTENT: Final = {"NOUN", "VERB", "ADJ", "PROPN"}
_EMPTY: Final = frozenset(
    ["country", "state", "nation", "power", "world", "year", "be", "have", "do", "make", "take", "say", "certain"]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A sentence by its content words and the states that it names."""

    place: int
    """Offset of the sentence in the source text."""
    words: frozenset[str]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allusion:
    """A named actor whom an unnamed one may be, and why."""

    actor: str
    confidence: float
    reason: str


def passage(tokens: Iterable[Token], mentions: Sequence[Mention], entries: Mapping[str, Entry], place: int) -> Passage:
    """A sentence as `allusions` looks at it; the words of actors' names are no content."""
    named = [m for m in mentions if m.kind == "actor"]
    words = frozenset(
        lemma_of(t) for t in tokens
        if t.pos_ in _CONTENT and t.is_alpha and len(t) > 2
        and not any(m.start <= t.idx < m.end for m in named)
    )  # fmt: skip
    states = dict.fromkeys(m.id for m in named if entries[m.id].type in _STATES)
    return Passage(place=place, words=words - _EMPTY, states=tuple(states))


def culprits(
    targets: tuple[str, ...], act: Act, holders: Sequence[str], mentions: Sequence[Mention]
) -> tuple[str, ...]:
    """Targets with the unnamed state that a passage blames (guideline 4); no other act has one."""
    blamed = any(m.id == UNNAMED for m in mentions) and act in BLAMING
    if not blamed or UNNAMED in targets or UNNAMED in holders:
        return targets
    return (*targets, UNNAMED)


def allusions(unnamed: Passage, passages: Sequence[Passage], excluded: Iterable[str]) -> tuple[Allusion, ...]:
    """Named states that a passage with an unnamed one may mean, surest first; often none.

    Args:
        excluded: whom it cannot mean: holders, speaker, and who is named in it.
    """
    others = [p for p in passages if p.place != unnamed.place]
    spread = Counter(word for p in passages for word in p.words)
    weight = {word: math.log((len(passages) + 1) / (n + 0.5)) for word, n in spread.items()}
    rare = max(2, len(passages) // 6)
    whole = sum(weight.get(word, 0.0) for word in unnamed.words)
    barred = {*excluded, *unnamed.states}
    found: dict[str, Allusion] = {}
    for other in others:
        shared = sorted(w for w in unnamed.words & other.words if spread[w] <= rare)
        states = [s for s in other.states if s not in barred]
        if len(shared) < LEAST_SHARED or not states or not whole:
            continue
        share = sum(weight[w] for w in shared) / whole
        if share < LEAST_SHARE:
            continue
        sure = round(CEILING * min(1.0, 2 * share) / len(states), 2)
        strongest = sorted(shared, key=lambda w: (-weight[w], w))[:4]
        for state in states:
            if state not in found or found[state].confidence < sure:
                reason = f"{state} is named at {other.place} in the same rare words: {', '.join(strongest)}"
                found[state] = Allusion(actor=state, confidence=sure, reason=reason)
    return tuple(sorted(found.values(), key=lambda a: (-a.confidence, a.actor)))[:MOST]
