"""What people call the things of a graph, looked up one by one when an answer is shown."""

from __future__ import annotations

from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from spacegov.namespaces import ID, PREFIXES, SG, slug

Term = NamedNode | BlankNode | Literal | Triple
Value = str | int | float | bool | None

_XSD: Final = PREFIXES["xsd"]
_NAMES: Final = tuple(
    NamedNode(PREFIXES[prefix] + name) for prefix, name in (("skos", "prefLabel"), ("dcterms", "title"))
)
_INTEGERS: Final = frozenset(_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger"))
_NUMBERS: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))


class Labels:
    """Names of things, each looked up once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def __call__(self, term: Term) -> str:
        """The preferred label or title of a thing, else its slug; the text of a literal.

        Languages: English if there is one, else the first in order.
        """
        if isinstance(term, Literal):
            return term.value
        if not isinstance(term, NamedNode):
            return str(term)
        if term.value not in self._known:
            self._known[term.value] = self._look_up(term)
        return self._known[term.value]

    def _look_up(self, node: NamedNode) -> str:
        for predicate in _NAMES:
            found = {
                quad.object for quad in self._store.quads_for_pattern(node, predicate, None, None)
                if isinstance(quad.object, Literal)
            }  # fmt: skip
            if found:
                return min(found, key=lambda name: (name.language != "en", name.value)).value
        return plain(node)


def plain(term: Term) -> str:
    """How machines' formats give a term: a slug for a thing of ours, a local name, an IRI, a text."""
    if isinstance(term, NamedNode):
        ours = term.value.startswith((ID, SG))
        return slug(term.value) if ours else term.value
    return term.value if isinstance(term, Literal | BlankNode) else str(term)


def value(term: Term | None) -> Value:
    """A term as a Python value: numbers and truth values typed, all else as text."""
    if term is None:
        return None
    if isinstance(term, Literal):
        datatype = term.datatype.value
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _NUMBERS:
            return float(term.value)
        if datatype == _XSD + "boolean":
            return term.value in ("true", "1")
    return plain(term)
