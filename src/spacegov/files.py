"""Writing files so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from spacegov.errors import OutputError


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a whole file: beside its place first, then moved over it in one step.

    Raises:
        OutputError: the folder is missing, read-only or full; the old file, if any, is as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    temporary: str | None = None
    if is_locked(path.parent):
        raise OutputError(f"{path}: cannot be written (the folder is read-only)")
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error


def make_folder(place: Path) -> None:
    """Make a folder, with those above it, where it is not there yet.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{place}: cannot be made ({error.strerror})") from error


def is_locked(folder: Path) -> bool:
    """Whether a folder was made read-only for everybody; root could write there, and must not."""
    return folder.is_dir() and not folder.stat().st_mode & 0o222


def _umask() -> int:
    # mkstemp makes private files; the finished one gets the permissions that open() would have given
    mask = os.umask(0)
    os.umask(mask)
    return mask
