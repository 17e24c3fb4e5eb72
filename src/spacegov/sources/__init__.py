"""From files to documents: reading, normalising, and the exact way back to the source."""

from __future__ import annotations

from spacegov.sources.document import document_from_text, find_documents, read_document

__all__ = ["document_from_text", "find_documents", "read_document"]
