"""PDF files, read in a process of their own: a bad one can neither stop nor bring down the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from spacegov.sources.reading import Reading, refuse

SECONDS: Final = 120
"""So long may one file take."""

PAGE_BREAK: Final = "\n\f"


def read_pdf(data: bytes, path: Path) -> Reading:
    """The text layer of a PDF, page by page.

    A hyphen at a line end is kept with the line end behind it; the normaliser decides what it is.

    Raises:
        UnreadableDocument: damaged, encrypted, without a text layer, too many pages, too slow.
    """
    if b"%PDF-" not in data[:1024]:
        raise refuse(path, "not a PDF, whatever its name says", "give it the ending of its kind")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "spacegov.sources.pdf_pages"],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refuse(path, f"reading it takes longer than {SECONDS} s", "save its text as .txt") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise refuse(
            path, f"the PDF reader broke down on it (code {done.returncode})", "save its text as .txt"
        ) from None
    if "error" in answer:
        raise refuse(path, answer["error"], answer["what_to_do"])
    starts, place = [], 0
    for page in answer["pages"]:
        starts.append(place)
        place += len(page) + len(PAGE_BREAK)
    if not any(page.strip() for page in answer["pages"]):
        raise refuse(path, "no text layer (pictures of pages)", "run OCR over it first")
    return Reading(text=PAGE_BREAK.join(answer["pages"]), pages=tuple(starts))
