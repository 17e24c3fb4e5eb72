"""Scores for people: from files to tables, errors and the floor that must not be undercut."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacegov.errors import InputError
from spacegov.score.measures import MEASURES, RATIOS, SHARES, Ratio, Scores, score
from spacegov.score.pairing import Level
from spacegov.score.rows import (
    GoldRow,
    as_row,
    document_of,
    find_texts,
    fold,
    gold_files,
    load_gold,
    load_rows,
    texts_folder,
)
from spacegov.stances import to_row

GROUP_LEAST = 5
"""Gold rows that a group needs to be shown: below, a figure says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows to print."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def score_files(
    gold: Sequence[Path],
    *,
    predicted: Path | None,
    texts: Path | None,
    model: str | None = None,
    tick: Callable[[int, int, str], None] = lambda done, total, label: None,
) -> Scores:
    """Score rows of a file, or rows extracted now from the texts, against gold files.

    Raises:
        InputError: a gold file, a text or the rows cannot be read.
    """
    files = gold_files(gold)
    paths = find_texts(texts or texts_folder(files), map(document_of, files))
    folded = {doc: fold(path.read_text(encoding="utf-8")) for doc, path in paths.items()}
    found = load_rows([predicted], folded) if predicted else _extract(paths, folded, model, tick)
    facts = {doc: _facts(path) for doc, path in paths.items()}
    return score(load_gold(files, folded), found, folded, facts=facts)


def _extract(
    paths: Mapping[str, Path],
    folded: Mapping[str, str],
    model: str | None,
    tick: Callable[[int, int, str], None],
) -> list[GoldRow]:
    from spacegov.build import Broken, Settings, load_vocabulary, read_all
    from spacegov.build.cache import default_folder

    settings = Settings(language_model=model, cache=default_folder())
    rows = []
    for result in read_all(sorted(paths.values()), load_vocabulary(), settings, tick=tick):
        if isinstance(result, Broken):
            raise InputError(result.reason)
        for stance in result.stances:
            row = to_row(stance)
            if row["doc"] in folded:
                rows.append(as_row(row, folded[row["doc"]], stance.id))
    return rows


def _facts(text: Path) -> dict[str, str]:
    """Genre and decade of a document, from its sidecar."""
    try:
        data = json.loads(text.with_name(f"{text.stem}.meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    date = str(data.get("date") or "")
    found = {"genre": data.get("kind") or "unknown"}
    return found | ({"decade": f"{date[:3]}0s"} if date[:4].isdigit() else {})


def tables(scores: Scores) -> list[Table]:
    """The figures with their intervals, and the stance level by group."""
    total = scores.total
    rows = []
    for name in MEASURES:
        ratio, (low, high) = scores.ratio(name), scores.interval(name)
        sides = ("", f"{ratio.recall:.3f}", "") if name in SHARES else _figures(ratio)
        rows.append((name, *sides, f"{low:.3f} to {high:.3f}", f"{ratio.hit}/{ratio.gold}"))
    title = (
        f"{len(scores.by_document)} documents, {total['span gold']} gold rows, {total['span found']} found, "
        f"{total['invented']} invented quotes"
    )
    columns = ("measure", "precision", "recall", "F1", "95 % interval", "hits/gold")
    made = [Table(title=title, columns=columns, rows=tuple(rows))]
    for name, groups in scores.groups.items():
        shown = [(group, *_figures(r), f"{r.hit}/{r.gold}") for group, r in groups.items() if r.gold >= GROUP_LEAST]
        made.append(Table(title=f"stance by {name}", columns=(name, *columns[1:4], "hits/gold"), rows=tuple(shown)))
    return made


def _figures(ratio: Ratio) -> tuple[str, str, str]:
    return f"{ratio.precision:.3f}", f"{ratio.recall:.3f}", f"{ratio.f1:.3f}"


def as_dict(scores: Scores) -> dict[str, Any]:
    """All figures for machines."""
    total = scores.total
    content: dict[str, Any] = {
        "documents": len(scores.by_document),
        "gold": total["span gold"],
        "found": total["span found"],
        "invented": total["invented"],
    }
    for name in RATIOS:
        ratio, interval = scores.ratio(name), scores.interval(name)
        content[name] = {
            "precision": round(ratio.precision, 4),
            "recall": round(ratio.recall, 4),
            "f1": round(ratio.f1, 4),
            "interval": [round(end, 4) for end in interval],
        }
    for name in SHARES:
        content[name] = {"share": round(scores.f1(name), 4), "of": scores.ratio(name).gold}
    content["groups"] = {
        way: {name: {"f1": round(r.f1, 4), "gold": r.gold} for name, r in groups.items()}
        for way, groups in scores.groups.items()
    }
    return content


def below_floor(scores: Scores, floor: Path) -> list[str]:
    """One line for each figure that lies below its floor, or for an invented quotation.

    Raises:
        InputError: the floor cannot be read or names no measure.
    """
    try:
        lowest: dict[str, float] = json.loads(floor.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{floor}: cannot be read ({error})") from None
    unknown = sorted(set(lowest) - set(MEASURES))
    if unknown or not lowest:
        raise InputError(f"{floor}: no measure {', '.join(unknown) or 'named'} (known: {', '.join(MEASURES)})")
    found = [
        f"{name} is {scores.f1(name):.4f}, its floor is {least}"
        for name, least in lowest.items()
        if scores.f1(name) < least
    ]
    invented = scores.total["invented"]
    return found + ([f"{invented} invented quotes"] if invented else [])


def worst(scores: Scores) -> list[str]:
    """Each error on a line: what was missed, then what was wrong, then what nobody said."""
    lines = [f"missed: {_said(row)}" for row in scores.missed]
    lines += [
        f"{pair.level.name.lower()} only: {_said(pair.gold)} FOUND {_said(pair.found)}"
        for pair in scores.pairs
        if pair.level < Level.STANCE
    ]
    return lines + [f"false: {_said(row)}" for row in scores.false]


def _said(row: GoldRow) -> str:
    ids = f"{'+'.join(sorted(row.holders))} {row.act}/{row.polarity} {'+'.join(sorted(row.targets))}"
    return f"{row.doc}: {ids}: {row.quote}"
