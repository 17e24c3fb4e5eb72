"""The result of any SPARQL query as bytes."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from spacegov.errors import InputError
from spacegov.namespaces import PREFIXES
from spacegov.query.safe import Result
from spacegov.rdf.turtle import serialize

_ROWS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_TRIPLES: Final = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}


def give(result: Result, form: str) -> bytes:
    """A result in a format: rows as csv, tsv, json or xml; triples as turtle or ntriples.

    Raises:
        InputError: the format does not fit the form of the query.
    """
    if isinstance(result, QuerySolutions | QueryBoolean):
        if form not in _ROWS:
            raise InputError(f"--format {form}: a SELECT or ASK gives rows: {', '.join(_ROWS)}")
        return result.serialize(format=_ROWS[form]) or b""
    if form not in _TRIPLES:
        raise InputError(f"--format {form}: CONSTRUCT and DESCRIBE give triples: {', '.join(_TRIPLES)}")
    if form == "turtle":
        return serialize((Quad(t.subject, t.predicate, t.object) for t in result), "turtle")
    return result.serialize(format=_TRIPLES[form]) or b""


def short(term: object) -> str:
    """A term for people: IRIs with our prefixes, literals as their text."""
    if isinstance(term, NamedNode):
        prefix = max(
            (p for p in PREFIXES if term.value.startswith(PREFIXES[p])),
            key=lambda p: len(PREFIXES[p]),
            default=None,
        )
        return term.value if prefix is None else f"{prefix}:{term.value[len(PREFIXES[prefix]) :]}"
    return term.value if isinstance(term, Literal) else str(term or "")
