"""The program that reads one PDF: from its standard input to the pages, as JSON, on its standard output."""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Final

from spacegov.sources.reading import MAX_CHARACTERS, MAX_PAGES

MEMORY: Final = 2_000_000_000
"""So many bytes of address space may one file use (where the system can limit it)."""


def pages_of(data: bytes) -> dict[str, object]:
    """The pages of a PDF, or the reason why there are none."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            return {"error": "an encrypted PDF", "what_to_do": "save a copy without password"}
        return {"error": "a damaged PDF", "what_to_do": "get a whole copy"}
    if len(document) > MAX_PAGES:
        return {"error": f"{len(document):,} pages are more than {MAX_PAGES:,}", "what_to_do": "split it"}
    pages: list[str] = []
    length = 0
    for number in range(len(document)):
        try:
            text = document[number].get_textpage().get_text_bounded()
        except pypdfium2.PdfiumError:
            return {"error": f"a damaged PDF (page {number + 1})", "what_to_do": "get a whole copy"}
        # pdfium writes U+0002 or U+FFFE for a hyphen at a line end, and swallows the line end
        text = text.replace("\r\n", "\n").replace("\x02", "-\n").replace("\ufffe", "-\n").replace("\x00", "")
        pages.append(text)
        length += len(text)
        if length > MAX_CHARACTERS:
            return {"error": f"more than {MAX_CHARACTERS:,} characters", "what_to_do": "split it"}
    return {"pages": pages}


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a PDF from standard input, write its pages to standard output."""
    _limit_memory()
    try:
        answer = pages_of(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"error": "a PDF that unpacks to more than the memory limit", "what_to_do": "leave it out"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
