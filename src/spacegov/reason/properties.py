"""Property axioms of OWL 2 RL as rules (profile document, tables 4 and 5)."""

from __future__ import annotations

from itertools import combinations

from pyoxigraph import Literal, NamedNode

from spacegov.reason.classes import SAME, ClassCompiler, has, is_datatype, thing
from spacegov.reason.owl import Axioms, Value, owl, rdfs
from spacegov.reason.rules import ANY, NOTHING_ASKED, Contradiction, Pattern, Rule


class PropertyCompiler:
    """Turns the property axioms of one ontology into rules and contradictions."""

    def __init__(self, axioms: Axioms, classes: ClassCompiler) -> None:
        self.axioms = axioms
        self.classes = classes
        self.rules: list[Rule] = []
        self.contradictions: list[Contradiction] = []

    def compile(self) -> None:
        """Read every property axiom once."""
        self._hierarchy()
        self._domains_and_ranges()
        self._characteristics()
        self._chains()
        self._exclusions()
        self._negative_assertions()

    def _hierarchy(self) -> None:
        for lower, upper in self.axioms.property_pairs(rdfs("subPropertyOf")):
            self._copy("prp-spo1", lower, upper)
        for one, other in self.axioms.property_pairs(owl("equivalentProperty")):
            self._copy("prp-eqp1", one, other)
            self._copy("prp-eqp2", other, one)
        for one, other in self.axioms.property_pairs(owl("inverseOf")):
            self._copy("prp-inv1", one, other, turned=True)
            self._copy("prp-inv2", other, one, turned=True)

    def _copy(self, name: str, source: NamedNode, target: NamedNode, *, turned: bool = False) -> None:
        if source == target and not turned:
            return
        head = f"?y {target} ?x" if turned else f"?x {target} ?y"
        body = has("?x", source, "?y") + (thing("?y") if turned else NOTHING_ASKED)
        self._add(name, body, head, target)

    def _domains_and_ranges(self) -> None:
        for subject, value in self.axioms.pairs(rdfs("domain")):
            if isinstance(subject, NamedNode):
                self.classes.must_be(value, "?x", has("?x", subject, "?y"), "prp-dom")
        for subject, value in self.axioms.pairs(rdfs("range")):
            if isinstance(subject, NamedNode) and not is_datatype(value):
                self.classes.must_be(value, "?y", has("?x", subject, "?y") + thing("?y"), "prp-rng")

    def _characteristics(self) -> None:
        different = Pattern("FILTER(?y != ?z)", frozenset())
        for prop in self.axioms.properties("FunctionalProperty"):
            self.classes.one_value("prp-fp", has("?x", prop, "?y") + has("?x", prop, "?z"), prop)
        for prop in self.axioms.properties("InverseFunctionalProperty"):
            body = has("?y", prop, "?x") + has("?z", prop, "?x") + different
            self.rules.append(Rule("prp-ifp", body.text, f"?y {SAME} ?z", body.reads, SAME))
        for prop in self.axioms.properties("SymmetricProperty"):
            self._copy("prp-symp", prop, prop, turned=True)
        for prop in self.axioms.properties("TransitiveProperty"):
            self._add("prp-trp", has("?x", prop, "?m") + has("?m", prop, "?y"), f"?x {prop} ?y", prop)
        for prop in self.axioms.properties("IrreflexiveProperty"):
            self._contradict("prp-irp", has("?x", prop, "?x"), f"has {prop} to itself")
        for prop in self.axioms.properties("AsymmetricProperty"):
            both = has("?x", prop, "?y") + has("?y", prop, "?x")
            self._contradict("prp-asyp", both, f"has {prop} in both directions")

    def _chains(self) -> None:
        for prop, head in self.axioms.pairs(owl("propertyChainAxiom")):
            links = [link for link in self.axioms.members(head) if isinstance(link, NamedNode)]
            if not isinstance(prop, NamedNode) or not links:
                continue
            body = NOTHING_ASKED
            for number, link in enumerate(links):
                body += has(f"?c{number}", link, f"?c{number + 1}")
            self._add("prp-spo2", body, f"?c0 {prop} ?c{len(links)}", prop)

    def _exclusions(self) -> None:
        pairs = list(self.axioms.property_pairs(owl("propertyDisjointWith")))
        for node in self.axioms.typed(owl("AllDisjointProperties")):
            listed = [m for m in self._listed(node) if isinstance(m, NamedNode)]
            pairs += combinations(listed, 2)
        for one, other in dict.fromkeys(pairs):
            both = has("?x", one, "?y") + has("?x", other, "?y")
            self._contradict("prp-pdw", both, f"has {one} and {other} to one thing, which exclude each other")

    def _listed(self, node: object) -> list[Value]:
        return self.axioms.members(self.axioms.value(node, owl("members")))

    def _negative_assertions(self) -> None:
        for node, source in self.axioms.pairs(owl("sourceIndividual")):
            prop = self.axioms.value(node, owl("assertionProperty"))
            target = self.axioms.value(node, owl("targetIndividual"))
            target = self.axioms.value(node, owl("targetValue")) if target is None else target
            if isinstance(prop, NamedNode) and target is not None and not isinstance(source, Literal):
                body = Pattern(f"{source} {prop} {target} . BIND({source} AS ?x)", frozenset())
                self._contradict("prp-npa1", body, f"has {prop} {target}, which is asserted not to hold")

    def _add(self, name: str, body: Pattern, head: str, prop: NamedNode) -> None:
        self.rules.append(Rule(name, body.text, head, body.reads, str(prop)))

    def _contradict(self, name: str, body: Pattern, message: str) -> None:
        self.contradictions.append(Contradiction(name, body.text, message))


def equality_rules() -> list[Rule]:
    """Table 4: what owl:sameAs carries over. Only used where something can be the same."""
    same = frozenset({SAME})
    rest = f"FILTER(?p != {SAME} && ?a != ?b)"
    return [
        Rule("eq-sym", f"?a {SAME} ?b .", f"?b {SAME} ?a", same, SAME),
        Rule("eq-trans", f"?a {SAME} ?m . ?m {SAME} ?b . FILTER(?a != ?b)", f"?a {SAME} ?b", same, SAME),
        Rule("eq-rep-s", f"?a {SAME} ?b . ?a ?p ?o . {rest}", "?b ?p ?o", frozenset({ANY}), ANY),
        Rule("eq-rep-o", f"?a {SAME} ?b . ?s ?p ?a . {rest}", "?s ?p ?b", frozenset({ANY}), ANY),
    ]


def equality_contradictions(axioms: Axioms) -> list[Contradiction]:
    """eq-diff1 to eq-diff3: the same, and different."""
    different = str(owl("differentFrom"))
    found = [
        Contradiction(
            "eq-diff1",
            f"?x {SAME} ?y . {{ ?x {different} ?y }} UNION {{ ?y {different} ?x }}",
            "is the same as, and different from",
        )
    ]
    for node in axioms.typed(owl("AllDifferent")):
        head = axioms.value(node, owl("members")) or axioms.value(node, owl("distinctMembers"))
        listed = " ".join(str(member) for member in axioms.members(head))
        body = f"VALUES ?x {{ {listed} }} VALUES ?y {{ {listed} }} ?x {SAME} ?y . FILTER(?x != ?y)"
        found.append(Contradiction("eq-diff2", body, "is the same as another of an AllDifferent list"))
    return found
