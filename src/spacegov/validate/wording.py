"""What a constraint demands and what was found, in words for a reader who knows no RDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from spacegov.namespaces import PREFIXES
from spacegov.validate.evaluate import Result
from spacegov.validate.graph import Graph, Term, text_of
from spacegov.validate.shapes import Constraint, Qualified, Shapes


def compact(term: Term | str) -> str:
    """A term as Turtle would write it with our prefixes."""
    text = term if isinstance(term, str) else text_of(term)
    if text.startswith('"'):
        words, mark, datatype = text.rpartition("^^<")
        return f"{words}^^{compact(datatype[:-1])}" if mark and datatype.endswith(">") else text
    best = max((base for base in PREFIXES.values() if text.startswith(base)), key=len, default="")
    rest = text[len(best) :]
    if not best or "/" in rest:
        return text
    return next(name for name, base in PREFIXES.items() if base == best) + ":" + rest


def needed(constraint: Constraint, data: Graph, shapes: Shapes | None = None) -> str:
    """What a constraint demands; with the shapes, what the shapes demand that it names."""
    if constraint.argument is None:
        return ""
    if shapes is not None and (said := _nested(constraint, data, shapes)):
        return said
    demand = _DEMANDS.get(constraint.component)
    return demand(constraint.argument, data) if demand else ""


def _nested(constraint: Constraint, data: Graph, shapes: Shapes) -> str:
    """The demands of inner shapes, where each can be said in a few words."""
    argument = constraint.argument
    if constraint.component in ("Or", "Xone"):
        parts = [_demand_of(node, data, shapes) for node in argument]
        return " or ".join(dict.fromkeys(parts)) if all(parts) and len(parts) <= 6 else ""
    if isinstance(argument, Qualified) and (said := _demand_of(argument.shape, data, shapes)):
        least = "at least" if constraint.component == "QualifiedMinCount" else "at most"
        return f"{least} {_plural(argument.count, 'value')}: {said}"
    if constraint.component == "Node":
        return _demand_of(argument, data, shapes)
    return ""


def _demand_of(node: Term, data: Graph, shapes: Shapes) -> str:
    shape = shapes.shapes.get(node)
    if shape is None or shape.path is not None or not 0 < len(shape.constraints) <= 3:
        return ""
    parts = [needed(each, data) if each.component in _SAYABLE else "" for each in shape.constraints]
    return " and ".join(parts) if all(parts) else ""


def wording(result: Result, data: Graph) -> str:
    """What is wrong, where the shape itself has no message."""
    subject = data.label(result.focus) or compact(result.focus)
    path = compact(result.path) if result.path else ""
    demand = needed(result.constraint, data)
    what = f"{path} of {subject}" if path else subject
    if result.value is not None and result.value != result.focus:
        return f"{what} is {compact(result.value)}; needed: {demand or 'another value'}."
    return f"{what}: needed: {demand or 'what the shape demands'}."


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _list(terms: Any, _: Graph) -> str:
    words = [compact(term) for term in terms]
    return "one of " + ", ".join(words[:12]) + (f" … ({len(words)} in all)" if len(words) > 12 else "")


_SAYABLE: Final = (
    "Class", "Datatype", "NodeKind", "In", "Pattern", "MinLength", "MaxLength", "MinExclusive", "MinInclusive",
    "MaxExclusive", "MaxInclusive", "LanguageIn", "HasValue",
)  # fmt: skip
_NODE_KINDS: Final = {
    "IRI": "an IRI", "Literal": "a literal", "BlankNode": "a blank node", "BlankNodeOrIRI": "no literal",
    "IRIOrLiteral": "no blank node", "BlankNodeOrLiteral": "no IRI",
}  # fmt: skip

_DEMANDS: Final[dict[str, Callable[[Any, Graph], str]]] = {
    "MinCount": lambda least, _: f"at least {_plural(least, 'value')}",
    "MaxCount": lambda most, _: f"at most {_plural(most, 'value')}",
    "Class": lambda cls, data: f"a thing of the class {data.label(cls)} ({compact(cls)})",
    "Datatype": lambda datatype, _: f"a valid {compact(datatype)}",
    "NodeKind": lambda kind, _: _NODE_KINDS.get(text_of(kind).rsplit("#", 1)[-1], compact(kind)),
    "In": _list,
    "Pattern": lambda pair, _: f"a text of the form {pair[0]}",
    "MinLength": lambda least, _: f"at least {_plural(least, 'character')}",
    "MaxLength": lambda most, _: f"at most {_plural(most, 'character')}",
    "MinExclusive": lambda limit, _: f"more than {compact(limit)}",
    "MinInclusive": lambda limit, _: f"{compact(limit)} or more",
    "MaxExclusive": lambda limit, _: f"less than {compact(limit)}",
    "MaxInclusive": lambda limit, _: f"{compact(limit)} or less",
    "LanguageIn": lambda tags, _: "a text in " + " or ".join(tags),
    "UniqueLang": lambda _, __: "one value for each language",
    "Equals": lambda other, _: f"the same values as {compact(other)}",
    "Disjoint": lambda other, _: f"no value that {compact(other)} has too",
    "LessThan": lambda other, _: f"a value before that of {compact(other)}",
    "LessThanOrEquals": lambda other, _: f"a value not after that of {compact(other)}",
    "HasValue": lambda value, _: f"the value {compact(value)}",
    "Closed": lambda _, __: "only the properties that the shape lists",
    "Node": lambda shape, _: f"what {compact(shape)} demands",
    "Not": lambda shape, _: f"not what {compact(shape)} describes",
    "And": lambda shapes, _: f"all of {len(shapes)} conditions",
    "Or": lambda shapes, _: f"one of {len(shapes)} alternatives",
    "Xone": lambda shapes, _: f"exactly one of {len(shapes)} alternatives",
    "QualifiedMinCount": lambda demand, _: f"at least {_plural(demand.count, 'value')} that fit the shape",
    "QualifiedMaxCount": lambda demand, _: f"at most {_plural(demand.count, 'value')} that fit the shape",
}
