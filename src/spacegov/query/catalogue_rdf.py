"""The catalogue described for others: in RDF, as the SIB's sparql-examples are, and as a page.

A query is a `sh:SPARQLSelectExecutable` with its question in `rdfs:comment`, its words in
`schema:keywords` and its text in `sh:select` (see github.com/sib-swiss/sparql-examples). Parameters are
`sh:Parameter`s, each naming the variable that it binds. The text is the one without optional parameters:
it runs as it stands in any triplestore that holds the graph, if nothing is required.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from spacegov.namespaces import BASE, GRAPH, PREFIXES, SG
from spacegov.query.catalogue import Param, Question
from spacegov.rdf.turtle import serialize

QUERY: Final = BASE + "query/"
QUERY_GRAPH: Final = GRAPH + "queries"
STAR: Final = "\\*"
_CLASSES: Final = {
    "actor": "Actor", "topic": "Topic", "forum": "Forum", "instrument": "Instrument", "document": "Document",
    "stance": "Stance", "person": "Person", "act": "Act",
}  # fmt: skip


def catalogue_quads(questions: Iterable[Question]) -> list[Quad]:
    """The catalogue as a graph of its own."""
    graph = NamedNode(QUERY_GRAPH)
    triples = (triple for question in questions for triple in _question(question))
    return sorted({Quad(*triple, graph) for triple in triples}, key=str)


def catalogue_turtle(questions: Iterable[Question]) -> bytes:
    """The same as Turtle."""
    prefixes = {name: iri for name, iri in PREFIXES.items() if name in ("rdf", "rdfs", "schema", "sg", "sh", "xsd")}
    header = "The competency questions of spacegov. Licence: CC BY 4.0"
    return serialize(catalogue_quads(questions), "turtle", {**prefixes, "query": QUERY}, header=header)


Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def _question(question: Question) -> Iterator[Triple]:
    node = NamedNode(QUERY + question.id)
    required = [param.name for param in question.params if param.required]
    yield node, _name("rdf", "type"), _name("sh", "SPARQLExecutable")
    yield node, _name("rdf", "type"), _name("sh", "SPARQLSelectExecutable")
    yield node, _name("rdfs", "label"), Literal(question.id)
    yield node, _name("rdfs", "comment"), Literal(question.question, language="en")
    yield node, _name("schema", "description"), Literal(question.answers, language="en")
    yield node, _name("sh", "select"), Literal(question.sparql(required).strip())
    for word in question.keywords:
        yield node, _name("schema", "keywords"), Literal(word)
    for param in question.params:
        yield from _param(node, question, param)


def _param(node: NamedNode, question: Question, param: Param) -> Iterator[Triple]:
    parameter = NamedNode(f"{QUERY}{question.id}/{param.name}")
    yield node, _name("sh", "parameter"), parameter
    yield parameter, _name("rdf", "type"), _name("sh", "Parameter")
    yield parameter, _name("sh", "path"), NamedNode(f"{QUERY}parameter/{param.name}")
    yield parameter, _name("sh", "name"), Literal(param.variable)
    if param.type in _CLASSES:
        yield parameter, _name("sh", "class"), NamedNode(SG + _CLASSES[param.type])
    else:
        yield parameter, _name("sh", "datatype"), _name("xsd", "date")
    if not param.required:
        yield parameter, _name("sh", "optional"), Literal("true", datatype=_name("xsd", "boolean"))


def _name(prefix: str, name: str) -> NamedNode:
    return NamedNode(PREFIXES[prefix] + name)


def catalogue_page(questions: Iterable[Question]) -> str:
    """The catalogue as a page in Markdown."""
    entries = list(questions)
    lines = [
        "# Questions that the graph answers",
        "",
        "This page is made by `spacegov ask --format markdown -o docs/questions.md`; "
        "the same catalogue in RDF is [questions.ttl](questions.ttl).",
        "Ask one with `spacegov ask NAME`; parameters take a label, an alias, an acronym or an id. A `*` marks a "
        "column that holds several values in a row. Stances that a reviewer rejected are left out everywhere.",
        "",
    ]
    lines += [f"- [{question.id}](#{question.id}): {question.question}" for question in entries]
    for question in entries:
        example = " ".join(f"--{name} {value}" for name, value in question.example.items())
        lines += [
            "",
            f"## {question.id}",
            "",
            f"**{question.question}** Gives {question.answers}.",
            "",
            f"- parameters: {', '.join(map(_described, question.params)) or 'none'}",
            f"- columns: {', '.join(c.name + (STAR if c.many else '') for c in question.columns)}",
            f"- keywords: {', '.join(question.keywords)}",
            "",
            "```sh",
            f"spacegov ask {question.id} {example}".strip(),
            "```",
        ]
    return "\n".join(lines) + "\n"


def _described(param: Param) -> str:
    return f"`--{param.name}` ({param.type}{', required' if param.required else ''})"
