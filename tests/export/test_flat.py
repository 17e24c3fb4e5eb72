from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from spacegov import Graph, __version__
from spacegov.errors import OutputError
from spacegov.export.columns import FIELDS
from spacegov.export.flat import tables, to_csv, to_xlsx, write_package

TRIG = """
@prefix act: <https://w3id.org/spacegov/id/act/> .
@prefix actor: <https://w3id.org/spacegov/id/actor/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix doc: <https://w3id.org/spacegov/id/document/> .
@prefix ev: <https://w3id.org/spacegov/id/evidence/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix sg: <https://w3id.org/spacegov/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stance: <https://w3id.org/spacegov/id/stance/> .
@prefix topic: <https://w3id.org/spacegov/id/topic/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

actor:united-states skos:prefLabel "United States & others"@en ; sg:iso3 "USA" ; sg:m49 "840" ;
  sg:actorKind "state" .
actor:eu skos:prefLabel "European Union"@en ; sg:actorKind "bloc" .
topic:debris skos:prefLabel "Space debris"@en .
doc:d1 a sg:Document ; dcterms:title "100% {of} it_all" ; sg:symbol "A/1" ; sg:hasAuthor actor:united-states ;
  sg:onDate "2008-02"^^xsd:gYearMonth ; sg:documentKind "statement" ; dcterms:language "en" ;
  sg:address "https://example.org/a_b"^^xsd:anyURI ; sg:sourceHash "00" .
stance:s1 a sg:Stance ; sg:isHeldBy actor:united-states , actor:eu ; sg:hasAct act:supports ;
  sg:hasPolarity sg:for ; sg:hasTarget topic:debris ; sg:onDate "2008"^^xsd:gYear ;
  sg:earliest "2008-01-01"^^xsd:date ; sg:latest "2008-12-31"^^xsd:date ; sg:hasConfidence 0.5 ;
  sg:hasReviewStatus sg:accepted ; sg:isEvidencedBy ev:s1 .
ev:s1 a sg:Evidence ; sg:isFoundIn doc:d1 ; oa:start 3 ; oa:end 20 ; oa:exact "=SUM(A1)\\n  we do" .
"""


@pytest.fixture
def graph() -> Graph:
    store = Store()
    store.load(TRIG.encode(), format=RdfFormat.TRIG)
    return Graph(store)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_a_position_has_the_codes_of_its_holders_and_its_date_as_said_and_as_days(graph: Graph) -> None:
    (row,) = tables(graph)["positions"]
    assert (row["holders"], row["holders_iso3"], row["holders_m49"]) == ("eu; united-states", "USA", "840")
    assert (row["date_said"], row["date_earliest"], row["date_latest"]) == ("2008", "2008-01-01", "2008-12-31")
    assert (row["symbol"], row["start"], row["end"], row["review"]) == ("A/1", 3, 20, "accepted")


def test_holders_and_targets_are_tables_of_their_own(graph: Graph) -> None:
    found = tables(graph)
    assert [(row["actor"], row["iso3"]) for row in found["holders"]] == [("eu", ""), ("united-states", "USA")]
    assert [(row["kind"], row["label"]) for row in found["targets"]] == [("topic", "Space debris")]


def test_no_cell_is_a_formula(graph: Graph) -> None:
    (row,) = _rows(to_csv("positions", tables(graph)["positions"]))
    assert row["quote"] == "'=SUM(A1) we do"
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(to_xlsx(graph)))["positions"]
    cell = sheet.cell(row=2, column=[f.name for f in FIELDS["positions"]].index("quote") + 1)
    assert (cell.value, cell.data_type) == ("=SUM(A1) we do", "s")


def test_a_character_that_no_workbook_holds_is_left_out_and_the_rest_is_written() -> None:
    store = Store()
    store.load(TRIG.replace("we do", "we\uffff\ffuture").encode(), format=RdfFormat.TRIG)
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(to_xlsx(Graph(store))))["positions"]
    cells = [cell.value for cell in sheet[2]]
    assert cells[[f.name for f in FIELDS["positions"]].index("quote")] == "=SUM(A1) we future"


def test_the_package_describes_exactly_the_columns_and_bytes_that_it_holds(graph: Graph, tmp_path: Path) -> None:
    write_package(graph, tmp_path)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text())
    assert [r["name"] for r in descriptor["resources"]] == list(FIELDS)
    for resource in descriptor["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        header = content.decode().splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)


def test_every_reference_of_the_package_is_kept(graph: Graph, tmp_path: Path) -> None:
    write_package(graph, tmp_path)
    rows = {name: _rows((tmp_path / f"{name}.csv").read_bytes()) for name in FIELDS}
    descriptor = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        for key in resource["schema"].get("foreignKeys", ()):
            ids = {row["id"] for row in rows[key["reference"]["resource"]]}
            assert {row[key["fields"][0]] for row in rows[resource["name"]]} <= ids
        keys = [tuple(row[k] for k in resource["schema"]["primaryKey"]) for row in rows[resource["name"]]]
        assert len(keys) == len(set(keys))


def test_the_codebook_names_every_column(graph: Graph, tmp_path: Path) -> None:
    write_package(graph, tmp_path)
    text = (tmp_path / "codebook.md").read_text()
    assert all(f"| {field.name} |" in text for fields in FIELDS.values() for field in fields)


def test_bibtex_keeps_an_institution_whole_and_the_title_out_of_latex(graph: Graph, tmp_path: Path) -> None:
    write_package(graph, tmp_path)
    text = (tmp_path / "documents.bib").read_text()
    assert r"author = {{United States \& others}}," in text
    assert r"title = {{100\% \{of\} it\_all}}," in text
    assert "month = feb," in text and "url = {https://example.org/a_b}," in text


def test_ris_has_one_record_a_document(graph: Graph, tmp_path: Path) -> None:
    write_package(graph, tmp_path)
    lines = (tmp_path / "documents.ris").read_text().splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert lines[0].startswith("TY  - ") and lines[-1] == "ER  - "
    assert "AU  - United States & others," in lines and "DA  - 2008/02//" in lines


def test_the_same_graph_gives_the_same_files(graph: Graph, tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in write_package(graph, tmp_path / "a")}
    again = {path.name: path.read_bytes() for path in write_package(graph, tmp_path / "b")}
    assert first == again


def test_a_place_that_is_a_file_is_refused(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(OutputError):
        write_package(graph, tmp_path / "a")


def test_the_citation_file_names_this_version(root: Path) -> None:
    import yaml

    citation = yaml.safe_load((root / "CITATION.cff").read_text())
    assert citation["version"] == __version__
    assert {"cff-version", "title", "authors", "message", "license"} <= set(citation)
