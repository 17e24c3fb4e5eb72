"""Small documents, made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from spacegov.model import Block, Document, Entry, Metadata, Name, Tenure, Vocabulary
from spacegov.sources import document_from_text


def _pdf_text(lines: Sequence[str]) -> bytes:
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = "".join(f"({line}) Tj T*\n" for line in escaped)
    return f"BT /F1 11 Tf 14 TL 72 770 Td\n{shown}ET".encode("cp1252")


def make_pdf(pages: Sequence[Sequence[str]], *, trailer: str = "") -> bytes:
    """A smallest PDF with one font; each page is a list of lines."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        content = _pdf_text(lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return whole + (
        b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer.encode())
        + b"startxref\n%d\n%%%%EOF\n" % len(whole)
    )


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """Makes a PDF from pages of lines."""
    return make_pdf


@pytest.fixture
def docx(tmp_path: Path) -> Callable[[Sequence[tuple[str, str]]], Path]:
    """Makes a Word file from (style, text) pairs."""
    import docx as word

    def make(paragraphs: Sequence[tuple[str, str]]) -> Path:
        document = word.Document()
        for style, text in paragraphs:
            document.add_paragraph(text, style=style)
        path = tmp_path / "paper.docx"
        document.save(str(path))
        return path

    return make


@pytest.fixture(scope="session")
def zipped() -> Callable[..., bytes]:
    """Makes a ZIP file from its parts."""

    def make(parts: dict[str, bytes]) -> bytes:
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return whole.getvalue()

    return make


@pytest.fixture(scope="session")
def laid_out() -> Callable[[str], list[tuple[str, str | None, str]]]:
    """The blocks of a text as (kind, label, words)."""

    def lay_out(source: str) -> list[tuple[str, str | None, str]]:
        document = document_from_text(source, Metadata(doc="d"))
        return [(block.kind, block.label, words(document, block)) for block in document.blocks]

    return lay_out


def words(document: Document, block: Block) -> str:
    """The text of a block."""
    return document.text[block.start : block.end]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Two states, two forums, one person with a post."""

    def entry(kind: str, identifier: str, label: str, *names: Name, broader: tuple[str, ...] = ()) -> Entry:
        return Entry(id=identifier, kind=kind, type="Thing", label=label, names=names, broader=broader)

    entries = (
        entry("actor", "china", "China"),
        entry("actor", "russia", "Russia", Name(text="Russian Federation")),
        entry("person", "fu-cong", "Fu Cong"),
        entry("forum", "copuos", "Committee on the Peaceful Uses of Outer Space", Name(text="COPUOS", acronym=True)),
        entry("forum", "copuos-lsc", "Legal Subcommittee", broader=("copuos",)),
    )
    return Vocabulary(
        entries={entry.id: entry for entry in entries},
        frames=(),
        posts=(Tenure(of="fu-cong", at="china", role="Permanent Representative", since="2024"),),
    )
