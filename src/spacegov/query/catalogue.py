"""The catalogue of competency questions: one SPARQL file a question, its header read into a record.

A file of `queries/questions/` begins with comment lines that say what it answers::

    # id: who-proposed
    # question: Who proposed which instrument, in which forum, when, and in which words?
    # params: actor (actor, optional), topic (topic, optional), since (date, optional)
    # answers: one row per proponent and instrument, oldest first
    # columns: holders*, instrument, date, quote
    # example: actor=china topic=paros
    # keywords: proposal, draft, sponsor

A star marks a column that holds several values in one row: rows that agree in all other columns are
one row. The parameter `actor` is the variable `?the_actor`, bound to a term when the query runs. Lines
that only an optional parameter needs stand between `# when actor` and `# end`; they are left out when it
is not given, because an engine folds `FILTER(!BOUND(?the_actor) || …)` before it sees the binding.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from spacegov import resources
from spacegov.errors import InputError

KINDS: Final = ("actor", "topic", "forum", "instrument", "document", "stance", "person", "act", "target")
"""What an IRI parameter may name; a target is an instrument, topic, actor or forum."""
TYPES: Final = (*KINDS, "date", "year")

_HEADER: Final = re.compile(r"#\s*(id|question|params|answers|columns|example|keywords):\s*(.*)")
_PARAM: Final = re.compile(r"(\w+) \((\w+), (required|optional)\)")
_WHEN: Final = re.compile(r"\s*# when (\w+)\s*")
_END: Final = re.compile(r"\s*# end\s*")


class CatalogueError(InputError):
    """A question file that cannot be used: a maintainer's mistake, named with file and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A blank of a question."""

    name: str
    type: str
    """One of `TYPES`."""
    required: bool

    @property
    def variable(self) -> str:
        """The variable of the query that stands for it; columns keep the plain names."""
        return f"the_{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the answer; `many` says that a row holds several values in it."""

    name: str
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with the query that answers it."""

    id: str
    question: str
    params: tuple[Param, ...]
    answers: str
    columns: tuple[Column, ...]
    keywords: tuple[str, ...]
    example: Mapping[str, str]
    """Parameters with which the documentation and the benchmark run it."""
    body: str
    """The query below the header, optional lines included."""

    def param(self, name: str) -> Param | None:
        """The parameter of a name."""
        return next((param for param in self.params if param.name == name), None)

    def sparql(self, given: Collection[str] = ()) -> str:
        """The query for a choice of parameters; their values are bound later, not written into it."""
        lines: list[str] = []
        skipping = False
        for line in self.body.splitlines():
            if match := _WHEN.fullmatch(line):
                skipping = match[1] not in given
            elif _END.fullmatch(line):
                skipping = False
            elif not skipping:
                lines.append(line)
        return "\n".join(lines) + "\n"


@lru_cache(maxsize=4)
def catalogue(folder: Path | None = None) -> Mapping[str, Question]:
    """All questions by id, in the order of their ids.

    Raises:
        CatalogueError: a file whose header is not whole, or does not fit its query.
    """
    place = folder or resources.folder("queries") / "questions"
    questions = (read_question(path) for path in sorted(place.glob("*.rq")))
    return {question.id: question for question in questions}


def read_question(path: Path) -> Question:
    """The question of a file.

    Raises:
        CatalogueError: with the file and what is missing.
    """
    header: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    for line in lines[:first]:
        match = _HEADER.fullmatch(line)
        if match is None:
            raise CatalogueError(f"{path}: header line {line!r} is not '# name: value'")
        header[match[1]] = match[2].strip()
    missing = [name for name in ("id", "question", "answers", "columns") if not header.get(name)]
    if missing:
        raise CatalogueError(f"{path}: the header lacks {', '.join(missing)}")
    question = Question(
        id=header["id"],
        question=header["question"],
        params=_params(header.get("params", ""), path),
        answers=header["answers"],
        columns=_columns(header["columns"]),
        keywords=tuple(word.strip() for word in header.get("keywords", "").split(",") if word.strip()),
        example=_example(header.get("example", ""), path),
        body="\n".join(lines[first:]).strip() + "\n",
    )
    _check(question, path)
    return question


def _params(text: str, path: Path) -> tuple[Param, ...]:
    params = []
    for item in re.split(r",\s*(?=\w+ \()", text) if text and text != "none" else []:
        match = _PARAM.fullmatch(item.strip())
        if match is None or match[2] not in TYPES:
            raise CatalogueError(f"{path}: parameter {item!r}: write 'name (type, required|optional)'")
        params.append(Param(name=match[1], type=match[2], required=match[3] == "required"))
    return tuple(params)


def _columns(text: str) -> tuple[Column, ...]:
    names = (name.strip() for name in text.split(","))
    return tuple(Column(name=name.rstrip("*"), many=name.endswith("*")) for name in names)


def _example(text: str, path: Path) -> Mapping[str, str]:
    pairs = [item.split("=", 1) for item in text.split()]
    if any(len(pair) != 2 for pair in pairs):
        raise CatalogueError(f"{path}: example {text!r}: write name=value, parted by blanks")
    return {pair[0]: pair[1] for pair in pairs}


def _check(question: Question, path: Path) -> None:
    """What would otherwise fail, or answer wrongly, when the question is asked."""
    if question.id != path.stem:
        raise CatalogueError(f"{path}: id {question.id!r} differs from the file's name")
    selected = set(_selected(question.body))
    wanted = {column.name for column in question.columns} | {param.variable for param in question.params}
    if selected != wanted:
        odd = ", ".join(sorted(selected ^ wanted))
        raise CatalogueError(f"{path}: columns and parameters differ from what SELECT gives: {odd}")
    names = {param.name for param in question.params}
    if unknown := set(_WHEN_NAMES.findall(question.body)) - names:
        raise CatalogueError(f"{path}: '# when {min(unknown)}' names no parameter")
    if folded := {param.variable for param in question.params} & set(_BOUND.findall(question.body)):
        raise CatalogueError(f"{path}: BOUND(?{min(folded)}) never sees a parameter; use '# when'")


_WHEN_NAMES: Final = re.compile(r"^\s*# when (\w+)\s*$", re.MULTILINE)
_BOUND: Final = re.compile(r"BOUND\s*\(\s*\?(\w+)", re.IGNORECASE)


def _selected(body: str) -> list[str]:
    """The variables of the outermost SELECT."""
    head = re.split(r"\bWHERE\b", body, maxsplit=1)[0]
    renamed = re.findall(r"\bAS\s+\?(\w+)\s*\)", head, re.IGNORECASE)
    plain = re.findall(r"\?(\w+)", re.sub(r"\([^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*\)", "", head))
    return [*plain, *renamed]
