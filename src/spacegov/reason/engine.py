"""Running compiled rules over a store until nothing new follows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple

from spacegov.errors import InputError
from spacegov.namespaces import INFERRED_GRAPH, ONTOLOGY_GRAPH, PREFIXES
from spacegov.reason.classes import SAME, ClassCompiler
from spacegov.reason.owl import Axioms, rdf
from spacegov.reason.properties import PropertyCompiler, equality_contradictions, equality_rules
from spacegov.reason.rules import ANY, Contradiction, Rule

MAXIMUM_SHOWN: Final = 20
"""Contradictions listed for each axiom: one wrong axiom would fill the screen else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inconsistency:
    """One thing of the data that the ontology says cannot be."""

    rule: str
    """Name of the OWL 2 RL rule that found it, e.g. cax-dw."""
    focus: str
    message: str
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What follows from the data and the ontology, and where they contradict each other."""

    quads: tuple[Quad, ...]
    """The new facts, sorted, all in graph/inferred; nothing that was asserted is repeated."""
    inconsistencies: tuple[Inconsistency, ...]
    unsupported: tuple[str, ...]
    """Axioms outside OWL 2 RL, which therefore do nothing."""
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A compiled ontology."""

    rules: tuple[Rule, ...]
    contradictions: tuple[Contradiction, ...]
    unsupported: tuple[str, ...]


def compile_ontology(triples: Iterable[Quad | Triple]) -> Program:
    """The rules and contradictions that an ontology's axioms amount to."""
    axioms = Axioms(triples)
    classes = ClassCompiler(axioms)
    properties = PropertyCompiler(axioms, classes)
    classes.compile()
    properties.compile()
    return Program(
        rules=tuple(dict.fromkeys(classes.rules + properties.rules)),
        contradictions=tuple(
            dict.fromkeys(classes.contradictions + properties.contradictions + equality_contradictions(axioms))
        ),
        unsupported=tuple(dict.fromkeys(classes.unsupported)),
    )


def load_rules(folder: Path) -> list[Rule]:
    """The CONSTRUCT rules of a folder (`queries/rules/*.rq`), by name; none where there is no folder.

    Raises:
        InputError: a file is not one CONSTRUCT query.
    """
    return [_rule_file(path) for path in sorted(folder.glob("*.rq"))]


def _rule_file(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    try:
        result = Store().query(text, prefixes=PREFIXES)
    except SyntaxError as error:
        raise InputError(f"{path}: not SPARQL ({' '.join(str(error).split())})") from None
    if not isinstance(result, QueryTriples):
        raise InputError(f"{path}: a rule is a CONSTRUCT query; this is another form")
    return Rule(path.stem, text, "", frozenset({ANY}), ANY)


def infer(store: Store, *, rules: Sequence[Rule] = (), ontology: Iterable[Quad] | None = None) -> Closure:
    """What follows from all graphs of a store under its ontology graph.

    The store itself is not changed: facts are gathered in a copy in memory.

    Args:
        rules: CONSTRUCT rules that take part in the fixpoint.
        ontology: the axioms; by default those in the store's graph/ontology.
    """
    if ontology is None:
        ontology = store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))
    program = compile_ontology(ontology)
    inferred = NamedNode(INFERRED_GRAPH)
    work = Store()
    work.bulk_extend(quad for quad in store if quad.graph_name != inferred)
    found: set[Quad] = set()
    if _anything_same(program.rules, work):
        program_rules = [*program.rules, *equality_rules(), *rules]
    else:
        program_rules = [*program.rules, *rules]
    changed: set[str] = {ANY}
    rounds = 0
    while changed:
        rounds += 1
        changed = _round(work, program_rules, changed, found, first=rounds == 1)
    return Closure(
        quads=tuple(sorted(found, key=str)),
        inconsistencies=tuple(_contradictions(work, program.contradictions)),
        unsupported=program.unsupported,
        rounds=rounds,
    )


def _anything_same(rules: Iterable[Rule], work: Store) -> bool:
    same = NamedNode(SAME.strip("<>"))
    asserted = next(iter(work.quads_for_pattern(None, same, None, None)), None)
    return asserted is not None or any(rule.writes == SAME for rule in rules)


def _round(work: Store, rules: Iterable[Rule], changed: set[str], found: set[Quad], *, first: bool) -> set[str]:
    """Run each rule whose body gained a fact, and say what gained facts this time."""
    gained: set[str] = set()
    for rule in rules:
        # facts that this very round has added count as well: fewer rounds, same closure
        if not (first or ANY in rule.reads or rule.reads & changed or rule.reads & gained):
            continue
        fresh = _new_facts(work, rule)
        if fresh:
            work.extend(fresh)
            found.update(fresh)
            gained.update(_keys(fresh))
    return gained


def _new_facts(work: Store, rule: Rule) -> list[Quad]:
    query = rule.query() if rule.head else rule.body
    graph = NamedNode(INFERRED_GRAPH)
    result = work.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(result, QueryTriples)
    fresh = []
    for triple in result:
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            continue
        known = work.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        if next(iter(known), None) is None:
            fresh.append(Quad(triple.subject, triple.predicate, triple.object, graph))
    return fresh


def _keys(quads: Iterable[Quad]) -> set[str]:
    kind = rdf("type")
    return {f"a {quad.object}" if quad.predicate == kind else str(quad.predicate) for quad in quads}


def _contradictions(work: Store, contradictions: Iterable[Contradiction]) -> list[Inconsistency]:
    found: dict[tuple[str, str, str], Inconsistency] = {}
    for contradiction in contradictions:
        query = contradiction.query(MAXIMUM_SHOWN)
        result = work.query(query, use_default_graph_as_union=True)
        assert isinstance(result, QuerySolutions)
        for row in result:
            focus, other = (str(row[name]) if row[name] is not None else None for name in ("x", "y"))
            message = contradiction.message.replace(PREFIXES["sg"], "sg:")
            made = Inconsistency(rule=contradiction.name, focus=focus or "", message=message, other=other)
            found[made.rule, made.focus, made.message] = made
    return sorted(found.values(), key=lambda i: (i.rule, i.focus, i.message))
