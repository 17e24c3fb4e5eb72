"""Passages made into the blocks of a document, and the blocks into its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from spacegov.model import Block
from spacegov.sources.labels import Label, label_of, speaker_of
from spacegov.sources.layout import Passage
from spacegov.sources.offsets import Mapped, join

BETWEEN: Final = "\n\n"
"""What stands between two blocks in `Document.text`."""

HEADING_WORDS: Final = 25
"""A heading has at most so many words."""

_MARKER: Final = re.compile(r"(?:#{1,6}|>+)\s+(?=\S)")
_UNCLOSED: Final = re.compile(r"[.!?:;,…–—-]['\"”’)\]]*\d{0,2}$")
_ARTICLE: Final = re.compile(
    r"(?:article|annex|appendix|chapter|part|section|principle|guideline|rule|protocol|preamble)\b\.?"
    r"(?:\s(?:[A-Z]\.?)?[\dIVXLivxl]{0,7}(?:\.\d{1,3}){0,3}[.:]?(?:\s.{0,150})?)?",
    re.IGNORECASE,
)
_EMPHASISED: Final = re.compile(r"(?:<u>)?(?:\*{1,3}|__).+(?:\*{1,3}|__)(?:</u>)?", re.DOTALL)
_SMALL_WORDS: Final = frozenset("a an and as at by for from in into of on or the to upon via with".split())

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
    parts = _with_items(parts)
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
    while match := _MARKER.match(content.text):
        content = content.cut(match.end())
    if length := speaker_of(content.text):
        said = Part(content=content.cut(0, length).strip(), kind="label")
        rest = content.cut(length).strip()
        return [said, Part(content=rest, kind="paragraph")] if rest.text else [said]
    label = label_of(content.text)
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
    if place + 1 == len(passages) or len(words) > HEADING_WORDS or len(lines) > 4 or not words:
        return False
    if label and label.style in ("bullet", "letter"):
        return False
    if _ARTICLE.fullmatch(text) and not text.endswith((";", ",")) and len(words) <= 15:
        return True
    if _UNCLOSED.search(text) or text[0] in "(\"“" or not any(map(str.isalpha, text)):
        return False
    if text.isupper():
        return True
    if not (text[0].isupper() or text[0].isdigit()):
        return False
    raw = "\n".join(line.raw for line in lines)
    if _EMPHASISED.fullmatch(raw) or _title_case(words):
        return True
    if place and passages[place - 1].content.text.endswith(":"):
        return False
    # a line in sentence case counts where white space sets it off, or where it opens the document
    after = passages[place + 1].lines[0]
    alone = place == 0 or (lines[0].gap > 0 and after.gap > 0)
    return alone and len(words) <= 20 and not after.text[:1].islower()


def _title_case(words: Sequence[str]) -> bool:
    counted = [word for word in words if word.strip("“”\"'(),").casefold() not in _SMALL_WORDS]
    return len(counted) > 0 and all(not word.strip("“”\"'()")[:1].islower() for word in counted)


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
        introduced = place > 0 and parts[place - 1].content.text.endswith(":") and 1 in label.values
        goes_on = open_list is not None and open_list.style == label.style and _follows(open_list, label)
        is_item = label.style not in ("number", "decimal", "section", "roman") or introduced or goes_on
        if label.style == "roman" and label.text[-1] == ")":
            is_item = True
        if is_item and label.style in ("number", "decimal", "section"):
            open_list = label
        done.append(Part(content=part.content, kind="item" if is_item else "paragraph", label=label))
    return done


def _follows(before: Label, label: Label) -> bool:
    return any(value == earlier + 1 for value in label.values for earlier in before.values)


def _heads(parts: Sequence[Part]) -> list[int | None]:
    """For each part the place of the one that introduces it, where it is a list item."""
    heads: list[int | None] = []
    open_lists: dict[str, int | None] = {}
    """Shapes of the lists that are open, outermost first, with the part above each."""
    closed: dict[str, int | None] = {}
    """The lists that a paragraph interrupted: they may go on below it."""
    for place, part in enumerate(parts):
        if part.kind != "item" or part.label is None:
            closed = {} if part.kind == "heading" or part.content.text.endswith(":") else open_lists or closed
            open_lists = {}
            heads.append(None)
            continue
        shape = _shape(part.label)
        if shape not in open_lists:
            new = {shape: place - 1 if place else None}
            open_lists = closed if shape in closed and not open_lists else open_lists | new
        while next(reversed(open_lists)) != shape:
            open_lists = dict(list(open_lists.items())[:-1])
        heads.append(open_lists[shape])
    return heads


def _shape(label: Label) -> str:
    """What the labels of one list have in common: style and brackets."""
    style = "letter" if label.style == "roman" and len(label.values) > 1 else label.style
    return label.text if style == "bullet" else style + re.sub(r"\w+", "", label.text)
