"""What a user sees of a command, and the type of the fixture that runs one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a user sees of a command."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]
