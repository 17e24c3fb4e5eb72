"""Findings with their places: which file says it, in which line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacegov.namespaces import slug
from spacegov.validate.findings import Finding
from spacegov.validate.inputs import ROWS, SourceFile, line_and_column
from spacegov.validate.positions import Place, Statement, statements, statements_about

_IRI = re.compile(r"<([^>]*)>")
_TEXT_RDF = (".ttl", ".trig", ".nt", ".nq")


def place_findings(
    findings: Iterable[Finding], files: Iterable[SourceFile], *, shapes: Iterable[SourceFile] = ()
) -> list[Finding]:
    """The findings with file, line and column where their focus, or their statement, is found.

    Where a value is wrong, that is the value's place; where a property stands too often, its last; where
    something is missing, the focus node's first statement. Findings about shapes are looked for in `shapes`.
    """
    listed = list(findings)
    about_shapes = [finding for finding in listed if is_about_shapes(finding)]
    others = [finding for finding in listed if not is_about_shapes(finding)]
    return [*_placed(others, files), *_placed(about_shapes, shapes)]


def is_about_shapes(finding: Finding) -> bool:
    """Whether a finding blames a shape, and no data."""
    return finding.stage == "shapes" and finding.rule.startswith(("SHP-", "TRM-"))


def _placed(result: list[Finding], files: Iterable[SourceFile]) -> list[Finding]:
    wanted = {finding.focus for finding in result if finding.file is None and finding.focus}
    if not wanted:
        return result
    index = _Index(wanted)
    listed = list(files)
    for file in listed:
        index.read(file, quick=True)
    if index.missing:
        for file in listed:
            index.read(file, quick=False)
    return [index.placed(finding) if finding.file is None else finding for finding in result]


class _Index:
    """The statements about some subjects, by file."""

    def __init__(self, subjects: set[str]) -> None:
        self._subjects = subjects
        self._ends = {_end(subject): subject for subject in subjects}
        self._about: dict[str, list[tuple[str, Statement]]] = {}
        self._mentions: dict[str, tuple[str, Place]] = {}

    @property
    def missing(self) -> set[str]:
        """The subjects that no statement was found about."""
        return {subject for subject in self._subjects if subject not in self._about}

    def read(self, file: SourceFile, *, quick: bool) -> None:
        """Note the statements of a file that matter; the quick way misses unusual layouts."""
        subjects = self._subjects if quick else self.missing
        ends = [end for end, subject in self._ends.items() if subject in subjects]
        try:
            with file.path.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
        except (OSError, UnicodeDecodeError):
            return
        blank = any(subject.startswith("_:") for subject in subjects)
        if not blank and not any(end in text for end in ends):
            return
        if file.ending in _TEXT_RDF:
            self._read_statements(file, text, subjects, quick=quick)
        elif quick:
            self._read_mentions(file, text)

    def _read_statements(self, file: SourceFile, text: str, subjects: set[str], *, quick: bool) -> None:
        name = str(file.path)
        for statement in _relevant(file, text, subjects, quick=quick):
            if statement.subject in subjects:
                self._about.setdefault(statement.subject, []).append((name, statement))
            if statement.object in subjects:
                self._mentions.setdefault(statement.object, (name, statement.at[2]))
            if statement.subject.startswith("_:"):
                self._about.setdefault("_:", []).append((name, statement))

    def _read_mentions(self, file: SourceFile, text: str) -> None:
        """JSON-LD, RDF/XML and rows: the first line that names the thing."""
        for end, subject in self._ends.items():
            needle = slug(subject) if file.ending == ROWS else end
            place = text.find(f'"{needle}"') if file.ending == ROWS else text.find(needle)
            if place >= 0:
                self._mentions.setdefault(subject, (str(file.path), Place(*line_and_column(text, place))))

    def placed(self, finding: Finding) -> Finding:
        """The finding with its place, or as it was where none is found."""
        if not finding.focus:
            return finding
        found = self._find(finding)
        if found is None:
            return finding
        file, place = found
        return replace(finding, file=file, line=place.line, column=place.column)

    def _find(self, finding: Finding) -> tuple[str, Place] | None:
        about = self._about.get("_:" if finding.focus.startswith("_:") else finding.focus, [])
        path = finding.path or ""
        first = path if ":" in path and not path.startswith(("<", "(", "^")) else _first_predicate(path)
        on_path = [(file, s) for file, s in about if s.predicate == first]
        for file, statement in on_path:
            if finding.value is not None and statement.object == finding.value:
                return file, statement.at[2]
        if finding.focus.startswith("_:"):
            return None
        if on_path:
            # the last one: where a property stands too often, that is the one that came too much
            file, statement = on_path[-1] if finding.value is None else on_path[0]
            return file, statement.at[1]
        for file, statement in about:
            if finding.value is not None and statement.object == finding.value:
                return file, statement.at[2]
        if about:
            return about[0][0], about[0][1].at[0]
        return self._mentions.get(finding.focus)


def _relevant(file: SourceFile, text: str, subjects: set[str], *, quick: bool) -> Iterator[Statement]:
    """The statements of a file; of a line-based one only the lines that name a subject."""
    if file.ending not in (".nt", ".nq"):
        base = file.path.resolve().as_uri()
        yield from statements_about(text, subjects, base=base) if quick else statements(text, base=base)
        return
    for number, line in enumerate(text.split("\n"), 1):
        match = _IRI.match(line.lstrip())
        if (match and match[1] in subjects) or (not match and line.lstrip().startswith("_:")):
            for statement in statements(line):
                at = tuple(Place(number, place.column) for place in statement.at)
                yield replace(statement, at=at)  # type: ignore[arg-type]


def _end(iri: str) -> str:
    """The part of an IRI that stands in a file whatever its prefixes are."""
    rest = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    # a prefix may end inside the last segment only in theory; escapes of local names do occur
    return re.split(r"[^\w-]", rest)[-1] or rest


def _first_predicate(path: str) -> str:
    if path.startswith("^"):
        return ""
    match = _IRI.search(path)
    return match[1] if match else path
