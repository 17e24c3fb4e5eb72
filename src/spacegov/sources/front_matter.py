"""The front matter of a Markdown file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import yaml

from spacegov.errors import MetadataError
from spacegov.sources.reading import shown

MAX_FRONT: Final = 65_536

_FENCE: Final = re.compile(r"---[ \t]*\r?\n")
_CLOSING: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def split_front_matter(text: str, path: Path) -> tuple[dict[str, object], int]:
    """The fields between the two `---` lines, and where the text behind them starts.

    Raises:
        MetadataError: the front matter is not closed, not YAML, or no table of fields.
    """
    opening = _FENCE.match(text)
    if opening is None:
        return {}, 0
    closing = _CLOSING.search(text, opening.end(), opening.end() + MAX_FRONT)
    if closing is None:
        raise MetadataError(f"{shown(path)}:1: front matter is not closed; end it with a line '---'")
    fields = _fields(text[opening.end() : closing.start()], path)
    return fields, closing.end()


def _fields(block: str, path: Path) -> dict[str, object]:
    try:
        # aliases ('*x') serve nobody here, and are how a small file becomes a large one
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block, Loader=yaml.SafeLoader)):
            raise MetadataError(f"{shown(path)}:1: front matter with YAML aliases; write the values out")
        fields = yaml.load(block, Loader=_Plain)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problem = " ".join(str(error.problem or "not YAML").split())
        raise MetadataError(f"{shown(path)}:{line}: front matter is not YAML ({problem}); mend it") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:120]
        raise MetadataError(f"{shown(path)}:1: front matter is not YAML ({problem}); mend it") from None
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise MetadataError(f"{shown(path)}:2: front matter is no list of fields; write 'title: …'")
    return {str(name): value for name, value in fields.items()}


class _Plain(yaml.SafeLoader):
    """YAML whose dates and numbers stay as they are written: `date: 2008-02` is no sum."""


_Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":bool", ":merge"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
