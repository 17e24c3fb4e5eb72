"""Which words the reader leans on: each word of a clause is masked in turn, and the loss in log share is its weight.

Occlusion (Zeiler and Fergus 2014): a test of the model itself, not a story told beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from spacegov.extract.reader import MASK, Reader, Reading

_WORD: Final = re.compile(r"\w[\w'’-]*")


def telling_words(reader: Reader, reading: Reading, clause: int, act: str, most: int = 5) -> list[tuple[str, float]]:
    """The words of a clause without which the reader would think less of an act, strongest first."""
    start, end, _ = reading.clauses[clause]
    words = [m for m in _WORD.finditer(reading.sentence, start, end) if len(m.group()) > 1]
    if not words:
        return []
    only = replace(reading, clauses=(reading.clauses[clause],))
    judged = reader.read([only, *(_masked(only, m.start(), m.end()) for m in words)])
    place = reader.acts.index(act)
    whole = judged[0][0].acts[place]
    losses = [(m.group(), whole - one[0].acts[place]) for m, one in zip(words, judged[1:], strict=True)]
    return sorted((pair for pair in losses if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))[:most]


def _masked(reading: Reading, low: int, high: int) -> Reading:
    shift = len(MASK) - (high - low)
    start, end, head = reading.clauses[0]
    return replace(
        reading, sentence=reading.sentence[:low] + MASK + reading.sentence[high:],
        clauses=((start, end + shift, head + shift if head > low else head),),
    )  # fmt: skip
