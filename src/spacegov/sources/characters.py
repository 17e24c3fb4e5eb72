"""Characters and inline markup made plain, each change with its way back.

What stays as it is: quotation marks, dashes, accented letters, everything that carries meaning.
What changes: spaces of every width, soft hyphens and invisible characters, ligatures, letters that are
written as base and accent, and the marks of Markdown and HTML that turn up inside plain text files.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

from spacegov.sources.offsets import Mapped

# C0 and C1 controls but tab and the line ends; zero-width marks; bidirectional controls; BOM;
# variation selectors; tag characters (a known way to hide text from human readers)
_INVISIBLE: Final = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_DROPPED: Final = re.compile(f"[{_INVISIBLE}]+")
_SOFT_HYPHEN: Final = re.compile(
    "(?:\u00ad|(?<=[a-z])\u00ac(?=[ \n]*[a-z]))+(?:[ \u00a0\t]*\r?\n[ \u00a0\t]*(?=[^\\W\\d_])| (?=[a-z]))?"
)
_OTHER_SPACES: Final = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES: Final = re.compile(f"[ {_OTHER_SPACES}]{{2,}}|[{_OTHER_SPACES}]")
_VARIANTS: Final = {
    "\u2010": "-", "\u2011": "-", "\u2024": ".", "\u2025": "..", "\ufb00": "ff", "\ufb01": "fi",
    "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st", "\u017f": "s",
}  # fmt: skip
_VARIANT: Final = re.compile(f"[{''.join(_VARIANTS)}]")
_WIDE: Final = re.compile("[\uff01-\uff5e]")
_DECOMPOSED: Final = re.compile("[^\\W\\d_][\u0300-\u036f]{1,8}")

_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_LINK: Final = re.compile(r"!?\[([^\[\]]{1,500})\]\((?:[a-z]{2,10}:|/|#|\.|www\.)[^\s()]{0,2000}\)", re.I)
_TAG: Final = re.compile(
    r"</?(?:sup|sub|u|b|i|s|em|strong|br|span|a|p|div|font|small|center|hr)(?:\s[^<>]{0,500})?/?>", re.I
)
_STARS: Final = re.compile(r"(?<!\\)\*{2,}|(?<![\w*\\])\*(?=[^\s*])|(?<=[^\s*\\])\*(?![\w*])")
_UNDERLINES: Final = re.compile(r"(?<![\w_\\])_{1,3}(?=[^\s_])|(?<=[^\s_\\])_{1,3}(?![\w_])")
_ENTITY: Final = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});")

# '[1208th meeting, para. 184]': a printer's note of old records; '[A/4141]' names a text and stays
_PRINTERS_NOTE: Final = re.compile(
    r" ?\[(?:[a-z]{3} )?\d{1,4}\s?(?:st|nd|rd|th) (?:plenary )?meeting[^\[\]\n]{0,120}\]", re.I
)
_SUPERSCRIPT: Final = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=[.,;:”’\")\]]))[⁰¹²³⁴-⁹]{1,3}")
# 'Space Objects3', 'Outer Space,4': marks of footnotes, as copies of printed pages have them
_FOOTNOTE: Final = re.compile(
    r"""(?<=[a-z,;.”’)])(?=\d)
    (?:(?<=[a-z]{4})|(?<=[a-z]{3}[,;”’)])|(?<=[a-z]{4}[,;.]”)|(?<=[a-z]{5}\.(?=\d{1,2}(?:\ [A-Z]|$))))
    \d{1,2}(?=[\s,.;:)\]]|$)(?!\ (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))""",
    re.VERBOSE | re.MULTILINE,
)


def plain(source: str) -> Mapped:
    """The source with plain characters; line ends and page breaks stay where they are.

    >>> plain("ad\u00address  the\u00a0di\ufb03cult").text
    'address the difficult'
    """
    text = Mapped.of(source)
    if not source.isascii():
        text = text.replace(_DROPPED, _nothing)
        # a soft hyphen before a line end or a stray space is a word cut in two; elsewhere it is nothing
        text = text.replace(_SOFT_HYPHEN, _nothing)
        text = text.replace(_VARIANT, lambda match: _VARIANTS[match[0]])
        text = text.replace(_WIDE, lambda match: chr(ord(match[0]) - 0xFEE0))
        text = text.replace(_DECOMPOSED, lambda match: unicodedata.normalize("NFC", match[0]))
        text = text.replace(_SUPERSCRIPT, _nothing)
    else:
        text = text.replace(_DROPPED, _nothing)
    text = text.replace(_SPACES, lambda match: " ")
    return text.replace(_FOOTNOTE, _nothing) if len(_FOOTNOTE.findall(text.text)) > 1 else text


def without_markup(text: Mapped, *, markdown: bool = False) -> Mapped:
    """The text without inline markup: links, emphasis, escapes, a few HTML tags, entities, printers' notes.

    >>> without_markup(Mapped.of("21<sup>st</sup> **century** [text](https://example.org)")).text
    '21st century text'
    """
    characters = text.text
    if "&" in characters:
        text = text.replace(_ENTITY, _character)
    if "<" in characters:
        text = text.replace(_TAG, lambda match: " " if match[0][1:3].lower() in ("br", "hr") else "")
    if "[" in characters:
        text = text.keep(_LINK)
        text = text.replace(_PRINTERS_NOTE, _nothing)
    if "*" in characters:
        text = text.replace(_STARS, _nothing)
    if markdown and "_" in characters:
        text = text.replace(_UNDERLINES, _nothing)
    if "\\" in characters:
        text = text.keep(_ESCAPE)
    return text if text.text == characters else text.replace(_SPACES, lambda match: " ")


def _nothing(match: re.Match[str]) -> str:
    return ""


def _character(match: re.Match[str]) -> str:
    found = html.unescape(match[0])
    if found == match[0]:
        return found
    return " " if found.isspace() else found
