"""The commands `ask` and `query`, as a person runs them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from spacegov.cli import main
from spacegov.store import build_store


@pytest.fixture
def folder(store: Store, tmp_path: Path) -> Path:
    build_store(list(store), tmp_path / "store")
    return tmp_path


def _run(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    captured = capsysbinary.readouterr()
    return code, captured.out.decode(), captured.err.decode()


def test_ask_alone_lists_the_questions(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = _run(capsysbinary, "ask")
    assert code == 0
    assert "who-proposed" in out and "[--actor]" in out


def test_a_question_is_answered_as_a_table_with_words_and_symbol(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    code, out, _ = _run(capsysbinary, "ask", "who-proposed", "--forum", "CD", "--graph", str(folder))
    assert code == 0
    assert "Russian" in out and "CD/1839" in out and "1 row" in out


def test_csv_goes_to_standard_output(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, out, _ = _run(capsysbinary, "ask", "who-proposed", "--format", "csv", "--graph", str(folder))
    assert code == 0
    assert out.splitlines()[1].startswith("china|russia,")


def test_the_ending_of_the_output_file_chooses_the_format(folder: Path) -> None:
    for ending, start in (
        (".csv", b"holders,"),
        (".json", b"{"),
        (".md", b"**"),
        (".ttl", b"@prefix"),
        (".xlsx", b"PK"),
    ):
        file = folder / f"answer{ending}"
        assert main(["ask", "who-proposed", "-o", str(file), "--graph", str(folder)]) == 0
        assert file.read_bytes().startswith(start)


def test_an_empty_answer_hints_at_a_wider_question(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    code, _, err = _run(capsysbinary, "ask", "who-proposed", "--since", "2020", "--graph", str(folder))
    assert code == 0
    assert "without --since: 1 row" in err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ask", "who-propose"], "did you mean who-proposed"),
        (["ask", "who-proposed", "--actor", "Chyna"], "did you mean 'china'"),
        (["ask", "position-over-time"], "needs --actor"),
        (["ask", "who-proposed", "--since", "soon"], "not a date"),
        (["ask", "who-proposed", "-o", "answer.doc"], "end the file in .csv"),
        (["query", "SELECT * { SERVICE <http://e/> {} }"], "SERVICE is refused"),
        (["query", "SELECT"], "query: "),
        (["query", "-f", "no-such-file.rq"], "no-such-file.rq"),
        (["query", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "csv"], "give triples"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_two(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes], arguments: list[str], complaint: str
) -> None:
    code, _, err = _run(capsysbinary, *arguments, "--graph", str(folder))
    assert code == 2
    assert complaint in err
    assert err.count("\n") == 1


def test_query_gives_rows_yes_or_triples(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    select = "SELECT ?n { actor:china skos:prefLabel ?n }"
    graph = ["--graph", str(folder)]
    assert "China" in _run(capsysbinary, "query", select, *graph)[1]
    assert _run(capsysbinary, "query", select, "--format", "csv", *graph)[1].splitlines() == ["n", "China"]
    assert _run(capsysbinary, "query", "ASK { ?s a sg:State }", *graph)[1].strip() == "yes"
    construct = "CONSTRUCT { ?s a sg:State } { ?s a sg:State }"
    assert "a sg:State" in _run(capsysbinary, "query", construct, *graph)[1]


def test_asking_takes_less_than_a_second_and_a_half_with_the_start_of_the_process(folder: Path) -> None:
    command = "from spacegov.cli import main; raise SystemExit(main())"
    arguments = ["ask", "who-proposed", "--topic", "weaponization", "--format", "csv", "--graph", str(folder)]
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", command, *arguments], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    assert min(times) < 1.5
