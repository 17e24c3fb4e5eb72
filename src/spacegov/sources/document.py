"""The front door of `sources`: a path or a text in, a `Document` out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from spacegov.model import Document, Metadata
from spacegov.sources.blocks import layout_of
from spacegov.sources.characters import plain, without_markup
from spacegov.sources.hyphens import Hyphens
from spacegov.sources.layout import passages_of
from spacegov.sources.lines import lines_of


def document_from_text(
    source: str, metadata: Metadata, path: str | None = None, *, pages: Sequence[int] = ()
) -> Document:
    """A text as a document: normalised, in blocks, with the way back to `source`.

    >>> document_from_text("We sup-\\nport  it.", Metadata(doc="d1")).text
    'We support it.'
    """
    content = without_markup(plain(source))
    lines = lines_of(content, source, pages)
    layout = layout_of(passages_of(lines, Hyphens(content.text)), pages)
    return Document(
        metadata=metadata,
        source=source,
        sha256=hashlib.sha256(source.encode("utf-8")).hexdigest(),
        text=layout.content.text,
        offsets=(*layout.content.places, layout.content.end),
        blocks=layout.blocks,
        path=path,
        pages=tuple(pages),
    )


def read_document(path: Path, *, metadata: Metadata | None = None) -> Document:
    """A file as a document."""
    import json

    source = path.read_bytes().decode("utf-8-sig")
    if metadata is None:
        sidecar = path.with_name(path.stem + ".meta.json")
        data = json.loads(sidecar.read_text("utf-8")) if sidecar.is_file() else {}
        author = data.get("author")
        authors = (author,) if isinstance(author, str) else tuple(author or ())
        known = {k: data.get(k) for k in ("title", "date", "speaker", "forum", "kind", "symbol", "address")}
        metadata = Metadata(doc=data.get("doc") or path.stem, authors=authors, **known)
    return document_from_text(source, metadata, str(path))


def find_documents(paths: Sequence[Path]) -> list[Path]:
    """Text files below the given places."""
    found = {p for path in paths for p in (path.rglob("*.txt") if path.is_dir() else [path])}
    return sorted(found)
