"""Names of things: the one place that knows how an identifier becomes an IRI and back.

A thing's IRI is ``https://w3id.org/spacegov/id/<kind>/<slug>`` (DESIGN: identifiers). Slugs are what
rows, files and the command line use; IRIs are what RDF uses.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

BASE: Final = "https://w3id.org/spacegov/"
SG: Final = BASE + "ontology#"
ONTOLOGY: Final = BASE + "ontology"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"
SHAPES: Final = BASE + "shapes#"

KINDS: Final = (
    "actor", "person", "post", "membership", "programme", "forum", "meeting", "instrument",
    "submission", "vote", "ballot", "treaty-status", "topic", "act", "document", "stance",
    "evidence", "run",
)  # fmt: skip

PREFIXES: Final = {
    "sg": SG,
    "sgsh": SHAPES,
    "act": ID + "act/",
    "actor": ID + "actor/",
    "topic": ID + "topic/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "lexinfo": "http://www.lexinfo.net/ontology/3.0/lexinfo#",
    "oa": "http://www.w3.org/ns/oa#",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def iri(kind: str, slug: str) -> str:
    """The IRI of a thing.

    >>> iri("actor", "china")
    'https://w3id.org/spacegov/id/actor/china'
    """
    if kind not in KINDS:
        raise ValueError(f"no such kind of thing: {kind!r} (known: {', '.join(KINDS)})")
    return f"{ID}{kind}/{quote(slug, safe=':')}"


def slug(identifier: str) -> str:
    """The last path segment of an IRI of ours; a slug is given back as it is.

    >>> slug("https://w3id.org/spacegov/id/actor/china"), slug("cd")
    ('china', 'cd')
    """
    return unquote(identifier.rstrip("/#").rsplit("/", 1)[-1].rsplit("#", 1)[-1])


def kind_of(identifier: str) -> str | None:
    """The kind in an IRI of ours, or None for any other IRI."""
    if not identifier.startswith(ID):
        return None
    return identifier[len(ID) :].split("/", 1)[0]


def document_graph(doc: str) -> str:
    """The named graph that holds everything said about one document."""
    return f"{GRAPH}document/{quote(doc, safe=':')}"


REFERENCE_GRAPH: Final = GRAPH + "reference"
ONTOLOGY_GRAPH: Final = GRAPH + "ontology"
INFERRED_GRAPH: Final = GRAPH + "inferred"
