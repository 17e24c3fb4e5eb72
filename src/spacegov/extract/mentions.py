"""Find the names of known things in a text: actors, forums, instruments, topics, persons.

An Aho-Corasick automaton over every name of the vocabulary (pyahocorasick: 3.9 million words a
second), then word borders, capitals where a name needs them, and the longest match wins.
UN symbols are read by a grammar and looked up among the instruments.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import ahocorasick

from spacegov.extract.capitals import speaks
from spacegov.extract.records import Mention
from spacegov.model import Entry, Vocabulary

_SYMBOL: Final = re.compile(
    r"\b(?:A|S|E|CD|NPT)(?:/[A-Z0-9.()]+)+(?:/[\w.()]+)*"
    r"|\b(?:General Assembly |Security Council |Assembly )?[Rr]esolutions? \d{1,4}(?:/\d{1,3})?"
    r"(?: ?\([XVILS\-\d]+\))?(?: [A-C]\b)?"
    r"|\b\d{3,4} ?\([XVILS\-]+\)"
    r"|\bdraft resolution (?:A/C\.1/\d+/)?L\.\d+(?:/Rev\.\d)?"
)
_NUMBER: Final = re.compile(r"\d{1,4}(?:/\d{1,3})?(?: ?\([XVILS\-\d]+\))?")
_ORDER: Final = {
    "instrument": 0,
    "forum": 1,
    "person": 2,
    "actor": 3,
    "meeting": 4,
    "programme": 5,
    "topic": 6,
}


def _fold(text: str) -> str:
    """Lower case, one kind of quote, hyphen and 's/z' spelling: length is kept."""
    table = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u2011": "-", "\u00a0": " "}
    folded = "".join(table.get(c, c) for c in text).lower()
    return folded if len(folded) == len(text) else "".join(c.lower()[:1] or c for c in text)


def _variants(name: str) -> Iterable[str]:
    """Spellings of one name: -isation/-ization, co-operation, defence/defense, plural s, hyphens."""
    seen = {name}
    for old, new in (
        ("ization", "isation"), ("cooperation", "co-operation"), ("defence", "defense"),
        ("-", " "), ("behaviour", "behavior"), ("programme", "program"), ("outer space", "space"),
    ):  # fmt: skip
        for form in sorted(seen):
            if old in form:
                seen.add(form.replace(old, new))
            if new in form and old not in {"-", "outer space"}:
                seen.add(form.replace(new, old))
    for form in sorted(seen):
        turned = _OF_SPACE.match(form)
        if turned:
            head = turned.group(1)
            seen |= {
                f"outer space {head}", f"space {head}", f"{head} in space", f"{head} of space",
                f"{head} in outer space",
                f"{head} of outer space", f"{head} into outer space",
            }  # fmt: skip
    return seen


_OF_SPACE: Final = re.compile(r"(?:the )?(.+) (?:of|in|into) (?:outer )?space$")
"""'weaponization of outer space' is also 'outer space weaponization'."""


class Gazetteer:
    """All names of a vocabulary, compiled once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._entries: Mapping[str, Entry] = vocabulary.entries
        self._symbols = _symbol_table(vocabulary.entries.values())
        table: dict[str, list[tuple[str, str, str, str]]] = defaultdict(list)
        for entry in vocabulary.entries.values():
            for name in entry.names:
                if name.language != "en" or len(name.text) < 2:
                    continue
                folded = _fold(name.text)
                exact = name.text if name.acronym or name.text.isupper() else ""
                forms = _variants(folded) if entry.kind == "topic" else {folded}
                for form in forms:
                    table[form].append((entry.id, entry.kind, exact, "cue" if name.cue else ""))
            for demonym in entry.demonyms:
                table[_fold(demonym)].append((entry.id, entry.kind, "", "demonym"))
            for capital in entry.capitals:
                table[_fold(capital)].append((entry.id, entry.kind, capital, "capital"))
        self._automaton: Any = ahocorasick.Automaton()
        for form, owners in table.items():
            self._automaton.add_word(form, (len(form), tuple(dict.fromkeys(owners))))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Mention]:
        """Mentions in reading order; of overlapping ones of the same kind the longest is kept.

        One stretch can name a topic and an instrument at once; both are given.
        """
        found: list[Mention] = []
        for end, (length, owners) in self._automaton.iter(_fold(text)):
            start, stop = end - length + 1, end + 1
            if not _at_border(text, start, stop):
                continue
            surface = text[start:stop]
            for identifier, kind, exact, role in owners:
                if exact and surface != exact:
                    continue
                if role == "capital" and not speaks(text, start, stop):
                    continue
                if kind in {"actor", "person"} and not surface[0].isupper() and not self._is_small(identifier, surface):
                    continue
                found.append(
                    Mention(
                        start=start,
                        end=stop,
                        id=identifier,
                        kind=kind,
                        text=surface,
                        adjective=role == "demonym",
                        cue=role == "cue",
                    )
                )
        found.extend(self._find_symbols(text))
        return _longest(found)

    def _is_small(self, identifier: str, surface: str) -> bool:
        """Whether a name may begin with a small letter: 'all States', 'the non-aligned countries'."""
        entry = self._entries[identifier]
        if entry.type in {"GenericActor", "UnnamedActor"}:
            return True
        return any(n.text[0].islower() and _fold(n.text) == _fold(surface) for n in entry.names)

    def _find_symbols(self, text: str) -> Iterable[Mention]:
        for match in _SYMBOL.finditer(text):
            symbol = _without_stop(match.group())
            identifier = self._symbols.get(_symbol_key(symbol))
            if identifier:
                end = match.start() + len(symbol)
                yield Mention(start=match.start(), end=end, id=identifier, kind="instrument", text=symbol)


