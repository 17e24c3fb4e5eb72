"""The language model is the recorded one, or nothing is read with it."""

from __future__ import annotations

import hashlib
import importlib
import json
import shutil
from pathlib import Path

import pytest

from spacegov.errors import MissingPiece
from spacegov.extract import language_model
from spacegov.extract.language_model import DEFAULT_MODEL, load_model, verify_model


@pytest.fixture
def other_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package of two files with its hashes on record, importable as `tiny_model`."""
    package = tmp_path / "site" / "tiny_model"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "weights.bin").write_bytes(b"weights")
    files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(package.iterdir())}
    record = tmp_path / "hashes.json"
    record.write_text(json.dumps({"tiny_model": {"official": "tiny 1.0", "files": files}}), encoding="utf-8")
    monkeypatch.setattr(language_model, "_HASHES", record)
    monkeypatch.syspath_prepend(str(package.parent))
    importlib.invalidate_caches()
    return package


def test_the_installed_model_is_the_official_one() -> None:
    assert "en_core_web_sm 3.8.0 (verified, " in verify_model()


def test_a_model_as_recorded_is_accepted(other_model: Path) -> None:
    assert verify_model("tiny_model") == "tiny 1.0 (verified, 2 files)"


def test_a_tampered_file_is_refused_by_name(other_model: Path) -> None:
    (other_model / "weights.bin").write_bytes(b"weighty")
    with pytest.raises(MissingPiece, match=r"weights\.bin has SHA-256 .*reinstall it") as error:
        verify_model("tiny_model")
    assert "\n" not in str(error.value)


def test_a_missing_file_is_refused(other_model: Path) -> None:
    (other_model / "weights.bin").unlink()
    with pytest.raises(MissingPiece, match=r"weights\.bin has SHA-256 no such file"):
        verify_model("tiny_model")


def test_a_missing_model_is_told_with_what_to_do() -> None:
    with pytest.raises(MissingPiece, match="is not installed: run 'make graph'"):
        verify_model("no_such_language_model")


def test_a_model_of_the_users_choice_is_named_unverified(other_model: Path) -> None:
    shutil.copytree(other_model, other_model.parent / "own_model")
    importlib.invalidate_caches()
    assert "unverified" in verify_model("own_model")


def test_the_model_is_loaded_once_and_without_named_entities() -> None:
    assert load_model(DEFAULT_MODEL) is load_model(DEFAULT_MODEL)
    assert "ner" not in load_model(DEFAULT_MODEL).pipe_names
