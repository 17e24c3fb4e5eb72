"""The lines of a source, without what belongs to the page and not to the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from spacegov.sources.offsets import Mapped

EDGE: Final = 3
"""So many lines at the top and foot of a page may be a running header or footer."""

_BREAK: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PAGE_NUMBER: Final = re.compile(
    r"(?:page|p\.)\s?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}\s?/\s?\d{1,4}|\|\s?\d{1,4}\s?\|?",
    re.IGNORECASE,
)
# job numbers and symbols at the head and foot of verbatim records: '17 10-55264', '8/26 15-29876',
# 'A/70/PV.24 01/10/2015'
_RECORD_MARK: Final = re.compile(
    r"(?:\d{1,3}(?:/\d{1,3})? )?\d{2}-\d{5}\*?(?: ?\([A-Z]\))?(?: \d{1,3}(?:/\d{1,3})?)?"
    r"|(?:[\d/]{1,12} )?A/(?:[A-Z]+[-.\d]*/|\d+/){0,3}PV\.\d+(?: and Corr\.\w)?(?: [\d/]{1,12}){0,2}"
    r"|\d{1,2} [A-Z][a-z]{2,8} \d{4} \d{1,4}|\d{1,4} General Assembly.{0,60}Plenary Meetings?"
)
_BARE_NUMBER: Final = re.compile(r"\d{1,4}|[ivxl]{1,6}")
_END_MARK: Final = re.compile(r"[-–—*\s]*(?:end|ends|# ?# ?#|30)[-–—*\s]*", re.IGNORECASE)
_RULE: Final = re.compile(r"[-–—_=*~.#\s\\|]{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with something on it."""

    content: Mapped
    raw: str
    """The line as the source has it, markup and all, without white space at its ends."""
    indent: int
    gap: int
    """Empty lines between the line before and this one."""
    page: int | None
    cut: bool = False
    """Something was dropped before this line: a paragraph may run on over it."""

    @property
    def text(self) -> str:
        """What the line says."""
        return self.content.text


def lines_of(text: Mapped, source: str, pages: Sequence[int]) -> list[Line]:
    """The lines that hold text, without page furniture, rules and end marks.

    `pages` are the places in the source where its pages start; form feeds start pages where there are none.
    """
    if not pages and "\f" in source:
        pages = [0, *(place + 1 for place, character in enumerate(source) if character == "\f")]
    lines = _split(text, source, pages)
    dropped = _furniture(lines) if pages else _lone_numbers(lines)
    kept: list[Line] = []
    pending_gap, cut = 0, False
    for place, line in enumerate(lines):
        if place in dropped or _RULE.fullmatch(line.text) or _END_MARK.fullmatch(line.text):
            pending_gap, cut = pending_gap + line.gap, True
            continue
        cut = cut or bool(kept and line.page != kept[-1].page)
        kept.append(replace(line, gap=line.gap + pending_gap, cut=True) if cut else line)
        pending_gap, cut = 0, False
    return kept


def _split(text: Mapped, source: str, pages: Sequence[int]) -> list[Line]:
    lines: list[Line] = []
    start = raw_start = gap = 0
    ends = [(match.start(), match.end()) for match in _BREAK.finditer(text.text)]
    for end, following in [*ends, (len(text), len(text))]:
        whole = text.cut(start, end)
        raw = source[raw_start : text.places[end] if end < len(text) else len(source)]
        start, raw_start = following, text.places[following - 1] + 1 if following else 0
        content = whole.strip()
        if not content.text:
            gap += 1
            continue
        lines.append(
            Line(
                content=content,
                raw=raw.strip(),
                indent=len(whole.text) - len(whole.text.lstrip()),
                gap=gap if lines else 0,
                page=bisect_right(pages, content.places[0]) if pages else None,
            )
        )
        gap = 0
    return lines


def _furniture(lines: Sequence[Line]) -> set[int]:
    """Places of running headers, footers and page numbers: same words at the edge of several pages."""
    by_page: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        by_page.setdefault(line.page or 0, []).append(place)
    edges = {place: None for places in by_page.values() for place in (*places[:EDGE], *places[-EDGE:])}
    seen = Counter(_shape(lines[place].text) for place in edges)
    often = max(2, -(-len(by_page) // 3))
    return {
        place
        for place in edges
        if _PAGE_NUMBER.fullmatch(lines[place].text)
        or _RECORD_MARK.fullmatch(lines[place].text)
        or _BARE_NUMBER.fullmatch(lines[place].text)
        or (len(lines[place].text) <= 150 and seen[_shape(lines[place].text)] >= often and len(by_page) > 1)
    }


def _lone_numbers(lines: Sequence[Line]) -> set[int]:
    """Places of page numbers and marks in a text whose pages are not known."""
    dropped = {place for place, line in enumerate(lines) if _PAGE_NUMBER.fullmatch(line.text)}
    dropped |= {place for place, line in enumerate(lines) if place and _RECORD_MARK.fullmatch(line.text)}
    bare = [place for place, line in enumerate(lines) if line.text.isdecimal() and len(line.text) <= 4]
    for before, after in pairwise(bare):
        if int(lines[after].text) == int(lines[before].text) + 1:
            dropped |= {before, after}
    return dropped


def _shape(line: str) -> str:
    """A line with its numbers made equal: 'A/79/26, page 12' and 'A/79/26, page 13' are one footer."""
    return re.sub(r"\d+", "0", line).casefold()
