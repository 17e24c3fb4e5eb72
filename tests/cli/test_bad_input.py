"""Bad input: one clear line, the right exit code, and nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import Run

GOOD = "China supports the Outer Space Treaty of 1967.\n"


def nothing_but(folder: Path, *names: str) -> bool:
    return {path.name for path in folder.iterdir() if path.name != ".kept"} == set(names)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t ", "no text"),
        ("binary.txt", bytes(range(256)) * 40, "binary"),
        ("huge.txt", b"China supports the treaty. " * 2_000_000, "mb"),
        ("french.txt", ("La Chine soutient fermement le traité sur l'espace extra-atmosphérique et appelle tous "
                        "les États à ne pas placer d'armes dans l'espace. ").encode() * 8, "fr"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["build", "extract"])
def test_a_text_that_gives_no_text_is_named(
    run: Run, tmp_path: Path, command: str, name: str, content: bytes, word: str
) -> None:
    (tmp_path / name).write_bytes(content)
    output = ["--out", "made"] if command == "build" else ["-o", "made"]
    seen = run(command, name, *output)
    assert seen.code == 2
    assert name in seen.err
    assert word in seen.err.lower()
    assert seen.err.count("\n") == 1
    assert seen.out == ""
    assert nothing_but(tmp_path, name)


def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    seen = run("build", "no-such.txt")
    assert (seen.code, seen.err.count("\n")) == (2, 1)
    assert "no-such.txt" in seen.err
    assert nothing_but(tmp_path)


def test_an_unknown_id_in_a_sidecar_is_named_with_the_nearest_known_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "note.meta.json").write_text('{"author": "chinaa"}', encoding="utf-8")
    seen = run("build", "note.txt", "--out", "made")
    assert (seen.code, seen.err.count("\n")) == (2, 1)
    assert "author: no actor or forum has the id 'chinaa'; did you mean 'china'?" in seen.err
    assert nothing_but(tmp_path, "note.txt", "note.meta.json")


def test_an_unknown_speaker_is_named_and_the_text_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "note.meta.json").write_text('{"author": "china", "speaker": "fu-kong"}', encoding="utf-8")
    seen = run("extract", "note.txt")
    assert seen.code == 0
    said = "speaker (sidecar): left out, since no person has the id 'fu-kong'; did you mean 'fu-cong'?"
    assert seen.err == f"spacegov: note.txt: {said}\n"
    assert '"speaker": null' in seen.out


SPEECH = "The United States has weapons in outer space. We condemn them, and we support the Outer Space Treaty.\n"


@pytest.mark.parametrize("command", [("extract",), ("build", "--out", "made")])
def test_a_text_without_an_author_is_named_and_nobody_holds_its_words(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "note.txt").write_text(SPEECH, encoding="utf-8")
    seen = run(command[0], "note.txt", "--no-reader", *command[1:])
    assert seen.code == 0
    assert seen.err.startswith("spacegov: note.txt: no author given or found; ")
    assert seen.err.endswith("have no holder; name it in note.meta.json or with extract --author\n")
    assert seen.err.count("\n") == 1
    if command[0] == "build":
        assert "warning REF-009" in seen.out
    else:
        assert '"quote": "We' not in seen.out


def test_an_author_can_be_named_as_people_say_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(SPEECH, encoding="utf-8")
    seen = run("extract", "note.txt", "--no-reader", "--author", "Cuba")
    assert (seen.code, seen.err) == (0, "")
    assert '"holders": ["cuba"]' in seen.out
    wrong = run("extract", "note.txt", "--author", "Cubba")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == "spacegov: no one actor is named 'Cubba'; did you mean 'cuba'?\n"


def test_a_missing_model_is_exit_code_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(GOOD, encoding="utf-8")
    for command in (["build", "note.txt", "--out", "made"], ["extract", "note.txt", "-o", "made"], ["info"]):
        seen = run(*command, "--model", "en_no_such_model")
        assert seen.code == 3, command
        assert "en_no_such_model" in seen.err
        assert seen.err.count("\n") == 1
    assert nothing_but(tmp_path, "note.txt")


def test_a_place_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    """Root may write everywhere, so the place is one that nobody can make a folder in."""
    (tmp_path / "note.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for command in (["build", "note.txt", "--out", "file/made"], ["extract", "note.txt", "-o", "file/made"]):
        seen = run(*command)
        assert (seen.code, seen.err.count("\n")) == (2, 1), seen.err
        assert "file/made" in seen.err
    assert nothing_but(tmp_path, "note.txt", "file")


@pytest.mark.parametrize("place", ["locked", "locked/made"])
def test_a_read_only_folder_is_named_even_where_root_could_write(run: Run, tmp_path: Path, place: str) -> None:
    (tmp_path / "note.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "locked").mkdir(mode=0o555)
    for command in (["build", "note.txt", "--out", place], ["extract", "note.txt", "-o", "locked/rows.jsonl"]):
        seen = run(*command)
        assert (seen.code, seen.err.count("\n")) == (2, 1), seen.err
        assert "read-only" in seen.err
    assert list((tmp_path / "locked").iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [["export"], ["export", "--format", "csv"], ["verify", "--positions", "nowhere"], ["score", "nowhere"]],
)
def test_what_was_never_built_is_named(run: Run, tmp_path: Path, command: list[str]) -> None:
    seen = run(*command)
    assert (seen.code, seen.err.count("\n")) == (2, 1)
    assert nothing_but(tmp_path)
