"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """A string with the place in the source of each of its characters.

    Every change keeps the places in ascending order, so a span of the result is a span of the source.

    >>> Mapped.of("a  b").replace(re.compile(" +"), lambda match: " ")
    Mapped(text='a b', places=[0, 1, 3])
    """

    text: str
    places: list[int]

    @classmethod
    def of(cls, source: str) -> Mapped:
        """The source itself."""
        return cls(source, list(range(len(source))))

    def __len__(self) -> int:
        return len(self.text)

    @property
    def end(self) -> int:
        """The place just behind the last character."""
        return self.places[-1] + 1 if self.places else 0

    def cut(self, start: int, end: int | None = None) -> Mapped:
        """The characters from `start` up to `end`."""
        return Mapped(self.text[start:end], self.places[start:end])

    def strip(self) -> Mapped:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def replace(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> Mapped:
        """With every match replaced; what is new is placed where its match began."""
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            replacement = new(match)
            parts += self.text[done:start], replacement
            places += self.places[done:start]
            if replacement:
                places += [self.places[start]] * len(replacement)
            done = end
        if not done:
            return self
        parts.append(self.text[done:])
        places += self.places[done:]
        return Mapped("".join(parts), places)

    def keep(self, pattern: re.Pattern[str]) -> Mapped:
        """With every match reduced to what its group 1 caught (nothing, if the group took no part).

        >>> Mapped.of("see [us](there)").keep(re.compile(r"\\[(.*?)\\]\\(.*?\\)"))
        Mapped(text='see us', places=[0, 1, 2, 3, 5, 6])
        """
        parts: list[str] = []
        places: list[int] = []
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            inner_start, inner_end = match.span(1)
            parts.append(self.text[done:start])
            places += self.places[done:start]
            if inner_start >= 0:
                parts.append(self.text[inner_start:inner_end])
                places += self.places[inner_start:inner_end]
            done = end
        if not done:
            return self
        parts.append(self.text[done:])
        places += self.places[done:]
        return Mapped("".join(parts), places)


def join(parts: Iterable[tuple[str, Mapped]]) -> Mapped:
    """Parts in a row, each behind its separator (that of the first is left out).

    A separator is placed behind the part before it: at the white space that it stands for.

    >>> join([("", Mapped("a", [0])), (" ", Mapped("b", [4]))])
    Mapped(text='a b', places=[0, 1, 4])
    """
    texts: list[str] = []
    places: list[int] = []
    for separator, part in parts:
        if places and separator:
            texts.append(separator)
            behind, limit = places[-1] + 1, part.places[0] if part.places else places[-1] + 1
            places += [max(places[-1], min(behind + step, limit)) for step in range(len(separator))]
        texts.append(part.text)
        places += part.places
    return Mapped("".join(texts), places)
