"""`spacegov explain` says what led to a stance, and why a place has none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacegov.cli import main
from spacegov.errors import InputError, UnknownName
from spacegov.explain import Section, explain_place, explain_stance
from spacegov.extract import Extractor
from spacegov.model import Document, Entry, Frame, Metadata, Name, Vocabulary
from spacegov.sources import document_from_text

TEXT = (
    "We do not support the Lunar Charter in outer space.\n\n"
    "Weather satellites fly over the sea. They are very bright at night.\n\n"
    "The sea is warm.\n\n"
    "The fish are fine."
)
VOCABULARY = Vocabulary(
    entries={
        "fiji": Entry(id="fiji", kind="actor", type="State", label="Fiji", names=(Name(text="Fiji"),)),
        "peru": Entry(id="peru", kind="actor", type="State", label="Peru", names=(Name(text="Peru"),)),
        "charter": Entry(
            id="charter", kind="instrument", type="Treaty", label="Lunar Charter", names=(Name(text="Lunar Charter"),)
        ),
    },
    frames=(
        Frame(
            id="support", form="support", pos="verb", role="act", act="supports", effect="for", subject="holder"
        ),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(VOCABULARY, models={})


@pytest.fixture
def document() -> Document:
    return document_from_text(TEXT, Metadata(doc="fj", authors=("fiji",), date="2022", kind="statement"))


def lines(sections: list[Section], title: str) -> tuple[str, ...]:
    return next(s.lines for s in sections if s.title == title)


def test_a_stance_is_explained_from_passage_to_confidence(extractor: Extractor, document: Document) -> None:
    (stance,) = [s for s in extractor.extract(document) if s.act == "opposes"]
    told = explain_stance(document, stance.id, extractor)
    assert lines(told, "Stance")[1] == "fiji opposes (against) charter"
    assert lines(told, "Passage") == ("We do not support the Lunar Charter in outer space.",)
    assert lines(told, "Parse")[0].startswith("support (VERB")
    assert any(line.startswith("├─ nsubj We") for line in lines(told, "Parse"))
    assert lines(told, "Frames")[0].startswith("support: 'support' fits 'support'")
    assert lines(told, "Scope") == ("'not' negates 'support'",)
    assert "negated frame support" in lines(told, "Rules")[0]
    assert "holders: fiji (author of the document)" in lines(told, "Slots")
    assert lines(told, "Targets")[0].startswith("charter: ")
    assert "named: 'Lunar Charter'" in lines(told, "Targets")[0]
    assert any(line.startswith("yes rules-agree") for line in lines(told, "Checks"))
    assert lines(told, "Confidence")[0].startswith(f"{stance.confidence:.2f} ")


def test_a_place_inside_a_stance_is_explained_as_that_stance(extractor: Extractor, document: Document) -> None:
    told = explain_place(document, TEXT.index("Charter"), extractor)
    assert "opposes" in lines(told, "Stance")[1]


def test_a_clause_that_is_no_stance_says_so_with_its_score(extractor: Extractor, document: Document) -> None:
    told = explain_place(document, TEXT.index("very bright"), extractor)
    assert "no stance: the clause scores" in lines(told, "Result")[0]
    assert lines(told, "Clause")[0] == "They are very bright at night"


def test_a_place_that_is_not_parsed_is_an_error_with_the_reason(extractor: Extractor, document: Document) -> None:
    with pytest.raises(InputError, match="nothing is parsed at"):
        explain_place(document, TEXT.index("fish"), extractor)
    with pytest.raises(InputError, match="no character 9999"):
        explain_place(document, 9999, extractor)


def test_a_stance_that_is_no_longer_made_asks_for_a_new_build(extractor: Extractor, document: Document) -> None:
    with pytest.raises(UnknownName, match="build the graph again"):
        explain_stance(document, "fj-0000000000000000", extractor)


# --- the command --------------------------------------------------------------------------------------


@pytest.fixture
def built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """A folder with a text and its rows, and the id of its stance."""
    (tmp_path / "fj.txt").write_text("My delegation supports the Outer Space Treaty and all that is in it.\n", "utf-8")
    (tmp_path / "fj.meta.json").write_text('{"author": "fiji", "date": "2022", "kind": "statement"}', "utf-8")
    assert main(["extract", str(tmp_path / "fj.txt"), "--fresh"]) == 0
    rows = capsys.readouterr().out
    (tmp_path / "stances.jsonl").write_text(rows, "utf-8")
    return tmp_path, json.loads(rows.splitlines()[0])["id"]


def test_the_command_finds_the_text_of_a_stance(built: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, stance = built
    assert main(["explain", stance, "--graph", str(folder), "--texts", str(folder)]) == 0
    out = capsys.readouterr().out
    assert stance in out
    assert "target: outer-space-treaty" in out, "what the reader takes for the target is told"
    assert "outer-space-treaty" in out
    assert "Learnt: is it a stance?" in out


def test_the_command_explains_a_place_of_a_text(built: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, stance = built
    assert main(["explain", "--text", str(folder / "fj.txt"), "--at", "20"]) == 0
    assert stance in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["explain"], "name a stance, or a place"),
        (["explain", "--text", "fj.txt"], "name a stance, or a place"),
        (["explain", "fj-nothing", "--graph", "."], "no stance 'fj-nothing'"),
        (["explain", "fj", "--graph", "."], "did you mean fj-"),
    ],
)
def test_what_cannot_be_explained_is_said_in_one_line(
    built: tuple[Path, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(built[0])
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_a_missing_text_names_the_option(built: tuple[Path, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, stance = built
    (folder / "elsewhere").mkdir()
    (folder / "elsewhere" / "other.txt").write_text("The delegation of Fiji took the floor.\n", "utf-8")
    assert main(["explain", stance, "--graph", str(folder), "--texts", str(folder / "elsewhere")]) == 2
    assert "--texts" in capsys.readouterr().err


def test_a_control_character_of_a_text_does_not_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "fj.txt"
    text.write_text("My delegation supports the Outer Space Treaty \u202eand all.\n", "utf-8")
    (tmp_path / "fj.meta.json").write_text('{"author": "fiji"}', "utf-8")
    assert main(["explain", "--text", str(text), "--at", "20"]) == 0
    assert "\u202e" not in capsys.readouterr().out


def test_a_short_reference_and_anothers_proposal_are_told(extractor: Extractor) -> None:
    text = (
        "The Lunar Charter is old. We applaud the proposal submitted by Peru for a clean outer space under the Charter."
    )
    document = document_from_text(text, Metadata(doc="fj", authors=("fiji",), date="2022", kind="statement"))
    (stance,) = [s for s in extractor.extract(document) if s.act == "proposes"]
    told = explain_stance(document, stance.id, extractor)
    assert "'the Charter' refers back to instrument charter" in lines(told, "Names in the clause")
    assert "tells of a proposal of peru: a row of its own" in lines(told, "Rules")
