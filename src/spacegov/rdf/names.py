"""From a name as people type it to the thing that bears it: for the command line and for messages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from spacegov.model import Entry, Vocabulary


def resolve_name(vocabulary: Vocabulary, text: str, kinds: Collection[str] = ()) -> list[Entry]:
    """The entries that bear a name, best first; none, if nothing bears it.

    An id or a label outranks an acronym, an acronym another name. Capitals, accents, hyphens and a
    leading 'the' make no difference: 'PAROS', 'paros', 'the Conference on Disarmament', 'Turkiye'.

    Args:
        kinds: kinds of thing to look among ('topic', 'actor' …); empty: all.
    """
    wanted = _fold(text)
    if not wanted:
        return []
    found = []
    for entry in _among(vocabulary, kinds):
        ranks = [rank for rank, name in _ranked_names(entry) if _fold(name) == wanted]
        if ranks:
            found.append((min(ranks), entry.kind, entry.id, entry))
    return [entry for *_, entry in sorted(found, key=lambda item: item[:3])]


def suggest(vocabulary: Vocabulary, text: str, kinds: Collection[str] = (), *, limit: int = 3) -> list[str]:
    """Names much like one that nothing bears: 'did you mean …?'."""
    names: dict[str, str] = {}
    for entry in _among(vocabulary, kinds):
        for _, name in _ranked_names(entry):
            names.setdefault(_fold(name), name)
    close = get_close_matches(_fold(text), sorted(names), n=limit, cutoff=0.7)
    return [names[match] for match in close]


def _among(vocabulary: Vocabulary, kinds: Collection[str]) -> Iterator[Entry]:
    return (entry for entry in vocabulary.entries.values() if not kinds or entry.kind in kinds)


def _ranked_names(entry: Entry) -> Iterator[tuple[int, str]]:
    yield 0, entry.id
    for name in entry.names:
        yield 0 if name.preferred else 1 if name.acronym else 2, name.text
    if entry.symbol:
        yield 1, entry.symbol
        yield 2, re.sub(r"^[AS]/RES/", "", entry.symbol)


def _fold(text: str) -> str:
    """Letters and digits in lower case without accents, words apart by one space.

    >>> _fold("The Côte-d'Ivoire")
    'cote d ivoire'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", plain)  # U.S.A. is USA
    words = re.sub(r"[^\w]+", " ", plain).strip()
    return words.removeprefix("the ")
