"""An ontology's axioms, read from its triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, TypeGuard

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from spacegov.namespaces import PREFIXES

OWL: Final = PREFIXES["owl"]
RDF: Final = PREFIXES["rdf"]
RDFS: Final = PREFIXES["rdfs"]
XSD: Final = PREFIXES["xsd"]

Node = NamedNode | BlankNode
Value = NamedNode | BlankNode | Literal


GENID: Final = "/.well-known/genid/"
"""Part of an IRI that stands for a blank node (RDF 1.1, section 3.5), as our stored ontology has them."""


def is_named(node: object) -> TypeGuard[NamedNode]:
    """Whether a node has a name of its own: it is neither blank nor the stand-in of a blank one."""
    return isinstance(node, NamedNode) and GENID not in node.value


def owl(name: str) -> NamedNode:
    return NamedNode(OWL + name)


def rdf(name: str) -> NamedNode:
    return NamedNode(RDF + name)


def rdfs(name: str) -> NamedNode:
    return NamedNode(RDFS + name)


class Axioms:
    """Triples of an ontology, found by subject and by predicate."""

    def __init__(self, triples: Iterable[Quad | Triple]) -> None:
        self._values: dict[tuple[object, NamedNode], list[Value]] = defaultdict(list)
        self._pairs: dict[NamedNode, list[tuple[Node, Value]]] = defaultdict(list)
        # sorted, so that the rules stand in the same order whatever the file order
        for triple in sorted(triples, key=str):
            subject, value = triple.subject, triple.object
            if isinstance(subject, NamedNode | BlankNode) and not isinstance(value, Triple):
                self._values[subject, triple.predicate].append(value)
                self._pairs[triple.predicate].append((subject, value))

    def pairs(self, predicate: NamedNode) -> list[tuple[Node, Value]]:
        """All subjects and values of a predicate."""
        return self._pairs.get(predicate, [])

    def value(self, subject: object, predicate: NamedNode) -> Value | None:
        """One value of a predicate, or None."""
        return next(iter(self._values.get((subject, predicate), ())), None)

    def typed(self, kind: NamedNode) -> Iterator[Node]:
        """All things of a class, as asserted."""
        return (subject for subject, value in self.pairs(rdf("type")) if value == kind)

    def members(self, head: object) -> list[Value]:
        """The members of an RDF list, in order."""
        found: list[Value] = []
        seen: set[object] = set()
        while head is not None and head != rdf("nil") and head not in seen:
            seen.add(head)
            first = self.value(head, rdf("first"))
            if first is not None:
                found.append(first)
            head = self.value(head, rdf("rest"))
        return found

    def properties(self, kind: str) -> list[NamedNode]:
        """Named properties of an OWL kind: 'TransitiveProperty', 'FunctionalProperty' …"""
        return [node for node in self.typed(owl(kind)) if isinstance(node, NamedNode)]

    def property_pairs(self, predicate: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
        """Pairs of named things under a predicate: subproperties, inverses, domains."""
        return [
            (subject, value)
            for subject, value in self.pairs(predicate)
            if isinstance(subject, NamedNode) and isinstance(value, NamedNode)
        ]
