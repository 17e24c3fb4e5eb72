"""Small documents, made by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from spacegov.model import Block, Document, Entry, Metadata, Name, Tenure, Vocabulary
from spacegov.sources import document_from_text


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
