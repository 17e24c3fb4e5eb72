"""Files and folders as quads, and what is wrong with their syntax.

Turtle, TriG, N-Triples and N-Quads are parsed strictly. An error does not end the reading: the file is
taken up again at the next statement, and the other files are read as if nothing had happened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zlib import crc32

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.validate.canonical import rewritten
from spacegov.validate.findings import Finding
from spacegov.validate.json_ld import ForeignContext, bundled_contexts, with_contexts
from spacegov.validate.rules import BUILT_IN

FORMATS: Final = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}
ROWS: Final = ".jsonl"
ALIASES: Final = {".json": ".jsonld", ".xml": ".rdf", ".turtle": ".ttl", ".nquads": ".nq", ".ntriples": ".nt"}
"""Endings that are taken when a file is named, but not looked for in folders."""
_ROW: Final = {"doc", "holders", "act", "targets"}
"""Columns that every row of a stance has."""
_ALWAYS_BLANK: Final = (".rdf", ".owl", ".jsonld")
_QUOTED: Final = re.compile(rb'"[^"\n\\]*"')
"""Most strings, so that the brackets in them are not taken for blank nodes."""
_MAX_ERRORS: Final = 20
_DOCTYPE: Final = re.compile(r"<!\s*DOCTYPE", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_DIRECTIVE: Final = re.compile(r"^[ \t]*(?:@prefix|@base|PREFIX|BASE)\b[^\n]*", re.IGNORECASE | re.MULTILINE)
_BETWEEN: Final = re.compile(r"between (?:line \d+ column \d+ and line \d+ column \d+|columns \d+ and \d+)")


@dataclass(slots=True)
class SourceFile:
    """A file that was read."""

    path: Path
    ending: str
    """Its kind: one of FORMATS or ROWS."""
    broken: bool = False
    """Whether its syntax is wrong somewhere, so that its statements are not complete."""
    statements: int = 0


@dataclass(slots=True)
class Loaded:
    """What a run reads."""

    store: ox.Store
    files: list[SourceFile] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """Statements read from all files."""
        return sum(file.statements for file in self.files)


def find_files(paths: Iterable[Path]) -> list[SourceFile]:
    """The files of some paths, folders searched through, each once and in order.

    Raises:
        InputError: a path does not exist, or a named file is of a kind that is not read.
    """
    found: dict[Path, SourceFile] = {}
    for path in paths:
        if path.is_dir():
            for each in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
                if each.is_file() and not hidden and _is_read(each):
                    found.setdefault(each, SourceFile(each, each.suffix.lower()))
        elif path.is_file():
            ending = ALIASES.get(path.suffix.lower(), path.suffix.lower())
            if ending not in (*FORMATS, ROWS):
                known = " ".join(sorted((*FORMATS, *ALIASES, ROWS)))
                raise InputError(f"{path}: not a kind of file that is read (read are: {known})")
            found.setdefault(path, SourceFile(path, ending))
        else:
            raise InputError(f"{path}: no such file or folder")
    return list(found.values())


def _is_read(path: Path) -> bool:
    """Whether a file of a folder is read: by its ending, and rows only where they are rows of stances."""
    ending = path.suffix.lower()
    if ending != ROWS:
        return ending in FORMATS
    try:
        with path.open("rb") as stream:
            first = json.loads(stream.readline(1_000_000))
    except (OSError, ValueError):
        return False
    return isinstance(first, dict) and set(first) >= _ROW


def load(files: list[SourceFile], *, named: Mapping[Path, Path] | None = None) -> Loaded:
    """Read files into one store; rows are read by `rows.py`.

    `named` tells for a copy of a file which file it stands for: relative IRIs and blank nodes follow it.
    """
    loaded = Loaded(ox.Store(), files)
    for file in files:
        if file.ending != ROWS:
            name = (named or {}).get(file.path, file.path)
            quads = _counted(file, _quads(file, name, loaded.findings))
            loaded.store.bulk_extend(rewritten(quads, loaded.findings))
    return loaded


def read_quads(file: SourceFile) -> Iterator[ox.Quad]:
    """The statements of a file that is known to be well-formed."""
    return _quads(file, file.path, [])


def _counted(file: SourceFile, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        file.statements += 1
        yield quad


def _quads(file: SourceFile, name: Path, findings: list[Finding]) -> Iterator[ox.Quad]:
    try:
        data = file.path.read_bytes()
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        file.broken = True
        line = data.count(b"\n", 0, error.start) + 1
        findings.append(_syntax(file, "SYN-005", f"Byte {error.start} is not UTF-8 ({error.reason}).", line, 1))
        return
    except OSError as error:
        raise InputError(f"{file.path}: cannot be read ({error.strerror or error})") from error
    doctype = _DOCTYPE.search(_COMMENT.sub(lambda match: " " * len(match[0]), text))
    if file.ending in (".rdf", ".owl") and doctype is not None:
        file.broken = True
        line, column = line_and_column(text, doctype.start())
        findings.append(_syntax(file, "SYN-002", BUILT_IN["SYN-002"].message, line, column))
        return
    if file.ending == ".jsonld":
        try:
            data = with_contexts(text)
        except ForeignContext as error:
            findings += _foreign(file, text, error.addresses)
            return
        except json.JSONDecodeError as error:
            file.broken = True
            findings.append(_syntax(file, "SYN-001", f"Not JSON: {error.msg}.", error.lineno, error.colno))
            return
    bare = _QUOTED.sub(b"", data)
    may_be_blank = any(mark in bare for mark in (b"_:", b"[", b"(")) or file.ending in _ALWAYS_BLANK
    named = _Blanks(name.resolve()) if may_be_blank else None
    for quad in _parsed(file, name, data, text, findings):
        yield quad if named is None else named.quad(quad)


def _foreign(file: SourceFile, text: str, addresses: list[str]) -> Iterator[Finding]:
    file.broken = True
    for address in addresses:
        line, column = line_and_column(text, max(text.find(json.dumps(address)), 0))
        known = ", ".join(bundled_contexts())
        message = f"The context {address} would have to be fetched; bundled is {known}."
        yield _syntax(file, "SYN-003", message, line, column)


def _parsed(file: SourceFile, name: Path, data: bytes, text: str, findings: list[Finding]) -> Iterator[ox.Quad]:
    """The statements of a file, taken up again after each error where the format allows it."""
    form = FORMATS[file.ending]
    base = name.resolve().as_uri()
    prologue, skipped = b"", 0
    for _ in range(_MAX_ERRORS):
        try:
            yield from ox.parse(prologue + data, format=form, base_iri=base)
            return
        except SyntaxError as error:
            file.broken = True
            shift = skipped - prologue.count(b"\n")
            line = error.lineno + shift if error.lineno else None
            findings.append(_syntax(file, "SYN-001", _said(error), line, error.offset))
            after = _next_statement(file.ending, text, line)
        except ValueError as error:
            file.broken = True
            findings.append(_syntax(file, "SYN-001", str(error), None, None))
            return
        if after is None:
            return
        start = _offset_of_line(text, after)
        heads = [] if file.ending in (".nt", ".nq") else _DIRECTIVE.findall(text[:start])
        prologue = "".join(f"{head}\n" for head in heads).encode()
        data, skipped = text[start:].encode(), after - 1


def _said(error: SyntaxError) -> str:
    """The parser's words without its places, which the finding has."""
    words = re.sub(r"^Parser error (?:at|between) [^:]*: ", "", str(error.msg))
    words = _BETWEEN.sub("", words).strip()
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def _next_statement(ending: str, text: str, line: int | None) -> int | None:
    """The line at which reading can go on after an error: a new statement, or the next line of N-Quads."""
    if line is None or ending not in (".ttl", ".trig", ".nt", ".nq"):
        return None
    lines = text.split("\n")
    if ending in (".nt", ".nq"):
        return line + 1 if line < len(lines) else None
    if ending == ".trig" and "{" in text:
        return None  # the graph that the statement stands in would be lost
    ended = False
    for number in range(line - 1, len(lines)):
        here = lines[number]
        if not here.strip() or here.lstrip().startswith("#"):
            continue
        if ended and here[0] not in " \t];,.)}":
            return number + 1
        # the line of the error itself ends a statement too, unless it is where the next one began
        ended = here.rstrip().endswith(".")
    return None


