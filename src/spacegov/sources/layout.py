"""Lines put together to paragraphs, list items, headings and speaker labels.

The rules look at how a text was set: whether its lines are wrapped at a width, whether empty lines stand
between all lines or between paragraphs only. None of them knows the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from spacegov.sources.hyphens import Hyphens
from spacegov.sources.labels import Label, Style, label_of, speaker_of
from spacegov.sources.lines import Line
from spacegov.sources.offsets import Mapped

_TERMINAL: Final = re.compile(r"[.!?:;…]['\"”’»)\]]*\d{0,2}$")
_RUNS_ON: Final = re.compile(r"(?:\w|[,(–—-])['\"”’)]*$")
_ABBREVIATED: Final = re.compile(
    r"\b(?:No|Nos|Secs?|Sect|vol|para|paras|p|pp|art|arts|Add|Rev|Corr|Mr|Ms|Mrs|Dr|St|Sr|Jr|Gen|Sen|Rep|Gov|Amb|cf|e\.g|i\.e|etc|vs"
    r"|U\.S|U\.N|D\.C|[A-Z])\.$"
)
_BEFORE_NUMBER: Final = re.compile(r"\b(?:No|Nos|Secs?|Sect|paras?|[Aa]rts?|vols?|pp?|Chs?|Figs?)\.$", re.IGNORECASE)
"""'Sec.' at a line end: the number on the next line is its number, and no list's."""
_LIST_END: Final = re.compile(r"(?:[.!?:;,…]['\"”’)\]]*\d{0,2}|\b(?:and|or|that|to|by|of|inter alia))$")
_STUMP: Final = re.compile(r"\w+(?: \w+)?[.!?]['\"”’]*")
"""What is left of a sentence when a line is broken just before its end."""
_SMALL_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "the",
        "to",
        "upon",
        "via",
        "with",
    ]
)
_MARKDOWN_HEADING: Final = re.compile(r"#{1,6}\s+\S")
_OPENER: Final = re.compile(r"(?:According|Among|As|At|By|During|For|From|In|On|Since|The|Under|Upon|Upholding|With)\b")
"""Words with which sentences begin more often than headings."""
_HANGING: Final = re.compile(
    r"\b(?:a|an|and|are|as|at|be|between|but|by|can|for|from|had|has|have|her|his|if|in|into|is|its|may|no|nor|not|of"
    r"|on|or|our|than|that|the|their|these|this|those|to|under|upon|was|were|whether|which|who|will|with|would)$"
    r"(?<![;,] and)(?<![;,] or)"
)
# how the paragraphs of a resolution begin: 'Recalling also', 'Deeply concerned', 'Taking note of'
_PREAMBLE: Final = re.compile(
    r"""(?:(?:Also|Further|Deeply|Gravely|Fully|Seriously|Firmly|Keenly|Strongly)\ )?
    (?:Acknowledg|Affirm|Appreciat|Bear|Believ|Commend|Consider|Convey|Deplor|Desir|Emphasiz|Emphasis|Endors|Express
      |Hav|Highlight|Hop|Not|Observ|Reaffirm|Realiz|Recall|Recogniz|Recognis|Regrett|Reiterat|Seek|Stress|Tak
      |Underlin|Underscor|Welcom|Wish)ing\b
    |(?:Also\ |Further\ |Deeply\ |Gravely\ |Fully\ |Seriously\ |Firmly\ )?
    (?:[Aa]larmed|[Aa]ware|[Cc]oncerned|[Cc]onscious|[Cc]onvinced|[Dd]esirous|[Dd]etermined|[Dd]isturbed
      |[Ee]ncouraged|[Gg]uided|[Ii]nspired|[Mm]indful)\b""",
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
    pairs = [(a, b) for a, b in pairwise(lines) if b.gap <= 1]
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.9)] if lengths else 0
    open_pairs = [(a, b) for a, b in pairs if not _TERMINAL.search(a.text) and b.text[:1].islower()]
    if not 20 <= width <= 160 or len(open_pairs) < max(1, len(pairs) * 0.15):
        return Setting(width=0, doubled=False)
    single = sum(b.gap == 1 for _, b in open_pairs)
    return Setting(width=width, doubled=single > len(open_pairs) * 0.8 and len(open_pairs) > 1)


