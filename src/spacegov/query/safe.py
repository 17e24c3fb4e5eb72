"""Queries of other people's making: what reaches outside the graph is refused before it runs.

Oxigraph fetches `SERVICE` addresses and cannot be told not to; `FROM` and `FROM NAMED` may name our own
graphs only; updates have another entrance and never get through this one. The text is read token by
token, so that a keyword inside a string, an IRI, a comment, a variable or a prefixed name is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from spacegov.errors import InputError
from spacegov.namespaces import GRAPH, PREFIXES

Result = QuerySolutions | QueryBoolean | QueryTriples

_TOKENS: Final = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>\"{3}(?:[^"\\]|\\.|\"(?!\"\"))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        | \"(?:[^"\\\r\n]|\\.)*\" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<tag>@\w[\w-]*)
    | (?P<name>[\w.-]*:(?:[\w:.%-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<word>\w+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UPDATES: Final = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))


class UnsafeQuery(InputError):
    """A query that would reach outside the graph or change it."""


def check_query(text: str) -> None:
    """Let a query pass that only reads this graph.

    Raises:
        UnsafeQuery: SERVICE, FROM of a graph that is not ours, an update, or an escape that hides a word.

    >>> check_query("SELECT * { ?s ?p 'SERVICE <http://e/>' }")
    >>> check_query("SELECT * { SERVICE <http://e/> { ?s ?p ?o } }")
    Traceback (most recent call last):
        ...
    spacegov.query.safe.UnsafeQuery: SERVICE is refused: a query may only read this graph
    """
    tokens = list(_tokens(text))
    for number, (kind, token) in enumerate(tokens):
        if kind == "other" and token == "\\":
            raise UnsafeQuery("an escape outside of strings is refused: write the letters themselves")
        if kind != "word":
            continue
        word = token.upper()
        if "SERVICE" in word:  # 'trueSERVICE' is two tokens to a parser without word boundaries
            raise UnsafeQuery("SERVICE is refused: a query may only read this graph")
        if word in _UPDATES:
            raise UnsafeQuery(f"{word} is refused: the graph is read only")
        if word == "FROM":
            _check_from(tokens[number + 1 : number + 3])


def _check_from(following: list[tuple[str, str]]) -> None:
    names = [token for kind, token in following if not (kind == "word" and token.upper() == "NAMED")]
    if not names or not names[0].startswith(f"<{GRAPH}"):
        raise UnsafeQuery(f"FROM may only name graphs of ours, in full: FROM <{GRAPH}reference>")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token that is neither a comment nor white space."""
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "other"
        if kind != "comment" and not match[0].isspace():
            yield kind, match[0]


def query(store: Store, text: str) -> Result:
    """The result of a query over the union of all graphs; our prefixes need no PREFIX line.

    Raises:
        UnsafeQuery: it would reach outside the graph.
        InputError: it breaks the grammar; with line and column.
    """
    check_query(text)
    chooses = any(kind == "word" and token.upper() == "FROM" for kind, token in _tokens(text))
    try:
        return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=not chooses)
    except SyntaxError as error:
        raise InputError(f"query: {' '.join(str(error).split())}") from None
