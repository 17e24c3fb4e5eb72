"""The questions are plain SPARQL 1.1: another engine gives the same solutions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from spacegov.query.catalogue import catalogue
from spacegov.query.params import Resolver
from spacegov.query.run import ask
from spacegov.rdf.convert import to_rdflib

HERE = Path(__file__).parent


@pytest.mark.parametrize("question", sorted(catalogue()))
def test_rdflib_gives_the_same_solutions(question: str) -> None:
    entry = catalogue()[question]
    store = Store()
    store.load((HERE / question / "data.trig").read_bytes(), format=RdfFormat.TRIG)
    terms = Resolver(store).bind(entry, json.loads((HERE / question / "params.json").read_text()))
    graph = rdflib.Graph()
    for quad in store:
        graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))  # type: ignore[arg-type]
    bindings = {param.variable: to_rdflib(terms[param.name]) for param in entry.params if param.name in terms}
    names = [column.name for column in entry.columns]
    theirs = {
        tuple(_text(row[name]) for name in names) for row in graph.query(entry.sparql(terms), initBindings=bindings)
    }  # type: ignore[index, arg-type, call-overload]
    ours = {tuple(_text(term) for term in solution) for solution in ask(store, entry, terms).solutions}
    assert ours == theirs
    assert ours


def _text(term: object) -> str | None:
    if term is None:
        return None
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
