"""Passages made into the blocks of a document, and the blocks into its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from spacegov.model import Block
from spacegov.sources.labels import Label, dateline_of, label_of, speaker_of
from spacegov.sources.layout import Passage, title_case
from spacegov.sources.offsets import Mapped, join

BETWEEN: Final = "\n\n"
"""What stands between two blocks in `Document.text`."""

HEADING_WORDS: Final = 25
"""A heading has at most so many words."""

TITLE_WORDS: Final = 40
"""... but the title of a treaty may be longer."""

DEEPEST: Final = 6
"""Lists within lists are followed so far down."""

_MARKER: Final = re.compile(r"(?:(?:#{1,6}|>+)\s+)+(?=\S)")
_UNCLOSED: Final = re.compile(r"(?<!\bU\.S)(?<!\bU\.N)[.!?:;,…–—-]['\"”’)\]]*\d{0,2}$")
_SECTION: Final = re.compile(
    r"""(?:article|annex|appendix|chapter|part|section|principle|guideline|rule|protocol|preamble)s?
    (?:\.?|\ (?:[A-Z]\.?)?[\dIVXL]{0,7}(?:\.\d{1,3}){0,3}[.:]?)""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLED_SECTION: Final = re.compile(
    r"(?:Article|Annex|Appendix|Chapter|Part|Section|Principle|Guideline|Rule|Preamble)"
    r"(?: (?:[A-Z]\.?)?[\dIVXL]{1,7}(?:\.\d{1,3}){0,3})?[.:]? ?[—–-]? ?(?=[A-Z“\"]).*[^.;:,]",
    re.DOTALL,
)
"""'Guideline 4: Avoid intentional destruction'"""
_RUN_IN: Final = re.compile(
    r"(?:[A-Z]+ING|BACKGROUND|FACT SHEET|NOTE|SUMMARY|CONTACTS?|SUBJECT|KEY|TOPIC|AGENDA)\b[^:]*:"
    r"|(?:[A-Z'’-]+ ){5,}[^:]*:"
)
"""'ENSURING SUPERIORITY: The order …' is a heading that runs into its paragraph, and nobody's name."""
_NUMBERING: Final = ("number", "decimal", "section", "roman", "note", "dateline")
"""Labels that make no list item by themselves."""
_LIST_LINE: Final = re.compile(r";(?: (?:and|or))?$")
_INTRODUCES: Final = re.compile(r"[:—–]$")
_EMPHASISED: Final = re.compile(r"(?:<u>)?(?:\*{1,3}|__).+(?:\*{1,3}|__)(?:</u>)?", re.DOTALL)
Kind = Literal["paragraph", "item", "heading", "label"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block before its place in the text is known."""

    content: Mapped
    kind: Kind
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The normalised text with its blocks."""

    content: Mapped
    blocks: tuple[Block, ...]


def layout_of(passages: Sequence[Passage], pages: Sequence[int]) -> Layout:
    """The text of a document: its blocks in a row, an empty line between two."""
    parts = [part for place in range(len(passages)) for part in _parts(passages, place)]
    parts = _with_items(_with_plain_lists(parts))
    content = join((BETWEEN, part.content) for part in parts)
    heads = _heads(parts)
    blocks: list[Block] = []
    start = 0
    for part, head in zip(parts, heads, strict=True):
        end = start + len(part.content)
        blocks.append(
            Block(
                start=start,
                end=end,
                kind=part.kind,
                label=part.label.text if part.label else None,
                head=head,
                page=bisect_right(pages, part.content.places[0]) if pages else None,
            )
        )
        start = end + len(BETWEEN)
    return Layout(content=content, blocks=tuple(blocks))


def _parts(passages: Sequence[Passage], place: int) -> list[Part]:
    """The blocks of one passage: a speaker's label is a block of its own."""
    content, raw = passages[place].content, passages[place].lines[0].raw
    marked = raw.startswith("#")
    if match := _MARKER.match(content.text):
        content = content.cut(match.end())
    if length := speaker_of(content.text):
        kind: Kind = "heading" if _RUN_IN.match(content.text) or raw.startswith("**") else "label"
        said = Part(content=content.cut(0, length).strip(), kind=kind)
        rest = content.cut(length).strip()
        return [said, Part(content=rest, kind="paragraph")] if rest.text else [said]
    label = dateline_of(content.text) or label_of(content.text)
    body = content.cut(label.end) if label else content
    if marked or _is_heading(passages, place, body, label):
        return [Part(content=body, kind="heading", label=label)]
    if label and label.style == "capital":
        # 'J. Smith said': a paragraph that begins with a capital and a stop begins with a name
        return [Part(content=content, kind="paragraph")]
    return [Part(content=body, kind="paragraph", label=label)]


def _is_heading(passages: Sequence[Passage], place: int, body: Mapped, label: Label | None) -> bool:
    """Whether a passage reads like a heading: short, not closed like a sentence, with something below it."""
    text, lines = body.text, passages[place].lines
    words = text.split()
    longest = TITLE_WORDS if not place or _TITLED_SECTION.match(text) else HEADING_WORDS
    if place + 1 == len(passages) or not words or len(words) > longest or len(lines) > 4:
        return False
    if label and label.style in ("bullet", "letter", "note"):
        return False
    if _SECTION.fullmatch(text) or _TITLED_SECTION.fullmatch(text):
        return True
    if _UNCLOSED.search(text) or text[0] in '("“' or not any(map(str.isalpha, text)):
        return False
    if text.isupper():
        return True
    if not (text[0].isupper() or text[0].isdigit()):
        return False
    raw = "\n".join(line.raw for line in lines)
    if _EMPHASISED.fullmatch(raw) or title_case(text):
        return True
    if place and _INTRODUCES.search(passages[place - 1].content.text):
        return False
    # a line in sentence case counts where empty lines set it off
    after = passages[place + 1].lines[0]
    alone = (place == 0 or lines[0].gap > 0) and after.gap > 0
    return alone and len(words) <= 20 and not after.text[:1].islower()


def _with_items(parts: Sequence[Part]) -> list[Part]:
    """The parts, with list items told from numbered paragraphs.

    Bullets and letters are items. A number is an item where its list opens below a block that ends in a
    colon, or below another item; '120.' and its like are paragraphs.
    """
    done: list[Part] = []
    open_list: Label | None = None
    for place, part in enumerate(parts):
        label = part.label
        if part.kind != "paragraph" or label is None:
            if part.kind == "heading" or label is None:
                open_list = None
            done.append(part)
            continue
        introduced = place > 0 and 1 in label.values and bool(_INTRODUCES.search(parts[place - 1].content.text))
        goes_on = open_list is not None and open_list.style == label.style and _follows(open_list, label)
        is_item = label.style not in _NUMBERING or introduced or goes_on
        if label.style == "roman" and label.text[-1] == ")":
            is_item = True
        if is_item and label.style in ("number", "decimal", "section"):
            open_list = label
        done.append(Part(content=part.content, kind="item" if is_item else "paragraph", label=label))
    return done


def _with_plain_lists(parts: Sequence[Part]) -> list[Part]:
    """The parts, with lists told that have no labels: lines in semicolons, or bare lines, below a colon."""
    done = list(parts)
    place = 1
    while place < len(done):
        first = place
        if done[first - 1].content.text.endswith(":") and done[first - 1].kind == "paragraph":
            while place < len(done) and _plain(done[place]) and _LIST_LINE.search(done[place].content.text):
                place += 1
            if place > first + 1 and place < len(done) and _plain(done[place]):
                place += 1  # the last one ends in a full stop
            if place == first:
                while place < len(done) and _bare(done[place]):
                    place += 1
            if place > first + 1:
                done[first:place] = [replace(part, kind="item") for part in done[first:place]]
        place = max(place, first + 1)
    return done


def _bare(part: Part) -> bool:
    """Whether a block is a short line that neither ends like a sentence nor heads a section."""
    text = part.content.text
    return (
        part.label is None
        and part.kind in ("paragraph", "heading")
        and len(text.split()) <= HEADING_WORDS
        and not text.isupper()
        and not _UNCLOSED.search(text)
        and not _SECTION.fullmatch(text)
        and not _TITLED_SECTION.fullmatch(text)
    )


def _plain(part: Part) -> bool:
    return part.kind == "paragraph" and part.label is None


def _follows(before: Label, label: Label) -> bool:
    return any(value == earlier + 1 for value in label.values for earlier in before.values)


def _heads(parts: Sequence[Part]) -> list[int | None]:
    """For each part the place of the one that introduces it, where it is a list item."""
    heads: list[int | None] = []
    lists: list[tuple[Label | None, int | None]] = []
    """The lists that are open, outermost first: their last label, and the place of the part above them."""
    closed: list[tuple[Label | None, int | None]] = []
    """The lists that a paragraph interrupted: they may go on below it."""
    for place, part in enumerate(parts):
        if part.kind != "item":
            ends = part.kind == "heading" or _INTRODUCES.search(part.content.text)
            closed = [] if ends else lists or closed
            lists = []
            heads.append(None)
            continue
        lists = lists or closed
        known = [depth for depth, (label, _) in enumerate(lists) if _same_list(label, part.label)]
        head = lists[known[-1]][1] if known else place - 1 if place else None
        lists = [*lists[: known[-1] if known else None], (part.label, head)][-DEEPEST:]
        closed = []
        heads.append(head)
    return heads


def _same_list(before: Label | None, label: Label | None) -> bool:
    """Whether a label goes on with the list of another: same brackets, same alphabet, a later place."""
    if before is None or label is None:
        return before is label
    if label.style == "bullet":
        return before.text == label.text
    # '(i)' behind '(g)' is not its next but one: it opens a list of its own
    farthest = 1 if len(label.values) > 1 else 3
    return _brackets(before.text) == _brackets(label.text) and any(
        0 < value - earlier <= farthest for value in label.values for earlier in before.values
    )


def _brackets(label: str) -> str:
    return re.sub(r"[A-Z]+", "A", re.sub(r"[a-z]+", "a", re.sub(r"\d+", "1", label)))
