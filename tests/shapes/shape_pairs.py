"""Good and bad files for each rule: reading them, and asking pySHACL and the check queries about them.

A file `RULE-ID--case.ttl` under `invalid/` begins with what it must bring about, one line each:

    # expect: ex:s1 sgsh:Stance-isEvidencedBy sh:MinCountConstraintComponent sh:Violation
    # expect: ex:s1 DIP-019 query sh:Violation

and its twin of the same name under `valid/` with `# expect: nothing`. Each file has a namespace of its
own (`ex:` ends with the file's name), so that all files can be judged in one go and still be told apart.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = ROOT / "tests" / "shapes"
SG = "https://w3id.org/spacegov/ontology#"
SGSH = rdflib.Namespace("https://w3id.org/spacegov/shapes#")
EXAMPLE = "https://example.org/"
CORE = str(SH)
QUERY = "query"
"""Stands where a shape's finding has its constraint component."""

logging.getLogger("pyshacl").setLevel(logging.CRITICAL)
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, order=True)
class Expectation:
    """One finding, in the words of an `# expect:` line."""

    focus: str
    rule: str
    """'sgsh:…' for a shape, the rule id for a check query."""
    component: str
    severity: str


@dataclass(frozen=True, slots=True)
class Case:
    """One file of a pair."""

    path: Path
    expected: frozenset[Expectation]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def rule(self) -> str:
        return self.name.split("--")[0]

    @property
    def namespace(self) -> str:
        return f"{EXAMPLE}{self.name}#"

    def quads(self) -> list[ox.Quad]:
        return list(ox.parse(path=str(self.path)))


def read_case(path: Path) -> Case:
    """A file with what its first lines expect."""
    expected = set()
    lines = path.read_text(encoding="utf-8").splitlines()
    announced = [line.removeprefix("# expect: ") for line in lines if line.startswith("# expect: ")]
    if not announced:
        raise ValueError(f"{path}: no '# expect:' line")
    for words in announced:
        if words != "nothing":
            focus, rule, component, severity = words.split()
            expected.add(Expectation(focus, rule, component, severity))
    return Case(path, frozenset(expected))


def cases(kind: str) -> list[Case]:
    """All files of `valid` or `invalid`, by name."""
    found = [*(PAIRS / kind).glob("*.ttl"), *(PAIRS / kind).glob("*.trig")]
    return [read_case(path) for path in sorted(found)]


# --- shapes ------------------------------------------------------------------------------------------------


def shapes_graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


def ontology_classes() -> rdflib.Graph:
    """The class hierarchy: all of the ontology that sh:class looks at (the rest would only cost time)."""
    whole, kept = rdflib.Graph(), rdflib.Graph()
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        whole.parse(path)
    for cls in whole.subjects(RDF.type, OWL.Class):
        kept.add((cls, RDF.type, OWL.Class))
    for triple in whole.triples((None, RDFS.subClassOf, None)):
        kept.add(triple)
    return kept


def merged(files: Iterable[Case]) -> rdflib.Graph:
    """All files in one graph; their namespaces keep them apart."""
    graph = rdflib.Graph()
    for case in files:
        triples = (quad.triple for quad in case.quads())
        graph.parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    return graph


def shape_findings(data: rdflib.Graph, shapes: rdflib.Graph, ontology: rdflib.Graph) -> dict[str, set[Expectation]]:
    """What pySHACL finds, by the name of the file that each focus node comes from.

    A blank node tells no file: its findings stand under '_:'. Focus nodes outside example.org
    (terms of the ontology) stand under ''.
    """
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes, ont_graph=ontology, inference="none", advanced=False, inplace=False
    )
    found: dict[str, set[Expectation]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        if (None, SH.detail, result) in report:
            continue
        focus = report.value(result, SH.focusNode)
        component = report.value(result, SH.sourceConstraintComponent)
        name, local = _place(focus)
        found.setdefault(name, set()).add(
            Expectation(
                local,
                "sgsh:" + str(report.value(result, SH.sourceShape)).removeprefix(str(SGSH)),
                "sh:" + str(component).removeprefix(CORE),
                "sh:" + str(report.value(result, SH.resultSeverity)).removeprefix(CORE),
            )
        )
    return found


def _place(focus: object) -> tuple[str, str]:
    if isinstance(focus, rdflib.BNode | ox.BlankNode):
        return "_:", "_:"
    iri = focus.value if isinstance(focus, ox.NamedNode) else str(focus)
    if iri.startswith(EXAMPLE):
        name, _, local = iri.removeprefix(EXAMPLE).partition("#")
        return name, f"ex:{local}"
    return "", "sg:" + iri.removeprefix(SG) if iri.startswith(SG) else f"<{iri}>"


# --- check queries -----------------------------------------------------------------------------------------

_HEADER = re.compile(r"^# ([a-z]+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Check:
    """A check query with its card."""

    path: Path
    text: str
    card: dict[str, str]

    @property
    def id(self) -> str:
        return self.card["id"]

    @property
    def severity(self) -> str:
        return "sh:" + self.card["severity"].capitalize()


def checks() -> list[Check]:
    """All check queries, by file name."""
    found = []
    for path in sorted((ROOT / "queries" / "checks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found.append(Check(path, text, dict(_HEADER.findall(text))))
    return found


def ontology_axioms() -> list[ox.Quad]:
    """The ontology without its topics and labels, as the check queries see it."""
    graph = ox.NamedNode("https://w3id.org/spacegov/graph/ontology")
    quads = []
    for path in sorted((ROOT / "ontology").glob("*.ttl")):
        if path.stem not in ("topics", "acts"):
            quads += [ox.Quad(q.subject, q.predicate, q.object, graph) for q in ox.parse(path=str(path))]
    return quads


class Checker:
    """One store with the ontology in it, into which one file after the other is put."""

    def __init__(self, queries: Iterable[Check]) -> None:
        self.store = ox.Store()
        self.store.extend(ontology_axioms())
        self.queries = list(queries)

    def findings(self, case: Case) -> set[Expectation]:
        """What the check queries find in a file."""
        quads = [quad for quad in case.quads() if quad not in self.store]
        self.store.extend(quads)
        text = case.path.read_text(encoding="utf-8")
        about_ontologies = "owl:" in text or "skos:ConceptScheme" in text
        try:
            return set(self._run(about_ontologies=about_ontologies))
        finally:
            for quad in quads:
                self.store.remove(quad)

    def _run(self, *, about_ontologies: bool) -> Iterator[Expectation]:
        for check in self.queries:
            if "owl:" in check.text and not about_ontologies:
                continue  # these scan the whole ontology and cannot concern a file without axioms
            rows = self.store.query(check.text, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions), check.path
            for row in rows:
                yield Expectation(_place(row["focus"])[1], check.id, QUERY, check.severity)
