"""Breaks each constraint in turn and demands that some good or bad file notices.

    python tests/shapes/mutation.py            # all mutants; prints the survivors, exit code 1 if any
    python tests/shapes/mutation.py --every 9  # each ninth

A shape is broken by a typo in a target or a path, by a constraint that is removed, by a list that lacks
a member, by another severity, by a lost link to its property shape. A check query is broken by a typo in
any term, by a filter that is lost, by a comparison that is turned round. pySHACL says 'conforms' to most
of these in silence, which is why the files must speak.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, RDF, SH
from shape_pairs import (
    SG,
    SGSH,
    Check,
    Checker,
    Expectation,
    cases,
    checks,
    merged,
    ontology_classes,
    shape_findings,
    shapes_graph,
)  # fmt: skip

TYPO = rdflib.URIRef(SG + "typo")
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
LISTS = (SH["in"], SH["or"], SH["and"], SH.xone, SH.languageIn)
NOT_CONSTRAINTS = {*TARGETS, SH.path, SH.property, SH.severity, SH.message, SH.name, SH.qualifiedValueShape}
Verdict = list[dict[str, set[Expectation]]]
"""What is found in the good files of a rule, and in its bad ones."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A broken rule: what was done to what, and the rule as it is now."""

    name: str
    rule: str
    broken: rdflib.Graph | str


# --- shapes ------------------------------------------------------------------------------------------------


