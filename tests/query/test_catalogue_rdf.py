from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from spacegov.query.catalogue import catalogue
from spacegov.query.catalogue_rdf import catalogue_page, catalogue_quads, catalogue_turtle

PREFIX = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def test_the_catalogue_is_a_graph_that_can_be_asked_for_its_questions() -> None:
    store = Store()
    store.extend(catalogue_quads(catalogue().values()))
    found = store.query(
        PREFIX + "SELECT ?q ?text { ?q a sh:SPARQLSelectExecutable ; rdfs:comment ?text ; sh:select ?query }",
        use_default_graph_as_union=True,
    )
    assert len(list(found)) == len(catalogue())  # type: ignore[arg-type]


def test_a_parameter_says_which_variable_it_binds_and_whether_it_may_be_left_out() -> None:
    store = Store()
    store.load(catalogue_turtle(catalogue().values()), format=RdfFormat.TURTLE)
    ask = """ASK { <https://w3id.org/spacegov/query/changed-position> sh:parameter ?a , ?t .
      ?a sh:name "the_actor" . ?t sh:name "the_topic" ; sh:optional true .
      FILTER NOT EXISTS { ?a sh:optional true } }"""
    assert store.query(PREFIX + ask)


def test_every_described_query_runs_as_it_stands() -> None:
    store = Store()
    for quad in catalogue_quads(catalogue().values()):
        if quad.predicate.value.endswith("#select"):
            list(store.query(quad.object.value))  # type: ignore[union-attr, arg-type]


def test_the_pages_in_docs_are_those_of_the_catalogue(root: Path) -> None:
    questions = catalogue().values()
    mend = "run 'spacegov ask --format markdown -o docs/questions.md' and '--format turtle -o docs/questions.ttl'"
    assert (root / "docs" / "questions.md").read_text() == catalogue_page(questions), mend
    assert (root / "docs" / "questions.ttl").read_bytes() == catalogue_turtle(questions), mend
