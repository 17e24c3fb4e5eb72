"""The part of the page for reviewers that needs gold rows: what was missed, read otherwise, or said by nobody."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Final

from spacegov.model import ACTS
from spacegov.report.content import Cell, Section, Table
from spacegov.report.review_cells import Labels, act_cell, command, cut, plain, quoted
from spacegov.score.built import Compared
from spacegov.score.measures import Ratio, Scores
from spacegov.score.pairing import Level, Pair
from spacegov.score.rows import GoldRow

_NAMED: Final = 10
"""Absent documents that are named."""
_REST: Final = "with 'spacegov score --errors'"


def gold_section(compared: Compared, labels: Labels) -> Section:
    """Counts by act, then the rows themselves, each act together."""
    scores = compared.scores
    otherwise = sorted((p for p in scores.pairs if p.level < Level.STANCE), key=lambda p: _place(p.gold))
    return Section(
        id="gold",
        title="Against the gold rows",
        note=_note(compared),
        table=_by_acts(scores),
        further=(
            cut(
                "Missed: gold rows that no stance answers",
                ("act", "holder", "target", "words", "document", "gold row"),
                [(*_cells(row, labels), plain(PurePath(row.where).name)) for row in sorted(scores.missed, key=_place)],
                _REST,
            ),
            cut(
                "False: stances that no gold row bears out",
                ("act", "holder", "target", "words", "document", "explained by"),
                [(*_cells(row, labels), command(row.where)) for row in sorted(scores.false, key=_place)],
                _REST,
            ),
            cut(
                "Read otherwise: the place is right, the stance is not",
                ("wrong", "gold act", "act", "gold holder", "holder", "gold target", "target", "gold words", "words",
                 "explained by"),
                [_pair_cells(pair, labels) for pair in otherwise],
                _REST,
            ),
        ),
    )  # fmt: skip


def _note(compared: Compared) -> str:
    documents, ratio = len(compared.scores.by_document), compared.scores.ratio("stance")
    if documents:
        said = (
            f"In {documents} document{'' if documents == 1 else 's'} with gold rows, act, polarity, holders and a "
            f"target are all right with precision {ratio.precision:.2f} and recall {ratio.recall:.2f} "
            f"(F1 {ratio.f1:.2f})."
        )
    else:
        said = "None of the documents with gold rows is in this build."
    if not compared.absent:
        return said
    more = len(compared.absent) - _NAMED
    names = ", ".join(compared.absent[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{said} Not in this build: {plain(names).text}."


def _by_acts(scores: Scores) -> Table | None:
    ratios = scores.groups.get("act", {})
    missed, false = (Counter(row.act for row in rows) for rows in (scores.missed, scores.false))
    rows = []
    for act in sorted(ratios, key=_rank):
        ratio: Ratio = ratios[act]
        numbers = (ratio.gold, ratio.found, ratio.hit, missed[act], false[act])
        rows.append((act_cell(act, None), *(plain(str(number)) for number in numbers)))
    return cut("By act", ("act", "gold", "found", "wholly right", "missed", "false"), rows, _REST)


def _cells(row: GoldRow, labels: Labels) -> tuple[Cell, ...]:
    return (
        act_cell(row.act, row.polarity),
        plain(labels.all(sorted(row.holders))),
        plain(labels.all(sorted(row.targets))),
        quoted(row.quote),
        plain(row.doc),
    )


def _pair_cells(pair: Pair, labels: Labels) -> tuple[Cell, ...]:
    gold, found = _cells(pair.gold, labels), _cells(pair.found, labels)
    # each level names the last thing that is right, so the next one is what went wrong
    wrong = {Level.SPAN: "act or polarity", Level.ACT: "holders", Level.HOLDER: "targets"}[pair.level]
    both = [cell for n in range(4) for cell in (gold[n], found[n])]
    return (plain(wrong), *both, command(pair.found.where))


def _place(row: GoldRow) -> tuple[int, str, str, tuple[int, int], str, str]:
    return (*_rank(row.act), row.doc, row.span or (-1, -1), row.quote, row.where)


def _rank(act: str) -> tuple[int, str]:
    """The order of acts everywhere; one that we do not know comes last."""
    return (next((n for n, known in enumerate(ACTS) if known == act), len(ACTS)), act)
