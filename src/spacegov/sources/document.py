"""The front door of `sources`: a path or a text in, a `Document` out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spacegov.errors import UnreadableDocument
from spacegov.model import Document, Metadata, Vocabulary
from spacegov.sources.blocks import Layout, layout_of
from spacegov.sources.characters import plain, without_markup
from spacegov.sources.found import complete
from spacegov.sources.hyphens import Hyphens
from spacegov.sources.language import require_english
from spacegov.sources.layout import passages_of
from spacegov.sources.lines import lines_of
from spacegov.sources.metadata import check_ids, metadata_from, read_sidecar, sidecar_of, with_known_speaker
from spacegov.sources.offsets import Mapped
from spacegov.sources.readers import read_file
from spacegov.sources.reading import Reading, shown


def read_document(
    path: Path,
    *,
    metadata: Metadata | None = None,
    vocabulary: Vocabulary | None = None,
    authors: Sequence[str] = (),
) -> Document:
    """A file as a document, with what its sidecar, its front matter and its text say of it.

    Args:
        path: a .txt, .md, .html, .pdf or .docx file.
        metadata: used as they are instead of what lies beside or in the file.
        vocabulary: names by which authors, speakers and forums are found; ids are checked against it. A speaker
            whom it does not know is left out, and `Document.remarks` says so.
        authors: ids of its authors where sidecar and front matter name none.

    Raises:
        InputError: no such file.
        UnreadableDocument: it gives no English text (the message says why).
        MetadataError: its sidecar or front matter cannot be used.
    """
    reading = read_file(path)
    known = metadata or metadata_from(path, read_sidecar(sidecar_of(path)), reading.front)
    if authors and not known.authors:
        known = replace(known, authors=tuple(authors), origin={**known.origin, "author": "given"})
    if not known.language.lower().startswith("en"):
        raise UnreadableDocument(
            f"{shown(path)}: the text is in {known.language!r} by its metadata; only English is read"
        )
    require_english(reading.text[reading.body :], shown(path))
    layout = _layout(reading)
    if not layout.content.text:
        raise UnreadableDocument(f"{shown(path)}: no words in it; leave it out")
    if metadata is None:
        known = complete(known, reading, layout, vocabulary)
    remarks: tuple[str, ...] = ()
    if vocabulary is not None:
        check_ids(known, vocabulary, path)
        known, remarks = with_known_speaker(known, vocabulary)
    return _document(reading, layout, known, str(path), remarks)


def document_from_text(
    source: str,
    metadata: Metadata,
    path: str | None = None,
    *,
    pages: Sequence[int] = (),
    markdown: bool = False,
) -> Document:
    """A text as a document: normalised, in blocks, with the way back to `source`.

    Nothing is looked for or checked: the metadata are taken as they are, and any language will do.

    >>> document_from_text("We sup-\\nport  it.", Metadata(doc="d1")).text
    'We support it.'
    """
    reading = Reading(text=source, pages=tuple(pages), markdown=markdown)
    return _document(reading, _layout(reading), metadata, path)


def _layout(reading: Reading) -> Layout:
    content = plain(reading.text)
    if reading.body:
        content = _behind(content, reading.body)
    content = without_markup(content, markdown=reading.markdown)
    lines = lines_of(content, reading.text, reading.pages)
    return layout_of(passages_of(lines, Hyphens(content.text)), reading.pages)


def _behind(content: Mapped, body: int) -> Mapped:
    first = next((place for place, origin in enumerate(content.places) if origin >= body), len(content))
    return content.cut(first)


def _document(
    reading: Reading, layout: Layout, metadata: Metadata, path: str | None, remarks: tuple[str, ...] = ()
) -> Document:
    # a lone surrogate is no character: it has no UTF-8, and no text file can hold it
    digest = hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(
        metadata=replace(metadata, origin=dict(sorted(metadata.origin.items()))),
        source=reading.text,
        sha256=digest,
        text=layout.content.text,
        offsets=(*layout.content.places, layout.content.end),
        blocks=layout.blocks,
        path=path,
        pages=reading.pages,
        remarks=remarks,
    )
