"""The command `build`: texts to a finished graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from spacegov.cli.terminal import note, print_table, progress
from spacegov.display import one_line

if TYPE_CHECKING:
    from spacegov.build import BuildReport
    from spacegov.validate import Finding

SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("build")(build)


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Texts or folders; default: shipped ones."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder to make.")] = Path("build"),
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Processes; 0: as many as are worth it.")] = 0,
    model: Annotated[str | None, typer.Option("--model", help="Another installed spaCy pipeline.")] = None,
    neural: Annotated[
        bool, typer.Option("--reader/--no-reader", help="Without the neural reader: faster, less often right.")
    ] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Extract anew; use nothing kept.")] = False,
    gold: Annotated[
        list[Path] | None, typer.Option("--gold", metavar="DIR", help="Gold rows: errors go to review.html.")
    ] = None,
) -> None:
    """Make a graph from texts: rows, RDF, store, findings, and a page of what to look at first.

    A document that cannot be read is put aside and named; the rest goes on, and the exit code is 2.
    A violation stops the build (exit code 1): then nothing is put in place.
    """
    from spacegov import resources
    from spacegov.build import Settings
    from spacegov.build import build as make
    from spacegov.build.cache import default_folder
    from spacegov.build.folder import REVIEW
    from spacegov.build.run import Violations

    places = paths or [resources.folder("data") / "corpus"]
    settings = Settings(language_model=model, neural=neural, cache=default_folder(), fresh=fresh)
    try:
        with progress("Reading") as tick:
            report = make(places, out, jobs=jobs, settings=settings, gold=gold or [], tick=tick)
    except Violations as error:
        _print_findings(error.findings)
        raise
    _print_counts(report)
    _print_findings(report.findings)
    if report.implausible:
        rules = ", ".join(sorted({item.reason.partition(":")[0] for item in report.implausible}))
        print(f"put aside: {len(report.implausible)} implausible stances ({rules}; {out}/quarantine.jsonl)")
    _print_answers(out)
    print(f"look at {out / REVIEW} before you trust this build: what is most likely wrong stands there")
    _note_authorless(report)
    for item in report.broken:
        note(item.reason)
    if report.broken:
        note(f"{len(report.broken)} of {len(report.broken) + len(report.documents)} documents were put aside")
        raise typer.Exit(2)


def _print_counts(report: BuildReport) -> None:
    holders = len({holder for stance in report.stances for holder in stance.holders})
    print(
        f"{report.out}: {len(report.documents)} documents, {len(report.stances)} stances, {holders} holders, "
        f"{report.asserted:,} asserted and {report.inferred:,} inferred triples "
        f"({sum(report.seconds.values()):.1f} s)"
    )


def _note_authorless(report: BuildReport) -> None:
    from spacegov.build.authorless import REMARK

    lines = [f"{d.path}: {r}" for d in report.documents for r in d.remarks if r.startswith(REMARK)]
    for line in lines[:SHOWN]:
        note(line)
    if len(lines) > SHOWN:
        note(f"{len(lines) - SHOWN} more texts without an author: REF-009 in {report.out / 'build.json'}")


def _print_findings(findings: tuple[Finding, ...]) -> None:
    from spacegov.validate import counts
    from spacegov.validate.findings import by_severity

    numbers = counts(findings)
    print("findings: " + ", ".join(f"{number} {severity}" for severity, number in numbers.items()))
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in by_severity(findings):
        if finding.severity != "info":
            by_rule.setdefault((finding.severity, finding.rule), []).append(finding)
    for (severity, rule), found in list(by_rule.items())[:SHOWN]:
        focus = found[0].focus_label or found[0].focus
        times = f" ({len(found)} times, first: {focus})" if len(found) > 1 else f" ({focus})"
        print(f"  {severity} {rule}: {one_line(found[0].message + times)}")
    if len(by_rule) > SHOWN:
        print(f"  … and {len(by_rule) - SHOWN} more rules")
    if by_rule:
        print("  'spacegov validate' lists them all with their mends")


def _print_answers(out: Path) -> None:
    """Three answers, so that the end of a build shows what it is good for."""
    from spacegov.build.answers import three_answers

    for answer in three_answers(out, most=5):
        if not answer.rows:
            print(f"{answer.question}\n  nothing in these texts\n")
            continue
        print_table(answer.question, answer.columns, answer.rows)
        if answer.more:
            print(f"  … and {answer.more} more: spacegov ask {answer.name}\n")
