"""A page from its template: everything is escaped, and a name that a template misses is an error."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from spacegov.errors import MissingPiece
from spacegov.report.content import text_fragment

_TEMPLATES: Final = Path(__file__).parent


def render(template: str, **values: object) -> str:
    """The page of a template of this folder.

    Raises:
        MissingPiece: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
    except ImportError:
        raise MissingPiece("jinja2 is not installed: pip install 'spacegov[plots]'") from None
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["fragment"] = text_fragment
    return environment.get_template(template).render(**values)
