"""An answer in the formats of people (table, Markdown, Excel) and of machines (CSV, JSON, Turtle).

Machines get ids as slugs, people get labels. The SPARQL JSON results keep the full IRIs, one binding a
value, as SPARQL gave them; Turtle is the part of the graph on which the answer rests.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from spacegov.namespaces import PREFIXES, SG, kind_of
from spacegov.query.labels import Labels, Term, plain
from spacegov.query.run import Answer
from spacegov.query.workbook import append_row, new_workbook, saved
from spacegov.rdf.turtle import serialize
from spacegov.stances import fold, neutralised

JOINER: Final = "|"
_HIDDEN: Final = frozenset(("earliest", "stance", "fact", "ballot", "hash", "source", "before", "after"))
"""Columns that people's formats leave out: keys, and what repeats another column."""
_RESTS_ON: Final = tuple(SG + name for name in ("isEvidencedBy", "isFoundIn", "isCastIn"))
_FACT_KINDS: Final = frozenset(
    ("stance", "evidence", "document", "submission", "vote", "ballot", "treaty-status", "membership", "post")
)

Namer = Callable[[Term], str]


def to_csv(answer: Answer) -> str:
    """CSV with slugs; several values are parted by '|', white space in texts is folded."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow(neutralised(_cell(row.terms[name], plain)) for name in answer.columns)
    return stream.getvalue()


def shown(answer: Answer) -> tuple[list[str], list[list[str]]]:
    """Header and cells for people: labels, and only columns that hold something."""
    label = answer.label
    names = [
        name
        for name in answer.columns
        if name not in _HIDDEN and (not answer.rows or any(row.terms[name] for row in answer.rows))
    ]
    if "title" in names and "document" in names:
        names.remove("document")  # its label is the title
    cells = [[_cell(row.terms[name], label, "; ") for name in names] for row in answer.rows]
    return [name.replace("_", " ") for name in names], cells


def to_markdown(answer: Answer) -> str:
    """A Markdown table with the question above it."""
    header, cells = shown(answer)
    lines = [f"**{answer.question.question}**", ""]
    lines += [_pipes(header), _pipes(["---"] * len(header))]
    lines += [_pipes([_markdown(cell) for cell in row]) for row in cells]
    return "\n".join(lines) + "\n"


def _pipes(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _markdown(cell: str) -> str:
    for character in "\\`*_[]<>|":
        cell = cell.replace(character, "\\" + character)
    return cell


def to_json(answer: Answer) -> str:
    """SPARQL 1.1 query results in JSON."""
    bindings = [
        {name: _binding(term) for name, term in zip(answer.columns, solution, strict=True) if term is not None}
        for solution in answer.solutions
    ]
    document = {"head": {"vars": list(answer.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _binding(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        binding = {"type": "literal", "value": term.value}
        if term.language:
            binding["xml:lang"] = term.language
        elif term.datatype.value != PREFIXES["xsd"] + "string":
            binding["datatype"] = term.datatype.value
        return binding
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    assert isinstance(term, NamedNode)
    return {"type": "uri", "value": term.value}


def to_turtle(answer: Answer, store: Store) -> bytes:
    """The statements behind the rows: stances with passages and documents, votes, submissions, statuses."""
    things = {term for solution in answer.solutions for term in solution if isinstance(term, NamedNode)}
    wanted = sorted((t for t in things if kind_of(t.value) in _FACT_KINDS), key=str)
    return serialize(_description(wanted, store), "turtle")


def _description(things: Iterable[NamedNode], store: Store) -> Iterator[Quad]:
    pending, seen = list(things), set(things)
    while pending:
        node = pending.pop()
        for quad in store.quads_for_pattern(node, None, None, None):
            yield quad
            target = quad.object
            if quad.predicate.value in _RESTS_ON and isinstance(target, NamedNode) and target not in seen:
                seen.add(target)
                pending.append(target)


def to_xlsx(answer: Answer) -> bytes:
    """An Excel workbook with one sheet; every cell is text or a number, none a formula.

    Raises:
        MissingPiece: openpyxl is not installed.
    """
    header, cells = shown(answer)
    workbook = new_workbook()
    sheet = workbook.create_sheet(answer.question.id[:31])
    for row in ([answer.question.question], header, *cells):
        append_row(sheet, (_number_or_text(cell) for cell in row))
    sheet.freeze_panes = "A3"
    return saved(workbook)


def _number_or_text(text: str) -> str | int:
    # '007' is a name: a number would lose its noughts
    return int(text) if text.isascii() and text.isdigit() and (text == "0" or text[0] != "0") else text


def _cell(terms: Sequence[Term], name: Namer | Labels, joiner: str = JOINER) -> str:
    return joiner.join(fold(name(term)) for term in terms)
