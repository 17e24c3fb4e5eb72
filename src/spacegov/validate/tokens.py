"""The tokens of Turtle, TriG, N-Triples and N-Quads, each with its place; nothing in a text is an error here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(
    r"""(?P<skip>[ \t\r\n]+|\#[^\n]*)
      |(?P<iri><[^<>"{}|^`\x00-\x20]*>)
      |(?P<string>\"\"\"(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"\"\"|'''(?:[^'\\]|\\.|'{1,2}(?!'))*'''
                 |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      |(?P<tag>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      |(?P<type>\^\^)
      |(?P<blank>_:[^\s;,()\[\]{}<>"'#]+)
      |(?P<number>[+-]?(?:\d+\.\d*(?:[eE][+-]?\d+)|\d*\.\d+(?:[eE][+-]?\d+)?|\d+(?:[eE][+-]?\d+)?)(?![\w:]))
      |(?P<name>(?:[^\s:;,()\[\]{}<>"'\#\\|^`@._0-9+-][^\s:;,()\[\]{}<>"'\#\\|^`@]*)?:
               (?:[^\s;,()\[\]{}<>"'\#\\|^`@]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
      |(?P<word>[A-Za-z]+)
      |(?P<mark>[\[\](){};,.])
      |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_LOCAL_ESCAPE: Final = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_STRING_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_LETTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind is the name of the group of the pattern that it matched."""

    kind: str
    text: str
    start: int


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """The tokens of a text from a place on, without white space and comments."""
    for match in _TOKEN.finditer(text, start):
        kind = match.lastgroup or "other"
        if kind == "skip":
            continue
        word = match[0]
        if kind in ("name", "blank") and word.endswith("."):
            # no name and no label ends with a dot: the dots end the statement
            bare = word.rstrip(".")
            yield Token(kind, bare, match.start())
            yield Token("mark", ".", match.start() + len(bare))
            continue
        yield Token(kind, word, match.start())


def unescaped(text: str) -> str:
    r"""A string or an IRI without its escapes.

    >>> unescaped(r"caf\u00e9\n")
    'café\n'
    """
    return _STRING_ESCAPE.sub(_character, text)


def local_name(text: str) -> str:
    r"""The part of a name after its prefix, without its escapes.

    >>> local_name(r"a\,b")
    'a,b'
    """
    return _LOCAL_ESCAPE.sub(r"\1", text)


def _character(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "uU" and len(code) > 1:
        point = int(code[1:], 16)
        return chr(point) if point <= 0x10FFFF else match[0]
    return _LETTERS.get(code, code)
