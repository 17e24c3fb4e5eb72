"""Fixtures that every test may use."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared texts beside the checkout; the test is skipped where it is missing."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold" / "dev").is_dir():
        pytest.skip("the shared texts are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def shipped_graph(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The finished folder of the texts that the repository ships: built once, by whichever worker needs it.

    Nobody may write into it: take a copy.
    """
    base = tmp_path_factory.getbasetemp()
    shared_base = base if worker_id == "master" else base.parent
    folder = shared_base / "shipped" / "build"
    with _locked(shared_base / "shipped.lock"):
        if not folder.is_dir():
            from spacegov.build import Settings, build

            build([ROOT / "data" / "corpus"], folder, settings=Settings(cache=shared_base / "cache"), jobs=1)
    return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Only one process at a time."""
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
