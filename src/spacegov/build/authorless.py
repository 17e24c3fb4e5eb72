"""Texts whose author nobody gave, and in which no strong sign shows one: what 'we' say in them is held by nobody.

Extraction wants an author, and would take the actor that such a text names most, which in a speech against a
rival is the rival. So it is told of a stand-in, and what the stand-in holds is left out and counted.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from spacegov.model import Document, Metadata, Vocabulary
from spacegov.sources.authors import represented
from spacegov.sources.metadata import sidecar_of
from spacegov.sources.reading import shown
from spacegov.sources.speakers import only_speaker

NOBODY: Final = "no-author"
"""Stands for the author of a text that has none; no row, graph or vocabulary ever holds it."""
REMARK: Final = "no author given or found"
"""How the remark on such a text begins."""
OWN_VOICE: Final = frozenset(("resolution", "treaty", "guidelines"))
"""Kinds whose words are those of the body that adopted them."""

REPORTS: Final = frozenset(("news", "report"))
"""Kinds in which a reporter tells what others say."""


def is_authorless(metadata: Metadata) -> bool:
    """Whether nobody is known whose words a document holds."""
    return not metadata.authors and metadata.kind not in OWN_VOICE


def with_stand_in(document: Document, vocabulary: Vocabulary) -> Document:
    """The document as one of an author who is not in the vocabulary.

    In a report it is the actor of its speaker, or who alone speaks in it: a reporter has no voice of his own.
    """
    metadata = document.metadata
    speaker = None
    if metadata.kind in REPORTS:
        given = represented(metadata.speaker, metadata.date, vocabulary) if metadata.speaker else []
        speaker = given[0] if given else only_speaker(document.text, metadata.date, vocabulary)
    # where nobody is the author of a report, quoted voices must be heard as in news
    kind = "news" if metadata.kind == "report" else metadata.kind
    return replace(document, metadata=replace(metadata, authors=(speaker or NOBODY,), kind=kind))


def remark_on(path: Path, *, unheld: int, rows: int) -> str | None:
    """The line on an authorless document that lost stances, or gave none; None for one that lost nothing.

    >>> remark_on(Path("texts/a.txt"), unheld=3, rows=1)
    'no author given or found; 3 clauses of "we" have no holder; name it in a.meta.json or with extract --author'
    """
    if rows and not unheld:
        return None
    lost = {0: 'clauses of "we" have', 1: '1 clause of "we" has'}.get(unheld, f'{unheld} clauses of "we" have')
    return f"{REMARK}; {lost} no holder; name it in {shown(sidecar_of(path).name)} or with extract --author"
