"""The vocabulary as JSON in the user's cache folder: reading Turtle takes a second, reading this a tenth.

Never pickle: a file in a cache folder must not be able to run code. A file that is damaged, or that
another version wrote, is taken as missing and written anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from spacegov.errors import OutputError
from spacegov.files import write_atomically
from spacegov.model import Entry, Frame, Name, Tenure, Vocabulary

KEPT: Final = 4
"""Files that stay: a maintainer edits often, and each edit makes a new one."""
_CODE: Final = ("rdf/vocabulary.py", "rdf/vocabulary_cache.py", "rdf/turtle.py", "model.py")


def default_folder() -> Path:
    """Where the cache lies: below $SPACEGOV_CACHE, else in the user's cache folder of the platform."""
    if chosen := os.environ.get("SPACEGOV_CACHE"):
        return Path(chosen) / "vocabulary"
    if chosen := os.environ.get("XDG_CACHE_HOME"):
        root = Path(chosen)
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        root = Path.home() / ".cache"
    return root / "spacegov" / "vocabulary"


def read(digest: str, folder: Path | None = None) -> Vocabulary | None:
    """The vocabulary that was kept for files with this hash; None if there is none that can be used."""
    try:
        content = _place(digest, folder).read_bytes()
        seal, _, body = content.partition(b"\n")
        if seal.decode() != hashlib.sha256(body).hexdigest():
            return None
        return _from_json(json.loads(body), digest)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def write(vocabulary: Vocabulary, folder: Path | None = None) -> None:
    """Keep a vocabulary; where the folder cannot be written, nothing is kept and nothing is said."""
    body = json.dumps(_to_json(vocabulary), ensure_ascii=False, separators=(",", ":")).encode()
    place = _place(vocabulary.hash, folder)
    with suppress(OSError, OutputError):
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        files = sorted(place.parent.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for old in files[KEPT:]:
            old.unlink()


def _place(digest: str, folder: Path | None) -> Path:
    key = hashlib.sha256(f"{digest}\0{_code_hash()}".encode()).hexdigest()
    return (folder or default_folder()) / f"{key[:32]}.json"


@lru_cache(maxsize=1)
def _code_hash() -> str:
    # other code may make other records of the same files
    package = Path(__file__).resolve().parent.parent
    return hashlib.sha256(b"\0".join((package / name).read_bytes() for name in _CODE)).hexdigest()


def _to_json(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "entries": {key: _entry_to_json(entry) for key, entry in vocabulary.entries.items()},
        "frames": [asdict(frame) for frame in vocabulary.frames],
        "posts": [asdict(post) for post in vocabulary.posts],
        "memberships": [asdict(membership) for membership in vocabulary.memberships],
    }


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    row = {name: value for name, value in asdict(entry).items() if value not in (None, ())}
    row["names"] = [[name.text, name.language, name.preferred, name.acronym, name.cue] for name in entry.names]
    return row


def _from_json(content: dict[str, Any], digest: str) -> Vocabulary:
    return Vocabulary(
        entries={key: _entry(row) for key, row in content["entries"].items()},
        frames=tuple(Frame(**_frozen(row)) for row in content["frames"]),
        posts=tuple(Tenure(**row) for row in content["posts"]),
        memberships=tuple(Tenure(**row) for row in content["memberships"]),
        hash=digest,
    )


def _entry(row: dict[str, Any]) -> Entry:
    names = tuple(
        Name(text=text, language=language, preferred=preferred, acronym=acronym, cue=cue)
        for text, language, preferred, acronym, cue in row.pop("names")
    )
    return Entry(names=names, **_frozen(row))


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
