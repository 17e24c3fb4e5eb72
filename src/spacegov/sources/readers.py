"""One reader per kind of file: bytes in, the text that evidence is counted in out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from spacegov.errors import InputError, UnreadableDocument
from spacegov.sources.docx_reader import read_docx
from spacegov.sources.front_matter import split_front_matter
from spacegov.sources.html_reader import read_html
from spacegov.sources.pdf_reader import read_pdf
from spacegov.sources.reading import MAX_BYTES, Reading, checked, refuse, shown

_MAGIC: Final = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"BZh": "a compressed file",
    b"\xfd7zXZ": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def read_file(path: Path) -> Reading:
    """The text of a file.

    Raises:
        InputError: there is no such file, or it may not be opened.
        UnreadableDocument: empty, too large, binary, damaged, or of a kind that no reader knows.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(suffix for suffix in READERS if suffix != ".htm")
        raise refuse(path, f"no reader for {path.suffix or 'a name without ending'!r} files", f"known: {known}")
    return checked(reader(_bytes(path), path), path)


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UnreadableDocument(f"{shown(path)}: a folder, not a file; give a file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise refuse(path, f"{size / 1e6:.0f} MB are more than {MAX_BYTES // 10**6} MB", "split it")
        if not path.is_file():
            raise refuse(path, "not a regular file", "give a file")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{shown(path)}: no such file; check the path") from None
    except OSError as error:
        raise InputError(f"{shown(path)}: cannot be opened ({error.strerror or error}); check it") from error
    if not data:
        raise refuse(path, "an empty file", "leave it out")
    if len(data) > MAX_BYTES:
        raise refuse(path, f"more than {MAX_BYTES // 10**6} MB", "split it")
    return data


def read_plain(data: bytes, path: Path) -> Reading:
    """A plain text file."""
    text, found = decoded(data, path)
    return Reading(text=text, found=found)


def read_markdown(data: bytes, path: Path) -> Reading:
    """A Markdown file: front matter apart, the whole file as source."""
    text, found = decoded(data, path)
    front, body = split_front_matter(text, path)
    return Reading(text=text, body=body, markdown=True, front=front, found=found)


def decoded(data: bytes, path: Path) -> tuple[str, dict[str, tuple[str, str]]]:
    """Bytes as text, with a note where they are not in UTF-8.

    UTF-8 is taken strictly. A byte-order mark is no part of the text. What is not UTF-8 is read as
    Windows-1252, the code page of most old English texts.

    Raises:
        UnreadableDocument: the bytes are no text.
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise refuse(path, f"{kind}, not a text file", "give it the ending of its kind, or leave it out")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), {}
        except UnicodeDecodeError as error:
            raise refuse(path, f"broken UTF-16 at byte {error.start}", "save it as UTF-8") from None
    if b"\0" in data or len(_CONTROL.findall(data)) > len(data) * 0.01:
        raise refuse(path, "a binary file, not a text", "leave it out")
    try:
        return data.decode("utf-8-sig"), {}
    except UnicodeDecodeError as error:
        note = f"read as Windows-1252: no UTF-8 at byte {error.start}"
        try:
            return data.decode("cp1252"), {"encoding": ("windows-1252", note)}
        except UnicodeDecodeError:
            raise refuse(path, f"neither UTF-8 nor Windows-1252 at byte {error.start}", "save it as UTF-8") from None


READERS: Final[Mapping[str, Callable[[bytes, Path], Reading]]] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_docx,
}
