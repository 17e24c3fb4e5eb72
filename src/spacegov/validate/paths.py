"""SHACL property paths: read, followed, and written in SPARQL's notation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as ox

from spacegov.namespaces import PREFIXES
from spacegov.validate.graph import RDF_FIRST, Graph, Term

SH: Final = PREFIXES["sh"]
_INVERSE: Final = ox.NamedNode(SH + "inversePath")
_ALTERNATIVE: Final = ox.NamedNode(SH + "alternativePath")
_REPEATS: Final = {
    "*": ox.NamedNode(SH + "zeroOrMorePath"),
    "+": ox.NamedNode(SH + "oneOrMorePath"),
    "?": ox.NamedNode(SH + "zeroOrOnePath"),
}


class PathError(ValueError):
    """A path that SHACL does not know."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path; `predicate` is set for the simplest kind only."""

    kind: Literal["predicate", "inverse", "sequence", "alternative", "*", "+", "?"]
    predicate: ox.NamedNode | None = None
    parts: tuple[Path, ...] = ()

    def sparql(self) -> str:
        """The path in SPARQL's notation, which findings show too."""
        if self.predicate is not None:
            return f"<{self.predicate.value}>"
        inner = [part.sparql() for part in self.parts]
        if self.kind == "inverse":
            return f"^{inner[0]}"
        if self.kind in ("sequence", "alternative"):
            return "(" + ("/" if self.kind == "sequence" else "|").join(inner) + ")"
        return f"({inner[0]}){self.kind}"

    def text(self) -> str:
        """How a finding names the path: a single property bare."""
        return self.predicate.value if self.predicate is not None else self.sparql()


def read_path(shapes: Graph, node: Term, *, depth: int = 0) -> Path:
    """The path at a node of the shapes graph.

    Raises:
        PathError: it is none, or it contains itself.
    """
    if depth > 50:
        raise PathError("the path contains itself")
    if isinstance(node, ox.NamedNode):
        return Path("predicate", node)
    if isinstance(node, ox.Literal):
        raise PathError(f"a path cannot be the literal {node}")
    if shapes.has(node, RDF_FIRST, None):
        parts = tuple(read_path(shapes, item, depth=depth + 1) for item in shapes.items(node))
        if len(parts) < 2:
            raise PathError("a sequence path needs two steps or more")
        return Path("sequence", parts=parts)
    if (inner := shapes.first(node, _INVERSE)) is not None:
        return Path("inverse", parts=(read_path(shapes, inner, depth=depth + 1),))
    if (inner := shapes.first(node, _ALTERNATIVE)) is not None:
        parts = tuple(read_path(shapes, item, depth=depth + 1) for item in shapes.items(inner))
        if len(parts) < 2:
            raise PathError("an alternative path needs two ways or more")
        return Path("alternative", parts=parts)
    for kind, predicate in _REPEATS.items():
        if (inner := shapes.first(node, predicate)) is not None:
            return Path(kind, parts=(read_path(shapes, inner, depth=depth + 1),))  # type: ignore[arg-type]
    raise PathError("the path is none that SHACL knows")


def follow(data: Graph, path: Path, start: Term) -> list[Term]:
    """The nodes that a path leads to, each once."""
    if path.predicate is not None:
        return data.objects(start, path.predicate)
    if path.kind == "inverse":
        return _follow_back(data, path.parts[0], start)
    if path.kind == "sequence":
        reached = [start]
        for part in path.parts:
            reached = list(dict.fromkeys(node for before in reached for node in follow(data, part, before)))
        return reached
    if path.kind == "alternative":
        return list(dict.fromkeys(node for part in path.parts for node in follow(data, part, start)))
    if path.kind == "?":
        return list(dict.fromkeys([start, *follow(data, path.parts[0], start)]))
    return _repeat(data, path, start)


def _follow_back(data: Graph, path: Path, start: Term) -> list[Term]:
    if path.predicate is not None:
        return data.subjects(path.predicate, start)
    if path.kind == "inverse":
        return follow(data, path.parts[0], start)
    if path.kind == "sequence":
        turned = Path("sequence", parts=tuple(Path("inverse", parts=(part,)) for part in reversed(path.parts)))
    else:
        turned = Path(path.kind, parts=tuple(Path("inverse", parts=(part,)) for part in path.parts))
    return follow(data, turned, start)


def _repeat(data: Graph, path: Path, start: Term) -> list[Term]:
    reached: dict[Term, None] = {start: None} if path.kind == "*" else {}
    waiting = [start]
    while waiting:
        for node in follow(data, path.parts[0], waiting.pop()):
            if node not in reached:
                reached[node] = None
                waiting.append(node)
    return list(reached)
