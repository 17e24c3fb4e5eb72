"""What was judged by hand: tables without words of the texts, and figures that follow from them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import pytest

from spacegov import resources
from spacegov.model import Act, Polarity

ROOT = Path(__file__).resolve().parents[2]
CAUSES = {"no space matter", "no stance", "act", "polarity", "holder", "target", "several"}
sys.path.insert(0, str(ROOT / "bench"))
import annotator  # noqa: E402
import judged  # noqa: E402


def test_every_judged_row_has_a_verdict_and_every_wrong_one_a_cause() -> None:
    rows = judged.kept("rows.tsv")
    assert len(rows) == judged.ROWS and tuple(rows[0]) == judged.ROW_COLUMNS
    for row in rows:
        assert row["act"] in get_args(Act) and row["polarity"] in get_args(Polarity)
        assert int(row["start"]) < int(row["end"])
        assert row["verdict"] in {"right", "wrong"}
        assert (row["cause"] in CAUSES) == (row["verdict"] == "wrong")


def test_no_passage_has_more_found_than_it_holds() -> None:
    passages = judged.kept("passages.tsv")
    assert len(passages) == judged.PASSAGES and tuple(passages[0]) == judged.PASSAGE_COLUMNS
    assert all(0 <= int(p["found"]) <= int(p["stances"]) for p in passages)


def test_the_figures_follow_from_the_verdicts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("AFG_14_1959", "right", ""), ("U001", "wrong", "act"), ("U001", "right", "")]
    lines = ["\t".join(judged.ROW_COLUMNS)]
    lines += [f"0\t{doc}\t0\t9\tperu\tsupports\tfor\tspace-law\t{verdict}\t{cause}" for doc, verdict, cause in rows]
    (tmp_path / "rows.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    head = "\t".join(judged.PASSAGE_COLUMNS)
    (tmp_path / "passages.tsv").write_text(f"{head}\n0\tU001\t0\t9\t4\t3\tone\n", encoding="utf-8")
    monkeypatch.setattr(judged, "JUDGED", tmp_path)
    assert list(judged.figures()) == [
        "2 of 3 rows right: 0.67 (95 % interval 0.21 to 0.94)",
        "  unlabelled texts: 1 of 2",
        "  general debates: 1 of 1",
        "  wrong, act: 1",
        "1 passages with 4 stances, 3 found: 0.75 (95 % interval 0.30 to 0.95)",
    ]


def test_the_annotator_read_held_out_documents_and_left_no_words_of_them() -> None:
    rows = judged.kept(annotator.TABLE)
    held_out = (resources.folder("data") / "weights" / "reader" / "held-out.txt").read_text(encoding="utf-8").split()
    assert tuple(rows[0]) == annotator.COLUMNS
    for row in rows:
        assert row["doc"] in held_out and int(row["start"]) < int(row["end"])
        assert row["act"] in get_args(Act) and row["polarity"] in get_args(Polarity)


@pytest.mark.skipif(not annotator.SHARED.is_dir(), reason="the shared texts are not beside this checkout")
def test_each_row_of_the_annotator_stands_in_its_text() -> None:
    scores = annotator.compared()
    assert scores.total["invented"] == 0
    assert scores.total["span found"] == len(judged.kept(annotator.TABLE))
