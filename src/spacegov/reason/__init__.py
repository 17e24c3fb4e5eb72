"""The OWL 2 RL closure: axioms compiled to SPARQL, run to a fixpoint into a graph of its own.

owlrl is the oracle (`tests/reason/` compares construct by construct), SPARQL on Oxigraph does the work:
at 163,000 triples it takes seconds where owlrl takes minutes. What contradicts the ontology is found and
given by name; OWL's own way, triples about owl:Nothing, is easily overlooked.

    closure = infer(store)          # store holds asserted graphs and the ontology graph
    store.extend(closure.quads)     # all in graph/inferred
"""

from spacegov.reason.engine import Closure, Inconsistency, compile_ontology, infer, load_rules

__all__ = ["Closure", "Inconsistency", "compile_ontology", "infer", "load_rules"]
