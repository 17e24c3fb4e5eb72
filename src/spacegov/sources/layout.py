"""Lines put together to paragraphs, list items, headings and speaker labels.

The rules look at how a text was set: whether its lines are wrapped at a width, whether empty lines stand
between all lines or between paragraphs only. None of them knows the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacegov.sources.hyphens import Hyphens
from spacegov.sources.labels import Label, label_of, speaker_of
from spacegov.sources.lines import Line
from spacegov.sources.offsets import Mapped

_TERMINAL: Final = re.compile(r"[.!?:;…]['\"”’»)\]]*\d{0,2}$")
_RUNS_ON: Final = re.compile(r"(?:\w|[,(–—-])['\"”’)]*$")
_LIST_END: Final = re.compile(r"(?:[.!?:;,…]['\"”’)\]]*\d{0,2}|\b(?:and|or|that|to|by|of|inter alia))$")
_MARKDOWN_HEADING: Final = re.compile(r"#{1,6}\s+\S")
_HANGING: Final = re.compile(
    r"\b(?:a|an|and|are|as|at|be|between|but|by|can|for|from|had|has|have|her|his|if|in|into|is|its|may|no|nor|not|of"
    r"|on|or|our|than|that|the|their|these|this|those|to|under|upon|was|were|whether|which|who|will|with|would)$"
)
_PREAMBLE: Final = re.compile(
    r"""(?:(?:Also|Further|Deeply|Gravely|Fully|Having|Bearing\ in|Taking|Seriously|Firmly|Keenly)\ )?
    (?:[A-Z]?[a-z]+ing|note|mind|Convinced|Concerned|Mindful|Aware|Guided|Inspired|Determined|Conscious|Desirous
      |Encouraged|Alarmed|Disturbed|convinced|concerned|aware|mindful|considered|regard|examined)\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How the lines of a text were set."""

    width: int
    """Characters on a full line; 0 where every line is a paragraph of its own."""
    doubled: bool
    """An empty line stands between the lines of one paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Lines that belong together, as one run of text."""

    content: Mapped
    lines: tuple[Line, ...]


def setting_of(lines: Sequence[Line]) -> Setting:
    """How a text was set, judged by its lines as a whole."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b.gap <= 1]
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    open_pairs = [(a, b) for a, b in pairs if not _TERMINAL.search(a.text) and b.text[:1].islower()]
    if not 20 <= width <= 160 or len(open_pairs) < max(1, len(pairs) * 0.15):
        return Setting(width=0, doubled=False)
    single = sum(b.gap == 1 for _, b in open_pairs)
    return Setting(width=width, doubled=single > len(open_pairs) * 0.8 and len(open_pairs) > 3)


def passages_of(lines: Sequence[Line], hyphens: Hyphens) -> list[Passage]:
    """The lines put together where one runs on in the next."""
    setting = setting_of(lines)
    groups: list[list[Line]] = []
    label: Label | None = None
    for line in lines:
        found = label_of(line.text)
        if groups and _runs_on(groups[-1], line, setting, label, found):
            groups[-1].append(line)
            continue
        groups.append([line])
        label = found or label
    return [Passage(content=hyphens.join(group), lines=tuple(group)) for group in groups]


def _runs_on(
    group: Sequence[Line], line: Line, setting: Setting, last: Label | None, found: Label | None
) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    before = group[-1]
    if _MARKDOWN_HEADING.match(line.raw) or _MARKDOWN_HEADING.match(before.raw):
        return False
    gap = max(0, line.gap - 1) if setting.doubled else line.gap
    open_end = not _TERMINAL.search(before.text)
    if found and _starts_item(before, gap, setting, last, found):
        return False
    if speaker_of(line.text) and (gap or not open_end or not setting.width):
        return False
    lower = line.text[:1].islower()
    if gap:
        whole = not setting.width or _full(before, line, setting) or line.cut
        return lower and whole and _joins_over_gap(before, line)
    if open_end and (lower or _HANGING.search(before.text)):
        return True
    if not setting.width:
        return False
    if _PREAMBLE.match(line.text) and re.search(r"[,;]\d{0,2}$", before.text):
        return False
    if line.indent > before.indent and not open_end:
        return False
    if open_end:
        return _full(before, line, setting) or (len(group) > 1 and not _titled(before, line))
    return len(before.text) > 0.75 * setting.width and _full(before, line, setting)


def _joins_over_gap(before: Line, line: Line) -> bool:
    if line.cut:
        return bool(_RUNS_ON.search(before.text))
    return before.text[-1:].isalnum() or before.text.endswith("-")


def _full(before: Line, line: Line, setting: Setting) -> bool:
    """Whether the first word of a line would not have fitted on the line before it."""
    first = line.text.partition(" ")[0]
    return len(before.text) + 1 + len(first) > setting.width * 0.9


def _titled(before: Line, line: Line) -> bool:
    return before.text.isupper() != line.text.isupper()


def _starts_item(before: Line, gap: int, setting: Setting, last: Label | None, found: Label) -> bool:
    """Whether an enumerator at the head of a line is one, and not a number or dash of the running text."""
    next_in_turn = last is not None and any(
        value == earlier + 1 for value in found.values for earlier in (last.values or (0,))
    )
    if found.style in ("number", "section") and found.values[0] >= 1000 and not next_in_turn:
        return False
    if found.style == "capital" and not gap and not next_in_turn:
        return not setting.width
    if gap or next_in_turn or _LIST_END.search(before.text):
        return True
    if not setting.width:
        return True
    return found.style in ("letter", "roman") and found.text.startswith("(") and found.values[:1] == (1,)
