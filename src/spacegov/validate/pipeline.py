"""Files through all stages: syntax, terms, shapes, check queries, references; then their places."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from spacegov.errors import InputError
from spacegov.namespaces import SG
from spacegov.resources import folder
from spacegov.validate.checks import CheckQuery, run_checks
from spacegov.validate.context import Background, Behind, Rules, Settings
from spacegov.validate.findings import Finding, sort_findings
from spacegov.validate.graph import Graph
from spacegov.validate.inputs import ROWS, Loaded, find_files, load
from spacegov.validate.locate import is_about_shapes, place_findings
from spacegov.validate.references import check_references, dangling, undescribed
from spacegov.validate.report import Report
from spacegov.validate.rows import CHECKED, read_rows
from spacegov.validate.shacl import findings_of, has_target, judge, run_findings, shape_findings
from spacegov.validate.terms import Terms, unknown_terms


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
    paths: Iterable[Path],
    settings: Settings | None = None,
    *,
    rules: Rules | None = None,
    background: Background | None = None,
) -> Report:
    """Everything that is wrong with files. Give `rules` and `background` where runs share the settings.

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
    findings += rules.doubts
    if not rules.doubts:
        findings += unknown_terms(given, Terms(rules.vocabulary))
    unmatched = [root for root in rules.shapes.roots if not has_target(given, root, rules.vocabulary)]
    matched = len(rules.shapes.roots) - len(unmatched)
    if not matched and not findings and rules.shapes.roots:
        raise InputError(
            f"nothing was checked: none of {len(rules.shapes.roots)} shapes has a target in {_named(paths)}"
        )
    findings += check_references(given, _texts(settings.texts))
    mentions = undescribed(given)
    behind = (background or Background(settings)).put_behind(loaded)
    given = Graph(loaded.store)  # anew: what was below which class may have changed
    if not rules.doubts:
        findings += shape_findings(rules.shapes, rules.vocabulary, given)
    verdict = judge(given, rules.shapes, engine=settings.engine)
    verdict.unmatched = unmatched
    findings += findings_of(verdict, given, rules.shapes)
    findings += run_findings(verdict)
    findings += _fresh(run_checks(given, rules.checks), behind, rules.checks)
    findings += dangling(mentions, given)
    placed = place_findings(findings, loaded.files, shapes=rules.files)
    kept = [finding for finding in placed if concerns(finding, loaded, behind)]
    return Report(
        findings=sort_findings(kept),
        files=loaded.files,
        statements=loaded.statements,
        shapes=len(rules.shapes.roots),
        matched=matched,
        checks=len(rules.checks),
    )


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


def _fresh(found: Iterable[Finding], behind: Behind, checks: list[CheckQuery]) -> list[Finding]:
    """The findings of checks without those that the shipped data give by themselves."""
    listed = list(found)
    if not any(finding.focus in behind.subjects for finding in listed):
        return listed
    old = {finding.fingerprint for finding in run_checks(behind.alone(), checks)}
    return [finding for finding in listed if finding.fingerprint not in old]


def concerns(finding: Finding, loaded: Loaded, behind: Behind) -> bool:
    """Whether a finding is about the given files, and complete enough to be told."""
    if finding.stage == "syntax" or is_about_shapes(finding):
        return True
    if finding.stage != "checks" and finding.focus in behind.subjects:
        return False
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
