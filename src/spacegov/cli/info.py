"""The command `info`: versions, the language model, and what the built graph holds."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from spacegov.display import one_line


def register(app: typer.Typer) -> None:
    """Add this module's commands to the program."""
    app.command("info")(info)


def info(
    graph: Annotated[Path, typer.Option("--graph", help="Folder that 'spacegov build' made.")] = Path("build"),
    model: Annotated[str | None, typer.Option("--model", help="Another installed spaCy pipeline.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show versions, whether the language model is the official one, and counts.

    The exit code is 3 where the language model is missing or not the one recorded.
    """
    from spacegov import resources
    from spacegov.build.documents import load_vocabulary
    from spacegov.build.folder import versions
    from spacegov.extract.language_model import DEFAULT_MODEL, verify_model

    vocabulary = load_vocabulary()
    content: dict[str, Any] = versions() | {
        "data": str(resources.folder("data")),
        "things known": len(vocabulary.entries),
        "stance expressions": len(vocabulary.frames),
        "vocabulary": vocabulary.hash,
        "graph": _graph(graph),
        "language model": verify_model(model or DEFAULT_MODEL),
        "neural reader": _reader(resources.folder("data") / "weights" / "reader"),
    }
    if as_json:
        print(json.dumps(content, indent=1))
        return
    width = max(map(len, content))
    for name, value in content.items():
        print(f"{name:{width}}  {one_line(_shown(value))}")


def _reader(folder: Path) -> str:
    """Which weights the neural reader has."""
    files = sorted(folder.glob("encoder*"))
    if not files:
        return "none: rules and linear models decide"
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return f"all-mpnet-base-v2, eight layers, fitted to our rows (sha256 {digest.hexdigest()[:16]}…)"


def _graph(folder: Path) -> dict[str, Any] | None:
    """The counts of the built graph, or None where there is none."""
    try:
        counts: dict[str, Any] = json.loads((folder / "build.json").read_text(encoding="utf-8"))["counts"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return counts


def _shown(value: Any) -> str:
    if value is None:
        return "none built yet: run 'spacegov build'"
    if isinstance(value, dict):
        return ", ".join(f"{number} {name}" for name, number in value.items() if isinstance(number, int))
    return str(value)
