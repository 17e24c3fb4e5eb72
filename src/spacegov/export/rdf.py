"""Turtle, TriG, N-Quads and JSON-LD, always in the same order."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.files import make_folder, write_atomically
from spacegov.namespaces import GRAPH, PREFIXES, slug
from spacegov.rdf.json_ld import to_json_ld
from spacegov.rdf.turtle import parse_file, serialize
from spacegov.store import GRAPH_FILE, INFERRED_FILE

RDF_FORMATS: Final = ("turtle", "trig", "nquads", "jsonld")


WORDS: Final = tuple(
    ox.NamedNode(PREFIXES[prefix] + name)
    for prefix, name in (("oa", "exact"), ("oa", "prefix"), ("oa", "suffix"), ("sg", "condition"))
)
"""Properties whose values are the words of a source."""
LICENCE: Final = "Positions with offsets and hashes, without the sources' words. Licence: CC BY 4.0"


def export_rdf(
    folder: Path, form: str, *, inferred: bool = False, graphs: str | None = None, words: bool = True
) -> bytes:
    """The graph of a built folder.

    Turtle knows no named graphs: it holds their union, each fact once.

    Args:
        form: one of RDF_FORMATS.
        inferred: also what follows from the asserted facts, in their own graph where the format has graphs.
        graphs: only graphs whose IRI starts with this.
        words: False leaves the sources' words out; offsets and hashes stay.

    Raises:
        InputError: the folder holds no graph.
    """
    quads = _read(folder / GRAPH_FILE)
    if inferred:
        quads += _read(folder / INFERRED_FILE)
    if graphs is not None:
        quads = [quad for quad in quads if _in_graph(quad, graphs)]
    if not words:
        quads = [quad for quad in quads if quad.predicate not in WORDS]
    if form == "jsonld":
        return to_json_ld(quads)
    if form == "turtle":
        return serialize(quads, "turtle")
    return serialize(quads, "trig" if form == "trig" else "nquads")


def release(folder: Path, place: Path) -> list[Path]:
    """The positions of a built folder, a Turtle file a document, without the sources' words.

    Raises:
        InputError: the folder holds no graph.
        OutputError: the place cannot be written.
    """
    start = f"{GRAPH}document/"
    documents: dict[str, list[ox.Quad]] = {}
    for quad in _read(folder / GRAPH_FILE):
        if _in_graph(quad, start) and quad.predicate not in WORDS:
            documents.setdefault(slug(str(quad.graph_name).strip("<>")), []).append(quad)
    make_folder(place)
    files = []
    for doc, quads in sorted(documents.items()):
        files.append(place / f"{doc}.ttl")
        write_atomically(files[-1], serialize(quads, "turtle", header=LICENCE))
    return files


def _in_graph(quad: ox.Quad, start: str) -> bool:
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value.startswith(start)


def _read(path: Path) -> list[ox.Quad]:
    if not path.is_file():
        place = path.parent
        raise InputError(f"{place}: no {path.name} here: run 'spacegov build --out {place}' first")
    return parse_file(path)
