"""What every reader gives, and the limits that all of them keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from spacegov.errors import UnreadableDocument

MAX_BYTES: Final = 20_000_000
"""A larger file is refused before it is opened."""

MAX_CHARACTERS: Final = 5_000_000
"""A longer text (some 2,000 pages) is refused: split it by chapter or meeting."""

MAX_PAGES: Final = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The text that a reader got out of a file, letter by letter what evidence counts in."""

    text: str
    pages: tuple[int, ...] = ()
    """Start in `text` of each page, where the file has pages."""
    body: int = 0
    """Start in `text` of what is to be read: behind the front matter."""
    markdown: bool = False
    front: Mapping[str, object] = field(default_factory=dict)
    """Front matter, as it stands in the file."""
    found: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """What the file says of itself outside its text: field to (value, origin)."""


def shown(path: Path | str) -> str:
    """A path as one printable line, whatever its name holds.

    >>> shown("a\\nb.txt")
    'a\\\\nb.txt'
    """
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape", "backslashreplace").decode()
        for character in str(path)
    )


def refuse(path: Path, why: str, what_to_do: str) -> UnreadableDocument:
    """The one line that says why a file gives no text."""
    return UnreadableDocument(f"{shown(path)}: {why}; {what_to_do}")


def checked(reading: Reading, path: Path) -> Reading:
    """The same reading, if its text is there and not too long.

    Raises:
        UnreadableDocument: no text, or more than `MAX_CHARACTERS`.
    """
    if not reading.text[reading.body :].strip():
        raise refuse(path, "no text in it", "leave it out, or give its text (a scan needs OCR first)")
    if len(reading.text) > MAX_CHARACTERS:
        raise refuse(
            path,
            f"{len(reading.text):,} characters are more than {MAX_CHARACTERS:,}",
            "split it by chapter or meeting",
        )
    return reading
