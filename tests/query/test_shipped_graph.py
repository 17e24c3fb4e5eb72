"""Questions to the graph that the repository ships: answers that are known from the documents themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from spacegov import Graph
from spacegov.query.catalogue import catalogue


@pytest.fixture(scope="module")
def graph(shipped_graph: Path) -> Graph:
    return Graph.open(shipped_graph)


def test_china_and_russia_proposed_the_draft_treaty_and_its_update_in_the_conference(graph: Graph) -> None:
    rows = graph.ask("who-proposed", forum="cd", since="2008", topic="PAROS").rows
    facts = {(row["holders"], row["instrument"], row["date"]) for row in rows if row["basis"] == "reference"}
    assert (("china", "russia"), ("ppwt-2008",), "2008-02-12") in facts
    assert (("china", "russia"), ("ppwt-2014",), "2014-06-10") in facts


def test_the_veto_of_2024_is_told_as_a_veto(graph: Graph) -> None:
    events = {(row["event"], row["actors"]) for row in graph.ask("life-of-a-proposal", instrument="s-2024-302")}
    assert ("voted against in the Security Council", ("russia",)) in events


def test_what_was_not_seen_in_a_source_is_said_to_be_unverified(graph: Graph) -> None:
    status = {row["instrument"]: row["trust"] for row in graph.ask("treaty-status", actor="china")}
    assert set(status.values()) == {"verified", "unverified"}


def test_the_example_of_every_question_runs(graph: Graph) -> None:
    for question in catalogue().values():
        needed = {param.name for param in question.params if param.required}
        if needed <= set(question.example):
            graph.ask(question.id, **question.example)


def test_every_row_on_a_text_has_its_words_its_document_and_its_review(graph: Graph) -> None:
    answer = graph.ask("who-supports", topic="peaceful uses of outer space")
    assert len(answer) > 5
    for row in answer:
        assert row["quote"] and row["document"] and row["review"] == "unreviewed"


@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(root: Path, shipped_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nbformat = pytest.importorskip("nbformat", reason="nbformat is a development dependency")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is a development dependency")
    monkeypatch.setenv("SPACEGOV_GRAPH", str(shipped_graph))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(root / "src"), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(root / "docs" / "tour.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(root / "docs")}}).execute()


def test_the_notebook_is_kept_without_results(root: Path) -> None:
    import json

    notebook = json.loads((root / "docs" / "tour.ipynb").read_text())
    for cell in notebook["cells"]:
        assert not cell.get("outputs"), "clear the notebook's outputs before committing it"
