"""Validation of a change: only what differs from a git revision can have become wrong.

Shapes are asked again only about the nodes that the changed statements can affect (`affected.py`) and about
everything that the changed files speak of. Terms, checks and references cost little: they run over the whole
graph before and after, and what was there before counts only where it stands in a changed file.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from spacegov.errors import InputError, MissingPiece
from spacegov.resources import folder
from spacegov.validate.affected import affected
from spacegov.validate.checks import run_checks
from spacegov.validate.context import Background, Rules, Settings
from spacegov.validate.evaluate import Evaluator
from spacegov.validate.findings import Finding, sort_findings
from spacegov.validate.graph import Graph, Term
from spacegov.validate.inputs import ROWS, Loaded, SourceFile, find_files, load
from spacegov.validate.locate import place_findings
from spacegov.validate.pipeline import concerns, validate_paths
from spacegov.validate.reference_engine import reference_results
from spacegov.validate.references import check_references, dangling, undescribed
from spacegov.validate.report import Report
from spacegov.validate.shacl import Verdict, findings_of
from spacegov.validate.suspects import Suspects
from spacegov.validate.terms import Terms, unknown_terms


@dataclass(frozen=True, slots=True)
class Change:
    """The files of a run, and what they were."""

    unchanged: list[SourceFile]
    changed: list[SourceFile]
    old: Loaded
    """The changed and deleted files as they were."""


def validate_changed(paths: Iterable[Path], revision: str, settings: Settings | None = None) -> Report:
    """The findings that a change since a revision can have brought about, and all of the changed files.

    A change of the ontology, the shapes or the checks can affect everything: then everything is validated.

    Raises:
        InputError: there is no such revision, or the paths are in no git repository.
        MissingPiece: git is not installed.
    """
    settings = settings or Settings()
    files = find_files(paths)
    repository = Repository(files[0].path if files else Path(), revision)
    names = repository.changed()
    rows = any(file.ending == ROWS and file.path.resolve() in names for file in files)
    if rows or any(_holds(place, name) for place in _rule_places(settings) for name in names):
        return validate_paths(paths, settings)
    changed = [file for file in files if file.path.resolve() in names]
    gone = [name for name in sorted(names) if not name.exists() and any(_holds(p, name) for p in map(Path, paths))]
    unchanged = [file for file in files if file.path.resolve() not in names and file.ending != ROWS]
    old = repository.old([file.path.resolve() for file in changed] + gone)
    return validate_change(Change(unchanged, changed, old), settings)


def validate_change(change: Change, settings: Settings) -> Report:
    """The same for files whose old state is at hand."""
    rules = Rules(settings)
    base = load(change.unchanged)
    new = load(change.changed)
    everything = Loaded(base.store, [*base.files, *new.files], new.findings)
    store = base.store
    added = [quad for quad in new.store if quad not in store]
    removed = [quad for quad in change.old.store if quad not in store]
    differing = set(added) ^ set(removed)

    store.extend(added)
    behind = Background(settings).put_behind(everything)  # beside the new state, whose versions of shipped files count
    for quad in added:
        store.remove(quad)
    store.extend(removed)
    before = {finding.fingerprint for finding in _cheap(Graph(store), rules)}
    for quad in removed:
        store.remove(quad)
    store.extend(added)
    data = Graph(store)

    verdict = _judge(data, rules, differing, {term for quad in new.store for term in (quad.subject, quad.object)})
    found = [*new.findings, *_cheap(data, rules), *findings_of(verdict, data, rules.shapes)]
    names = {str(file.path) for file in change.changed}
    placed = place_findings(found, everything.files)
    new_or_near = [f for f in placed if f.stage == "shapes" or f.file in names or f.fingerprint not in before]
    kept = [finding for finding in new_or_near if concerns(finding, everything, behind)]
    return Report(
        findings=sort_findings(kept),
        files=change.changed,
        statements=sum(file.statements for file in change.changed),
        shapes=len(rules.shapes.roots),
        matched=verdict.matched,
        checks=len(rules.checks),
    )


def _cheap(data: Graph, rules: Rules) -> Iterator[Finding]:
    """What costs little over the whole graph."""
    yield from unknown_terms(data, Terms(rules.vocabulary))
    yield from run_checks(data, rules.checks)
    yield from check_references(data)
    yield from dangling(undescribed(data), data)


def _judge(data: Graph, rules: Rules, differing: set[ox.Quad], spoken_of: set[Term]) -> Verdict:
    verdict = Verdict()
    evaluator, suspects = Evaluator(data, rules.shapes), Suspects(data, rules.shapes)
    foreign: set[Term] = set()
    for root in rules.shapes.roots:
        if any(shape.foreign for shape in rules.shapes.below(root)):
            foreign.add(root.node)  # what only pySHACL has is judged whole
            continue
        reached = affected(data, rules.shapes, root, differing)
        if reached is None:
            nodes = suspects.find(root, evaluator.targets)
        else:
            reached |= spoken_of
            nodes = [node for node in sorted(reached, key=str) if evaluator.is_target(root, node)]
        verdict.matched += bool(nodes)
        for node in nodes:
            verdict.results += evaluator.results(root, node)
    if foreign:
        verdict.matched += len(foreign)
        verdict.results += reference_results(data, rules.shapes, only=foreign)
    return verdict


def _rule_places(settings: Settings) -> list[Path]:
    return [
        settings.ontology or folder("ontology"),
        settings.shapes or folder("shapes"),
        settings.checks or folder("queries") / "checks",
        *settings.packs,
    ]


def _holds(place: Path, name: Path) -> bool:
    return name.is_relative_to(place.resolve())


class Repository:
    """The git repository around a file, and one revision of it."""

    def __init__(self, path: Path, revision: str) -> None:
        self._place = path.resolve().parent
        if revision.startswith("-"):
            raise InputError(f"--changed-only {revision}: not a revision")
        self.root = Path(self._git("rev-parse", "--show-toplevel").strip())
        self.revision = self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()

    def _git(self, *arguments: str) -> str:
        try:
            done = subprocess.run(
                ["git", "-C", str(self._place), *arguments], capture_output=True, text=True, check=False
            )
        except FileNotFoundError as error:
            raise MissingPiece("--changed-only needs git, which is not installed") from error
        if done.returncode:
            reason = done.stderr.strip().splitlines()[-1:] or ["no such revision"]
            raise InputError(f"--changed-only: git {arguments[0]} failed in {self._place}: {reason[0]}")
        return done.stdout

    def changed(self) -> set[Path]:
        """The files that differ from the revision, new and deleted ones too."""
        listed = self._git("diff", "--name-only", "--no-renames", "-z", self.revision, "--", str(self.root))
        new = self._git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", str(self.root))
        return {self.root / name for name in (listed + new).split("\0") if name}

    def old(self, paths: list[Path]) -> Loaded:
        """Files as they were in the revision; those that were not there are left out."""
        with tempfile.TemporaryDirectory() as work:
            files = []
            for path in paths:
                name = path.relative_to(self.root).as_posix()
                try:
                    text = self._git("show", f"{self.revision}:{name}")
                except InputError:
                    continue  # it is new
                copy = Path(work) / name
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_text(text, encoding="utf-8")
                files.append(copy)
            found = [file for file in find_files(files) if file.ending != ROWS]
            return load(found, named={file.path: self.root / file.path.relative_to(work) for file in found})
