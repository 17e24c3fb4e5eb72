"""When a capital stands for its state: 'Ottawa will send the bill', and not 'signed in Ottawa' or 'the Ottawa Treaty'.

A place and a government are spelled alike, so a name must stand where only somebody who acts can: before a verb, as
owner of what follows, or after a word that has a person as its object.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?"
_LIST_BEFORE: Final = re.compile(rf"(?:{_NAME}(?:, and |, | and |-))+$")
_LIST_BEHIND: Final = re.compile(rf"(?:(?:, and |, | and ){_NAME})+")
_TOWARD: Final = re.compile(
    r"\b(?:by|with|upon|on|against|urg(?:e|es|ed|ing)|tell(?:s|ing)?|told|ask(?:s|ed|ing)?|"
    r"accus(?:e|es|ed|ing)|invit(?:e|es|ed|ing)|press(?:es|ed|ing)?|blam(?:e|es|ed|ing)|warn(?:s|ed|ing)?) $"
)
"""Words whose object acts or is spoken to."""
_LONGER: Final = re.compile(r" [A-Z\d]")
_OWNED: Final = re.compile(r"['’]s? [A-Za-z]")
_VERB: Final = re.compile(r" ([a-z]+)\b")
_NO_VERB: Final = frozenset(
    [
        "a", "above", "after", "against", "along", "an", "and", "area", "around", "as", "at", "based", "because",
        "before", "but", "by", "during", "for", "from", "if", "in", "into", "near", "next", "nor", "of", "on", "or",
        "over", "since", "so", "talks", "than", "that", "the", "then", "this", "through", "time", "to", "today",
        "tomorrow", "tonight", "under", "until", "via", "when", "where", "which", "while", "who", "with", "yesterday",
    ]
)  # fmt: skip
"""Words that go on after a place."""
_PLACING: Final = re.compile(
    r"(?:\b(?i:in|at|from|near|to|of|for|through|via|outside|around|between|the)"
    r"|\b(?!(?:But|And|Yet|So|Still|While|If|When|Though|Although|As|Because|Since|Today|Yesterday|That)\b)"
    r"[A-Z][\w-]*) $"
)
"""What makes a name behind it that of a place, or part of a longer name."""


def speaks(text: str, start: int, end: int) -> bool:
    """Whether the capital between two offsets stands for its state.

    >>> said = "Ottawa will pay, Seoul's envoy said in Ottawa on Monday."
    >>> [speaks(said, m.start(), m.end()) for m in re.finditer("Ottawa|Seoul", said)]
    [True, True, False]
    """
    before = text[max(0, start - 80) : start].replace("\n", " ")
    after = text[end : end + 80].replace("\n", " ")
    listed = _LIST_BEFORE.search(before)
    ahead = before[: listed.start()] if listed else before
    placed = _PLACING.search(ahead) is not None
    if _OWNED.match(after) and not placed:
        return True
    if _TOWARD.search(ahead):
        return _LONGER.match(after) is None
    others = _LIST_BEHIND.match(after)
    verb = _VERB.match(after, others.end() if others else 0)
    return verb is not None and verb[1] not in _NO_VERB and not placed
