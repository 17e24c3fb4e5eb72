"""Running a question of the catalogue: parameters bound as terms, rows joined, nothing pasted together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Variable

from spacegov.errors import InputError
from spacegov.extras import needed
from spacegov.query.catalogue import Column, Question, catalogue
from spacegov.query.labels import Labels, Term, Value, value
from spacegov.query.params import Resolver

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Cell = Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an answer; `row["holders"]` gives Python values, slugs for things."""

    terms: Mapping[str, tuple[Term, ...]]
    """The terms in each column; none, one or (in a column of many) several, in order."""
    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Cell:
        column = next((column for column in self.columns if column.name == name), None)
        if column is None:
            raise KeyError(name)
        values = tuple(value(term) for term in self.terms[name])
        return values if column.many else (values[0] if values else None)

    def as_dict(self) -> dict[str, Cell]:
        """Column -> value, in the order of the columns."""
        return {column.name: self[column.name] for column in self.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The rows that answer a question."""

    question: Question
    params: Mapping[str, NamedNode | Literal]
    rows: tuple[Row, ...]
    solutions: tuple[tuple[Term | None, ...], ...] = field(repr=False)
    """What SPARQL gave, before rows were joined: one tuple a solution, in the order of the columns."""
    label: Labels = field(repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.question.columns)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Cell]]:
        """The rows as dictionaries."""
        return [row.as_dict() for row in self.rows]

    def to_polars(self) -> pl.DataFrame:
        """The rows as a polars data frame; columns of many values are lists.

        Raises:
            MissingPiece: polars is not installed.
        """
        polars = needed("polars", extra="analysis")
        frame: pl.DataFrame = polars.DataFrame(
            {name: [_listed(row[name]) for row in self.rows] for name in self.columns},
            schema_overrides={c.name: polars.List(polars.String) for c in self.question.columns if c.many},
            strict=False,
        )
        return frame

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas data frame; columns of many values are lists.

        Raises:
            MissingPiece: pandas is not installed.
        """
        pandas = needed("pandas", extra="analysis")
        frame: pd.DataFrame = pandas.DataFrame(
            {name: [_listed(row[name]) for row in self.rows] for name in self.columns}
        )
        return frame


def _listed(cell: Cell) -> Any:
    return list(cell) if isinstance(cell, tuple) else cell


def run(store: Store, question_id: str, **params: object) -> Answer:
    """The answer to a question of the catalogue.

    Args:
        params: by label, acronym, alias or slug; dates as '2008', '2008-02' or '2008-02-12'.

    Raises:
        InputError: no such question, or a parameter is missing, unknown or no date.
        UnknownName: a name that nothing in the graph bears.
    """
    question = find_question(question_id)
    return ask(store, question, Resolver(store).bind(question, params))


def find_question(question_id: str, *, folder: Path | None = None) -> Question:
    """A question by its id.

    Raises:
        InputError: with the nearest ids.
    """
    questions = catalogue(folder)
    if question_id in questions:
        return questions[question_id]
    from difflib import get_close_matches

    near = get_close_matches(question_id, questions, n=3)
    hint = f": did you mean {' or '.join(near)}?" if near else ": 'spacegov ask' lists the questions"
    raise InputError(f"no question {question_id!r}{hint}")


def ask(store: Store, question: Question, params: Mapping[str, NamedNode | Literal]) -> Answer:
    """The answer with parameters that are terms already."""
    found = store.query(
        question.sparql(params),
        use_default_graph_as_union=True,
        substitutions={
            Variable(param.variable): params[param.name] for param in question.params if param.name in params
        },
    )
    if not isinstance(found, QuerySolutions):
        raise InputError(f"{question.id}: the catalogue holds SELECT queries only")
    names = [column.name for column in question.columns]
    solutions = tuple(dict.fromkeys(tuple(solution[name] for name in names) for solution in found))
    return Answer(
        question=question,
        params=params,
        rows=_joined(solutions, question.columns),
        solutions=solutions,
        label=Labels(store),
    )


def _joined(solutions: Sequence[tuple[Term | None, ...]], columns: tuple[Column, ...]) -> tuple[Row, ...]:
    """Solutions that agree in all columns of one value become one row, in the order of the first of them.

    SPARQL's GROUP_CONCAT promises no order; here several values stand in the order of their IRIs.
    """
    single = [n for n, column in enumerate(columns) if not column.many]
    several = [n for n, column in enumerate(columns) if column.many]
    groups: dict[tuple[Term | None, ...], dict[int, dict[Term, None]]] = {}
    for solution in solutions:
        group = groups.setdefault(tuple(solution[n] for n in single), {n: {} for n in several})
        for n in several:
            term = solution[n]
            if term is not None:
                group[n][term] = None
    rows = []
    for key, group in groups.items():
        terms: dict[str, tuple[Term, ...]] = {}
        for n, column in enumerate(columns):
            if column.many:
                terms[column.name] = tuple(sorted(group[n], key=_sorting))
            else:
                one = key[single.index(n)]
                terms[column.name] = () if one is None else (one,)
        rows.append(Row(terms, columns))
    return tuple(rows)


def _sorting(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def nearby(store: Store, answer: Answer) -> list[str]:
    """Where an empty answer would not be empty: each optional parameter left out in turn."""
    hints = []
    for param in answer.question.params:
        if param.required or param.name not in answer.params:
            continue
        fewer = {name: term for name, term in answer.params.items() if name != param.name}
        count = len(ask(store, answer.question, fewer))
        if count:
            hints.append(f"without --{param.name}: {count} row{'s' if count > 1 else ''}")
    return hints
