"""Our annotations: their form, their ids, and that the passages we wrote are ours."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest

from spacegov.errors import InputError
from spacegov.learn.sources import labelled_clauses, written_passages
from spacegov.model import Act, Polarity
from spacegov.rdf.vocabulary import load_vocabulary

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "annotations"
SHARED = ROOT / ".." / "shared"
RUN = 18
"""Words in a row that no written passage may share with a text, the titles of instruments apart."""
WORD = re.compile(r"\w+")
PLACEHOLDERS = {"unnamed-state", "unnamed-states", "private-sector", "space-faring-nations", "nuclear-weapon-states"}


def written() -> Iterator[dict[str, Any]]:
    yield from entries(FOLDER / "written")


def runs(text: str) -> Iterator[str]:
    words = WORD.findall(text.casefold())
    return (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def test_written_passages_have_their_own_ids_and_every_quote_stands_once() -> None:
    ids = [entry["id"] for entry in written()]
    assert len(ids) == len(set(ids)) > 900
    loose = [(e["id"], r["quote"]) for e in written() for r in e["rows"] if e["text"].count(r["quote"]) != 1]
    assert loose == []


def test_written_rows_use_the_acts_polarities_and_ids_of_the_vocabulary() -> None:
    known = set(load_vocabulary().entries) | PLACEHOLDERS
    for entry in written():
        assert set(entry["authors"]) <= known, entry["id"]
        for row in entry["rows"]:
            assert row["act"] in get_args(Act) and row["polarity"] in get_args(Polarity), entry["id"]
            strange = {t for t in row["targets"] if not t.startswith("new:")} - known
            assert not strange and row["targets"], (entry["id"], strange)


def test_a_quote_that_its_passage_does_not_hold_is_told(tmp_path: Path) -> None:
    row = {"quote": "Fiji objects", "act": "opposes", "polarity": "against", "targets": ["moon-agreement"]}
    entry = {"id": "x-1", "text": "Fiji agrees.", "rows": [row], "weight": 0.5}
    (tmp_path / "one.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"one\.jsonl:1: the passage does not hold the quote 'Fiji objects'"):
        list(written_passages(tmp_path))


def test_a_text_that_is_not_the_labelled_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "unlabelled").mkdir(parents=True)
    (tmp_path / "corpus" / "unlabelled" / "t.txt").write_text("Another text.", encoding="utf-8")
    entry = {"doc": "t", "sha256": "0" * 64, "passage": [0, 7], "clauses": [{"start": 0, "end": 7}]}
    (tmp_path / "one.jsonl").write_text(json.dumps(entry) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="is not the text that was annotated"):
        list(labelled_clauses(tmp_path, tmp_path))


def test_labelled_clauses_hold_no_words_and_lie_in_their_passage() -> None:
    for entry in entries(FOLDER / "clauses"):
        low, high = entry["passage"]
        assert {"text", "quote"}.isdisjoint(entry)
        for clause in entry["clauses"]:
            assert set(clause) in ({"start", "end"}, {"start", "end", "act", "polarity"})
            assert low <= clause["start"] < clause["end"] <= high


def test_passages_on_other_matters_hold_no_words_and_meet_no_other_annotation() -> None:
    whole = list(entries(FOLDER / "whole"))
    for entry in whole:
        low, high = entry["passage"]
        assert {"text", "quote"}.isdisjoint(entry)
        for row in entry["rows"]:
            assert set(row) == {"start", "end", "act", "polarity"}
            assert row["act"] in get_args(Act) and row["polarity"] in get_args(Polarity)
            assert low <= row["start"] < row["end"] <= high
    taken: dict[str, list[tuple[int, int]]] = {}
    for entry in [*whole, *entries(FOLDER), *entries(FOLDER / "clauses")]:
        taken.setdefault(entry["doc"], []).append(tuple(entry["passage"]))
    met = [
        (e["doc"], p) for e in whole for p in taken[e["doc"]] if overlap(p, e["passage"]) and p != tuple(e["passage"])
    ]
    assert met == []
    assert all(taken[e["doc"]].count(tuple(e["passage"])) == 1 for e in whole)


def entries(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def overlap(a: Sequence[int], b: Sequence[int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="the shared texts are not beside this checkout")
def test_no_written_passage_copies_a_text() -> None:
    titles = " | ".join(
        " ".join(WORD.findall(name.text.casefold())) for e in load_vocabulary().entries.values() for name in e.names
    )
    mine = {run: entry["id"] for entry in written() for run in runs(entry["text"])}
    found = {mine[run]: run for text in shared_texts() for run in runs(text) if run in mine and run not in titles}
    assert {i: run for i, run in found.items() if not mostly_a_title(run, titles)} == {}


def mostly_a_title(run: str, titles: str) -> bool:
    """Whether all but a few words at either end are those of a title."""
    words = run.split()
    return any(" ".join(words[at : at + RUN - 6]) in titles for at in range(7))


def shared_texts() -> Iterator[str]:
    for path in (SHARED / "corpus").rglob("*.txt"):
        yield path.read_text(encoding="utf-8")
    with tarfile.open(SHARED / "scale" / "general-debates.tar.xz") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield stream.read().decode("utf-8", errors="replace")
