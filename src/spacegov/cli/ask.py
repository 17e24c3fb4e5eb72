"""The commands `ask` and `query`: answers from a built graph."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
