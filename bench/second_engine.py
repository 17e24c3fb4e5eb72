"""A second SHACL engine on our own shapes: what it and `spacegov validate` say of the same files.

    python bench/second_engine.py [FILE or FOLDER …] [--markdown FILE]

Without paths: the good and bad files of `tests/shapes` and the shipped reference data. The second engine is
pyrudof, made by other people in another language (`make second-engine` installs it; it is no dependency).
Every disagreement is printed; the known ones, each with its reason, stand in `KNOWN`, and any other fails.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from spacegov.resources import folder
from spacegov.validate.graph import Graph, store_of, text_of
from spacegov.validate.inputs import find_files, load
from spacegov.validate.paths import SH
from spacegov.validate.run import read_folder
from spacegov.validate.shacl import judge
from spacegov.validate.shape_reader import read_shapes
from spacegov.validate.shapes import Shapes

Row = tuple[str, str, str]
"""Focus node, constraint component, shape ('' for an anonymous one)."""
KNOWN = (
    (
        re.compile(r"only ours: .* sh:Datatype"),
        "pyrudof asks for the datatype's name only: '2020-02-30' passes for a date",
    ),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One result that only one side has."""

    file: str
    side: str
    row: Row

    def __str__(self) -> str:
        focus, component, shape = self.row
        return f"{self.file}: only {self.side}: {focus} sh:{component} {shape}"

    @property
    def reason(self) -> str:
        """Why it is known, or ''."""
        return next((reason for pattern, reason in KNOWN if pattern.search(str(self))), "")


def ours(data: Graph, shapes: Shapes) -> set[Row]:
    """What our engine finds."""
    return {(_plain(text_of(r.focus)), r.constraint.component, r.shape.iri or "") for r in judge(data, shapes).results}


def theirs(turtle: str, shapes: str) -> set[Row]:
    """What pyrudof finds."""
    from pyrudof import RDFFormat, ResultShaclValidationFormat, Rudof, RudofConfig, ShaclFormat

    engine = Rudof(RudofConfig())
    engine.read_data(turtle, format=RDFFormat.NTriples)
    engine.read_shacl(shapes, format=ShaclFormat.NTriples)
    engine.validate_shacl()
    report = engine.serialize_shacl_validation_results(format=ResultShaclValidationFormat.NTriples)
    return set(_rows(report))


def _rows(report: str) -> Iterable[Row]:
    graph = Graph(store_of(ox.parse(report, format=ox.RdfFormat.N_TRIPLES)))
    sh = {name: ox.NamedNode(SH + name) for name in ("focusNode", "sourceConstraintComponent", "sourceShape")}
    # the results of the report itself: the reasons inside a result (sh:detail) are ValidationResults too
    for result in {
        quad.object for quad in graph.store.quads_for_pattern(None, ox.NamedNode(SH + "result"), None, None)
    }:
        focus, component, shape = (graph.first(result, predicate) for predicate in sh.values())
        yield (
            _plain(text_of(focus)) if focus else "",
            text_of(component).removeprefix(SH).removesuffix("ConstraintComponent") if component else "",
            shape.value if isinstance(shape, ox.NamedNode) else "",
        )


def _plain(focus: str) -> str:
    return "_:" if focus.startswith("_:") else focus


def compare(groups: Mapping[str, list[Path]]) -> tuple[int, int, list[Difference]]:
    """(files, results of ours, differences); the files of a group are judged as one graph."""
    ontology, shape_quads = read_folder(folder("ontology")), read_folder(folder("shapes"))
    shapes = read_shapes(Graph(store_of(shape_quads)))
    written = _n_triples(shape_quads)
    results, differences = 0, []
    for name, paths in groups.items():
        quads = [*load(find_files(paths)).store, *ontology]
        mine, other = ours(Graph(store_of(quads)), shapes), theirs(_n_triples(quads), written)
        results += len(mine)
        differences += [Difference(name, "ours", row) for row in sorted(mine - other)]
        differences += [Difference(name, "pyrudof's", row) for row in sorted(other - mine)]
    return sum(map(len, groups.values())), results, differences


def _n_triples(quads: Iterable[ox.Quad]) -> str:
    triples = (quad.triple for quad in quads)
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def default_groups() -> dict[str, list[Path]]:
    """The good and bad files, each of which has a namespace of its own, and the reference data."""
    root = Path(__file__).resolve().parent.parent
    return {
        "tests/shapes": sorted((root / "tests" / "shapes").glob("*/*.ttl")),
        "data/reference": sorted((root / "data" / "reference").glob("*.ttl")),
    }


def main() -> None:
    """Compare and print; fail where a difference is not known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="*")
    given = parser.parse_args()
    try:
        import pyrudof  # noqa: F401 (asked for early, so that the message is a plain one)
    except ImportError:
        print("pyrudof is not installed: make second-engine installs it", file=sys.stderr)
        raise SystemExit(3) from None
    groups = {str(path): sorted(path.glob("**/*.ttl")) if path.is_dir() else [path] for path in given.paths}
    files, results, differences = compare(groups or default_groups())
    unknown = [difference for difference in differences if not difference.reason]
    print(f"{files} files, {results} results: {len(differences)} differences, {len(unknown)} of them unexplained")
    for difference in differences:
        print(f"* {difference} ({difference.reason or 'unexplained'})")
    raise SystemExit(1 if unknown else 0)


if __name__ == "__main__":
    main()
