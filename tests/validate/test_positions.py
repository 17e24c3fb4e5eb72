"""Places of statements in text files."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spacegov.validate.graph import text_of
from spacegov.validate.positions import Place, Statement, statements, statements_about

E = "http://e/"


def the_one(text: str) -> Statement:
    (statement,) = statements(text)
    return statement


def test_the_three_parts_have_their_places() -> None:
    found = the_one('@prefix e: <http://e/> .\n\ne:s  e:p\n   "x"@EN .')
    assert found == Statement(E + "s", E + "p", '"x"@en', (Place(3, 1), Place(3, 6), Place(4, 4)))


def test_semicolons_and_commas_keep_subject_and_property() -> None:
    text = "@prefix e: <http://e/> .\ne:s e:p 1 , 2 ;\n  e:q 3 ; ;\n  a e:C ."
    found = [(s.predicate.rsplit("/", 1)[-1], s.at[2]) for s in statements(text)]
    assert [(name.rsplit("#", 1)[-1], place) for name, place in found] == [
        ("p", Place(2, 9)), ("p", Place(2, 13)), ("q", Place(3, 7)), ("type", Place(4, 5)),
    ]  # fmt: skip


def test_nested_blank_nodes_and_lists_are_stepped_through() -> None:
    text = "@prefix e: <http://e/> .\ne:s e:p [ e:q ( 1 [ e:r 2 ] ) ] ; e:z 3 ."
    found = {s.predicate.rsplit("/", 1)[-1]: s.object for s in statements(text)}
    assert found["z"] == '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert found["r"] == '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'


@pytest.mark.parametrize(("opened", "closed"), [("[ e:p ", " ]"), ("( ", " )")])
def test_what_is_nested_too_deep_is_passed_over_and_the_rest_is_read(opened: str, closed: str) -> None:
    deep = opened * 2000 + "1" + closed * 2000
    found = list(statements(f"@prefix e: <http://e/> .\ne:s e:q {deep} ; e:r 1 .\ne:t e:u 2 ."))
    assert {statement.predicate for statement in found} >= {E + "q", E + "r", E + "u"}


def test_marks_inside_strings_comments_and_iris_are_no_marks() -> None:
    text = '<http://e/s#1> <http://e/p;q> """a . b ; # c\n"quoted" """ . # <http://e/x> <http://e/y> 1 .'
    assert the_one(text).object == '"a . b ; # c\\n\\"quoted\\" "'


def test_the_dot_after_a_name_ends_the_statement() -> None:
    text = "@prefix e: <http://e/> .\ne:s e:p e:o.x.\ne:t e:p 1."
    assert next(s.object.rsplit("/", 1)[-1] for s in statements(text)) == "o.x"
    assert len(list(statements(text))) == 2


def test_graphs_of_trig_are_entered() -> None:
    text = "@prefix e: <http://e/> .\ne:g { e:s e:p 1 . e:t e:p 2 }\nGRAPH e:h {\n  e:u e:p 3 .\n}\ne:v e:p 4 ."
    assert [(s.subject[-1], s.at[0].line) for s in statements(text)] == [("s", 2), ("t", 2), ("u", 4), ("v", 6)]


def test_the_graph_of_a_line_of_n_quads_is_no_property() -> None:
    text = '<http://e/s> <http://e/p> "x" <http://e/g> .\n<http://e/t> <http://e/p> <http://e/o> <http://e/g> .'
    assert [s.at[0].line for s in statements(text)] == [1, 2]


def test_sparql_style_prefixes_and_bases_are_read() -> None:
    text = "PREFIX e: <http://e/>\nBASE <http://b/x/>\n<#s> e:p <../o> ."
    found = the_one(text)
    assert (found.subject, found.predicate, found.object) == ("http://b/x/#s", "http://e/p", "http://b/o")


def test_columns_count_characters_not_bytes() -> None:
    assert the_one('<http://e/s> <http://e/p> "é日本𝄞" .').at[2] == Place(1, 27)
    first, second = statements('<http://e/s> <http://e/p> "𝄞" , 2 .')
    assert second.at[2].column == first.at[2].column + 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "]",
        "@prefix",
        "<http://e/s> <http://e/p>",
        "e:s e:p",
        '"',
        "[[[",
        "((",
        "{ {",
        "a a a a",
        "<a> <a> ''@a",
    ],
)
def test_broken_text_ends_without_an_error(text: str) -> None:
    assert all(isinstance(statement, Statement) for statement in statements(text))


@settings(max_examples=300)
@given(st.text(alphabet="<>[](){};,.:\"'@#^_ ab\n1-\\", max_size=60))
def test_no_text_makes_the_reader_hang_or_fail(text: str) -> None:
    assert len(list(statements(text))) <= len(text)


IRIS = st.sampled_from([ox.NamedNode(f"{E}{name}") for name in ("a", "b", "c-d", "x/y", "z#1")])
OBJECTS = st.one_of(
    IRIS,
    st.text(alphabet="ab é\"\\'\n\t.;,#<>", max_size=8).map(ox.Literal),
    st.integers(-9, 9).map(ox.Literal),
    st.booleans().map(ox.Literal),
    st.sampled_from([ox.Literal("x", language="en"), ox.Literal("2020", datatype=ox.NamedNode(E + "year"))]),
)
GRAPHS = st.lists(st.builds(ox.Triple, IRIS, IRIS, OBJECTS), max_size=8, unique_by=str)


@settings(max_examples=200)
@given(GRAPHS, st.sampled_from([ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N_TRIPLES]))
def test_every_statement_that_a_serialiser_writes_is_found_where_it_stands(
    triples: list[ox.Triple], form: ox.RdfFormat
) -> None:
    ordered = sorted(triples, key=str)
    text = (
        ox.serialize(ordered, format=form, prefixes={"e": E} if form != ox.RdfFormat.N_TRIPLES else None) or b""
    ).decode()
    found = list(statements(text))
    wanted = {(text_of(t.subject), t.predicate.value, text_of(t.object)) for t in ordered}
    assert {(s.subject, s.predicate, s.object) for s in found} == wanted
    lines = text.split("\n")
    for statement in found:
        start = lines[statement.at[0].line - 1][statement.at[0].column - 1 :]
        assert start[0] in "<e"


@settings(max_examples=200)
@given(GRAPHS, st.sets(IRIS.map(lambda iri: iri.value)))
def test_looking_for_some_subjects_finds_what_reading_everything_finds(
    triples: list[ox.Triple], wanted: set[str]
) -> None:
    text = (ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE, prefixes={"e": E}) or b"").decode()
    everything = [statement for statement in statements(text) if statement.subject in wanted]
    assert list(statements_about(text, wanted)) == everything
