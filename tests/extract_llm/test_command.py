"""`spacegov extract --llm`: the second reader beside the rules, from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spacegov.build import Broken
from spacegov.build.cache import Found
from spacegov.build.second_reader import account, read_again
from spacegov.cli import main
from spacegov.extract.llm_records import Dropped, LlmReading
from spacegov.model import Document, Metadata, Stance, Vocabulary
from spacegov.stances import evidence_at, with_id

TEXT = "China supports the Outer Space Treaty."


@pytest.fixture
def note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A text in the working folder; no key, no address, no cache but its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SPACEGOV_CACHE", str(tmp_path / ".kept"))
    for name in ("SPACEGOV_LLM_KEY", "SPACEGOV_LLM_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    place = tmp_path / "note.txt"
    place.write_text(TEXT, encoding="utf-8")
    return place


def test_an_address_without_a_model_is_bad_usage(note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", note.name, "--llm-url", "http://localhost:9/v1"]) == 2
    assert "--llm MODEL" in capsys.readouterr().err


def test_a_missing_extra_ends_with_3_and_its_remedy(
    note: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "spacegov.extract.llm_client", raising=False)
    monkeypatch.setitem(sys.modules, "pydantic_ai", None)
    assert main(["extract", note.name, "--llm", "m"]) == 3
    said = capsys.readouterr()
    assert "pip install 'spacegov[llm]'" in said.err and said.err.count("\n") == 1
    assert said.out == ""


class Rules:
    """Reads TEXT as the rules do, without a parser."""

    unheld = 0

    def extract(self, document: Document) -> list[Stance]:
        evidence = evidence_at(document.source, 0, len(TEXT), doc=document.metadata.doc, sha256=document.sha256)
        content: dict[str, Any] = {"act": "supports", "polarity": "for", "targets": ("outer-space-treaty",)}
        return [with_id(Stance(id="", evidence=evidence, holders=("china",), **content))]


def test_the_model_is_asked_once_and_its_rows_stand_beside_the_rules(
    note: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pydantic_ai", reason="the extra [llm] is not installed")
    from pydantic_ai.messages import ModelResponse, ToolCallPart
    from pydantic_ai.models.function import FunctionModel

    asked: list[object] = []

    def answer(messages: list[Any], info: Any) -> ModelResponse:
        asked.append(messages)
        common = {"polarity": "for", "targets": ["outer-space-treaty"]}
        rows = [
            {"quote": TEXT, "act": "supports", "holders": ["china"], **common},
            {"quote": TEXT, "act": "commits", "holders": ["cuba"], **common},
        ]
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, {"rows": rows})])

    model = FunctionModel(answer, model_name="hand-made")
    monkeypatch.setattr("spacegov.extract.llm.open_model", lambda name, url=None: model)
    monkeypatch.setattr(
        "spacegov.build.documents.make_extractor", lambda vocabulary, language_model=None, neural=True: Rules()
    )
    for _ in range(2):
        assert main(["extract", note.name, "--llm", "hand-made"]) == 0
        said = capsys.readouterr()
        (row,) = [json.loads(line) for line in said.out.splitlines()]
        assert {"name": "llm-agrees", "passed": True, "note": ""} in row["checks"]
        assert "holder cuba is neither the author nor named in the passage" in said.err
    assert len(asked) == 1


def test_a_document_that_was_put_aside_stays_aside(vocabulary: Vocabulary) -> None:
    broken = Broken(path="x.txt", error="UnreadableDocument", reason="x.txt: empty")
    assert read_again([broken], vocabulary, lambda document: LlmReading()) == ([broken], [])


def test_the_second_reader_gets_each_document_that_was_read(
    note: Path, vocabulary: Vocabulary, document: Callable[..., Any]
) -> None:
    found = Found(
        path=str(note), metadata=Metadata(doc="note"), source=TEXT, sha256="0", words=6, stances=()
    )  # fmt: skip
    seen: list[str] = []

    def read(read_document: Any) -> LlmReading:
        seen.append(read_document.source)
        return LlmReading(calls=1)

    results, readings = read_again([found], vocabulary, read)
    assert (results, seen, [r.calls for r in readings]) == ([found], [TEXT], [1])


def test_the_account_says_what_was_dropped_and_where_the_budget_ended() -> None:
    dropped = tuple(Dropped(doc="d", start=0, reason=f"reason {n % 7}") for n in range(9))
    lines = account([LlmReading(dropped=dropped, calls=2, kept=1, tokens=50, stopped="the budget ends")])
    assert lines[0] == "language model: 0 rows borne out; 2 questions asked, 1 answers kept, 50 tokens"
    assert lines[1] == "language model: dropped 2 times: reason 0"
    assert lines[-2] == "language model: dropped for 2 other reasons: 9 times in all"
    assert lines[-1] == "language model: the budget ends (in 1 documents)"
