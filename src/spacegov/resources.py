"""Where the ontology, shapes, data and queries lie: in the checkout, or inside the installed wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from spacegov.errors import MissingPiece

_PACKAGE: Final = Path(__file__).resolve().parent

Folder = Literal["ontology", "shapes", "data", "queries"]


def folder(name: Folder) -> Path:
    """Path of one of the four shipped folders.

    A checkout wins over a wheel, so that what a maintainer edits is what runs.

    Raises:
        MissingPiece: neither place holds the folder (a broken installation).
    """
    for root in (_PACKAGE.parent.parent, _PACKAGE / "_resources"):
        if (root / name).is_dir() and (root / "ontology").is_dir():
            return root / name
    raise MissingPiece(f"the folder {name}/ is not beside the package: reinstall spacegov")


def repository_root() -> Path | None:
    """The checkout that this code runs from, or None when it runs from an installed wheel."""
    root = _PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() else None
