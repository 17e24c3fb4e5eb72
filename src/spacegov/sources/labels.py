"""What stands at the head of a block: enumerators, bullets, speaker labels, datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Style = Literal["number", "decimal", "letter", "roman", "capital", "bullet", "section", "note", "dateline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """An enumerator or bullet at the start of a line."""

    text: str
    style: Style
    values: tuple[int, ...]
    """Places in a sequence that it may be: '(i)' is the ninth letter or the first Roman number."""
    end: int
    """Where the text behind it starts."""


_FORMS: Final[tuple[tuple[Style, re.Pattern[str]], ...]] = (
    ("bullet", re.compile(r"(?P<label>[•●▪■◦‣∙⁃·\uf0b7\uf0a7\uf0d8✓➢►])[ \t]*(?=\S)")),
    ("bullet", re.compile(r"(?P<label>[*+\-–—])[ \t]+(?=\S)")),
    ("bullet", re.compile(r"(?P<label>o)[ \t]+(?=[A-Z“\"])")),
    ("section", re.compile(r"(?P<label>§ ?(?P<value>\d{1,6})[a-z]?\.?)[ \t]*(?=\S)")),
    (
        "decimal",
        re.compile(r"(?P<label>\d{1,2}(?:\.(?P<value>\d{1,3})){1,4}\.?\)?)[ \t]+(?=[^\W\d_]|[“\"(])"),
    ),
    ("number", re.compile(r"(?P<label>(?P<value>\d{1,4})\\?[.)])(?:[ \t]+(?=\S)|(?=[A-Z][a-z]))")),
    ("number", re.compile(r"(?P<label>\((?P<value>\d{1,3})\))[ \t]*(?=\S)")),
    ("note", re.compile(r"(?P<label>(?P<value>\d{1,3}))(?=[A-Z](?:/|[a-z]{2}))")),
    ("roman", re.compile(r"(?P<label>\((?P<value>[ivxl]{1,6}|[IVXL]{1,6})\))[ \t]*(?=\S)")),
    ("roman", re.compile(r"(?P<label>(?P<value>[ivx]{1,6})[.)])[ \t]+(?=\S)")),
    ("roman", re.compile(r"(?P<label>(?P<value>[IVX]{1,6})\.)[ \t]+(?=\S)")),
    ("letter", re.compile(r"(?P<label>\((?P<value>[a-zA-Z]{1,2})\))[ \t]*(?=\S)")),
    ("letter", re.compile(r"(?P<label>(?P<value>[a-k](?=\.)|[a-z](?=\)))[.)])[ \t]+(?=\S)")),
    ("capital", re.compile(r"(?P<label>(?P<value>[A-Z])[.)])[ \t]+(?=\S)")),
)

_MAY_BE_LABEL: Final = re.compile(r"[^\w\s\"“]|\d|[A-Za-z]{1,6}[.)]|o\s|[\"“][\d(]")
"""A cheap look before the forms are tried one by one."""

_SPEAKER: Final = re.compile(
    r"""(?!(?:Mr|Mrs|Ms|Madam|Madame)\.?\ (?:Vice-)?(?:President|Chair|Secretary|Speaker|Moderator))
    (?P<label>
        Q(?::|\.?\ (?=[—–-]|[A-Z“"])) | A:
      # MR. PRICE:   THE VICE PRESIDENT (in Spanish):
      | (?:THE\ )?[A-Z][A-Z.'’-]*(?:[ ]{1,2}[A-Z][A-Z.,'’-]*){0,6}(?:\ \([^()\n]{1,60}\))?:
      # Mr. Li (China) (spoke in Chinese):   Ambassador Wood:   The President:
      | (?:Mr|Ms|Mrs|Miss|Dr|Sir|Lord|Dame|Prince|Ambassador|Judge|Professor|Senator|General|Minister
          |H\.?\ ?E\.?
          |(?:The\ )?(?:Acting\ |Vice-?\ ?)?(?:Secretary|Under-Secretary|Administrator|President
          |Chair(?:man|person|woman)?|Moderator|Co-?Chair))\.?
        (?:[ ](?:[A-Z][\w.'’-]*|al|bin|de|del|di|da|dos|du|el|la|le|van|von|der|den|of|the|and)){0,6}
        (?:\ \([^()\n]{1,80}\)){0,3}:
    )[ \t]*""",
    re.VERBOSE,
)
_DATELINE: Final = re.compile(
    r"""(?!(?:ARTICLE|ANNEX|SECTION|CHAPTER|PART|PRINCIPLE|GUIDELINE|RULE|NOTE|FACT|PRESS)\b)
    (?P<label>
        (?:[A-ZÀ-Þ][A-ZÀ-Þ.'’]{3,}|[A-ZÀ-Þ]{2,3}\.?\ [A-ZÀ-Þ]{3,})    # OTTAWA   ST PETERSBURG
        (?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,4}                           # PYONGYANG/NEW YORK
        (?:,\ [A-ZÀ-Þ][\w.]{1,14}(?:\ \w{1,9}\.?){0,2}){0,2}          # , Dec. 4   , Canada, May 6
        (?:,\ \d{1,2}\ [A-Z][a-z]{2,8}\.?)?(?:,?\ \d{4})?\.?          # , 12 February 2008
        (?:(?:\ \([\w\ /-]{2,30}\))?(?:\ ?(?:—|–|--)|\ -)             # (Xinhua) --
          |\ /[\w\ -]{2,20}/\.?(?:\ ?(?:—|–|--)|\ -)?)                 # /TASS/.
    )\ *(?=[A-ZÀ-Þ"“‘'])""",
    re.VERBOSE,
)
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50}


def label_of(line: str) -> Label | None:
    """The enumerator or bullet that a line starts with.

    >>> label_of("120.\\tWe must hope").text
    '120.'
    >>> label_of("(ii) to report").values
    (2,)
    >>> label_of("2008 was the year") is None
    True
    """
    if not _MAY_BE_LABEL.match(line):
        return None
    quoted = line[:1] in ('"', "“") and re.match(r"[\d(]", line[1:2]) is not None
    for style, form in _FORMS:
        match = form.match(line, 1 if quoted else 0)
        if match:
            value = match["value"] if form.groupindex.get("value") else ""
            text = line[: match.end("label")].replace("\\", "")
            return Label(text=text, style=style, values=_values(style, value), end=match.end())
    return None


def speaker_of(line: str) -> int:
    """Length of the speaker label that a line starts with; 0 where there is none.

    >>> speaker_of("MR. PRICE:  Good afternoon.")
    12
    >>> speaker_of("The General Assembly: a view")
    0
    """
    match = _SPEAKER.match(line)
    return match.end() if match else 0


def dateline_of(line: str) -> Label | None:
    """Where and when a report was written, before its first sentence.

    >>> dateline_of("OTTAWA, Jan. 28 (Reuters) -- The Government wants to know why.").text
    'OTTAWA, Jan. 28 (Reuters) --'
    >>> dateline_of("US - Soviet talks went on") is None
    True
    """
    match = _DATELINE.match(line)
    return Label(text=match["label"], style="dateline", values=(), end=match.end()) if match else None


def _values(style: Style, value: str) -> tuple[int, ...]:
    if style == "bullet":
        return ()
    if style in ("number", "decimal", "section", "note"):
        return (int(value),)
    as_letter = () if len(set(value)) != 1 else (ord(value[0].lower()) - 96 + 26 * (len(value) - 1),)
    if style == "roman":
        return tuple(dict.fromkeys((_roman(value), *(as_letter if len(value) == 1 else ()))))
    return as_letter


def _roman(value: str) -> int:
    digits = [_ROMAN[letter] for letter in value.lower()]
    return sum(
        -digit if any(digit < later for later in digits[place + 1 :]) else digit for place, digit in enumerate(digits)
    )
