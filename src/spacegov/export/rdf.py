"""Turtle, TriG, N-Quads and JSON-LD, always in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from spacegov.errors import InputError
from spacegov.namespaces import PREFIXES
from spacegov.store import GRAPH_FILE, INFERRED_FILE

RDF_FORMATS: Final = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "nquads": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
}


def export_rdf(folder: Path, form: str, *, inferred: bool = False, graphs: str | None = None) -> bytes:
    """The graph of a built folder.

    Turtle knows no named graphs: it holds their union, each fact once.

    Args:
        form: one of RDF_FORMATS.
        inferred: also what follows from the asserted facts, in their own graph where the format has graphs.
        graphs: only graphs whose IRI starts with this.

    Raises:
        InputError: the folder holds no graph.
    """
    quads = set(_read(folder / GRAPH_FILE))
    if inferred:
        quads.update(_read(folder / INFERRED_FILE))
    if graphs is not None:
        quads = {
            q for q in quads if isinstance(q.graph_name, NamedNode) and q.graph_name.value.startswith(graphs)
        }
    chosen = RDF_FORMATS[form]
    if not chosen.supports_datasets:
        quads = {Quad(q.subject, q.predicate, q.object) for q in quads}
    return serialize(sorted(quads, key=_order), format=chosen, prefixes=PREFIXES) or b""


def _in_graph(quad: Quad, start: str) -> bool:
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(start)


def _order(quad: Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _read(path: Path) -> Iterator[Quad]:
    if not path.is_file():
        raise InputError(
            f"{path.parent}: no {path.name} here: run 'spacegov build --out {path.parent}' first"
        )
    try:
        yield from parse(path=str(path), format=RdfFormat.TRIG)
    except (SyntaxError, OSError) as error:
        raise InputError(f"{path}: not TriG ({' '.join(str(error).split())})") from None
