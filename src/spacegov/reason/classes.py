"""Class axioms of OWL 2 RL as rules (profile document, tables 6 and 7).

A class expression on the left of an axiom becomes a pattern that finds its members; on the right it
becomes rules about each member. Members of unnamed classes are never written down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, count
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from spacegov.reason.owl import XSD, Axioms, Node, Value, is_named, owl, rdfs
from spacegov.reason.rules import NOTHING_ASKED, Contradiction, Pattern, Rule

SAME: Final = str(owl("sameAs"))
_LITERAL_TYPES: Final = (str(rdfs("Literal")), "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>")


class ClassCompiler:
    """Turns the class axioms of one ontology into rules and contradictions."""

    def __init__(self, axioms: Axioms) -> None:
        self.axioms = axioms
        self.rules: list[Rule] = []
        self.contradictions: list[Contradiction] = []
        self.unsupported: list[str] = []
        self._fresh = count(1)

    def compile(self) -> None:
        """Read every class axiom once."""
        for subject, value in self.axioms.pairs(rdfs("subClassOf")):
            self.subclass(subject, value, "cax-sco")
        for subject, value in self.axioms.pairs(owl("equivalentClass")):
            self.subclass(subject, value, "cax-eqc1")
            self.subclass(value, subject, "cax-eqc2")
        for name in ("intersectionOf", "unionOf", "oneOf", "onProperty", "complementOf"):
            # a named class may be defined by its own triples, without owl:equivalentClass
            for subject, _ in self.axioms.pairs(owl(name)):
                if is_named(subject):
                    self._define(subject)
        self._disjoint()
        self._keys()
        nothing = self.members(owl("Nothing"), "?x")
        for pattern in nothing:
            self._contradict("cls-nothing2", pattern, "is a member of owl:Nothing")

    def subclass(self, lower: Value, upper: Value, name: str) -> None:
        """Every member of the one class is a member of the other."""
        if lower == upper:
            return
        found = list(self.members(lower, "?x"))
        if not found:
            self.unsupported.append(f"{name}: no members can be found of {lower} (not in OWL 2 RL)")
        for pattern in found:
            self.must_be(upper, "?x", pattern, name)

    # --- left side: who is a member --------------------------------------------------------------------

    def members(self, expression: Value, variable: str) -> Iterator[Pattern]:
        """Patterns, any one of which shows that the variable is a member."""
        if is_named(expression):
            yield a(variable, expression)
        else:
            yield from self._expression_members(expression, variable)

    def _expression_members(self, expression: Value, variable: str) -> Iterator[Pattern]:
        axioms = self.axioms
        if (parts := axioms.value(expression, owl("intersectionOf"))) is not None:
            yield from self._all_of(axioms.members(parts), variable)
        elif (parts := axioms.value(expression, owl("unionOf"))) is not None:
            for part in axioms.members(parts):
                yield from self.members(part, variable)
        elif (parts := axioms.value(expression, owl("oneOf"))) is not None:
            named = [member for member in axioms.members(parts) if self._is_known(member, expression, "oneOf")]
            yield Pattern(f"VALUES {variable} {{ {' '.join(map(str, named))} }}", frozenset())
        elif isinstance(prop := axioms.value(expression, owl("onProperty")), NamedNode):
            if (value := axioms.value(expression, owl("hasValue"))) is not None:
                if self._is_known(value, expression, "hasValue"):
                    yield has(variable, prop, str(value))
            elif (filler := axioms.value(expression, owl("someValuesFrom"))) is not None:
                other = self._variable()
                for pattern in self._filler(filler, other):
                    yield has(variable, prop, other) + pattern

    def _is_known(self, value: Value, expression: Value, name: str) -> bool:
        """Whether a value can be asked for: in a query a blank node is a variable, and would match anything."""
        if isinstance(value, BlankNode):
            self.unsupported.append(f"{expression}: owl:{name} with a blank node is not in OWL 2 DL; give it an IRI")
            return False
        return True

    def _all_of(self, parts: list[Value], variable: str) -> Iterator[Pattern]:
        found = [NOTHING_ASKED]
        for part in parts:
            found = [left + right for left in found for right in self.members(part, variable)]
        yield from found

    def _filler(self, filler: Value, variable: str) -> Iterator[Pattern]:
        if filler == owl("Thing") or str(filler) in _LITERAL_TYPES:
            yield NOTHING_ASKED
        elif is_datatype(filler):
            test = f"FILTER(isLiteral({variable}) && DATATYPE({variable}) = {filler})"
            yield Pattern(test, frozenset())
        else:
            yield from self.members(filler, variable)

    # --- right side: what a member must be --------------------------------------------------------------

    def must_be(self, expression: Value, variable: str, when: Pattern, name: str) -> None:
        """Rules for what holds of every member of a class."""
        if expression == owl("Thing"):
            return
        if expression == owl("Nothing"):
            self._contradict("cls-nothing2", when, "is a member of owl:Nothing")
        elif is_named(expression):
            self.add(name, when, f"{variable} a {expression}", type_key(expression))
        else:
            self._expression_holds(expression, variable, when)

    def _expression_holds(self, expression: Value, variable: str, when: Pattern) -> None:
        axioms = self.axioms
        if (parts := axioms.value(expression, owl("intersectionOf"))) is not None:
            for part in axioms.members(parts):
                self.must_be(part, variable, when, "cls-int2")
        elif (other := axioms.value(expression, owl("complementOf"))) is not None:
            for pattern in self.members(other, variable):
                self._contradict("cls-com", when + pattern, f"is in a class and in its complement {other}")
        elif isinstance(prop := axioms.value(expression, owl("onProperty")), NamedNode):
            self._restriction_holds(expression, prop, variable, when)
        # a union or an enumeration says of its members only that they are one of several: no rule follows

    def _restriction_holds(self, expression: Value, prop: NamedNode, variable: str, when: Pattern) -> None:
        axioms = self.axioms
        if (value := axioms.value(expression, owl("hasValue"))) is not None:
            if self._is_known(value, expression, "hasValue"):
                self.add("cls-hv1", when, f"{variable} {prop} {value}", str(prop))
        elif (filler := axioms.value(expression, owl("allValuesFrom"))) is not None:
            if not is_datatype(filler):
                other = self._variable()
                self.must_be(filler, other, when + has(variable, prop, other) + thing(other), "cls-avf")
        elif self._maximum(expression) is not None:
            self._at_most(expression, prop, variable, when)
        elif axioms.value(expression, owl("someValuesFrom")) is None and not self._minimum(expression):
            self.unsupported.append(f"{expression}: a restriction on {prop} that is not in OWL 2 RL")

    def _at_most(self, expression: Value, prop: NamedNode, variable: str, when: Pattern) -> None:
        """cls-maxc1, -maxc2 and cls-maxqc1 to -maxqc4."""
        on_class = self.axioms.value(expression, owl("onClass")) or owl("Thing")
        maximum = self._maximum(expression)
        for first in self._filler(on_class, "?y"):
            one = when + has(variable, prop, "?y") + first
            if maximum == 0:
                self._contradict("cls-maxc1", one, f"has a value of {prop}, and may have none")
            elif maximum == 1:
                for second in self._filler(on_class, "?z"):
                    self.one_value("cls-maxc2", one + has(variable, prop, "?z") + second, prop)
            else:
                self.unsupported.append(f"{expression}: at most {maximum} of {prop} is not in OWL 2 RL")

    def one_value(self, name: str, pattern: Pattern, prop: NamedNode) -> None:
        """Two values where one may be: one thing under two names, or two literals that contradict."""
        both = pattern + thing("?y") + thing("?z") + Pattern("FILTER(?y != ?z)", frozenset())
        self.add(name, both, f"?y {SAME} ?z", SAME)
        literals = pattern + Pattern("FILTER(isLiteral(?y) && isLiteral(?z) && STR(?y) < STR(?z))", frozenset())
        self._contradict(name, literals, f"has two values of {prop}, and may have one")

    def _maximum(self, expression: Value) -> int | None:
        for name in ("maxCardinality", "maxQualifiedCardinality", "cardinality", "qualifiedCardinality"):
            value = self.axioms.value(expression, owl(name))
            if isinstance(value, Literal) and re.fullmatch(r"\+?[0-9]+", value.value):
                return int(value.value)
        return None

    def _minimum(self, expression: Value) -> bool:
        # a minimum says nothing that a rule could add; shapes see to it
        names = ("minCardinality", "minQualifiedCardinality", "hasSelf")
        return any(self.axioms.value(expression, owl(name)) is not None for name in names)

    # --- other class axioms -----------------------------------------------------------------------------

    def _define(self, name: NamedNode) -> None:
        for pattern in self._expression_members(name, "?x"):
            self.add("cls-def", pattern, f"?x a {name}", type_key(name))
        if self.axioms.value(name, owl("unionOf")) is None and self.axioms.value(name, owl("oneOf")) is None:
            self._expression_holds(name, "?x", a("?x", name))

    def _disjoint(self) -> None:
        pairs = list(self.axioms.pairs(owl("disjointWith")))
        for node in self.axioms.typed(owl("AllDisjointClasses")):
            pairs += _pairs_of(self.axioms.members(self.axioms.value(node, owl("members"))))
        for subject, head in self.axioms.pairs(owl("disjointUnionOf")):
            parts = self.axioms.members(head)
            pairs += _pairs_of(parts)
            for part in parts:
                self.subclass(part, subject, "cax-sco")
        for one, other in dict.fromkeys(pairs):
            self._apart(one, other)

    def _apart(self, one: Value, other: Value) -> None:
        for left in self.members(one, "?x"):
            for right in self.members(other, "?x"):
                self._contradict("cax-dw", left + right, f"is in two disjoint classes: {one} and {other}")

    def _keys(self) -> None:
        for subject, head in self.axioms.pairs(owl("hasKey")):
            keys = [key for key in self.axioms.members(head) if isinstance(key, NamedNode)]
            shared = NOTHING_ASKED
            for number, key in enumerate(keys):
                shared += has("?x", key, f"?k{number}") + has("?y", key, f"?k{number}")
            for left in self.members(subject, "?x"):
                for right in self.members(subject, "?y"):
                    pattern = left + right + shared + Pattern("FILTER(?x != ?y)", frozenset())
                    self.add("prp-key", pattern, f"?x {SAME} ?y", SAME)

    def add(self, name: str, when: Pattern, head: str, writes: str) -> None:
        """One more rule; `writes` is the key of the facts that it adds."""
        self.rules.append(Rule(name, when.text, head, when.reads, writes))

    def _contradict(self, name: str, when: Pattern, message: str) -> None:
        self.contradictions.append(Contradiction(name, when.text, message))

    def _variable(self) -> str:
        return f"?v{next(self._fresh)}"


def _pairs_of(classes: list[Value]) -> list[tuple[Node, Value]]:
    return [(one, other) for one, other in combinations(classes, 2) if not isinstance(one, Literal)]


# --- patterns ------------------------------------------------------------------------------------------


def type_key(cls: NamedNode) -> str:
    """The key under which facts 'x a C' count."""
    return f"a {cls}"


def a(variable: str, cls: NamedNode) -> Pattern:
    """The variable is a member of a named class."""
    return Pattern(f"{variable} a {cls} .", frozenset({type_key(cls)}))


def has(variable: str, prop: NamedNode, value: str) -> Pattern:
    """The variable has a value, which is a term or another variable."""
    return Pattern(f"{variable} {prop} {value} .", frozenset({str(prop)}))


def thing(variable: str) -> Pattern:
    """Literals are no things: they have no type and no sameAs."""
    return Pattern(f"FILTER(!isLiteral({variable}))", frozenset())


def is_datatype(expression: Value) -> bool:
    """Whether an expression is a range of literals, of which nothing can be a member by a triple."""
    return isinstance(expression, NamedNode) and (expression.value.startswith(XSD) or str(expression) in _LITERAL_TYPES)
