"""Who may import whom (DESIGN, section 6), read from the source text, imports inside functions included."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "spacegov"
WITHOUT_RDF = {"sources", "extract", "stances", "row_checks", "model", "dates"}
RDF_LIBRARIES = {"rdflib", "pyoxigraph", "owlrl", "pyshacl"}

# part of the package -> parts of the package that it may import
LEAVES = {"errors", "extras", "model", "dates", "display", "files", "namespaces", "resources"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "extras": {"errors"},
    "model": set(),
    "namespaces": set(),
    "resources": {"errors"},
    "dates": {"errors"},
    "display": set(),
    "files": {"errors"},
    "row_checks": {"errors", "model", "dates"},
    "stances": {"errors", "model", "files", "namespaces", "row_checks"},
    "sources": LEAVES,
    "extract": LEAVES | {"stances"},
    "rdf": LEAVES,
    "reason": LEAVES | {"rdf"},
    "store": LEAVES | {"rdf"},
    "validate": LEAVES | {"rdf", "stances", "sources"},
    "query": LEAVES | {"rdf", "store", "stances"},
    "graph": LEAVES | {"rdf", "query", "store", "stances"},
    "export": LEAVES | {"rdf", "query", "store", "stances", "graph"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else name


def imports(path: Path, *, only_at_top: bool = False) -> Iterator[str]:
    """Full names of what a module imports; imports for type checking only are none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(tree.body) if only_at_top else list(ast.walk(tree))
    ignored = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in nodes:
        if id(node) in ignored:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if _is_module(full) else node.module


def _is_module(name: str) -> bool:
    place = PACKAGE.parent / Path(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_what_its_part_may(path: Path) -> None:
    part = part_of(name_of(path))
    if part not in ALLOWED:
        return
    ours = {part_of(name) for name in imports(path) if name.startswith("spacegov.")}
    assert ours - ALLOWED[part] - {part} == set()


@pytest.mark.parametrize("path", [p for p in modules() if part_of(name_of(p)) in WITHOUT_RDF], ids=name_of)
def test_extraction_knows_no_rdf_library(path: Path) -> None:
    assert {name.split(".")[0] for name in imports(path)} & RDF_LIBRARIES == set()


def test_nobody_imports_the_command_line() -> None:
    others = [path for path in modules() if part_of(name_of(path)) != "cli"]
    assert [name_of(p) for p in others if any(n.startswith("spacegov.cli") for n in imports(p))] == []


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    names = {name_of(path) for path in modules()}
    graph: dict[str, set[str]] = {}
    for path in modules():
        name = name_of(path)
        graph[name] = {*imports(path, only_at_top=True)} & names - {name}
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_a_circle_would_be_found(tmp_path: Path) -> None:
    with pytest.raises(CycleError):
        list(TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    """`spacegov ask` must start quickly: what is heavy is imported when a command runs."""
    import subprocess
    import sys

    heavy = {"spacy", "rdflib", "pyshacl", "trafilatura", "owlrl", "numpy", "rich.console"}
    code = (
        "import sys, typer.main; from spacegov.cli import program; typer.main.get_command(program()); "
        f"print(*sorted({heavy!r} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.split() == []


def test_only_the_writer_makes_stance_triples() -> None:
    """No other module spells the terms that tie a stance to its act."""
    terms = ("hasAct", "hasPolarity", "isEvidencedBy")
    makers = {"rdf.writer"}
    for path in modules():
        name = name_of(path).removeprefix("spacegov.")
        text = path.read_text(encoding="utf-8")
        if any(f'_sg("{term}")' in text for term in terms):
            assert name in makers
