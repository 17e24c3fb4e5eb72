"""A page for every rule, made from the shapes, the check queries and the table of built-in rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from spacegov.files import make_folder, write_atomically
from spacegov.validate.context import Rules, Settings
from spacegov.validate.graph import Graph, Term, text_of
from spacegov.validate.rules import BUILT_IN, Rule
from spacegov.validate.shacl import Cards
from spacegov.validate.shapes import Shape, Shapes
from spacegov.validate.wording import compact, needed

MARK: Final = "<!-- made by `spacegov validate --rules-doc`; edit the shape or query instead -->"
_STAGES: Final = {
    "syntax": "Syntax", "terms": "Terms", "shapes": "Shapes", "checks": "Check queries",
    "references": "References",
}  # fmt: skip


def all_rules(rules: Rules) -> list[Rule]:
    """Every rule that a run can report, by id."""
    found = dict(BUILT_IN)
    found |= {rule.id: rule for rule in _shape_rules(rules.shapes, rules.vocabulary)}
    found |= {check.rule.id: check.rule for check in rules.checks}
    return [found[identifier] for identifier in sorted(found)]


def write_rule_pages(place: Path, settings: Settings | None = None) -> int:
    """Write the pages and their table; pages of rules that are gone are removed.

    Raises:
        OutputError: the folder cannot be written.
    """
    rules = all_rules(Rules(settings or Settings()))
    make_folder(place)
    pages = {page_name(rule.id): _page(rule) for rule in rules}
    pages["README.md"] = _index(rules)
    for old in sorted(place.glob("*.md")):
        if old.name not in pages and old.read_text(encoding="utf-8").startswith(MARK):
            old.unlink()
    for name, text in pages.items():
        write_atomically(place / name, text)
    return len(rules)


def page_name(identifier: str) -> str:
    """The file of a rule's page."""
    return identifier.replace(":", "-") + ".md"


def _shape_rules(shapes: Shapes, ontology: Graph) -> Iterator[Rule]:
    cards = Cards(shapes)
    by_rule: dict[str, list[Shape]] = {}
    for shape in _reported(shapes):
        # a node shape that only gathers property shapes is not a rule of its own
        if shape.iri and any(constraint.component != "Property" for constraint in shape.constraints):
            by_rule.setdefault(cards.rule(shape), []).append(shape)
    for identifier, members in by_rule.items():
        shape = min(members, key=lambda each: str(each.node))
        yield Rule(
            id=identifier,
            title=shape.name or compact(text_of(shape.node)),
            severity=shape.severity,
            stage="shapes",
            message=shape.message,
            why=cards.words(shape, "why"),
            fix=cards.words(shape, "fix"),
            source=shape.iri or "",
            detail="\n".join(_described(each, shapes, ontology) for each in sorted(members, key=lambda s: str(s.node))),
        )


def _reported(shapes: Shapes) -> list[Shape]:
    """The shapes that findings can name: those with targets and their property shapes, not parts of others."""
    found: dict[Term, Shape] = {}
    waiting = list(shapes.roots)
    while waiting:
        shape = waiting.pop()
        if shape.node not in found:
            found[shape.node] = shape
            waiting += [shapes.shapes[node] for node in _members(shape) if node in shapes.shapes]
    return list(found.values())


def _described(shape: Shape, shapes: Shapes, ontology: Graph) -> str:
    """What a shape looks at and demands, line by line."""
    lines = []
    parents = [each for each in shapes.shapes.values() if shape.node in _members(each)]
    aims = [*shape.targets, *(aim for parent in parents for aim in parent.targets)]
    if aims:
        words = sorted({f"`{compact(term)}` ({kind.removeprefix('target')})" for kind, term in aims})
        lines.append("* looks at: " + ", ".join(words))
    if shape.path is not None:
        lines.append(f"* path: `{compact(shape.path.text())}`")
    for constraint in shape.constraints:
        demand = needed(constraint, ontology, shapes)
        if demand:
            lines.append(f"* needs: {demand} (`sh:{constraint.component}ConstraintComponent`)")
    return "\n".join(lines)


def _members(shape: Shape) -> list[Term]:
    return [constraint.argument for constraint in shape.constraints if constraint.component == "Property"]


def _page(rule: Rule) -> str:
    parts = [
        MARK,
        f"# {rule.id}: {rule.title}",
        f"Severity: {rule.severity}. Stage: {_STAGES[rule.stage].lower()}.",
    ]
    if rule.message:
        parts.append(rule.message)
    if rule.why:
        parts.append(f"**Why it matters.** {rule.why}")
    if rule.fix:
        parts.append(f"**How to mend it.** {rule.fix}")
    if rule.stage == "checks":
        parts.append(f"The query (`queries/checks/{rule.source}`), each row of which is a finding:")
        parts.append(f"```sparql\n{rule.detail.strip()}\n```")
    elif rule.detail:
        parts.append(f"What it checks (`{compact(rule.source)}`):")
        parts.append(rule.detail)
    parts.append("[All rules](README.md)")
    return "\n\n".join(parts) + "\n"


def _index(rules: list[Rule]) -> str:
    lines = [MARK, "", "# Rules", "", f"{len(rules)} rules, by stage.", ""]
    for stage, title in _STAGES.items():
        mine = [rule for rule in rules if rule.stage == stage]
        lines += [
            f"## {title} ({len(mine)})",
            "",
            "| rule | severity | what it says |",
            "| --- | --- | --- |",
        ]
        lines += [f"| [{r.id}]({page_name(r.id)}) | {r.severity} | {_cell(r.title)} |" for r in mine]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
