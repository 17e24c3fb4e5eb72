"""Metadata that nobody gave, looked for in the text: in its first lines, and by fixed patterns only.

Whatever is found bears a note saying where. What is doubtful stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from spacegov.model import Block, Metadata, Vocabulary
from spacegov.sources.authors import Beginning, authors_and_speaker
from spacegov.sources.blocks import Layout
from spacegov.sources.labels import dateline_of
from spacegov.sources.names import Hit, Names, names_of
from spacegov.sources.reading import Reading

OPENING: Final = 6
"""So many blocks at the start of a text may say what it is."""
SHORT: Final = 25
"""Words of the longest line that reads like one of a title page."""

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_MONTH: Final = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_DATES: Final = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-(?P<day>[0-3]\d)\b"),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH},? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {_DAY},? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE),
)
_DAY_ONLY: Final = re.compile(rf"\b(?:{_MONTH} {_DAY})\b(?!,? \d{{4}})", re.IGNORECASE)
_BEFORE_DATE: Final = re.compile(r"(?:On |(?:[A-Z][\w.'’-]*,? ){1,4}\(?|\(?date:? )?")
_YEAR: Final = re.compile(r"\b(?:19[5-9]|20[0-4])\d\b")
_OTHER_YEAR: Final = re.compile(
    r"\b(?:of|since|after|before|until|from) (?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d(?= (?:[A-Z][a-z]+|treaty|convention|agreement)\b)"
)
"""A year that dates what is spoken of: 'the convention of 1972', 'the 1967 Treaty'."""
_AGENCY: Final = re.compile(r"\((?:Xinhua|ECNS|AP|AFP|Reuters|TASS|Interfax|Kyodo|[A-Z]{3,6})\) ?(?:--|[-–—])")
_SYMBOL: Final = re.compile(
    r"\b(?:A|S|CD|E|NPT|DC|ST|ENDC)"
    r"(?:/(?:[A-Z]{1,5}|Add|Rev|Corr|\d{1,4})(?:[.-]\d{1,4}[A-Z]?){0,3}){1,8}\b(?!/)"
)
# 'made the remarks at the 64th Session of …': a place of speaking, not merely a body spoken of
_IN_FORUM: Final = re.compile(
    r"\b(?:remarks?|statement|speech|speaking|spoke|speaks|address(?:ed|ing)?|told|attended|delivered|said)\b"
    r"[^.;]{0,80}\b(?:at|before|to|in|during)\b[^.;]{0,60}$|\b(?:addressed|addressing|told)\b[^.;]{0,20}$",
    re.IGNORECASE,
)
_KIND: Final = (
    ("joint-statement", re.compile(r"\bjoint (?:statement|communiqu|declaration)", re.IGNORECASE)),
    ("working-paper", re.compile(r"\b(?:working|position|conference room) paper\b", re.IGNORECASE)),
    ("fact-sheet", re.compile(r"\bfact sheet\b", re.IGNORECASE)),
    ("press-release", re.compile(r"\b(?:press|media|news) release\b", re.IGNORECASE)),
    ("press-briefing", re.compile(r"\b(?:press|daily) (?:briefing|conference|gaggle)\b", re.IGNORECASE)),
    ("guidelines", re.compile(r"\bguidelines\b", re.IGNORECASE)),
    ("resolution", re.compile(r"^(?:[A-Z]\. )?(?:draft )?resolution\b", re.IGNORECASE)),
    ("treaty", re.compile(r"^(?:treaty|convention|agreement)\b", re.IGNORECASE)),
    ("speech", re.compile(r"^(?:remarks|speech|address)\b", re.IGNORECASE)),
    ("statement", re.compile(r"\bstatement\b|^intervention\b", re.IGNORECASE)),
)  # fmt: skip

_FORM: Final = (
    ("treaty", re.compile(
        r"^(?:The )?(?:States )?Part(?:ies|y) to (?:this|the present) (?:Treaty|Agreement|Convention|Protocol)\b"
        r"|^The (?:High )?Contracting (?:Parties|States)\b"
    )),
    ("resolution", re.compile(r"^The (?:General Assembly|Security Council|Economic and Social Council),")),
)  # fmt: skip
"""How such a text begins, whatever stands above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The first blocks of a text."""

    title: str | None
    lines: tuple[str, ...]
    """Those that read like lines of a title page: headings and short blocks."""
    paragraphs: tuple[str, ...]
    """All of them, in order."""


def complete(metadata: Metadata, reading: Reading, layout: Layout, vocabulary: Vocabulary | None) -> Metadata:
    """The metadata with what the text says of itself, each field with a note where it was found."""
    opening = _opening(layout)
    found: dict[str, tuple[object, str]] = dict(reading.found)
    if opening.title:
        found["title"] = (opening.title, "found: first heading")
    looked_for = {"date": _date(opening), "symbol": _symbol(opening), "kind": _kind(opening, metadata)}
    found |= {field: value for field, value in looked_for.items() if value}
    known = _adopt(metadata, found)
    if vocabulary is not None:
        known = _adopt(known, _by_name(known, opening, layout, vocabulary))
    if "language" not in known.origin:
        known = replace(known, origin={**known.origin, "language": "found: small words of the text"})
    return known


def _adopt(metadata: Metadata, found: Mapping[str, tuple[object, str]]) -> Metadata:
    """The metadata with those findings for which nothing is known yet."""
    origin = dict(metadata.origin)
    changes: dict[str, object] = {}
    for field, (value, note) in found.items():
        if field == "encoding":
            origin[field] = note
        elif not getattr(metadata, field) and not ({field, field.removesuffix("s")} & set(metadata.origin)):
            changes[field] = value
            origin["author" if field == "authors" else field] = note
    return replace(metadata, **changes, origin=origin)  # type: ignore[arg-type]  # fields of Metadata by name


def _opening(layout: Layout) -> Opening:
    blocks = layout.blocks[:OPENING]
    texts = [layout.content.text[block.start : block.end] for block in blocks]
    title = next(
        (_labelled(block, text) for block, text in zip(blocks, texts, strict=True) if block.kind == "heading"),
        None,
    )
    return Opening(
        title=title,
        lines=tuple(
            text
            for block, text in zip(blocks, texts, strict=True)
            if len(text.split()) <= SHORT and (block.kind == "heading" or not text.endswith((".", "!", "?", ";", ":")))
        ),
        paragraphs=tuple(_dated(block, text)[:1500] for block, text in zip(blocks, texts, strict=True)),
    )


def _labelled(block: Block, text: str) -> str:
    return f"{block.label} {text}" if block.label else text


def _dated(block: Block, text: str) -> str:
    """The text of a block with its dateline, where it has one."""
    labelled = _labelled(block, text)
    return labelled if dateline_of(labelled) else text


def _date(opening: Opening) -> tuple[str, str] | None:
    """A date that stands alone, in a dateline, or in a heading, in that order."""
    for line in opening.paragraphs:
        if len(line.split()) <= 6 and (date := _full_date(line)):
            return date, "found: line with a date"
    for line in opening.paragraphs:
        if date := _full_date(line[:90]):
            before = line[: _full_date_start(line[:90])]
            if before == "On " and not opening.title:
                continue  # a passage cut out of a speech may well begin so
            if _BEFORE_DATE.fullmatch(before):
                return date, "found: dateline"
    for line in opening.lines:
        if date := _full_date(line):
            return date, "found: heading"
    return _dateline_without_year(opening)


def _dateline_without_year(opening: Opening) -> tuple[str, str] | None:
    """'BEIJING, May 6 (Xinhua) --': a day whose year is the only one that the first lines name."""
    years = {year for line in opening.paragraphs for year in _YEAR.findall(_OTHER_YEAR.sub("", line))}
    for line in opening.paragraphs:
        match = _DAY_ONLY.search(line[:60])
        if match and _AGENCY.search(line[:90]) and len(years) == 1:
            return f"{years.pop()}-{_month(match['month']):02}-{int(match['day']):02}", "found: dateline"
    return None


def _full_date(text: str) -> str | None:
    for form in _DATES:
        if match := form.search(text):
            parts = match.groupdict()
            month = int(parts["number"]) if parts.get("number") else _month(parts["month"])
            if 1 <= month <= 12 and 1 <= int(parts["day"]) <= 31:
                return f"{parts['year']}-{month:02}-{int(parts['day']):02}"
    return None


def _full_date_start(text: str) -> int:
    return min((match.start() for form in _DATES if (match := form.search(text))), default=0)


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower().rstrip(".")[:3]))


def _symbol(opening: Opening) -> tuple[str, str] | None:
    """A United Nations document symbol that stands alone in one of the first lines, or beside little else."""
    for line in opening.lines:
        match = _SYMBOL.search(line)
        if match and any(map(str.isdigit, match[0])) and len(line.split()) <= 4:
            return match[0], "found: line with a symbol"
    return None


def _kind(opening: Opening, metadata: Metadata) -> tuple[str, str] | None:
    title = metadata.title or opening.title or ""
    for kind, pattern in _KIND:
        if pattern.search(title):
            return kind, "found: title"
    if any(_AGENCY.search(line[:90]) for line in opening.paragraphs):
        return "news", "found: dateline"
    for kind, pattern in _FORM:
        if any(pattern.match(line) for line in opening.paragraphs):
            return kind, "found: its opening words"
    return None


def _by_name(
    metadata: Metadata, opening: Opening, layout: Layout, vocabulary: Vocabulary
) -> dict[str, tuple[object, str]]:
    """Authors, speaker and forum, where the text names them in so many words."""
    names = names_of(vocabulary)
    lines = tuple(dict.fromkeys((*((metadata.title,) if metadata.title else ()), *opening.lines)))
    text = layout.content.text
    labels = [
        f"{block.label or ''} {text[block.start : block.end]}" for block in layout.blocks if block.kind == "label"
    ]
    shows = Beginning(title=metadata.title, lines=lines, paragraphs=opening.paragraphs, labels=labels, text=text)
    found = authors_and_speaker(metadata, shows, names, vocabulary)
    if forum := _forum(lines, opening.paragraphs, names, vocabulary):
        found["forum"] = forum
    return found


def _forum(
    lines: Sequence[str], paragraphs: Sequence[str], names: Names, vocabulary: Vocabulary
) -> tuple[str, str] | None:
    for line in lines:
        if hits := [hit for hit in names.find(line) if hit.kind in ("forum", "meeting")]:
            return _most_special(hits, vocabulary), "found: heading"
    for text in paragraphs[:3]:
        sentence = re.split(r"(?<=[a-z)])[.] ", text[:600])[0]
        hits = [hit for hit in names.find(sentence) if hit.kind in ("forum", "meeting")]
        if hits := [hit for hit in hits if _IN_FORUM.search(sentence[: hit.start])]:
            return _most_special(hits, vocabulary), "found: first sentences"
    return None


def _most_special(hits: Sequence[Hit], vocabulary: Vocabulary) -> str:
    """Of several forums the one that is part of the others: the Subcommittee, not the Committee."""
    ids = [hit.id for hit in hits]
    depth = {identifier: _depth(identifier, vocabulary) for identifier in ids}
    return max(ids, key=lambda identifier: (depth[identifier], -ids.index(identifier)))


def _depth(identifier: str, vocabulary: Vocabulary) -> int:
    depth, seen = 0, {identifier}
    while (entry := vocabulary.entries.get(identifier)) is not None and depth < 10:
        above = next((parent for parent in (*entry.broader, *([entry.forum] if entry.forum else []))), None)
        if above is None or above in seen:
            break
        seen.add(above)
        identifier, depth = above, depth + 1
    return depth
