"""What stands on a report: sections with a picture, a table of rows, and the passages of the documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote as percent

from pyoxigraph import NamedNode

from spacegov.graph import Graph
from spacegov.namespaces import iri
from spacegov.query.formats import shown
from spacegov.query.run import Answer, Row
from spacegov.query.run import Cell as Cell_
from spacegov.query.stances import Passage, StanceFacts
from spacegov.stances import fold

ROWS_SHOWN: Final = 200
"""Longer tables are cut, and say so: a page of thousands of rows helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell; with an anchor it links to a passage on the page."""

    text: str
    anchor: str = ""
    mark: str = ""
    """'unverified', 'for', 'against' …: shown as a tag."""
    code: str = ""
    """A command to copy, in the place of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows behind a picture."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0
    rest: str = "with 'spacegov ask'"
    """Where the rows are that were left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, a sentence that says how to read it, a picture, and the rows behind it."""

    id: str
    title: str
    note: str
    svg: str = ""
    table: Table | None = None
    further: tuple[Table | None, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables of the section, those that are there."""
        return tuple(table for table in (self.table, *self.further) if table is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageView:
    """A passage as the page shows it."""

    anchor: str
    place: str
    prefix: str
    quote: str
    suffix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document and its passages in their order."""

    id: str
    title: str
    facts: str
    address: str
    passages: tuple[PassageView, ...]


class Names:
    """Labels for IRIs and for actors' ids."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def __call__(self, identifier: str) -> str:
        full = identifier if identifier.startswith("http") else iri("actor", identifier)
        return self._graph.label(NamedNode(full))

    def all(self, identifiers: Iterable[str]) -> str:
        """Labels, parted by semicolons."""
        return "; ".join(self(identifier) for identifier in identifiers)


def anchor(passage: Passage) -> str:
    """The id on the page of a passage.

    >>> anchor(Passage(document="d 1", start=3, end=9, quote="", prefix="", suffix=""))
    'p-d-1-3-9'
    """
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in passage.document)
    return f"p-{safe}-{passage.start}-{passage.end}"


def stance_table(caption: str, stances: Sequence[StanceFacts], graph: Graph, names: Names) -> Table:
    """Stances as rows, oldest first; the words link to their passage."""
    inorder = sorted(stances, key=lambda s: (s.earliest or "9999", s.id))
    rows = []
    for stance in inorder[:ROWS_SHOWN]:
        passage = stance.passages[0] if stance.passages else None
        document = graph.documents.get(passage.document) if passage else None
        rows.append(
            (
                Cell(text=stance.date or "undated"),
                Cell(text=names.all(stance.holders)),
                Cell(text=stance.act.replace("-", " "), mark=stance.polarity),
                Cell(text=names.all(stance.targets)),
                Cell(text=names(stance.forum) if stance.forum else ""),
                words(passage),
                Cell(text=document.symbol or document.title or document.id if document else ""),
                Cell(text=stance.review),
            )
        )
    header = ("date", "holder", "act", "target", "forum", "words", "document", "review")
    return Table(caption=caption, header=header, rows=tuple(rows), left_out=len(inorder) - len(rows))


def words(passage: Passage | None) -> Cell:
    """The quotation of a passage with the link to its place; without the words, the place alone."""
    if passage is None:
        return Cell(text="")
    text = fold(passage.quote) or f"characters {passage.start}–{passage.end}"
    return Cell(text=f"“{text}”" if passage.quote else text, anchor=anchor(passage))


def answer_table(
    caption: str, answer: Answer, *, without: Iterable[str] = (), passages: Mapping[str, Passage] | None = None
) -> Table:
    """The rows of an answer as people read them; marks what was not seen in a source.

    Args:
        passages: stance id -> its passage on the page, to which the row's words link.
    """
    header, cells = shown(answer)
    left_out = set(without)
    kept = [n for n, name in enumerate(header) if name not in left_out]
    tagged = ("unverified", "differ", "agree", "for", "against", "neutral")
    rows = []
    for row, source in zip(cells[:ROWS_SHOWN], answer.rows, strict=False):
        passage = (passages or {}).get(str(stance_of(source)))
        rows.append(
            tuple(
                words(passage)
                if header[n] == "quote" and passage
                else Cell(text="", mark=row[n])
                if row[n] in tagged
                else Cell(text=row[n])
                for n in kept
            )
        )
    return Table(
        caption=caption,
        header=tuple(header[n] for n in kept),
        rows=tuple(rows),
        left_out=len(cells) - len(rows),
    )


def stance_of(row: Row) -> Cell_:
    """Id of the stance on which a row rests, if it rests on one."""
    for name in ("stance", "fact"):
        if row.terms.get(name):
            return row[name]
    return None


def documents(stances: Iterable[StanceFacts], graph: Graph, names: Names) -> tuple[DocumentView, ...]:
    """The documents of these stances with the passages quoted on the page, oldest first."""
    passages: dict[str, dict[str, Passage]] = {}
    for stance in stances:
        for passage in stance.passages:
            passages.setdefault(passage.document, {})[anchor(passage)] = passage
    views = []
    for doc in sorted(passages, key=lambda d: (graph.documents[d].earliest if d in graph.documents else "", d)):
        facts = graph.documents.get(doc)
        inorder = sorted(passages[doc].items(), key=lambda item: (item[1].start, item[1].end))
        what = [] if facts is None else [
            names.all(facts.authors), facts.symbol, facts.date, names(facts.forum) if facts.forum else "",
        ]  # fmt: skip
        address = facts.address if facts and facts.address.startswith(("http://", "https://")) else ""
        views.append(
            DocumentView(
                id=doc,
                title=(facts.title if facts else "") or doc,
                facts=" · ".join(part for part in what if part),
                address=address,
                passages=tuple(_view(key, passage) for key, passage in inorder),
            )
        )
    return tuple(views)


def _view(key: str, passage: Passage) -> PassageView:
    return PassageView(
        anchor=key,
        place=f"characters {passage.start}–{passage.end}",
        prefix=fold(passage.prefix),
        quote=fold(passage.quote),
        suffix=fold(passage.suffix),
    )


def text_fragment(address: str, quote: str) -> str:
    """A link that opens the source at the words, where the reader's browser can (WICG text fragments).

    >>> text_fragment("https://e.org/d", "we support it")
    'https://e.org/d#:~:text=we%20support%20it'
    """
    if not address or not quote or "#" in address:
        return address
    return f"{address}#:~:text={percent(quote, safe='').replace('-', '%2D')}"


def fingerprint(stances: Iterable[StanceFacts]) -> str:
    """Twelve hex digits that name the set of stances: the same graph gives the same page."""
    ids = "\n".join(sorted(stance.id for stance in stances))
    return hashlib.sha256(ids.encode()).hexdigest()[:12]
