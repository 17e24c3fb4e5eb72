"""Names of actors, persons and forums, looked up in the few lines that say what a document is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacegov.errors import InputError
from spacegov.model import Vocabulary

LONGEST: Final = 14
"""Words of the longest name that is looked for."""

_WORD: Final = re.compile(r"[^\W_]+(?:[-.&/][^\W_]+)*\.?")
_KINDS: Final = ("actor", "person", "forum", "meeting")
_AUTHORS: Final = ("actor", "forum")
# names that a text uses for whatever was last spoken of
_VAGUE: Final = frozenset(("assembly", "committee", "conference", "council", "commission", "the", "subcommittee"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A name in a text, and whose it is."""

    start: int
    end: int
    kind: str
    id: str


class Names:
    """The names of a vocabulary, ready for looking up."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._plain: dict[str, set[tuple[str, str]]] = {}
        self._acronyms: dict[str, set[tuple[str, str]]] = {}
        for entry in vocabulary.entries.values():
            if entry.kind not in _KINDS:
                continue
            owner = (entry.kind, entry.id)
            self._add(self._plain, entry.label, owner)
            for name in entry.names:
                self._add(self._acronyms if name.acronym else self._plain, name.text, owner)

    @staticmethod
    def _add(names: dict[str, set[tuple[str, str]]], text: str, owner: tuple[str, str]) -> None:
        key = " ".join(_WORD.findall(text))
        key = key.removeprefix("the ").removeprefix("The ")
        if key and key.casefold() not in _VAGUE:
            names.setdefault(key, set()).add(owner)
            if not key.isupper():
                names.setdefault(key.casefold(), set()).add(owner)

    def find(self, text: str) -> Iterator[Hit]:
        """The names in a text from left to right, the longest at each place; ambiguous ones left out."""
        words = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            hit = self._longest(words[place : place + LONGEST])
            if hit is None:
                place += 1
                continue
            yield hit
            while place < len(words) and words[place][0] < hit.end:
                place += 1

    def _longest(self, words: list[tuple[int, int, str]]) -> Hit | None:
        for count in range(len(words), 0, -1):
            spelled = " ".join(word for _, _, word in words[:count])
            for form in (spelled, spelled.removesuffix(".")):
                owners = self._acronyms.get(form, set()) | self._plain.get(form, set())
                if not owners and form[:1].isupper():
                    owners = self._plain.get(form.casefold(), set())
                if len(owners) == 1:
                    ((kind, identifier),) = owners
                    return Hit(start=words[0][0], end=words[count - 1][1], kind=kind, id=identifier)
        return None


_ready: dict[str, Names] = {}


def names_of(vocabulary: Vocabulary) -> Names:
    """The names of a vocabulary; kept for the next document where the vocabulary has a hash."""
    if not vocabulary.hash:
        return Names(vocabulary)
    if vocabulary.hash not in _ready:
        _ready.clear()
        _ready[vocabulary.hash] = Names(vocabulary)
    return _ready[vocabulary.hash]


def actor_named(text: str, vocabulary: Vocabulary) -> str:
    """The id of the actor (or of the forum that speaks as one) that somebody typed by id or by name.

    Raises:
        InputError: there is none, or the name is that of several.
    """
    wanted = text.strip()
    if vocabulary.kind(wanted) in _AUTHORS:
        return wanted
    hits = [hit for hit in names_of(vocabulary).find(wanted) if hit.kind in _AUTHORS]
    if len(hits) == 1 and wanted[: hits[0].start].casefold() in {"", "the "} and hits[0].end == len(wanted):
        return hits[0].id
    known = {name: entry.id for entry in vocabulary.entries.values() if entry.kind in _AUTHORS
             for name in (entry.id, entry.label)}  # fmt: skip
    near = difflib.get_close_matches(wanted, list(known), n=1, cutoff=0.6)
    hint = f"did you mean {known[near[0]]!r}?" if near else "give the id of an actor, as 'cuba' or 'united-states'"
    raise InputError(f"no one actor is named {wanted!r}; {hint}")
