"""RDF files in and out: read with line and column, written so that the same quads give the same bytes.

`parse_file` reads whatever RDF people hand in, `serialize` writes what we hand out: sorted, one
predicate a line, literals in canonical form. The writer is our own because stores dump in no stable
order, and because a diff of one fact shall be one line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

from spacegov.errors import InputError
from spacegov.namespaces import ID, KINDS, PREFIXES

Format = Literal["turtle", "trig", "nquads", "ntriples"]

FORMATS: Final[Mapping[str, ox.RdfFormat]] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
ALL_PREFIXES: Final[Mapping[str, str]] = {kind: f"{ID}{kind}/" for kind in KINDS} | PREFIXES
"""The prefixes of `namespaces` and one for each kind of thing: `forum:cd`, `vote:a-res-75-36`."""

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = ox.NamedNode(PREFIXES["rdf"] + "type")
_LOCAL: Final = re.compile(
    r"(?:[A-Za-z0-9_:]|%[0-9A-F]{2})(?:(?:[A-Za-z0-9_:.-]|%[0-9A-F]{2})*(?:[A-Za-z0-9_:-]|%[0-9A-F]{2}))?"
)
_PLACE: Final = re.compile(r"^Parser error (?:at|between) .*?: ", re.DOTALL)
_INTEGERS: Final = frozenset(_XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger"))
_BARE: Final = {
    _XSD + "integer": re.compile(r"-?[0-9]+"),
    _XSD + "decimal": re.compile(r"-?[0-9]*\.[0-9]+"),
    _XSD + "boolean": re.compile(r"true|false"),
}


# --- reading -----------------------------------------------------------------------------------------


def parse_file(path: Path) -> list[ox.Quad]:
    """The quads of an RDF file, its format told by the ending of its name.

    Raises:
        InputError: the file cannot be read, has another ending, or breaks the syntax (with line and column).
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"{path}: no RDF format has the ending '{path.suffix}'; use {', '.join(FORMATS)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from None
    return parse_bytes(data, form, name=str(path))


def parse_bytes(data: bytes, form: ox.RdfFormat, *, name: str = "<input>") -> list[ox.Quad]:
    """The quads of a text in one format; nothing is fetched from elsewhere.

    Raises:
        InputError: the text breaks the syntax, or is RDF/XML with a document type.

    >>> parse_bytes(b"<a> .", ox.RdfFormat.TURTLE)
    Traceback (most recent call last):
    spacegov.errors.InputError: <input>:1:1: not Turtle: No scheme found in an absolute IRI; mend this line
    """
    if form == ox.RdfFormat.RDF_XML:
        _refuse_document_type(data, name)
    try:
        return list(ox.parse(data, format=form))
    except SyntaxError as error:
        place = f"{name}:{error.lineno}:{error.offset}" if error.lineno else name
        message = " ".join(_PLACE.sub("", error.msg or "").split())
        if "LoadDocumentCallback" in message:
            message = "its @context lies on another server and is not fetched; write the context into the file"
        else:
            message += "; mend this line" if error.lineno else ""
        raise InputError(f"{place}: not {form.name}: {message}") from None
    except ValueError as error:
        raise InputError(f"{name}: not {form.name}: {' '.join(str(error).split())}") from None


def _refuse_document_type(data: bytes, name: str) -> None:
    # entities defined in a document type can grow without end, and both parsers would follow them;
    # in UTF-16 the words are not found, so that encoding is refused as well
    if b"\0" in data:
        raise InputError(f"{name}: RDF/XML is read in UTF-8 only; convert the file")
    at = data.find(b"<!DOCTYPE")
    if at >= 0:
        line = data.count(b"\n", 0, at) + 1
        raise InputError(f"{name}:{line}: RDF/XML with a DOCTYPE is not read; remove it and write IRIs in full")


# --- writing -----------------------------------------------------------------------------------------


def serialize(
    quads: Iterable[ox.Quad],
    form: Format = "turtle",
    prefixes: Mapping[str, str] = ALL_PREFIXES,
    *,
    header: str = "",
) -> bytes:
    """The quads as text in UTF-8, sorted: the same quads give the same bytes.

    Subjects are sorted, rdf:type comes first among the predicates, the rest and the objects are sorted.
    Turtle and N-Triples leave the names of graphs out. Only the prefixes that occur are declared.

    Args:
        header: comment for the first line, such as a licence.

    >>> fact = ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("1.50", datatype=
    ...     ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")))
    >>> print(serialize([fact], prefixes={"e": "http://e/"}).decode(), end="")
    @prefix e: <http://e/> .
    <BLANKLINE>
    e:a e:p 1.5 .
    """
    first = "".join(f"# {line}\n" for line in header.splitlines())
    if form == "ntriples" or form == "nquads":
        return (first + "".join(_lines(quads, named=form == "nquads"))).encode()
    writer = _Writer(prefixes)
    body = writer.graphs(quads) if form == "trig" else writer.triples(quads, "")
    return (first + writer.declarations() + body).encode()


