"""The evidence check of every optional extractor: a quotation is in the text, or the row is not kept.

What a language model hands back as a quotation is only a claim. It is looked for letter by letter in the
passage that the model was given; where only white space differs, the text's own letters are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from spacegov.model import Document, Evidence
from spacegov.stances import evidence_at, fold

SHORTEST: Final = 8
"""Letters of a quotation below which it shows nothing ('support')."""
LONGEST: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a quotation stands in the normalised text, and how it was found."""

    start: int
    end: int
    how: Literal["exact", "white space"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotLocated:
    """Why a quotation cannot be evidence."""

    reason: str


def locate(text: str, quote: str, *, start: int = 0, end: int | None = None) -> Located | NotLocated:
    """The one place of a quotation in `text[start:end]`, in whole words.

    Nothing is guessed: a quotation that stands there twice is refused like one that is invented.

    >>> locate("We  support the draft treaty.", "support the draft")
    Located(start=4, end=21, how='exact')
    >>> locate("We support the draft\\ntreaty.", "support the draft treaty").how
    'white space'
    >>> locate("We support the draft treaty.", "We oppose the draft").reason
    'the quotation is not in the passage'
    """
    end = len(text) if end is None else end
    words = quote.split()
    if sum(map(len, words)) < SHORTEST:
        return NotLocated(reason=f"the quotation is shorter than {SHORTEST} letters")
    if len(quote) > LONGEST:
        return NotLocated(reason=f"the quotation is longer than {LONGEST} letters")
    exact = _places(text, re.escape(quote.strip()), start, end)
    found = exact or _places(text, r"\s+".join(map(re.escape, words)), start, end)
    if not found:
        return NotLocated(reason="the quotation is not in the passage")
    if len(found) > 1:
        return NotLocated(reason=f"the quotation stands {len(found)} times in the passage")
    return Located(start=found[0][0], end=found[0][1], how="exact" if exact else "white space")


def evidence_of(document: Document, place: Located) -> Evidence:
    """The evidence for a place in the normalised text: the source's own letters."""
    low, high = document.source_span(place.start, place.end)
    return evidence_at(document.source, low, high, doc=document.metadata.doc, sha256=document.sha256)


def stands(document: Document, evidence: Evidence) -> bool:
    """Whether the words of an evidence stand letter by letter where it says, in the source that it names."""
    here = document.source[evidence.start : evidence.end]
    return bool(fold(here)) and here == evidence.exact and evidence.sha256 == document.sha256


def _places(text: str, pattern: str, start: int, end: int) -> list[tuple[int, int]]:
    found = re.compile(pattern).finditer(text, start, end)
    return [m.span() for m in found if _at_border(text, m.start()) and _at_border(text, m.end())]


def _at_border(text: str, place: int) -> bool:
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())
