from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Store

from spacegov import Graph
from spacegov.errors import InputError
from spacegov.namespaces import iri


def test_a_graph_is_asked_by_any_name(store: Store) -> None:
    answer = Graph(store).ask("who-proposed", forum="Conference on Disarmament", actor="CHN")
    assert [row["holders"] for row in answer] == [("china", "russia")]


def test_the_stances_are_a_data_frame_with_slugs(store: Store) -> None:
    frame = Graph(store).stances()
    assert frame.to_dicts()[0] | {"quote": ""} == {
        "id": "s1", "document": "d1", "start": 10, "end": 40, "quote": "", "holders": ["china", "russia"],
        "act": "proposes", "polarity": "for", "targets": ["ppwt", "weaponization"], "addressees": [],
        "forum": "cd", "date": "2008-02", "earliest": "2008-02-01", "latest": "2008-02-29", "speaker": None,
        "on_behalf_of": None, "condition": None, "confidence": 0.75, "review": "unreviewed",
    }  # fmt: skip


def test_a_graph_without_stances_is_an_empty_data_frame_with_all_columns() -> None:
    assert len(Graph(Store()).stances().columns) == 19


def test_documents_are_records(store: Store) -> None:
    document = Graph(store).documents["d1"]
    assert (document.symbol, document.date, document.authors) == ("CD/1839", "2008-02-12", (iri("actor", "china"),))


def test_names_are_english_where_there_is_an_english_one(store: Store) -> None:
    label = Graph(store).label
    assert label(NamedNode(iri("actor", "russia"))) == "Russian Federation"
    assert label(NamedNode(iri("actor", "nobody"))) == "nobody"


def test_a_folder_without_a_graph_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="run 'spacegov build"):
        Graph.open(tmp_path)


def test_importing_the_package_loads_no_rdf_library() -> None:
    code = "import spacegov, sys; sys.exit(any(m in sys.modules for m in ('pyoxigraph', 'rdflib')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
