"""Files through all stages: syntax, terms, shapes, check queries, references; then their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.namespaces import ONTOLOGY_GRAPH, REFERENCE_GRAPH, SG
from spacegov.resources import folder
from spacegov.validate.checks import CheckQuery, load_checks, run_checks
from spacegov.validate.findings import Finding, sort_findings
from spacegov.validate.graph import Graph
from spacegov.validate.inputs import ROWS, Loaded, SourceFile, find_files, load
from spacegov.validate.locate import place_findings
from spacegov.validate.references import check_references
from spacegov.validate.report import Report
from spacegov.validate.rows import CHECKED, read_rows
from spacegov.validate.shacl import Engine, findings_of, has_target, judge, run_findings, shape_findings
from spacegov.validate.shapes import Shapes, read_shapes
from spacegov.validate.terms import Terms, unknown_terms


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


def default_paths() -> list[Path]:
    """What `spacegov validate` looks at when no path is given: the shipped data, and the built graph."""
    data = folder("data")
    found = [
        folder("ontology"),
        *(data / name for name in ("reference", "lexicon") if (data / name).is_dir()),
    ]
    here = Path.cwd()
    found = [path.relative_to(here) if path.is_relative_to(here) else path for path in found]
    built = Path("build") / "graph.trig"
    return [*found, built] if built.is_file() else found


def validate_paths(
    paths: Iterable[Path], settings: Settings | None = None, *, rules: Rules | None = None
) -> Report:
    """Everything that is wrong with files. Give `rules` where many runs share the settings.

    Raises:
        InputError: a path cannot be read, no statement was found, or no shape had a target: then nothing
            was checked, which must not pass for being right.
    """
    settings = settings or Settings()
    loaded = load(find_files(paths))
    rules = rules or Rules(settings)
    _add_rows(loaded, settings)
    given = Graph(loaded.store)
    findings = list(loaded.findings)
    if not loaded.statements and not findings:
        raise InputError(f"nothing to check: no statement in {_named(paths)}")
    findings += unknown_terms(given, Terms(rules.vocabulary))
    unmatched = [root for root in rules.shapes.roots if not has_target(given, root, rules.vocabulary)]
    matched = len(rules.shapes.roots) - len(unmatched)
    if not matched and not findings and rules.shapes.roots:
        raise InputError(
            f"nothing was checked: none of {len(rules.shapes.roots)} shapes has a target in {_named(paths)}"
        )
    behind = _add_background(loaded, settings, rules.vocabulary)
    given = Graph(loaded.store)  # anew: what was below which class may have changed
    findings += shape_findings(rules.shapes, rules.vocabulary, given)
    verdict = judge(given, rules.shapes, engine=settings.engine)
    verdict.unmatched = unmatched
    findings += findings_of(verdict, given, rules.shapes)
    findings += run_findings(verdict)
    findings += run_checks(given, rules.checks)
    findings += check_references(given, None, _texts(settings.texts))
    placed = place_findings(findings, [*loaded.files, *rules.files])
    kept = [finding for finding in placed if _concerns(finding, loaded, behind)]
    return Report(
        findings=sort_findings(kept),
        files=loaded.files,
        statements=loaded.statements,
        shapes=len(rules.shapes.roots),
        matched=matched,
        checks=len(rules.checks),
    )


class Rules:
    """Ontology, shapes and checks of a run."""

    def __init__(self, settings: Settings) -> None:
        self.files: list[SourceFile] = []
        self.vocabulary = Graph(self._read([settings.ontology or folder("ontology")]).store)
        places = [settings.shapes or folder("shapes")] if settings.own_rules else []
        shapes = self._read([*places, *settings.packs])
        if shapes.findings:
            first = shapes.findings[0]
            raise InputError(
                f"{first.file}:{first.line or 1}: the shapes are not well-formed: {first.message}"
            )
        self.shapes: Shapes = read_shapes(Graph(shapes.store))
        self.checks: list[CheckQuery] = []
        for place in [settings.checks or folder("queries") / "checks"] * settings.own_rules + [
            *settings.packs
        ]:
            self.checks += load_checks(place)
        if not self.shapes.roots and not self.checks:
            raise InputError("nothing to check against: no shape has a target, and there is no check query")

    def _read(self, places: list[Path]) -> Loaded:
        files = [file for file in find_files(places) if file.ending != ROWS]
        self.files += files
        return load(files)


def _named(paths: Iterable[Path]) -> str:
    return ", ".join(str(path) for path in paths) or "nothing"


def _add_rows(loaded: Loaded, settings: Settings) -> None:
    rows = [file for file in loaded.files if file.ending == ROWS]
    if not rows:
        return
    from spacegov.rdf.vocabulary import load_vocabulary  # rows only

    vocabulary = load_vocabulary(folder("data"), settings.ontology or folder("ontology"))
    for file in rows:
        loaded.store.bulk_extend(list(read_rows(file, vocabulary, loaded.findings)))


def _add_background(loaded: Loaded, settings: Settings, vocabulary: Graph) -> Graph:
    """Put the ontology and the shipped reference data beside the given files, and give them alone too.

    A shipped file of which half or more is described by the given files is left out: they hold another
    version of it, whose gaps it must not fill.
    """
    behind = Graph(ox.Store())
    sources: list[tuple[str, Iterable[ox.Quad]]] = [(ONTOLOGY_GRAPH, vocabulary.store)]
    if settings.background:
        files = find_files(
            place for place in (folder("data") / "reference", folder("data") / "lexicon") if place.is_dir()
        )
        given = {file.path.resolve() for file in loaded.files}
        sources += [
            (REFERENCE_GRAPH, load([file]).store) for file in files if file.path.resolve() not in given
        ]
    for name, quads in sources:
        listed = list(quads)
        subjects = {quad.subject for quad in listed}
        known = sum(
            next(iter(loaded.store.quads_for_pattern(s, None, None, None)), None) is not None
            for s in subjects
        )
        if 2 * known < len(subjects):
            graph = ox.NamedNode(name)
            behind.store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in listed)
    for quad in behind.store:
        if (
            next(iter(loaded.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)), None)
            is None
        ):
            loaded.store.add(quad)
    return behind


def _texts(place: Path | None) -> dict[str, str] | None:
    """Source texts by document: text files as they are, anything else as its reader gives it."""
    if place is None:
        return None
    from spacegov.sources import find_documents, read_document  # only where texts are given

    found: dict[str, str] = {}
    for path in find_documents([place]):
        document = read_document(path)
        found[document.metadata.doc] = document.source
    if not found:
        raise InputError(f"{place}: no text was found to look quotations up in")
    return found


def _concerns(finding: Finding, loaded: Loaded, behind: Graph) -> bool:
    """Whether a finding is about the given files, and complete enough to be told."""
    if finding.stage == "syntax" or finding.rule.startswith("SHP-"):
        return True
    if finding.file is None:
        return not finding.focus or not _is_behind(finding.focus, behind)
    broken = {str(file.path) for file in loaded.files if file.broken}
    if finding.file in broken and _says_missing(finding):
        return False  # what seems to be missing may stand where the parser could not read
    if any(str(file.path) == finding.file and file.ending == ROWS for file in loaded.files):
        return not finding.focus or (finding.focus.startswith(CHECKED) and finding.path != SG + "sourceHash")
    return True


def _says_missing(finding: Finding) -> bool:
    if finding.stage == "checks":
        return finding.value is None
    return (finding.component or "").endswith(
        (
            "#MinCountConstraintComponent",
            "#HasValueConstraintComponent",
            "#QualifiedMinCountConstraintComponent",
        )
    )


def _is_behind(focus: str, behind: Graph) -> bool:
    return not focus.startswith("_:") and behind.has(ox.NamedNode(focus), None, None)
