from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import Page
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from spacegov import Graph
from spacegov.errors import InputError, UnknownName
from spacegov.namespaces import PREFIXES, iri
from spacegov.report import actor_report, topic_report

QUERIES = Path(__file__).parent.parent / "questions"


@pytest.fixture(scope="module")
def graph() -> Graph:
    """What was said and voted in the graphs of two questions, with a title that is an attack."""
    store = Store()
    for question in ("word-and-vote", "who-agrees-with", "co-sponsors", "treaty-status"):
        text = (QUERIES / question / "data.trig").read_text()
        for name in ("stance", "evidence", "document"):  # the fixtures share the ids s1, s2 …
            text = text.replace(f"/id/{name}/>", f"/id/{name}/{question}-> ")
        store.load(text.encode(), format=RdfFormat.TRIG)
    title = NamedNode(PREFIXES["dcterms"] + "title")
    document = NamedNode(iri("document", "word-and-vote-d1"))
    for quad in list(store.quads_for_pattern(document, title, None, None)):
        store.remove(quad)
    store.add(Quad(document, title, Literal('<script>alert(1)</script> & "more"')))
    address = NamedNode("https://w3id.org/spacegov/ontology#address")
    store.add(Quad(document, address, Literal("javascript:alert(1)")))
    return Graph(store)


@pytest.fixture(scope="module")
def page(graph: Graph) -> str:
    return actor_report(graph, "usa")


def test_every_link_on_the_page_leads_to_a_place_on_it(page: str) -> None:
    parsed = Page(page)
    inside = [link[1:] for link in parsed.links if link.startswith("#")]
    assert inside
    assert set(inside) <= set(parsed.ids)


def test_no_id_occurs_twice(page: str) -> None:
    ids = Page(page).ids
    assert len(ids) == len(set(ids))


def test_the_page_asks_nothing_of_any_other_host(page: str) -> None:
    assert not [source for source in Page(page).sources if not source.startswith("#")]
    assert not re.search(r"url\((?!#)|@import", page)
    assert "default-src 'none'" in page
    assert not {"script", "link", "img", "iframe"} & set(Page(page).tags)


def test_what_a_source_calls_itself_is_text_and_its_address_no_script(page: str) -> None:
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "javascript:" not in page


def test_the_words_link_to_their_passage_which_says_its_place(page: str) -> None:
    assert '<a href="#p-word-and-vote-d1-100-120">“we like it”</a>' in page
    assert '<blockquote id="p-word-and-vote-d1-100-120">' in page
    assert "characters 100–120" in page


def test_facts_that_were_not_seen_are_marked(page: str) -> None:
    assert '<span class="tag unverified">unverified</span>' in page
    assert '<span class="tag differ">differ</span>' in page


def test_tables_and_pictures_can_be_reached_and_are_named(page: str) -> None:
    assert page.count('role="img"') == page.count("<svg ")
    assert page.count("<caption>") == page.count("<table>")
    assert 'scope="col"' in page and 'class="skip"' in page and '<html lang="en">' in page


def test_the_same_graph_gives_the_same_page(graph: Graph, page: str) -> None:
    assert actor_report(graph, "usa") == page


def test_a_topic_has_a_page_with_the_words_of_its_sub_topics(graph: Graph) -> None:
    text = topic_report(graph, "weapons")
    assert "For and against, year by year" in text
    assert {link[1:] for link in Page(text).links if link.startswith("#")} <= set(Page(text).ids)


def test_a_report_on_nothing_is_refused(graph: Graph) -> None:
    with pytest.raises(UnknownName):
        actor_report(graph, "atlantis")
    graph.store.add(Quad(NamedNode(iri("actor", "mute")), NamedNode(PREFIXES["skos"] + "prefLabel"), Literal("Mute")))
    with pytest.raises(InputError, match="no stance of Mute"):
        actor_report(graph, "mute")
