"""SPARQL expressions that are true of what may break a constraint: the words of which `suspects.py` makes questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from spacegov.validate.evaluate import compiled
from spacegov.validate.graph import Term
from spacegov.validate.literals import XSD
from spacegov.validate.paths import SH

_FREE_TEXT: Final = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", XSD + "anyURI"}
"""Datatypes of which every lexical form is valid."""
_CASTABLE: Final = {XSD + name for name in ("integer", "decimal", "boolean")}
"""Datatypes whose valid forms SPARQL's casts recognise."""
_NODE_KINDS: Final = {
    "IRI": "isIRI({v})",
    "BlankNode": "isBLANK({v})",
    "Literal": "isLITERAL({v})",
    "BlankNodeOrIRI": "(!isLITERAL({v}))",
    "BlankNodeOrLiteral": "(!isIRI({v}))",
    "IRIOrLiteral": "(!isBLANK({v}))",
}
_SURE: Final = ("integer", "decimal", "string", "boolean")
"""Datatypes that SPARQL orders exactly as `literals.py` does."""


@dataclass(frozen=True, slots=True)
class Test:
    """A SPARQL expression that is true of a node which may break a constraint."""

    text: str
    exact: bool
    """True where it is true of exactly those that do."""


EVERYTHING: Final = Test("true", False)
NOTHING: Final = Test("false", True)


# --- tests of one value, by component -----------------------------------------------------------------


def _datatype(datatype: Term, value: str) -> Test:
    other = f"!(isLITERAL({value}) && DATATYPE({value}) = {datatype})"
    name = datatype.value if isinstance(datatype, ox.NamedNode) else ""
    if name in _FREE_TEXT or not name.startswith(XSD):
        return Test(safe(other), True)
    if name in _CASTABLE:
        return Test(f"({safe(other)} || !COALESCE(isLITERAL({datatype}(STR({value}))), false))", False)
    if name == XSD + "date":
        # the cast takes what our own check takes; years beyond its range are suspects
        return Test(f"({safe(other)} || !COALESCE(isLITERAL({datatype}(STR({value}))), false))", False)
    if name in (XSD + "gYear", XSD + "gYearMonth"):
        form = "^-?[0-9]{4}$" if name.endswith("gYear") else "^[0-9]{4}-(0[1-9]|1[0-2])$"
        return Test(f"({safe(other)} || !REGEX(STR({value}), '{form}'))", False)
    return EVERYTHING


def _node_kind(kind: Term, value: str) -> Test:
    template = _NODE_KINDS.get(kind.value.removeprefix(SH)) if isinstance(kind, ox.NamedNode) else None
    return Test(f"(!{template.format(v=value)})", True) if template else EVERYTHING


def _in(allowed: tuple[Term, ...], value: str) -> Test:
    if not allowed or not all(is_plain(term) for term in allowed):
        return EVERYTHING
    return Test("(!(" + " || ".join(f"sameTerm({value}, {term})" for term in allowed) + "))", True)


def _pattern(argument: tuple[str, str], value: str) -> Test:
    text, flags = argument
    try:
        compiled(text, flags)
    except Exception:  # whatever makes it unusable here, the judge will say so
        return EVERYTHING
    words = f"{ox.Literal(text)}, {ox.Literal(flags)}"
    return Test(f"(isBLANK({value}) || !COALESCE(REGEX(STR({value}), {words}), false))", False)


def _min_length(least: int, value: str) -> Test:
    return Test(f"(isBLANK({value}) || STRLEN(STR({value})) < {least})", True)


def _max_length(most: int, value: str) -> Test:
    return Test(f"(isBLANK({value}) || STRLEN(STR({value})) > {most})", True)


def _order(sign: str) -> Callable[[Term, str], Test]:
    def test(limit: Term, value: str) -> Test:
        if not _is_sure(limit):
            return EVERYTHING
        return Test(f"(!COALESCE({value} {sign} {limit}, false) || {unsure(value)})", False)

    return test


def _language_in(ranges: tuple[str, ...], value: str) -> Test:
    wanted = " || ".join(f"LANGMATCHES(LANG({value}), {ox.Literal(each)})" for each in ranges) or "false"
    return Test(f"(!COALESCE(isLITERAL({value}) && ({wanted}), false))", False)


OF_ONE_VALUE: Final[dict[str, Callable[..., Test]]] = {
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    "In": _in,
    "Pattern": _pattern,
    "MinLength": _min_length,
    "MaxLength": _max_length,
    "MinExclusive": _order(">"),
    "MinInclusive": _order(">="),
    "MaxExclusive": _order("<"),
    "MaxInclusive": _order("<="),
    "LanguageIn": _language_in,
}
OF_ALL_VALUES: Final = frozenset(
    ("MinCount", "MaxCount", "UniqueLang", "Equals", "Disjoint", "LessThan", "LessThanOrEquals",
     "HasValue", "QualifiedMinCount", "QualifiedMaxCount")
)  # fmt: skip


# --- joining tests ------------------------------------------------------------------------------------


def any_of(tests: list[Test]) -> Test:
    """The test that holds where one of these does."""
    kept = [test for test in tests if test.text != "false"]
    if not kept:
        return NOTHING
    if any(test.text == "true" for test in kept):
        return EVERYTHING
    return Test("(" + " || ".join(test.text for test in kept) + ")", all(test.exact for test in kept))


def all_of(tests: list[Test]) -> Test:
    """The test that holds where all of these do."""
    if any(test.text == "false" for test in tests):
        return NOTHING
    kept = [test for test in tests if test.text != "true"]
    exact = len(kept) == len(tests) and all(test.exact for test in kept)
    return Test("(" + " && ".join(test.text for test in kept) + ")", exact) if kept else EVERYTHING


def not_(test: Test) -> Test:
    """The test turned round; an inexact one says nothing about its contrary."""
    if not test.exact:
        return EVERYTHING
    if test.text == "false":
        return Test("true", True)
    return Test(f"(!{test.text})", True)


def exists(pattern: str, exact: bool) -> Test:
    if "FILTER(true)" in pattern and not exact:
        return Test(f"EXISTS {{ {pattern} }}", False)
    if pattern.endswith("FILTER(false)"):
        return NOTHING
    return Test(f"EXISTS {{ {pattern} }}", exact)


def safe(expression: str) -> str:
    return f"COALESCE({expression}, true)"


def unsure(value: str) -> str:
    """Whether SPARQL's order of this value may differ from ours: durations, times, zoned and odd types."""
    sure = ", ".join(f"<{XSD}{name}>" for name in _SURE)
    plain_date = f"(DATATYPE({value}) = <{XSD}date> && STRLEN(STR({value})) = 10)"
    return f"!COALESCE(DATATYPE({value}) IN ({sure}) || {plain_date}, false)"


def _is_sure(limit: object) -> bool:
    """The same of a limit that stands in a shape."""
    if not isinstance(limit, ox.Literal):
        return False
    name = limit.datatype.value.removeprefix(XSD)
    return name in _SURE or (name == "date" and len(limit.value) == 10)


def is_plain(term: object) -> bool:
    return isinstance(term, ox.NamedNode | ox.Literal)
