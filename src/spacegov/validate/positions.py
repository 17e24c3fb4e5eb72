"""Where a statement stands: line and column of subjects, predicates and objects in RDF text files.

Parsers give places for errors only. This reader follows Turtle, TriG, N-Triples and N-Quads just far
enough to know what is subject, predicate and object (prefixes, `;`, `,`, `[ ]`, `( )`, graphs); it is
tolerant, since the strict parser has spoken already, and it runs only where there is a finding to place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES
from spacegov.validate.tokens import Token, local_name, tokens, unescaped

_RDF: Final = PREFIXES["rdf"]
_XSD: Final = PREFIXES["xsd"]
_DEEPEST: Final = 100
"""Brackets inside brackets that are followed: people write three or four, and the parser sets no limit."""


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with the places of its three parts; terms as `graph.text_of` writes them."""

    subject: str
    predicate: str
    object: str
    at: tuple[Place, Place, Place]


def statements(text: str, *, base: str = "") -> Iterator[Statement]:
    """The statements of a Turtle, TriG, N-Triples or N-Quads text, in its order."""
    return _Reader(text, base).run()


class _Reader:
    def __init__(self, text: str, base: str) -> None:
        self._lines = [0] + [match.end() for match in re.finditer("\n", text)]
        self._text = text
        self._base = base
        self._prefixes: dict[str, str] = {}
        self._tokens = tokens(text)
        self._now: Token | None = None
        self._anonymous = 0
        self._depth = 0
        self._found: list[Statement] = []

    # --- tokens ------------------------------------------------------------------------------------

    def _next(self) -> Token | None:
        token, self._now = self._now, next(self._tokens, None)
        return token

    def _is(self, *marks: str) -> bool:
        return self._now is not None and self._now.kind == "mark" and self._now.text in marks

    def _place(self, offset: int) -> Place:
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    # --- statements -----------------------------------------------------------------------------------

    def run(self) -> Iterator[Statement]:
        self._next()
        while self._now is not None:
            before = self._now
            self._statement()
            yield from self._found
            self._found.clear()
            if self._now is before:
                self._next()  # whatever it is, it must not stop the reading

    def read_one(self, start: int) -> list[Statement]:
        """The statements of the one subject, or the directive, that begins at a place."""
        self._tokens = tokens(self._text, start)
        self._now = next(self._tokens, None)
        if self._now is not None:
            self._statement()
        found, self._found = self._found, []
        return found

    def name_of(self, token: str) -> str:
        """The IRI that a token stands for, by the prefixes read so far."""
        return self._resolved(token[1:-1]) if token.startswith("<") else self._expanded(token)

    def _statement(self) -> None:
        assert self._now is not None
        word = self._now.text.lower()
        if self._now.kind in ("tag", "word") and word in ("@prefix", "prefix", "@base", "base"):
            return self._directive(word.lstrip("@"))
        if self._now.kind == "word" and word == "graph":
            self._next()
            return None
        if self._is("{", "}", ".", ";", ","):
            self._next()
            return None
        anonymous = self._is("[")
        subject, place = self._term()
        if self._is("{"):
            return None  # that was the name of a graph
        if subject is not None and not (anonymous and self._is(".")):
            self._properties(subject, place)
        return None

    def _directive(self, word: str) -> None:
        self._next()
        if word == "base":
            if self._now is not None and self._now.kind == "iri":
                self._base = self._resolved(self._now.text[1:-1])
            self._next()
        else:
            name = self._next()
            address = self._next()
            if name is not None and address is not None and address.kind == "iri":
                self._prefixes[name.text.rstrip(":")] = self._resolved(address.text[1:-1])
        if self._is("."):
            self._next()

    def _properties(self, subject: str, at: Place) -> None:
        """predicate object, object ; predicate object …"""
        while self._now is not None and not self._is(".", "]", "}", ")"):
            if self._is(";", ","):
                self._next()
                continue
            if self._now.kind == "word" and self._now.text == "a":
                predicate: str | None = _RDF + "type"
                place = self._place(self._now.start)
                self._next()
            else:
                predicate, place = self._term()
            if predicate is None:
                return
            self._objects(subject, at, predicate, place)
        if self._is("."):
            self._next()

    def _objects(self, subject: str, at: Place, predicate: str, place: Place) -> None:
        while self._now is not None:
            value, where = self._term()
            if value is None:
                return
            self._found.append(Statement(subject, predicate, value, (at, place, where)))
            if self._now is not None and self._now.kind in ("iri", "name", "blank"):
                self._next()  # the graph of a line of N-Quads
            if not self._is(","):
                return
            self._next()

    # --- terms ----------------------------------------------------------------------------------------

    def _term(self) -> tuple[str | None, Place]:
        token = self._now
        if token is None:
            return None, Place(1, 1)
        place = self._place(token.start)
        if token.kind == "mark":
            return (self._nested() if self._is("[", "(") else None), place
        self._next()
        if token.kind == "iri":
            return self._resolved(token.text[1:-1]), place
        if token.kind == "name":
            return self._expanded(token.text), place
        if token.kind == "blank":
            return token.text, place
        if token.kind == "string":
            return self._literal(token.text), place
        if token.kind == "number":
            text = token.text
            kind = "double" if "e" in text.lower() else "decimal" if "." in text else "integer"
            return _written(text, datatype=_XSD + kind), place
        if token.kind == "word" and token.text in ("true", "false"):
            return _written(token.text, datatype=_XSD + "boolean"), place
        return None, place

    def _nested(self) -> str:
        if self._depth == _DEEPEST:
            return self._passed_over()
        self._depth += 1
        node = self._bracket() if self._is("[") else self._list()
        self._depth -= 1
        return node

    def _passed_over(self) -> str:
        """The node of a bracket whose content nobody looks at."""
        open_ = 0
        while self._now is not None:
            open_ += self._is("[", "(") - self._is("]", ")")
            self._next()
            if open_ == 0:
                break
        return self._unnamed()

    def _unnamed(self) -> str:
        self._anonymous += 1
        return f"_:[{self._anonymous}]"

    def _bracket(self) -> str:
        self._next()
        node = self._unnamed()
        if self._now is not None and not self._is("]"):
            self._properties(node, self._place(self._now.start))
        if self._is("]"):
            self._next()
        return node

    def _list(self) -> str:
        self._next()
        if self._is(")"):
            self._next()
            return _RDF + "nil"
        node = self._unnamed()
        while self._now is not None and not self._is(")"):
            before = self._now
            value, place = self._term()
            if value is not None:
                self._found.append(Statement(node, _RDF + "first", value, (place, place, place)))
            if self._now is before:
                break
        if self._is(")"):
            self._next()
        return node

    def _literal(self, quoted: str) -> str:
        width = 3 if quoted[:3] in ('"""', "'''") and len(quoted) >= 6 else 1
        text = unescaped(quoted[width:-width])
        if self._now is not None and self._now.kind == "tag":
            tag = self._now.text[1:].lower()
            self._next()
            return _written(text, language=tag)
        if self._now is not None and self._now.kind == "type":
            self._next()
            datatype, _ = self._term()
            return _written(text, datatype=datatype or "")
        return _written(text)

    def _resolved(self, iri: str) -> str:
        iri = unescaped(iri)
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri):
            return iri
        # urljoin drops an empty fragment, which '<#>' needs
        return urljoin(self._base, iri) + ("#" if iri.endswith("#") else "")

    def _expanded(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._prefixes.get(prefix, prefix + ":") + local_name(local)


def _written(text: str, *, language: str | None = None, datatype: str | None = None) -> str:
    try:
        if language:
            return str(ox.Literal(text, language=language))
        if datatype:
            return str(ox.Literal(text, datatype=ox.NamedNode(datatype)))
    except ValueError:  # no such language tag, or an undefined prefix leaves no IRI; the parser has said so
        return text
    return str(ox.Literal(text))


# --- only some subjects --------------------------------------------------------------------------------

_LINE_START: Final = re.compile(
    r"^[ \t]*(<[^>\n]*>|[^\s;,.#@\[\](){}<>\"'][^\s;,\[\](){}<>\"']*)(?=[ \t\n{])", re.MULTILINE
)
_DIRECTIVE: Final = re.compile(r"^[ \t]*@?(?:prefix|base)\b", re.MULTILINE | re.IGNORECASE)
_STATEMENT_ENDS: Final = (".", "{", "}")


def statements_about(text: str, subjects: set[str], *, base: str = "") -> Iterator[Statement]:
    """The statements whose subject stands first in a line and is one of these.

    That is how people and serialisers write; it spares reading the rest of a large file. What is written
    otherwise is left to `statements`.
    """
    reader = _Reader(text, base)
    starts = [match.start() for match in _DIRECTIVE.finditer(text)]
    for start in starts:
        reader.read_one(start)
    for match in _LINE_START.finditer(text):
        if reader.name_of(match[1]) not in subjects:
            continue
        before = _before(text, match.start())
        if not before or before.endswith(_STATEMENT_ENDS):
            yield from reader.read_one(match.start())


def _before(text: str, place: int) -> str:
    """The end of the last line before a place that is more than a comment."""
    lines = text[max(0, place - 2000) : place].split("\n")
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return kept[-1].rstrip() if kept else ""
