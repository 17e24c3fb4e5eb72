"""What each rule says of itself: those that stand in code, and the record that all rules share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from spacegov.validate.findings import Severity, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The card of a rule: what its page shows."""

    id: str
    title: str
    severity: Severity
    stage: Stage
    message: str
    why: str = ""
    fix: str = ""
    source: str = ""
    """The IRI of its shape, the file of its query, or 'code'."""
    detail: str = ""
    """What it looks at: target, path and constraints, or the query itself."""


def _rule(identifier: str, stage: Stage, severity: Severity, title: str, message: str, why: str, fix: str) -> Rule:
    return Rule(
        id=identifier,
        stage=stage,
        severity=severity,
        title=title,
        message=message,
        why=why,
        fix=fix,
        source="code",
    )


BUILT_IN: Final[dict[str, Rule]] = {
    rule.id: rule
    for rule in (
        _rule("SYN-001", "syntax", "violation", "The file is not well-formed",
              "The parser stopped here.",
              "What the parser cannot read is not in the graph, so nothing that it says was checked.",
              "Mend the marked place; a missing ';', '.' or closing quote often stands just before it."),
        _rule("SYN-002", "syntax", "violation", "RDF/XML with a document type",
              "RDF/XML with a DOCTYPE is not read.",
              "Entities in a document type can blow up memory or pull in files.",
              "Write the entities out and remove the DOCTYPE, or give Turtle."),
        _rule("SYN-003", "syntax", "violation", "A JSON-LD context from the net",
              "JSON-LD may only use a context that is bundled or written inside the file.",
              "Fetching a context makes the result depend on a server, and tells it what is checked.",
              "Put the context into the file, or use the address of the bundled one."),
        _rule("SYN-004", "syntax", "violation", "A row that is no stance",
              "A line of the rows cannot be read as a stance.",
              "A row that is not read is a stance that is lost without a word.",
              "Compare the line with a row that spacegov extract prints (docs/commands.md)."),
        _rule("SYN-005", "syntax", "violation", "Not UTF-8, or not a text",
              "The file is not UTF-8 text.",
              "Quotations are compared letter by letter; a wrong encoding changes letters.",
              "Save the file as UTF-8."),
        _rule("TRM-001", "terms", "violation", "A term that the ontology does not define",
              "The ontology defines no such term.",
              "To a triplestore a misspelt property is no error: the fact is just never found.",
              "Use the term that is meant, or define it in ontology/ first."),
        _rule("TRM-002", "terms", "warning", "A deprecated term",
              "The ontology has retired this term.",
              "Questions are written with the new term and do not see the old one.",
              "Use the term that replaces it."),
        _rule("TRM-003", "terms", "violation", "A class used as a property, or a property as a class",
              "The term is used in a place that its kind does not fit.",
              "Nothing that asks for the term will find it in this place.",
              "Use a property between subject and object, and a class after 'a'."),
        _rule("SHP-001", "shapes", "info", "A shape that matched nothing",
              "No thing in the data is a target of this shape.",
              "A typo in a target makes a shape agree with everything.",
              "Correct sh:targetClass (or its like), or validate data that hold such things."),
        _rule("SHP-002", "shapes", "violation", "A SHACL term that does not exist",
              "SHACL has no such term, so engines pass over it in silence.",
              "sh:minCnt looks like a rule and checks nothing.",
              "Use the SHACL term that is meant."),
        _rule("SHP-003", "shapes", "violation", "A shape without a constraint",
              "The shape states no constraint.",
              "An empty shape agrees with everything.",
              "Give it a property, a constraint or a reference to another shape, or remove it."),
        _rule("SHP-004", "shapes", "violation", "A shape that cannot be understood",
              "The shape is ill-formed.",
              "What cannot be read cannot be checked.",
              "Mend the shape as the message says."),
        _rule("SHP-005", "shapes", "violation", "A target class that the ontology does not define",
              "The shape's target class is not a class of the ontology or the data.",
              "A typo in a target makes a shape agree with everything.",
              "Correct the class."),
        _rule("SHP-006", "shapes", "info", "A shape that the fast engine leaves to pySHACL",
              "The shape uses a feature that only the reference engine has.",
              "It is checked all the same, more slowly.",
              "Nothing need be done; a check query would be faster."),
        _rule("CHK-000", "checks", "violation", "A check query that cannot run",
              "The query is not valid SPARQL.",
              "A check that does not run finds nothing.",
              "Mend the query."),
        _rule("REF-001", "references", "violation", "A quotation that is not in its source",
              "The quoted words do not stand at their offsets in the source.",
              "A stance is only as good as the words that show it.",
              "Correct oa:start and oa:end, or the quotation; run extraction again if the source changed."),
        _rule("REF-002", "references", "violation", "A source that has changed",
              "The source text has another hash than the evidence says.",
              "Offsets into another text point at other words.",
              "Restore the text that was read, or run extraction on the new one."),
        _rule("REF-003", "references", "violation", "A name that leads nowhere",
              "Nothing is said of this thing anywhere in the data.",
              "An answer that leads to an unknown actor or instrument cannot be read.",
              "Use the id of a known thing, or describe this one in data/reference/."),
        _rule("REF-004", "references", "warning", "A symbol of an unknown pattern",
              "The symbol does not look like that of a document.",
              "Symbols are how readers find the document.",
              "Write it as the organisation does: A/RES/78/72, CD/1839, A/AC.105/C.2/L.301."),
        _rule("REF-005", "references", "warning", "An implausible date",
              "The date lies before 1648 or after 2100.",
              "Such a date is nearly always a slip of a digit.",
              "Correct the date."),
        _rule("REF-006", "references", "violation", "Offsets that do not fit the quotation",
              "End minus start is not the length of the quoted words.",
              "Offsets count Unicode code points, end exclusive; bytes or UTF-16 units point elsewhere.",
              "Count code points."),
        _rule("REF-007", "references", "info", "A literal that stores rewrite",
              "The value is not in its canonical form; stores change it on loading.",
              "A file that changes on its way through a store cannot be compared with what came out.",
              "Write the canonical form: 0.6 instead of 0.60, 1 instead of 01, Z instead of +00:00."),
        _rule("REF-008", "references", "warning", "A speaker whom nobody knows",
              "The metadata of the document name a speaker who is not in the reference data.",
              "The document is read without a speaker, so questions on who spoke for whom do not see it.",
              "Correct the id in the sidecar or the front matter, or describe the person in data/reference/."),
        _rule("REF-009", "references", "warning", "A text whose author nobody knows",
              "No author was given, and no strong sign in the text shows one.",
              "What 'we' say in it has no holder and is no stance; only what it tells of named actors is kept.",
              "Name the author in the sidecar: {\"author\": \"cuba\"}."),
    )
}  # fmt: skip
