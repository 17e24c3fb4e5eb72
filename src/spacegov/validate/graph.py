"""The graph under validation: a store, read as the union of its named graphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES, slug

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RDF_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
RDF_FIRST: Final = ox.NamedNode(PREFIXES["rdf"] + "first")
RDF_REST: Final = ox.NamedNode(PREFIXES["rdf"] + "rest")
RDF_NIL: Final = ox.NamedNode(PREFIXES["rdf"] + "nil")
SUBCLASS_OF: Final = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
_LABELS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("skos", "prefLabel"), ("rdfs", "label"), ("dcterms", "title"), ("foaf", "name"))
)


def store_of(quads: Iterable[ox.Quad]) -> ox.Store:
    """An in-memory store that holds the quads, graph names and all."""
    store = ox.Store()
    store.bulk_extend(quads)
    return store


class Graph:
    """Look-ups in a store as if its graphs were one, each answer once and in a stable order."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._subclasses: dict[Term, frozenset[Term]] = {}

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """The values of a property."""
        if isinstance(subject, ox.Literal):
            return []
        return list({quad.object: None for quad in self.store.quads_for_pattern(subject, predicate, None, None)})

    def subjects(self, predicate: ox.NamedNode, obj: Term) -> list[Term]:
        """The things that have this value."""
        return list({quad.subject: None for quad in self.store.quads_for_pattern(None, predicate, obj, None)})

    def has(self, subject: Term, predicate: ox.NamedNode | None, obj: Term | None) -> bool:
        """Whether any such statement stands in any graph."""
        if isinstance(subject, ox.Literal):
            return False
        return next(iter(self.store.quads_for_pattern(subject, predicate, obj, None)), None) is not None

    def subjects_exist(self, predicate: ox.NamedNode | None, obj: Term) -> bool:
        """Whether anything has this value."""
        return next(iter(self.store.quads_for_pattern(None, predicate, obj, None)), None) is not None

    def predicates_and_objects(self, subject: Term) -> set[tuple[ox.NamedNode, Term]]:
        """Everything said of a thing."""
        if isinstance(subject, ox.Literal):
            return set()
        return {(quad.predicate, quad.object) for quad in self.store.quads_for_pattern(subject, None, None, None)}

    def first(self, subject: Term, predicate: ox.NamedNode) -> Term | None:
        """One value of a property (the smallest, so that it is always the same one), or None."""
        return min(self.objects(subject, predicate), key=str, default=None)

    def items(self, head: Term) -> Iterator[Term]:
        """The members of an RDF list."""
        seen: set[Term] = set()
        while head != RDF_NIL and head not in seen:
            seen.add(head)
            item = self.first(head, RDF_FIRST)
            if item is None:
                return
            yield item
            rest = self.first(head, RDF_REST)
            if rest is None:
                return
            head = rest

    def subclasses(self, cls: Term) -> frozenset[Term]:
        """The class and everything below it."""
        if cls not in self._subclasses:
            found: set[Term] = {cls}
            waiting = [cls]
            while waiting:
                below = set(self.subjects(SUBCLASS_OF, waiting.pop())) - found
                found |= below
                waiting += sorted(below, key=str)
            self._subclasses[cls] = frozenset(found)
        return self._subclasses[cls]

    def is_instance(self, node: Term, cls: Term) -> bool:
        """Whether a thing is of a class or of a class below it (no other inference)."""
        wanted = self.subclasses(cls)
        return any(kind in wanted for kind in self.objects(node, RDF_TYPE))

    def label(self, node: Term) -> str:
        """What people call a thing: its English label, else any, else the end of its IRI."""
        for predicate in _LABELS:
            found = [value for value in self.objects(node, predicate) if isinstance(value, ox.Literal)]
            if found:
                return min(found, key=lambda v: (v.language != "en", v.value)).value
        return slug(node.value) if not isinstance(node, ox.Triple) else str(node)


def text_of(term: Term) -> str:
    """How a finding writes a term: an IRI bare, anything else in N-Triples notation."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