class ShapeMutation:
    """Mutants of shapes, each judged on the files of the rules that it can touch."""

    def __init__(self) -> None:
        self.shapes = shapes_graph()
        self.ontology = ontology_classes()
        self.files = {kind: cases(kind) for kind in ("valid", "invalid")}
        self.data: dict[str, list[rdflib.Graph]] = {}
        self.verdicts: dict[str, Verdict] = {}

    def mutants(self) -> Iterator[Mutant]:
        """Every way in which a shape is broken, in a stable order."""
        for node in sorted(self._roots(), key=str):
            own = str(self.shapes.value(node, DCTERMS.identifier) or "")
            properties = sorted(self.shapes.objects(node, SH.property), key=str)
            for prop in properties:
                rule = str(self.shapes.value(prop, DCTERMS.identifier))
                part = self._part(node, prop)
                yield Mutant(
                    f"{_local(node)}: no link to {_local(prop)}", rule, part - _one(part, node, SH.property, prop)
                )
                yield from self._broken(part, prop, rule)
            if own:
                yield from self._broken(self._part(node, None), node, own)
            # a target is shared by all properties of the shape: the rule with the most files must notice
            most = max(properties, key=lambda one: self._number_of_files(one), default=None)
            rule = own if most is None else str(self.shapes.value(most, DCTERMS.identifier))
            part = self._part(node, most)
            for target in TARGETS:
                for value in sorted(self.shapes.objects(node, target), key=str):
                    broken = part - _one(part, node, target, value)
                    broken.add((node, target, TYPO))
                    yield Mutant(f"{_local(node)}: target {_local(value)} misspelt", rule, broken)
        yield from self._nested()

    def survives(self, mutant: Mutant) -> bool:
        """Whether no file notices."""
        assert isinstance(mutant.broken, rdflib.Graph)
        whole = self._whole(mutant.rule)
        if mutant.rule not in self.verdicts:
            self.verdicts[mutant.rule] = self._judge(mutant.rule, whole)
        logging.disable(logging.CRITICAL)
        try:
            return self._judge(mutant.rule, mutant.broken) == self.verdicts[mutant.rule]
        except Exception:
            return False  # pySHACL refuses the broken shape: it was noticed
        finally:
            logging.disable(logging.NOTSET)

    def _number_of_files(self, prop: rdflib.term.Node) -> int:
        rule = str(self.shapes.value(prop, DCTERMS.identifier))
        return sum(case.rule == rule for files in self.files.values() for case in files)

    def _roots(self) -> set[rdflib.term.Node]:
        return {node for target in TARGETS for node in self.shapes.subjects(target)}

    def _whole(self, rule: str) -> rdflib.Graph:
        shape = next(
            node for node in self.shapes.subjects(DCTERMS.identifier, rdflib.Literal(rule))
        )  # fmt: skip
        node = next(self.shapes.subjects(SH.property, shape), None)
        return self._part(shape, None) if node is None else self._part(node, shape)

    def _part(self, node: rdflib.term.Node, prop: rdflib.term.Node | None) -> rdflib.Graph:
        """A shape with one of its property shapes, and everything that these are made of."""
        part = rdflib.Graph()
        waiting = [node, *([prop] if prop is not None else [])]
        seen: set[rdflib.term.Node] = set()
        while waiting:
            subject = waiting.pop()
            if subject in seen:
                continue
            seen.add(subject)
            for triple in self.shapes.triples((subject, None, None)):
                if triple[1] == SH.property and triple[2] != prop:
                    continue
                if subject == node and prop is not None and triple[1] not in {*TARGETS, RDF.type, SH.property}:
                    continue  # the node's own constraint is another rule
                part.add(triple)
                if isinstance(triple[2], rdflib.BNode) or str(triple[2]).startswith(str(SGSH)):
                    waiting.append(triple[2])
        return part

    def _broken(self, part: rdflib.Graph, shape: rdflib.term.Node, rule: str) -> Iterator[Mutant]:
        for path in self.shapes.objects(shape, SH.path):
            broken = part - _one(part, shape, SH.path, path)
            broken.add((shape, SH.path, TYPO))
            yield Mutant(f"{_local(shape)}: path misspelt", rule, broken)
        for severity in self.shapes.objects(shape, SH.severity):
            broken = part - _one(part, shape, SH.severity, severity)
            broken.add((shape, SH.severity, SH.Info if severity != SH.Info else SH.Warning))
            yield Mutant(f"{_local(shape)}: severity changed", rule, broken)
        yield from self._weakened(part, shape, rule)

    def _weakened(self, part: rdflib.Graph, shape: rdflib.term.Node, rule: str) -> Iterator[Mutant]:
        for _, parameter, value in sorted(self.shapes.triples((shape, None, None)), key=_parameter):
            if not str(parameter).startswith(str(SH)) or parameter in NOT_CONSTRAINTS:
                continue
            name = f"{_local(shape)}: {_local(parameter)}"
            yield Mutant(f"{name} removed", rule, part - _one(part, shape, parameter, value))
            if parameter in LISTS:
                members = list(Collection(self.shapes, value))
                for member in members:
                    broken = part - _one(part, shape, parameter, value)
                    head = rdflib.BNode()
                    Collection(broken, head, [other for other in members if other != member])
                    broken.add((shape, parameter, head))
                    yield Mutant(f"{name} lacks {_local(member)}", rule, broken)

    def _nested(self) -> Iterator[Mutant]:
        """Shapes that only others refer to, broken within the first rule that needs them."""
        roots = self._roots()
        shapes = sorted(self.shapes.subjects(RDF.type, SH.NodeShape), key=str)
        for shape in (one for one in shapes if one not in roots):
            for rule in self._users(shape):
                whole = self._whole(rule)
                for mutant in self._weakened(whole, shape, rule):
                    yield Mutant(f"{rule}: {mutant.name}", rule, mutant.broken)
                for _, parameter, value in sorted(self.shapes.triples((shape, None, None)), key=_parameter):
                    if parameter in (SH["class"], SH.datatype):
                        broken = whole - _one(whole, shape, parameter, value)
                        broken.add((shape, parameter, TYPO))
                        yield Mutant(f"{rule}: {_local(shape)}: {_local(parameter)} misspelt", rule, broken)

    def _users(self, shape: rdflib.term.Node) -> list[str]:

        rules = sorted(str(value) for value in self.shapes.objects(None, DCTERMS.identifier))
        found = [rule for rule in rules if (shape, None, None) in self._whole(rule)]
        return found[:2]

    def _judge(self, rule: str, shapes: rdflib.Graph) -> Verdict:
        if rule not in self.data:  # good and bad twins bear the same names: one graph each
            self.data[rule] = [merged(case for case in files if case.rule == rule) for files in self.files.values()]
        return [shape_findings(data, shapes, self.ontology) for data in self.data[rule]]


