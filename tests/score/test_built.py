"""Gold rows against the stances of a build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spacegov.errors import InputError, RowError
from spacegov.model import Stance
from spacegov.score.built import checked_files, compare
from spacegov.stances import evidence_at, with_id

SOURCE = "China  supports\nthe “Treaty”."


def gold_file(folder: Path, doc: str, quote: str) -> Path:
    file = folder / f"{doc}.gold.jsonl"
    row = {"doc": doc, "quote": quote, "holders": ["china"], "act": "supports", "polarity": "for", "targets": ["t"]}
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return file


def stance(doc: str) -> Stance:
    evidence = evidence_at(SOURCE, 0, len(SOURCE), doc=doc, sha256="00")
    return with_id(Stance(id="", evidence=evidence, holders=("china",), act="supports", polarity="for", targets=("t",)))


def test_a_stance_answers_the_gold_row_of_its_document_whatever_the_typography(tmp_path: Path) -> None:
    files = [gold_file(tmp_path, "d", 'China supports the "Treaty".')]
    found = compare(files, {"d": SOURCE}, [stance("d")])
    assert found.scores.ratio("stance").f1 == 1.0
    assert (found.scores.missed, found.scores.false, found.absent) == ((), (), ())


def test_documents_without_gold_rows_are_not_counted_and_absent_ones_are_named(tmp_path: Path) -> None:
    files = [gold_file(tmp_path, "d", "China supports"), gold_file(tmp_path, "gone", "x")]
    found = compare(files, {"d": SOURCE, "other": SOURCE}, [stance("other")])
    assert [row.doc for row in found.scores.missed] == ["d"]
    assert found.scores.false == ()
    assert found.absent == ("gone",)


def test_gold_rows_that_cannot_be_used_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold rows"):
        checked_files([tmp_path])
    gold_file(tmp_path, "d", "x")
    assert len(checked_files([tmp_path])) == 1
    (tmp_path / "e.gold.jsonl").write_text('{"doc": "e"}\n', encoding="utf-8")
    with pytest.raises(RowError, match=r"e\.gold\.jsonl:1: a row needs doc and act"):
        checked_files([tmp_path])
