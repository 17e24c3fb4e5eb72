"""Which files below a folder are documents."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from spacegov.errors import InputError
from spacegov.sources.readers import READERS
from spacegov.sources.reading import shown

# a graph is often built inside the folder of its texts, and its pages are no texts
_MADE: Final = frozenset({"build.json", "stances.jsonl"})


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """The documents at the given places, sorted, each once.

    A file is taken as it is. In a folder, at any depth, files with a known ending are taken, but not:
    hidden files and folders, README files, links that lead out of the folder, and what a build made.

    Raises:
        InputError: there is nothing at one of the places, or a folder may not be read.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _below(path) if path.is_dir() else [_there(path)]:
            found.setdefault(file.resolve(), file)
    return sorted(found.values(), key=os.fspath)


def _there(path: Path) -> Path:
    if not path.exists():
        raise InputError(f"{shown(path)}: no such file or folder; check the path")
    return path


def _below(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise InputError(f"{shown(error.filename)}: cannot be read ({error.strerror}); check its rights")

    root = folder.resolve()
    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if set(files) >= _MADE:
            folders.clear()
            continue
        for name in files:
            path = Path(place, name)
            if name.startswith(".") or path.suffix.lower() not in READERS or path.stem.upper() == "README":
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(root):
                continue
            if path.is_file():
                yield path
