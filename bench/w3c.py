"""The W3C suites against the engines of `spacegov validate`: a table of passes and of each difference.

    python bench/w3c.py --shacl DIR --rdf DIR [--markdown FILE]

DIR are checkouts of w3c/data-shapes (its `data-shapes-test-suite/tests`) and of w3c/rdf-tests
(`rdf/rdf11` or the older flat layout). Source distributions carry copies: pySHACL's has the first in
`test/resources/sht_tests`, rdflib's the second in `test/data/suites/w3c`; `make w3c` fetches both.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from spacegov.validate.graph import RDF_TYPE, Graph, Term, store_of, text_of
from spacegov.validate.paths import SH, PathError, read_path
from spacegov.validate.reference_engine import reference_results
from spacegov.validate.shacl import fast_results
from spacegov.validate.shape_reader import read_shapes
from spacegov.validate.shapes import sh

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
RDFT = "http://www.w3.org/ns/rdftest#"
Row = tuple[str, str, str, str, str, str]
KNOWN = {
    "uniqueLang-002": 'our store reads "1"^^xsd:boolean as true, which sh:uniqueLang is not to take for it',
    "rdfms-empty-property-elements-test003": "the parser refuses an empty XML literal",
    "rdfms-empty-property-elements-test009": "the parser refuses an empty XML literal",
}
"""Tests that are known to come out otherwise, and why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one test came out on one engine."""

    suite: str
    engine: str
    test: str
    passed: bool
    note: str = ""


def main() -> None:
    """Run what is at hand and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shacl", type=Path)
    parser.add_argument("--rdf", type=Path)
    parser.add_argument("--markdown", type=Path)
    given = parser.parse_args()
    outcomes: list[Outcome] = []
    if given.shacl:
        outcomes += shacl_suite(given.shacl)
    if given.rdf:
        outcomes += rdf_suites(given.rdf)
    if not outcomes:
        raise SystemExit("no test was found: give --shacl and --rdf the folders of the suites")
    table = render(outcomes)
    print(table)
    if given.markdown:
        given.markdown.write_text(table, encoding="utf-8")
    if any(not outcome.passed and outcome.test not in KNOWN for outcome in outcomes):
        raise SystemExit(1)


# --- SHACL -------------------------------------------------------------------------------------------


def shacl_suite(folder: Path) -> Iterator[Outcome]:
    """Every sht:Validate test of the core part, on both engines, compared result by result."""
    core = folder / "core" if (folder / "core").is_dir() else folder
    for path in sorted(core.glob("**/*.ttl")):
        graph = Graph(store_of(_read(path)))
        for test in sorted(graph.subjects(RDF_TYPE, ox.NamedNode(SHT + "Validate")), key=str):
            yield from _shacl_test(path, graph, test, suite=f"SHACL core/{path.parent.name}")


def _shacl_test(path: Path, graph: Graph, test: Term, *, suite: str) -> Iterator[Outcome]:
    name = path.stem
    action = graph.first(test, ox.NamedNode(MF + "action"))
    expected = graph.first(test, ox.NamedNode(MF + "result"))
    if action is None or expected is None:
        return
    data = _graph_named(graph.first(action, ox.NamedNode(SHT + "dataGraph")), path, graph)
    shapes = _graph_named(graph.first(action, ox.NamedNode(SHT + "shapesGraph")), path, graph)
    failure = expected == ox.NamedNode(SHT + "Failure")
    wanted = set() if failure else set(_expected(graph, expected))
    for engine, run in (("fast", fast_results), ("pySHACL", reference_results)):
        read = read_shapes(shapes)
        try:
            found: set[Row] = {
                (
                    text_of(r.focus), r.path or "", text_of(r.value) if r.value is not None else "",
                    r.constraint.component, r.shape.severity_iri, r.shape.iri or "",
                )
                for r in run(data, read)
            }  # fmt: skip
        except Exception as error:  # a suite goes on whatever one test does
            yield Outcome(suite, engine, name, failure, f"{type(error).__name__}: {str(error)[:80]}")
            continue
        if failure:
            yield Outcome(suite, engine, name, bool(read.problems), "a failure was expected")
            continue
        missing, extra = _without_blanks(wanted), _without_blanks(found)
        note = ""
        if missing != extra:
            note = f"missing {sorted(missing - extra)[:2]} extra {sorted(extra - missing)[:2]}"
        yield Outcome(suite, engine, name, missing == extra, note)


def _expected(graph: Graph, report: Term) -> Iterator[Row]:
    for result in graph.objects(report, sh("result")):

        def part(name: str, of: Term = result) -> Term | None:
            return graph.first(of, sh(name))

        path, value, shape = part("resultPath"), part("value"), part("sourceShape")
        component = part("sourceConstraintComponent")
        severity = part("resultSeverity")
        try:
            text = read_path(graph, path).text() if path is not None else ""
        except PathError:
            text = "?"
        focus = part("focusNode")
        yield (
            text_of(focus) if focus is not None else "",
            text,
            text_of(value) if value is not None else "",
            text_of(component).removeprefix(SH).removesuffix("ConstraintComponent") if component else "",
            text_of(severity) if severity else SH + "Violation",
            shape.value if isinstance(shape, ox.NamedNode) else "",
        )


