"""Released positions against local texts: are the quotations where the graph says that they are?

The released graph keeps offsets and hashes, not the sources' words. Whoever has the text can put the words
back; the hash shows that it is the same text, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from spacegov.errors import InputError, SpacegovError
from spacegov.model import Document
from spacegov.namespaces import PREFIXES
from spacegov.rdf.turtle import FORMATS, parse_file

_PASSAGES: Final = """
SELECT ?evidence ?document ?start ?end ?hash ?exact WHERE {
  ?evidence sg:isFoundIn ?document ; oa:start ?start ; oa:end ?end ; sg:sourceHash ?hash .
  OPTIONAL { ?evidence oa:exact ?exact }
} ORDER BY ?document ?start ?end ?evidence
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A passage of the released graph, and what the local text has there."""

    evidence: str
    document: str
    start: int
    end: int
    exact: str | None
    """The words at its offsets; None where the text is not at hand or ends before."""
    fault: str | None = None
    """What is wrong with it, where something is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found of all passages."""

    passages: tuple[Passage, ...]
    absent: tuple[str, ...]
    """Documents of which no local text has the recorded hash."""

    @property
    def restored(self) -> list[Passage]:
        return [p for p in self.passages if p.exact is not None and p.fault is None]

    @property
    def faults(self) -> list[Passage]:
        return [p for p in self.passages if p.fault is not None]


def read_positions(paths: Iterable[Path]) -> Store:
    """The released positions of some files and folders, in any RDF format.

    Raises:
        InputError: there is none, or one cannot be read.
    """
    files = [f for path in paths for f in (sorted(path.rglob("*")) if path.is_dir() else [path])]
    files = [file for file in files if file.suffix in FORMATS]
    if not files:
        raise InputError("no positions (.ttl, .trig, .nq) here: name a file or folder with --positions")
    store = Store()
    for file in files:
        store.extend(parse_file(file))
    return store


def local_documents(paths: Sequence[Path]) -> tuple[list[Document], list[str]]:
    """The texts at hand, and why some could not be read."""
    from spacegov.sources import find_documents, read_document

    documents, unread = [], []
    for path in find_documents(list(paths)):
        try:
            documents.append(read_document(path))
        except SpacegovError as error:
            unread.append(str(error))
    return documents, unread


def verify(positions: Store, documents: Sequence[Document]) -> Verdict:
    """Each passage of the graph against the text that has its hash."""
    texts = {document.sha256: document.source for document in documents}
    rows = positions.query(_PASSAGES, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    passages, absent = [], set()
    for row in rows:
        evidence, document, start, end, digest = (
            row[n].value for n in ("evidence", "document", "start", "end", "hash")
        )
        said = row["exact"].value if row["exact"] is not None else None
        if digest not in texts:
            absent.add(document)
        passages.append(_passage(evidence, document, int(start), int(end), said, texts.get(digest)))
    return Verdict(passages=tuple(passages), absent=tuple(sorted(absent)))


def _passage(evidence: str, document: str, start: int, end: int, said: str | None, text: str | None) -> Passage:
    exact, fault = None, None
    if text is not None:
        if 0 <= start < end <= len(text):
            exact = text[start:end]
            fault = "its quotation is not what the text has there" if said not in (None, exact) else None
        else:
            fault = f"its offsets lie outside of the text, which has {len(text)} characters"
    return Passage(evidence=evidence, document=document, start=start, end=end, exact=exact, fault=fault)


def restored_quads(positions: Store, verdict: Verdict) -> list[Quad]:
    """The released graph with the words put back, sorted."""
    words: Mapping[str, str] = {p.evidence: p.exact for p in verdict.restored if p.exact is not None}
    quads = set(positions)
    for quad in positions.quads_for_pattern(None, NamedNode(PREFIXES["sg"] + "isFoundIn"), None, None):
        if isinstance(quad.subject, NamedNode) and quad.subject.value in words:
            exact = Literal(words[quad.subject.value])
            quads.add(Quad(quad.subject, NamedNode(PREFIXES["oa"] + "exact"), exact, quad.graph_name))
    return sorted(quads, key=str)
