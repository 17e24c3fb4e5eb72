from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from spacegov.errors import InputError
from spacegov.export import RDF_FORMATS, export_rdf, export_rows, release
from spacegov.export.rdf import WORDS
from spacegov.model import Stance
from spacegov.namespaces import GRAPH
from spacegov.stances import evidence_at, with_id, write_jsonl

EX = "https://example.org/"
TEXT = "Utopia supports the treaty."


def quad(name: str, graph: str, value: str = "x") -> Quad:
    return Quad(NamedNode(EX + name), NamedNode(EX + "p"), Literal(value), NamedNode(GRAPH + graph))


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A finished folder with two graphs that share a fact, and one inferred fact."""
    asserted = [quad("a", "reference"), quad("a", "document/d"), quad("b", "document/d", "=1+1")]
    for name, quads in (("graph.trig", asserted), ("inferred.trig", [quad("c", "inferred")])):
        (tmp_path / name).write_bytes(serialize(quads, format=RdfFormat.TRIG) or b"")
    stance = Stance(
        id="",
        evidence=evidence_at(TEXT, 0, len(TEXT), doc="d", sha256="00"),
        holders=("utopia",),
        act="supports",
        polarity="for",
        targets=("ost",),
    )
    write_jsonl([with_id(stance)], tmp_path / "stances.jsonl")
    return tmp_path


@pytest.mark.parametrize("form", ["trig", "nquads", "jsonld"])
def test_what_was_asserted_leaves_with_its_graphs(built: Path, form: str) -> None:
    parsers = {"trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
    found = set(parse(export_rdf(built, form), format=parsers[form]))
    assert found == {quad("a", "reference"), quad("a", "document/d"), quad("b", "document/d", "=1+1")}


def test_turtle_holds_each_fact_once_and_nothing_inferred(built: Path) -> None:
    found = list(parse(export_rdf(built, "turtle"), format=RdfFormat.TURTLE))
    assert len(found) == 2
    assert {str(q.subject) for q in found} == {f"<{EX}a>", f"<{EX}b>"}


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_inferred_facts_leave_only_when_asked(built: Path, form: str) -> None:
    assert b"https://example.org/c" not in export_rdf(built, form)
    assert b"https://example.org/c" in export_rdf(built, form, inferred=True)


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_the_same_graph_gives_the_same_bytes(built: Path, form: str) -> None:
    before = export_rdf(built, form)
    quads = list(parse(path=str(built / "graph.trig"), format=RdfFormat.TRIG))
    (built / "graph.trig").write_bytes(serialize(reversed(quads), format=RdfFormat.TRIG) or b"")
    assert export_rdf(built, form) == before


def test_some_graphs_can_be_chosen(built: Path) -> None:
    found = set(parse(export_rdf(built, "nquads", graphs=GRAPH + "document/"), format=RdfFormat.N_QUADS))
    assert {str(q.graph_name) for q in found} == {f"<{GRAPH}document/d>"}


def test_rows_leave_as_json_lines_and_as_csv(built: Path) -> None:
    assert json.loads(export_rows(built, "jsonl"))["holders"] == ["utopia"]
    assert next(csv.DictReader(io.StringIO(export_rows(built, "csv").decode())))["targets"] == "ost"


def test_where_nothing_was_built_the_error_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no graph\.trig here: run 'spacegov build"):
        export_rdf(tmp_path, "turtle")
    with pytest.raises(InputError, match=r"no stances\.jsonl here: run 'spacegov build"):
        export_rows(tmp_path, "csv")


def test_a_damaged_graph_is_named_with_its_place(built: Path) -> None:
    (built / "graph.trig").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(InputError, match=r"graph\.trig:1:.*not TriG"):
        export_rdf(built, "turtle")


# --- without the sources' words -------------------------------------------------------------------------


def with_words(folder: Path) -> Path:
    """The built folder, with a passage of a source in a document's graph."""
    passage = NamedNode(EX + "passage")
    graph = NamedNode(GRAPH + "document/d")
    words = [Quad(passage, property_, Literal("their words"), graph) for property_ in WORDS]
    place = Quad(passage, NamedNode("http://www.w3.org/ns/oa#start"), Literal(0), graph)
    quads = [*parse(path=str(folder / "graph.trig"), format=RdfFormat.TRIG), *words, place]
    (folder / "graph.trig").write_bytes(serialize(quads, format=RdfFormat.TRIG) or b"")
    return folder


@pytest.mark.parametrize("form", RDF_FORMATS)
def test_a_graph_can_leave_without_the_sources_words(built: Path, form: str) -> None:
    folder = with_words(built)
    assert b"their words" in export_rdf(folder, form)
    assert b"their words" not in export_rdf(folder, form, words=False)
    assert b"oa#start" in export_rdf(folder, "nquads", words=False)


def test_the_released_form_is_one_licensed_turtle_file_a_document(built: Path, tmp_path: Path) -> None:
    files = release(with_words(built), tmp_path / "released")
    assert [file.name for file in files] == ["d.ttl"]
    text = files[0].read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "CC BY 4.0" in text.splitlines()[0]
    assert "their words" not in text
    assert {str(q.subject) for q in parse(text, format=RdfFormat.TURTLE)} == {
        f"<{EX}{name}>" for name in ("a", "b", "passage")
    }
