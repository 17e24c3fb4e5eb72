"""The command `analyse`: measures over the stances and proposals of a graph."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spacegov.cli.terminal import print_table, write_output
from spacegov.errors import InputError

if TYPE_CHECKING:
    from spacegov.graph import Graph

Rows = tuple[tuple[str, ...], list[tuple[str, ...]]]


class Measure(StrEnum):
    """What can be measured; docs/questions.md and the docstrings define each."""

    ALIGNMENT = "alignment"
    COALITIONS = "coalitions"
    POLARISATION = "polarisation"
    SPONSORS = "sponsors"


class Format(StrEnum):
    """What `--format` takes."""

    TABLE = "table"
    CSV = "csv"
    GRAPHML = "graphml"
    GEXF = "gexf"


def register(app: typer.Typer) -> None:
    """Add this module's command to the program."""
    app.command("analyse")(analyse)


def analyse(
    measure: Annotated[Measure, typer.Argument(help="What to measure.")],
    topic: Annotated[str | None, typer.Option(help="Only stances on this topic (polarisation).")] = None,
    min_shared: Annotated[int, typer.Option(min=1, help="Least number of shared targets (alignment, coalitions).")] = 3,
    form: Annotated[Format, typer.Option("--format", help="Networks: graphml, gexf.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; default: standard output.")
    ] = None,
    graph: Annotated[Path, typer.Option("--graph", help="Folder that 'spacegov build' made.")] = Path("build"),
) -> None:
    """Measure how actors agree, group, split and join in proposals.

    Agreement comes with its counts and Wilson's 95 % interval; a share alone says little.
    """
    from spacegov.graph import Graph

    opened = Graph.open(graph)
    if form in (Format.GRAPHML, Format.GEXF):
        write_output(_network(opened, measure, form), output)
        return
    header, rows = _measured(opened, measure, topic, min_shared)
    if form is Format.CSV:
        write_output(_csv(header, rows), output)
    else:
        print_table(measure.value, header, rows)


def _network(graph: Graph, measure: Measure, form: Format) -> bytes:
    from spacegov.analysis.sponsors import network, proposals, ties, to_gexf, to_graphml

    if measure is not Measure.SPONSORS:
        raise InputError(f"--format {form.value}: only the sponsors are a network")
    found = network(ties(proposals(graph.store)), graph.label)
    return to_gexf(found) if form is Format.GEXF else to_graphml(found)


def _measured(graph: Graph, measure: Measure, topic: str | None, min_shared: int) -> Rows:
    from spacegov.namespaces import slug

    if measure is Measure.SPONSORS:
        from spacegov.analysis.sponsors import proposals, ties

        found = sorted(ties(proposals(graph.store)), key=lambda tie: (-tie.times, tie.actor, tie.other))
        return ("actor", "other", "times", "weight"), [
            (tie.actor, tie.other, str(tie.times), f"{tie.weight:.3f}") for tie in found
        ]
    if measure is Measure.POLARISATION:
        from spacegov.analysis.polarisation import polarisation

        targets = None if topic is None else [graph.find("topic", topic)]
        splits = polarisation(graph.facts, targets=targets)
        return ("target", "year", "for", "against", "neutral", "polarisation"), [
            (
                slug(s.topic), str(s.year), str(s.in_favour), str(s.against), str(s.neutral),
                "" if s.polarisation is None else f"{s.polarisation:.3f}",
            )
            for s in splits
        ]  # fmt: skip
    from spacegov.analysis.alignment import alignment
    from spacegov.analysis.sides import sides

    pairs = alignment(sides(graph.facts), min_shared=min_shared)
    if measure is Measure.ALIGNMENT:
        ranked = sorted(pairs, key=lambda p: (-p.shared, p.actor, p.other))
        return ("actor", "other", "shared", "agree", "share", "low", "high"), [
            (
                slug(p.actor), slug(p.other), str(p.shared), str(p.agree),
                f"{p.share:.3f}", f"{p.low:.3f}", f"{p.high:.3f}",
            )
            for p in ranked
        ]  # fmt: skip
    from spacegov.analysis.coalitions import coalitions

    groups = coalitions(pairs)
    return ("coalition", "size", "members"), [
        (str(number), str(len(group)), "|".join(slug(actor) for actor in group))
        for number, group in enumerate(groups, 1)
    ]


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()