def _without_blanks(rows: set[Row]) -> set[Row]:
    """Rows with blank nodes made alike, since each file read names them anew."""
    return {tuple("_:" if cell.startswith("_:") else cell for cell in row) for row in rows}  # type: ignore[misc]


def _graph_named(term: Term | None, path: Path, own: Graph) -> Graph:
    if term is None or not isinstance(term, ox.NamedNode) or term.value == path.resolve().as_uri():
        return own
    other = path.parent / term.value.rsplit("/", 1)[-1]
    return Graph(store_of(_read(other)))


def _read(path: Path) -> list[ox.Quad]:
    return list(ox.parse(path=path, base_iri=path.resolve().as_uri()))


# --- RDF syntaxes --------------------------------------------------------------------------------------

_FORMATS = {
    "Turtle": ox.RdfFormat.TURTLE, "Trig": ox.RdfFormat.TRIG, "NTriples": ox.RdfFormat.N_TRIPLES,
    "NQuads": ox.RdfFormat.N_QUADS, "XML": ox.RdfFormat.RDF_XML,
}  # fmt: skip


def rdf_suites(folder: Path) -> Iterator[Outcome]:
    """Positive and negative syntax tests and evaluations, read as `spacegov validate` reads files."""
    for manifest in sorted(folder.glob("**/manifest.ttl")):
        if {"rdf12", "n3"} & set(manifest.parts) or "sparql" in str(manifest):
            continue
        graph = Graph(store_of(_read(manifest)))
        tests = {
            (quad.subject, quad.object.value.removeprefix(RDFT))
            for quad in graph.store.quads_for_pattern(None, RDF_TYPE, None, None)
            if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(RDFT + "Test")
        }
        for test, kind in sorted(tests, key=str):
            if isinstance(test, ox.NamedNode):
                yield from _syntax_test(graph, manifest, test, kind)


def _syntax_test(graph: Graph, manifest: Path, test: ox.NamedNode, kind: str) -> Iterator[Outcome]:
    language = next((name for name in _FORMATS if kind.startswith(f"Test{name}")), None)
    action = graph.first(test, ox.NamedNode(MF + "action"))
    if language is None or not isinstance(action, ox.NamedNode):
        return
    path = manifest.parent / action.value.rsplit("/", 1)[-1]
    path = path if path.is_file() else Path(action.value.removeprefix("file://"))
    if not path.is_file():
        return
    stated = graph.first(ox.NamedNode(manifest.resolve().as_uri()), ox.NamedNode(MF + "assumedTestBase"))
    base = (
        text_of(stated) if stated else f"http://www.w3.org/2013/{language.replace('Trig', 'TriG')}Tests/"
    ) + path.name
    suite = f"RDF 1.1 {language}"
    negative = "Negative" in kind
    try:
        quads = list(ox.parse(path=path, format=_FORMATS[language], base_iri=base))
    except SyntaxError as error:
        yield Outcome(suite, "parser", test.value.rsplit("#", 1)[-1], negative, "" if negative else str(error)[:90])
        return
    passed, note = not negative, "accepted, though it is wrong" if negative else ""
    expected = graph.first(test, ox.NamedNode(MF + "result"))
    if passed and isinstance(expected, ox.NamedNode):
        answer = manifest.parent / expected.value.rsplit("/", 1)[-1]
        if answer.is_file():
            # lenient: the suite's answers hold IRIs that RFC 3987 does not allow
            wanted = list(ox.parse(path=answer, base_iri=base, lenient=True))
            passed = _canonical(quads) == _canonical(wanted)
            note = "" if passed else "other triples than the suite's"
    yield Outcome(suite, "parser", test.value.rsplit("#", 1)[-1], passed, note)


def _canonical(quads: list[ox.Quad]) -> ox.Dataset:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


# --- the table -------------------------------------------------------------------------------------------


def render(outcomes: list[Outcome]) -> str:
    """Passes for each suite and engine, then every difference in a line."""
    lines = ["| suite | engine | passed | of |", "| --- | --- | ---: | ---: |"]
    keys = sorted({(outcome.suite, outcome.engine) for outcome in outcomes})
    for suite, engine in keys:
        mine = [o for o in outcomes if (o.suite, o.engine) == (suite, engine)]
        lines.append(f"| {suite} | {engine} | {sum(o.passed for o in mine)} | {len(mine)} |")
    failed = [o for o in outcomes if not o.passed]
    lines += ["", f"Differences ({len(failed)}):", ""]
    lines += [f"* {o.suite}, {o.engine}, `{o.test}`: {KNOWN.get(o.test, f'not known: {o.note}')}" for o in failed]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