def canonical(term: ox.Literal) -> ox.Literal:
    """The literal as stores would hand it back: no needless zeros, `true` for `1`, `Z` for `+00:00`.

    Ill-typed literals are kept as they are, for the validation to find.

    >>> canonical(ox.Literal("0.60", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))).value
    '0.6'
    """
    datatype, text = term.datatype.value, term.value
    if not datatype.startswith(_XSD):
        return term
    if datatype in _INTEGERS and re.fullmatch(r"[+-]?[0-9]+", text):
        text = _whole(text)
    elif datatype == _XSD + "decimal" and re.fullmatch(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)", text):
        whole, _, fraction = text.partition(".")
        fraction = fraction.rstrip("0")
        text = _whole(whole, fraction) + (f".{fraction}" if fraction else "")
    elif datatype == _XSD + "boolean":
        text = {"1": "true", "0": "false"}.get(text, text)
    elif datatype == _XSD + "dateTime":
        text = re.sub(r"(?:(?<=:[0-9]{2})\.0+|(\.[0-9]*[1-9])0+)?(Z|[+-]00:00)?$", _moment, text)
    return term if text == term.value else ox.Literal(text, datatype=term.datatype)


def _whole(text: str, fraction: str = "") -> str:
    digits = text.lstrip("+-").lstrip("0") or "0"
    return f"-{digits}" if text.startswith("-") and (digits != "0" or fraction) else digits


def _moment(match: re.Match[str]) -> str:
    return (match.group(1) or "") + ("Z" if match.group(2) else "")


def _lines(quads: Iterable[ox.Quad], *, named: bool) -> list[str]:
    lines = set()
    for quad in quads:
        value = canonical(quad.object) if isinstance(quad.object, ox.Literal) else quad.object
        graph = f" {quad.graph_name}" if named and not isinstance(quad.graph_name, ox.DefaultGraph) else ""
        lines.add(f"{quad.subject} {quad.predicate} {value}{graph} .\n")
    return sorted(lines)


class _Writer:
    """Turtle and TriG with prefixes; each term is written once and remembered."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {space: name for name, space in prefixes.items()}
        self._used: set[str] = set()
        self._written: dict[object, tuple[str, str]] = {}

    def declarations(self) -> str:
        names = sorted((self._prefixes[space], space) for space in self._used)
        return "".join(f"@prefix {name}: <{space}> .\n" for name, space in names)

    def graphs(self, quads: Iterable[ox.Quad]) -> str:
        """One block a graph; what is in no named graph comes first, without a block."""
        by_graph: dict[str, list[ox.Quad]] = {}
        names: dict[str, ox.NamedNode | ox.BlankNode] = {}
        for quad in quads:
            key = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
            by_graph.setdefault(key, []).append(quad)
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                names[key] = quad.graph_name
        parts = [self.triples(by_graph.pop("", []), "")]
        for key in sorted(by_graph):
            body = self.triples(by_graph[key], "    ").lstrip("\n")
            parts.append(f"\n{self._term(names[key])[1]} {{\n{body}}}\n")
        return "".join(parts)

    def triples(self, quads: Iterable[ox.Quad], indent: str) -> str:
        """Subject blocks with an empty line before each."""
        rows = sorted({self._row(quad) for quad in quads})
        blocks = []
        for (_, subject), of_subject in groupby(rows, key=lambda row: row[:2]):
            facts = []
            for (_, predicate), of_predicate in groupby(of_subject, key=lambda row: row[2:4]):
                values = f" ,\n{indent}        ".join(row[5] for row in of_predicate)
                facts.append(f"{predicate} {values}")
            body = f" ;\n{indent}    ".join(facts)
            blocks.append(f"\n{indent}{subject} {body} .\n")
        return "".join(blocks)

    def _row(self, quad: ox.Quad) -> tuple[str, str, str, str, str, str]:
        """What to sort by and what to write, for subject, predicate and object."""
        predicate = ("", "a") if quad.predicate == _TYPE else self._term(quad.predicate)
        return (*self._term(quad.subject), *predicate, *self._term(quad.object))

    def _term(self, term: object) -> tuple[str, str]:
        known = self._written.get(term)
        if known is None:
            known = self._written[term] = self._write(term)
        return known

    def _write(self, term: object) -> tuple[str, str]:
        if isinstance(term, ox.NamedNode):
            return str(term), self._short(term.value)
        if isinstance(term, ox.Literal):
            term = canonical(term)
            key, datatype = str(term), term.datatype.value
            if datatype in _BARE and _BARE[datatype].fullmatch(term.value):
                return key, term.value
            if key.endswith(f"^^<{datatype}>"):
                return key, key.removesuffix(f"<{datatype}>") + self._short(datatype)
            return key, key
        return str(term), str(term)

    def _short(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        space, local = iri[:cut], iri[cut:]
        name = self._prefixes.get(space)
        if name is None or not _LOCAL.fullmatch(local):
            return f"<{iri}>"
        self._used.add(space)
        return f"{name}:{local}"
