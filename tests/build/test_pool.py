"""Several processes: what one document does to its process must not harm the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from spacegov.build import Settings, documents, read_all
from spacegov.build.cache import Found
from spacegov.build.documents import Broken
from spacegov.model import Metadata, Vocabulary

VOCABULARY = Vocabulary(entries={}, frames=())


def found(path: Path) -> Found:
    return Found(path=str(path), metadata=Metadata(doc=path.stem), source="", sha256="", words=0, stances=())


@pytest.fixture
def killer(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A pool in which the document 'killer.txt' kills its process; gives the sizes of the pools."""
    sizes: list[int] = []

    def run_pool(paths: Sequence[Path], settings: Settings, workers: int) -> Iterator[tuple[Path, Found | Broken]]:
        sizes.append(workers)
        for path in paths:
            if path.name == "killer.txt":
                raise BrokenProcessPool("killed")
            yield path, found(path)

    monkeypatch.setattr(documents, "_run_pool", run_pool)
    return sizes


def test_a_document_that_kills_its_process_is_put_aside_and_the_rest_goes_on(killer: list[int]) -> None:
    paths = [Path(name) for name in ("a.txt", "killer.txt", "z.txt")]
    results = read_all(paths, VOCABULARY, Settings(), jobs=2)
    assert [type(result).__name__ for result in results] == ["Found", "Broken", "Found"]
    broken = results[1]
    assert isinstance(broken, Broken)
    assert broken.reason.startswith("killer.txt: its process was killed")
    assert killer == [2, 1, 1], "what was left is tried one by one"


def test_results_stand_in_the_order_of_the_paths(killer: list[int]) -> None:
    paths = [Path(f"{number}.txt") for number in (3, 1, 2)]
    results = read_all(paths, VOCABULARY, Settings(), jobs=3)
    assert [result.path for result in results] == ["3.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize(("documents_", "processes"), [(1, 1), (24, 1), (47, 1), (48, 2), (10_000, 4)])
def test_a_further_process_must_be_worth_its_start(
    monkeypatch: pytest.MonkeyPatch, documents_: int, processes: int
) -> None:
    monkeypatch.setattr(documents.os, "cpu_count", lambda: 4)
    assert documents._worthwhile(documents_) == processes
