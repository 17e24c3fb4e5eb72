"""The last stage: whether names lead somewhere, quotations stand where they should, dates are plausible."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from spacegov.namespaces import ID, PREFIXES, SG, kind_of, slug
from spacegov.validate.findings import Finding
from spacegov.validate.graph import Graph, Term, text_of
from spacegov.validate.rules import BUILT_IN

_OA: Final = PREFIXES["oa"]
_SG_FOUND_IN: Final = ox.NamedNode(SG + "isFoundIn")
_SG_HASH: Final = ox.NamedNode(SG + "sourceHash")
_SG_SYMBOL: Final = ox.NamedNode(SG + "symbol")
_START, _END, _EXACT = (ox.NamedNode(_OA + name) for name in ("start", "end", "exact"))
_SYMBOL_FORM: Final = re.compile(r"[A-Z][A-Za-z]*[./ -]?.*\d|[A-Z]+(?:/[A-Za-z0-9.() -]+)+|[A-Z0-9][\w .,()/\-–&:]*")
_DATED: Final = {PREFIXES["xsd"] + name for name in ("date", "gYear", "gYearMonth", "dateTime")}
_OLDEST, _NEWEST = 1648, 2100
_WORDS_OF_KIND: Final = {"treaty-status": "treaty status"}


def check_references(data: Graph, sources: Mapping[str, str] | None = None) -> Iterator[Finding]:
    """What is wrong with symbols, dates and quotations of the data."""
    yield from _symbols(data)
    yield from _dates(data)
    yield from _lengths(data)
    if sources:
        yield from _quotations(data, sources)


def _finding(
    data: Graph, rule: str, focus: Term, message: str, *, path: str | None = None, value: Term | None = None,
    fix: str = "",
) -> Finding:  # fmt: skip
    card = BUILT_IN[rule]
    return Finding(
        rule=rule, severity=card.severity, focus=text_of(focus), focus_label=data.label(focus), path=path,
        value=text_of(value) if value is not None else None, message=message, why=card.why,
        fix=fix or card.fix, stage="references",
    )  # fmt: skip


Mention = tuple[Term, ox.NamedNode, ox.NamedNode]


def undescribed(data: Graph) -> list[Mention]:
    """Where the data name things of our own that they do not describe."""
    query = (
        "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isIRI(?o) && STRSTARTS(STR(?o), '" + ID + "')"
        " && !EXISTS { ?o ?any ?thing }) }"
    )
    rows = data.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return [(row["s"], row["p"], row["o"]) for row in rows]


def dangling(mentions: list[Mention], known: Graph) -> Iterator[Finding]:
    """The mentions that lead nowhere in all that is known, each with the nearest thing that there is."""
    names: dict[str, dict[str, str]] = {}
    for subject, predicate, thing in mentions:
        if known.has(thing, None, None):
            continue
        kind = kind_of(thing.value) or ""
        near = _near(known, kind, thing.value, names)
        hint = f" Did you mean {near}?" if near else ""
        message = f"There is no {_WORDS_OF_KIND.get(kind, kind)} '{slug(thing.value)}'.{hint}"
        fix = f"Write {near}." if near else ""
        yield _finding(known, "REF-003", subject, message, path=predicate.value, value=thing, fix=fix)


def _near(known: Graph, kind: str, iri: str, names: dict[str, dict[str, str]]) -> str:
    """The known thing of the same kind whose id or label is nearest."""
    from difflib import get_close_matches  # only where something is wrong

    if kind not in names:
        start = f"{ID}{kind}/"
        query = "SELECT DISTINCT ?s WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), '" + start + "')) }"
        rows = known.store.query(query, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        names[kind] = {slug(row["s"].value): row["s"].value for row in rows}
    near = get_close_matches(slug(iri), sorted(names[kind]), n=1, cutoff=0.6)
    return f"{kind}/{near[0]}" if near else ""


def _symbols(data: Graph) -> Iterator[Finding]:
    for quad in data.store.quads_for_pattern(None, _SG_SYMBOL, None, None):
        if isinstance(quad.object, ox.Literal):
            text = quad.object.value
            if not text.strip() or text != text.strip() or not _SYMBOL_FORM.fullmatch(text):
                message = f"'{text}' does not look like a document symbol."
                yield _finding(data, "REF-004", quad.subject, message, path=_SG_SYMBOL.value, value=quad.object)


def _dates(data: Graph) -> Iterator[Finding]:
    datatypes = ", ".join(f"<{name}>" for name in sorted(_DATED))
    query = (
        "SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o FILTER(isLITERAL(?o) && DATATYPE(?o) IN (" + datatypes + ")"
        f" && (STR(?o) < '{_OLDEST}' || STR(?o) > '{_NEWEST}'))" + " }"
    )
    rows = data.store.query(query, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        message = f"{row['o'].value} is no date that this graph can know of ({_OLDEST} to {_NEWEST})."
        yield _finding(data, "REF-005", row["s"], message, path=row["p"].value, value=row["o"])


def _lengths(data: Graph) -> Iterator[Finding]:
    for quad in data.store.quads_for_pattern(None, _EXACT, None, None):
        start, end = _number(data, quad.subject, _START), _number(data, quad.subject, _END)
        if start is None or end is None or not isinstance(quad.object, ox.Literal):
            continue
        length = len(quad.object.value)
        if end - start != length:
            message = f"The quotation has {length} characters, yet it runs from {start} to {end} ({end - start})."
            yield _finding(data, "REF-006", quad.subject, message, path=_EXACT.value, value=quad.object)


def _quotations(data: Graph, sources: Mapping[str, str]) -> Iterator[Finding]:
    hashes = {doc: hashlib.sha256(text.encode()).hexdigest() for doc, text in sources.items()}
    for quad in data.store.quads_for_pattern(None, _SG_FOUND_IN, None, None):
        evidence, doc = quad.subject, slug(text_of(quad.object))
        if doc not in sources:
            continue
        stated = data.first(evidence, _SG_HASH)
        if isinstance(stated, ox.Literal) and stated.value != hashes[doc]:
            message = f"The text of {doc} has the hash {hashes[doc][:12]}…, the evidence says {stated.value[:12]}…"
            yield _finding(data, "REF-002", evidence, message, path=_SG_HASH.value, value=stated)
            continue
        yield from _quotation(data, evidence, sources[doc], doc)


def _quotation(data: Graph, evidence: Term, text: str, doc: str) -> Iterator[Finding]:
    start, end = _number(data, evidence, _START), _number(data, evidence, _END)
    exact = data.first(evidence, _EXACT)
    if start is None or end is None or not isinstance(exact, ox.Literal):
        return
    if text[start:end] == exact.value:
        return
    found = text.find(exact.value)
    if found >= 0:
        message = f"These words stand at {found} to {found + len(exact.value)} of {doc}, not at {start} to {end}."
        fix = f"Write oa:start {found} and oa:end {found + len(exact.value)}."
    else:
        message = f"These words stand nowhere in {doc}; at {start} to {end} it says '{_cut(text[start:end])}'."
        fix = "Correct the quotation, or run extraction again."
    yield _finding(data, "REF-001", evidence, message, path=_EXACT.value, value=exact, fix=fix)


def _number(data: Graph, node: Term, predicate: ox.NamedNode) -> int | None:
    value = data.first(node, predicate)
    return int(value.value) if isinstance(value, ox.Literal) and value.value.isdigit() else None


def _cut(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 60 else folded[:57] + "…"
