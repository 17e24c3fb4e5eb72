"""`spacegov validate`: check RDF or rows, and say where and what to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from spacegov.cli.terminal import visible
from spacegov.errors import InputError

if TYPE_CHECKING:
    from spacegov.validate.context import Settings
    from spacegov.validate.report import Report

_LEVELS = ("violation", "warning", "info", "never")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate")(validate)


def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders: Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML, .jsonl rows."),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            help="human, json, sarif, junit, github, turtle, csv, html; NAME=FILE for a file. Repeatable.",
        ),
    ] = None,
    fail_on: Annotated[
        str, typer.Option(help="Least severity that fails: violation, warning, info or never.")
    ] = "violation",
    limit: Annotated[int | None, typer.Option(min=0, help="Show so many findings, the most severe ones.")] = None,
    rule: Annotated[list[str] | None, typer.Option(help="Only this rule (or a family: EV). Repeatable.")] = None,
    focus: Annotated[
        list[str] | None, typer.Option(help="Only findings about this thing (IRI or its end). Repeatable.")
    ] = None,
    baseline: Annotated[Path | None, typer.Option(help="Fail only on findings that this file does not hold.")] = None,
    write_baseline: Annotated[Path | None, typer.Option(help="Write the findings of now as known, and pass.")] = None,
    changed_only: Annotated[
        str | None,
        typer.Option(help="Only what changed since this git revision can affect (HEAD, origin/main …).", metavar="REV"),
    ] = None,
    shapes: Annotated[
        list[Path] | None,
        typer.Option("--shapes", help="Rules of your own: a folder of shapes (*.ttl) and checks (*.rq). Repeatable."),
    ] = None,
    only_packs: Annotated[bool, typer.Option("--only-packs", help="Leave the shipped rules out.")] = False,
    alone: Annotated[
        bool, typer.Option("--alone", help="Do not put the shipped reference data behind the files.")
    ] = False,
    texts: Annotated[
        Path | None, typer.Option(help="Folder of source texts in which quotations are looked up.")
    ] = None,
    engine: Annotated[str, typer.Option(help="fast, every-node or pyshacl (the reference).")] = "fast",
    test: Annotated[
        Path | None, typer.Option("--test", help="Run a folder of good and bad files ('# expect:' headers).")
    ] = None,
    rules_doc: Annotated[
        Path | None, typer.Option(help="Write a page for each rule into this folder, and stop.")
    ] = None,
) -> None:
    """Check RDF or rows: syntax, terms, shapes, check queries, references.

    Without a path: the shipped ontology and data, and the built graph. Exit codes: 0 nothing at or above
    --fail-on; 1 findings; 2 could not run; 3 something needed is missing.
    """
    from spacegov.validate.context import Settings
    from spacegov.validate.pipeline import default_paths, validate_paths
    from spacegov.validate.shacl import ENGINES, Engine

    if engine not in ENGINES:
        raise InputError(f"--engine {engine}: one of {', '.join(ENGINES)}")
    if fail_on not in _LEVELS:
        raise InputError(f"--fail-on {fail_on}: one of {', '.join(_LEVELS)}")
    settings = Settings(
        packs=tuple(shapes or ()), own_rules=not only_packs, background=not alone, texts=texts,
        engine=cast("Engine", engine),
    )  # fmt: skip
    outputs = _outputs(formats or ["human"])
    if rules_doc is not None:
        _write_rules(rules_doc, settings)
        return
    if test is not None:
        _run_tests(test, settings)
        return
    chosen = paths or default_paths()
    if changed_only is not None:
        from spacegov.validate.changed import validate_changed

        report = validate_changed(chosen, changed_only, settings)
    else:
        report = validate_paths(chosen, settings)
    report = report.only(rule or (), focus or ())
    if write_baseline is not None:
        from spacegov.validate.baseline import write_baseline as write

        write(write_baseline, report.findings)
        print(f"{len(report.findings)} findings are known from now on: {write_baseline}")
        return
    if baseline is not None:
        from spacegov.validate.baseline import read_baseline

        report = report.without(read_baseline(baseline))
    _write(report, outputs, limit)
    if _fails(report, fail_on):
        raise typer.Exit(1)


def _outputs(formats: list[str]) -> list[tuple[str, Path | None]]:
    """(format, file or None for standard output).

    Raises:
        InputError: no such format, or two formats for standard output.
    """
    from spacegov.validate.formats import FORMATS

    found: list[tuple[str, Path | None]] = []
    for given in formats:
        name, _, file = given.partition("=")
        if name not in FORMATS:
            raise InputError(f"--format {name}: one of {', '.join(FORMATS)} (NAME=FILE writes a file)")
        found.append((name, Path(file) if file else None))
    if sum(file is None for _, file in found) > 1:
        raise InputError("--format: only one can go to standard output; write the others as NAME=FILE")
    return found


def _write(report: Report, outputs: list[tuple[str, Path | None]], limit: int | None) -> None:
    from spacegov.files import write_atomically
    from spacegov.validate.formats import FORMATS, human
    from spacegov.validate.formats.ci import step_summary

    shown = report.limited(limit)
    for name, file in outputs:
        if file is not None:
            write_atomically(file, FORMATS[name](report if name != "human" else shown))
        elif name == "human":
            sys.stdout.write(visible(human.render(shown, colour=_wants_colour())))
        else:
            sys.stdout.write(FORMATS[name](shown))
    if any(name == "github" for name, _ in outputs) and (place := os.environ.get("GITHUB_STEP_SUMMARY")):
        with Path(place).open("a", encoding="utf-8") as stream:
            stream.write(step_summary(report))


def _wants_colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def _fails(report: Report, level: str) -> bool:
    from spacegov.validate.findings import Severity, at_or_above

    return level != "never" and bool(at_or_above(report.all_findings, cast("Severity", level)))


def _write_rules(place: Path, settings: Settings) -> None:
    from spacegov.validate.rule_pages import write_rule_pages

    print(f"{write_rule_pages(place, settings)} pages of rules: {place}")


def _run_tests(place: Path, settings: Settings) -> None:
    from spacegov.validate.packs import run_pairs

    outcome = run_pairs(place, settings)
    for line in outcome.lines:
        print(line)
    if outcome.failed:
        raise typer.Exit(1)
