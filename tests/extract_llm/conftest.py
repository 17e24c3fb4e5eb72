"""A model made of a function, a small vocabulary and documents written by hand: no network anywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from spacegov.model import Block, Document, Entry, Metadata, Name, Tenure, Vocabulary

TEXT = (
    "China supports the draft treaty on the prevention of an arms race in outer space.\n"
    "The Russian Federation tabled that text in 2008. We share its aims in outer space."
)


def _entry(identifier: str, kind: str, type_: str, *names: str, **more: Any) -> Entry:
    return Entry(
        id=identifier, kind=kind, type=type_, label=names[0], names=tuple(Name(text=n) for n in names), **more
    )  # fmt: skip


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Three states, a group without names, a person, an instrument, two topics and two forums."""
    entries = [
        _entry("china", "actor", "State", "China"),
        _entry("russia", "actor", "State", "Russian Federation", "Russia"),
        _entry("cuba", "actor", "State", "Cuba"),
        _entry("unnamed-states", "actor", "UnnamedActor", "many countries"),
        _entry("li", "person", "Person", "Li Song"),
        _entry("ppwt", "instrument", "DraftTreaty", "draft treaty on the prevention of an arms race in outer space"),
        _entry("paros", "topic", "Topic", "Prevention of an arms race"),
        _entry("space-debris", "topic", "Topic", "Space debris"),
        _entry("cd", "forum", "Forum", "Conference on Disarmament"),
        _entry("copuos", "forum", "Forum", "Committee on the Peaceful Uses of Outer Space"),
    ]
    return Vocabulary(
        entries={e.id: e for e in entries}, frames=(), posts=(Tenure(of="li", at="china", role="Ambassador"),),
        hash="0" * 64,
    )  # fmt: skip


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """A document whose paragraphs are the lines of a text; its source is the text itself."""

    def make(text: str = TEXT, *, authors: tuple[str, ...] = (), date: str | None = "2024-05-06") -> Document:
        blocks, start = [], 0
        for line in text.split("\n"):
            blocks.append(Block(start=start, end=start + len(line), kind="paragraph"))
            start += len(line) + 1
        return Document(
            metadata=Metadata(doc="d", authors=authors, date=date), source=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(), text=text, offsets=tuple(range(len(text) + 1)),
            blocks=tuple(blocks),
        )  # fmt: skip

    return make


class Answers:
    """A model that gives the same answer to every question, and remembers the questions."""

    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.questions: list[str] = []
        self.instructions: list[str] = []

    @property
    def model(self) -> Any:
        """The model, as pydantic-ai wants it."""
        from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart
        from pydantic_ai.models.function import FunctionModel

        def function(messages: list[Any], info: Any) -> Any:
            self.questions.append(str(messages[-1].parts[-1].content))
            self.instructions.append(info.instructions)
            if isinstance(self.answer, str) and not self.answer.startswith("{"):
                return ModelResponse(parts=[TextPart(self.answer)])
            return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, self.answer)])

        return FunctionModel(function, model_name="hand-made")


@pytest.fixture
def row() -> Callable[..., dict[str, Any]]:
    """A right row for the first paragraph of TEXT, with changes."""

    def make(**changes: Any) -> dict[str, Any]:
        right = {
            "quote": "China supports the draft treaty", "act": "supports", "polarity": "for", "holders": ["china"],
            "targets": ["ppwt"],
        }  # fmt: skip
        return right | changes

    return make


@pytest.fixture
def extractor(vocabulary: Vocabulary, tmp_path: Path) -> Callable[..., Any]:
    """An extractor whose model gives these rows; `.answers` holds the questions that it was asked."""
    pytest.importorskip("pydantic_ai", reason="the extra [llm] is not installed")

    def make(*rows: object, answer: object = None, budget: int = 100_000, kept: bool = False) -> Any:
        from spacegov.extract.llm import LlmExtractor

        answers = Answers({"rows": list(rows)} if answer is None else answer)
        made = LlmExtractor(
            vocabulary, answers.model, budget_tokens=budget, cache_dir=tmp_path / "answers" if kept else None
        )
        made.answers = answers  # type: ignore[attr-defined]
        return made

    return make
