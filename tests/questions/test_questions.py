"""Every question of the catalogue, asked of a small graph made for it, gives exactly the expected rows.

A question's folder holds `data.trig` (what matches and, marked as such, what nearly does), `params.json`
and `expected.csv`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from spacegov.namespaces import INFERRED_GRAPH, PREFIXES, SG
from spacegov.query.catalogue import catalogue
from spacegov.query.formats import to_csv
from spacegov.query.run import run

HERE = Path(__file__).parent
QUESTIONS = sorted(catalogue())
REPEATED = {SG + name for name in ("isHeldBy", "hasTarget", "hasAct", "isEvidencedBy", "isSubmittedBy", "isCastBy")} | {
    PREFIXES["rdf"] + "type",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["skos"] + "broader",
}


def _quads(question: str) -> list[Quad]:
    return list(parse((HERE / question / "data.trig").read_bytes(), format=RdfFormat.TRIG))


def _answer(question: str, quads: list[Quad]) -> str:
    store = Store()
    store.extend(quads)
    params = json.loads((HERE / question / "params.json").read_text())
    return to_csv(run(store, question, **params))


def _expected(question: str) -> str:
    return (HERE / question / "expected.csv").read_text()


def test_every_question_has_a_graph_with_matches_and_near_misses_and_no_folder_is_left_over() -> None:
    folders = sorted(path.name for path in HERE.iterdir() if (path / "data.trig").is_file())
    assert folders == QUESTIONS
    assert len(QUESTIONS) >= 32
    for question in QUESTIONS:
        comments = [line for line in (HERE / question / "data.trig").read_text().splitlines() if line.startswith("#")]
        assert any(line.startswith("# near miss") for line in comments), question
        assert _expected(question).count("\n") >= 2, f"{question}: no row is expected"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gives_exactly_the_expected_rows(question: str) -> None:
    assert _answer(question, _quads(question)) == _expected(question)


def test_coverage_without_a_topic_counts_every_target_that_is_a_topic() -> None:
    store = Store()
    store.extend(_quads("coverage"))
    assert to_csv(run(store, "coverage", actor="china")).splitlines()[1:] == [
        "china,placement,1986,1,1",
        "china,safety,1986,1,2",
        "china,weapons,1985,2,2",
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_neither_the_order_of_loading_nor_a_second_copy_of_a_fact_changes_an_answer(question: str) -> None:
    quads = _quads(question)
    # the same fact may stand in two graphs: in two documents, or asserted and inferred
    again = [
        Quad(quad.subject, quad.predicate, quad.object, NamedNode(INFERRED_GRAPH))
        for quad in quads
        if quad.predicate.value in REPEATED
    ]
    assert _answer(question, [*again, *reversed(quads)]) == _expected(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_choice_of_parameters_is_a_query_that_runs(question: str) -> None:
    entry = catalogue()[question]
    store = Store()
    for given in ([p.name for p in entry.params if p.required], [p.name for p in entry.params]):
        text = entry.sparql(given)
        list(store.query(text, use_default_graph_as_union=True))  # type: ignore[arg-type]
        assert "# when" not in text
