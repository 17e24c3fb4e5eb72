"""The main job on the texts that the repository ships: text in, valid and queryable graph out."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from spacegov.build import load_vocabulary, read_all
from spacegov.build.cache import Found
from spacegov.build.documents import Settings
from spacegov.namespaces import GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH
from spacegov.row_checks import COLUMNS
from spacegov.sources import find_documents, read_document
from spacegov.stances import fold, read_jsonl
from spacegov.store import load, open_store

pytestmark = pytest.mark.slow

HAS_ACT = NamedNode(PREFIXES["sg"] + "hasAct")
PROPOSAL = NamedNode(PREFIXES["sg"] + "Proposal")
PROPOSES = NamedNode(PREFIXES["act"] + "proposes")
IS_A = NamedNode(PREFIXES["rdf"] + "type")


def test_the_shipped_texts_give_a_graph_without_violations(shipped_graph: Path) -> None:
    report = json.loads((shipped_graph / "build.json").read_text(encoding="utf-8"))
    assert report["findings"]["counts"]["violation"] == 0
    assert report["counts"]["documents"] >= 60
    assert report["counts"]["quarantined"] == 0, (shipped_graph / "quarantine.jsonl").read_text(encoding="utf-8")
    assert report["counts"]["stances"] >= 100
    assert report["counts"]["holders"] >= 25


def test_every_quotation_stands_letter_by_letter_in_its_text(shipped_graph: Path, root: Path) -> None:
    texts = {d.metadata.doc: d for d in map(read_document, find_documents([root / "data" / "corpus"]))}
    stances = read_jsonl(shipped_graph / "stances.jsonl")
    for stance in stances:
        place = stance.evidence
        assert fold(texts[place.doc].source[place.start : place.end]) == place.exact
    assert stances


def test_the_csv_has_the_rows_of_the_json_lines(shipped_graph: Path) -> None:
    with (shipped_graph / "stances.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [s.id for s in read_jsonl(shipped_graph / "stances.jsonl")]


def test_the_graph_has_ontology_reference_one_graph_a_document_and_what_follows(shipped_graph: Path) -> None:
    names = {str(name).strip("<>") for name in open_store(shipped_graph).named_graphs()}
    documents = {name for name in names if name.startswith(f"{GRAPH}document/")}
    assert names - documents == {ONTOLOGY_GRAPH, REFERENCE_GRAPH, INFERRED_GRAPH}
    assert len(documents) >= 60


def test_the_store_holds_what_the_files_hold(shipped_graph: Path) -> None:
    assert set(open_store(shipped_graph)) == set(load(shipped_graph))


def test_no_blank_node_is_written(shipped_graph: Path) -> None:
    for quad in open_store(shipped_graph):
        assert isinstance(quad.subject, NamedNode)
        assert not str(quad.object).startswith("_:")


def test_reasoning_types_each_stance_by_its_act(shipped_graph: Path) -> None:
    store = open_store(shipped_graph)
    proposing = {q.subject for q in store.quads_for_pattern(None, HAS_ACT, PROPOSES, None)}
    proposals = {q.subject for q in store.quads_for_pattern(None, IS_A, PROPOSAL, None)}
    assert proposals == proposing != set()


def test_one_process_and_two_give_the_same(root: Path, tmp_path: Path) -> None:
    paths = find_documents([root / "data" / "corpus"])[:4]
    vocabulary, settings = load_vocabulary(), Settings(cache=None)
    one = read_all(paths, vocabulary, settings, jobs=1)
    two = read_all(paths, vocabulary, settings, jobs=2)
    assert one == two
    assert all(isinstance(result, Found) for result in one)


def test_the_plainest_proposal_is_read_with_all_its_parts(tmp_path: Path) -> None:
    """'outer space to the Conference' once counted as room of another kind, and the sentence gave nothing."""
    note = tmp_path / "note.txt"
    note.write_text(
        "China and Russia submitted the draft treaty on the prevention of the placement of weapons in outer space\n"
        "to the Conference on Disarmament in 2008.\n",
        encoding="utf-8",
    )
    (result,) = read_all([note], load_vocabulary(), Settings(cache=None))
    assert isinstance(result, Found)
    (stance,) = result.stances
    assert (stance.holders, stance.act, stance.forum, stance.date) == (("china", "russia"), "proposes", "cd", "2008")
    assert "ppwt-2008" in stance.targets


@pytest.mark.shared
def test_the_five_chinese_texts_become_a_valid_graph(shared: Path, tmp_path: Path) -> None:
    from spacegov.build import build

    report = build([shared / "corpus" / "china"], tmp_path / "out", settings=Settings(cache=None))
    assert (len(report.documents), len(report.broken)) == (5, 0)
    assert len(report.stances) > 50
