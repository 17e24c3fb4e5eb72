"""The commands `report` and `analyse`, as a person runs them on the shipped graph."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
import pytest

from spacegov.cli import main


def test_a_report_is_one_file(shipped_graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "china.html"
    assert main(["report", "--actor", "China", "-o", str(file), "--graph", str(shipped_graph)]) == 0
    page = file.read_text()
    assert page.startswith("<!DOCTYPE html>") and "<h1>China</h1>" in page
    assert [path.name for path in tmp_path.iterdir()] == ["china.html"]


@pytest.mark.parametrize("arguments", [["report"], ["report", "--actor", "china", "--topic", "space-debris"]])
def test_a_report_is_on_one_thing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert "give --actor or --topic" in capsys.readouterr().err


def test_agreement_is_given_with_counts_and_interval(
    shipped_graph: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["analyse", "alignment", "--format", "csv", "--graph", str(shipped_graph)]) == 0
    header, first, *_ = capsysbinary.readouterr().out.decode().splitlines()
    assert header == "actor,other,shared,agree,share,low,high"
    _, _, shared, agree, share, low, high = first.split(",")
    assert int(agree) <= int(shared)
    assert float(low) <= float(share) <= float(high)


def test_the_sponsors_leave_as_a_network(shipped_graph: Path, tmp_path: Path) -> None:
    file = tmp_path / "sponsors.graphml"
    arguments = ["analyse", "sponsors", "--format", "graphml", "-o", str(file), "--graph", str(shipped_graph)]
    assert main(arguments) == 0
    network = nx.read_graphml(io.BytesIO(file.read_bytes()))
    assert network["china"]["russia"]["times"] >= 10


def test_only_sponsors_are_a_network(shipped_graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "coalitions", "--format", "gexf", "--graph", str(shipped_graph)]) == 2
    assert "only the sponsors are a network" in capsys.readouterr().err