def _without_stop(symbol: str) -> str:
    """A symbol without the stop or bracket of the sentence around it.

    >>> _without_stop("A/RES/69/32)."), _without_stop("A/RES/2222(XXI)"), _without_stop("S/2024/302.")
    ('A/RES/69/32', 'A/RES/2222(XXI)', 'S/2024/302')
    """
    while symbol.endswith(".") or (symbol.endswith(")") and symbol.count(")") > symbol.count("(")):
        symbol = symbol[:-1]
    return symbol


def _symbol_key(symbol: str) -> str:
    """One form for the ways of writing a symbol.

    >>> _symbol_key("resolution 75/36"), _symbol_key("A/RES/75/36"), _symbol_key("1884 (XVIII)")
    ('75/36', '75/36', '1884(xviii)')
    """
    number = symbol.replace("A/RES/", "").replace("S/RES/", "")
    if re.match(r"(?i)(general|security|assembly|resolution)", number):
        found = _NUMBER.search(number)
        number = found.group() if found else number
    return re.sub(r"\s+", "", number).lower()


def _symbol_table(entries: Iterable[Entry]) -> dict[str, str]:
    table: dict[str, str] = {}
    for entry in entries:
        if entry.kind != "instrument" or not entry.symbol:
            continue
        for part in re.split(r"[;,] ", entry.symbol):
            key = _symbol_key(part.strip())
            table.setdefault(key, entry.id)
            roman = re.match(r"(\d{3,4})\(([xvils\-\d]+)\)$", key)
            if roman:
                table.setdefault(roman.group(1), entry.id)
    return table


def _at_border(text: str, start: int, stop: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[stop] if stop < len(text) else " "
    if after in "sS" and stop + 1 < len(text) and not text[stop + 1].isalnum():
        after = " "  # a plural s: 'satellite communications', 'space debris mitigations'
    return not (before.isalnum() or after.isalnum() or (before == "-" and text[start - 2 : start - 1].isalnum()))


def _longest(found: list[Mention]) -> list[Mention]:
    """Drop a mention that lies inside a longer one of its kind (or inside an instrument's name)."""
    found.sort(key=lambda m: (m.start, -(m.end - m.start), _ORDER.get(m.kind, 9), m.id))
    kept: list[Mention] = []
    for mention in found:
        inside = [
            k for k in kept
            if k.start <= mention.start and mention.end <= k.end and (k.end - k.start) > (mention.end - mention.start)
        ]  # fmt: skip
        if mention.cue:
            if not any(k.kind == "instrument" or k.id == mention.id for k in inside):
                kept.append(mention)
            continue
        if any((k.kind == mention.kind and not k.cue) or k.kind in {"instrument", "person"} for k in inside):
            continue
        if mention.kind == "actor" and any(k.kind == "forum" for k in inside):
            continue
        kept.append(mention)
    return kept
