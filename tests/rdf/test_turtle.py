"""Reading RDF with line and column, writing it so that the same quads give the same bytes."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegov.errors import InputError
from spacegov.rdf.turtle import Format, canonical, parse_bytes, parse_file, serialize

XSD = "http://www.w3.org/2001/XMLSchema#"
READ: dict[Format, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://w3id.org/spacegov/id/actor/{name}")


def typed(text: str, name: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


iris = st.sampled_from(
    [
        "http://e/a",
        "http://e/a.",
        "http://e/",
        "http://e/x/-b",
        "http://e/x#c(d)",
        "https://w3id.org/spacegov/id/topic/new:moon-time",
        "https://w3id.org/spacegov/id/person/jo%C3%A3o",
        "http://e/é",
        "urn:a:b",
        "https://w3id.org/spacegov/ontology#Stance",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
    ]
).map(ox.NamedNode)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
literals = st.one_of(
    texts.map(ox.Literal),
    st.tuples(texts, st.sampled_from(["en", "zh-hans", "fr-ca"])).map(lambda t: ox.Literal(t[0], language=t[1])),
    st.integers().map(lambda n: typed(str(n), "integer")),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda d: typed(f"{d:f}", "decimal")),
    st.booleans().map(lambda b: typed(str(b).lower(), "boolean")),
    st.sampled_from([("1962", "gYear"), ("2014-06", "gYearMonth"), ("2020-02-30", "date"), ("x", "integer")]).map(
        lambda t: typed(*t)
    ),
)
graphs = st.one_of(st.just(ox.DefaultGraph()), iris)
quads = st.lists(st.builds(ox.Quad, iris, iris, st.one_of(iris, literals), graphs), max_size=12)


def canonical_quad(quad: ox.Quad, *, named: bool) -> ox.Quad:
    value = canonical(quad.object) if isinstance(quad.object, ox.Literal) else quad.object
    return ox.Quad(quad.subject, quad.predicate, value, quad.graph_name if named else ox.DefaultGraph())


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "ntriples"])
@given(facts=quads)
def test_what_is_written_reads_back_as_the_same_quads(form: Format, facts: list[ox.Quad]) -> None:
    named = form in {"trig", "nquads"}
    expected = {canonical_quad(quad, named=named) for quad in facts}

    assert set(parse_bytes(serialize(facts, form), READ[form])) == expected


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "ntriples"])
@given(facts=quads, seed=st.integers())
def test_the_order_of_the_quads_leaves_no_trace(form: Format, facts: list[ox.Quad], seed: int) -> None:
    shuffled = random.Random(seed).sample(facts + facts, 2 * len(facts))

    assert serialize(shuffled, form) == serialize(facts, form)


@given(facts=quads)
def test_writing_what_was_read_changes_nothing(facts: list[ox.Quad]) -> None:
    once = serialize(facts, "trig")

    assert serialize(parse_bytes(once, ox.RdfFormat.TRIG), "trig") == once


def test_turtle_has_the_type_first_and_one_value_a_line() -> None:
    subject = node("china")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    facts = [
        ox.Quad(subject, label, ox.Literal("PRC", language="en")),
        ox.Quad(subject, label, ox.Literal("Beijing", language="en")),
        ox.Quad(
            subject,
            ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
            ox.NamedNode("https://w3id.org/spacegov/ontology#State"),
        ),
    ]

    assert serialize(facts, header="CC BY 4.0").decode() == (
        "# CC BY 4.0\n"
        "@prefix actor: <https://w3id.org/spacegov/id/actor/> .\n"
        "@prefix sg: <https://w3id.org/spacegov/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "actor:china a sg:State ;\n"
        '    skos:altLabel "Beijing"@en ,\n'
        '        "PRC"@en .\n'
    )


@pytest.mark.parametrize(
    ("text", "datatype", "expected"),
    [
        ("0.60", "decimal", "0.6"),
        ("+1.", "decimal", "1"),
        ("-0.0", "decimal", "0"),
        ("-.50", "decimal", "-0.5"),
        ("007", "integer", "7"),
        ("1", "boolean", "true"),
        ("2020-02-03T08:00:00+00:00", "dateTime", "2020-02-03T08:00:00Z"),
        ("2020-02-03T08:00:00.000Z", "dateTime", "2020-02-03T08:00:00Z"),
        ("2020-02-03T08:00:00.250", "dateTime", "2020-02-03T08:00:00.25"),
        ("2020-02-03T08:00:00+02:00", "dateTime", "2020-02-03T08:00:00+02:00"),
        ("seven", "integer", "seven"),
        ("2020-02-30", "date", "2020-02-30"),
    ],
)
def test_a_literal_gets_its_canonical_form(text: str, datatype: str, expected: str) -> None:
    assert canonical(typed(text, datatype)) == typed(expected, datatype)


def test_a_syntax_error_names_file_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "bad.ttl"
    file.write_text("@prefix e: <http://e/> .\ne:a e:b e:c ;\n e:d .\n")

    with pytest.raises(InputError, match=rf"^{file}:3:6: not Turtle: [^\n]*; mend this line$"):
        parse_file(file)


def test_every_ending_is_read_in_its_format(tmp_path: Path) -> None:
    fact = ox.Quad(node("china"), ox.NamedNode("http://e/p"), ox.Literal("x"))
    for ending, form in {".nt": "ntriples", ".nq": "nquads", ".trig": "trig", ".ttl": "turtle"}.items():
        file = tmp_path / f"facts{ending}"
        file.write_bytes(serialize([fact], form))  # type: ignore[arg-type]
        assert parse_file(file) == [fact]


def test_another_ending_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no RDF format has the ending '\.csv'; use \.ttl"):
        parse_file(tmp_path / "facts.csv")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        parse_file(tmp_path / "none.ttl")


def test_rdf_xml_with_a_document_type_is_refused_before_parsing() -> None:
    bomb = b'<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "aaaa">]>\n<r>&a;</r>'

    with pytest.raises(InputError, match=r"<input>:2: RDF/XML with a DOCTYPE"):
        parse_bytes(bomb, ox.RdfFormat.RDF_XML)


def test_rdf_xml_in_utf_16_cannot_smuggle_a_document_type() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r []><r/>'.encode("utf-16")

    with pytest.raises(InputError, match="UTF-8 only"):
        parse_bytes(bomb, ox.RdfFormat.RDF_XML)


def test_json_ld_with_a_remote_context_is_refused() -> None:
    remote = b'{"@context": "http://example.org/context", "@id": "http://e/a"}'

    with pytest.raises(InputError, match="is not fetched; write the context into the file"):
        parse_bytes(remote, ox.RdfFormat.JSON_LD)


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    with pytest.raises(InputError, match="<input>:1:1: not Turtle"):
        parse_bytes(b"\xff\xfe\x00", ox.RdfFormat.TURTLE)
