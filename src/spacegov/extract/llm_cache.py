"""Answers of models kept in a folder: the same question is paid for once, and a later run gives the same rows."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spacegov.errors import SpacegovError
from spacegov.extract.llm_records import Answer, RawRow
from spacegov.files import write_atomically


def question_key(*parts: str) -> str:
    """The name of an answer: a hash of all that it depends on (form, prompt, model, passage)."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()


class AnswerCache:
    """Answers by key; a folder that cannot be used, and an entry that is broken, are no answer and no error."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> Answer | None:
        """The answer that was kept, or None."""
        if self._folder is None:
            return None
        try:
            kept = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
            return Answer(rows=tuple(map(_row, kept["rows"])), malformed=tuple(map(str, kept["malformed"])))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, where that is possible."""
        if self._folder is None:
            return
        content = {"rows": [asdict(row) for row in answer.rows], "malformed": list(answer.malformed)}
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self._folder / f"{key}.json", json.dumps(content, ensure_ascii=False, sort_keys=True))
        except (OSError, ValueError, SpacegovError):
            return


def _row(kept: dict[str, Any]) -> RawRow:
    return RawRow(
        quote=_text(kept["quote"]),
        act=_text(kept["act"]),
        polarity=_text(kept["polarity"]),
        holders=tuple(map(_text, kept["holders"])),
        targets=tuple(map(_text, kept["targets"])),
        addressees=tuple(map(_text, kept["addressees"])),
        speaker=_word(kept["speaker"]),
        forum=_word(kept["forum"]),
        date=_word(kept["date"]),
    )


def _word(value: object) -> str | None:
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a string: {value!r}")
    return value
