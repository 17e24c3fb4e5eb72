"""Terms of our namespace that the ontology does not define, with what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES, SG
from spacegov.validate.findings import Finding, Severity
from spacegov.validate.graph import RDF_TYPE, Graph, text_of
from spacegov.validate.rules import BUILT_IN

_OWL: Final = PREFIXES["owl"]
CLASS_KINDS: Final = {_OWL + "Class", PREFIXES["rdfs"] + "Class"}
_PROPERTY_KINDS: Final = {
    _OWL + kind for kind in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty", "TransitiveProperty",
                             "FunctionalProperty", "SymmetricProperty")
} | {PREFIXES["rdf"] + "Property"}  # fmt: skip
_DEPRECATED: Final = ox.NamedNode(_OWL + "deprecated")
_REPLACED_BY: Final = ox.NamedNode(PREFIXES["dcterms"] + "isReplacedBy")


class Terms:
    """The terms that an ontology defines in our namespace."""

    def __init__(self, ontology: Graph) -> None:
        self.classes: set[str] = set()
        self.properties: set[str] = set()
        self.others: set[str] = set()
        self.retired: dict[str, str] = {}
        for quad in ontology.store.quads_for_pattern(None, RDF_TYPE, None, None):
            if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SG):
                self._add(quad.subject.value, quad.object.value if isinstance(quad.object, ox.NamedNode) else "")
        for quad in ontology.store.quads_for_pattern(None, _DEPRECATED, None, None):
            if isinstance(quad.object, ox.Literal) and quad.object.value in ("true", "1"):
                replacement = ontology.first(quad.subject, _REPLACED_BY)
                self.retired[text_of(quad.subject)] = text_of(replacement) if replacement else ""

    def _add(self, iri: str, kind: str) -> None:
        if kind in CLASS_KINDS:
            self.classes.add(iri)
        elif kind in _PROPERTY_KINDS:
            self.properties.add(iri)
        else:
            self.others.add(iri)

    @property
    def all(self) -> set[str]:
        """Every defined term."""
        return self.classes | self.properties | self.others

    def meant(self, iri: str, *, pool: Iterable[str] | None = None) -> str:
        """The defined term nearest to a misspelt one, as a question; '' where nothing is near."""
        names = sorted(known.removeprefix(SG) for known in (self.all if pool is None else pool))
        folded = {name.lower(): name for name in names}
        wanted = iri.removeprefix(SG)
        if wanted.lower() in folded:
            return f"sg:{folded[wanted.lower()]}"
        near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.6)
        return f"sg:{near[0]}" if near else ""


def unknown_terms(data: Graph, terms: Terms) -> Iterator[Finding]:
    """Findings on every statement that uses a term of ours wrongly.

    Data that define terms themselves (an ontology under validation) are heard first.
    """
    if not terms.all:
        return
    own = Terms(data)
    predicates = _distinct(data, "SELECT DISTINCT ?t WHERE { ?s ?t ?o }")
    classes = _distinct(data, "SELECT DISTINCT ?t WHERE { ?s a ?t }")
    objects = _distinct(
        data, "SELECT DISTINCT ?t WHERE { ?s ?p ?t FILTER(ISIRI(?t) && STRSTARTS(STR(?t), '" + SG + "')) }"
    )
    for iri in sorted(predicates):
        yield from _misused(data, iri, terms, own, as_property=True)
    for iri in sorted(classes | objects):
        yield from _misused(data, iri, terms, own, as_property=False, as_class=iri in classes)


def _distinct(data: Graph, query: str) -> set[str]:
    rows = data.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    found = (row["t"] for row in rows)
    return {term.value for term in found if isinstance(term, ox.NamedNode) and term.value.startswith(SG)}


def _misused(
    data: Graph, iri: str, terms: Terms, own: Terms, *, as_property: bool, as_class: bool = False
) -> Iterator[Finding]:
    known = terms.all | own.all
    if iri not in known:
        pool = terms.properties if as_property else terms.classes if as_class else terms.all
        meant = terms.meant(iri, pool=pool) or terms.meant(iri)
        message = f"The ontology defines no term sg:{iri.removeprefix(SG)}." + (
            f" Did you mean {meant}?" if meant else ""
        )
        yield from _on_each(data, iri, "TRM-001", message, f"Write {meant}." if meant else "", as_property)
    elif as_property and iri not in terms.properties | own.properties:
        message = f"sg:{iri.removeprefix(SG)} is no property, yet it stands between a subject and an object."
        yield from _on_each(data, iri, "TRM-003", message, "", as_property)
    elif as_class and iri not in terms.classes | own.classes:
        message = f"sg:{iri.removeprefix(SG)} is no class, yet something is said to be of it."
        yield from _on_each(data, iri, "TRM-003", message, "", as_property)
    elif iri in terms.retired:
        replacement = terms.retired[iri].replace(SG, "sg:")
        message = f"sg:{iri.removeprefix(SG)} is retired" + (f"; {replacement} replaces it." if replacement else ".")
        yield from _on_each(data, iri, "TRM-002", message, f"Write {replacement}." if replacement else "", as_property)


def _on_each(data: Graph, iri: str, rule: str, message: str, fix: str, as_property: bool) -> Iterator[Finding]:
    card = BUILT_IN[rule]
    severity: Severity = card.severity
    term = ox.NamedNode(iri)
    pattern = (None, term, None, None) if as_property else (None, None, term, None)
    for quad in data.store.quads_for_pattern(*pattern):
        yield Finding(
            rule=rule,
            severity=severity,
            focus=text_of(quad.subject),
            focus_label=data.label(quad.subject),
            path=quad.predicate.value,
            value=None if as_property else text_of(quad.object),
            message=message,
            why=card.why,
            fix=fix or card.fix,
            graph=quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None,
            stage="terms",
        )
