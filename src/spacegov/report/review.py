"""What a person should look at before trusting a build, on one page: least sure things first.

Everything on it comes from the records of the build, so the same texts give the same bytes. What texts say is
hostile until shown otherwise: the template escapes it, and `visible` takes out what could steer the eye.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from spacegov import __version__
from spacegov.analysis.density import Density, unusual
from spacegov.model import Stance, Vocabulary
from spacegov.report.content import Cell, Section
from spacegov.report.html import render
from spacegov.report.review_cells import Labels, cut, explain, plain, quoted, stance_cells
from spacegov.report.review_gold import gold_section
from spacegov.score.built import Compared
from spacegov.validate.findings import by_severity

if TYPE_CHECKING:
    from spacegov.build.documents import Broken
    from spacegov.build.run import BuildReport
    from spacegov.validate import Finding

LEAST_SURE: Final = 100
EXAMPLES: Final = 2
"""Shown of each way in which the voices disagree."""
CANDIDATE: Final = "new:"
_AGREE: Final = "rules-agree"


def review_page(report: BuildReport, vocabulary: Vocabulary, gold: Compared | None = None) -> str:
    """The page `review.html` of a build.

    Args:
        gold: the build against gold rows, where there are some.

    Raises:
        MissingPiece: jinja2 is not installed.
    """
    labels = Labels(vocabulary)
    sections = [
        _put_aside(report.broken),
        _least_sure(report.stances, labels),
        _disagreements(report.stances, labels),
        _candidates(report.stances),
        _densities(report),
        _findings(report.findings, report.implausible),
    ]
    if gold is not None:
        sections.append(gold_section(gold, labels))
    return render(
        "review.html.jinja",
        sections=sections,
        summary=f"{_many(len(report.stances), 'stance')} in {_many(len(report.documents), 'document')} of "
        f"{report.words} words. They were read by a machine; each quotation stands letter by letter in its text, "
        "but whether the reading is right is for a person to say. This page holds what is most likely to be wrong.",
        made_by=f"Made by spacegov {__version__} with the vocabulary {vocabulary.hash[:12]}.",
    )


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _put_aside(broken: Iterable[Broken]) -> Section:
    """Documents that gave nothing."""
    inorder = sorted(broken, key=lambda b: (b.path, b.reason))
    rows = [(plain(b.path), plain(b.error), plain(b.reason.removeprefix(f"{b.path}: "))) for b in inorder]
    return Section(
        id="put-aside",
        title=f"Documents put aside ({len(rows)})",
        note="They are not in the graph. Mend what the reason names and build again."
        if rows
        else "Every document could be read.",
        table=cut("Documents put aside", ("document", "kind of error", "reason"), rows, "in quarantine.jsonl"),
    )


def _least_sure(stances: Sequence[Stance], labels: Labels) -> Section:
    unreviewed = [s for s in stances if s.review == "unreviewed"]
    rows = [
        (plain(f"{s.confidence:.2f}"), *stance_cells(s, labels), plain(_failed(s)), explain(s))
        for s in _by_confidence(unreviewed)
    ]
    doubtful = sum(s.confidence < 0.5 for s in unreviewed)
    return Section(
        id="least-sure",
        title="Stances of least confidence",
        note="The confidence is the chance that act, polarity, holders and a target are all right. "
        f"{doubtful} of the {_many(len(unreviewed), 'stance')} that nobody reviewed are more likely wrong than right.",
        table=cut(
            "Stances of least confidence",
            ("confidence", "holder", "act", "target", "words", "document", "failed checks", "explained by"),
            rows,
            "in stances.jsonl",
            most=LEAST_SURE,
        ),
    )


def _by_confidence(stances: Iterable[Stance]) -> list[Stance]:
    return sorted(stances, key=lambda s: (s.confidence, s.evidence.doc, s.evidence.start, s.id))


def _failed(stance: Stance) -> str:
    return "; ".join(f"{c.name}: {c.note}" if c.note else c.name for c in stance.checks if not c.passed)


def _disagreements(stances: Sequence[Stance], labels: Labels) -> Section:
    """Stances whose act is not the one that the rules gave, by both acts."""
    groups: defaultdict[tuple[str, str], list[Stance]] = defaultdict(list)
    for stance in stances:
        for check in stance.checks:
            if check.name == _AGREE and not check.passed:
                groups[check.note.removeprefix("rules say ") or "something else", stance.act].append(stance)
    inorder = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    rows = [
        (plain(said), plain(taken), plain(str(len(group))), *stance_cells(s, labels, act=False), explain(s))
        for (said, taken), group in inorder
        for s in _by_confidence(group)[:EXAMPLES]
    ]
    number = sum(map(len, groups.values()))
    return Section(
        id="disagreements",
        title=f"Where the voices disagree ({number})",
        note="The rules read one act, the learnt voices outweighed them with another. Each pair stands with its "
        f"number of stances and the {EXAMPLES} least sure of them."
        if groups
        else "In every stance the rules read the act that was taken.",
        table=cut(
            "Rules said and taken",
            ("rules said", "taken", "stances", "holder", "target", "words", "document", "explained by"),
            rows,
            "in stances.jsonl, under the check rules-agree",
        ),
    )


def _candidates(stances: Sequence[Stance]) -> Section:
    """Topics that the vocabulary does not hold, with the words that named them."""
    groups: defaultdict[str, list[Stance]] = defaultdict(list)
    for stance in stances:
        for target in sorted(set(stance.targets)):
            if target.startswith(CANDIDATE):
                groups[target].append(stance)
    inorder = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    rows = [
        (
            plain(target.removeprefix(CANDIDATE).replace("-", " ")),
            plain(str(len(group))),
            plain(str(len({s.evidence.doc for s in group}))),
            quoted(group[0].evidence.exact),
            plain(group[0].evidence.doc),
            explain(group[0]),
        )
        for target, group in inorder
    ]
    return Section(
        id="candidates",
        title=f"Candidate topics ({len(groups)})",
        note="Nothing in the vocabulary fits these targets. One that comes often is a topic, or a name of a "
        "topic, that the vocabulary lacks; one that makes no sense is a misreading."
        if groups
        else "Every target is in the vocabulary.",
        table=cut(
            "Candidate topics",
            ("topic", "stances", "documents", "words", "document", "explained by"),
            rows,
            "in stances.jsonl, as targets that begin with new:",
        ),
    )


def _densities(report: BuildReport) -> Section:
    found = unusual((d.metadata.doc, d.words, len(d.stances)) for d in report.documents)
    titles = {d.metadata.doc: d.metadata.title or d.metadata.symbol or "" for d in report.documents}
    silent = sorted((d for d in report.documents if not d.stances), key=lambda d: (-d.words, d.metadata.doc))
    rate = 1000 * len(report.stances) / report.words if report.words else 0.0
    return Section(
        id="density",
        title=f"Documents with unusually few or many stances ({len(found)})",
        note=f"All documents together give {rate:.1f} stances for each 1000 words; {len(silent)} give none. Few may "
        "be a text about other matters, or one that was read badly; many may be a list, or words taken for more "
        "than they say.",
        table=cut(
            "Few or many stances for the length",
            ("document", "title", "words in all", "stances", "per 1000", "expected", "which"),
            [_density_cells(d, titles[d.document]) for d in found],
            "in build.json",
        ),
        further=(
            cut(
                "Documents without any stance",
                ("document", "title", "words in all"),
                [(plain(d.metadata.doc), plain(titles[d.metadata.doc]), plain(str(d.words))) for d in silent],
                "in build.json",
            ),
        ),
    )


def _density_cells(density: Density, title: str) -> tuple[Cell, ...]:
    return (
        plain(density.document),
        plain(title),
        plain(str(density.words)),
        plain(str(density.stances)),
        plain(f"{density.per_thousand:.1f}"),
        plain(f"{density.expected:.1f}"),
        Cell(text="", mark="few" if density.deviation < 0 else "many"),
    )


def _findings(findings: Sequence[Finding], implausible: Sequence[Broken]) -> Section:
    """What validation said, by rule: stances it kept out first, then what stayed in the graph."""
    aside: defaultdict[str, list[Broken]] = defaultdict(list)
    for item in sorted(implausible, key=lambda b: (b.path, b.stance or "")):
        aside[item.reason.partition(":")[0]].append(item)
    rows = [
        (plain(rule), Cell(text="", mark="violation"), plain(str(len(group))), plain("stances put aside"),
         plain(group[0].reason.partition(": ")[2]), plain(group[0].stance or group[0].path))
        for rule, group in sorted(aside.items())
    ]  # fmt: skip
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in by_severity(findings):
        by_rule.setdefault((finding.severity, finding.rule), []).append(finding)
    rows += [
        (plain(rule), Cell(text="", mark=severity), plain(str(len(found))), plain("in the graph"),
         plain(found[0].message), plain(found[0].focus_label or found[0].focus or found[0].file or ""))
        for (severity, rule), found in by_rule.items()
    ]  # fmt: skip
    number = len(implausible) + sum(map(len, by_rule.values()))
    return Section(
        id="findings",
        title=f"Findings of validation ({number})",
        note="A stance that breaks a rule of diplomatic logic is a misreading and was put aside (quarantine.jsonl); "
        "all else stayed in. ‘spacegov validate’ tells of each finding what to do."
        if rows
        else "Validation found nothing.",
        table=cut(
            "Findings by rule",
            ("rule", "severity", "times", "what became of it", "what was found (first)", "where (first)"),
            rows,
            "in build.json",
        ),
    )
