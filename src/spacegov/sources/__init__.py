"""From files to documents: reading, normalising, and the exact way back to the source.

read_document      a file as a document
document_from_text a text that is already at hand, as a document
find_documents     the documents below a folder
actor_named        whom somebody means by an id or a name
"""

from __future__ import annotations

from spacegov.sources.document import document_from_text, read_document
from spacegov.sources.folders import find_documents
from spacegov.sources.names import actor_named

__all__ = ["actor_named", "document_from_text", "find_documents", "read_document"]
