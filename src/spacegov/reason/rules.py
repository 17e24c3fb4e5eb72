"""The two things that an ontology is compiled into: rules that add facts, checks that find contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ANY: Final = "*"
"""Key of a rule whose body may match any predicate."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When the body holds, so does the head."""

    name: str
    """Name of the OWL 2 RL rule (profile document, tables 4 to 8), or of a rule file."""
    body: str
    """SPARQL group pattern."""
    head: str
    """One triple pattern."""
    reads: frozenset[str]
    """Predicates and classes in the body: the rule runs again only when one of them gained a fact."""
    writes: str

    def query(self) -> str:
        """A CONSTRUCT that gives the new facts only."""
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {self.body} FILTER NOT EXISTS {{ {self.head} }} }}"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """When the body holds, the data contradict the ontology."""

    name: str
    body: str
    message: str
    """What is wrong, with the axiom that says so."""

    def query(self, limit: int) -> str:
        return f"SELECT DISTINCT ?x ?y WHERE {{ {self.body} }} ORDER BY ?x ?y LIMIT {limit}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A conjunction of SPARQL patterns with the keys that it reads."""

    text: str
    reads: frozenset[str]

    def __add__(self, other: Pattern) -> Pattern:
        return Pattern(f"{self.text} {other.text}".strip(), self.reads | other.reads)


NOTHING_ASKED: Final = Pattern("", frozenset())
