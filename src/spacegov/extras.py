"""What an extra brings: imported where it is used, and named where it is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from spacegov.errors import MissingPiece


def needed(module: str, *, extra: str) -> Any:
    """A module of a package that an extra installs.

    Raises:
        MissingPiece: it is not installed.

    >>> needed("json", extra="analysis").dumps([1])
    '[1]'
    """
    try:
        return import_module(module)
    except ImportError:
        raise MissingPiece(f"{module} is not installed: pip install 'spacegov[{extra}]'") from None
