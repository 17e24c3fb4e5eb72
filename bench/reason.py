"""Reasoning by compiled axioms beside owlrl on the same triples, and as graphs grow.

python bench/reason.py [STANCES...]     default: 100 against owlrl, then 1,000 and 10,000 alone
"""

from __future__ import annotations

import sys
import time

import owlrl
import rdflib
from pyoxigraph import NamedNode, Store
from synthetic import quads

from spacegov import resources
from spacegov.rdf.convert import to_rdflib
from spacegov.rdf.shipped import ontology_quads
from spacegov.reason import infer

RACE = 100


def store_of(stances: int) -> Store:
    store = Store()
    store.bulk_extend([*ontology_quads(resources.folder("ontology")), *quads(stances)])
    return store


def ours(stances: int) -> float:
    store = store_of(stances)
    start = time.perf_counter()
    closure = infer(store)
    seconds = time.perf_counter() - start
    print(
        f"  compiled, {stances:>7,} stances: {len(store):>9,} triples, {len(closure.quads):>9,} inferred in "
        f"{closure.rounds} rounds, {seconds:8.2f} s",
        flush=True,
    )
    return seconds


def theirs(stances: int) -> float:
    graph = rdflib.Graph()
    for quad in store_of(stances):
        if isinstance(quad.subject, NamedNode):
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    before = len(graph)
    start = time.perf_counter()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    seconds = time.perf_counter() - start
    print(
        f"  owlrl,    {stances:>7,} stances: {before:>9,} triples, {len(graph) - before:>9,} more "
        f"(literal subjects and x sameAs x included), {seconds:8.2f} s",
        flush=True,
    )
    return seconds


def main(sizes: list[int]) -> None:
    print(f"  owlrl takes {theirs(RACE) / ours(RACE):.0f} times as long")
    for size in sizes or [1000, 10_000]:
        ours(size)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