def _one(graph: rdflib.Graph, *triple: rdflib.term.Node) -> rdflib.Graph:
    single = rdflib.Graph()
    single.add((triple[0], triple[1], triple[2]))
    return single


def _parameter(triple: tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]) -> str:
    return str(triple[1])


def _local(node: object) -> str:
    return re.split(r"[#/]", str(node))[-1]


# --- check queries -----------------------------------------------------------------------------------------

_TERM = re.compile(r"\b(sg|act|skos|oa|prov|dcterms|rdfs|owl|schema):(\w+)|<https://w3id\.org/spacegov/[^>]+>")
_OPERATOR = re.compile(r" (<=|>=|!=|<|>|=) (?!.*\bAS\b.*\) WHERE)")
_TURNED = {"<": ">", ">": "<", "<=": ">", ">=": "<", "!=": "=", "=": "!="}


class QueryMutation:
    """Mutants of check queries, each judged on the files of its own rule, then on all others."""

    def __init__(self) -> None:
        self.checks = {check.id: check for check in checks()}
        self.files = [*cases("valid"), *cases("invalid")]

    def mutants(self) -> Iterator[Mutant]:
        """Every way in which a query is broken, in a stable order."""
        for check in self.checks.values():
            start = check.text.index("WHERE")
            head, body = check.text[:start], check.text[start:]
            for kind, breaks in (("term", _typos(body)), ("operator", _turned(body)), ("filter", _unfiltered(body))):
                for what, broken in breaks:
                    yield Mutant(f"{check.id}: {kind} {what}", check.id, head + broken)

    def survives(self, mutant: Mutant) -> bool:
        """Whether no file notices."""
        assert isinstance(mutant.broken, str)
        check = self.checks[mutant.rule]
        checker = Checker([Check(check.path, mutant.broken, check.card)])
        own_first = sorted(self.files, key=lambda case: case.rule != mutant.rule)
        try:
            return all(
                checker.findings(case) == {e for e in case.expected if e.rule == mutant.rule} for case in own_first
            )
        except (SyntaxError, ValueError, RuntimeError):
            return False


def _typos(body: str) -> Iterator[tuple[str, str]]:
    for match in _TERM.finditer(body):
        if body[: match.start()].rstrip().endswith("PREFIX"):
            continue
        yield f"{match[0]} misspelt", f"{body[: match.start()]}<{SG}typo>{body[match.end() :]}"


def _turned(body: str) -> Iterator[tuple[str, str]]:
    for match in _OPERATOR.finditer(body):
        if match.start() > body.rfind("ORDER BY"):
            continue
        yield f"{match[1]} turned", f"{body[: match.start()]} {_TURNED[match[1]]} {body[match.end() :]}"


def _unfiltered(body: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"FILTER( NOT)?( EXISTS)?\s*[({]", body):
        end = _closing(body, match.end() - 1)
        if " AS ?" in body[match.start() : end]:
            continue
        yield f"{' '.join(body[match.start() : end].split())[:70]} removed", body[: match.start()] + body[end:]


def _closing(text: str, opening: int) -> int:
    """One past the bracket that closes the one at a place (brackets within strings do not occur here)."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] in "({") - (text[place] in ")}")
        if depth == 0:
            return place + 1
    raise ValueError("a bracket is not closed")


def survivors(every: int = 1) -> tuple[int, list[str]]:
    """How many mutants were made, and the names of those that nothing noticed.

    Args:
        every: judge each n-th mutant only.
    """
    made, alive = 0, []
    for mutation in (ShapeMutation(), QueryMutation()):
        for number, mutant in enumerate(mutation.mutants()):
            if number % every:
                continue
            made += 1
            if mutation.survives(mutant):
                alive.append(mutant.name)
    return made, alive


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="judge each N-th mutant only")
    made, alive = survivors(parser.parse_args().every)
    for name in alive:
        print(f"survived  {name}")
    print(f"{made} mutants, {made - len(alive)} noticed, {len(alive)} survived")
    return 1 if alive else 0


if __name__ == "__main__":
    raise SystemExit(main())
