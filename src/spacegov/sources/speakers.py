"""Who speaks in a report, where a reporter tells what others say."""

from __future__ import annotations

import re
from typing import Final

from spacegov.model import Vocabulary
from spacegov.sources.authors import represented
from spacegov.sources.names import names_of

REPORTED: Final = 20_000
"""Characters of a report in which its speakers are looked for."""

# '…, head of the delegation, said', '… attended the opening and delivered a speech'
_SPEAKS: Final = re.compile(
    r"(?:,[^,.;]{1,80},)? "
    r"(?:(?:also|further|then|has|have|had|again|on \w+day) |(?:attended|addressed)\b[^.;]{0,120}\band )*"
    r"(?:said|says|stated|states|stressed|noted|noting|pointed|added|adds|told|urged|urges|warned|warns"
    r"|called (?:for|on|upon)|calls (?:for|on|upon)|remarked|explained|declared|argued|emphasi[sz]ed|expressed"
    r"|delivered|made the remarks)\b"
)
_SAID: Final = re.compile(r"\b(?:said|says|according to|added|told by)(?: (?:the|by|[A-Z][\w’'-]*|spokes\w+|of))* $")


def only_speaker(text: str, date: str | None, vocabulary: Vocabulary) -> str | None:
    """The actor for whom all speak whom a report lets speak; None where there are several, or nobody.

    A report is not its speaker's text: this is no author.
    """
    text = text[:REPORTED]
    actors: set[str] = set()
    for hit in names_of(vocabulary).find(text):
        speaks = _SPEAKS.match(text, hit.end) or _SAID.search(text[max(0, hit.start - 80) : hit.start])
        if speaks and hit.kind == "person":
            actors |= set(represented(hit.id, date, vocabulary))
        elif speaks and hit.kind == "actor":
            actors.add(_state_of(hit.id, vocabulary))
    return actors.pop() if len(actors) == 1 else None


def _state_of(actor: str, vocabulary: Vocabulary) -> str:
    """The state of an agency of a state; any other actor as it is."""
    entry = vocabulary.entries.get(actor)
    if entry is None or entry.type != "StateAgency":
        return actor
    above = (vocabulary.entries.get(broader) for broader in entry.broader)
    return next((state.id for state in above if state is not None and state.type == "State"), actor)
