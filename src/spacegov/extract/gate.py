"""Which blocks of a document are read: those that name outer space or an instrument of it, and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spacegov.extract.records import Mention
from spacegov.model import Block, Document

_GATE: Final = re.compile(
    r"space|satellit|orbit|celestial|moon|lunar|astronaut|cosmonaut|artemis|cosmos|missile|rocket|launch|planet|"
    r"spectrum|nuclear weapon tests|test.?ban|abm|disarmament|arms race",
    re.IGNORECASE,
)
NEIGHBOURS: Final = 1
"""Blocks beside a block of the domain that are parsed too: 'this achievement' stands in the next one."""
DOMAIN: Final = re.compile(
    r"\b(?:outer[- ]space|space|space(?:faring|crafts?|flights?|ships?|ports?)|satellites?|orbit\w*|celestial|moon"
    r"|lunar|astronauts?|cosmonauts?|(?<!operation )artemis|cosmos|sputniks?|anti-?satellite|asats?)\b",
    re.IGNORECASE,
)
_OTHER_SPACE: Final = re.compile(
    r"\b(?:more|wider|open|safe|limited|enough|air|policy|breathing|fiscal|digital|cyber|civic|public|political|vital"
    r"|democratic|economic|territorial|geographical?|maritime|living|common|shared) space\b(?! (?:age|race|powers?))"
    r"|\b(?:a|an|this|that|their|our|the short|the|whatever|what|any|some|no"
    r"|(?!extra|\w*(?:cosmic|planetary|stellar|atmospheric|terrestrial|celestial))\w+(?:al|ic|ful|ive|ous|able|ary))"
    r" space(?=\s*(?:[,.;:!?)]|$)|\s+(?:for|of|to|between|in|that|which"
    r"|where|within|available|left|we|it|he|she|they|on|at|is|was|has|will|can)\b)"
    r"|(?<!outer )(?<!outer-)\bspace (?:for|of (?:a|time|only|two|three|ten|less)|to)\b"
    r"|\bsatellite (?:states?|countr(?:y|ies)|nations?|regimes?|governments?|powers?|parties|towns?|cit(?:y|ies))\b"
    r"|\bsatellites? of (?:none|no one|nobody|any(?:one|body)?|others?|another|a (?:great|super-?|big) ?power)\b",
    re.IGNORECASE,
)
"""Room and satellites of other kinds: 'breathing space', 'in the space of a few years', 'satellite countries'."""
PARAGRAPH: Final = 600
"""Characters of a usual paragraph."""
_ANNOUNCEMENT: Final = re.compile(
    r"(?:(?:[A-Z]\w+|In \w+ \w+|At this \w+),? )?"
    r"(?:let (?:us|me) (?:now |next |also |first ){0,2}(?:turn|come|pass|consider|speak)\b"
    r"|(?:allow|permit) me (?:now |also )?to (?:turn|come|pass|speak)\b"
    r"|(?:I|we) (?:(?:now|next|also|should|would|shall|will|wish|want|like|to) ){0,6}turn\b"
    r"|(?:I|we) (?:(?:now|next|also|should|would|shall|will|wish|want|like|to) ){1,6}(?:pass|speak|touch|come)\b)"
    r" ?(?:now |briefly |next )?(?:to|of|on|upon|about|the (?:question|issue|problem|matter|subject|item)s?)\b"
    r"(?! an? (?:agreement|understanding|conclusion))",
    re.IGNORECASE,
)
"""A speaker who says what comes next."""


def gated_blocks(document: Document, mentions: Sequence[Mention]) -> list[tuple[int, Block]]:
    """Blocks that name the domain, with their neighbours; headings and labels never."""
    named = [m.start for m in mentions if m.kind == "instrument" or m.id.startswith("copuos")]
    hot = {
        n for n, b in enumerate(document.blocks)
        if b.kind != "label"
        and (_GATE.search(document.text, b.start, b.end) or any(b.start <= at < b.end for at in named))
    }  # fmt: skip
    near = {n + step for n in hot for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    return [(n, b) for n, b in readable(document) if n in near]


def density(document: Document) -> float:
    """Words of the domain in a usual paragraph of a document."""
    return len(DOMAIN.findall(document.text)) / max(1, len(document.text) / PARAGRAPH)


def readable(document: Document) -> list[tuple[int, Block]]:
    """The blocks that may hold a stance, with their numbers: headings and labels hold none."""
    return [
        (n, b) for n, b in enumerate(document.blocks) if b.kind in {"paragraph", "item"} and b.end > b.start
    ]  # fmt: skip


def names_domain(text: str) -> bool:
    """Whether a sentence speaks of outer space, and of no other kind of room alone."""
    return DOMAIN.search(_OTHER_SPACE.sub("", text)) is not None


def announces(clause: str) -> bool:
    """Whether a clause only says what the speaker comes to next.

    >>> announces("I should now like to turn to the question of outer space")
    True
    >>> announces("Let us turn outer space into a zone of peace"), announces("We will come to an agreement on debris")
    (False, False)
    """
    return _ANNOUNCEMENT.match(" ".join(clause.split())) is not None
