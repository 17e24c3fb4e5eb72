"""The answers that a build ends with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from spacegov.namespaces import PREFIXES
from spacegov.store import open_store

_LABELLED: Final = """
SELECT {columns} WHERE {{
  GRAPH ?graph {{ ?stance sg:hasAct <https://w3id.org/spacegov/id/act/{act}> ; sg:isHeldBy ?actor ;
    sg:hasTarget ?aim ; sg:isEvidencedBy ?passage . ?passage oa:exact ?words . {more} }}
  ?actor skos:prefLabel ?holder . ?aim skos:prefLabel ?target .
  OPTIONAL {{ ?stance sg:isMadeIn ?place . ?place skos:prefLabel ?forum }}
  OPTIONAL {{ ?stance sg:onDate ?date ; sg:earliest ?day }}
}} ORDER BY {order}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question with the first rows of its answer."""

    name: str
    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int
    """Rows that are not shown."""


_ORDER: Final = "?day ?holder ?target"
_ADDRESSED: Final = "?stance sg:isAddressedTo ?to ."
_QUESTIONS: Final = (
    ("who-proposed", "Who proposed what, where and when?", "proposes", ""),
    ("who-opposes", "Who opposes what?", "opposes", ""),
    ("what-is-asked-of", "What is asked of others?", "calls-for", _ADDRESSED),
)


def three_answers(out: Path, *, most: int) -> list[Answer]:
    """Who proposed what, who opposes what, and what is asked, from a built folder."""
    store = open_store(out)
    return [_answer(store, *question, most=most) for question in _QUESTIONS]


def _answer(store: Store, name: str, question: str, act: str, more: str, *, most: int) -> Answer:
    columns = ("holder", "target", "forum", "date", "words")
    text = _LABELLED.format(columns=" ".join(f"?{c}" for c in columns), act=act, more=more, order=_ORDER)
    found = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    rows = list(dict.fromkeys(tuple(_text(row[column]) for column in columns) for row in found))
    return Answer(
        name=name, question=question, columns=columns, rows=tuple(rows[:most]), more=max(0, len(rows) - most)
    )


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
