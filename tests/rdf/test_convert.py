"""The crossing between the two RDF libraries loses nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from spacegov.rdf.convert import from_graph, from_rdflib, to_graph, to_rdflib

XSD = "http://www.w3.org/2001/XMLSchema#"
NAMES = ("integer", "decimal", "date", "dateTime", "gYear", "boolean", "anyURI", "token")
LITERALS = st.one_of(
    st.builds(ox.Literal, st.text()),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), st.text(), st.sampled_from(["en", "zh-hans"])),
    st.builds(lambda text, n: ox.Literal(text, datatype=ox.NamedNode(XSD + n)), st.text(), st.sampled_from(NAMES)),
)


@given(LITERALS)
def test_a_literal_comes_back_letter_by_letter(literal: ox.Literal) -> None:
    assert from_rdflib(to_rdflib(literal)) == literal


def test_a_plain_string_equals_what_rdflib_itself_writes() -> None:
    assert to_rdflib(ox.Literal("x")) == rdflib.Literal("x")


def test_the_zone_of_a_date_is_kept() -> None:
    assert str(to_rdflib(ox.Literal("2020-02-03Z", datatype=ox.NamedNode(XSD + "date")))) == "2020-02-03Z"


def test_a_graph_comes_back_with_its_blank_nodes() -> None:
    triple = ox.Quad(
        ox.BlankNode("b1"),
        ox.NamedNode("http://e/p"),
        ox.Literal("01", datatype=ox.NamedNode(XSD + "integer")),
    )
    assert from_graph(to_graph([triple])) == [triple]


def test_a_triple_term_is_refused() -> None:
    node = ox.NamedNode("http://e/a")
    with pytest.raises(TypeError, match="no triple terms"):
        to_rdflib(ox.Triple(node, node, node))
