"""What a run is checked against: ontology, shapes, checks, and the shipped data behind the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.namespaces import ONTOLOGY_GRAPH, PREFIXES, REFERENCE_GRAPH
from spacegov.resources import folder
from spacegov.validate.checks import CheckQuery, load_checks
from spacegov.validate.graph import Graph, store_of, text_of
from spacegov.validate.inputs import ROWS, Loaded, SourceFile, find_files, load, read_quads
from spacegov.validate.shacl import Engine
from spacegov.validate.shape_reader import read_shapes
from spacegov.validate.shapes import Shapes

_OTHER_NAMES = PREFIXES["skos"] + "altLabel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a run is checked against. Absent folders are the shipped ones."""

    packs: tuple[Path, ...] = ()
    """Folders or files of shapes and check queries (*.rq) of others, beside ours."""
    own_rules: bool = True
    """False leaves our shapes and checks out, so that only the packs count."""
    background: bool = True
    """Whether the shipped reference data may be referred to."""
    texts: Path | None = None
    """Folder of source texts; quotations are looked up in them."""
    engine: Engine = "fast"
    shapes: Path | None = None
    ontology: Path | None = None
    checks: Path | None = None


class Rules:
    """Ontology, shapes and checks of a run."""

    def __init__(self, settings: Settings) -> None:
        self.files: list[SourceFile] = []
        """The files of the shapes, where findings about shapes have their places."""
        ontology = self._read([settings.ontology or folder("ontology")])
        self.vocabulary = Graph(ontology.store)
        self.doubts = ontology.findings
        """What is wrong with the syntax of the ontology: terms may be defined where nothing could be read."""
        places = [settings.shapes or folder("shapes")] if settings.own_rules else []
        shapes = self._read([*places, *settings.packs])
        self.files += shapes.files
        if shapes.findings:
            first = shapes.findings[0]
            raise InputError(f"{first.file}:{first.line or 1}: the shapes are not well-formed: {first.message}")
        self.shapes: Shapes = read_shapes(Graph(shapes.store))
        self.checks: list[CheckQuery] = []
        for place in [settings.checks or folder("queries") / "checks"] * settings.own_rules + [*settings.packs]:
            self.checks += load_checks(place)
        if not self.shapes.roots and not self.checks:
            raise InputError("nothing to check against: no shape has a target, and there is no check query")

    def _read(self, places: list[Path]) -> Loaded:
        files = [file for file in find_files(places) if file.ending != ROWS]
        return load(files)


@dataclass(frozen=True, slots=True)
class Source:
    """One shipped file."""

    path: Path
    quads: tuple[ox.Quad, ...]


class Background:
    """The shipped ontology and reference data, which given files may refer to."""

    def __init__(self, settings: Settings, *, lean: bool = False) -> None:
        """Read the files once; `lean` leaves other names out, whose comparison takes most of a small run."""
        places = [(ONTOLOGY_GRAPH, settings.ontology or folder("ontology"))]
        if settings.background:
            data = folder("data")
            places += [(REFERENCE_GRAPH, data / name) for name in ("reference", "lexicon")]
        self.sources = [
            Source(file.path.resolve(), tuple(_named(file, ox.NamedNode(graph), lean=lean)))
            for graph, place in places
            if place.exists()
            for file in find_files([place])
        ]

    def put_behind(self, loaded: Loaded) -> Behind:
        """Put what the given files do not describe themselves beside them, and tell what that was.

        A shipped file of which half or more is described by the given files is left out: they hold another
        version of it, whose gaps it must not fill.
        """
        behind = Behind()
        given = {file.path.resolve() for file in loaded.files}
        for source in self.sources:
            if source.path in given:
                continue
            subjects = {quad.subject for quad in source.quads}
            known = {subject for subject in subjects if _describes(loaded.store, subject)}
            if 2 * len(known) >= len(subjects):
                continue
            behind.sources.append(source)
            behind.subjects |= {text_of(subject) for subject in subjects - known}
            loaded.store.bulk_extend(
                quad for quad in source.quads if quad.subject not in known or not _states(loaded.store, quad)
            )
        return behind


@dataclass(slots=True)
class Behind:
    """The shipped data that were put behind the given files."""

    sources: list[Source] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    """The things that only they describe, and no given file."""

    def alone(self) -> Graph:
        """The shipped data without the given files."""
        return Graph(store_of(quad for source in self.sources for quad in source.quads))


_TYPE: Final = ox.NamedNode(f"{PREFIXES['rdf']}type")


def _describes(store: ox.Store, subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> bool:
    """Whether given files say what a thing is; those that only add to it (cues of a topic) are no version of it."""
    return next(iter(store.quads_for_pattern(subject, _TYPE, None, None)), None) is not None


def _states(store: ox.Store, quad: ox.Quad) -> bool:
    return next(iter(store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)), None) is not None


def _named(file: SourceFile, graph: ox.NamedNode, *, lean: bool) -> Iterator[ox.Quad]:
    for quad in read_quads(file):
        if not (lean and quad.predicate.value == _OTHER_NAMES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
