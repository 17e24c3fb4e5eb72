"""What the commands give on the graph of the shipped texts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from commands import Run
from pyoxigraph import RdfFormat, parse

pytestmark = pytest.mark.slow

TEXT = "China supports the Outer Space Treaty. Russia opposes the draft."


@pytest.mark.parametrize(
    ("form", "parser"),
    [
        ("turtle", RdfFormat.TURTLE),
        ("trig", RdfFormat.TRIG),
        ("nquads", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ],
)
def test_export_writes_what_parses_and_holds_nothing_inferred(
    run: Run, shipped_graph: Path, tmp_path: Path, form: str, parser: RdfFormat
) -> None:
    out = tmp_path / "out"
    assert run("export", "--graph", shipped_graph, "--format", form, "--part", "documents", "-o", out).code == 0
    quads = list(parse(path=str(out), format=parser))
    assert len(quads) > 1000
    assert not any("graph/inferred" in str(quad.graph_name) or "#Proposal>" in str(quad.object) for quad in quads)


def test_export_of_rows_goes_to_standard_output(run: Run, shipped_graph: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--graph", shipped_graph, "--format", "csv").out)))
    lines = run("export", "--graph", shipped_graph, "--format", "jsonl").out.splitlines()
    assert len(rows) == len(lines) > 100


def test_rows_cannot_leave_without_their_words(run: Run, shipped_graph: Path) -> None:
    seen = run("export", "--graph", shipped_graph, "--format", "csv", "--no-words")
    assert (seen.code, seen.out) == (2, "")


def test_released_positions_are_verified_against_the_local_texts(run: Run, shipped_graph: Path, tmp_path: Path) -> None:
    assert run("export", "--graph", shipped_graph, "--split", "released").code == 0
    seen = run("verify", "--positions", "released", "-o", "restored.trig")
    assert seen.code == 0
    assert ", 0 do not, 0 documents are not at hand" in seen.out
    released = (tmp_path / "released").glob("*.ttl")
    assert not any("oa:exact" in file.read_text(encoding="utf-8") for file in released)
    assert (tmp_path / "restored.trig").read_text(encoding="utf-8").count("oa:exact") > 100


def test_without_the_texts_nothing_can_be_verified(run: Run, shipped_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    seen = run("verify", "other.txt", "--positions", shipped_graph / "graph.trig")
    assert seen.code == 2
    assert ": 0 stand in a local text, 0 do not, " in seen.out


def test_a_graph_that_was_tampered_with_does_not_verify(run: Run, shipped_graph: Path, tmp_path: Path) -> None:
    run("export", "--graph", shipped_graph, "--format", "nquads", "--part", "documents", "-o", "graph.nq")
    file = tmp_path / "graph.nq"
    text = file.read_text(encoding="utf-8")
    place = text.index('oa#exact> "') + len('oa#exact> "')
    file.write_text(text[:place] + "Never: " + text[place:], encoding="utf-8")
    seen = run("verify", "--positions", "graph.nq")
    assert seen.code == 1
    assert "its quotation is not what the text has there" in seen.err


def test_info_tells_versions_model_and_counts(run: Run, shipped_graph: Path) -> None:
    seen = run("info", "--graph", shipped_graph, "--json")
    content = json.loads(seen.out)
    assert seen.code == 0
    assert "verified" in content["language model"]
    assert "mpnet" in content["neural reader"]
    assert content["graph"]["documents"] >= 60
    assert "none built yet" in run("info").out


def gold(folder: Path, act: str = "supports") -> None:
    (folder / "corpus").mkdir()
    (folder / "gold").mkdir()
    (folder / "corpus" / "d.txt").write_text(TEXT, encoding="utf-8")
    row = {
        "doc": "d", "quote": "China supports the Outer Space Treaty", "holders": ["china"], "act": act,
        "polarity": "for", "targets": ["outer-space-treaty"],
    }  # fmt: skip
    (folder / "gold" / "d.gold.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")


def test_score_prints_a_table_and_keeps_the_floor(run: Run, tmp_path: Path) -> None:
    gold(tmp_path)
    (tmp_path / "floor.json").write_text('{"stance": 1.0}', encoding="utf-8")
    right = run("score", "gold", "--predicted", "gold/d.gold.jsonl", "--floor", "floor.json")
    assert right.code == 0
    assert "stance" in right.out
    assert "1.000" in right.out
    (tmp_path / "rows.jsonl").write_text("", encoding="utf-8")
    low = run("score", "gold", "--predicted", "rows.jsonl", "--floor", "floor.json", "--errors", 3)
    assert (low.code, low.err) == (1, "spacegov: stance is 0.0000, its floor is 1.0\n")
    assert "missed: d: china supports/for outer-space-treaty" in low.out


def test_an_invented_quote_is_below_any_floor(run: Run, tmp_path: Path) -> None:
    gold(tmp_path)
    (tmp_path / "floor.json").write_text('{"stance": 0.0}', encoding="utf-8")
    row = {"doc": "d", "act": "supports", "quote": "nobody said this", "holders": ["china"], "targets": ["x"]}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    seen = run("score", "gold", "--predicted", "rows.jsonl", "--floor", "floor.json")
    assert (seen.code, seen.err) == (1, "spacegov: 1 invented quotes\n")


def test_a_floor_that_names_no_measure_is_refused(run: Run, tmp_path: Path) -> None:
    gold(tmp_path)
    (tmp_path / "floor.json").write_text('{"stanse": 0.4}', encoding="utf-8")
    seen = run("score", "gold", "--predicted", "gold/d.gold.jsonl", "--floor", "floor.json")
    assert seen.code == 2
    assert "no measure stanse" in seen.err


def test_score_extracts_where_no_rows_are_given(run: Run, tmp_path: Path) -> None:
    gold(tmp_path)
    seen = run("score", "gold", "--json")
    assert seen.code == 0
    assert json.loads(seen.out)["gold"] == 1
