"""From what a person types to the term that a query is bound to.

A thing is found by its slug, its label, its acronym or another of its names, in this order; letters'
case, spaces and punctuation do not matter. Names are read from the graph itself, so that a question
needs no other file and starts at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from spacegov.dates import date_range
from spacegov.errors import InputError, UnknownName
from spacegov.namespaces import ID, PREFIXES, SG, iri, kind_of, slug
from spacegov.query.catalogue import Param, Question

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "forum": ("forum", "meeting"),
    "target": ("instrument", "topic", "actor", "forum"),
}
_NAME_PREDICATES: Final = (
    PREFIXES["skos"] + "prefLabel",
    SG + "acronym",
    SG + "symbol",
    PREFIXES["skos"] + "altLabel",
    PREFIXES["skos"] + "hiddenLabel",
    SG + "officialName",
    PREFIXES["dcterms"] + "title",
    SG + "iso3",
)
"""In the order in which they win; a label of one thing beats an alias of another."""
_MOST_NAMED: Final = 6


class Resolver:
    """Finds the things of one graph by their names."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names: dict[tuple[str, ...], dict[str, dict[int, set[str]]]] = {}

    def bind(self, question: Question, given: Mapping[str, object]) -> dict[str, NamedNode | Literal]:
        """Terms for the parameters of a question.

        Raises:
            InputError: a parameter is unknown, missing or no date.
            UnknownName: nothing in the graph bears the name, or several things do.
        """
        known = [param.name for param in question.params]
        for name in given:
            if question.param(name) is None:
                options = ", ".join(known) or "no parameters"
                raise InputError(f"{question.id}: no parameter {name!r}: it takes {options}")
        missing = [p.name for p in question.params if p.required and given.get(p.name) is None]
        if missing:
            raise InputError(f"{question.id}: needs {_example(question, missing[0])}")
        return {
            param.name: self.term(param, given[param.name])
            for param in question.params
            if given.get(param.name) is not None
        }

    def term(self, param: Param, wanted: object) -> NamedNode | Literal:
        """The term for one parameter."""
        if isinstance(wanted, NamedNode | Literal):
            return wanted
        text = str(wanted).strip()
        if param.type == "date":
            return _day(param.name, text)
        return self.thing(param.type, text)

    def thing(self, kind: str, text: str) -> NamedNode:
        """The thing of a kind that bears a name.

        Raises:
            UnknownName: with the nearest names, or with the several things that bear it.
        """
        kinds = _KINDS.get(kind, (kind,))
        if text.startswith(ID) and kind_of(text) in kinds and self._holds(text):
            return NamedNode(text)
        for each in kinds:
            candidate = iri(each, text)
            if self._holds(candidate):
                return NamedNode(candidate)
        by_rank = self._index(kinds).get(_key(text), {})
        for rank in sorted(by_rank):
            found = sorted(by_rank[rank])
            if len(found) == 1:
                return NamedNode(found[0])
            raise UnknownName(_ambiguous(kind, text, found))
        raise UnknownName(f"no {kind} is called {text!r}{self._suggestion(kinds, text)}")

    def _holds(self, identifier: str) -> bool:
        node = NamedNode(identifier)
        patterns = ((node, None), (None, node))
        return any(
            next(iter(self._store.quads_for_pattern(subject, None, obj, None)), None) is not None
            for subject, obj in patterns
        )

    def _index(self, kinds: tuple[str, ...]) -> dict[str, dict[int, set[str]]]:
        """Folded name -> rank of the predicate -> things."""
        if kinds not in self._names:
            starts = tuple(f"{ID}{kind}/" for kind in kinds)
            index: dict[str, dict[int, set[str]]] = {}
            for rank, predicate in enumerate(_NAME_PREDICATES):
                for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None, None):
                    node, name = quad.subject, quad.object
                    if not isinstance(node, NamedNode) or not node.value.startswith(starts):
                        continue
                    if isinstance(name, Literal):
                        index.setdefault(_key(name.value), {}).setdefault(rank, set()).add(node.value)
            self._names[kinds] = index
        return self._names[kinds]

    def _suggestion(self, kinds: tuple[str, ...], text: str) -> str:
        index, key = self._index(kinds), _key(text)
        near = get_close_matches(key, index, n=3, cutoff=0.75)
        near += sorted(name for name in index if len(key) > 2 and key in name and name not in near)[:3]
        things = dict.fromkeys(slug(min(index[name][min(index[name])])) for name in near)
        names = " or ".join(repr(name) for name in list(things)[:3])
        return f": did you mean {names}?" if names else "; 'spacegov ask documents-of' shows what the graph holds"


def _key(text: str) -> str:
    """A name without what people write differently: case, spaces, dashes, a leading 'the'."""
    return re.sub(r"^the ", "", re.sub(r"[\W_]+", " ", text.casefold()).strip())


def _ambiguous(kind: str, text: str, found: list[str]) -> str:
    some = ", ".join(slug(one) for one in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    return f"{text!r} names {len(found)} things ({kind}): {some}{more}; write one of these"


def _day(name: str, text: str) -> Literal:
    try:
        days = date_range(text)
    except ValueError as error:
        raise InputError(f"--{name}: {error}") from None
    day = days.latest if name == "until" else days.earliest
    return Literal(day, datatype=NamedNode(PREFIXES["xsd"] + "date"))


def _example(question: Question, name: str) -> str:
    example = question.example.get(name)
    return f"--{name}, such as --{name} {example}" if example else f"--{name}"
