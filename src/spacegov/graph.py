"""A built graph in Python: questions, any query, and the stances as a table.

>>> from spacegov.graph import Graph
>>> graph = Graph.open("build")  # doctest: +SKIP
>>> graph.ask("who-proposed", forum="cd").to_polars()  # doctest: +SKIP
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Store

from spacegov.extras import needed
from spacegov.namespaces import slug
from spacegov.query.catalogue import Question, catalogue
from spacegov.query.labels import Labels
from spacegov.query.params import Resolver
from spacegov.query.run import Answer, ask, find_question, nearby
from spacegov.query.safe import Result
from spacegov.query.safe import query as run_query
from spacegov.query.stances import DocumentFacts, StanceFacts, read_documents, read_stances
from spacegov.stances import read_pages
from spacegov.store import load, open_store

if TYPE_CHECKING:
    import polars as pl


class Graph:
    """A graph that can be asked; it is never changed."""

    def __init__(self, store: Store, *, rows: Path | None = None) -> None:
        self.store = store
        self._rows = rows
        self._resolver = Resolver(store)

    @classmethod
    def open(cls, folder: str | Path, *, in_memory: bool = False) -> Graph:
        """The graph of a folder that `spacegov build` made.

        Args:
            in_memory: load its files instead of opening its store: slower to start, faster to ask.

        Raises:
            InputError: there is no graph.
        """
        store = load(Path(folder)) if in_memory else open_store(Path(folder))
        return cls(store, rows=Path(folder) / "stances.jsonl")

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the catalogue."""
        return tuple(catalogue().values())

    def ask(self, question: str, **params: object) -> Answer:
        """The answer to a question of the catalogue.

        Args:
            params: by label, alias, acronym or id; dates as '2008', '2008-02' or '2008-02-12'.

        Raises:
            InputError: no such question, or a parameter is missing, unknown or no date.
            UnknownName: a name that nothing in the graph bears.
        """
        entry = find_question(question)
        return ask(self.store, entry, self._resolver.bind(entry, params))

    def nearby(self, answer: Answer) -> list[str]:
        """What to leave out of a question whose answer is empty."""
        return nearby(self.store, answer)

    def query(self, sparql: str) -> Result:
        """The result of any SPARQL query that only reads this graph.

        Raises:
            InputError: it breaks the grammar, or reaches outside.
        """
        return run_query(self.store, sparql)

    def find(self, kind: str, name: str) -> str:
        """The IRI of an actor, topic, forum or instrument by any of its names.

        Raises:
            UnknownName: nothing bears it, or several things do.
        """
        return self._resolver.thing(kind, name).value

    @cached_property
    def label(self) -> Labels:
        """Names of things: `graph.label(NamedNode(iri))`."""
        return Labels(self.store)

    @cached_property
    def facts(self) -> tuple[StanceFacts, ...]:
        """All stances but rejected ones, as records."""
        return read_stances(self.store)

    @cached_property
    def documents(self) -> dict[str, DocumentFacts]:
        """All documents by id."""
        return read_documents(self.store)

    @cached_property
    def pages(self) -> dict[str, int]:
        """Stance id -> page on which its passage begins, from the rows beside the graph (RDF has no pages)."""
        return read_pages(self._rows) if self._rows is not None and self._rows.is_file() else {}

    def stances(self) -> pl.DataFrame:
        """All stances but rejected ones, one a row, ids as slugs.

        Raises:
            MissingPiece: polars is not installed.
        """
        polars = needed("polars", extra="analysis")
        text, texts, number = polars.String, polars.List(polars.String), polars.Int64
        frame: pl.DataFrame = polars.DataFrame(
            [_row(stance) for stance in self.facts],
            schema={
                "id": text, "document": text, "start": number, "end": number, "quote": text, "holders": texts,
                "act": text, "polarity": text, "targets": texts, "addressees": texts, "forum": text, "date": text,
                "earliest": text, "latest": text, "speaker": text, "on_behalf_of": text, "condition": text,
                "confidence": polars.Float64, "review": text,
            },
        )  # fmt: skip
        return frame


def _row(stance: StanceFacts) -> dict[str, object]:
    passage = stance.passages[0] if stance.passages else None
    return {
        "id": stance.id,
        "document": passage.document if passage else None,
        "start": passage.start if passage else None,
        "end": passage.end if passage else None,
        "quote": (passage.quote or None) if passage else None,
        "holders": [slug(holder) for holder in stance.holders],
        "act": stance.act,
        "polarity": stance.polarity,
        "targets": [slug(target) for target in stance.targets],
        "addressees": [slug(addressee) for addressee in stance.addressees],
        "forum": slug(stance.forum) or None,
        "date": stance.date or None,
        "earliest": stance.earliest or None,
        "latest": stance.latest or None,
        "speaker": slug(stance.speaker) or None,
        "on_behalf_of": slug(stance.on_behalf_of) or None,
        "condition": stance.condition or None,
        "confidence": stance.confidence,
        "review": stance.review,
    }
