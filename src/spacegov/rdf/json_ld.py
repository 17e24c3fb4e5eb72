"""Compact JSON-LD: a graph as JSON with a context that stands in the file, so that nothing is fetched.

The context is small and fixed: our prefixes, a prefix for each kind of thing, and plain names for what is said of
stances, passages, documents and runs. Whatever it does not name is written with a prefix (`sg:iso3`) and, where it
is no plain string, with its datatype or language beside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from spacegov.namespaces import BASE, ID, KINDS, PREFIXES

CONTEXT_IRI: Final = BASE + "context.jsonld"
"""The address by which a file may name the context instead of writing it out."""

_THINGS: Final = (
    "sg:isHeldBy", "sg:hasAct", "sg:hasPolarity", "sg:hasTarget", "sg:isAddressedTo", "sg:isMadeIn", "sg:isUtteredBy",
    "sg:onBehalfOf", "sg:mayAllude", "sg:hasReviewStatus", "sg:isEvidencedBy", "prov:wasGeneratedBy", "sg:isFoundIn",
    "sg:hasAuthor", "sg:hasSpeaker", "sg:isDeliveredIn", "prov:used", "sg:hasTrust",
)  # fmt: skip
_VALUES: Final[Mapping[str, str | None]] = {
    "sg:hasConfidence": "xsd:decimal", "sg:allusionConfidence": "xsd:decimal",
    "sg:earliest": "xsd:date", "sg:latest": "xsd:date", "sg:address": "xsd:anyURI",
    "oa:start": "xsd:integer", "oa:end": "xsd:integer",
    "oa:exact": None, "oa:prefix": None, "oa:suffix": None, "sg:condition": None, "sg:onDate": None,
    "sg:sourceHash": None, "dcterms:title": None, "dcterms:language": None, "dcterms:source": None, "sg:symbol": None,
    "sg:documentKind": None, "sg:restsOn": None, "sg:extractorName": None, "sg:softwareVersion": None,
    "sg:vocabularyHash": None,
}  # fmt: skip
"""Property -> the datatype that its values have; None for plain strings, and for dates of several types."""


def _context() -> dict[str, Any]:
    terms: dict[str, Any] = {name.partition(":")[2]: {"@id": name, "@type": "@id"} for name in _THINGS}
    terms |= {name.partition(":")[2]: {"@id": name, "@type": kind} if kind else name for name, kind in _VALUES.items()}
    terms |= {"prefLabel": {"@id": "skos:prefLabel", "@language": "en"}}
    return {**PREFIXES, **{kind: f"{ID}{kind}/" for kind in KINDS}, **terms}


CONTEXT: Final = _context()
_PREFIXES: Final = sorted(
    ((value, name) for name, value in CONTEXT.items() if isinstance(value, str) and value.startswith("http")),
    key=lambda pair: (-len(pair[0]), pair),
)
_TYPE: Final = PREFIXES["rdf"] + "type"
_STRING: Final = "xsd:string"
_INTEGER: Final = "xsd:integer"
_NUMBER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
"""The integers that every reader of JSON gives back as they were."""


def to_json_ld(quads: Iterable[Quad]) -> bytes:
    """Quads as one JSON-LD document, a node for each thing in each graph; the same quads give the same bytes."""
    graphs: dict[str, dict[str, dict[str, list[Any]]]] = {}
    for quad in sorted(set(quads), key=_order):
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        node = graphs.setdefault(name, {}).setdefault(_name(quad.subject), {})
        key, value = _said(quad)
        node.setdefault(key, []).append(value)
    parts: list[dict[str, Any]] = []
    for name, nodes in graphs.items():
        described = [_node(identifier, facts) for identifier, facts in nodes.items()]
        parts += [{"@id": name, "@graph": described}] if name else described
    return (json.dumps({"@context": CONTEXT, "@graph": parts}, ensure_ascii=False, indent=1) + "\n").encode()


def _order(quad: Quad) -> tuple[str, str, str, str]:
    return str(quad.graph_name), str(quad.subject), str(quad.predicate), str(quad.object)


def _node(identifier: str, facts: Mapping[str, list[Any]]) -> dict[str, Any]:
    """A node with its id and types first, which readers of streams ask for; one value stands without a list."""
    keys = sorted(facts, key=lambda key: (key != "@type", key))
    return {"@id": identifier, **{key: facts[key][0] if len(facts[key]) == 1 else facts[key] for key in keys}}


def _said(quad: Quad) -> tuple[str, Any]:
    if quad.predicate.value == _TYPE:
        return "@type", _name(quad.object)
    short = _short(quad.predicate.value)
    term = short.partition(":")[2]
    known = CONTEXT.get(term)
    meant = known.get("@id") if isinstance(known, dict) else known
    return (term, _value(quad.object, known)) if meant == short else (short, _value(quad.object, None))


def _value(value: object, term: Any) -> Any:
    """A value as the term lets it be written; in full where the term says nothing, or something else."""
    said = term if isinstance(term, dict) else {}
    if not isinstance(value, Literal):
        return _name(value) if said.get("@type") == "@id" else {"@id": _name(value)}
    if value.language is not None:
        plain = value.language == said.get("@language")
        return value.value if plain else {"@value": value.value, "@language": value.language}
    kind = _short(value.datatype.value)
    if kind == said.get("@type", _STRING) and "@language" not in said:
        return int(value.value) if kind == _INTEGER and _NUMBER.fullmatch(value.value) else value.value
    return {"@value": value.value} if kind == _STRING else {"@value": value.value, "@type": kind}


def _name(thing: object) -> str:
    assert isinstance(thing, NamedNode | BlankNode), "nothing that we write speaks of statements"
    return _short(thing.value) if isinstance(thing, NamedNode) else f"_:{thing.value}"


@lru_cache(maxsize=1 << 16)
def _short(address: str) -> str:
    """An IRI with one of our prefixes, where one fits and the rest cannot be taken for a path of its own."""
    for start, name in _PREFIXES:
        rest = address.removeprefix(start)
        if address.startswith(start) and rest and not rest.startswith("//"):
            return f"{name}:{rest}"
    return address