def _offset_of_line(text: str, line: int) -> int:
    place = 0
    for _ in range(line - 1):
        place = text.index("\n", place) + 1
    return place


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """Line and column (from 1) of a place in a text."""
    start = text.rfind("\n", 0, place) + 1
    return text.count("\n", 0, place) + 1, place - start + 1


def _syntax(file: SourceFile, rule: str, message: str, line: int | None, column: int | None) -> Finding:
    card = BUILT_IN[rule]
    return Finding(
        rule=rule, severity=card.severity, focus="", message=message, why=card.why, fix=card.fix,
        file=str(file.path), line=line, column=column, stage="syntax",
    )  # fmt: skip


class _Blanks:
    """Labels for blank nodes that are the same in every run and differ from file to file."""

    def __init__(self, path: Path) -> None:
        here = Path.cwd()
        name = path.relative_to(here) if path.is_relative_to(here) else path
        self._number = f"{crc32(name.as_posix().encode()):x}"
        self._known: dict[str, ox.BlankNode] = {}

    def quad(self, quad: ox.Quad) -> ox.Quad:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(subject, ox.BlankNode):
            subject = self._named(subject)
        if isinstance(value, ox.BlankNode):
            value = self._named(value)
        if isinstance(graph, ox.BlankNode):
            graph = self._named(graph)
        return ox.Quad(subject, quad.predicate, value, graph)

    def _named(self, node: ox.BlankNode) -> ox.BlankNode:
        if node.value not in self._known:
            self._known[node.value] = ox.BlankNode(f"f{self._number}b{len(self._known)}")
        return self._known[node.value]
