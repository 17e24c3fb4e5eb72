"""What extraction found in a document, kept between builds.

An entry is found by a hash of everything that the result depends on: the file, its sidecar, the vocabulary,
the code and the weights. So a build that was stopped goes on where it was, and nothing old is ever reused.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from spacegov import resources
from spacegov.errors import SpacegovError
from spacegov.files import write_atomically
from spacegov.model import Evidence, Metadata, Stance
from spacegov.stances import from_row, to_row

_CODE: Final = (
    "extract", "sources", "dates.py", "model.py", "row_checks.py", "stances.py", "build/cache.py",
    "build/authorless.py", "build/extractor.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one document gave."""

    path: str
    metadata: Metadata
    source: str
    """The source text, in which the evidence counts."""
    sha256: str
    words: int
    stances: tuple[Stance, ...]
    remarks: tuple[str, ...] = ()
    """What its keeper should know, a line each."""


def default_folder() -> Path:
    """Where entries are kept: $SPACEGOV_CACHE, else the user's cache folder."""
    chosen = os.environ.get("SPACEGOV_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "spacegov" / "stances"


def key(path: Path, *, vocabulary_hash: str, model: str) -> str:
    """The name under which the result for a file is kept."""
    digest = hashlib.sha256()
    for part in (str(path), vocabulary_hash, model, code_hash()):
        digest.update(part.encode() + b"\0")
    for file in (path, path.with_name(f"{path.stem}.meta.json")):
        digest.update(hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Hash of the code and weights that turn a text into stances."""
    package = Path(__file__).resolve().parent.parent
    files = [file for name in _CODE for file in _files(package / name)]
    files += _files(resources.folder("data") / "weights")
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    return sorted(f for f in place.rglob("*") if f.is_file() and "__pycache__" not in f.parts)


class Cache:
    """Entries in a folder; a folder that cannot be used is an empty cache, not an error."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, name: str) -> Found | None:
        """The entry of that name, or None."""
        if self.folder is None:
            return None
        try:
            kept = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
            return _thaw(kept)
        except (OSError, ValueError, TypeError, KeyError, SpacegovError):
            return None

    def put(self, name: str, found: Found) -> None:
        """Keep an entry, where that is possible."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.folder / f"{name}.json", json.dumps(_freeze(found), ensure_ascii=False))
        except (OSError, SpacegovError):
            return


def _freeze(found: Found) -> dict[str, Any]:
    kept = asdict(replace(found, stances=()))
    kept["stances"] = [{"row": to_row(s), "evidence": asdict(s.evidence)} for s in found.stances]
    return kept


def _thaw(kept: dict[str, Any]) -> Found:
    metadata = kept["metadata"] | {"authors": tuple(kept["metadata"]["authors"])}
    return Found(
        path=kept["path"],
        metadata=Metadata(**metadata),
        source=kept["source"],
        sha256=kept["sha256"],
        words=kept["words"],
        stances=tuple(_stances(kept["stances"])),
        remarks=tuple(kept["remarks"]),
    )


def _stances(kept: Iterable[dict[str, Any]]) -> Iterable[Stance]:
    for item in kept:
        yield replace(from_row(item["row"]), evidence=Evidence(**item["evidence"]))
