"""Passages of a document that are another's words: quotations with an introduction, turns in a record.

'The Minister for Foreign Affairs of Fiji said:' and what stands in quotation marks after it, over paragraphs until
the mark that closes; '"…", said the envoy of Peru'; in a verbatim or summary record 'Mr. TURAGA (Fiji):' until the
next speaker. Whose words they are is looked up by the caller; headlines and newspapers have no voice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from spacegov.model import Document

Voice = tuple[tuple[str, ...], str | None]
"""Actors whose words they are, and the person where one is known."""
Resolve = Callable[[int, int], Voice | None]
"""Whom the document names between two offsets as the one who speaks."""

_SAID: Final = (
    r"(?:said|says|stated|states|declared|declares|wrote|writes|told|remarked|observed|affirmed|proclaimed|stressed|"
    r"warned|added|announced|explained|emphasi[sz]ed|put it|concluded|noted)"
)
_INTRODUCED: Final = re.compile(
    rf"\b(?:{_SAID}|in the words? of|words|I quote|as follows|message|statement|speech|address|letter|declaration)\b",
    re.IGNORECASE,
)
_PRESS: Final = re.compile(
    r"\b(?:newspapers?|headlines?|editorials?|articles?|magazines?|daily|journalists?|columnists?|poets?|"
    r"philosophers?|authors?|books?|novels?|proverbs?|paragraph|preamble|resolution|treaty|charter|"
    r"Times|Post|Pravda|Izvestia|Tribune|Herald|Guardian|Monde|Gazette)\b",
    re.IGNORECASE,
)
_AUTHOR: Final = re.compile(r"\b(?:I|we|my|our)\b(?! quote)", re.IGNORECASE)
_TRAILING: Final = re.compile(rf"[,.]?\s*(?:{_SAID})\s|[,.]?\s*(?:the |[A-Z])[^.“”\"\n]{{2,90}}?\s{_SAID}\b")
_OPENING: Final = re.compile(r"“|(?<![\w\"])\"(?=\w)")
LEAST: Final = 40
"""Characters of a quotation that is a voice of its own; what is shorter is a term or part of a sentence."""
MOST: Final = 6000
_BEFORE: Final = 240
"""Characters in which an introduction stands."""
_TURN: Final = re.compile(
    r"(?m)^[ \t]*(?:\d{1,3}\.\s+)?"
    r"(?:(?:H\.\s?E\.\s+)?(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Dame|Ambassador|Archbishop|Prince)\.?"
    r"\s[^()\n:]{2,60}\((?P<of>[^()\n]{3,60})\)|The (?:Acting )?(?:Vice-)?(?:CHAIR|PRESIDENT|Chair|President)\w*\b"
    r"(?:\s\([^)\n]*\))*(?=:| (?:invited|said|suggested|recalled|announced|drew|declared))"
    r"|A recorded vote was taken|The meeting rose|The (?:draft resolution|amendment|motion)\b[^\n]{0,60}"
    r"\bwas (?:adopted|rejected))"
)
LEAST_TURNS: Final = 2
"""Speakers that a text names this way where it is a record."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is somebody's words."""

    start: int
    end: int
    voice: Voice
    told: tuple[int, int] = (0, 0)
    """Where the words stand that say whose it is, and perhaps of which day."""

    def holds(self, start: int, end: int) -> bool:
        """Whether most of a sentence stands in it."""
        return 2 * (min(self.end, end) - max(self.start, start)) > end - start


def quotations(document: Document, resolve: Resolve) -> Iterator[Passage]:
    """The quoted passages whose speaker the text names, in reading order."""
    text, at = document.text, 0
    while opening := _OPENING.search(text, at):
        start = opening.end()
        end = _closing(text, start, opening.group())
        at = end + 1
        if end - start < LEAST:
            continue
        for low, high in (_introduction(text, opening.start()), _what_follows(text, end + 1)):
            voice = resolve(low, high) if high else None
            if voice:
                yield Passage(start, end, voice, (low, high))
                break


def _closing(text: str, start: int, mark: str) -> int:
    """Where a quotation ends: each paragraph of it opens anew, only the last one closes."""
    close = "”" if mark == "“" else '"'
    limit = min(len(text), start + MOST)
    at = start
    while True:
        end = text.find(close, at, limit)
        paragraph = text.find("\n\n", at, limit)
        if paragraph < 0 or 0 <= end < paragraph:
            return end if end >= 0 else limit
        following = text[paragraph:].lstrip()[:1]
        if following != mark:
            return end if mark == "“" and end >= 0 else paragraph
        at = text.index(mark, paragraph) + 1


def _introduction(text: str, opening: int) -> tuple[int, int]:
    """Where a speaker is announced right before a quotation: '… said on Monday:'; (0, 0) where nobody is."""
    before = text[max(0, opening - _BEFORE) : opening].rstrip()
    if not before.endswith((":", ",", "that", "—", "–")):
        return 0, 0
    cut = max((m.end() for m in re.finditer(r"(?<!\b[A-Z])(?<!Mr|Ms|Dr)(?<!Mrs)[.!?”]\s|\n\n", before)), default=0)
    said = before[cut:]
    if not _INTRODUCED.search(said) or _PRESS.search(said) or _AUTHOR.search(said):
        return 0, 0
    low = max(0, opening - _BEFORE) + cut
    return low, low + len(said)


def _what_follows(text: str, end: int) -> tuple[int, int]:
    """Where a speaker is named right after a quotation: '…”, said the envoy of Peru'; (0, 0) where nobody is."""
    found = _TRAILING.match(text, end)
    if not found:
        return 0, 0
    stop = re.compile(r"[.:;“\n]").search(text, found.end())
    high = min(stop.start() if stop else len(text), end + _BEFORE)
    if _PRESS.search(text, end, high) or _AUTHOR.search(text, end, high):
        return 0, 0
    return end, high


def turns(document: Document, resolve: Resolve, chair: Voice) -> Iterator[Passage]:
    """The turns of the speakers of a record; those of the chair, and votes, are the body's."""
    found = list(_TURN.finditer(document.text))
    if len({m["of"] for m in found if m["of"]}) < LEAST_TURNS:
        return
    for place, turn in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(document.text)
        voice = resolve(turn.start("of"), turn.end("of")) if turn["of"] else chair
        if voice:
            yield Passage(turn.start(), end, _for_others(document.text, turn.end(), voice, resolve))


def _for_others(text: str, at: int, voice: Voice, resolve: Resolve) -> Voice:
    """'(Fiji), speaking on behalf of the Group of 77' is the group; 'also on behalf of Palau' is both."""
    found = re.compile(r"[^.:\n]{0,60}\bon behalf of ").match(text, at)
    stop = re.search(r"[.:;\n]|\bsaid\b", text[found.end() :]) if found else None
    group = resolve(found.end(), found.end() + (stop.start() if stop else 80)) if found else None
    if not found or not group:
        return voice
    both = tuple(dict.fromkeys((*voice[0], *group[0])))
    return (both if "also" in found.group() else group[0]), voice[1]