def passages_of(lines: Sequence[Line], hyphens: Hyphens) -> list[Passage]:
    """The lines put together where one runs on in the next."""
    setting = setting_of(lines)
    groups: list[list[Line]] = []
    labels: dict[Style, Label] = {}
    for line in lines:
        found = label_of(line.text)
        in_turn = found is not None and _in_turn(labels.get(found.style), found)
        if groups and _runs_on(groups[-1], line, setting, found, in_turn):
            groups[-1].append(line)
            continue
        groups.append([line])
        if found:
            labels[found.style] = found
    return [Passage(content=hyphens.join(group), lines=tuple(group)) for group in groups]


def _in_turn(last: Label | None, found: Label) -> bool:
    """Whether an enumerator is the next one of its list."""
    earlier = last.values if last else (0,)
    return any(value == number + 1 for value in found.values for number in earlier)


def _runs_on(group: Sequence[Line], line: Line, setting: Setting, found: Label | None, in_turn: bool) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    before = group[-1]
    if _MARKDOWN_HEADING.match(line.raw) or _MARKDOWN_HEADING.match(before.raw):
        return False
    gap = max(0, line.gap - 1) if setting.doubled else line.gap
    open_end = not _TERMINAL.search(before.text) or bool(_ABBREVIATED.search(before.text))
    if not gap and line.text[:1].isdigit() and _BEFORE_NUMBER.search(before.text):
        return True
    if found and _starts_item(before, gap, setting, found, in_turn):
        return False
    if speaker_of(line.text) and (gap or not open_end or not setting.width):
        return False
    lower = line.text[:1].islower()
    if gap:
        whole = not setting.width or _full(before, line, setting) or line.cut or len(group) > 1
        return lower and whole and _joins_over_gap(before, line)
    stump = _STUMP.fullmatch(line.text) and not re.search(r"(?:;|\b(?:and|or))$", before.text)
    if open_end and (lower or stump or _HANGING.search(before.text)):
        return True
    if not setting.width:
        return False
    if _PREAMBLE.match(line.text) and re.search(r"[,;]\d{0,2}$", before.text):
        return False
    if line.indent > before.indent and not open_end:
        return False
    if open_end:
        sentence = len(group) > 1 or _OPENER.match(before.text) or not title_case(before.text)
        return bool(sentence) or _full(before, line, setting)
    return len(before.text) > 0.75 * setting.width and _full(before, line, setting)


def _joins_over_gap(before: Line, line: Line) -> bool:
    if line.cut:
        return bool(_RUNS_ON.search(before.text))
    return before.text[-1:].isalnum() or before.text.endswith("-")


def _full(before: Line, line: Line, setting: Setting) -> bool:
    """Whether the first word of a line would not have fitted on the line before it."""
    first = line.text.partition(" ")[0]
    return len(before.text) + 1 + len(first) > setting.width * 0.9


def title_case(text: str) -> bool:
    """Whether a line is set like a title: 'Comments on Responsible Behaviours', 'ARTICLE IV'.

    >>> title_case("The Way Forward"), title_case("Since the last session of the General")
    (True, False)
    """
    counted = [word.strip("“”\"'(),") for word in text.split()]
    counted = [word for word in counted if word.casefold() not in _SMALL_WORDS]
    return bool(counted) and not any(word[:1].islower() for word in counted)


def _starts_item(before: Line, gap: int, setting: Setting, found: Label, in_turn: bool) -> bool:
    """Whether an enumerator at the head of a line is one, and not a number or dash of the running text."""
    if found.style == "bullet" and found.text not in "*+-–—o":
        return True
    if found.style in ("number", "section") and found.values[0] >= 1000 and not in_turn:
        return False
    if found.style == "capital" and not gap and not in_turn:
        return not setting.width
    if gap or in_turn or not setting.width or _LIST_END.search(before.text):
        return True
    return found.style in ("letter", "roman") and found.text.startswith("(") and found.values[:1] == (1,)
