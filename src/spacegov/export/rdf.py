"""Turtle, TriG, N-Quads and JSON-LD, always in the same order."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.rdf.turtle import parse_file, serialize
from spacegov.store import GRAPH_FILE, INFERRED_FILE

RDF_FORMATS: Final = ("turtle", "trig", "nquads", "jsonld")


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
    quads = _read(folder / GRAPH_FILE)
    if inferred:
        quads += _read(folder / INFERRED_FILE)
    if graphs is not None:
        quads = [quad for quad in quads if _in_graph(quad, graphs)]
    if form == "jsonld":
        return ox.serialize(sorted(set(quads), key=_order), format=ox.RdfFormat.JSON_LD) or b""
    if form == "turtle":
        return serialize(quads, "turtle")
    return serialize(quads, "trig" if form == "trig" else "nquads")


def _in_graph(quad: ox.Quad, start: str) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(start)


def _order(quad: ox.Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _read(path: Path) -> list[ox.Quad]:
    if not path.is_file():
        place = path.parent
        raise InputError(f"{place}: no {path.name} here: run 'spacegov build --out {place}' first")
    return parse_file(path)
