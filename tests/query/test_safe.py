from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from spacegov.errors import InputError
from spacegov.query.safe import UnsafeQuery, check_query, query

REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 5SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1e5SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?p<?o)SERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
    "SELECT * { # <\nSERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://127.0.0.1:1/> { ?s ?p ?o }",
    "PREFIX g: <https://w3id.org/spacegov/graph/> SELECT * FROM g:reference { ?s ?p ?o }",
    "INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }",
    "LOAD <http://127.0.0.1:1/>",
]
ALLOWED = [
    "SELECT * { ?s ?p 'SERVICE <http://e/>' }",
    'SELECT * { ?s ?p """a " SERVICE """ }',
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s <http://e/SERVICE> ?o }",
    "PREFIX service: <http://e/> SELECT * { ?s service:SERVICE ?o }",
    "SELECT * { ?s ?p ?o } # SERVICE",
    "SELECT * FROM <https://w3id.org/spacegov/graph/reference> { ?s ?p ?o }",
    "ASK { ?s ?p 'it''s' }".replace("''", "\\'"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_reaches_outside_the_graph_is_refused(text: str) -> None:
    with pytest.raises(UnsafeQuery):
        check_query(text)


@pytest.mark.parametrize("text", ALLOWED)
def test_a_keyword_inside_a_string_name_or_comment_is_none(store: Store, text: str) -> None:
    query(store, text)


def test_a_query_sees_all_graphs_and_our_prefixes(store: Store) -> None:
    result = query(store, "SELECT ?o { actor:china skos:prefLabel ?o }")
    assert isinstance(result, QuerySolutions)
    assert [solution["o"].value for solution in result] == ["China"]


def test_from_narrows_a_query_to_one_graph(store: Store) -> None:
    text = "SELECT ?s FROM <https://w3id.org/spacegov/graph/document/d1> {{ ?s skos:prefLabel ?o }}"
    assert list(query(store, text.format())) == []  # type: ignore[arg-type]


def test_a_mistake_is_told_with_its_place(store: Store) -> None:
    with pytest.raises(InputError, match=r"query: .*1:"):
        query(store, "SELECT * { ?s ?p }")
