"""Word files: paragraphs, headings, list items and tables in reading order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from spacegov.sources.reading import Reading, refuse

MAX_UNPACKED: Final = 200_000_000
MAX_RATIO: Final = 200
"""A part that unpacks to more than so many times its size, and to more than a megabyte, is a bomb."""
MAX_PARTS: Final = 5_000

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = frozenset(f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "footnoteReference", "pPr")) | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_CHARACTERS: Final = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}


def read_docx(data: bytes, path: Path) -> Reading:
    """A Word file. Headings get the mark '#', list items '•'; deleted and hidden text is left out.

    Raises:
        UnreadableDocument: no Word file, damaged, or one that unpacks to too much or declares entities.
    """
    _check_parts(data, path)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = [text for text in _paragraphs(document) if text.strip()]
    except Exception as error:  # python-docx and lxml raise many kinds for a damaged file
        reason = " ".join(str(error).split())[:80]
        raise refuse(path, f"a damaged Word file ({type(error).__name__}: {reason})", "save it anew") from None
    found = {}
    if title := (document.core_properties.title or "").strip():
        found["title"] = (title[:300], "found: properties of the file")
    return Reading(text="\n\n".join(paragraphs), markdown=True, found=found)


def _check_parts(data: bytes, path: Path) -> None:
    """Refuse a bomb by what its directory declares, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if "[Content_Types].xml" not in archive.NameToInfo:
                raise refuse(path, "not a Word file, whatever its name says", "give it the ending of its kind")
            bomb = sum(part.file_size for part in parts) > MAX_UNPACKED or any(
                part.file_size > 1_000_000 and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
            )
            if bomb or len(parts) > MAX_PARTS:
                raise refuse(path, "a Word file that unpacks to far more than its size", "leave it out")
            if any(part.flag_bits & 1 for part in parts):
                raise refuse(path, "an encrypted Word file", "save a copy without password")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096).upper():
                            raise refuse(path, "a Word file with a DOCTYPE (no Word writes one)", "leave it out")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        reason = " ".join(str(error).split())[:80]
        raise refuse(path, f"not a Word file, or a damaged one ({reason})", "save it anew") from None


def _paragraphs(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                yield " | ".join(" ".join(_text(cell).split()) for cell in cells)
        else:
            yield _mark(block) + _text(block._p)


def _mark(paragraph: Any) -> str:
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    if name == "Title" or name.startswith("Heading"):
        return "# "
    return "• " if "Bullet" in name else ""


def _text(element: Any) -> str:
    """The visible characters below an element."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.tag in _SKIPPED or (node.tag == f"{_W}r" and node.find(f"{_W}rPr/{_W}vanish") is not None):
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag in _CHARACTERS:
            parts.append(_CHARACTERS[node.tag])
        elif node.tag == f"{_W}p" and parts:
            parts.append(" ")
        waiting.extend(reversed(node))
    return "".join(parts)
