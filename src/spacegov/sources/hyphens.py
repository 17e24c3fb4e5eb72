"""Words that a line end, or a careless copy of one, has cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from spacegov.sources.lines import Line
from spacegov.sources.offsets import Mapped, join

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LEFT: Final = re.compile(r"(?:[^\W\d_]+-)*[^\W\d_]+-$")
_RIGHT: Final = re.compile(r"[^\W\d_]+")
_STRAY: Final = re.compile(r"(?<=[^\W\d_]{2})- (?!(?:and|or|to|as|but|nor|und|et|versus)\b)(?=[^\W\d_]{2})")
"""'Secretary- General'; but not 'short- and long-term'."""

# First parts that written English keeps apart with a hyphen, before almost any second part.
_KEPT: Final = frozenset(
    """
    all anti arms best broad civil close confidence consensus counter cross cyber debris decision deep
    developing direct dual earth eighteen eighty energy environment ex far fast fifty first forty four free
    fuel full future global good great ground half hard high ill in joint kinetic laser launch least less
    life like little long low market medium mini mission most multi mutually nano near new newly next ninety
    non north now nuclear ocean off one open orbit own peace policy politically post power pre private public
    quasi quick rapid rapidly real right rule satellite sea second security self semi seventy short single
    six sixty small so socio soft south space state ten third thirty three time top treaty twenty twin two
    ultra under user vice war weapon weapons well west whole wide win world year zero
    """.split()  # noqa: SIM905 (a list of words reads best as words)
)
# ... and those of them that are the first syllable of longer words, too: joined unless the text knows better.
_SYLLABLES: Final = frozenset(
    ("all", "co", "ex", "ill", "in", "now", "off", "one", "over", "post", "pre", "rule", "so", "state", "ten")
)


class Hyphens:
    """Decides, text by text, whether a hyphen at a line end belongs to the word.

    The text itself is asked first: how does it write the word elsewhere? Then a list of first parts that
    keep their hyphen; a word that neither knows is joined.
    """

    def __init__(self, text: str) -> None:
        self._words = frozenset(word.casefold() for word in _WORD.findall(text))

    def keeps(self, left: str, right: str) -> bool:
        """Whether `left` and `right` stay apart with a hyphen.

        >>> Hyphens("").keeps("dis", "armament"), Hyphens("").keeps("anti", "satellite")
        (False, True)
        >>> Hyphens("They co-operate.").keeps("co", "operate")
        True
        """
        if right[:1].isupper():
            return True
        left, right = left.casefold(), right.casefold()
        if left + right in self._words:
            return False
        if f"{left}-{right}" in self._words:
            return True
        if left in _SYLLABLES:
            return left == "co" and right[:1] == "o"
        return left.rpartition("-")[2] in _KEPT

    def join(self, lines: Sequence[Line]) -> Mapped:
        """Lines as one run of text: a space between two, or nothing inside a word."""
        parts: list[tuple[str, Mapped]] = []
        for place, line in enumerate(lines):
            cut = _cut_word(lines[place - 1].text, line.text) if place else None
            if cut and not self.keeps(*cut):
                separator, before = parts[-1]
                parts[-1] = (separator, before.cut(0, -1))
            parts.append(("" if cut else " ", line.content))
        return self._mend(join(parts))

    def _mend(self, text: Mapped) -> Mapped:
        """'interna- tional', as left behind where somebody unwrapped lines without care."""
        if "- " not in text.text:
            return text

        def mended(match: re.Match[str]) -> str:
            left = _LEFT.search(match.string[max(0, match.start() - 40) : match.start() + 1])
            right = _RIGHT.match(match.string, match.end())
            if left is None or right is None:
                return match[0]
            return "-" if self.keeps(left[0][:-1], right[0]) else ""

        return text.replace(_STRAY, mended)


def _cut_word(before: str, after: str) -> tuple[str, str] | None:
    left, right = _LEFT.search(before[-40:]), _RIGHT.match(after)
    return (left[0][:-1], right[0]) if left and right else None
